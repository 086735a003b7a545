"""Makes the files in weights/ with real PyTorch, and expected.jsonl, which tells what is in them.

    python tests/golden/make_weights.py

Needs torch, numpy and safetensors; the committed files were made with torch 2.15.0 and safetensors 0.8. Every
entry of kind `file` holds the tensors that PyTorch reads from a file, or the code of the refusal that is due; every
entry of kind `load` what load_state_dict says of one for a module.
"""

import gzip
import json
import os
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from make_goldens import shortest
from safetensors.torch import load_file, save_file

FOLDER = Path(__file__).parent / "weights"
FILES = []
LOADS = []

torch.manual_seed(5)
SIZES = {"input_size": 3, "hidden_size": 2, "num_layers": 2, "bidirectional": True}
GRU = nn.GRU(**SIZES)
STATE = GRU.state_dict()


def described(state):
    return [
        {
            "name": name,
            "dtype": str(tensor.dtype),
            "shape": list(tensor.shape),
            # As bits, for JSON has no NaN.
            "bits": tensor.detach().float().contiguous().numpy().view(np.uint32).ravel().tolist()
            if tensor.dtype.is_floating_point
            else None,
        }
        for name, tensor in state.items()
    ]


def good(file, state):
    """A file that is read: PyTorch itself says what is in it."""
    FILES.append({"file": file, "tensors": described(state)})


def bad(file, code, message):
    FILES.append({"file": file, "code": code, "message": message})


def path(file):
    return str(FOLDER / file)


def saved(file, what, key=None, **options):
    torch.save(what, path(file), **options)
    # PyTorch's own safe reader knows protocol 2 only.
    state = torch.load(path(file), weights_only="pickle_protocol" not in options)
    good(file, state[key] if key else state)


def save_safetensors(file, state, metadata=None):
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path(file), metadata or {"format": "pt"})
    # By their place in the file.
    with open(path(file), "rb") as opened:
        length = struct.unpack("<Q", opened.read(8))[0]
        header = json.loads(opened.read(length))
    names = sorted((name for name in header if name != "__metadata__"), key=lambda name: header[name]["data_offsets"])
    loaded = load_file(path(file))
    good(file, {name: loaded[name] for name in names})


class Evil:
    def __reduce__(self):
        return os.system, ("echo pwned > pwned.txt",)


