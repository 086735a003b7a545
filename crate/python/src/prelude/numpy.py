import builtins as _b
import math as _math
import torch as _torch

_max, _min, _abs, _sum = max, min, abs, sum

pi = _math.pi
e = _math.e
inf = _math.inf
nan = _math.nan
newaxis = None


class dtype:
    def __init__(self, name, torch_dtype):
        self.name = name
        self._torch = torch_dtype

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    def __eq__(self, other):
        if isinstance(other, (dtype, _Kind)):
            return self.name == other.name
        return other is float64 and self.name == "float64" or other is int64 and self.name == "int64" or other == self.name


_all = [dtype("float32", _torch.float32), dtype("float64", _torch.float64), dtype("int64", _torch.int64), dtype("int32", _torch.int32), dtype("uint8", _torch.uint8), dtype("bool", _torch.bool)]


_operators = {
    "add": lambda a, b: a + b, "radd": lambda a, b: b + a, "sub": lambda a, b: a - b, "rsub": lambda a, b: b - a,
    "mul": lambda a, b: a * b, "rmul": lambda a, b: b * a, "truediv": lambda a, b: a / b, "rtruediv": lambda a, b: b / a,
    "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b, "pow": lambda a, b: a ** b, "rpow": lambda a, b: b ** a,
}


def _scalar_operator(name, f):
    def operator(self, other):
        if isinstance(other, ndarray):
            return getattr(ndarray(_torch.tensor(_payload(self), dtype=_dtype(type(self)))), f"__{name}__")(other)
        if not isinstance(other, (_b.int, _b.float)):
            return NotImplemented
        if isinstance(self, int64) and not isinstance(other, _b.float) and "truediv" not in name:
            return int64(f(_payload(self), _payload(other)))
        a, b = _b.float(_payload(self)), _b.float(_payload(other))
        if (b if name[0] != "r" else a) == 0.0 and ("div" in name or "mod" in name):
            _refuse("division of a numpy number by zero")
        return float64(f(a, b))
    return operator


class _Scalar:
    @property
    def dtype(self):
        return _known(_dtype(type(self)))

    @property
    def shape(self):
        return ()

    ndim = 0
    size = 1

    def item(self):
        return _payload(self)

    tolist = item

    def round(self, decimals=0):
        return type(self)(_rounded(_payload(self), decimals))

    def astype(self, d):
        return _wrap(_torch.tensor(_payload(self)).to(_dtype(d)))

    def __getattr__(self, name):
        if name in _methods:
            _refuse("a numpy number's " + name)
        raise AttributeError(f"'numpy.{type(self).__name__}' object has no attribute '{name}'")


class float64(_Scalar, _b.float):
    __module__ = "numpy"

    def __repr__(self):
        return f"np.float64({_payload(self)!r})"

    def __str__(self):
        return str(_payload(self))

    def __format__(self, spec):
        return format(_payload(self), spec)

    def __neg__(self):
        return float64(-_payload(self))

    def __abs__(self):
        return float64(_abs(_payload(self)))

    def __round__(self, digits=None):
        return _b.round(_payload(self)) if digits is None else float64(_rounded(_payload(self), digits))


class int64(_Scalar, _b.int):
    __module__ = "numpy"

    def __repr__(self):
        return f"np.int64({_payload(self)})"

    def __str__(self):
        return str(_payload(self))

    def __format__(self, spec):
        return format(_payload(self), spec)

    def __neg__(self):
        return int64(-_payload(self))

    def __abs__(self):
        return int64(_abs(_payload(self)))


for _name, _f in _operators.items():
    for _class in (float64, int64):
        setattr(_class, f"__{_name}__", _scalar_operator(_name, _f))


