"""Makes lab/rooms.jsonl with real PyTorch: what the code that the lab's rooms show prints.

    python tests/golden/make_lab.py

Needs torch and cargo: the code is the core's own (`cargo run --example lab_code`), run as it stands. A record holds
a room's setup, its code, and what that printed; of gradients also what the code does not print.
"""

import contextlib
import io
import json
import subprocess
import warnings
from pathlib import Path

import torch
from torch import nn

GRADIENTS = {"input_size": 3, "hidden_size": 5, "seq_len": 12, "batch": 2, "seed": 0, "gain": 1.0, "gate_bias": 0.0}
VARIANTS = {"input_size": 3, "hidden_size": 4, "num_layers": 1, "seq_len": 8, "batch": 2, "seed": 0}
MODULES = {"input_size": 3, "hidden_size": 5, "proj_size": 0, "seq_len": 4, "batch": 2, "seed": 0}
PACKING = {
    "lengths": [4, 2, 1],
    "seq_len": 5,
    "input_size": 3,
    "hidden_size": 4,
    "bidirectional": False,
    "input_batch_first": False,
    "batch_first": False,
    "enforce_sorted": True,
    "seed": 0,
}
BATCH_FIRST = {"input_batch_first": True, "batch_first": True}
SETUPS = {
    "gradients": [
        GRADIENTS | {"loss": "last_step"},
        GRADIENTS | {"loss": "every_step", "seed": 3, "gate_bias": 2.0},
        GRADIENTS | {"loss": "last_step", "gain": 0.5, "seq_len": 40, "gate_bias": -1.5, "seed": 1},
        GRADIENTS | {"loss": "last_step", "gain": 3.0, "hidden_size": 8, "seq_len": 30, "batch": 1, "seed": 2},
        # The page's opening on PyTorch's own biases, where it once began, and on open gates.
        GRADIENTS | {"loss": "last_step", "input_size": 4, "hidden_size": 16, "seq_len": 60, "batch": 1},
        GRADIENTS | {"loss": "last_step", "input_size": 4, "hidden_size": 16, "seq_len": 60, "batch": 1, "gate_bias": 4.0},
    ],
    "variants": [
        VARIANTS | {"give_h_0": False, "gain": 1.0},
        VARIANTS | {"give_h_0": True, "gain": 2.5, "num_layers": 2, "seed": 4},
        # The page's opening.
        VARIANTS | {"give_h_0": True, "gain": 2.0, "input_size": 4, "hidden_size": 8, "seq_len": 24},
    ],
    "modules": [
        *[MODULES | {"module": module} for module in ["RNN", "RNN relu", "LSTM", "GRU"]],
        *[MODULES | {"module": module, "seed": 7} for module in ["RNNCell", "LSTMCell", "GRUCell"]],
        MODULES | {"module": "LSTM", "proj_size": 2, "seed": 9},
    ],
    "packing": [
        PACKING,
        PACKING | {"lengths": [2, 5, 3], "enforce_sorted": False, "bidirectional": True, "seed": 5},
        PACKING | BATCH_FIRST | {"lengths": [3, 1, 5, 5], "enforce_sorted": False, "bidirectional": True},
        PACKING | {"lengths": [5] * 20, "enforce_sorted": False},
        PACKING | {"lengths": [i % 4 + 1 for i in range(40)], "enforce_sorted": False, "hidden_size": 2},
        PACKING | {"lengths": [2, 4, 1]},
        PACKING | {"lengths": [4, 2, 0]},
        PACKING | {"lengths": [4, -1, 2], "enforce_sorted": False},
        PACKING | {"lengths": [7, 6, 2]},
        PACKING | BATCH_FIRST | {"lengths": [2, 8, 3], "enforce_sorted": False, "bidirectional": True},
        # The input's axes are read the other way round: refused, refused, and silently wrong.
        PACKING | {"input_batch_first": True},
        PACKING | {"batch_first": True, "lengths": [3, 2, 2, 1, 1, 1, 1], "enforce_sorted": False},
        PACKING | {"input_batch_first": True, "lengths": [5, 4, 3, 3, 1]},
        # Lengths of another kind, and on a GPU, for which the device without memory stands where there is none.
        PACKING | {"lengths_are": "float32"},
        PACKING | {"lengths_are": "cuda"},
    ],
}