def state_dicts():
    save_safetensors("gru.safetensors", STATE)
    saved("gru.pt", STATE)
    saved("float64.pt", nn.GRU(**SIZES).double().state_dict())
    mixed = {name: tensor.half() if "weight" in name else tensor.bfloat16() for name, tensor in STATE.items()}
    saved("half.pt", mixed)
    save_safetensors("half.safetensors", mixed)
    columns = OrderedDict((name, tensor.t().contiguous().t()) for name, tensor in STATE.items())
    assert not columns["weight_ih_l0"].is_contiguous()
    saved("noncontiguous.pt", columns)
    # All in one storage, as cuDNN wants them.
    flat = torch.cat([tensor.flatten() for tensor in STATE.values()])
    shared, start = OrderedDict(), 0
    for name, tensor in STATE.items():
        shared[name] = flat[start : start + tensor.numel()].view(tensor.shape)
        start += tensor.numel()
    saved("shared.pt", shared)
    saved("parameters.pt", OrderedDict(GRU.named_parameters()))
    saved("dataparallel.pt", OrderedDict(("module." + name, tensor) for name, tensor in STATE.items()))
    saved("cell.pt", nn.GRUCell(3, 2).state_dict())
    optimiser = torch.optim.Adam(GRU.parameters())
    GRU(torch.randn(4, 3))[0].sum().backward()
    optimiser.step()
    GRU.load_state_dict(torch.load(path("gru.pt"), weights_only=True))
    checkpoint = {"epoch": 3, "loss": 0.5, "model_state_dict": STATE, "optimizer_state_dict": optimiser.state_dict()}
    saved("checkpoint.pt", checkpoint, key="model_state_dict")
    odd = OrderedDict((name, tensor.clone()) for name, tensor in STATE.items())
    odd["weight_hh_l0"][3, 1] = float("nan")
    odd["weight_hh_l0"][4, 0] = float("nan")
    odd["bias_ih_l1"][2] = float("-inf")
    save_safetensors("nan.safetensors", odd)
    huge = OrderedDict((name, tensor.double()) for name, tensor in STATE.items())
    huge["bias_hh_l0"][1] = 1e300
    saved("overflow.pt", huge)
    whole = OrderedDict((name, (100 * tensor).to(torch.int64)) for name, tensor in STATE.items())
    saved("int.pt", whole)
    saved("protocol4.pt", STATE, pickle_protocol=4)
    saved("legacy.pt", STATE, _use_new_zipfile_serialization=False)
    saved("other_key.pt", {"epoch": 3, "weights": STATE}, key="weights")
    np.savez(path("numpy.npz"), w=np.ones(2, dtype=np.float32))
    good("numpy.npz", {"w": torch.ones(2)})
    save_safetensors("no_bias.safetensors", nn.GRU(3, 2, bias=False).state_dict())
    save_safetensors("lstm.safetensors", nn.LSTM(3, 2).state_dict())
    save_safetensors("rnn.safetensors", nn.RNN(3, 2).state_dict())
    save_safetensors("large.safetensors", nn.GRU(5, 4, num_layers=3).state_dict())
    model = {}
    for place, module in [("encoder.gru.", nn.GRU(3, 2)), ("decoder.gru.", nn.GRU(4, 2)), ("fc.", nn.Linear(2, 1))]:
        model |= {place + name: tensor for name, tensor in module.state_dict().items()}
    save_safetensors("model.safetensors", model)
    save_safetensors("transposed.safetensors", {name: tensor.t() for name, tensor in nn.GRU(3, 2).state_dict().items()})


