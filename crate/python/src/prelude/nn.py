import torch
from torch import _Parameter as _ParameterClass
import torch.nn.functional as functional

__name__ = "torch.nn"


class _Nothing:
    pass


_plain = (int, float, str, bool, type(None))


class Module:
    __module__ = "torch.nn.modules.module"
    training = True

    def __init__(self, *args, **kwargs):
        if kwargs:
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'")
        if args:
            raise TypeError(f"{type(self).__name__}.__init__() takes 1 positional argument but {len(args) + 1} were given")
        _set_plainly(self, "training", True)
        _set_plainly(self, "_parameters", {})
        _set_plainly(self, "_buffers", {})
        _set_plainly(self, "_non_persistent", set())
        _set_plainly(self, "_modules", {})
        _set_plainly(self, "_forward_hooks", {})
        _set_plainly(self, "_forward_pre_hooks", {})

    def __setattr__(self, name, value):
        if isinstance(value, _plain):
            params = _get_plainly(self, "_parameters")
            modules = _get_plainly(self, "_modules")
            if params is not None:
                if name in params:
                    if value is not None:
                        raise TypeError(f"cannot assign '{_shown_type(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)")
                    params[name] = None
                    return
                if modules is not None and name in modules:
                    if value is not None:
                        raise TypeError(f"cannot assign '{_shown_type(value)}' as child module '{name}' (torch.nn.Module or None expected)")
                    modules[name] = None
                    return
                buffers = _get_plainly(self, "_buffers")
                if buffers is not None and name in buffers:
                    if value is not None:
                        raise TypeError(f"cannot assign '{_shown_type(value)}' object to buffer '{name}' (torch.nn.Buffer, torch.Tensor or None required)")
                    buffers[name] = None
                    return
            _set_plainly(self, name, value)
            return
        params = _get_plainly(self, "_parameters")
        if isinstance(value, _ParameterClass):
            if params is None:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            _delete_plainly(self, name)
            self._buffers.pop(name, None)
            self._modules.pop(name, None)
            params[name] = value
            return
        if params is not None and name in params:
            raise TypeError(f"cannot assign '{_shown_type(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)")
        modules = _get_plainly(self, "_modules")
        if isinstance(value, Module):
            if modules is None:
                raise AttributeError("cannot assign module before Module.__init__() call")
            _delete_plainly(self, name)
            self._parameters.pop(name, None)
            self._buffers.pop(name, None)
            modules[name] = value
            return
        if modules is not None and name in modules:
            raise TypeError(f"cannot assign '{_shown_type(value)}' as child module '{name}' (torch.nn.Module or None expected)")
        buffers = _get_plainly(self, "_buffers")
        if buffers is not None and name in buffers:
            if not isinstance(value, torch.Tensor):
                raise TypeError(f"cannot assign '{_shown_type(value)}' object to buffer '{name}' (torch.nn.Buffer, torch.Tensor or None required)")
            buffers[name] = value
            return
        _set_plainly(self, name, value)

    def __getattr__(self, name):
        params = _get_plainly(self, "_parameters")
        if params is not None and name in params:
            return params[name]
        buffers = _get_plainly(self, "_buffers")
        if buffers is not None and name in buffers:
            return buffers[name]
        modules = _get_plainly(self, "_modules")
        if modules is not None and name in modules:
            return modules[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        if name in self._parameters:
            del self._parameters[name]
        elif name in self._buffers:
            del self._buffers[name]
        elif name in self._modules:
            del self._modules[name]
        elif _has_plainly(self, name):
            _delete_plainly(self, name)
        else:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __call__(self, *args, **kwargs):
        if not self._forward_hooks and not self._forward_pre_hooks:
            return self.forward(*args, **kwargs)
        for hook in list(self._forward_pre_hooks.values()):
            result = hook(self, args)
            if result is not None:
                args = result if isinstance(result, tuple) else (result,)
        out = self.forward(*args, **kwargs)
        for hook in list(self._forward_hooks.values()):
            result = hook(self, args, out)
            if result is not None:
                out = result
        return out

    def forward(self, *args):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def register_parameter(self, name, param):
        if not _has_plainly(self, "_parameters"):
            raise AttributeError("cannot assign parameter before Module.__init__() call")
        if hasattr(self, name) and name not in self._parameters:
            raise KeyError(f"attribute '{name}' already exists")
        if param is not None and not isinstance(param, _ParameterClass):
            raise TypeError(f"cannot assign '{_shown_type(param)}' object to parameter '{name}' (torch.nn.Parameter or None required)")
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        if not _has_plainly(self, "_buffers"):
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        if hasattr(self, name) and name not in self._buffers:
            raise KeyError(f"attribute '{name}' already exists")
        if tensor is not None and not isinstance(tensor, torch.Tensor):
            raise TypeError(f"cannot assign '{_shown_type(tensor)}' object to buffer '{name}' (torch Tensor or None required)")
        self._buffers[name] = tensor
        if not persistent:
            self._non_persistent.add(name)

    def add_module(self, name, module):
        self._modules[name] = module

    register_module = add_module

    def get_submodule(self, target):
        module = self
        for part in target.split(".") if target else []:
            if part not in module._modules:
                raise AttributeError(f"{type(module).__name__} has no attribute `{part}`")
            module = module._modules[part]
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return self.get_submodule(path)._parameters[name]

    def register_forward_hook(self, hook):
        key = len(self._forward_hooks) + 1
        self._forward_hooks[key] = hook
        return _Handle(self._forward_hooks, key)

    def register_forward_pre_hook(self, hook):
        key = len(self._forward_pre_hooks) + 1
        self._forward_pre_hooks[key] = hook
        return _Handle(self._forward_pre_hooks, key)

    def register_full_backward_hook(self, hook):
        _refuse("register_full_backward_hook")

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        if memo is None:
            memo = set()
        if self not in memo:
            memo.add(self)
            yield prefix, self
            for name, module in self._modules.items():
                if module is not None:
                    for item in module.named_modules(memo, prefix + ("." if prefix else "") + name):
                        yield item

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_children(self):
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def _members(self, which, prefix, recurse):
        seen = set()
        for path, module in self.named_modules(prefix=prefix) if recurse else [(prefix, self)]:
            for name, value in _get_plainly(module, which).items():
                if value is None or value in seen:
                    continue
                seen.add(value)
                yield path + ("." if path else "") + name, value

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        return self._members("_parameters", prefix, recurse)

    def parameters(self, recurse=True):
        for _, parameter in self._members("_parameters", "", recurse):
            yield parameter

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        return self._members("_buffers", prefix, recurse)

    def buffers(self, recurse=True):
        for _, buffer in self._members("_buffers", "", recurse):
            yield buffer

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters():
            if parameter.grad is not None:
                if set_to_none:
                    parameter.grad = None
                else:
                    parameter.grad.detach_()
                    parameter.grad.zero_()

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _change(self, change):
        for module in self.modules():
            for name, parameter in module._parameters.items():
                if parameter is not None:
                    new = change(parameter.data)
                    if new.dtype != parameter.dtype:
                        parameter.data = new
                        if parameter.grad is not None:
                            grad = parameter.grad
                            parameter.grad = None
                            parameter.grad = change(grad)
            for name, buffer in module._buffers.items():
                if buffer is not None:
                    module._buffers[name] = change(buffer)
        return self

    def to(self, *args, dtype=None, device=None, non_blocking=False):
        for argument in args:
            if isinstance(argument, torch.dtype):
                dtype = argument
            elif isinstance(argument, torch.Tensor):
                dtype = argument.dtype
            else:
                device = argument
        if device is not None:
            torch.zeros(0).to(device)
        if dtype is None:
            return self
        if not dtype.is_floating_point:
            raise TypeError(f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}")
        return self._change(lambda t: t.to(dtype) if t.is_floating_point() else t)

    def float(self):
        return self.to(torch.float32)

    def double(self):
        return self.to(torch.float64)

    def half(self):
        return self.to(torch.float16)

    def bfloat16(self):
        return self.to(torch.bfloat16)

    def cpu(self):
        return self

    def cuda(self, device=None):
        raise RuntimeError("Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver from http://www.nvidia.com/Download/index.aspx")

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        from collections import OrderedDict
        out = OrderedDict() if destination is None else destination
        for name, parameter in self._parameters.items():
            if parameter is not None:
                out[prefix + name] = parameter if keep_vars else parameter.detach()
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent:
                out[prefix + name] = buffer if keep_vars else buffer.detach()
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=out, prefix=prefix + name + ".")
        return out

    def load_state_dict(self, state_dict, strict=True, assign=False):
        if not isinstance(state_dict, dict):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        if assign:
            _refuse("load_state_dict(assign=True)")
        missing, unexpected, errors = [], [], []
        own = self.state_dict(keep_vars=True)
        for name in state_dict:
            if name not in own:
                unexpected.append(name)
        for name, target in own.items():
            if name not in state_dict:
                missing.append(name)
                continue
            value = state_dict[name]
            if not isinstance(value, torch.Tensor):
                errors.append(f'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object from checkpoint but received {type(value)}')
                continue
            if tuple(value.shape) != tuple(target.shape):
                errors.append(f"size mismatch for {name}: copying a param with shape {value.shape} from checkpoint, the shape in current model is {target.shape}.")
                continue
            with torch.no_grad():
                target.copy_(value)
        if strict:
            if unexpected:
                errors.insert(0, "Unexpected key(s) in state_dict: " + ", ".join([f'"{name}"' for name in unexpected]) + ". ")
            if missing:
                errors.insert(0, "Missing key(s) in state_dict: " + ", ".join([f'"{name}"' for name in missing]) + ". ")
        if errors:
            raise RuntimeError(f"Error(s) in loading state_dict for {type(self).__name__}:\n\t" + "\n\t".join(errors))
        return _named(_IncompatibleKeys, [missing, unexpected])

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        extra = self.extra_repr()
        lines = [f"({name}): " + _indented(repr(module), 2) for name, module in self._modules.items()]
        head = extra.split("\n") if extra else []
        out = self._get_name() + "("
        if head + lines:
            if len(head) == 1 and not lines:
                out += head[0]
            else:
                out += "\n  " + "\n  ".join(head + lines) + "\n"
        return out + ")"

    def __dir__(self):
        _refuse("dir() of a module")


