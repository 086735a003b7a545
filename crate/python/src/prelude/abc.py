class ABCMeta(type if False else object):
    pass


class ABC:
    __slots__ = ()


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function
