"""Records of kind `dropout`: calls in training mode after manual_seed, and a rand(1) after each.

The seed is set just before the call; in a script, before the module and its input are drawn.
"""

import torch
from torch import nn

DEEP = {"num_layers": 3, "bidirectional": True}
PLAIN = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
# Name, its first word the module if not GRU: (seed, input_size, hidden_size, options, batch (None is unbatched), seq_len, give h_0).
CALLS = {
    "two-layers": (0, 3, 4, {"num_layers": 2, "dropout": 0.1}, 2, 5, True),
    "three-layers": (1, 2, 3, {"num_layers": 3, "dropout": 0.5}, 2, 4, False),
    "bidirectional": (2, 3, 2, {"num_layers": 2, "dropout": 0.3, "bidirectional": True}, 3, 4, True),
    "deep": (3, 2, 3, {"num_layers": 3, "dropout": 0.7, "bidirectional": True, "bias": False}, 2, 3, True),
    "batch-first": (4, 3, 4, {"num_layers": 2, "dropout": 0.4, "batch_first": True}, 3, 5, True),
    "unbatched": (5, 3, 2, {"num_layers": 3, "dropout": 0.25, "batch_first": True}, None, 6, True),
    "one-layer-draws-nothing": (6, 3, 2, {"dropout": 0.5}, 2, 3, False),
    "none-draws-nothing": (7, 3, 2, {"num_layers": 2}, 2, 3, True),
    "all-draws-nothing": (8, 3, 2, {"num_layers": 2, "dropout": 1.0}, 2, 3, True),
    "RNN-two-layers": (10, 3, 4, {"num_layers": 2, "dropout": 0.1}, 2, 5, True),
    "RNN-relu-deep": (11, 2, 3, {**DEEP, "dropout": 0.4, "nonlinearity": "relu", "bias": False}, 2, 4, True),
    "RNN-unbatched": (12, 3, 2, {"num_layers": 2, "dropout": 0.5}, None, 4, False),
    "LSTM-two-layers": (13, 3, 4, {"num_layers": 2, "dropout": 0.5}, 2, 5, False),
    "LSTM-deep": (14, 2, 3, {**DEEP, "dropout": 0.3, "batch_first": True}, 3, 4, True),
    "LSTM-projected": (15, 3, 4, {**DEEP, "dropout": 0.25, "proj_size": 2}, 2, 3, True),
    "LSTM-one-layer-draws-nothing": (16, 3, 2, {"dropout": 0.5}, 2, 3, True),
}


def record(name, call, shortest, script=False):
    seed, input_size, hidden_size, options, batch, seq_len, give_h_0 = call
    first = name.partition("-")[0]
    module = first if first in ("RNN", "LSTM") else "GRU"
    options = {"input_size": input_size, "hidden_size": hidden_size, **PLAIN, **options}
    torch.manual_seed(seed if script else 1000 + seed)
    rnn = getattr(nn, module)(**options).train()
    directions = 2 if options["bidirectional"] else 1
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    state = [directions * options["num_layers"]] + ([] if batch is None else [batch])
    x = torch.randn(*shape, input_size)
    h_0 = torch.randn(*state, options.get("proj_size") or hidden_size) if give_h_0 else None
    is_lstm = module == "LSTM"
    c_0 = torch.randn(*state, hidden_size) if give_h_0 and is_lstm else None
    if not script:
        torch.manual_seed(seed)
    with torch.no_grad():
        out, last = rnn(x, (h_0, c_0) if is_lstm and give_h_0 else h_0)
    h_n, c_n = last if is_lstm else (last, None)
    return {
        "kind": "dropout",
        "id": f"dropout-{name}",
        "module": module,
        "config": options,
        "seed": seed,
        "training": True,
        "input": shortest(x),
        "h_0": None if h_0 is None else shortest(h_0),
        **({"c_0": None if c_0 is None else shortest(c_0)} if is_lstm else {}),
        "state_dict": {key: shortest(value) for key, value in rnn.state_dict().items()},
        "out": shortest(out),
        "h_n": shortest(h_n),
        **({"c_n": shortest(c_n)} if is_lstm else {}),
        "next_rand": torch.rand(1).item(),
    }


def make(shortest):
    for name, call in CALLS.items():
        yield record(name, call, shortest)
    script = (9, 3, 4, {"num_layers": 2, "dropout": 0.3, "bidirectional": True}, 2, 4, False)
    yield record("script", script, shortest, script=True)