def _shown_type(value):
    return value.type() if isinstance(value, torch.Tensor) else type(value).__name__


def _indented(text, spaces):
    lines = text.split("\n")
    return "\n".join([lines[0]] + [" " * spaces + line for line in lines[1:]])


class _Handle:
    def __init__(self, hooks, key):
        self.hooks = hooks
        self.key = key

    def remove(self):
        self.hooks.pop(self.key, None)


def _incompatible():
    def __repr__(self):
        if not self[0] and not self[1]:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self[0]!r}, unexpected_keys={self[1]!r})"
    return _make_class("_IncompatibleKeys", (tuple,), {"_fields": ("missing_keys", "unexpected_keys"), "missing_keys": property(lambda self: self[0]), "unexpected_keys": property(lambda self: self[1]), "__repr__": __repr__, "__str__": __repr__}, "torch.nn.modules.module")


_IncompatibleKeys = _incompatible()

Parameter = _ParameterClass


class Sequential(Module):
    __module__ = "torch.nn.modules.container"

    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], dict):
            for name, module in args[0].items():
                self.add_module(name, _checked(module))
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), _checked(module))

    def forward(self, input):
        for module in self._modules.values():
            input = module(input)
        return input

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(list(self._modules.values()))

    def __getitem__(self, index):
        if isinstance(index, slice):
            from collections import OrderedDict
            return type(self)(OrderedDict(list(self._modules.items())[index]))
        return _at(self, index)

    def __setitem__(self, index, module):
        setattr(self, list(self._modules)[index], module)

    def append(self, module):
        self.add_module(str(len(self)), _checked(module))
        return self