class _Kind:
    def __init__(self, name):
        self.name = name
        self.__name__ = name

    def __call__(self, x=0):
        if self.name in ("float64", "int64", "bool"):
            _refuse("numpy." + self.name + "()")
        t = _torch.tensor(x._tensor if isinstance(x, ndarray) else x).to(_dtype(self.name))
        return ndarray(t)

    def __eq__(self, other):
        return isinstance(other, _Kind) and self.name == other.name or isinstance(other, dtype) and self.name == other.name

    def __repr__(self):
        return f"<class 'numpy.{self.name}'>"


float32 = _Kind("float32")
int32 = _Kind("int32")
uint8 = _Kind("uint8")
bool_ = _Kind("bool")
double, single = float64, float32
integer = _b.int
floating = _b.float


def _known(torch_dtype):
    for d in _all:
        if d._torch == torch_dtype:
            return d
    return _refuse(f"numpy arrays of {torch_dtype}")


def _dtype(d):
    if d is None:
        return None
    if isinstance(d, dtype):
        return d._torch
    if d is _b.float or d is float64:
        return _torch.float64
    if d is _b.int or d is int64:
        return _torch.int64
    if d is _b.bool:
        return _torch.bool
    if isinstance(d, _Kind):
        d = d.name
    for known in _all:
        if known.name == d:
            return known._torch
    return _refuse(f"the numpy dtype {d}")


def _shape(shape):
    return (shape,) if isinstance(shape, _b.int) else tuple(shape)


def _value(x):
    return x._tensor if isinstance(x, ndarray) else x


def _wrap(x):
    if isinstance(x, _torch.Tensor):
        if x.dim() == 0:
            x = x.detach()
            return float64(x.item()) if x.dtype == _torch.float64 else int64(x.item()) if x.dtype == _torch.int64 else x.item() if x.dtype == _torch.bool else ndarray(x)
        return ndarray(x)
    return x


def _of_tensor(x):
    return ndarray(x)


# What an array has besides in numpy.
_methods = (
    "argpartition base byteswap choose clip compress conj conjugate ctypes cumprod cumsum data diagonal dot dump dumps "
    "fill flags flat getfield imag itemsize itemset nbytes newbyteorder nonzero partition prod ptp put real repeat "
    "resize round searchsorted setfield setflags sort squeeze std strides swapaxes take to_device tobytes tofile "
    "tostring trace var view all any argmax argmin argsort max min mean sum item tolist astype copy flatten ravel"
).split()


