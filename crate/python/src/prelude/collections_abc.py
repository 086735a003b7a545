class Iterable:
    _protocol = ("__iter__",)


class Iterator:
    _protocol = ("__next__",)


class Sequence:
    _protocol = ("_sequence",)


class Mapping:
    _protocol = ("keys",)


class Callable:
    _protocol = ("__call__",)
