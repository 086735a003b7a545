"""Records of `gradients/`: calls whose gradients the JavaScript package does not offer, and loss.backward() in double.

Single cells, packed sequences, and the GRUs of others by their formulas. The loss is the sum of all outputs, each weighed
by R.
"""

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

DEEP = {"num_layers": 2, "bidirectional": True}
# Name: (class, what a record calls it, input_size, hidden_size, options).
CELLS = {
    "GRUCell": (nn.GRUCell, "GRUCell", 4, 3, {}),
    "RNNCell": (nn.RNNCell, "RNNCell", 3, 5, {}),
    "RNNCell-relu": (nn.RNNCell, "RNNCell_RELU", 5, 4, {"nonlinearity": "relu"}),
    "LSTMCell": (nn.LSTMCell, "LSTMCell", 2, 3, {}),
    "LSTMCell-no-bias": (nn.LSTMCell, "LSTMCell", 3, 2, {"bias": False}),
}
# Likewise, and the samples' lengths.
PACKED = {
    "packed-GRU": (nn.GRU, None, 3, 2, DEEP, [2, 5, 1, 5]),
    "packed-GRU-batch-first": (nn.GRU, None, 2, 3, {"num_layers": 3, "batch_first": True}, [4, 1, 3]),
    "packed-RNN": (nn.RNN, "RNN_TANH", 3, 4, DEEP, [3, 4, 2]),
    "packed-RNN-relu": (nn.RNN, "RNN_RELU", 4, 3, {"nonlinearity": "relu", "bidirectional": True}, [1, 3, 4]),
    "packed-LSTM": (nn.LSTM, "LSTM", 2, 3, DEEP, [4, 2, 5]),
    "packed-LSTM-projected": (nn.LSTM, "LSTM", 3, 4, {**DEEP, "proj_size": 2, "batch_first": True}, [2, 4, 4]),
}


def leaf(*shape):
    """Normal numbers of few digits."""
    return (torch.randn(*shape).double() * 1000).round().div(1000).requires_grad_()


def double(module):
    """A module in double, its parameters rounded to few digits."""
    for parameter in module.double().parameters():
        parameter.data = (parameter.data * 1000).round() / 1000
    return module


def record(name, module, options, tensors, outputs, shortest, **more):
    """Weighs the outputs, goes back, and writes down all tensors that went in, each with its gradient."""
    weights = {key: leaf(*output.shape).detach() for key, output in outputs.items()}
    sum((outputs[key] * weights[key]).sum() for key in outputs).backward()
    parameters = dict(module.named_parameters())
    dump = lambda tensors: {key: shortest(tensor) for key, tensor in tensors.items()}
    return {
        "id": name,
        "config": options,
        **more,
        "state_dict": dump(parameters),
        "tensors": dump(tensors),
        "outputs": dump(outputs),
        "R": dump(weights),
        "grads": dump({key: tensor.grad for key, tensor in (parameters | tensors).items()}),
    }


def cell_record(name, call, shortest):
    cls, kind, input_size, hidden_size, extra = call
    torch.manual_seed(sum(name.encode()))
    cell, is_lstm = double(cls(input_size, hidden_size, **extra)), cls is nn.LSTMCell
    tensors = {"input": leaf(3, input_size), "h_0": leaf(3, hidden_size)}
    if is_lstm:
        tensors["c_0"] = leaf(3, hidden_size)
    states = (tensors["h_0"], tensors["c_0"]) if is_lstm else tensors["h_0"]
    answer = cell(tensors["input"], states)
    outputs = dict(zip(["h_n", "c_n"], answer if is_lstm else [answer]))
    options = {"input_size": input_size, "hidden_size": hidden_size, "bias": cell.bias}
    return record(name, cell, options, tensors, outputs, shortest, cell=kind)


def packed_record(name, call, shortest):
    cls, mode, input_size, hidden_size, extra, lengths = call
    torch.manual_seed(sum(name.encode()))
    module, is_lstm, batch = double(cls(input_size, hidden_size, **extra)), cls is nn.LSTM, len(lengths)
    shape = [batch, max(lengths)] if module.batch_first else [max(lengths), batch]
    packed = pack_padded_sequence(leaf(*shape, input_size), lengths, module.batch_first, enforce_sorted=False)
    cells = module.num_layers * (2 if module.bidirectional else 1)
    tensors = {
        "input": packed.data.detach().requires_grad_(),
        "h_0": leaf(cells, batch, module.proj_size or hidden_size),
    }
    if is_lstm:
        tensors["c_0"] = leaf(cells, batch, hidden_size)
    states = (tensors["h_0"], tensors["c_0"]) if is_lstm else tensors["h_0"]
    out, last = module(PackedSequence(tensors["input"], *packed[1:]), states)
    outputs = {"out": out.data} | dict(zip(["h_n", "c_n"], last if is_lstm else [last]))
    options = {"input_size": input_size, "hidden_size": hidden_size, **extra}
    options.pop("nonlinearity", None)
    return record(name, module, options, tensors, outputs, shortest, mode=mode, lengths=lengths)


def variant_record(name, reset, update, shortest):
    torch.manual_seed(sum(name.encode()))
    input_size, hidden_size, steps, batch = 3, 2, 4, 3
    gru = double(nn.GRU(input_size, hidden_size, **DEEP))
    tensors = {"input": leaf(steps, batch, input_size), "h_0": leaf(4, batch, hidden_size)}
    x, last = tensors["input"], []
    for layer in range(2):
        sides = []
        for direction, suffix in enumerate(["", "_reverse"]):
            named = lambda kind: getattr(gru, f"{kind}_l{layer}{suffix}").chunk(3)
            w_i, w_h, b_i, b_h = map(named, ["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
            h, outputs = tensors["h_0"][2 * layer + direction], {}
            for t in reversed(range(steps)) if direction else range(steps):
                r, z = (torch.sigmoid(x[t] @ w_i[i].T + b_i[i] + h @ w_h[i].T + b_h[i]) for i in [0, 1])
                product = (r * h) @ w_h[2].T + b_h[2] if reset == "before_product" else r * (h @ w_h[2].T + b_h[2])
                n = torch.tanh(x[t] @ w_i[2].T + b_i[2] + product)
                outputs[t] = h = z * n + (1 - z) * h if update == "takes_new" else (1 - z) * n + z * h
            sides.append(torch.stack([outputs[t] for t in range(steps)]))
            last.append(h)
        x = torch.cat(sides, dim=2)
    options = {"input_size": input_size, "hidden_size": hidden_size, **DEEP}
    outputs = {"out": x, "h_n": torch.stack(last)}
    variant = {"reset": reset, "update": update}
    return record(name, gru, options, tensors, outputs, shortest, variant=variant)


def make(shortest):
    for name, call in CELLS.items():
        yield cell_record(name, call, shortest)
    for name, call in PACKED.items():
        yield packed_record(name, call, shortest)
    for reset, update in [
        ("before_product", "keeps_old"),
        ("before_product", "takes_new"),
        ("after_product", "takes_new"),
    ]:
        yield variant_record(f"variant-{reset}-{update}", reset, update, shortest)
