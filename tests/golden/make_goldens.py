"""Makes the golden records of this directory with real PyTorch, one JSON object a line.

    python tests/golden/make_goldens.py [KIND...]

writes forward.jsonl, rng.jsonl, rng_native.jsonl (what the JavaScript API does not offer) and one file for each
of kinds/ beside itself, or only those named.
Needs torch and numpy; the committed files were made with torch 2.15.0 on a CPU with AVX2. A record holds
a module, a call of it and what PyTorch answered; `cargo xtask golden FILE...` checks it. In a `forward`
record `out_f64` and `h_n_f64` are what PyTorch computes from the same float32 numbers in double.
"""

import itertools
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kinds import backward, cells, dropout, gradients, packed, rng_native, sort_units, train, train_units, variants

# Dropout with one layer warns, and is one of the cases.
warnings.filterwarnings("ignore", message="dropout option adds dropout")


def shortest(tensor):
    """A tensor as JSON: float32 in its shortest exact decimal form, float64 likewise."""
    array = tensor.detach().numpy()
    return {"shape": list(array.shape), "data": [float(str(value)) for value in array.ravel()]}


def exact(tensor):
    """A tensor as JSON: every number as the float64 that it is."""
    return {"shape": list(tensor.shape), "data": [float(value) for value in tensor.detach().numpy().ravel()]}


# What a forward record varies; every pair of values of two factors occurs in some record.
FACTORS = {
    "num_layers": [1, 2, 3],
    "bias": [True, False],
    "batch_first": [False, True],
    "dropout": [0.0, 0.5],
    "bidirectional": [False, True],
    "batch": [None, 1, 3],  # None is unbatched input
    "seq_len": [1, 2, 5],
    "h_0": [False, True],
}
# (input_size, hidden_size), never equal; 8 or more reach past one block of a vectorised product.
SIZES = [(3, 2), (2, 3), (5, 3), (1, 3), (4, 1), (3, 4), (6, 2)]
CASES = 48


def pairs(row):
    """Every pair of values of two factors in a row."""
    return set(itertools.combinations(enumerate(row), 2))


