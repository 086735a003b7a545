"""Makes page.json with real PyTorch: what the code that the page shows does.

    python tests/golden/make_page.py

Needs torch; the committed file was made with torch 2.15.0 on a CPU with AVX2. Every entry of CODE is code as
the page must write it, run as it stands. An entry of the file holds that code, what it printed or which
exception it raised, and where it is asked for the numbers of out and h_n, every one of them. The browser's
tests set the page's controls and compare what it shows.
"""

import contextlib
import io
import json
import warnings
from pathlib import Path

import torch
from make_goldens import shortest

BEFORE = ["import torch", "import torch.nn as nn", "", "torch.manual_seed({seed})"]
AFTER = ["print(out.shape)", "print(h_n.shape)"]
PLAIN, WITH_H_0 = "out, h_n = gru(x)", "out, h_n = gru(x, h_0)"
OPENING = "gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)"
INPUT = "x = torch.randn(5, 3, 10)  # (seq_len, batch, input_size)"

# Their out and h_n are kept too.
NUMBERS = {
    "opening": (0, [OPENING, INPUT, PLAIN]),
    "everything": (
        7,
        [
            "gru = nn.GRU(input_size=6, hidden_size=3, num_layers=2, batch_first=True, bidirectional=True)",
            "x = torch.randn(2, 4, 6)  # (batch, seq_len, input_size)",
            "h_0 = torch.randn(4, 2, 3)  # (D * num_layers, batch, hidden_size)",
            WITH_H_0,
        ],
    ),
}

CODE = {
    "missing batch": [
        "gru = nn.GRU(input_size=8, hidden_size=20, num_layers=2)",
        "x = torch.randn(4, 10)  # (seq_len, input_size)",
        PLAIN,
    ],
    "rank 1": [OPENING, "x = torch.randn(10)", PLAIN],
    "rank 4": [OPENING, "x = torch.randn(1, 5, 3, 10)", PLAIN],
    "features": [OPENING, "x = torch.randn(5, 3, 7)  # (seq_len, batch, input_size)", PLAIN],
    "h_0 shape": [
        OPENING,
        INPUT,
        "h_0 = torch.randn(1, 3, 20)  # (D * num_layers, batch, hidden_size)",
        WITH_H_0,
    ],
    "h_0 rank": [OPENING, INPUT, "h_0 = torch.randn(3, 20)", WITH_H_0],
    "h_0 rank, unbatched": [
        OPENING,
        "x = torch.randn(5, 10)  # (seq_len, input_size)",
        "h_0 = torch.randn(2, 1, 20)  # (D * num_layers, batch, hidden_size)",
        WITH_H_0,
    ],
    "input dtype": [
        OPENING,
        "x = torch.randn(5, 3, 10, dtype=torch.float64)  # (seq_len, batch, input_size)",
        PLAIN,
    ],
    "h_0 dtype": [
        OPENING,
        INPUT,
        "h_0 = torch.randn(2, 3, 20, dtype=torch.float64)  # (D * num_layers, batch, hidden_size)",
        WITH_H_0,
    ],
    "dropout": ["gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, dropout=1.5)", INPUT, PLAIN],
    "hidden_size 0": ["gru = nn.GRU(input_size=10, hidden_size=0, num_layers=2)", INPUT, PLAIN],
    "hidden_size float": ["gru = nn.GRU(input_size=10, hidden_size=2.5, num_layers=2)", INPUT, PLAIN],
    "num_layers 0": ["gru = nn.GRU(input_size=10, hidden_size=20, num_layers=0)", INPUT, PLAIN],
    "empty sequence": [OPENING, "x = torch.randn(0, 3, 10)  # (seq_len, batch, input_size)", PLAIN],
    "dropout, one layer": ["gru = nn.GRU(input_size=10, hidden_size=20, dropout=0.5)", INPUT, PLAIN],
}


def run(name, lines, seed=0, numbers=False):
    """Runs code as the page shows it; what it leaves behind is what it says."""
    code = "\n".join([*BEFORE, *lines, *AFTER]).format(seed=seed)
    printed, scope = io.StringIO(), {}
    record = {"id": name, "code": code, "exception": None, "message": None, "warnings": []}
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            exec(code, scope)
        except Exception as error:
            record |= {"exception": type(error).__name__, "message": str(error)}
    record["warnings"] = [f"{warning.category.__name__}: {warning.message}" for warning in warned]
    record["printed"] = printed.getvalue().splitlines()
    if numbers:
        record |= {key: shortest(scope[key]) for key in ["out", "h_n"]}
    return record


if __name__ == "__main__":
    records = [run(name, lines, seed, numbers=True) for name, (seed, lines) in NUMBERS.items()]
    records += [run(name, lines) for name, lines in CODE.items()]
    text = json.dumps({"torch": torch.__version__.split("+")[0], "records": records}, separators=(",", ":"))
    # One record a line, so that a change shows where it is.
    text = text.replace('{"id":', '\n{"id":').replace("}]}", "}\n]}") + "\n"
    Path(__file__).with_name("page.json").write_text(text)
