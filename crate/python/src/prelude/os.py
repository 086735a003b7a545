linesep = '\n'
sep = '/'
environ = {}


def getenv(key, default=None):
    return default


def remove(path):
    # There are no files but those that torch.save wrote.
    import torch
    if path not in torch._files:
        raise FileNotFoundError(f"[Errno 2] No such file or directory: {path!r}")
    del torch._files[path]
