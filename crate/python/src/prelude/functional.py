import math
import torch
from torch import softmax as _softmax, log_softmax as _log_softmax


def _dim(name, ndim, dim):
    if dim is None:
        _warn("UserWarning", f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument.")
        return 0 if ndim in (0, 1, 3) else 1
    return dim


def _tensor(x, name, argument="input", position=1):
    if not isinstance(x, torch.Tensor):
        raise TypeError(f"{name}(): argument '{argument}' (position {position}) must be Tensor, not {_type_name(x)}")


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'softmax'")
    if dtype is not None:
        input = input.to(dtype)
    return _softmax(input, _dim("softmax", input.dim(), dim))


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'log_softmax'")
    if dtype is not None:
        input = input.to(dtype)
    return _log_softmax(input, _dim("log_softmax", input.dim(), dim))


def linear(input, weight, bias=None):
    return torch._linear(input, weight, bias)


def relu(input, inplace=False):
    _tensor(input, "relu")
    if input.dtype == torch.bool:
        raise NotImplementedError("Boolean inputs not supported for relu")
    return input.relu_() if inplace else torch._unary("relu", input)


def tanh(input):
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'tanh'")
    return input.tanh()


def sigmoid(input):
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'sigmoid'")
    return input.sigmoid()


def leaky_relu(input, negative_slope=0.01, inplace=False):
    _floats(input, "leaky_relu_cpu")
    return torch._leaky(input, negative_slope, False)


def elu(input, alpha=1.0, inplace=False):
    _floats(input, "elu_cpu")
    return torch._leaky(input, alpha, True)


def gelu(input, approximate="none"):
    _floats(input, "GeluKernelImpl")
    if approximate != "none":
        return torch._rename(0.5 * input * (1 + torch.tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input ** 3))), "GeluBackward0")
    return torch._unary("gelu", input)


def silu(input, inplace=False):
    _floats(input, "silu_cpu")
    return torch._unary("silu", input)


def softplus(input, beta=1.0, threshold=20.0):
    _floats(input, "softplus_cpu")
    if beta != 1.0:
        return torch._rename(torch._unary("softplus", input * beta) / beta, "SoftplusBackward0")
    return torch._unary("softplus", input)


def logsigmoid(input):
    _floats(input, "log_sigmoid_cpu")
    return torch._unary("log_sigmoid", input)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    if input.dtype == torch.bool:
        raise NotImplementedError("Bool inputs not supported for hardtanh")
    return torch._rename(torch.clamp(input, min_val, max_val), "HardtanhBackward0")


def relu6(input, inplace=False):
    return hardtanh(input, 0.0, 6.0)


