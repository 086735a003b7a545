import torch as _torch
import math as _math

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
        return isinstance(other, dtype) and self.name == other.name or other == self.name


float32 = dtype("float32", _torch.float32)
float64 = dtype("float64", _torch.float64)
int64 = dtype("int64", _torch.int64)
int32 = dtype("int32", _torch.int32)
uint8 = dtype("uint8", _torch.uint8)
bool_ = dtype("bool", _torch.bool)
_all = [float32, float64, int64, int32, uint8, bool_]


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
    if d is float:
        return _torch.float64
    if d is int:
        return _torch.int64
    if d is bool:
        return _torch.bool
    for known in _all:
        if known.name == d:
            return known._torch
    return _refuse(f"the numpy dtype {d}")


def _shape(shape):
    return (shape,) if isinstance(shape, int) else tuple(shape)


def _value(x):
    return x._tensor if isinstance(x, ndarray) else x


def _wrap(x):
    if isinstance(x, _torch.Tensor):
        if x.dim() == 0:
            return x.item() if x.dtype != _torch.float32 else ndarray(x)
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

    def item(self):
        return self._tensor.item()

    def sum(self, axis=None):
        return _wrap(self._tensor.sum() if axis is None else self._tensor.sum(dim=axis))

    def mean(self, axis=None):
        x = self._tensor if self._tensor.is_floating_point() else self._tensor.double()
        return _wrap(x.mean() if axis is None else x.mean(dim=axis))

    def max(self, axis=None):
        return _wrap(self._tensor.max() if axis is None else self._tensor.amax(dim=axis))

    def min(self, axis=None):
        return _wrap(self._tensor.min() if axis is None else self._tensor.amin(dim=axis))

    def argmax(self, axis=None):
        return _wrap(self._tensor.argmax(dim=axis))

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
        if not isinstance(other, (ndarray, int, float, bool)):
            return NotImplemented
        a, b = self._tensor, _value(other)
        if isinstance(b, float) and not a.is_floating_point():
            a = a.double()
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

    def __bool__(self):
        if self._tensor.numel() != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self._tensor)

    def __float__(self):
        return float(self._tensor)

    def __int__(self):
        return int(self._tensor)

    def __str__(self):
        return _printed(self._tensor, " ")

    def __repr__(self):
        d = self._tensor.dtype
        end = ")" if d in (_torch.float64, _torch.int64, _torch.bool) else f", dtype={self.dtype.name})"
        return "array(" + _printed(self._tensor, ", ", 6) + end


def _printed(x, gap, indent=0):
    if x.numel() > 1000:
        _refuse("printing a numpy array of more than 1000 elements")
    values = x.reshape(-1).tolist()
    if x.is_floating_point():
        if x.dtype == _torch.float32 or any([v != v or _abs(v) == _math.inf for v in values]):
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


def _float_texts(x, values):
    if any([v != v or _abs(v) == _math.inf for v in values]):
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
        return ndarray(data.clone())
    t = _torch.tensor(data, dtype=_torch.float64) if _floats(data) else _torch.tensor(data)
    return ndarray(t.to(_dtype(dtype)) if dtype is not None else t)


def asarray(data, dtype=None):
    return data if isinstance(data, ndarray) and dtype is None else array(data, dtype)


def _floats(data):
    if isinstance(data, (list, tuple)):
        return len(data) == 0 or any([_floats(item) for item in data])
    return isinstance(data, float)


def arange(*args, dtype=None):
    floats = any([isinstance(a, float) for a in args])
    return ndarray(_torch.arange(*args, dtype=_dtype(dtype) if dtype is not None else _torch.float64 if floats else _torch.int64))


def zeros(shape, dtype=None):
    return ndarray(_torch.zeros(_shape(shape), dtype=_dtype(dtype) or _torch.float64))


def ones(shape, dtype=None):
    return ndarray(_torch.ones(_shape(shape), dtype=_dtype(dtype) or _torch.float64))


def full(shape, value, dtype=None):
    default = _torch.int64 if isinstance(value, int) else _torch.float64
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
        t = _torch.tensor(float(t), dtype=_torch.float64)
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
