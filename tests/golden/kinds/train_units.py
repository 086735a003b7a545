"""Losses with their gradients, optimisers over several steps, and clip_grad_norm_, each by itself.

Not a kind of the golden format: tests/rust/train_units.rs alone reads these records.
"""

import torch
from torch import nn
from torch.nn import functional as F

STEPS = 6
OPTIMIZERS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "weight_decay": 0.3}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "dampening": 0.4, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1}),
    ("Adam", {}),
    ("Adam", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 1e-3, "weight_decay": 0.2}),
    ("Adam", {"lr": 0.05, "amsgrad": True, "betas": [0.5, 0.6]}),
    ("AdamW", {"lr": 0.1}),
    ("AdamW", {"lr": 0.05, "betas": [0.7, 0.9], "eps": 1e-4, "weight_decay": 0.5, "amsgrad": True}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.05, "alpha": 0.8, "eps": 1e-3, "weight_decay": 0.2}),
    ("RMSprop", {"lr": 0.05, "alpha": 0.9, "momentum": 0.7}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.9, "momentum": 0.7, "centered": True, "weight_decay": 0.1}),
    ("Adagrad", {}),
    ("Adagrad", {"lr": 0.3, "lr_decay": 0.2, "weight_decay": 0.1}),
    ("Adagrad", {"lr": 0.3, "initial_accumulator_value": 0.5, "eps": 1e-3}),
]


def flat(tensors):
    return [tensor.detach().flatten().tolist() for tensor in tensors]


def optimizer(name, options):
    torch.manual_seed(len(name) + len(options))
    parameters = [nn.Parameter(torch.randn(3, 2)), nn.Parameter(torch.randn(4))]
    # In double, so that rounding does not hide an option.
    parameters = [nn.Parameter(parameter.detach().double()) for parameter in parameters]
    torch_optimizer = getattr(torch.optim, name)(parameters, **options)
    record = {"unit": "optimizer", "name": name, "options": options, "parameters": flat(parameters), "steps": []}
    for _ in range(STEPS):
        for parameter in parameters:
            parameter.grad = torch.randn(parameter.shape).double()
        gradients = flat(parameter.grad for parameter in parameters)
        torch_optimizer.step()
        record["steps"].append({"gradients": gradients, "after": flat(parameters)})
    return record


def loss(name, x, y, **options):
    x.requires_grad_()
    value = getattr(F, name)(x, y, **options)
    value.backward()
    shape = {"classes": x.shape[-1]} if name == "cross_entropy" else {}
    fields = {"x": x.detach().flatten().tolist(), "y": y.flatten().tolist(), "value": value.item()}
    return {"unit": "loss", "name": name, **shape, **fields, "gradient": x.grad.flatten().tolist()}


def make():
    for name, options in OPTIMIZERS:
        yield optimizer(name, options)
    torch.manual_seed(0)
    for scale in [1.0, 40.0]:
        yield loss("mse_loss", torch.randn(4, 3) * scale, torch.randn(4, 3))
        yield loss("binary_cross_entropy_with_logits", torch.randn(4, 3) * scale, torch.rand(4, 3))
        yield loss("cross_entropy", torch.randn(5, 4) * scale, torch.tensor([0, 3, 1, 2, 3]))
    yield loss("cross_entropy", torch.randn(5, 4), torch.tensor([0, -100, 1, 2, -100]))
    for scale, max_norm in [(1.0, 1.0), (0.01, 1.0), (30.0, 0.25), (1.0, 0.0), (0.0, 1.0)]:
        gradients = [torch.randn(3, 2) * scale, torch.randn(5) * scale]
        parameters = [nn.Parameter(torch.zeros_like(gradient)) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = nn.utils.clip_grad_norm_(parameters, max_norm).item()
        after = flat(parameter.grad for parameter in parameters)
        yield {"unit": "clip", "max_norm": max_norm, "before": flat(gradients), "norm": norm, "after": after}