class ndarray:
    __module__ = "numpy"

    def __init__(self, tensor):
        self._tensor = tensor

    def __getattr__(self, name):
        if name in _methods:
            _refuse("ndarray." + name)
        raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'")

    @property
    def shape(self):
        return tuple(self._tensor.shape)

    @property
    def dtype(self):
        return _known(self._tensor.dtype)

    @property
    def ndim(self):
        return self._tensor.dim()

    @property
    def size(self):
        return self._tensor.numel()

    @property
    def T(self):
        return ndarray(self._tensor.permute(*range(self._tensor.dim() - 1, -1, -1)))

    def reshape(self, *shape):
        return ndarray(self._tensor.reshape(*shape))

    def transpose(self, *axes):
        if not axes:
            return self.T
        return ndarray(self._tensor.permute(*(axes[0] if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes)))

    def astype(self, d):
        return ndarray(self._tensor.to(_dtype(d)))

    def copy(self):
        return ndarray(self._tensor.clone())

    def flatten(self):
        return ndarray(self._tensor.reshape(-1).clone())

    def ravel(self):
        return ndarray(self._tensor.reshape(-1))

    def tolist(self):
        return self._tensor.tolist()

    def item(self, *index):
        return self._tensor[index].item() if index else self._tensor.item()

    @property
    def strides(self):
        _refuse("ndarray.strides")

    def std(self, axis=None, ddof=0, keepdims=False):
        return std(self, axis, ddof, keepdims)

    def var(self, axis=None, ddof=0, keepdims=False):
        return var(self, axis, ddof, keepdims)

    def round(self, decimals=0):
        return round(self, decimals)

    def clip(self, min=None, max=None):
        return clip(self, min, max)

    def any(self, axis=None):
        return _wrap(self._tensor.bool().any() if axis is None else self._tensor.bool().any(dim=axis))

    def all(self, axis=None):
        return _wrap(self._tensor.bool().all() if axis is None else self._tensor.bool().all(dim=axis))

    def cumsum(self, axis=None):
        return cumsum(self, axis)

    def prod(self, axis=None):
        return _wrap(self._tensor.prod() if axis is None else self._tensor.prod(dim=axis))

    def squeeze(self, axis=None):
        return squeeze(self, axis)

    def repeat(self, repeats, axis=None):
        return repeat(self, repeats, axis)

    def fill(self, value):
        self._tensor.fill_(value)

    def argsort(self, axis=-1):
        return argsort(self, axis)

    def sort(self, axis=-1):
        self._tensor.copy_(self._tensor.sort(dim=axis)[0])

    def dot(self, other):
        return dot(self, other)

    def swapaxes(self, a, b):
        return ndarray(self._tensor.transpose(a, b))

    @property
    def nbytes(self):
        return self._tensor.numel() * self._tensor.element_size()

    def sum(self, axis=None, keepdims=False):
        return _over(self, "sum", axis, keepdims)

    def mean(self, axis=None, keepdims=False):
        x = self._tensor if self._tensor.is_floating_point() else self._tensor.double()
        return _over(ndarray(x), "mean", axis, keepdims)

    def max(self, axis=None, keepdims=False):
        if self.size == 0:
            raise ValueError("zero-size array to reduction operation maximum which has no identity")
        return _over(self, "amax", axis, keepdims)

    def min(self, axis=None, keepdims=False):
        if self.size == 0:
            raise ValueError("zero-size array to reduction operation minimum which has no identity")
        return _over(self, "amin", axis, keepdims)

    def argmax(self, axis=None):
        return _wrap(self._tensor.argmax(dim=axis))

    def argmin(self, axis=None):
        return _wrap(self._tensor.argmin(dim=axis))

    def __len__(self):
        return len(self._tensor)

    def __iter__(self):
        for x in self._tensor:
            yield _wrap(x)

    def __getitem__(self, index):
        if isinstance(index, tuple):
            index = tuple([_value(i) for i in index])
        return _wrap(self._tensor[_value(index)])

    def __setitem__(self, index, value):
        self._tensor[_value(index)] = _value(value)

    def _op(self, other, f):
        if isinstance(other, _torch.Tensor):
            return NotImplemented
        if isinstance(other, (list, tuple)):
            other = array(other)
        if not isinstance(other, (ndarray, _b.int, _b.float, _b.bool)):
            return NotImplemented
        a, b = self._tensor, _value(other)
        if isinstance(b, _Scalar):
            b = _payload(b)
        if isinstance(b, _b.float) and not a.is_floating_point():
            a = a.double()
        if isinstance(b, _torch.Tensor):
            if a.is_floating_point() != b.is_floating_point():
                a, b = a.double(), b.double()
            try:
                _torch.broadcast_shapes(a.shape, b.shape)
            except RuntimeError:
                shapes = " ".join([str(tuple(t.shape)).replace(" ", "") for t in (a, b)])
                raise ValueError(f"operands could not be broadcast together with shapes {shapes} ") from None
        return _wrap(f(a, b))

    def __add__(self, other):
        return self._op(other, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, other):
        return self._op(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._op(other, lambda a, b: b - a)

    def __mul__(self, other):
        return self._op(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._op(other, lambda a, b: (a if a.is_floating_point() else a.double()) / b)

    def __rtruediv__(self, other):
        return self._op(other, lambda a, b: b / (a if a.is_floating_point() else a.double()))

    def __pow__(self, other):
        return self._op(other, lambda a, b: a ** b)

    def __mod__(self, other):
        return self._op(other, lambda a, b: a % b)

    def __floordiv__(self, other):
        return self._op(other, lambda a, b: a // b)

    def __matmul__(self, other):
        return _wrap(self._tensor @ other._tensor)

    def __neg__(self):
        return ndarray(-self._tensor)

    def __lt__(self, other):
        return self._op(other, lambda a, b: a < b)

    def __gt__(self, other):
        return self._op(other, lambda a, b: a > b)

    def __le__(self, other):
        return self._op(other, lambda a, b: a <= b)

    def __ge__(self, other):
        return self._op(other, lambda a, b: a >= b)

    def __eq__(self, other):
        return self._op(other, lambda a, b: a == b)

    def __ne__(self, other):
        return self._op(other, lambda a, b: a != b)

    def __rpow__(self, other):
        return self._op(other, lambda a, b: b ** a)

    def __and__(self, other):
        return self._op(other, lambda a, b: a & b)

    def __or__(self, other):
        return self._op(other, lambda a, b: a | b)

    def __invert__(self):
        return ndarray(~self._tensor)

    def __abs__(self):
        return ndarray(self._tensor.abs())

    def __iadd__(self, other):
        self._tensor += _value(other)
        return self

    def __isub__(self, other):
        self._tensor -= _value(other)
        return self

    def __imul__(self, other):
        self._tensor *= _value(other)
        return self

    def __itruediv__(self, other):
        self._tensor /= _value(other)
        return self

    def __contains__(self, item):
        return _b.bool((self._tensor == item).any())

    def __bool__(self):
        if self._tensor.numel() != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return _b.bool(self._tensor)

    def __float__(self):
        return _b.float(self._tensor)

    def __int__(self):
        return _b.int(self._tensor)

    def __str__(self):
        text = _printed(self._tensor, " ")
        # One number by itself has a digit after its point.
        return text + "0" if self._tensor.dim() == 0 and text.endswith(".") else text

    def __format__(self, spec):
        if self._tensor.dim() == 0:
            return format(self._tensor.item(), spec)
        if spec:
            raise TypeError("unsupported format string passed to numpy.ndarray.__format__")
        return str(self)

    def __repr__(self):
        d = self._tensor.dtype
        if self._tensor.dim() == 0:
            return f"np.{self.dtype.name}({self})"
        end = ")" if d in (_torch.float64, _torch.int64, _torch.bool) else f", dtype={self.dtype.name})"
        return "array(" + _printed(self._tensor, ", ", 6) + end


def _printed(x, gap, indent=0):
    if x.numel() == 0:
        return "[]"
    if x.numel() > 1000:
        _refuse("printing a numpy array of more than 1000 elements")
    values = x.reshape(-1).tolist()
    if x.is_floating_point():
        if x.dtype == _torch.float32 or _b.any([v != v or _abs(v) == _math.inf for v in values]):
            texts = _float_texts(x, values)
        else:
            texts = _float_texts(x, values)
    else:
        texts = [str(v) for v in values]
        width = _max([len(t) for t in texts] or [0])
        texts = [t.rjust(width) for t in texts]

    def nest(shape, texts, depth):
        if len(shape) == 1:
            line = gap.join(texts)
            if len(line) + indent + depth > 74:
                _refuse("printing a numpy array of several lines")
            return "[" + line + "]"
        step = len(texts) // shape[0] if shape[0] else 0
        inner = [nest(shape[1:], texts[i * step:(i + 1) * step], depth + 1) for i in range(shape[0])]
        return "[" + (gap.rstrip() + "\n" * (len(shape) - 1) + " " * (indent + depth + 1)).join(inner) + "]"

    if x.dim() == 0:
        return texts[0]
    return nest(list(x.shape), texts, 0)


def _over(x, name, axis, keepdims):
    t = x._tensor
    if axis is None:
        if keepdims:
            return ndarray(getattr(t, name)().reshape([1] * t.dim()))
        return _wrap(getattr(t, name)())
    for a in axis if isinstance(axis, tuple) else (axis,):
        if not -t.dim() <= a < t.dim():
            raise ValueError(f"axis {a} is out of bounds for array of dimension {t.dim()}")
    return _wrap(getattr(t, name)(dim=axis, keepdim=keepdims))


def _rounded(v, decimals):
    if isinstance(v, _b.int):
        return v
    if decimals == 0:
        return _b.float(_b.round(v)) if v == v and _abs(v) != inf else v
    factor = 10.0 ** decimals
    return _b.float(_b.round(v * factor)) / factor


def _float_texts(x, values):
    if _b.any([v != v or _abs(v) == _math.inf for v in values]):
        _refuse("printing a numpy array with nan or inf")
    nonzero = [_abs(v) for v in values if v != 0]
    if nonzero and (_max(nonzero) >= 1e8 or _min(nonzero) < 1e-4 or _max(nonzero) / _min(nonzero) > 1000):
        _refuse("printing a numpy array in scientific notation")
    # The shortest digits of the element's own type, at most 8 behind the point.
    parts = []
    for v in values:
        text = _shortest(v, x.dtype == _torch.float32)
        whole, _, fraction = text.partition(".")
        if len(fraction) > 8:
            whole, _, fraction = f"{v:.8f}".rstrip("0").partition(".")
        if fraction == "0":
            fraction = ""
        parts.append((whole, fraction))
    left = _max([len(w) for w, _ in parts] or [0])
    right = _max([len(f) for _, f in parts] or [0])
    return [w.rjust(left) + "." + f.ljust(right) for w, f in parts]


def _shortest(v, single):
    if not single:
        return repr(v)
    for digits in range(1, 18):
        text = f"{v:.{digits}g}"
        if _torch.tensor(float(text), dtype=_torch.float32).item() == v:
            return repr(float(text))
    return repr(v)


def array(data, dtype=None):
    if isinstance(data, ndarray):
        t = data._tensor.clone()
        return ndarray(t.to(_dtype(dtype)) if dtype is not None else t)
    if isinstance(data, _torch.Tensor):
        return ndarray(_torch.tensor(data.numpy()._tensor.tolist(), dtype=data.dtype).reshape(data.shape))
    t = _torch.tensor(data, dtype=_torch.float64) if _floats(data) else _torch.tensor(data)
    return ndarray(t.to(_dtype(dtype)) if dtype is not None else t)


def asarray(data, dtype=None):
    return data if isinstance(data, ndarray) and dtype is None else array(data, dtype)


def _floats(data):
    if isinstance(data, (list, tuple)):
        return len(data) == 0 or _b.any([_floats(item) for item in data])
    return isinstance(data, _b.float)


def arange(*args, dtype=None):
    floats = _b.any([isinstance(a, _b.float) for a in args])
    return ndarray(_torch.arange(*args, dtype=_dtype(dtype) if dtype is not None else _torch.float64 if floats else _torch.int64))


def zeros(shape, dtype=None):
    return ndarray(_torch.zeros(_shape(shape), dtype=_dtype(dtype) or _torch.float64))


def ones(shape, dtype=None):
    return ndarray(_torch.ones(_shape(shape), dtype=_dtype(dtype) or _torch.float64))


def full(shape, value, dtype=None):
    default = _torch.int64 if isinstance(value, _b.int) else _torch.float64
    return ndarray(_torch.full(_shape(shape), value, dtype=_dtype(dtype) or default))


def zeros_like(a):
    return ndarray(_torch.zeros_like(a._tensor))


def ones_like(a):
    return ndarray(_torch.ones_like(a._tensor))


def eye(n, dtype=None):
    return ndarray(_torch.eye(n, dtype=_dtype(dtype) or _torch.float64))


def linspace(start, stop, num=50):
    step = (stop - start) / (num - 1) if num > 1 else 0.0
    values = [start + step * i for i in range(num)]
    if num > 1:
        values[-1] = float(stop)
    return ndarray(_torch.tensor(values, dtype=_torch.float64))


def _double(x):
    t = _value(x)
    if not isinstance(t, _torch.Tensor):
        t = _torch.tensor(_b.float(t), dtype=_torch.float64)
    return t if t.is_floating_point() else t.double()


def sin(x):
    return _wrap(_torch.sin(_double(x)))


def cos(x):
    return _wrap(_torch.cos(_double(x)))


def exp(x):
    return _wrap(_torch.exp(_double(x)))


def log(x):
    return _wrap(_torch.log(_double(x)))


def sqrt(x):
    return _wrap(_torch.sqrt(_double(x)))


def tanh(x):
    return _wrap(_torch.tanh(_double(x)))


def abs(x):
    return _wrap(_torch.abs(_value(x)))


def sum(x, axis=None):
    return asarray(x).sum(axis)


def mean(x, axis=None):
    return asarray(x).mean(axis)


def max(x, axis=None):
    return asarray(x).max(axis)


def min(x, axis=None):
    return asarray(x).min(axis)


def argmax(x, axis=None):
    return asarray(x).argmax(axis)


def dot(a, b):
    return _wrap(asarray(a)._tensor @ asarray(b)._tensor)


def stack(arrays, axis=0):
    return ndarray(_torch.stack([asarray(a)._tensor for a in arrays], dim=axis))


def concatenate(arrays, axis=0):
    return ndarray(_torch.cat([asarray(a)._tensor for a in arrays], dim=axis))


def expand_dims(a, axis):
    return ndarray(a._tensor.unsqueeze(axis))


def squeeze(a, axis=None):
    return ndarray(a._tensor.squeeze() if axis is None else a._tensor.squeeze(axis))


def reshape(a, shape):
    return asarray(a).reshape(shape)


def transpose(a, axes=None):
    return asarray(a).transpose() if axes is None else asarray(a).transpose(axes)


def allclose(a, b, rtol=1e-5, atol=1e-8):
    return _torch.allclose(_double(a), _double(b), rtol=rtol, atol=atol)


def array_equal(a, b):
    return _torch.equal(asarray(a)._tensor, asarray(b)._tensor)


def where(condition, a, b):
    return ndarray(_torch.where(condition._tensor, _value(a), _value(b)))


def _std(x, axis, ddof, keepdims, root):
    t = asarray(x)._tensor
    t = t if t.is_floating_point() else t.double()
    if axis is None:
        mean = t.mean()
        n = t.numel()
        out = ((t - mean) ** 2).sum() / (n - ddof)
    else:
        mean = t.mean(dim=axis, keepdim=True)
        n = 1
        for a in axis if isinstance(axis, tuple) else (axis,):
            n *= t.shape[a]
        out = ((t - mean) ** 2).sum(dim=axis, keepdim=keepdims) / (n - ddof)
    return _wrap(out.sqrt() if root else out)


def std(x, axis=None, ddof=0, keepdims=False):
    return _std(x, axis, ddof, keepdims, True)


def var(x, axis=None, ddof=0, keepdims=False):
    return _std(x, axis, ddof, keepdims, False)


def round(x, decimals=0):
    if not isinstance(x, (ndarray, list, tuple)):
        return float64(_rounded(_b.float(x), decimals)) if isinstance(x, _b.float) else int64(x)
    x = asarray(x)
    if not x._tensor.is_floating_point():
        return x
    if x._tensor.dtype == _torch.float32:
        return _wrap(_torch.round(x._tensor * 10.0 ** decimals) / 10.0 ** decimals)
    return _wrap(_torch.tensor([_rounded(v, decimals) for v in x._tensor.reshape(-1).tolist()], dtype=_torch.float64).reshape(x._tensor.shape))


around = round


def clip(x, a_min=None, a_max=None):
    return _wrap(_torch.clamp(asarray(x)._tensor, a_min, a_max))


def cumsum(x, axis=None):
    t = asarray(x)._tensor
    return ndarray(t.reshape(-1).cumsum(0) if axis is None else t.cumsum(axis))


def prod(x, axis=None):
    return asarray(x).prod(axis)


def any(x, axis=None):
    return asarray(x).any(axis)


def all(x, axis=None):
    return asarray(x).all(axis)


def argmin(x, axis=None):
    return asarray(x).argmin(axis)


def argsort(x, axis=-1):
    return ndarray(asarray(x)._tensor.argsort(dim=axis, stable=True))


def sort(x, axis=-1):
    return ndarray(asarray(x)._tensor.sort(dim=axis)[0])


def repeat(x, repeats, axis=None):
    t = asarray(x)._tensor
    return ndarray(t.reshape(-1).repeat_interleave(repeats) if axis is None else t.repeat_interleave(repeats, dim=axis))


def tile(x, reps):
    return ndarray(asarray(x)._tensor.tile(_shape(reps)))


def vstack(arrays):
    return ndarray(_torch.cat([t.reshape(1, -1) if t.dim() == 1 else t for t in [asarray(a)._tensor for a in arrays]]))


def hstack(arrays):
    parts = [asarray(a)._tensor for a in arrays]
    return ndarray(_torch.cat(parts, dim=0 if parts[0].dim() == 1 else 1))


def maximum(a, b):
    return _wrap(_torch.maximum(*_pair(a, b)))


def minimum(a, b):
    return _wrap(_torch.minimum(*_pair(a, b)))


def _pair(a, b):
    a, b = [_value(asarray(x)) for x in (a, b)]
    return (a.double(), b.double()) if a.is_floating_point() != b.is_floating_point() else (a, b)


def add(a, b):
    return asarray(a) + b


def subtract(a, b):
    return asarray(a) - b


def multiply(a, b):
    return asarray(a) * b


def divide(a, b):
    return asarray(a) / b


def matmul(a, b):
    return dot(a, b)


def outer(a, b):
    return ndarray(asarray(a)._tensor.reshape(-1, 1) * asarray(b)._tensor.reshape(1, -1))


def power(a, b):
    return asarray(a) ** b


def square(x):
    return _wrap(_torch.square(asarray(x)._tensor)) if isinstance(x, (ndarray, list)) else float64(x * x)


def full_like(a, value, dtype=None):
    return ndarray(_torch.full_like(a._tensor, value, dtype=_dtype(dtype)))


def empty(shape, dtype=None):
    return zeros(shape, dtype)


def identity(n, dtype=None):
    return eye(n, dtype)


def log2(x):
    return _wrap(_torch.log2(_double(x)))


def log10(x):
    return _wrap(_torch.log10(_double(x)))


def log1p(x):
    return _wrap(_torch.log1p(_double(x)))


def floor(x):
    return _wrap(_torch.floor(_double(x)))


def ceil(x):
    return _wrap(_torch.ceil(_double(x)))


def sign(x):
    return _wrap(_torch.sign(asarray(x)._tensor))


def isnan(x):
    return _wrap(_torch.isnan(_double(x)))


def isclose(a, b, rtol=1e-5, atol=1e-8):
    return _wrap(_torch.isclose(_double(a), _double(b), rtol=rtol, atol=atol))


def flip(x, axis=None):
    t = asarray(x)._tensor
    return ndarray(t.flip(list(range(t.dim())) if axis is None else [axis]))


def unique(x):
    return ndarray(asarray(x)._tensor.unique())


def ravel(x):
    return asarray(x).ravel()


def shape(x):
    return asarray(x).shape


def ndim(x):
    return asarray(x).ndim


def triu(x, k=0):
    return ndarray(_torch.triu(asarray(x)._tensor, diagonal=k))


def tril(x, k=0):
    return ndarray(_torch.tril(asarray(x)._tensor, diagonal=k))


def diff(x):
    t = asarray(x)._tensor
    return ndarray(t[..., 1:] - t[..., :-1])


def set_printoptions(*args, **kwargs):
    _refuse("numpy.set_printoptions()")
