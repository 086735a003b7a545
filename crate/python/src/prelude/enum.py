def __getattr__(name):
    _refuse("enum." + name)


class auto:
    def __init__(self, value=None):
        self.value = value


class _EnumClass:
    """What a class of members answers to itself."""

    def __call__(cls, value, *args, **kwargs):
        if args or kwargs or not cls._members:
            _refuse("an Enum made by a call")
        if isinstance(value, cls):
            return value
        for member in cls._members.values():
            if member._value_ == value:
                return member
        missing = cls._missing_(value)
        if missing is not None:
            return missing
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __iter__(cls):
        seen = []
        for member in cls._members.values():
            if not any([member is other for other in seen]):
                seen.append(member)
        return iter(seen)

    def __reversed__(cls):
        return reversed(list(cls))

    def __len__(cls):
        return len(list(cls))

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._members[name]

    def __contains__(cls, value):
        return isinstance(value, cls) or any([member._value_ == value for member in cls])

    def __setattr__(cls, name, value):
        if name in cls._members:
            raise AttributeError(f"cannot reassign member {name!r}")
        _set_plainly(cls, name, value)

    def __repr__(cls):
        return f"<enum {cls.__name__!r}>"


class Enum:
    _members = {}

    def __init_subclass__(cls):
        for base in cls.__mro__[1:]:
            if base.__dict__.get("_members"):
                raise TypeError(f"<enum {cls.__name__!r}> cannot extend {base!r}")
        mixed = None
        for base in cls.__mro__:
            if base in (int, float, str):
                mixed = base
        members, values = {}, []
        for name, value in list(cls.__dict__.items()):
            if name.startswith("_") or type(value).__name__ in ("function", "property", "staticmethod", "classmethod", "type"):
                continue
            if isinstance(value, auto):
                if "_generate_next_value_" in cls.__dict__:
                    _refuse("_generate_next_value_")
                if mixed is str:
                    value = name.lower() if issubclass(cls, StrEnum) else str(len(values) + 1)
                else:
                    value = max([v for v in values if isinstance(v, int)]) + 1 if values else 1
            values.append(value)
            known = [member for member in members.values() if member._value_ == value]
            if known:
                member = known[0]
            else:
                member = _bare(cls, value) if mixed is not None else _bare(cls)
                _set_plainly(member, "_value_", value)
                _set_plainly(member, "_name_", name)
                if "__init__" in cls.__dict__:
                    cls.__init__(member, *(value if isinstance(value, tuple) else (value,)))
            members[name] = member
        for name, member in members.items():
            _set_plainly(cls, name, member)
        _set_plainly(cls, "_members", members)
        _set_plainly(cls, "__members__", members)

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_set_plainly(Enum, "__metaclass__", _EnumClass)


class IntEnum(int, Enum):
    __repr__ = Enum.__repr__

    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, Enum):
    __repr__ = Enum.__repr__

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


def unique(cls):
    twice = [f"{name} -> {member._name_}" for name, member in cls._members.items() if name != member._name_]
    if twice:
        raise ValueError(f"duplicate values found in {cls!r}: {', '.join(twice)}")
    return cls
