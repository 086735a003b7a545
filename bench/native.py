"""Times nn.GRU of the installed PyTorch in one thread: native.py MODELS ROUNDS CALL..., JSON to standard output."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def load(folder, name):
    """A call as the bench wrote it: its sizes and its tensors by name."""
    description = json.loads((folder / f"{name}.json").read_text())
    numbers = torch.from_numpy(np.fromfile(folder / f"{name}.bin", dtype="<f4"))
    tensors, at = {}, 0
    for tensor in description["tensors"]:
        count = int(np.prod(tensor["shape"]))
        tensors[tensor["name"]] = numbers[at : at + count].reshape(tensor["shape"])
        at += count
    return description["sizes"], tensors


def measure(folder, name, rounds):
    sizes, tensors = load(folder, name)
    x, expected = tensors.pop("input"), tensors.pop("output")
    gru = torch.nn.GRU(sizes["input"], sizes["hidden"], sizes["layers"])
    gru.load_state_dict(tensors)
    with torch.inference_mode():
        worst = (gru(x)[0] - expected).abs().max().item()
        assert worst <= 1e-5, f"{name}: PyTorch differs by {worst}"
        samples = []
        began = time.perf_counter()
        gru(x)
        count = max(1, int(0.05 / (time.perf_counter() - began)))
        for _ in range(rounds):
            began = time.perf_counter()
            for _ in range(count):
                gru(x)
            samples.append((time.perf_counter() - began) * 1000 / count)
    return samples


def main():
    folder, rounds, *calls = sys.argv[1:]
    print(json.dumps({name: measure(Path(folder), name, int(rounds)) for name in calls}))


main()