def _checked(module):
    if not isinstance(module, Module):
        raise TypeError(f"{_full_name(module)} is not a Module subclass")
    return module


def _full_name(value):
    if isinstance(value, torch.Tensor):
        return value.type()
    module = getattr(type(value), "__module__", "builtins")
    if type(value).__name__ == "type":
        return "builtins.type"
    return module + "." + type(value).__qualname__


def _at(container, index):
    n = len(container._modules)
    if not -n <= index < n:
        raise IndexError(f"index {index} is out of range")
    return list(container._modules.values())[index]


class ModuleList(Module):
    __module__ = "torch.nn.modules.container"

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(list(self._modules.values()))

    def __getitem__(self, index):
        if isinstance(index, slice):
            return type(self)(list(self._modules.values())[index])
        return _at(self, index)

    def __setitem__(self, index, module):
        setattr(self, str(index if index >= 0 else index + len(self)), module)

    def append(self, module):
        self.add_module(str(len(self)), _checked(module))
        return self

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def insert(self, index, module):
        items = list(self._modules.values())
        items.insert(index, module)
        self._modules.clear()
        self.extend(items)

    def __repr__(self):
        reprs = [repr(module) for module in self]
        if not reprs:
            return self._get_name() + "()"
        groups = []
        for i, text in enumerate(reprs):
            if groups and groups[-1][2] == text:
                groups[-1][1] = i
            else:
                groups.append([i, i, text])
        lines = []
        for first, last, text in groups:
            if first == last:
                lines.append(_indented(f"({first}): {text}", 2))
            else:
                lines.append(_indented(f"({first}-{last}): {last - first + 1} x {text}", 2))
        return self._get_name() + "(\n  " + "\n  ".join(lines) + "\n)"


class ModuleDict(Module):
    __module__ = "torch.nn.modules.container"

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def update(self, modules):
        for name, module in modules.items() if hasattr(modules, "items") else modules:
            self[name] = module

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, _checked(module))

    def __delitem__(self, key):
        del self._modules[key]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(list(self._modules))

    def __contains__(self, key):
        return key in self._modules

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()


class ParameterList(Module):
    __module__ = "torch.nn.modules.container"

    def __init__(self, values=None):
        super().__init__()
        for i, value in enumerate(values or []):
            setattr(self, str(i), value if isinstance(value, Parameter) else Parameter(value))

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(list(self._parameters.values()))

    def __getitem__(self, index):
        return list(self._parameters.values())[index]

    def append(self, value):
        setattr(self, str(len(self)), value if isinstance(value, Parameter) else Parameter(value))
        return self

    def __repr__(self):
        lines = [f"    ({i}): Parameter containing: [{p.dtype} of size {'x'.join([str(n) for n in p.shape])}]" for i, p in enumerate(self)]
        return "ParameterList(" + "".join(["\n" + line for line in lines]) + ("\n)" if lines else ")")


class ParameterDict(Module):
    __module__ = "torch.nn.modules.container"

    def __init__(self, values=None):
        super().__init__()
        _refuse("nn.ParameterDict")


from torch.nn._layers import *
from torch.nn._recurrent import *
from torch.nn._losses import *
import torch.nn.init
import torch.nn.utils
import torch.nn.parameter
