"""Writes units/inside.jsonl: what single units of nn.GRU add up in real PyTorch, and what one changed number changes; and
units/inside_modules.jsonl: what those of nn.RNN and nn.LSTM add up.

    torch-venv/bin/python tests/golden/make_inside.py
"""

import json
from pathlib import Path

import torch
from torch import nn


def case(seed, steps, batch, input_size, hidden_size, num_layers, bias, bidirectional, give_h_0, batch_first, places, edits):
    directions = 2 if bidirectional else 1
    shape = (batch, steps, input_size) if batch_first else (steps, batch, input_size)
    state = (directions * num_layers, batch, hidden_size)

    def draw():
        torch.manual_seed(seed)
        gru = nn.GRU(input_size, hidden_size, num_layers, bias=bias, batch_first=batch_first, bidirectional=bidirectional)
        x = torch.randn(*shape)
        h_0 = torch.randn(*state) if give_h_0 else None
        return gru, x, h_0

    gru, x, h_0 = draw()
    with torch.no_grad():
        out, h_n = gru(x, h_0)
    weights = dict(gru.named_parameters())
    sequence = x.transpose(0, 1) if batch_first else x
    first = h_0 if h_0 is not None else torch.zeros(*state)
    found = {}
    reads = sequence
    for layer in range(num_layers):
        written = []
        for direction in range(directions):
            suffix = f"_l{layer}" + ("_reverse" if direction else "")
            of = lambda name: weights.get(name + suffix)
            h = first[layer * directions + direction]
            states = [None] * steps
            for t in reversed(range(steps)) if direction else range(steps):
                i = nn.functional.linear(reads[t], of("weight_ih"), of("bias_ih")).chunk(3, 1)
                g = nn.functional.linear(h, of("weight_hh"), of("bias_hh")).chunk(3, 1)
                r, z = torch.sigmoid(i[0] + g[0]), torch.sigmoid(i[1] + g[1])
                n = torch.tanh(i[2] + r * g[2])
                after = (1 - z) * n + z * h
                found[layer, bool(direction), t] = (reads[t], h, i, g, r, z, n, after, suffix)
                h = states[t] = after
            written.append(torch.stack(states))
        reads = torch.cat(written, 2)
    # The equations by hand are those of the module.
    assert torch.allclose(reads.transpose(0, 1) if batch_first else reads, out, atol=1e-6)
    units = []
    for layer, reverse, sample, step, unit in places:
        read, h, i, g, r, z, n, after, suffix = found[layer, reverse, step]
        rows = []
        for gate in range(3):
            row = gate * hidden_size + unit
            products = lambda name, of: [(w * v).item() for w, v in zip(weights[name + suffix][row], of[sample])]
            sums = lambda all: all[gate][sample, unit].item()
            rows.append({
                "input": products("weight_ih", read), "hidden": products("weight_hh", h),
                "bias": [weights[name + suffix][row].item() if bias else 0.0 for name in ("bias_ih", "bias_hh")],
                "totals": [sums(i), sums(g)],
            })
        at = lambda tensor: tensor[sample, unit].item()
        units.append({
            "at": {"layer": layer, "reverse": reverse, "sample": sample, "step": step, "unit": unit},
            "rows": rows, "r": at(r), "z": at(z), "n": at(n), "before": at(h), "h": at(after),
        })
    changes = []
    for tensor, index, value in edits:
        other, x_2, h_2 = draw()
        with torch.no_grad():
            if tensor == "input":
                x_2.view(-1)[index] = value
            elif tensor == "h_0":
                h_2 = torch.zeros(*state) if h_2 is None else h_2
                h_2.view(-1)[index] = value
            else:
                dict(other.named_parameters())[tensor].view(-1)[index] = value
            out_2, h_n_2 = other(x_2, h_2)
        changes.append({
            "edit": {"tensor": tensor, "index": index, "value": value},
            "out": out_2.flatten().tolist(), "h_n": h_n_2.flatten().tolist(),
        })
    return {
        "plan": {
            "config": {
                "input_size": input_size, "hidden_size": hidden_size, "num_layers": num_layers, "bias": bias,
                "batch_first": batch_first, "bidirectional": bidirectional,
            },
            "input_shape": list(shape), "h_0_shape": list(state) if give_h_0 else None,
        },
        "seed": seed, "out": out.detach().flatten().tolist(), "units": units, "changes": changes,
    }


cases = [
    case(7, 4, 2, 3, 5, 2, True, True, True, False,
         [(0, False, 1, 0, 2), (0, True, 0, 3, 4), (1, False, 1, 2, 0), (1, True, 0, 1, 3)],
         [("input", 7, 2.5), ("weight_hh_l0", 13, 0.9), ("bias_ih_l1_reverse", 6, -1.5), ("h_0", 22, 0.75)]),
    case(0, 3, 2, 40, 6, 1, False, False, False, True,
         [(0, False, 1, 0, 5), (0, False, 0, 2, 1)],
         [("weight_ih_l0", 45, 1.25), ("h_0", 3, -0.5), ("input", 239, 0.5)]),
]
with open(Path(__file__).parent / "units" / "inside.jsonl", "w") as file:
    for record in cases:
        file.write(json.dumps(record) + "\n")


