import numpy as _np
import torch as _torch


def _shape(size):
    return (size,) if isinstance(size, int) else tuple(size)


def _count(shape):
    n = 1
    for size in shape:
        n *= size
    return n


def _filled(size, draw, dtype=_torch.float64):
    if size is None:
        value = draw()
        return _np.float64(value) if dtype == _torch.float64 else value
    shape = _shape(size)
    return _np.ndarray(_torch.tensor([draw() for _ in range(_count(shape))], dtype=dtype).reshape(shape))


def random(size=None):
    return _filled(size, _unit)


random_sample = ranf = random


def rand(*shape):
    return _filled(shape or None, _unit)


def randn(*shape):
    return _filled(shape or None, _gauss)


def standard_normal(size=None):
    return _filled(size, _gauss)


def normal(loc=0.0, scale=1.0, size=None):
    if not isinstance(loc, (int, float)) or not isinstance(scale, (int, float)):
        _refuse("numpy.random.normal() of arrays")
    if scale < 0:
        raise ValueError("scale < 0")
    return _filled(size, lambda: loc + scale * _gauss())


def uniform(low=0.0, high=1.0, size=None):
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        _refuse("numpy.random.uniform() of arrays")
    return _filled(size, lambda: low + (high - low) * _unit())


def randint(low, high=None, size=None, dtype=int):
    if dtype is not int or not isinstance(low, int):
        _refuse("numpy.random.randint() with these arguments")
    if high is None:
        low, high = 0, low
    if low >= high:
        raise ValueError("low >= high" if low or high > 0 else "high <= 0")
    return _filled(size, lambda: low + _below_or_at(high - 1 - low), _torch.int64)


def shuffle(x):
    for i in range(len(x) - 1, 0, -1):
        j = _below_or_at(i)
        if isinstance(x, _np.ndarray):
            a, b = x._tensor[i].clone(), x._tensor[j].clone()
            x._tensor[i], x._tensor[j] = b, a
        else:
            x[i], x[j] = x[j], x[i]


def permutation(x):
    if isinstance(x, int):
        made = _np.arange(x)
        shuffle(made)
        return made
    order = permutation(len(x))
    return _np.array(x)[order]


def choice(a, size=None, replace=True, p=None):
    n = a if isinstance(a, int) else len(a)
    if n <= 0:
        raise ValueError("a must be greater than 0 unless no samples are taken" if isinstance(a, int) else "'a' cannot be empty unless no samples are taken")
    shape = () if size is None else _shape(size)
    count = _count(shape)
    if p is not None:
        if not replace:
            _refuse("numpy.random.choice() without replacement by probabilities")
        weights = p.tolist() if isinstance(p, _np.ndarray) else list(p)
        if len(weights) != n:
            raise ValueError("'a' and 'p' must have same size")
        if abs(sum(weights) - 1) > 1e-8:
            raise ValueError("Probabilities do not sum to 1. See Notes section of docstring for more information.")
        total, sums = 0.0, []
        for weight in weights:
            total += weight
            sums.append(total)
        drawn = [len([s for s in sums if s / total <= u]) for u in [_unit() for _ in range(count)]]
    elif replace:
        drawn = [_below_or_at(n - 1) for _ in range(count)]
    else:
        if count > n:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        drawn = permutation(n).tolist()[:count]
    items = a if not isinstance(a, int) else None
    if size is None:
        return drawn[0] if items is None else items[drawn[0]]
    if items is None:
        return _np.ndarray(_torch.tensor(drawn, dtype=_torch.int64).reshape(shape))
    if not isinstance(items, _np.ndarray) and not all([isinstance(item, (int, float)) for item in items]):
        _refuse("numpy arrays of anything but numbers")
    return _np.array(items)[_np.ndarray(_torch.tensor(drawn, dtype=_torch.int64).reshape(shape))]
