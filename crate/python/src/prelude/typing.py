class _Form:
    def __init__(self, name, bases=()):
        self._name = name
        self._bases = bases

    def __getitem__(self, key):
        return self

    def __call__(self, *args, **kwargs):
        return _refuse("calling typing." + self._name)

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __mro_entries__(self, name):
        return self._bases

    def __repr__(self):
        return "typing." + self._name


Any = _Form("Any")
Optional = _Form("Optional")
Union = _Form("Union")
Callable = _Form("Callable")
Iterable = _Form("Iterable")
Iterator = _Form("Iterator")
Sequence = _Form("Sequence")
Mapping = _Form("Mapping")
Generator = _Form("Generator")
Literal = _Form("Literal")
Final = _Form("Final")
ClassVar = _Form("ClassVar")
Generic = _Form("Generic")
Type = _Form("Type")
Annotated = _Form("Annotated")
Self = _Form("Self")
NoReturn = _Form("NoReturn")
Hashable = _Form("Hashable")
Collection = _Form("Collection")
Protocol = _Form("Protocol")
List = _Form("List", (list,))
Dict = _Form("Dict", (dict,))
Tuple = _Form("Tuple", (tuple,))
Set = _Form("Set", (set,))
DefaultDict = _Form("DefaultDict")
Counter = _Form("Counter")
TYPE_CHECKING = False


def TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False):
    return _Form(name)


def cast(kind, value):
    return value


def overload(function):
    return function


def final(thing):
    return thing


class NamedTuple:
    def __init_subclass__(cls):
        if NamedTuple not in cls.__bases__:
            return None
        from collections import namedtuple
        space = cls.__dict__
        fields = list(space.get("__annotations__", {}))
        base = namedtuple(cls.__name__, fields, defaults=[space[name] for name in fields if name in space])
        return _make_class(cls.__name__, (base,), {name: value for name, value in space.items() if name not in fields}, "__main__")