def dropout(input, p=0.5, training=True, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    _tensor(input, "dropout")
    if not training or p == 0.0:
        return input
    if not input.is_floating_point():
        raise RuntimeError(f"result type Float can't be cast to the desired output type {_word(input)}")
    if p == 1.0:
        return input * torch.zeros_like(input)
    return input * torch._dropout_mask(input, p)


def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    _tensor(input, "embedding", "indices", 2)
    if weight.dim() != 2:
        raise RuntimeError("'weight' must be 2-D")
    return torch._embedding(weight, input, padding_idx)


def one_hot(tensor, num_classes=-1):
    if tensor.dtype != torch.int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    if tensor.numel() and tensor.min().item() < 0:
        raise RuntimeError("Class values must be non-negative.")
    if num_classes == -1:
        num_classes = tensor.max().item() + 1
    elif tensor.numel() and tensor.max().item() >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    return (tensor.unsqueeze(-1) == torch.arange(num_classes)).long()


def _reduced(loss, reduction):
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    if reduction == "none":
        return loss
    raise ValueError(f"{reduction} is not a valid value for reduction")


def _sizes_warning(name, input, target):
    if tuple(target.size()) != tuple(input.size()):
        _warn("UserWarning", f"Using a target size ({target.size()}) that is different to the input size ({input.size()}). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.")


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if not isinstance(target, torch.Tensor):
        raise AttributeError(f"'{_type_name(target)}' object has no attribute 'size'")
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'size'")
    _sizes_warning("mse_loss", input, target)
    if not (input.is_floating_point() or target.is_floating_point()):
        raise NotImplementedError(f"\"mse_cpu\" not implemented for '{_word(input)}'")
    return torch._rename(_reduced((input - target).square(), reduction), "MseLossBackward0")


def _floats(input, name):
    """Refuses what PyTorch's kernels are not made for."""
    if isinstance(input, torch.Tensor) and not input.is_floating_point():
        raise NotImplementedError(f"\"{name}\" not implemented for '{_word(input)}'")


def _word(x):
    return x.type()[6:-6]


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    _sizes_warning("l1_loss", input, target)
    out = _reduced((input - target).abs(), reduction)
    return out


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    _sizes_warning("smooth_l1_loss", input, target)
    _floats(input, "smooth_l1_cpu")
    d = (input - target).abs()
    if beta == 0.0:
        return l1_loss(input, target, reduction=reduction)
    loss = torch.where(d < beta, 0.5 * d * d / beta, d - 0.5 * beta)
    return torch._rename(_reduced(loss, reduction), "SmoothL1LossBackward0")


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    _sizes_warning("huber_loss", input, target)
    d = (input - target).abs()
    loss = torch.where(d <= delta, 0.5 * d * d, delta * (d - 0.5 * delta))
    return torch._rename(_reduced(loss, reduction), "HuberLossBackward0")


def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
    _tensor(input, "nll_loss")
    if target.dim() > 0 or input.dim() > 1:
        n = input.size(0) if input.dim() > 1 else None
        if input.dim() == 2:
            if target.dim() > 1:
                raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
            if target.dim() == 0 or target.size(0) != n:
                shown = target.size(0) if target.dim() else 1
                raise ValueError(f"Expected input batch_size ({n}) to match target batch_size ({shown}).")
        elif input.dim() > 2:
            if target.dim() == 0 or target.size(0) != n:
                shown = target.size(0) if target.dim() else 1
                raise ValueError(f"Expected input batch_size ({n}) to match target batch_size ({shown}).")
            if target.dim() != input.dim() - 1 or list(target.shape)[1:] != list(input.shape)[2:]:
                expected = [n] + list(input.shape)[2:]
                if input.dim() == 3:
                    raise RuntimeError(f"Expected target size {expected}, got {list(target.shape)}")
                if target.dim() != input.dim() - 1:
                    raise RuntimeError(f"only batches of spatial targets supported (3D tensors) but got targets of dimension: {target.dim()}")
                raise RuntimeError(f"input and target batch or spatial sizes don't match: target {list(target.shape)}, input {list(input.shape)}")
        else:
            _refuse("nll_loss of a vector with such a target")
    if target.dtype not in (torch.int64, torch.uint8):
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {_word(target)}")
    return torch._nll(input, target, weight, ignore_index, reduction)


def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
    _tensor(input, "cross_entropy_loss")
    _tensor(target, "cross_entropy_loss", "target", 2)
    if tuple(target.shape) == tuple(input.shape) and not target.is_floating_point():
        raise RuntimeError(f"Expected floating point type for target with class probabilities, got {_word(target)}")
    dim = 0 if input.dim() == 1 else 1
    if target.is_floating_point() and tuple(target.shape) == tuple(input.shape):
        logp = _log_softmax(input, dim)
        if label_smoothing > 0.0:
            target = target * (1 - label_smoothing) + label_smoothing / input.size(dim)
        loss = logp * target
        if weight is not None:
            _refuse("cross_entropy with probabilities and weights")
        if reduction == "mean":
            if input.numel() == 0:
                return (-loss.sum()).fill_(math.nan)
            return torch._rename(-loss.sum() / (input.numel() // input.size(dim)), "DivBackward1")
        return -loss.sum() if reduction == "sum" else _reduced(-loss.sum(dim=dim), reduction)
    logp = _log_softmax(input, dim)
    nll = nll_loss(logp, target, weight, None, ignore_index, None, reduction)
    if label_smoothing == 0.0:
        return nll
    if weight is not None:
        _refuse("cross_entropy with label_smoothing and weights")
    smooth = -logp.sum(dim=dim)
    mask = target == ignore_index
    smooth = smooth.masked_fill(mask, 0.0)
    if reduction == "mean":
        smooth = smooth.sum() / (target.numel() - mask.sum())
    else:
        smooth = _reduced(smooth, reduction)
    return (1 - label_smoothing) * nll + (label_smoothing / input.size(dim)) * smooth


def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    if tuple(target.size()) != tuple(input.size()):
        raise ValueError(f"Using a target size ({target.size()}) that is different to the input size ({input.size()}) is deprecated. Please ensure they have the same size.")
    if input.dtype != target.dtype:
        raise RuntimeError(f"Found dtype {_word(target)} but expected {_word(input)}")
    with torch.no_grad():
        if input.numel() and bool(((input < 0) | (input > 1)).any()):
            raise RuntimeError("all elements of input should be between 0 and 1")
    loss = -(target * torch.log(input).clamp(min=-100) + (1 - target) * torch.log(1 - input).clamp(min=-100))
    if weight is not None:
        loss = loss * weight
    return torch._rename(_reduced(loss, reduction), "BinaryCrossEntropyBackward0")


def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
    if tuple(target.size()) != tuple(input.size()):
        raise ValueError(f"Target size ({target.size()}) must be the same as input size ({input.size()})")
    if not target.is_floating_point():
        raise RuntimeError(f"result type {_word(input)} can't be cast to the desired output type {_word(target)}")
    logs = torch._unary("log_sigmoid", input)
    if pos_weight is not None:
        factor = (pos_weight - 1) * target + 1
        loss = (1 - target) * input - factor * logs
    else:
        loss = (1 - target) * input - logs
    if weight is not None:
        loss = loss * weight
    return torch._rename(_reduced(loss, reduction), "BinaryCrossEntropyWithLogitsBackward0")


def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    if not input.is_floating_point() or not target.is_floating_point():
        raise RuntimeError("kl_div: Integral inputs not supported.")
    loss = target.exp() * (target - input) if log_target else torch.where(target == 0, torch.zeros_like(target), target * (torch.log(target) - input))
    if reduction == "batchmean":
        return loss.sum() / input.size(0) if input.dim() else loss.sum()
    if reduction == "mean":
        _warn("UserWarning", "reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.")
    return _reduced(loss, reduction)


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    common = torch.result_type(x1, x2)
    if not common.is_floating_point:
        raise RuntimeError(f"expected common dtype to be floating point, yet common dtype is {_word(torch.zeros(0, dtype=common))}")
    x1, x2 = torch.broadcast_tensors(x1.to(common), x2.to(common))
    n1 = x1.norm(dim=dim, keepdim=True).clamp(min=eps)
    n2 = x2.norm(dim=dim, keepdim=True).clamp(min=eps)
    return ((x1 / n1) * (x2 / n2)).sum(dim=dim)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    return input / input.norm(p, dim, keepdim=True).clamp(min=eps).expand_as(input)


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    shape = tuple(normalized_shape)
    if tuple(input.shape)[-len(shape):] != shape:
        raise RuntimeError(f"Given normalized_shape={list(shape)}, expected input with shape [*, " + ", ".join([str(s) for s in shape]) + f"], but got input of size{list(input.shape)}")
    _floats(input, "LayerNormKernelImpl")
    dims = tuple(range(-len(shape), 0))
    mean = input.mean(dim=dims, keepdim=True)
    var = input.var(dim=dims, unbiased=False, keepdim=True)
    out = (input - mean) / torch.sqrt(var + eps)
    if weight is not None:
        out = out * weight
    if bias is not None:
        out = out + bias
    return torch._rename(out, "NativeLayerNormBackward0")


def pad(input, pad, mode="constant", value=None):
    if mode != "constant":
        _refuse(f"F.pad with mode={mode!r}")
    if len(pad) > 2 * input.dim():
        raise RuntimeError(f"Padding length should be less than or equal to two times the input dimension but got padding length {len(pad)} and input of dimension {input.dim()}")
    out = input
    for i in range(len(pad) // 2):
        dim = input.dim() - 1 - i
        for at, count in ((0, pad[2 * i]), (1, pad[2 * i + 1])):
            if count < 0:
                out = out.narrow(dim, -count if at == 0 else 0, out.size(dim) + count)
            elif count > 0:
                shape = list(out.shape)
                shape[dim] = count
                fill = torch.full(shape, 0 if value is None else value, dtype=out.dtype)
                out = torch.cat([fill, out] if at == 0 else [out, fill], dim=dim)
    return torch._rename(out, "ConstantPadNdBackward0") if out is not input else input.clone()


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    one = lambda v: v[0] if isinstance(v, (tuple, list)) else v
    if padding == "same":
        total = one(dilation) * (weight.size(2) - 1)
        input = pad(input, (total // 2, total - total // 2))
        padding = 0
    elif padding == "valid":
        padding = 0
    return torch._conv1d(input, weight, bias, one(stride), one(padding), one(dilation), groups)


def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    one = lambda v: v[0] if isinstance(v, (tuple, list)) else v
    if one(dilation) != 1 or ceil_mode or return_indices:
        _refuse("max_pool1d with these options")
    if input.dim() not in (2, 3) or input.size(-1) == 0:
        raise RuntimeError(f"max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:{list(input.shape)}")
    if (input.size(-1) + 2 * one(padding) - one(kernel_size)) < 0:
        raise RuntimeError("max_pool1d() Invalid computed output size: 0")
    if one(padding):
        input = pad(input, (one(padding), one(padding)), value=-math.inf)
    windows = input.unfold(-1, one(kernel_size), one(stride) if stride is not None else one(kernel_size))
    return torch._rename(windows.max(dim=-1)[0], "SqueezeBackward1")


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    one = lambda v: v[0] if isinstance(v, (tuple, list)) else v
    if input.dim() not in (2, 3):
        raise RuntimeError(f"Expected 2 to 3 dimensions, but got {input.dim()}-dimensional tensor for argument #1 'self' (while checking arguments for avg_pool1d)")
    if one(padding):
        input = pad(input, (one(padding), one(padding)))
    windows = input.unfold(-1, one(kernel_size), one(stride) if stride is not None else one(kernel_size))
    return torch._rename(windows.mean(dim=-1), "SqueezeBackward1")


def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    dims = [0] + list(range(2, input.dim()))
    shape = [1, -1] + [1] * (input.dim() - 2)
    if training:
        count = input.numel() // input.size(1)
        if count == 1:
            raise ValueError(f"Expected more than 1 value per channel when training, got input size {input.size()}")
        mean = input.mean(dim=dims)
        var = input.var(dim=dims, unbiased=False)
        if running_mean is not None:
            with torch.no_grad():
                running_mean.mul_(1 - momentum).add_(mean.detach() * momentum)
                running_var.mul_(1 - momentum).add_(var.detach() * (count / (count - 1)) * momentum)
    else:
        mean, var = running_mean, running_var
    out = (input - mean.reshape(shape)) / torch.sqrt(var.reshape(shape) + eps)
    if weight is not None:
        out = out * weight.reshape(shape)
    if bias is not None:
        out = out + bias.reshape(shape)
    return torch._rename(out, "NativeBatchNormBackward0")


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None):
    factor = 1 / math.sqrt(query.size(-1)) if scale is None else scale
    scores = query @ key.transpose(-2, -1) * factor
    if is_causal:
        mask = torch.ones(query.size(-2), key.size(-2), dtype=torch.bool).tril()
        scores = scores.masked_fill(~mask, -math.inf)
    if attn_mask is not None:
        scores = scores.masked_fill(~attn_mask, -math.inf) if attn_mask.dtype == torch.bool else scores + attn_mask
    return dropout(torch.softmax(scores, dim=-1), dropout_p, dropout_p > 0.0) @ value


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    return (x1 - x2 + eps).norm(p, dim=-1, keepdim=keepdim)


def selu(input, inplace=False):
    _floats(input, "elu_cpu")
    alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
    return torch._rename(scale * torch._leaky(input, alpha, True), "EluBackward0")


def celu(input, alpha=1.0, inplace=False):
    _floats(input, "elu_cpu")
    return torch._rename(torch.clamp(input, min=0) + torch.clamp(alpha * torch.expm1(input / alpha), max=0), "CeluBackward0")


def glu(input, dim=-1):
    n = input.size(dim)
    if n % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim % input.dim()} is size {n}")
    a, b = input.chunk(2, dim)
    return torch._rename(a * torch.sigmoid(b), "GluBackward0")


def mish(input, inplace=False):
    _floats(input, "mish_cpu")
    return torch._rename(input * torch.tanh(torch._unary("softplus", input)), "MishBackward0")


def softsign(input):
    return input / (1 + input.abs())


def tanhshrink(input):
    return input - input.tanh()


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return softmax(-input, _dim("softmin", input.dim(), dim), dtype=dtype)


def hardsigmoid(input, inplace=False):
    _floats(input, "hardsigmoid_cpu")
    return torch._rename(torch.clamp(input + 3, 0, 6) / 6, "HardsigmoidBackward0")


def hardswish(input, inplace=False):
    _floats(input, "hardswish_cpu")
    return torch._rename(input * torch.clamp(input + 3, 0, 6) / 6, "HardswishBackward0")


def threshold(input, threshold, value, inplace=False):
    return torch._rename(torch.where(input > threshold, input, torch.full_like(input, value)), "ThresholdBackward0")


def hardshrink(input, lambd=0.5):
    _floats(input, "hardshrink_cpu")
    return torch._rename(torch.where(input.abs() > lambd, input, torch.zeros_like(input)), "HardshrinkBackward0")


def softshrink(input, lambd=0.5):
    _floats(input, "softshrink_check")
    return torch._rename(torch.sign(input) * torch.clamp(input.abs() - lambd, min=0), "SoftshrinkBackward0")


def prelu(input, weight):
    if weight.numel() > 1 and input.dim() > 1:
        weight = weight.reshape([1, -1] + [1] * (input.dim() - 2))
    return torch._rename(torch.where(input > 0, input, weight * input), "PreluKernelBackward0")


def rms_norm(input, normalized_shape, weight=None, eps=None):
    dims = tuple(range(-len(normalized_shape), 0))
    out = input * torch.rsqrt((input * input).mean(dim=dims, keepdim=True) + (torch.finfo(input.dtype).eps if eps is None else eps))
    return out if weight is None else out * weight


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5):
    n, c = input.size(0), input.size(1)
    if c % num_groups:
        raise RuntimeError(f"Expected number of channels in input to be divisible by num_groups, but got input of shape {list(input.shape)} and num_groups={num_groups}")
    x = input.reshape(n, num_groups, -1)
    out = ((x - x.mean(dim=-1, keepdim=True)) / torch.sqrt(x.var(dim=-1, unbiased=False, keepdim=True) + eps)).reshape(input.shape)
    shape = [1, c] + [1] * (input.dim() - 2)
    if weight is not None:
        out = out * weight.reshape(shape)
    if bias is not None:
        out = out + bias.reshape(shape)
    return torch._rename(out, "NativeGroupNormBackward0")


def adaptive_avg_pool1d(input, output_size):
    size = output_size[0] if isinstance(output_size, (tuple, list)) else output_size
    n = input.size(-1)
    parts = [input[..., i * n // size:-(-(i + 1) * n // size)].mean(dim=-1) for i in range(size)]
    return torch._rename(torch.stack(parts, dim=-1), "SqueezeBackward1")


def adaptive_max_pool1d(input, output_size, return_indices=False):
    if return_indices:
        _refuse("adaptive_max_pool1d with return_indices")
    size = output_size[0] if isinstance(output_size, (tuple, list)) else output_size
    n = input.size(-1)
    parts = [input[..., i * n // size:-(-(i + 1) * n // size)].max(dim=-1)[0] for i in range(size)]
    return torch._rename(torch.stack(parts, dim=-1), "SqueezeBackward1")


def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    cos = cosine_similarity(input1, input2, dim=-1)
    return _reduced(torch.where(target == 1, 1 - cos, torch.clamp(cos - margin, min=0)), reduction)


def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    return _reduced(torch.clamp(-target * (input1 - input2) + margin, min=0), reduction)


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-6, swap=False, size_average=None, reduce=None, reduction="mean"):
    near, far = pairwise_distance(anchor, positive, p, eps), pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = torch.minimum(far, pairwise_distance(positive, negative, p, eps))
    return _reduced(torch.clamp(near - far + margin, min=0), reduction)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"):
    return _reduced(torch.where(target == 1, input, torch.clamp(margin - input, min=0)), reduction)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction="mean"):
    if full:
        _refuse("poisson_nll_loss(full=True)")
    return _reduced(torch.exp(input) - target * input if log_input else input - target * torch.log(input + eps), reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    return torch._rename(_reduced(torch.log1p(torch.exp(-target * input)), reduction), "SoftMarginLossBackward0")


def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction="mean"):
    var = var.clamp(min=eps)
    loss = 0.5 * (torch.log(var) + (input - target) ** 2 / var)
    if full:
        loss = loss + 0.5 * math.log(2 * math.pi)
    return _reduced(loss, reduction)


def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    if recompute_scale_factor or antialias or mode not in ("nearest", "linear", "bilinear"):
        _refuse("interpolate() with these options")
    _tensor(input, "interpolate")
    if mode == "nearest" and align_corners is not None:
        raise ValueError("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear")
    dims = input.dim() - 2
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    if dims not in (1, 2) or mode == "linear" and dims != 1 or mode == "bilinear" and dims != 2:
        _refuse("interpolate() of an input of these dimensions in this mode")
    given = size if size is not None else scale_factor
    given = list(given) if isinstance(given, (list, tuple)) else [given] * dims
    if len(given) != dims:
        raise ValueError(f"Input and {'output' if size is not None else 'scale_factor'} must have the same number of spatial dimensions, but got input with spatial dimensions of {list(input.shape[2:])} and {'output size' if size is not None else 'scale_factor'} of {size if size is not None else scale_factor}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and {'output size' if size is not None else 'scale_factor'} in (o1, o2, ...,oK) format.")
    out = input
    for i, wanted in enumerate(given):
        n = input.size(2 + i)
        m = wanted if size is not None else int(math.floor(n * float(wanted)))
        scale = n / m if size is not None else 1.0 / wanted
        where = torch.arange(m, dtype=input.dtype)
        if mode == "nearest":
            out = out.index_select(2 + i, (where * scale).floor().long().clamp(max=n - 1))
            continue
        if align_corners:
            where = where * ((n - 1) / (m - 1) if m > 1 else 0.0)
        else:
            where = ((where + 0.5) * scale - 0.5).clamp(min=0)
        low = where.floor().long().clamp(max=n - 1)
        part = where - low
        shape = [1] * input.dim()
        shape[2 + i] = m
        part = part.reshape(shape)
        out = (1 - part) * out.index_select(2 + i, low) + part * out.index_select(2 + i, (low + 1).clamp(max=n - 1))
    kind = {"nearest": "Nearest", "linear": "Linear", "bilinear": "Bilinear"}[mode]
    return torch._rename(out, f"Upsample{kind}{dims}DBackward0")
