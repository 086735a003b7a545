"""Records of kind `backward`: a call, a loss that weighs what it gave, and loss.backward().

The loss is sum(out * R), plus sum(h_n * R_h_n) where the record has R_h_n.
"""

import torch
from torch import nn

PLAIN = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
DEEP = {"num_layers": 2, "bidirectional": True}
# Name: (input_size, hidden_size, options, batch (None is unbatched), seq_len, give h_0, weigh h_n, input's scale).
CALLS = {
    "plain": (3, 2, {}, 3, 4, True, False, 1.0),
    "h_n": (2, 3, {}, 2, 4, True, True, 1.0),
    "no-h_0": (4, 3, {}, 2, 3, False, True, 1.0),
    "no-bias": (3, 4, {"bias": False}, 2, 5, True, True, 1.0),
    "batch-first": (2, 3, {"batch_first": True}, 3, 4, True, True, 1.0),
    "unbatched": (3, 2, {"batch_first": True}, None, 5, True, True, 1.0),
    "unbatched-deep": (3, 2, DEEP, None, 4, True, True, 1.0),
    "unbatched-no-h_0": (2, 3, {"num_layers": 2}, None, 4, False, False, 1.0),
    "bidirectional": (3, 2, {"bidirectional": True}, 2, 5, True, True, 1.0),
    "two-layers": (3, 2, {"num_layers": 2}, 2, 4, True, True, 1.0),
    "three-layers": (4, 3, {"num_layers": 3, "bias": False}, 2, 4, False, True, 1.0),
    "deep": (2, 3, DEEP, 2, 4, True, True, 1.0),
    "deep-batch-first": (3, 2, {**DEEP, "num_layers": 3, "batch_first": True}, 3, 3, True, True, 1.0),
    "deep-no-bias": (3, 4, {**DEEP, "bias": False}, 2, 3, False, False, 1.0),
    # In evaluation mode dropout is the identity.
    "dropout-in-evaluation": (2, 3, {**DEEP, "dropout": 0.5}, 2, 3, True, True, 1.0),
    "one-step": (3, 2, DEEP, 2, 1, True, True, 1.0),
    "long": (2, 3, {}, 2, 40, True, True, 1.0),
    "wide-input": (17, 3, {}, 2, 3, True, True, 1.0),
    "wide-hidden": (2, 10, {}, 2, 4, True, True, 1.0),
    "saturated": (3, 4, {}, 2, 4, True, True, 30.0),
    "tiny": (3, 4, {}, 2, 4, True, True, 1e-6),
}


def record(name, call, shortest):
    input_size, hidden_size, options, batch, seq_len, give_h_0, weigh_h_n, scale = call
    options = {"input_size": input_size, "hidden_size": hidden_size, **PLAIN, **options}
    torch.manual_seed(sum(name.encode()) * 1000 + len(name))
    gru = nn.GRU(**options).eval()
    directions = 2 if options["bidirectional"] else 1
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    state = [directions * options["num_layers"]] + ([] if batch is None else [batch])
    x = (torch.randn(*shape, input_size) * scale).requires_grad_()
    h_0 = torch.randn(*state, hidden_size, requires_grad=True) if give_h_0 else None
    out, h_n = gru(x, h_0)
    weights = {"R": torch.randn_like(out)}
    loss = (out * weights["R"]).sum()
    if weigh_h_n:
        weights["R_h_n"] = torch.randn_like(h_n)
        loss = loss + (h_n * weights["R_h_n"]).sum()
    loss.backward()
    return {
        "kind": "backward",
        "id": f"backward-{name}",
        "module": "GRU",
        "config": options,
        "training": False,
        "input": shortest(x),
        "h_0": None if h_0 is None else shortest(h_0),
        "state_dict": {key: shortest(value) for key, value in gru.state_dict().items()},
        **{key: shortest(value) for key, value in weights.items()},
        "out": shortest(out),
        "h_n": shortest(h_n),
        "loss": float(str(loss.detach().numpy())),
        "grads": {key: shortest(value.grad) for key, value in gru.named_parameters()},
        "grad_input": shortest(x.grad),
        "grad_h_0": None if h_0 is None else shortest(h_0.grad),
    }


def make(shortest):
    for name, call in CALLS.items():
        yield record(name, call, shortest)
