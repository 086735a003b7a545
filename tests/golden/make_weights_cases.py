"""Makes the files in weights_cases/ with real PyTorch, and expected.jsonl, which tells what modules are in them.

    python tests/golden/make_weights_cases.py [--onnx]

Needs torch and numpy; the files named `*.onnx` are made with `--onnx`, which needs onnx and onnxscript too: the exporter of
onnxscript 0.6.2 wrote linear_before_reset=0, that of 0.7.2 writes 1. The files `s*` were made by others in the same way; their
lines are kept. Every line has what `cargo xtask weights` prints of
`found` and `equations`, a part of what it says, and, where load_state_dict of the whole file raises for the module found,
that message.
"""

import argparse
import collections
import datetime
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.utils.prune

FOLDER = Path(__file__).parent / "weights_cases"
RECORDS = []


class WeightDrop(nn.Module):
    """A GRU whose recurrent weight is kept under another name, as AWD-LSTM has it."""

    def __init__(self, module, name="weight_hh_l0"):
        super().__init__()
        self.module = module
        raw = getattr(module, name)
        del module._parameters[name]
        self.register_parameter(f"{name}_raw", nn.Parameter(raw.data))


def module(at, module, **extra):
    """What is said of a module that is found."""
    name = type(module).__name__
    found = {
        "at": at,
        "module": name,
        "input_size": module.input_size,
        "hidden_size": module.hidden_size,
        "num_layers": getattr(module, "num_layers", 1),
        "bidirectional": getattr(module, "bidirectional", False),
        "bias": bool(module.bias),
    }
    return found | extra


def record(file, found=(), says="", of=None, equations=None):
    """A file, what is found in it, and what load_state_dict says of it for a module."""
    whole = None
    if of is not None:
        try:
            of.load_state_dict(torch.load(FOLDER / file, weights_only=True))
        except RuntimeError as error:
            whole = str(error)
    RECORDS.append({"file": file, "found": list(found), "equations": equations, "says": says, "whole": whole})


def save(file, what, *found, of=None, says="", **options):
    torch.save(what, FOLDER / file, **options)
    record(file, found, says, of)


def gru(*sizes, **options):
    torch.manual_seed(7)
    return nn.GRU(*(sizes or (4, 3)), **options)


def nested():
    plain = gru()
    state = plain.state_dict()
    save("beside_tensor.pt", {"model": state, "acc": torch.tensor(0.5)}, module("model", plain))
    save("own_key.pt", {"generator": state}, module("generator", plain))
    save("deep.pt", {"a": {"b": state}}, module("a.b", plain))
    save("in_list.pt", {"models": [{"epoch": 1}, (1, state)]}, module("models.1.1", plain))
    save("list_at_top.pt", [state], module("0", plain))
    save("number_key.pt", {3: state}, module("3", plain))
    two = gru(num_layers=2, bidirectional=True)
    save("two.pt", collections.OrderedDict(encoder=state, decoder=two.state_dict()), module("encoder", plain), module("decoder", two))
    prefixed = {"net." + name: tensor for name, tensor in state.items()}
    save("prefix_within.pt", {"model": prefixed, "step": torch.tensor(3)}, module("model.net", plain))
    save("prefix.pt", prefixed, module("net", plain), of=gru())
    save("again.pt", {"last": state, "best": state}, module("last", plain), module("best", plain))
    optimiser = torch.optim.Adam(plain.parameters())
    plain(torch.randn(5, 4))[0].sum().backward()
    optimiser.step()
    save("checkpoint.pt", {"optimizer": optimiser.state_dict(), "net": plain.state_dict(), "rng": torch.get_rng_state()[:8]}, module("net", plain))


