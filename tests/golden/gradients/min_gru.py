"""Makes min_gru.jsonl beside itself: minGRU (Feng et al., 2024) by its equations, two layers in both directions, in double."""

import json
from pathlib import Path

import torch

I, H, L, N = 3, 2, 4, 3
torch.manual_seed(0)
leaf = lambda *shape: (torch.randn(*shape).double() * 1000).round().div(1000).requires_grad_()
suffixes = ["l0", "l0_reverse", "l1", "l1_reverse"]
parameters = {f"weight_ih_{s}": leaf(2 * H, I if "l0" in s else 2 * H) for s in suffixes}
parameters |= {f"bias_ih_{s}": leaf(2 * H) for s in suffixes}
tensors = {"input": leaf(L, N, I), "h_0": leaf(4, N, H)}
x, last, sides = tensors["input"], [], []
for s, h in zip(suffixes, tensors["h_0"]):
    z, n = (x @ parameters[f"weight_ih_{s}"].T + parameters[f"bias_ih_{s}"]).chunk(2, dim=2)
    z, states = torch.sigmoid(z), [None] * L
    for t in reversed(range(L)) if "reverse" in s else range(L):
        states[t] = h = (1 - z[t]) * h + z[t] * n[t]
    last, sides = [*last, h], [*sides, torch.stack(states)]
    if "reverse" in s:
        x, sides = torch.cat(sides, dim=2), []
outputs = {"out": x, "h_n": torch.stack(last)}
weights = {key: leaf(*value.shape).detach() for key, value in outputs.items()}
sum((outputs[key] * weights[key]).sum() for key in outputs).backward()
plain = lambda tensor: {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}
dump = lambda tensors: {key: plain(tensor) for key, tensor in tensors.items()}
options = {"input_size": I, "hidden_size": H, "num_layers": 2, "bidirectional": True}
record = {"id": "min-gru", "mode": "MIN_GRU", "config": options, "state_dict": dump(parameters)}
record |= {"tensors": dump(tensors), "outputs": dump(outputs), "R": dump(weights)}
record["grads"] = dump({key: tensor.grad for key, tensor in (parameters | tensors).items()})
Path(__file__).with_suffix(".jsonl").write_text(json.dumps(record, separators=(",", ":")) + "\n")