def covering_rows():
    """Rows of factor values that together have every pair: greedily the one with the most new pairs."""
    every_row = list(itertools.product(*FACTORS.values()))
    wanted = set().union(*map(pairs, every_row))
    chosen = []
    while wanted:
        best = max(every_row, key=lambda row: len(pairs(row) & wanted))
        chosen.append(best)
        wanted -= pairs(best)
    # The rest are spread evenly over all combinations, so that no option rests on one record.
    others = [row for row in every_row if row not in chosen]
    missing = CASES - len(chosen)
    chosen += [others[(2 * i + 1) * len(others) // (2 * missing)] for i in range(missing)]
    return [dict(zip(FACTORS, row)) for row in chosen]


def forward_record(name, options, batch, seq_len, give_h_0, scale=1.0):
    """One call of nn.GRU in evaluation mode; scale multiplies the input."""
    torch.manual_seed(sum(name.encode()) * 1000 + len(name))
    gru = nn.GRU(**options).eval()
    directions = 2 if options["bidirectional"] else 1
    shape = [seq_len] if batch is None else [batch, seq_len] if options["batch_first"] else [seq_len, batch]
    state = [directions * options["num_layers"]] + ([] if batch is None else [batch])
    x = torch.randn(*shape, options["input_size"]) * scale
    h_0 = torch.randn(*state, options["hidden_size"]) if give_h_0 else None
    state_dict = {key: shortest(value) for key, value in gru.state_dict().items()}
    with torch.no_grad():
        out, h_n = gru(x, h_0)
        out_f64, h_n_f64 = gru.double()(x.double(), None if h_0 is None else h_0.double())
    return {
        "kind": "forward",
        "id": name,
        "module": "GRU",
        "config": options,
        "training": False,
        "input": shortest(x),
        "h_0": None if h_0 is None else shortest(h_0),
        "state_dict": state_dict,
        "out": shortest(out),
        "h_n": shortest(h_n),
        "out_f64": shortest(out_f64),
        "h_n_f64": shortest(h_n_f64),
    }


def forward():
    for i, row in enumerate(covering_rows()):
        batch, seq_len, h_0 = row.pop("batch"), row.pop("seq_len"), row.pop("h_0")
        input_size, hidden_size = SIZES[i % len(SIZES)]
        options = {"input_size": input_size, "hidden_size": hidden_size, **row}
        yield forward_record(f"forward-{i:02}", options, batch, seq_len, h_0)

    plain = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
    yield forward_record("forward-wide-input", {"input_size": 17, "hidden_size": 3, **plain}, 2, 3, True)
    yield forward_record("forward-wide-hidden", {"input_size": 2, "hidden_size": 10, **plain}, 2, 4, True)
    yield forward_record("forward-wide-both", {"input_size": 8, "hidden_size": 9, **plain}, 2, 3, True)
    yield forward_record("forward-long", {"input_size": 1, "hidden_size": 2, **plain}, 2, 40, True)
    # Gates at their limits, and inputs so small that the biases alone decide.
    yield forward_record("forward-saturated", {"input_size": 3, "hidden_size": 4, **plain}, 2, 4, True, 1e3)
    yield forward_record("forward-tiny", {"input_size": 3, "hidden_size": 4, **plain}, 2, 4, True, 1e-6)
    deep = plain | {"num_layers": 4, "bidirectional": True, "batch_first": True}
    yield forward_record("forward-deep", {"input_size": 3, "hidden_size": 2, **deep}, 2, 3, True)


def rng_record(name, seed, calls):
    """Calls in PyTorch's spelling without `torch.`, in order after manual_seed(seed)."""
    torch.manual_seed(seed)
    record = {"kind": "rng", "id": name, "seed": seed, "calls": []}
    for call in calls:
        answer = eval(call, {"torch": torch, "nn": nn, **vars(torch)})  # the calls are those below
        if isinstance(answer, nn.Module):
            state_dict = {key: exact(value) for key, value in answer.state_dict().items()}
            record["calls"].append({"call": call, "state_dict": state_dict})
        elif isinstance(answer, torch.Tensor):
            record["calls"].append({"call": call, "dtype": str(answer.dtype), **exact(answer)})
        else:
            record["calls"].append({"call": call})
    return record


def rng():
    for n in [0, 1, 5, 15, 16, 17, 31, 32, 33, 100]:
        yield rng_record(f"rng-rand-{n}", 0, [f"rand({n})"])
        yield rng_record(f"rng-randn-{n}", 0, [f"randn({n})"])
    for seed in [1, 42, 123456789, 2**31, 2**32 - 1, 2**40 + 7, -1]:
        yield rng_record(f"rng-seed-{seed}", seed, ["rand(3)", "randn(3)", "randn(17)"])
    # The kept second normal: it survives rand and long tensors, and ends with manual_seed.
    yield rng_record("rng-kept-odd", 0, ["randn(1)", "randn(1)", "randn(1)"])
    yield rng_record("rng-kept-long", 0, ["randn(1)", "randn(16)", "randn(1)"])
    yield rng_record("rng-kept-rand", 0, ["randn(5)", "rand(3)", "randn(40)", "randn(7)"])
    yield rng_record("rng-kept-seed", 0, ["randn(1)", "manual_seed(0)", "randn(1)", "rand(1)"])
    yield rng_record("rng-twice-17", 0, ["randn(17)", "randn(17)"])
    yield rng_record("rng-shapes", 0, ["randn(2, 3)", "randn(5, 3, 4)", "rand(2, 2)", "randn((2, 2))"])
    for seed, module in [
        (0, "nn.GRU(3, 4)"),
        (1, "nn.GRU(5, 3, num_layers=2)"),
        (2, "nn.GRU(3, 2, bidirectional=True)"),
        (3, "nn.GRU(4, 3, bias=False)"),
        (4, "nn.GRU(2, 3, num_layers=2, bidirectional=True, batch_first=True)"),
        (5, "nn.GRU(2, 1)"),
    ]:
        # A learner's script: seed, module, input, and something after, to find any word out of place.
        yield rng_record(f"rng-{module[3:]}", seed, [module, "randn(5, 3, 2)", "randn(2)", "rand(1)"])


if __name__ == "__main__":
    makers = {"forward": forward, "rng": rng}
    makers["backward"] = lambda: backward.make(shortest)
    makers["cells"] = lambda: cells.make(shortest)
    makers["gradients/modules"] = lambda: gradients.make(shortest)
    makers["rng_native"] = lambda: rng_native.make(rng_record)
    makers["dropout"] = lambda: dropout.make(shortest)
    makers["packed"] = lambda: packed.make(shortest)
    makers["variants"] = variants.make
    makers["train"] = lambda: train.make(shortest)
    makers["units/train"] = train_units.make
    makers["units/sort"] = sort_units.make
    for kind in sys.argv[1:] or makers:
        make = makers[kind]
        lines = [json.dumps(record, separators=(",", ":")) + "\n" for record in make()]
        Path(__file__).parent.joinpath(f"{kind}.jsonl").write_text("".join(lines))
