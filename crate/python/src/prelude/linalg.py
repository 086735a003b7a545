import torch
from torch import norm as _norm, det, inverse as inv, matrix_power, cross, diagonal


def norm(A, ord=None, dim=None, keepdim=False):
    if ord not in (None, 1, 2, float("inf")) or (ord is not None and dim is None and A.dim() == 2):
        _refuse("torch.linalg.norm of this order")
    x = A if dim is not None else A.reshape(-1)
    return x.norm(2 if ord is None else ord, dim=dim if dim is not None else 0, keepdim=keepdim)


def vector_norm(x, ord=2, dim=None, keepdim=False):
    return x.reshape(-1).norm(ord, dim=0) if dim is None else x.norm(ord, dim=dim, keepdim=keepdim)


def matmul(a, b):
    return torch.matmul(a, b)
