def warn(message, category=None, stacklevel=1):
    _warn('UserWarning' if category is None else category.__name__, str(message))


def filterwarnings(action, message='', category=None, module='', lineno=0, append=False):
    return None


def simplefilter(action, category=None, lineno=0, append=False):
    return None


class catch_warnings:
    def __init__(self, *, record=False):
        if record:
            _refuse("warnings.catch_warnings(record=True)")

    def __enter__(self):
        return None

    def __exit__(self, kind, value, traceback):
        return None
