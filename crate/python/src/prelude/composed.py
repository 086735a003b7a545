# Functions of torch, and methods of tensors, that are made of others.
import builtins as _b
import math as _math
import torch as _t


def _ints(sizes):
    return sizes[0] if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)) else sizes


def movedim(input, source, destination):
    source = [source] if isinstance(source, int) else list(source)
    destination = [destination] if isinstance(destination, int) else list(destination)
    n = input.dim()
    if n == 0:
        return input.permute([])
    source, destination = [d % n for d in source], [d % n for d in destination]
    order = [None] * n
    for s, d in zip(source, destination):
        order[d] = s
    rest = [d for d in range(n) if d not in source]
    return input.permute([rest.pop(0) if d is None else d for d in order])


moveaxis = movedim


def ravel(input):
    return input.reshape(-1)


def tile(input, *dims):
    dims = list(_ints(dims))
    return input.repeat([1] * (input.dim() - len(dims)) + dims)


def broadcast_to(input, *size):
    return input.expand(_ints(size))


def swapdims(input, dim0, dim1):
    return input.transpose(dim0, dim1)


def absolute(input):
    return input.abs()


def negative(input):
    return -input


def greater(input, other):
    return input > other


def less(input, other):
    return input < other


def greater_equal(input, other):
    return input >= other


def less_equal(input, other):
    return input <= other


def not_equal(input, other):
    return input != other


def diag(input, diagonal=0):
    if input.dim() == 1:
        n = input.size(0) + abs(diagonal)
        out = _t.zeros(n, n, dtype=input.dtype)
        at = _t.arange(input.size(0))
        out[at + max(-diagonal, 0), at + max(diagonal, 0)] = input
        return _t._rename(out, "DiagEmbedBackward0")
    if input.dim() != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input.dim()}D")
    return _t._rename(diagonal_of(input, diagonal), "DiagonalBackward0_copy")


def diagonal_of(input, offset):
    n = min(input.size(0) - max(-offset, 0), input.size(1) - max(offset, 0))
    at = _t.arange(max(n, 0))
    return _t._rename(input[at + max(-offset, 0), at + max(offset, 0)], "DiagonalBackward0")


def diagonal(input, offset=0, dim1=0, dim2=1):
    n = input.dim()
    for d in (dim1, dim2):
        if not -_b.max(n, 1) <= d < _b.max(n, 1):
            raise IndexError(f"Dimension out of range (expected to be in range of [{-_b.max(n, 1)}, {_b.max(n, 1) - 1}], but got {d})")
    x = movedim(input, (dim1 % n, dim2 % n), (0, 1))
    return movedim(diagonal_of(x, offset), 0, -1)


def diag_embed(input):
    return _t._rename(input.unsqueeze(-1) * _t.eye(input.size(-1), dtype=input.dtype), "DiagEmbedBackward0")


def trace(input):
    if input.dtype == _t.bool:
        raise NotImplementedError('"trace" not implemented for \'Bool\'')
    if input.dim() != 2:
        raise RuntimeError("trace: expected a matrix")
    return _t._rename(diagonal_of(input, 0).sum(), "TraceBackward0")


def count_nonzero(input, dim=None):
    return (input != 0).sum() if dim is None else (input != 0).sum(dim=dim)


def argwhere(input):
    return input.nonzero()


def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    if not input.is_floating_point():
        return input.clone()
    info = finfo(input.dtype)
    out = _t.where(_t.isnan(input), _t.full_like(input, nan), input)
    out = _t.where(input == _math.inf, _t.full_like(input, info.max if posinf is None else posinf), out)
    out = _t.where(input == -_math.inf, _t.full_like(input, info.min if neginf is None else neginf), out)
    return _t._rename(out, "NanToNumBackward0")


def isin(elements, test_elements, *, invert=False):
    if not isinstance(elements, _t.Tensor):
        elements = _t.tensor(elements)
    if not isinstance(test_elements, _t.Tensor):
        test_elements = _t.tensor(test_elements)
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(dim=-1)
    return ~found if invert else found


def isposinf(input):
    return input == _math.inf


