import torch as _torch


def copy(x):
    if isinstance(x, list):
        return x[:] if type(x) is list else _refuse("copy() of a subclass of list")
    if isinstance(x, dict) and type(x) is dict:
        return dict(x)
    if isinstance(x, set):
        return set(x)
    if isinstance(x, (int, float, str, bytes, tuple, bool, type(None))):
        return x
    if hasattr(x, "__copy__"):
        return x.__copy__()
    if isinstance(x, _torch.Tensor):
        return x.detach().requires_grad_(x.requires_grad) if x.is_leaf else x.view_as(x)
    return _object(x, lambda value: value)


def _object(x, change):
    made = _bare(type(x))
    for name, value in x.__dict__.items():
        _set_plainly(made, name, change(value))
    return made


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    if id(x) in memo and not isinstance(x, (int, float, str, bool, type(None))):
        return memo[id(x)][0]
    if isinstance(x, (int, float, str, bytes, bool, type(None), _torch.dtype, _torch.device, type)) or callable(x) and not hasattr(x, "__dict__"):
        return x
    if isinstance(x, _torch.Tensor):
        if not x.is_leaf:
            raise RuntimeError("Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001")
        made = _torch.nn.Parameter(x.detach().clone(), x.requires_grad) if isinstance(x, _torch.nn.Parameter) else x.detach().clone().requires_grad_(x.requires_grad)
        if x.grad is not None:
            made.grad = x.grad.clone()
    elif type(x) is list:
        made = []
        memo[id(x)] = (made, x)
        for item in x:
            made.append(deepcopy(item, memo))
    elif type(x) is tuple:
        made = tuple([deepcopy(item, memo) for item in x])
    elif type(x) is set:
        made = {deepcopy(item, memo) for item in x}
    elif type(x) is dict:
        made = {}
        memo[id(x)] = (made, x)
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif isinstance(x, (tuple, _torch.Size)) or type(x).__name__ in ("function", "builtin_function_or_method", "module", "method"):
        return x
    elif isinstance(x, dict):
        made = _bare(type(x))
        memo[id(x)] = (made, x)
        for name, value in x.__dict__.items():
            _set_plainly(made, name, deepcopy(value, memo))
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif hasattr(x, "__deepcopy__"):
        made = x.__deepcopy__(memo)
    elif isinstance(x, (list, set)):
        _refuse("deepcopy() of this")
    else:
        made = _bare(type(x))
        memo[id(x)] = (made, x)
        for name, value in x.__dict__.items():
            _set_plainly(made, name, deepcopy(value, memo))
    memo[id(x)] = (made, x)
    return made
