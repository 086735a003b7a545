import torch


def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=None):
    one = isinstance(outputs, torch.Tensor)
    wanted = (inputs,) if isinstance(inputs, torch.Tensor) else tuple(inputs)
    return torch._backward((outputs,) if one else tuple(outputs), grad_outputs if not isinstance(grad_outputs, torch.Tensor) else (grad_outputs,), wanted, retain_graph, create_graph, bool(allow_unused))


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False):
    torch._backward((tensors,) if isinstance(tensors, torch.Tensor) else tuple(tensors), (grad_tensors,) if isinstance(grad_tensors, torch.Tensor) else grad_tensors, None, retain_graph, create_graph, False)


def Variable(data, requires_grad=False):
    return data.requires_grad_(True) if requires_grad else data


def set_detect_anomaly(mode, check_nan=True):
    return None