def isneginf(input):
    return input == -_math.inf


def is_nonzero(input):
    if input.numel() != 1:
        raise RuntimeError(f"Boolean value of Tensor with {'no values' if input.numel() == 0 else 'more than one value'} is ambiguous")
    return bool(input)


def tensor_split(input, indices_or_sections, dim=0):
    n = input.size(dim)
    if isinstance(indices_or_sections, int):
        k = indices_or_sections
        sizes = [n // k + (1 if i < n % k else 0) for i in range(k)]
        ends = [sum(sizes[:i + 1]) for i in range(k - 1)]
    else:
        ends = list(indices_or_sections)
    at, out = 0, []
    for end in ends + [n]:
        end = min(max(end if end >= 0 else end + n, 0), n)
        out.append(input.narrow(dim, min(at, n), max(end - at, 0)))
        at = end
    return tuple(out)


def take(input, index):
    if index.dtype != _t.int64:
        raise RuntimeError(f"take(): Expected a long tensor for index, but got {index.type()[6:-6]}")
    n = input.numel()
    for i in index.reshape(-1).tolist():
        if not -n <= i < n:
            raise IndexError(f"out of range: tried to access index {i} on a tensor of {n} elements.")
    return input.reshape(-1)[index]


def take_along_dim(input, indices, dim=None):
    if dim is None:
        return input.reshape(-1).gather(0, indices.reshape(-1))
    shape = list(_t.broadcast_shapes([s if i != dim % input.dim() else 1 for i, s in enumerate(input.shape)], [s if i != dim % input.dim() else 1 for i, s in enumerate(indices.shape)]))
    own, other = list(shape), list(shape)
    own[dim], other[dim] = input.size(dim), indices.size(dim)
    return input.expand(own).gather(dim, indices.expand(other))


def var_mean(input, dim=None, unbiased=None, *, correction=None, keepdim=False):
    return _spread_and_mean(input.var, input, dim, unbiased, correction, keepdim)


def std_mean(input, dim=None, unbiased=None, *, correction=None, keepdim=False):
    return _spread_and_mean(input.std, input, dim, unbiased, correction, keepdim)


def _spread_and_mean(spread, input, dim, unbiased, correction, keepdim):
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    correction = correction if correction is not None else 1 if unbiased in (None, True) else 0
    if dim is None:
        return spread(correction=correction), input.mean()
    return spread(dim=dim, correction=correction, keepdim=keepdim), input.mean(dim=dim, keepdim=keepdim)


def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    out = base ** _t.linspace(start, end, steps, dtype=_t.float64)
    return out.to(_t.get_default_dtype() if dtype is None else dtype).requires_grad_(requires_grad)


def promote_types(type1, type2):
    return (_t.zeros(1, dtype=type1) + _t.zeros(1, dtype=type2)).dtype


def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None):
    if side is not None:
        right = side == "right"
    if sorted_sequence.dim() != 1:
        _refuse("torch.searchsorted of more than one row")
    x = input if isinstance(input, _t.Tensor) else _t.tensor(input)
    found = sorted_sequence <= x.unsqueeze(-1) if right else sorted_sequence < x.unsqueeze(-1)
    return found.sum(dim=-1).to(_t.int32 if out_int32 else _t.int64)


def bucketize(input, boundaries, *, out_int32=False, right=False):
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


def cdist(x1, x2, p=2.0):
    for _name, _x in (("X1", x1), ("X2", x2)):
        if _x.dim() < 2:
            raise RuntimeError(f"cdist only supports at least 2D tensors, {_name} got: {_x.dim()}D")
    if x1.size(-1) == x2.size(-1):
        for _name, _x in (("X1", x1), ("X2", x2)):
            if not _x.is_floating_point():
                raise RuntimeError(f"cdist only supports floating-point dtypes, {_name} got: {_x.type()[6:-6]}")
    else:
        raise RuntimeError(f"X1 and X2 must have the same number of columns. X1: {x1.size(-1)} X2: {x2.size(-1)}")
    return _t._rename((x1.unsqueeze(-2) - x2.unsqueeze(-3)).norm(p, dim=-1), "CdistBackward0")


