"""Records of kind `backward`: a call, a loss that weighs what it gave, and loss.backward().

The loss is sum(out * R), plus sum(h_n * R_h_n) where the record has R_h_n, and sum(c_n * R_c_n) likewise.
"""

import torch
from torch import nn

PLAIN = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
DEEP = {"num_layers": 2, "bidirectional": True}
# Name, its first word the module: (input_size, hidden_size, options, batch (None is unbatched), seq_len, give h_0, weigh the last states, input's scale).
CALLS = {
    "GRU-plain": (3, 2, {}, 3, 4, True, False, 1.0),
    "GRU-h_n": (2, 3, {}, 2, 4, True, True, 1.0),
    "GRU-no-h_0": (4, 3, {}, 2, 3, False, True, 1.0),
    "GRU-no-bias": (3, 4, {"bias": False}, 2, 5, True, True, 1.0),
    "GRU-batch-first": (2, 3, {"batch_first": True}, 3, 4, True, True, 1.0),
    "GRU-unbatched": (3, 2, {"batch_first": True}, None, 5, True, True, 1.0),
    "GRU-unbatched-deep": (3, 2, DEEP, None, 4, True, True, 1.0),
    "GRU-unbatched-no-h_0": (2, 3, {"num_layers": 2}, None, 4, False, False, 1.0),
    "GRU-bidirectional": (3, 2, {"bidirectional": True}, 2, 5, True, True, 1.0),
    "GRU-three-layers": (3, 2, {"num_layers": 3, "bias": False}, 2, 4, False, True, 1.0),
    "GRU-deep": (2, 3, DEEP, 2, 4, True, True, 1.0),
    "GRU-deep-batch-first": (3, 2, {**DEEP, "batch_first": True}, 3, 3, True, True, 1.0),
    # In evaluation mode dropout is the identity.
    "GRU-dropout-in-evaluation": (2, 3, {**DEEP, "dropout": 0.5}, 2, 3, True, True, 1.0),
    "GRU-one-step": (3, 2, DEEP, 2, 1, True, True, 1.0),
    "GRU-long": (2, 3, {}, 2, 20, True, True, 1.0),
    "GRU-wide-input": (17, 2, {}, 2, 3, True, True, 1.0),
    "GRU-wide-hidden": (2, 9, {}, 2, 3, True, True, 1.0),
    "GRU-saturated": (3, 4, {}, 2, 4, True, True, 30.0),
    "GRU-tiny": (3, 4, {}, 2, 4, True, True, 1e-6),
    # In training mode; the seed is set just before the call.
    "GRU-training": (3, 2, {"num_layers": 2, "dropout": 0.5}, 2, 4, True, True, 1.0),
    "GRU-training-deep": (2, 3, {**DEEP, "dropout": 0.3, "batch_first": True}, 2, 3, True, True, 1.0),
    "RNN-training": (3, 2, {"num_layers": 2, "dropout": 0.5}, 2, 4, True, True, 1.0),
    "RNN-training-relu": (2, 3, {**DEEP, "dropout": 0.3, "nonlinearity": "relu"}, 2, 3, True, True, 1.0),
    "LSTM-training": (3, 2, {"num_layers": 3, "dropout": 0.4, "batch_first": True}, 2, 4, True, True, 1.0),
    "LSTM-training-projected": (2, 3, {**DEEP, "dropout": 0.3, "proj_size": 2}, 2, 3, False, True, 1.0),
    "RNN-plain": (3, 2, {}, 2, 4, True, True, 1.0),
    "RNN-deep": (2, 3, {**DEEP, "batch_first": True}, 2, 3, True, True, 1.0),
    "RNN-relu": (3, 4, {"nonlinearity": "relu"}, 2, 4, True, True, 1.0),
    "RNN-relu-deep": (3, 2, {**DEEP, "nonlinearity": "relu", "bias": False}, None, 4, False, False, 1.0),
    "LSTM-plain": (3, 2, {}, 2, 4, True, True, 1.0),
    "LSTM-no-states": (2, 3, {"bias": False}, 2, 3, False, True, 1.0),
    "LSTM-deep": (3, 2, {**DEEP, "batch_first": True}, 2, 3, True, True, 1.0),
    "LSTM-unbatched": (2, 3, {"num_layers": 2}, None, 4, True, False, 1.0),
    "LSTM-projected": (2, 3, {"proj_size": 2}, 2, 4, True, True, 1.0),
    "LSTM-projected-deep": (2, 3, {**DEEP, "proj_size": 2, "bias": False}, 2, 3, True, True, 1.0),
}


def record(name, call, shortest):
    input_size, hidden_size, options, batch, seq_len, give_states, weigh_states, scale = call
    module = name.partition("-")[0]
    options = {"input_size": input_size, "hidden_size": hidden_size, **PLAIN, **options}
    torch.manual_seed(sum(name.encode()) * 1000 + len(name))
    rnn = getattr(nn, module)(**options).train("training" in name)
    directions = 2 if options["bidirectional"] else 1
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    cells = [directions * options["num_layers"]] + ([] if batch is None else [batch])
    x = (torch.randn(*shape, input_size) * scale).requires_grad_()
    sizes = {"h": options.get("proj_size") or hidden_size} | ({"c": hidden_size} if module == "LSTM" else {})
    first = [torch.randn(*cells, size, requires_grad=True) for size in sizes.values()] if give_states else []
    hx = tuple(first) if module == "LSTM" else first[0] if first else None
    torch.manual_seed(11)
    out, last = rnn(x, hx or None) if module == "LSTM" else rnn(x, hx)
    outputs = {"out": out} | dict(zip([f"{state}_n" for state in sizes], last if module == "LSTM" else [last]))
    weighed = outputs if weigh_states else {"out": out}
    weights = {key: torch.randn_like(output) for key, output in weighed.items()}
    loss = sum((outputs[key] * weights[key]).sum() for key in weighed)
    loss.backward()
    given = {f"{state}_0": first[i] if first else None for i, state in enumerate(sizes)}
    return {
        "kind": "backward",
        "id": f"backward-{name}",
        "module": module,
        "config": options,
        "seed": 11,
        "training": rnn.training,
        "input": shortest(x),
        **{key: None if state is None else shortest(state) for key, state in given.items()},
        "state_dict": {key: shortest(value) for key, value in rnn.state_dict().items()},
        **{"R" if key == "out" else f"R_{key}": shortest(value) for key, value in weights.items()},
        **{key: shortest(value) for key, value in outputs.items()},
        "loss": float(str(loss.detach().numpy())),
        "grads": {key: shortest(value.grad) for key, value in rnn.named_parameters()},
        "grad_input": shortest(x.grad),
        **{f"grad_{key}": None if state is None else shortest(state.grad) for key, state in given.items()},
    }


def make(shortest):
    for name, call in CALLS.items():
        yield record(name, call, shortest)