def other_frameworks():
    """The same GRU as Keras and ONNX hold it: gates z, r, h."""
    state = nn.GRU(3, 2).state_dict()
    save_safetensors("plain.safetensors", state)

    def zrh(rows):
        r, z, n = rows.chunk(3)
        return torch.cat([z, r, n])

    w, r, ih, hh = (zrh(state[name]) for name in ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"])
    keras = {"gru/gru_cell/kernel:0": w.t(), "gru/gru_cell/recurrent_kernel:0": r.t()}
    save_safetensors("keras.safetensors", keras | {"gru/gru_cell/bias:0": torch.stack([ih, hh])}, {"format": "tf"})
    save_safetensors("keras_before.safetensors", keras | {"gru/gru_cell/bias:0": ih}, {"format": "tf"})
    save_safetensors("onnx.safetensors", {"W": w[None], "R": r[None], "B": torch.cat([ih, hh])[None]})


def refused():
    torch.save(nn.GRU(3, 2), path("module.pt"))
    bad("module.pt", "file-refused", "the file's pickle names torch.nn.modules.rnn.GRU")
    torch.save({"weight_ih_l0": Evil()}, path("malicious.pt"))
    system = f"{os.system.__module__}.system"
    bad("malicious.pt", "file-refused", f"the file's pickle names {system}")
    torch.save([1, 2.5, torch.ones(2)], path("list.pt"))
    bad("list.pt", "file-no-state-dict", "the file holds a list, not a state_dict")
    torch.save(torch.ones(2), path("tensor.pt"))
    bad("tensor.pt", "file-no-state-dict", "the file holds a tensor, not a state_dict")
    torch.save({"epoch": 3, "loss": 0.5}, path("no_tensors.pt"))
    found = "a dict without tensors, whose keys are epoch, loss"
    bad("no_tensors.pt", "file-no-state-dict", f"the file holds {found}, not a state_dict")
    torch.save({"weight_ih_l0": torch.ones(1).expand(6, 1000)}, path("expanded.pt"))
    says = "weight_ih_l0 shows the same numbers again and again, as expand() does: save a .clone() of it"
    bad("expanded.pt", "file-damaged", f"the file is damaged: {says}")
    with zipfile.ZipFile(path("gru.pt")) as archive, zipfile.ZipFile(path("compressed.pt"), "w", zipfile.ZIP_DEFLATED) as packed:
        for name in archive.namelist():
            packed.writestr(zipfile.ZipInfo(name), archive.read(name), zipfile.ZIP_DEFLATED)
        first = archive.namelist()[0]
    # PyTorch's reader inflates what another program has packed.
    good("compressed.pt", torch.load(path("compressed.pt")))
    # A flag says that a file is encrypted, before its own header and in the list.
    locked = bytearray(Path(path("gru.pt")).read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(signature, at + 4)
    Path(path("encrypted.pt")).write_bytes(locked)
    bad("encrypted.pt", "file-compressed", f"{first} is compressed or encrypted within the archive")
    Path(path("bare.pkl")).write_bytes(pickle.dumps({"weight_ih_l0": [0.5]}, protocol=4))
    bad("bare.pkl", "file-legacy", "this is a bare pickle, not a file that torch.save wrote")
    Path(path("packed.pt.gz")).write_bytes(gzip.compress(Path(path("cell.pt")).read_bytes(), mtime=0))
    Path(path("page.pt")).write_bytes(b"<!DOCTYPE html>\n")
    bad("page.pt", "file-foreign", "this is a web page or XML: perhaps the page about the file was saved, not the file")
    bad("packed.pt.gz", "file-foreign", "this is compressed with gzip")


def loads():
    """What load_state_dict says, or null where it is content."""
    modules = [
        {"input_size": 3, "hidden_size": 2},
        SIZES,
        {"input_size": 3, "hidden_size": 2, "bias": False},
        {"input_size": 5, "hidden_size": 4, "num_layers": 3},
        {"input_size": 3, "hidden_size": 4},
    ]
    files = ["gru.safetensors", "no_bias.safetensors", "lstm.safetensors", "rnn.safetensors", "large.safetensors", "plain.safetensors", "transposed.safetensors"]
    for file in files:
        # In the order of the file, which decides in which order unexpected names are told.
        names = [tensor["name"] for tensor in next(entry for entry in FILES if entry["file"] == file)["tensors"]]
        loaded = load_file(path(file))
        for config in modules:
            try:
                nn.GRU(**config).load_state_dict({name: loaded[name] for name in names})
                message = None
            except RuntimeError as error:
                message = str(error)
            LOADS.append({"file": file, "config": config, "message": message})


def page():
    """The code that the page shows for three files in use, run as it stands."""
    loads = {
        "gru.safetensors": ["gru.load_state_dict(load_file('gru.safetensors'))"],
        "gru.pt": ["gru.load_state_dict(torch.load('gru.pt', weights_only=True))"],
        "dataparallel.pt": [
            "state = torch.load('dataparallel.pt', weights_only=True)",
            "state = {name[7:]: state[name] for name in state if name.startswith('module.')}",
            "gru.load_state_dict(state)",
        ],
    }
    records = []
    os.chdir(FOLDER)
    for file, load in loads.items():
        imports = ["from safetensors.torch import load_file"] if file.endswith("safetensors") else []
        lines = [
            "import torch",
            "import torch.nn as nn",
            *imports,
            "",
            "torch.manual_seed(0)",
            "gru = nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True)",
            *load,
            "x = torch.randn(5, 3, 3)  # (seq_len, batch, input_size)",
            "out, h_n = gru(x)",
            "print(out.shape)",
            "print(h_n.shape)",
        ]
        names = {}
        exec("\n".join(lines), names)
        records.append({"file": file, "code": "\n".join(lines), "out": shortest(names["out"]), "h_n": shortest(names["h_n"])})
    (FOLDER / "page.json").write_text("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")


FOLDER.mkdir(exist_ok=True)
state_dicts()
other_frameworks()
refused()
loads()
page()
lines = [json.dumps({"kind": "file"} | entry) for entry in FILES] + [json.dumps({"kind": "load"} | entry) for entry in LOADS]
(FOLDER / "expected.jsonl").write_text("\n".join(lines) + "\n")