def dist(input, other, p=2):
    if not (input.is_floating_point() or other.is_floating_point()):
        raise NotImplementedError(f"norm(): input dtype should be either floating point or complex. Got {input.type()[6:-6]} instead.")
    return _t._rename((input - other).norm(p), "DistBackward0")


def cov(input, *, correction=1):
    x = input.reshape(1, -1) if input.dim() < 2 else input
    d = x - x.mean(dim=1, keepdim=True)
    out = d @ d.T / (x.size(1) - correction)
    return out if input.dim() == 2 else out.squeeze()


def corrcoef(input):
    c = cov(input)
    if c.dim() == 0:
        return c / c
    s = _t.sqrt(diag(c))
    return (c / s.unsqueeze(1) / s).clamp(-1, 1)


def histc(input, bins=100, min=0, max=0):
    x = input.reshape(-1)
    low, high = float(min), float(max)
    if low == high and x.numel():
        low, high = x.min().item(), x.max().item()
    if low == high:
        low, high = low - 1, high + 1
    kept = x[(x >= low) & (x <= high)]
    at = ((kept - low) / (high - low) * bins).floor().long().clamp(max=bins - 1)
    return _t.bincount(at, minlength=bins).to(input.dtype)


def _running(input, dim, better, name):
    if input.dim() == 0 or input.numel() == 0:
        return _named(_t._return_types[name], [input.clone(), _t.zeros_like(input, dtype=_t.int64)])
    best = input.select(dim, 0)
    at = _t.zeros_like(best, dtype=_t.int64)
    values, places = [], []
    for i in range(input.size(dim)):
        new = input.select(dim, i)
        wins = better(new, best)
        best, at = _t.where(wins, new, best), _t.where(wins, _t.full_like(at, i), at)
        values.append(best)
        places.append(at)
    return _named(_t._return_types[name], [_t.stack(values, dim), _t.stack(places, dim)])


def cummax(input, dim):
    return _running(input, dim, lambda a, b: a >= b, "cummax")


def cummin(input, dim):
    return _running(input, dim, lambda a, b: a <= b, "cummin")


def triu_indices(row, col, offset=0):
    return _t.ones(row, col).triu(offset).nonzero().T.contiguous()


def tril_indices(row, col, offset=0):
    return _t.ones(row, col).tril(offset).nonzero().T.contiguous()


def block_diag(*tensors):
    blocks = [_t.atleast_2d(x) for x in tensors]
    width = sum([b.size(1) for b in blocks])
    rows, at = [], 0
    for b in blocks:
        left, right = _t.zeros(b.size(0), at, dtype=b.dtype), _t.zeros(b.size(0), width - at - b.size(1), dtype=b.dtype)
        rows.append(_t.cat([left, b, right], dim=1))
        at += b.size(1)
    return _t.cat(rows)


def heaviside(input, values):
    return _t.where(input == 0, values, (input > 0).to(input.dtype))


def rot90(input, k=1, dims=(0, 1)):
    a, b = dims
    for _ in range(k % 4):
        input = input.flip(b).transpose(a, b) if a < b else input.flip(b).transpose(b, a)
    return input.clone()


def cartesian_prod(*tensors):
    if len(tensors) == 1:
        return tensors[0]
    return _t.stack([x.reshape(-1) for x in meshgrid(*tensors, indexing="ij")], dim=1)


def combinations(input, r=2, with_replacement=False):
    import itertools
    pick = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    rows = [list(row) for row in pick(range(input.numel()), r)]
    return input[_t.tensor(rows, dtype=_t.int64)] if rows else _t.empty(0, r, dtype=input.dtype)


def meshgrid(*tensors, indexing=None):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    if indexing is None:
        _warn("UserWarning", "torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument. (Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4507.)")
        indexing = "ij"
    if indexing not in ("ij", "xy"):
        raise RuntimeError(f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}')
    swap = indexing == "xy" and len(tensors) >= 2
    all = list(tensors)
    if swap:
        all[0], all[1] = all[1], all[0]
    sizes = [x.numel() for x in all]
    out = []
    for i, x in enumerate(all):
        shape = [1] * len(all)
        shape[i] = sizes[i]
        out.append(x.reshape(shape).expand(sizes))
    if swap:
        out[0], out[1] = out[1], out[0]
        out = [x.transpose(0, 1) for x in out]
    return tuple(out)


