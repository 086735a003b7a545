import builtins as _b

__version__ = "2.15.0+cu132"


def _return_type(name):
    cls = _make_class(name, (tuple,), {"_fields": ("values", "indices"), "values": property(lambda self: self[0]), "indices": property(lambda self: self[1])}, "torch.return_types")
    return cls


_return_types = {name: _return_type(name) for name in ("max", "min", "sort", "topk", "median", "mode", "cummax", "cummin", "kthvalue")}


class _Switch:
    def __init__(self, mode):
        self._mode = mode

    def __enter__(self):
        self._before = _set_grad(self._mode)

    def __exit__(self, kind, value, traceback):
        _set_grad(self._before)

    def __call__(self, function):
        mode = self._mode

        def wrapper(*args, **kwargs):
            before = _set_grad(mode)
            try:
                return function(*args, **kwargs)
            finally:
                _set_grad(before)

        wrapper.__wrapped__ = function
        wrapper.__name__ = function.__name__
        wrapper.__qualname__ = function.__qualname__
        wrapper.__doc__ = function.__doc__
        return wrapper


class no_grad(_Switch):
    def __init__(self):
        _Switch.__init__(self, False)


class enable_grad(_Switch):
    def __init__(self):
        _Switch.__init__(self, True)


class inference_mode(_Switch):
    def __init__(self, mode=True):
        if callable(mode):
            _refuse("@torch.inference_mode without brackets")
        _Switch.__init__(self, not mode)


class set_grad_enabled(_Switch):
    def __init__(self, mode):
        _Switch.__init__(self, mode)
        self._before = _set_grad(mode)

    def __enter__(self):
        return None


def einsum(equation, *operands):
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = tuple(operands[0])
    equation = equation.replace(" ", "")
    if "..." in equation:
        _refuse("einsum() with an ellipsis")
    left, arrow, right = equation.partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        raise RuntimeError("einsum(): fewer operands were provided than specified in the equation" if len(terms) > len(operands) else "einsum(): more operands were provided than specified in the equation")
    if not arrow:
        letters = "".join(terms)
        right = "".join(_b.sorted([c for c in set(letters) if letters.count(c) == 1]))
    for i, (term, x) in enumerate(zip(terms, operands)):
        if len(term) != x.dim():
            raise RuntimeError(f"einsum(): the number of subscripts in the equation ({len(term)}) does not match the number of dimensions ({x.dim()}) for operand {i} and no ellipsis was given")
    # A letter twice in one operand is its diagonal.
    operands, terms = list(operands), list(terms)
    for i in range(len(terms)):
        while len(set(terms[i])) != len(terms[i]):
            term = terms[i]
            c = [c for c in term if term.count(c) > 1][0]
            p = term.index(c)
            q = term.index(c, p + 1)
            operands[i] = operands[i].diagonal(0, p, q)
            terms[i] = term[:p] + term[p + 1:q] + term[q + 1:] + c
    sizes = {}
    for i, (term, x) in enumerate(zip(terms, operands)):
        for j, c in enumerate(term):
            size = x.size(j)
            if c in sizes and sizes[c] != size and 1 not in (sizes[c], size):
                raise RuntimeError(f"einsum(): subscript {c} has size {size} for operand {i} which does not broadcast with previously seen size {sizes[c]}")
            sizes[c] = _b.max(size, sizes.get(c, 1)) if sizes.get(c, size) != 0 else 0
    if len(operands) == 1:
        x, term = operands[0], terms[0]
        gone = [i for i, c in enumerate(term) if c not in right]
        if gone:
            x = x.sum(dim=gone)
        kept = [c for c in term if c in right]
        return x.permute(*[kept.index(c) for c in right]) if right else x
    if len(operands) > 2:
        first = einsum(terms[0] + "," + terms[1] + "->" + "".join([c for c in dict.fromkeys(terms[0] + terms[1]) if c in right or _b.any([c in t for t in terms[2:]])]), operands[0], operands[1])
        new = "".join([c for c in dict.fromkeys(terms[0] + terms[1]) if c in right or _b.any([c in t for t in terms[2:]])])
        return einsum(",".join([new] + terms[2:]) + "->" + right, first, *operands[2:])
    (a, b), (x, y) = terms, operands
    # Letters of one operand alone that are not kept are summed first.
    for term, which in ((a, 0), (b, 1)):
        other = b if which == 0 else a
        gone = [i for i, c in enumerate(term) if c not in right and c not in other]
        if gone:
            if which == 0:
                x = x.sum(dim=gone)
                a = "".join([c for c in a if c in right or c in b])
            else:
                y = y.sum(dim=gone)
                b = "".join([c for c in b if c in right or c in a])
    # Where one operand has a single element along a letter, that of the other is summed, or it is repeated.
    for c in [c for c in a if c in b]:
        i, j = a.index(c), b.index(c)
        if x.size(i) == y.size(j) or 1 not in (x.size(i), y.size(j)):
            continue
        if c in right:
            x, y = x.expand([sizes[c] if d == i else -1 for d in range(x.dim())]), y.expand([sizes[c] if d == j else -1 for d in range(y.dim())])
        else:
            x, y = x.sum(dim=i), y.sum(dim=j)
            a, b = a.replace(c, ""), b.replace(c, "")
    batch = [c for c in a if c in b and c in right]
    inner = [c for c in a if c in b and c not in right]
    only_a = [c for c in a if c not in b]
    only_b = [c for c in b if c not in a]

    def count(letters):
        n = 1
        for c in letters:
            n *= sizes[c]
        return n

    x = x.permute(*[a.index(c) for c in batch + only_a + inner]).reshape(count(batch), count(only_a), count(inner))
    y = y.permute(*[b.index(c) for c in batch + inner + only_b]).reshape(count(batch), count(inner), count(only_b))
    out = bmm(x, y).reshape([sizes[c] for c in batch + only_a + only_b])
    order = batch + only_a + only_b
    out = out.permute(*[order.index(c) for c in right]) if right else out.reshape(())
    return out


