"""Records of kind `dropout`: calls in training mode after manual_seed, and a rand(1) after each.

The seed is set just before the call; in a script, before the module and its input are drawn.
"""

import torch
from torch import nn

PLAIN = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
# Name: (seed, input_size, hidden_size, options, batch (None is unbatched), seq_len, give h_0).
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
}


def record(name, call, shortest, script=False):
    seed, input_size, hidden_size, options, batch, seq_len, give_h_0 = call
    options = {"input_size": input_size, "hidden_size": hidden_size, **PLAIN, **options}
    torch.manual_seed(seed if script else 1000 + seed)
    gru = nn.GRU(**options).train()
    directions = 2 if options["bidirectional"] else 1
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    state = [directions * options["num_layers"]] + ([] if batch is None else [batch])
    x = torch.randn(*shape, input_size)
    h_0 = torch.randn(*state, hidden_size) if give_h_0 else None
    if not script:
        torch.manual_seed(seed)
    with torch.no_grad():
        out, h_n = gru(x, h_0)
    return {
        "kind": "dropout",
        "id": f"dropout-{name}",
        "module": "GRU",
        "config": options,
        "seed": seed,
        "training": True,
        "input": shortest(x),
        "h_0": None if h_0 is None else shortest(h_0),
        "state_dict": {key: shortest(value) for key, value in gru.state_dict().items()},
        "out": shortest(out),
        "h_n": shortest(h_n),
        "next_rand": torch.rand(1).item(),
    }


def make(shortest):
    for name, call in CALLS.items():
        yield record(name, call, shortest)
    script = (9, 3, 4, {"num_layers": 2, "dropout": 0.3, "bidirectional": True}, 2, 4, False)
    yield record("script", script, shortest, script=True)