def kthvalue(input, k, dim=-1, keepdim=False):
    if input.dtype == _t.bool:
        raise NotImplementedError('"kthvalue_cpu" not implemented for \'Bool\'')
    if input.dim() == 0:
        return _named(_t._return_types["kthvalue"], [input.clone(), _t.zeros((), dtype=_t.int64)])
    values, places = input.sort(dim=dim)
    out = [values.narrow(dim, k - 1, 1).clone(), places.narrow(dim, k - 1, 1).clone()]
    out = out if keepdim else [x.squeeze(dim) for x in out]
    return _named(_t._return_types["kthvalue"], [_t._rename(x, "KthvalueBackward0") for x in out])


def mode(input, dim=-1, keepdim=False):
    if input.dim() != 1 or keepdim:
        _refuse("torch.mode of more than one row")
    values = input.tolist()
    best = min(values, key=lambda v: (-values.count(v), v))
    at = max([i for i, v in enumerate(values) if v == best])
    return _named(_t._return_types["mode"], [input[at], _t.tensor(at)])


def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    if interpolation != "linear":
        _refuse("torch.quantile with an interpolation")
    if not isinstance(q, _t.Tensor):
        if not 0 <= q <= 1:
            raise RuntimeError(f"quantile() q must be in the range [0, 1] but got {q}")
        q = _t.tensor(q, dtype=input.dtype)
    x = input.reshape(-1) if dim is None else input.movedim(dim, -1)
    x = x.sort(dim=-1).values
    out = []
    for part in q.reshape(-1).tolist():
        at = part * (x.size(-1) - 1)
        low, high = _math.floor(at), _math.ceil(at)
        out.append(_t.lerp(x[..., low], x[..., high], at - low))
    if keepdim:
        out = [o.reshape([1] * input.dim()) if dim is None else o.unsqueeze(dim) for o in out]
    return out[0] if q.dim() == 0 else _t.stack(out)


def nansum(input, dim=None, keepdim=False):
    x = _t.where(_t.isnan(input), _t.zeros_like(input), input)
    return x.sum() if dim is None else x.sum(dim=dim, keepdim=keepdim)


def nanmean(input, dim=None, keepdim=False):
    n = (~_t.isnan(input)).sum() if dim is None else (~_t.isnan(input)).sum(dim=dim, keepdim=keepdim)
    return nansum(input, dim, keepdim) / n


def aminmax(input, *, dim=None, keepdim=False):
    if dim is None:
        return _named(_t._return_types["aminmax"], [input.min(), input.max()])
    return _named(_t._return_types["aminmax"], [input.amin(dim, keepdim=keepdim), input.amax(dim, keepdim=keepdim)])


def atan2(input, other):
    if input.requires_grad or other.requires_grad:
        _refuse("the gradient of atan2")
    x, y = _t.broadcast_tensors(other, input)
    flat = [_math.atan2(b, a) for a, b in zip(x.reshape(-1).tolist(), y.reshape(-1).tolist())]
    return _t.tensor(flat, dtype=_t.promote_types(_t.promote_types(input.dtype, other.dtype), _t.float16) if input.is_floating_point() or other.is_floating_point() else None).reshape(x.shape)


arctan2 = atan2


def hypot(input, other):
    return _t.sqrt(input * input + other * other)


def logit(input, eps=None):
    x = input if eps is None else input.clamp(eps, 1 - eps)
    return _t._rename(_t.log(x / (1 - x)), "LogitBackward0")


def exp2(input):
    return _t._rename(_t.exp(input * _math.log(2)), "Exp2Backward0")


def frac(input):
    return _t._rename(input - _t.trunc(input), "FracBackward0")


def deg2rad(input):
    return input * (_math.pi / 180)


