def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


def truediv(a, b):
    return a / b


def matmul(a, b):
    return a @ b


def neg(a):
    return -a


def lt(a, b):
    return a < b


def gt(a, b):
    return a > b


def eq(a, b):
    return a == b


def itemgetter(*items):
    if len(items) == 1:
        item = items[0]
        return lambda obj: obj[item]
    return lambda obj: tuple([obj[item] for item in items])


def attrgetter(name):
    def get(obj):
        for part in name.split('.'):
            obj = getattr(obj, part)
        return obj
    return get
