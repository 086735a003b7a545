class _Field:
    def __init__(self, default, default_factory, init, repr, compare):
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare
        self.name = None
        self.type = None


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()


class FrozenInstanceError(AttributeError):
    pass


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    if kw_only:
        _refuse("dataclasses.field(kw_only=True)")
    return _Field(default, default_factory, init, repr, compare)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False):
    def decorate(cls):
        return _process(cls, init, repr, eq, order, frozen, kw_only)
    return decorate if cls is None else decorate(cls)


def _process(cls, init, repr_, eq, order, frozen, kw_only):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        for f in getattr(base, "__dict__", {}).get("__dataclass_fields__", {}).values():
            fields[f.name] = f
    for name, kind in cls.__dict__.get("__annotations__", {}).items():
        if str(kind) == "typing.ClassVar":
            continue
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, _Field):
            f = default
            if f.default is not MISSING:
                setattr(cls, name, f.default)
            elif name in cls.__dict__:
                delattr(cls, name)
        else:
            if isinstance(default, (list, dict, set)):
                raise ValueError(f"mutable default {type(default)} for field {name} is not allowed: use default_factory")
            f = _Field(default, MISSING, True, True, True)
        f.name = name
        f.type = kind
        fields[name] = f
    seen = None
    for f in fields.values():
        if f.init and not kw_only:
            if f.default is MISSING and f.default_factory is MISSING:
                if seen is not None:
                    raise TypeError(f"non-default argument {f.name!r} follows default argument")
            else:
                seen = f.name
    cls.__dataclass_fields__ = fields
    names = [f.name for f in fields.values()]
    wanted = [f for f in fields.values() if f.init]
    qualname = cls.__qualname__

    if eq and frozen and "__hash__" not in cls.__dict__:
        cls.__hash__ = lambda self: hash(tuple([getattr(self, name) for name in names]))

    def __init__(self, *args, **kwargs):
        if len(args) > (0 if kw_only else len(wanted)):
            required = len([f for f in wanted if f.default is MISSING and f.default_factory is MISSING])
            takes = f"{len(wanted) + 1}" if required == len(wanted) else f"from {required + 1} to {len(wanted) + 1}"
            plural = "" if takes == "1" else "s"
            raise TypeError(f"{qualname}.__init__() takes {takes} positional argument{plural} but {len(args) + 1} were given")
        missing = []
        values = {}
        for i, f in enumerate(wanted):
            if i < len(args):
                if f.name in kwargs:
                    raise TypeError(f"{qualname}.__init__() got multiple values for argument {f.name!r}")
                values[f.name] = args[i]
            elif f.name in kwargs:
                values[f.name] = kwargs.pop(f.name)
            elif f.default is not MISSING:
                values[f.name] = f.default
            elif f.default_factory is not MISSING:
                values[f.name] = f.default_factory()
            else:
                missing.append(f"{f.name!r}")
        for name in kwargs:
            if name not in values:
                raise TypeError(f"{qualname}.__init__() got an unexpected keyword argument {name!r}")
        if missing:
            s = "" if len(missing) == 1 else "s"
            listed = missing[0] if len(missing) == 1 else " and ".join(missing) if len(missing) == 2 else ", ".join(missing[:-1]) + ", and " + missing[-1]
            raise TypeError(f"{qualname}.__init__() missing {len(missing)} required positional argument{s}: {listed}")
        for f in fields.values():
            if not f.init and f.default_factory is not MISSING:
                values[f.name] = f.default_factory()
            elif not f.init and f.default is not MISSING:
                values[f.name] = f.default
        for name, value in values.items():
            if frozen:
                _set_plainly(self, name, value)
            else:
                setattr(self, name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    if init and "__init__" not in cls.__dict__:
        cls.__init__ = __init__
    if repr_ and "__repr__" not in cls.__dict__:
        def __repr__(self):
            return type(self).__qualname__ + "(" + ", ".join([f"{f.name}={getattr(self, f.name)!r}" for f in fields.values() if f.repr]) + ")"
        cls.__repr__ = __repr__
    compared = [f.name for f in fields.values() if f.compare]
    if eq and "__eq__" not in cls.__dict__:
        def __eq__(self, other):
            if type(self) is not type(other):
                return NotImplemented
            return tuple([getattr(self, n) for n in compared]) == tuple([getattr(other, n) for n in compared])
        cls.__eq__ = __eq__
    if order:
        def key(self):
            return tuple([getattr(self, n) for n in compared])
        cls.__lt__ = lambda self, other: key(self) < key(other)
        cls.__le__ = lambda self, other: key(self) <= key(other)
        cls.__gt__ = lambda self, other: key(self) > key(other)
        cls.__ge__ = lambda self, other: key(self) >= key(other)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        cls.__setattr__ = __setattr__
    cls.__match_args__ = tuple([f.name for f in wanted])
    return cls


def fields(instance):
    return tuple(instance.__dataclass_fields__.values())


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("asdict() should be called on dataclass instances")
    return dict_factory([(f.name, _inner(getattr(obj, f.name))) for f in fields(obj)])


def _inner(value):
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if type(value) in (list, tuple):
        return type(value)([_inner(item) for item in value])
    if type(value) is dict:
        return {k: _inner(v) for k, v in value.items()}
    return value


def astuple(obj):
    return tuple([getattr(obj, f.name) for f in fields(obj)])


def replace(obj, **changes):
    values = {f.name: getattr(obj, f.name) for f in fields(obj) if f.init}
    values.update(changes)
    return type(obj)(**values)
