"""Kind `cells`: nn.RNN, nn.LSTM and the three single cells."""

import itertools
import warnings

import torch
from torch import nn

# Dropout with one layer warns, and is one of the cases.
warnings.filterwarnings("ignore", message="dropout option adds dropout")

# What a record varies; every pair of values of two factors occurs in some record.
FACTORS = {
    "module": ["RNN-tanh", "RNN-relu", "LSTM", "LSTM-proj"],
    "num_layers": [1, 2],
    "bias": [True, False],
    "batch_first": [False, True],
    "dropout": [0.0, 0.5],
    "bidirectional": [False, True],
    "batch": [None, 1, 3],  # None is unbatched input
    "seq_len": [1, 2, 4],
    "states": [False, True],
}
# (input_size, hidden_size), never equal.
SIZES = [(3, 2), (2, 3), (1, 3), (4, 2), (3, 4)]


def pairs(row):
    """Every pair of values of two factors in a row."""
    return set(itertools.combinations(enumerate(row), 2))


def covering_rows():
    """Rows of factor values that together have every pair: greedily the one with the most new pairs."""
    every_row = list(itertools.product(*FACTORS.values()))
    wanted = set().union(*map(pairs, every_row))
    while wanted:
        best = max(every_row, key=lambda row: len(pairs(row) & wanted))
        yield dict(zip(FACTORS, best))
        wanted -= pairs(best)


def record(shortest, name, module, answers):
    """What every record of this kind has, and the answers in both widths."""
    parameters = {key: shortest(value) for key, value in module.state_dict().items()}
    with torch.no_grad():
        single = answers(module, lambda tensor: tensor)
        double = answers(module.double(), lambda tensor: tensor.double())
    wide = {f"{key}_f64": shortest(value) for key, value in double.items()}
    return {
        "kind": "cells",
        "id": name,
        "module": type(module).__name__,
        "state_dict": parameters,
        **{key: shortest(value) for key, value in single.items()},
        **wide,
    }


def module_record(shortest, name, kind, options, batch, seq_len, give_states):
    """One call of nn.RNN or nn.LSTM in evaluation mode."""
    torch.manual_seed(sum(name.encode()) * 1000 + len(name))
    is_lstm = kind.startswith("LSTM")
    if is_lstm:
        options = {**options, "proj_size": options["hidden_size"] - 1 if kind == "LSTM-proj" else 0}
        module = nn.LSTM(**options).eval()
    else:
        options = {**options, "nonlinearity": kind[4:]}
        module = nn.RNN(**options).eval()
    cells = options["num_layers"] * (2 if options["bidirectional"] else 1)
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    state = [cells] + ([] if batch is None else [batch])
    x = torch.randn(*shape, options["input_size"])
    h_0 = torch.randn(*state, options.get("proj_size") or options["hidden_size"])
    c_0 = torch.randn(*state, options["hidden_size"])

    def answers(module, cast):
        states = ((cast(h_0), cast(c_0)) if is_lstm else cast(h_0)) if give_states else None
        out, last = module(cast(x), states)
        h_n, c_n = last if is_lstm else (last, None)
        return {"out": out, "h_n": h_n} | ({"c_n": c_n} if is_lstm else {})

    return {
        **record(shortest, name, module, answers),
        "config": options,
        "input": shortest(x),
        "h_0": shortest(h_0) if give_states else None,
        "c_0": shortest(c_0) if give_states and is_lstm else None,
    }


def cell_record(shortest, name, kind, options, batch, give_states):
    """One call of a single cell."""
    torch.manual_seed(sum(name.encode()) * 1000 + len(name))
    is_lstm = kind == "LSTMCell"
    module = getattr(nn, kind)(**options)
    shape = [] if batch is None else [batch]
    x = torch.randn(*shape, options["input_size"])
    hx, cx = torch.randn(*shape, options["hidden_size"]), torch.randn(*shape, options["hidden_size"])

    def answers(module, cast):
        states = ((cast(hx), cast(cx)) if is_lstm else cast(hx)) if give_states else None
        result = module(cast(x), states)
        return {"h1": result[0], "c1": result[1]} if is_lstm else {"h1": result}

    return {
        **record(shortest, name, module, answers),
        "config": options,
        "input": shortest(x),
        "hx": shortest(hx) if give_states else None,
        "cx": shortest(cx) if give_states and is_lstm else None,
    }


def make(shortest):
    for i, row in enumerate(covering_rows()):
        kind, batch, seq_len, states = (row.pop(key) for key in ["module", "batch", "seq_len", "states"])
        input_size, hidden_size = SIZES[i % len(SIZES)]
        options = {"input_size": input_size, "hidden_size": hidden_size, **row}
        yield module_record(shortest, f"cells-{kind}-{i:02}", kind, options, batch, seq_len, states)

    plain = {"bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
    for kind in FACTORS["module"]:
        # Deeper than two layers, and wider than one block of a vectorised product.
        deep = {"input_size": 3, "hidden_size": 2, "num_layers": 3, **plain}
        yield module_record(shortest, f"cells-{kind}-deep", kind, deep, 2, 3, True)
        both = {"input_size": 2, "hidden_size": 3, "num_layers": 2, **plain, "bidirectional": True}
        yield module_record(shortest, f"cells-{kind}-both", kind, both, 2, 4, True)
        wide = {"input_size": 2, "hidden_size": 9, "num_layers": 1, **plain}
        yield module_record(shortest, f"cells-{kind}-wide", kind, wide, 2, 3, True)

    kinds = [("GRUCell", {}), ("RNNCell", {}), ("RNNCell", {"nonlinearity": "relu"}), ("LSTMCell", {})]
    for kind, extra in kinds:
        calls = [(3, True, True), (2, False, True), (None, True, True), (2, True, False)]
        for i, (batch, states, bias) in enumerate(calls):
            input_size, hidden_size = SIZES[i]
            options = {"input_size": input_size, "hidden_size": hidden_size, "bias": bias, **extra}
            name = f"cells-{kind}{'-relu' if extra else ''}-{i}"
            yield cell_record(shortest, name, kind, options, batch, states)