def run(record):
    """Runs the code; what it printed and raised."""
    printed = io.StringIO()
    record |= {"exception": None, "message": None}
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(record["code"] if torch.cuda.is_available() else record["code"].replace('"cuda"', '"meta"'), {})
        except Exception as error:
            record |= {"exception": type(error).__name__, "message": str(error).replace("1D meta", "1D cuda:0")}
    record["printed"] = printed.getvalue().splitlines()
    if record["room"] == "gradients":
        record["gates"] = [gate(record["setup"], make) for make in [nn.LSTM, nn.GRU]]
    return record


def gate(setup, make):
    """The gate that keeps the past, from its equation, and the gradient if its path were the only one."""
    sizes = [setup[key] for key in ["seq_len", "batch", "input_size", "hidden_size"]]
    seq_len, batch, input_size, H = sizes
    torch.manual_seed(setup["seed"])
    x = torch.randn(seq_len, batch, input_size)
    R = torch.randn(seq_len, batch, H) if setup["loss"] == "every_step" else torch.zeros(seq_len, batch, H)
    if setup["loss"] == "last_step":
        R[-1] = 1
    rnn = make(input_size, H)
    with torch.no_grad():
        rnn.weight_hh_l0.mul_(setup["gain"])
        rnn.bias_ih_l0[H : 2 * H].add_(setup["gate_bias"])
    hx, rows, cells = None, [], []
    for t in range(seq_len):
        before = torch.zeros(batch, H) if hx is None else (hx[0] if make is nn.LSTM else hx)[0]
        pre = x[t] @ rnn.weight_ih_l0.T + rnn.bias_ih_l0 + before @ rnn.weight_hh_l0.T + rnn.bias_hh_l0
        rows.append(torch.sigmoid(pre).detach().double())
        _, hx = rnn(x[t : t + 1], hx)
        if make is nn.LSTM:
            hx[1].retain_grad()
            cells.append(hx)
    keeps = [row[:, H : 2 * H] for row in rows]
    product, carried = torch.ones(batch, H).double(), torch.zeros(batch, H).double()
    products, norms = [], []
    for t in reversed(range(seq_len)):
        products.append(product.mean().item())
        if make is nn.GRU:
            carried = carried + R[t].double()
            norms.append(carried.norm().item())
        else:
            norms.append(carried.norm().item())
            slope = rows[t][:, 3 * H :] * (1 - torch.tanh(cells[t][1][0].detach().double()) ** 2)
            carried = carried + R[t].double() * slope
        carried, product = carried * keeps[t], product * keeps[t]
    answer = {
        "mean": [keep.mean().item() for keep in keeps],
        "product": products[::-1],
        "carried": norms[::-1],
    }
    if make is nn.LSTM:
        (torch.cat([h for h, _ in cells]) * R).sum().backward()
        grads = [c.grad for _, c in cells]
        answer["grad_c"] = [0.0 if grad is None else grad.double().norm().item() for grad in grads]
    return answer


if __name__ == "__main__":
    asked = [{"room": room, "setup": setup} for room, setups in SETUPS.items() for setup in setups]
    lines = "".join(json.dumps(record) + "\n" for record in asked)
    command = ["cargo", "run", "--quiet", "-p", "gru-playground", "--example", "lab_code"]
    answered = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    records = [run(json.loads(line)) for line in answered.splitlines()]
    text = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    Path(__file__).with_name("lab").joinpath("rooms.jsonl").write_text(text)