def rad2deg(input):
    return input * (180 / _math.pi)


def signbit(input):
    return (input < 0) | ((input == 0) & (1 / input < 0)) if input.is_floating_point() else input < 0


def copysign(input, other):
    other = other if isinstance(other, _t.Tensor) else _t.tensor(float(other))
    return _t.where(signbit(other), -input.abs(), input.abs())


def xlogy(input, other):
    return _t.where(input == 0, _t.zeros_like(input), input * _t.log(other))


def erfc(input):
    return _t._rename(1 - _t.erf(input), "ErfcBackward0")


def lerp(input, end, weight):
    if not input.is_floating_point():
        raise NotImplementedError(f'"lerp_kernel_scalar" not implemented for \'{input.type()[6:-6]}\'')
    return _t._rename(input + (end - input) * weight, "LerpBackward0" if not isinstance(weight, _t.Tensor) else "LerpBackward1")


def addcmul(input, tensor1, tensor2, *, value=1):
    return _t._rename(input + value * tensor1 * tensor2, "AddcmulBackward0")


def addcdiv(input, tensor1, tensor2, *, value=1):
    return _t._rename(input + value * tensor1 / tensor2, "AddcdivBackward0")


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return _t._rename(beta * input + alpha * _t.bmm(batch1, batch2), "BaddbmmBackward0")


def addmv(input, mat, vec, *, beta=1, alpha=1):
    return _t._rename(beta * input + alpha * _t.mv(mat, vec), "AddmvBackward0")


def inner(input, other):
    return _t.dot(input, other) if input.dim() == 1 and other.dim() == 1 else input @ other.transpose(-1, -2)


def vdot(input, other):
    return _t.dot(input, other)


def kron(input, other):
    a, b = input, other
    return _t._rename((a[:, None, :, None] * b[None, :, None, :]).reshape(a.size(0) * b.size(0), a.size(1) * b.size(1)), "UnsafeViewBackward0")


def tensordot(a, b, dims=2):
    n = dims if isinstance(dims, int) else len(dims[0])
    if isinstance(dims, int) and (n > a.dim() or n > b.dim()):
        raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={n}")
    if a.dtype != b.dtype:
        raise RuntimeError("both inputs should have same dtype")
    left, right = (list(range(a.dim() - n, a.dim())), list(range(n))) if isinstance(dims, int) else ([d % a.dim() for d in dims[0]], [d % b.dim() for d in dims[1]])
    keep_a, keep_b = [d for d in range(a.dim()) if d not in left], [d for d in range(b.dim()) if d not in right]
    shape = [a.size(d) for d in keep_a] + [b.size(d) for d in keep_b]
    size = 1
    for d, e in zip(left, right):
        if a.size(d) != b.size(e):
            raise RuntimeError(f"contracted dimensions need to match, but first has size {a.size(d)} in dim {d - a.dim() if isinstance(dims, int) else d} and second has size {b.size(e)} in dim {e}")
        size *= a.size(d)
    return (a.permute(keep_a + left).reshape(-1, size) @ b.permute(right + keep_b).reshape(size, -1)).reshape(shape)


def cross(input, other, dim=-1):
    a, b = input.unbind(dim), other.unbind(dim)
    return _t.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]], dim)


def matrix_power(input, n):
    if n < 0:
        input, n = inverse(input), -n
    out = _t.eye(input.size(-1), dtype=input.dtype)
    for _ in range(n):
        out = out @ input
    return out


def _eliminated(input, what):
    if input.requires_grad:
        _refuse("the gradient of " + what)
    if input.dim() != 2:
        _refuse(what + " of a batch")
    n = input.size(0)
    rows = [row + [1.0 if i == j else 0.0 for j in range(n)] for i, row in enumerate(input.double().tolist())]
    det = 1.0
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(rows[r][i]))
        if rows[best][i] == 0.0:
            return 0.0, None
        if best != i:
            rows[i], rows[best] = rows[best], rows[i]
            det = -det
        det *= rows[i][i]
        pivot = rows[i][i]
        rows[i] = [v / pivot for v in rows[i]]
        for r in range(n):
            if r != i and rows[r][i] != 0.0:
                factor = rows[r][i]
                rows[r] = [v - factor * w for v, w in zip(rows[r], rows[i])]
    return det, [row[n:] for row in rows]


