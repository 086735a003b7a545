"""Writes units/kept.jsonl: programs that keep the numbers of one nn.GRU in another, written by hand as the page writes them, and what
real PyTorch computes in them; beside each, which weights torch.manual_seed alone would have left as they were.

    torch-venv/bin/python tests/golden/make_kept.py
"""

import contextlib
import json
from pathlib import Path

import torch
from torch import nn

KEEP = """
def keep(old, new):
    both = tuple(slice(min(sizes)) for sizes in zip(old.shape, new.shape))
    new[both] = old[both]

state = gru.state_dict()
for name, old in before.state_dict().items():
    if name in state:
"""
SAME = "        keep(old, state[name])\n"


def case(seed, before, now, copies, rest):
    """`before` and `now`: the options as they are written, the input's sizes, and those of h_0 if it is given."""
    names = {}

    def creations(call, gru, x, h_0):
        options, sizes, states = call
        first = "batch, seq_len" if "batch_first" in options else "seq_len, batch"
        axes = f"{first}, input_size" if len(sizes) == 3 else "seq_len, input_size"
        lines = [f"{gru} = nn.GRU({options})", f"{x} = torch.randn({', '.join(map(str, sizes))})  # ({axes})"]
        if states:
            axes = "D * num_layers, batch, hidden_size" if len(states) == 3 else "D * num_layers, hidden_size"
            lines.append(f"{h_0} = torch.randn({', '.join(map(str, states))})  # ({axes})")
        return "\n".join(lines) + "\n"

    code = f"import torch\nimport torch.nn as nn\n\ntorch.manual_seed({seed})\n"
    code += creations(before, "before", "x_before", "h_0_before") + creations(now, "gru", "x", "h_0")
    code += KEEP + copies + "gru.load_state_dict(state)\n" + rest
    code += "out, h_n = gru(x, h_0)\n" if now[2] else "out, h_n = gru(x)\n"
    code += "print(out.shape)\nprint(h_n.shape)\n"
    with contextlib.redirect_stdout(None):
        exec(code, names)

    def alone(call):
        torch.manual_seed(seed)
        gru = eval(f"nn.GRU({call[0]})", {"nn": nn})
        return gru.state_dict(), torch.randn(*call[1])

    (old, x_old), (new, x_new) = alone(before), alone(now)
    equal = lambda a, b: a.shape == b.shape and bool((a == b).all())
    numbers = lambda tensor: tensor.detach().flatten().tolist()
    return {
        "seed": seed, "before": before, "now": now, "code": code,
        "weights": [n for tensor in names["gru"].state_dict().values() for n in numbers(tensor)],
        "x": numbers(names["x"]), "out": numbers(names["out"]), "h_n": numbers(names["h_n"]),
        "stay": [name for name in new if name in old and equal(old[name], new[name])],
        "x_stays": equal(x_old, x_new),
        # How many numbers of the old weights stand in the new ones: no two are alike.
        "kept": len({n for t in names["before"].state_dict().values() for n in numbers(t)}
                    & {n for t in names["gru"].state_dict().values() for n in numbers(t)}),
    }


BOTH = "input_size=3, hidden_size=4, num_layers=2"
X = (5, 2, 3)
BY_GATE = "        keep(old.view(3, 4, -1), state[name].view(3, 6, -1))  # r, z and n apart\n"
cases = [
    # A layer is added, and one is taken away.
    case(0, (BOTH, X, None), ("input_size=3, hidden_size=4, num_layers=3", X, None), SAME, "keep(x_before, x)\n"),
    case(1, (BOTH, X, (2, 2, 4)), ("input_size=3, hidden_size=4", X, (1, 2, 4)), SAME, "keep(x_before, x)\nkeep(h_0_before, h_0)\n"),
    # Sizes change.
    case(2, (BOTH, X, None), ("input_size=5, hidden_size=4, num_layers=2", (5, 2, 5), None), SAME, "keep(x_before, x)\n"),
    case(3, (BOTH, X, (2, 2, 4)), ("input_size=3, hidden_size=6, num_layers=2", X, (2, 2, 6)), BY_GATE, "keep(x_before, x)\nkeep(h_0_before, h_0)\n"),
    case(4, (BOTH, X, None), (BOTH, (7, 3, 3), None), SAME, "keep(x_before, x)\n"),
    # The other direction comes, with another hidden_size, and goes.
    case(5, (BOTH, X, (2, 2, 4)), (BOTH + ", bidirectional=True", X, (4, 2, 4)),
         "        if name.startswith(\"weight_ih\") and \"_l0\" not in name:\n"
         "            # The directions of the layer below stand beside each other in the columns.\n"
         "            keep(old.view(3, 4, 1, 4), state[name].view(3, 4, 2, 4))\n"
         "        else:\n"
         "            keep(old, state[name])\n",
         "keep(x_before, x)\nkeep(h_0_before.view(2, 1, 2, 4), h_0.view(2, 2, 2, 4))\n"),
    case(6, (BOTH + ", bidirectional=True", X, None), ("input_size=3, hidden_size=6, num_layers=2", X, None),
         "        if name.startswith(\"weight_ih\") and \"_l0\" not in name:\n"
         "            # The directions of the layer below stand beside each other in the columns.\n"
         "            keep(old.view(3, 4, 2, 4), state[name].view(3, 6, 1, 6))\n"
         "        else:\n"
         "            keep(old.view(3, 4, -1), state[name].view(3, 6, -1))  # r, z and n apart\n",
         "keep(x_before, x)\n"),
    # Biases go; the batch comes first; the batch goes.
    case(7, (BOTH, X, None), ("input_size=3, hidden_size=4, num_layers=2, bias=False", X, None), SAME, "keep(x_before, x)\n"),
    case(8, (BOTH, X, None), (BOTH + ", batch_first=True", (2, 6, 3), None), SAME, "keep(x_before, x.transpose(0, 1))\n"),
    case(9, (BOTH, X, (2, 2, 4)), (BOTH, (5, 3), (2, 4)), SAME,
         "keep(x_before, x.unsqueeze(1))\nkeep(h_0_before.view(2, 1, 2, 4), h_0.view(2, 1, 1, 4))\n"),
]
with open(Path(__file__).parent / "units" / "kept.jsonl", "w") as file:
    for record in cases:
        file.write(json.dumps(record) + "\n")