def module_case(mode, seed, steps, batch, input_size, hidden_size, num_layers, bias, bidirectional, give_states, places):
    """Single units of nn.RNN or nn.LSTM."""
    directions = 2 if bidirectional else 1
    state = (directions * num_layers, batch, hidden_size)
    torch.manual_seed(seed)
    options = {"num_layers": num_layers, "bias": bias, "bidirectional": bidirectional}
    if mode == "LSTM":
        module, names = nn.LSTM(input_size, hidden_size, **options), "ifgo"
    else:
        nonlinearity = "relu" if mode == "RNN_RELU" else "tanh"
        module, names = nn.RNN(input_size, hidden_size, nonlinearity=nonlinearity, **options), "h"
    squeeze = {"f": torch.sigmoid, "i": torch.sigmoid, "o": torch.sigmoid, "g": torch.tanh,
               "h": torch.relu if mode == "RNN_RELU" else torch.tanh}
    x = torch.randn(steps, batch, input_size)
    h_0 = torch.randn(*state) if give_states else torch.zeros(*state)
    c_0 = torch.randn(*state) if give_states and mode == "LSTM" else torch.zeros(*state)
    with torch.no_grad():
        out, _ = module(x, (h_0, c_0) if mode == "LSTM" else h_0)
    weights = dict(module.named_parameters())
    found, reads = {}, x
    for layer in range(num_layers):
        written = []
        for direction in range(directions):
            suffix = f"_l{layer}" + ("_reverse" if direction else "")
            of = lambda name: weights.get(name + suffix)
            h, c = h_0[layer * directions + direction], c_0[layer * directions + direction]
            states = [None] * steps
            for t in reversed(range(steps)) if direction else range(steps):
                i = nn.functional.linear(reads[t], of("weight_ih"), of("bias_ih")).chunk(len(names), 1)
                g = nn.functional.linear(h, of("weight_hh"), of("bias_hh")).chunk(len(names), 1)
                gates = {name: squeeze[name](a + b) for name, a, b in zip(names, i, g)}
                before, h_prev = (c, h) if mode == "LSTM" else (h, h)
                if mode == "LSTM":
                    c = gates["f"] * c + gates["i"] * gates["g"]
                    h = gates["o"] * torch.tanh(c)
                else:
                    h = gates["h"]
                found[layer, bool(direction), t] = (reads[t], h_prev, i, g, gates, before, c, h, suffix)
                states[t] = h
            written.append(torch.stack(states))
        reads = torch.cat(written, 2)
    # The equations by hand are those of the module.
    assert torch.allclose(reads, out, atol=1e-6)
    units = []
    for layer, reverse, sample, step, unit in places:
        read, h_prev, i, g, gates, before, c, h, suffix = found[layer, reverse, step]
        rows = []
        for gate in range(len(names)):
            row = gate * hidden_size + unit
            products = lambda name, of: [(w * v).item() for w, v in zip(weights[name + suffix][row], of[sample])]
            sums = lambda all: all[gate][sample, unit].item()
            rows.append({
                "input": products("weight_ih", read), "hidden": products("weight_hh", h_prev),
                "bias": [weights[name + suffix][row].item() if bias else 0.0 for name in ("bias_ih", "bias_hh")],
                "totals": [sums(i), sums(g)], "value": gates[names[gate]][sample, unit].item(),
            })
        at = lambda tensor: tensor[sample, unit].item()
        units.append({
            "at": {"layer": layer, "reverse": reverse, "sample": sample, "step": step, "unit": unit},
            "rows": rows, "before": at(before), "c": at(c) if mode == "LSTM" else None, "h": at(h),
        })
    return {
        "config": {
            "mode": mode, "input_size": input_size, "hidden_size": hidden_size, "num_layers": num_layers, "bias": bias,
            "bidirectional": bidirectional,
        },
        "input_shape": [steps, batch, input_size], "state_shape": list(state) if give_states else None,
        "seed": seed, "units": units,
    }


places = [(0, False, 1, 0, 2), (0, True, 0, 3, 4), (1, False, 1, 2, 0), (1, True, 0, 1, 3)]
modules = [
    *(module_case(mode, 7, 4, 2, 3, 5, 2, True, True, True, places) for mode in ("RNN_TANH", "RNN_RELU", "LSTM")),
    *(module_case(mode, 0, 3, 2, 40, 6, 1, False, False, False, [(0, False, 1, 0, 5), (0, False, 0, 2, 1)])
      for mode in ("RNN_TANH", "RNN_RELU", "LSTM")),
]
with open(Path(__file__).parent / "units" / "inside_modules.jsonl", "w") as file:
    for record in modules:
        file.write(json.dumps(record) + "\n")
