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


class _FunctionContext:
    def __init__(self):
        self._saved = ()
        self.needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self._saved = tensors

    @property
    def saved_tensors(self):
        return self._saved

    def mark_non_differentiable(self, *tensors):
        _refuse("ctx.mark_non_differentiable")

    def mark_dirty(self, *tensors):
        _refuse("ctx.mark_dirty")


class Function:
    __module__ = "torch.autograd.function"

    @staticmethod
    def forward(*args, **kwargs):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @classmethod
    def apply(cls, *args):
        if hasattr(cls, "setup_context"):
            _refuse("autograd.Function with setup_context")
        ctx = _FunctionContext()
        ctx.needs_input_grad = tuple([isinstance(a, torch.Tensor) and a.requires_grad for a in args])
        with torch.no_grad():
            out = cls.forward(ctx, *args)
        outs = list(out) if isinstance(out, tuple) else [out]
        for x in outs:
            if not isinstance(x, torch.Tensor) or any([x is a for a in args]):
                _refuse("an autograd.Function that gives no new tensor")

        def back(*grads):
            grads = [torch.zeros_like(x) if g is None else g for g, x in zip(grads, outs_shapes)]
            result = cls.backward(ctx, *grads)
            return result if isinstance(result, tuple) else (result,)

        outs_shapes = [x.detach() for x in outs]
        torch._written_function(cls.__name__ + "Backward", outs, args, ctx._saved, back)
        return out