def beside():
    plain = gru()
    state = plain.state_dict()
    everything = {
        "counter": collections.Counter("gru"),
        "size": torch.Size([1, 2]),
        "dtype": torch.float16,
        "device": torch.device("cpu"),
        "set": {1, 2},
        "bytes": b"gru",
        "big": 2**70,
        "huge": -(2**2000),
        "complex": 1 + 2j,
        "sparse": torch.eye(3).to_sparse(),
        "csr": torch.eye(3).to_sparse_csr(),
        "float8": torch.ones(3).to(torch.float8_e4m3fn),
        "complex64": torch.ones(2, dtype=torch.complex64),
        "uint16": torch.ones(2, dtype=torch.uint16),
        "parameter": nn.Parameter(torch.ones(2)),
        "none": None,
        "nested": {"list": [1, (2.5, "text")]},
    }
    save("everything.pt", {"model": state} | everything, module("model", plain))
    torch.load(FOLDER / "everything.pt", weights_only=True)
    save("among.pt", collections.OrderedDict(state, epoch=5, losses=[0.5]), module("", plain), of=gru(), says='"epoch", "losses"')
    refused = {"scalar": np.float64(0.5), "when": datetime.datetime(2026, 1, 2), "args": argparse.Namespace(lr=0.1)}
    save("refused.pt", {"model": state} | refused, module("model", plain), says="datetime.datetime")
    save("legacy.pt", {"model": state, "epoch": 2}, module("model", plain), _use_new_zipfile_serialization=False)
    halves = {name: tensor.to(torch.float8_e5m2) for name, tensor in state.items()}
    save("float8.pt", halves, module("", plain))
    imaginary = {name: tensor.to(torch.complex64) for name, tensor in state.items()}
    save("complex.pt", imaginary)
    scripted = torch.jit.script(plain)
    torch.jit.save(scripted, FOLDER / "script.pt")
    record("script.pt", says="torch.jit.load")
    torch.save(plain, FOLDER / "module.pt")
    record("module.pt", says="torch.nn.modules.rnn.GRU")


def without_a_weight():
    lost = gru().state_dict()
    del lost["weight_hh_l0"]
    save("lost.pt", lost, of=gru(), says='Missing key(s) in state_dict: "weight_hh_l0"')
    old = torch.nn.utils.weight_norm(gru(), "weight_hh_l0")
    save("weight_norm.pt", old.state_dict(), of=gru(), says="remove_weight_norm")
    new = torch.nn.utils.parametrizations.weight_norm(gru(), "weight_hh_l0")
    save("parametrized.pt", new.state_dict(), of=gru(), says="remove_parametrizations")
    save("weight_drop.pt", WeightDrop(gru()).state_dict(), of=gru(), says="weight_hh_l0_raw")


def odd_forms():
    plain = gru()
    state = plain.state_dict()
    save("odd_keys.pt", {True: state, None: [state], 1e-05: {"b": state}}, module("True", plain), module("None.0", plain), module("1e-05.b", plain))
    by_default = collections.defaultdict(dict, best=state)
    save("defaultdict.pt", by_default, module("best", plain), says="collections.defaultdict")
    torch.save(plain, FOLDER / "legacy_module.pt", _use_new_zipfile_serialization=False)
    record("legacy_module.pt", says="torch.nn.modules.rnn.GRU")
    pruned = gru()
    torch.nn.utils.prune.l1_unstructured(pruned, "weight_hh_l0", 0.5)
    save("pruned.pt", pruned.state_dict(), of=gru(), says="prune.remove")
    spectral = torch.nn.utils.parametrizations.spectral_norm(gru(), "weight_ih_l0")
    save("spectral.pt", spectral.state_dict(), of=gru(), says="nn.GRU(4, 3): Error(s)")
    np.savez(FOLDER / "big_endian.npz", **{name: tensor.numpy().astype(">f4") for name, tensor in state.items()})
    record("big_endian.npz", [module("", plain)])
    layers = nn.Sequential(nn.Linear(4, 12), nn.Linear(12, 12))
    save("linear_layers.pt", layers.state_dict())


def other_modules():
    for name, other in [
        ("lstm.pt", nn.LSTM(4, 3, 2)),
        ("projected.pt", nn.LSTM(4, 3, proj_size=2)),
        ("rnn.pt", nn.RNN(4, 3, bidirectional=True)),
        ("lstm_cell.pt", nn.LSTMCell(4, 3)),
        ("gru_cell.pt", nn.GRUCell(4, 3)),
        ("rnn_cell.pt", nn.RNNCell(4, 3, bias=False)),
        ("no_bias.pt", gru(bias=False)),
        ("square.pt", gru(3, 3, 2)),
    ]:
        extra = {"proj_size": 2} if name == "projected.pt" else {}
        save(name, other.state_dict(), module("", other, **extra))
    save("linear.pt", nn.Linear(4, 3).state_dict())