def from_numpy(array):
    if not hasattr(array, "_tensor"):
        raise TypeError(f"expected np.ndarray (got {_type_name(array)})")
    return array._tensor.detach()


def vstack(tensors):
    return cat([atleast_2d(t) for t in tensors], dim=0)


def hstack(tensors):
    tensors = list(tensors)
    return cat(tensors, dim=0 if tensors[0].dim() <= 1 else 1)


def atleast_2d(x):
    return x.reshape(1, 1) if x.dim() == 0 else x.unsqueeze(0) if x.dim() == 1 else x








def is_floating_point(x):
    return x.is_floating_point()


def broadcast_tensors(*tensors):
    shape = broadcast_shapes(*[t.shape for t in tensors])
    return tuple([t.expand(shape) for t in tensors])


def broadcast_shapes(*shapes):
    out = zeros(0).shape
    x = None
    for shape in shapes:
        y = empty(()).expand(shape)
        x = y if x is None else x + y
    return x.shape


def typename(x):
    return x.type() if is_tensor(x) else type(x).__name__


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    import torch.nn.functional as F
    return F.cosine_similarity(x1, x2, dim, eps)


def dropout(input, p, train):
    import torch.nn.functional as F
    return F.dropout(input, p, train)


def get_rng_state():
    return _RngState(_get_rng_state())


def _device_of(name):
    return device(name)


def set_rng_state(state):
    _set_rng_state(state._at)


class _RngState:
    def __init__(self, at):
        self._at = at


class Generator:
    __module__ = "torch._C"

    def __init__(self, device="cpu"):
        self.device = _device_of(device)
        self._seed = 67280421310721
        self._at = _new_generator(self._seed)

    def manual_seed(self, seed):
        self._seed = seed
        self._at = _new_generator(seed)
        return self

    def seed(self):
        _refuse("a seed that nothing determines")

    def initial_seed(self):
        return self._seed


def is_complex(x):
    return False


# What was saved, by its path: there are no files beyond the program.
_files = {}


def _is_plain(obj):
    """Whether weights alone are in it, which is what `load` takes unless it is told otherwise."""
    if isinstance(obj, dict):
        return _b.all([_is_plain(k) and _is_plain(v) for k, v in obj.items()])
    if isinstance(obj, (list, tuple, set)):
        return _b.all([_is_plain(v) for v in obj])
    return isinstance(obj, (Tensor, _b.int, _b.float, str, bytes, _b.bool, type(None), dtype, device, Size))


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True):
    import copy
    kept = copy.deepcopy(obj)
    if isinstance(f, str):
        if "/" in f or not f:
            _refuse("torch.save to a folder: there are none")
        _files[f] = kept
    elif hasattr(type(f), "seek"):
        if not f._at_start or f._saved is not None:
            _refuse("torch.save of several things to one buffer")
        f._saved, f._at_start = (kept,), False
    else:
        _refuse("torch.save to anything but a name or io.BytesIO")


def load(f, map_location=None, pickle_module=None, *, weights_only=True, mmap=None):
    import copy
    if isinstance(f, str):
        if f not in _files:
            if "/" in f:
                _refuse("torch.load from a folder: there are none")
            raise FileNotFoundError(f"[Errno 2] No such file or directory: {f!r}")
        kept = _files[f]
    elif hasattr(type(f), "seek"):
        if f._saved is None or not f._at_start:
            _refuse("torch.load of a buffer that is not at its start")
        kept, f._at_start = f._saved[0], False
    else:
        _refuse("torch.load from anything but a name or io.BytesIO")
    if weights_only and not _is_plain(kept):
        _refuse("torch.load(weights_only=True) of more than weights")
    if map_location is not None and str(map_location) not in ("cpu", "cuda"):
        _refuse("torch.load with this map_location")
    return copy.deepcopy(kept)


def use_deterministic_algorithms(mode, *, warn_only=False):
    return None


def set_num_threads(n):
    return None


def get_num_threads():
    return 1


def compile(model=None, *args, **kwargs):
    _refuse("torch.compile")


def FloatTensor(*args):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return tensor(args[0], dtype=float32)
    _refuse("torch.FloatTensor of sizes")


def LongTensor(*args):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return tensor(args[0], dtype=int64)
    _refuse("torch.LongTensor of sizes")


inf = _b.float("inf")
nan = _b.float("nan")
pi = 3.141592653589793
e = 2.718281828459045
newaxis = None
_norm = norm

_return_types["aminmax"] = _make_class("aminmax", (tuple,), {"_fields": ("min", "max"), "min": property(lambda self: self[0]), "max": property(lambda self: self[1])}, "torch.return_types")

from torch._composed import *