def det(input):
    return _t.tensor(_eliminated(input, "det()")[0], dtype=input.dtype)


def inverse(input):
    rows = _eliminated(input, "inverse()")[1]
    if rows is None:
        _refuse("the inverse of a singular matrix")
    return _t.tensor(rows, dtype=input.dtype)


def unique_consecutive(input):
    x = input.reshape(-1)
    if x.numel() == 0:
        return x
    return x[_t.cat([_t.tensor([True]), x[1:] != x[:-1]])]


def hsplit(input, indices_or_sections):
    return tensor_split(input, indices_or_sections, 0 if input.dim() == 1 else 1)


def vsplit(input, indices_or_sections):
    return tensor_split(input, indices_or_sections, 0)


def dstack(tensors):
    return _t.cat([_t.atleast_2d(x).unsqueeze(-1) if x.dim() < 3 else x for x in tensors], dim=2)


def column_stack(tensors):
    return _t.cat([x.reshape(-1, 1) if x.dim() < 2 else x for x in tensors], dim=1)


def atleast_1d(x):
    return x.reshape(1) if x.dim() == 0 else x


def _filled_at(input, dim, index, change):
    if input.dim() == 0:
        return _filled_at(input.reshape(1), 0, index, change).reshape(())
    out = input.clone()
    place = [slice(None)] * input.dim()
    for i, at in enumerate(index.tolist()):
        place[dim] = at
        out[tuple(place)] = change(out[tuple(place)], i)
    return out


def index_fill(input, dim, index, value):
    return _t._rename(_filled_at(input, dim, index, lambda old, i: value), "IndexFillBackward0")


def index_add(input, dim, index, source, *, alpha=1):
    if input.dtype != source.dtype:
        raise RuntimeError(f"index_add_(): self ({input.type()[6:-6]}) and source ({source.type()[6:-6]}) must have the same scalar type")
    if index.numel() != (source.size(dim) if source.dim() else 1):
        raise RuntimeError(f"index_add_(): Number of indices ({index.numel()}) should be equal to source.size(dim): ({source.size(dim)}), for dim: {dim}")
    if [size for d, size in enumerate(input.shape) if d != dim % input.dim()] != [size for d, size in enumerate(source.shape) if d != dim % input.dim()]:
        raise RuntimeError(f"source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = {list(input.shape)} source.shape = {list(source.shape)}")
    return _t._rename(_filled_at(input, dim, index, lambda old, i: old + alpha * source.select(dim, i)), "IndexAddBackward0")


def index_copy(input, dim, index, source):
    return _t._rename(_filled_at(input, dim, index, lambda old, i: source.select(dim, i)), "IndexCopyBackward0")


def masked_scatter(input, mask, source):
    out = input.clone()
    mask = mask.expand_as(input)
    out[mask] = source.reshape(-1)[:int(mask.sum())]
    return _t._rename(out, "MaskedScatterBackward0")


arcsin = _t.asin if hasattr(_t, "asin") else None
arccos = _t.acos if hasattr(_t, "acos") else None
arctan = _t.atan if hasattr(_t, "atan") else None


class finfo:
    def __init__(self, dtype=None):
        dtype = _t.get_default_dtype() if dtype is None else dtype
        if not dtype.is_floating_point:
            raise TypeError(f"torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{dtype}'")
        digits, low, self.bits = {_t.float64: (52, -1022, 64), _t.float32: (23, -126, 32), _t.float16: (10, -14, 16), _t.bfloat16: (7, -126, 16)}[dtype]
        self.dtype = str(dtype)[6:]
        self.eps = 2.0 ** -digits
        self.tiny = self.smallest_normal = 2.0 ** low
        self.max = (2.0 - self.eps) * 2.0 ** (1 - low)
        self.min = -self.max
        self.resolution = {52: 1e-15, 23: 1e-06, 10: 0.001, 7: 0.01}[digits]