def arrays():
    plain = gru()
    state = {name: tensor.numpy() for name, tensor in plain.state_dict().items()}
    np.savez(FOLDER / "torch_names.npz", **state)
    record("torch_names.npz", [module("", plain)])
    np.savez_compressed(FOLDER / "packed.npz", **{"rnn." + name: array.astype(np.float64) for name, array in state.items()})
    record("packed.npz", [module("rnn", plain)])
    square = nn.GRU(3, 3)
    own = {name.replace("weight", "enc_w").replace("bias", "enc_b").replace("_l0", ""): tensor.numpy() for name, tensor in square.state_dict().items()}
    np.savez(FOLDER / "own_names.npz", emb=np.ones((7, 3), np.float32), **own, note=np.array({"a": 1}, dtype=object))
    record("own_names.npz", [module("", square, proposed=True)], says="as names and shapes suggest")
    columns = {"rnn_kernel": np.asfortranarray(state["weight_ih_l0"].T), "rnn_recurrent_kernel": state["weight_hh_l0"].T}
    np.savez(FOLDER / "columns.npz", **columns, rnn_bias=np.zeros((2, 9), np.float32))
    record("columns.npz", [module("", plain, proposed=True)])
    keras = {"layers/gru/cell/vars/0": columns["rnn_kernel"], "layers/gru/cell/vars/1": columns["rnn_recurrent_kernel"]}
    keras |= {"layers/gru/cell/vars/2": np.zeros((2, 9), np.float32), "layers/dense/vars/0": np.ones((3, 2), np.float32)}
    np.savez(FOLDER / "keras3.npz", **keras | {"layers/dense/vars/1": np.ones(2, np.float32)})
    record("keras3.npz", [module("layers/gru/cell", plain)])
    np.save(FOLDER / "one.npy", state["weight_ih_l0"])
    record("one.npy")


def onnx():
    """What both exporters write, and what onnx itself finds in it."""
    import onnx as reader

    for name, options in [("one", {}), ("both", {"bidirectional": True}), ("stack", {"num_layers": 2}), ("no_bias", {"bias": False})]:
        plain = gru(batch_first=True, **options).eval()
        for kind, dynamo in [("legacy", False), ("dynamo", True)]:
            file = f"{name}_{kind}.onnx"
            torch.onnx.export(plain, (torch.randn(2, 5, 4),), FOLDER / file, dynamo=dynamo, **({"external_data": False} if dynamo else {}))
            graph = reader.load(FOLDER / file).graph
            shapes = {tensor.name: list(tensor.dims) for tensor in graph.initializer}
            found, equations = [], set()
            for node in graph.node:
                if node.op_type != "GRU":
                    continue
                attributes = {attribute.name: attribute for attribute in node.attribute}
                after = "linear_before_reset" in attributes and attributes["linear_before_reset"].i == 1
                equations.add("nn.GRU" if after else "reset before the product")
                directions, rows, columns = shapes[node.input[1]]
                has_bias = len(node.input) > 3 and node.input[3] != ""
                sizes = {"input_size": columns, "hidden_size": rows // 3, "num_layers": 1, "bidirectional": directions == 2, "bias": has_bias}
                found.append({"at": node.name, "module": "GRU", **sizes})
            record(file, found, says="linear_before_reset", equations=equations.pop())


FOLDER.mkdir(exist_ok=True)
if "--onnx" in sys.argv:
    onnx()
else:
    nested()
    beside()
    without_a_weight()
    odd_forms()
    other_modules()
    arrays()
kept = (FOLDER / "expected.jsonl").read_text().splitlines() if (FOLDER / "expected.jsonl").exists() else []
made = {record["file"] for record in RECORDS}
kept = [line for line in kept if json.loads(line)["file"] not in made]
(FOLDER / "expected.jsonl").write_text("\n".join([json.dumps(line) for line in RECORDS] + kept) + "\n")
