"""Kind `packed`: pack_padded_sequence, a module in evaluation mode, pad_packed_sequence."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

DEEP = {"num_layers": 2, "bidirectional": True}
# Name: (module, input_size, hidden_size, options, lengths, padded steps, enforce_sorted, give states).
CALLS = {
    "sorted": ("GRU", 3, 2, {}, [4, 2, 1], 4, True, True),
    "unsorted": ("GRU", 2, 3, {}, [2, 5, 3], 5, False, True),
    "bidirectional": ("GRU", 3, 2, {"bidirectional": True}, [1, 4, 2, 4], 4, False, True),
    "deep": ("GRU", 2, 3, DEEP, [3, 1, 4], 6, False, True),
    "deep-batch-first": ("GRU", 3, 2, {**DEEP, "batch_first": True}, [2, 5, 5, 1], 5, False, True),
    "no-h_0": ("GRU", 3, 4, {**DEEP, "bias": False}, [3, 3], 5, True, False),
    "ties": ("GRU", 2, 3, {}, [2, 3, 2, 3, 1, 3], 3, False, True),
    "one": ("GRU", 2, 3, {"bidirectional": True, "batch_first": True}, [3], 4, True, True),
    "already-sorted": ("GRU", 3, 2, {}, [4, 3], 4, False, False),
    "rnn": ("RNN", 3, 2, DEEP, [2, 4, 1], 4, False, True),
    "rnn-relu": ("RNN", 2, 3, {"nonlinearity": "relu", "batch_first": True}, [4, 2], 5, True, True),
    "lstm": ("LSTM", 3, 2, {}, [2, 4, 1], 4, False, True),
    "lstm-deep": ("LSTM", 2, 3, {**DEEP, "batch_first": True}, [1, 3, 4], 4, False, True),
    "lstm-proj": ("LSTM", 2, 3, {**DEEP, "proj_size": 2}, [2, 4], 5, False, True),
    "lstm-no-states": ("LSTM", 3, 4, {"bidirectional": True, "bias": False}, [4, 1], 4, True, False),
}


def record(name, call, shortest):
    kind, input_size, hidden_size, extra, lengths, steps, enforce_sorted, give_states = call
    torch.manual_seed(sum(name.encode()))
    plain = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
    options = {"input_size": input_size, "hidden_size": hidden_size, **plain, **extra}
    module = getattr(nn, kind)(**options).eval()
    batch, batch_first = len(lengths), options["batch_first"]
    x = torch.randn(*([batch, steps] if batch_first else [steps, batch]), input_size)
    cells = options["num_layers"] * (2 if options["bidirectional"] else 1)
    h_0 = torch.randn(cells, batch, options.get("proj_size") or hidden_size)
    c_0 = torch.randn(cells, batch, hidden_size)
    is_lstm = kind == "LSTM"
    states = ((h_0, c_0) if is_lstm else h_0) if give_states else None
    packed = pack_padded_sequence(x, lengths, batch_first=batch_first, enforce_sorted=enforce_sorted)
    with torch.no_grad():
        out, last = module(packed, states)
    h_n, c_n = last if is_lstm else (last, None)
    padded, padded_lengths = pad_packed_sequence(out, batch_first=batch_first)
    indices = lambda tensor: None if tensor is None else tensor.tolist()
    return {
        "kind": "packed",
        "id": f"packed-{name}",
        "module": kind,
        "config": options,
        "lengths": lengths,
        "enforce_sorted": enforce_sorted,
        "input": shortest(x),
        "h_0": shortest(h_0) if give_states else None,
        "c_0": shortest(c_0) if give_states and is_lstm else None,
        "state_dict": {key: shortest(value) for key, value in module.state_dict().items()},
        "packed_data": shortest(packed.data),
        "batch_sizes": packed.batch_sizes.tolist(),
        "sorted_indices": indices(packed.sorted_indices),
        "unsorted_indices": indices(packed.unsorted_indices),
        "packed_out_data": shortest(out.data),
        "h_n": shortest(h_n),
        "c_n": None if c_n is None else shortest(c_n),
        "padded_out": shortest(padded),
        "padded_lengths": padded_lengths.tolist(),
    }


def make(shortest):
    for name, call in CALLS.items():
        yield record(name, call, shortest)