class iinfo:
    def __init__(self, dtype):
        if dtype.is_floating_point:
            raise TypeError(f"torch.iinfo() requires an integer input type. Use torch.finfo to handle '{dtype}'")
        self.bits = dtype.itemsize * 8
        self.dtype = str(dtype)[6:]
        self.max = 255 if dtype == _t.uint8 else 2 ** (self.bits - 1) - 1
        self.min = 0 if dtype == _t.uint8 else -2 ** (self.bits - 1)


# What only tensors have.

def _new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    return _t.full(size, fill_value, dtype=self.dtype if dtype is None else dtype, requires_grad=requires_grad)


def _new_empty(self, *size, dtype=None, device=None, requires_grad=False):
    return self.new_zeros(*size, dtype=self.dtype if dtype is None else dtype).requires_grad_(requires_grad)


def _random_(self, low=None, high=None, *, generator=None):
    if low is None:
        _refuse("random_() without a range")
    if high is None:
        low, high = 0, low
    return _keep(self, _t.randint(low, high, tuple(self.shape), generator=generator).to(self.dtype))


def _keep(self, value):
    with _t.no_grad():
        self.copy_(value)
    return self


def _index_fill_(self, dim, index, value):
    _t._check_apart(self, index)
    return _t._in_place(self, lambda x: index_fill(x, dim, index, value))


def _index_add_(self, dim, index, source, *, alpha=1):
    _t._check_apart(self, index, source)
    return _t._in_place(self, lambda x: index_add(x, dim, index, source, alpha=alpha))


def _index_copy_(self, dim, index, source):
    _t._check_apart(self, index, source)
    return _t._in_place(self, lambda x: index_copy(x, dim, index, source))


_round = _t.round


def round(input, *, decimals=0):
    if decimals == 0:
        return _round(input)
    if not _t.is_tensor(input) or not input.is_floating_point():
        _refuse("round() with decimals of anything but floats")
    factor = 10.0 ** _b.abs(decimals)
    x = input.detach()
    x = _round(x * factor) / factor if decimals > 0 else _round(x / factor) * factor
    # Its gradient is zero, and nothing is kept for it.
    return _t._rename(_round(input) if input.requires_grad and _t.is_grad_enabled() else x, "RoundBackward1", x)


class _HookHandle:
    def __init__(self, tensor, hook):
        self._tensor_of = tensor
        self._hook = hook

    def remove(self):
        self._tensor_of._drop_hook(self._hook)


def _register_hook(self, hook):
    self._add_hook(hook)
    return _HookHandle(self, hook)


_methods = {
    "register_hook": _register_hook,
    "new_full": _new_full, "new_empty": _new_empty, "random_": _random_, "index_fill_": _index_fill_,
    "index_add_": _index_add_, "index_copy_": _index_copy_,
    "det": det, "inverse": inverse, "get_device": lambda self: -1, "is_complex": lambda self: False,
    "is_signed": lambda self: self.dtype not in (_t.bool, _t.uint8), "pin_memory": lambda self: _refuse("pin_memory()"),
    "share_memory_": lambda self: self, "is_shared": lambda self: False,
}
for _f in (movedim, moveaxis, ravel, tile, broadcast_to, swapdims, absolute, negative, greater, less, greater_equal, less_equal, not_equal, diag, diagonal, diag_embed, trace, count_nonzero, argwhere, nan_to_num, tensor_split, take, take_along_dim, cov, corrcoef, histc, cummax, cummin, heaviside, rot90, kthvalue, mode, quantile, nansum, nanmean, aminmax, atan2, hypot, logit, exp2, frac, deg2rad, rad2deg, signbit, copysign, xlogy, erfc, lerp, addcmul, addcdiv, baddbmm, addmv, inner, vdot, kron, cross, matrix_power, unique_consecutive, hsplit, vsplit, index_fill, index_add, index_copy, masked_scatter, dist, isposinf, isneginf):
    _methods[_f.__name__] = _f
for _name in _methods:
    _t._add_method(_name, _methods[_name])
