"""Makes scripts/training.jsonl with real PyTorch: what the script of each training run leaves behind.

    python tests/golden/make_training.py

Needs torch and cargo; the committed file was made with torch 2.15.0 on a CPU with AVX2, the cells' records on another than
the rest, so that the last digits of these may differ. Every task is learned with every optimiser, with options and sizes of
all kinds between them, and then with the other cells and with gates that have a bias. The crate writes the scripts
(examples/training_script.rs), and they are run as they stand; the tests hold the crate to both, the script and what it
computed.
"""

import contextlib
import io
import json
import subprocess
from pathlib import Path

import torch

HERE = Path(__file__).parent
STEPS = 30
TASKS = {
    "recall": {"seq_len": 5, "batch": 24, "hidden_size": 7},
    "adding": {"seq_len": 7, "batch": 16, "hidden_size": 5},
    "order": {"seq_len": 6, "batch": 12, "hidden_size": 4},
    "sine": {"seq_len": 9, "batch": 20, "hidden_size": 6},
}
OPTIMIZERS = {
    "SGD": {"lr": 0.1, "momentum": 0.9, "nesterov": True, "clip_grad_norm": 0.5, "seed": 3},
    "Adam": {"lr": 0.02, "beta_1": 0.8, "num_layers": 2, "dropout": 0.25, "seed": 11},
    "AdamW": {"lr": 0.03, "weight_decay": 0.1, "fresh": False, "seed": -1},
    "RMSprop": {"lr": 0.003, "alpha": 0.9, "momentum": 0.5, "num_layers": 2, "seed": 12345},
    "Adagrad": {"lr": 0.03, "lr_decay": 0.01, "fresh": False, "num_layers": 3, "dropout": 0.1, "clip_grad_norm": 1.0},
}
MORE = {
    "opening": {},
    "plain-sgd": {"task": "sine", "optimizer": "SGD", "lr": 0.05, "weight_decay": 0.01, "batch": 3, "seq_len": 2},
    "short-noise": {"task": "order", "seq_len": 3, "batch": 5, "fresh": False, "weight_decay": 0.01},
    "epochs": {"task": "recall", "seq_len": 4, "batch": 8, "hidden_size": 6, "fresh": False, "train_size": 21, "seed": 5},
    "epochs-dropout": {"task": "order", "seq_len": 5, "batch": 6, "hidden_size": 4, "num_layers": 2, "dropout": 0.2, "fresh": False,
                       "train_size": 14, "optimizer": "AdamW", "lr": 0.03, "weight_decay": 0.1},
    "one-epoch-a-step": {"batch": 16, "hidden_size": 5, "seq_len": 6, "fresh": False, "train_size": 9, "weight_decay": 0.01},
    "early": {"task": "recall", "seq_len": 5, "batch": 12, "hidden_size": 9, "fresh": False, "lr": 0.08, "train_size": 24, "patience": 2},
    "early-sine": {"task": "sine", "seq_len": 6, "batch": 10, "hidden_size": 5, "optimizer": "SGD", "lr": 0.5, "momentum": 0.9, "patience": 1},
}
CELLS = {
    "rnn": {"task": "recall", "cell": "RNN", "seq_len": 5, "batch": 24, "hidden_size": 7, "gate_bias": 3.0},
    "rnn-two-layers": {"task": "adding", "cell": "RNN", "seq_len": 7, "batch": 16, "hidden_size": 5, "num_layers": 2, "dropout": 0.25},
    "lstm": {"task": "order", "cell": "LSTM", "seq_len": 6, "batch": 12, "hidden_size": 4, "optimizer": "SGD", "lr": 0.1},
    "lstm-open-gate": {"task": "recall", "cell": "LSTM", "seq_len": 9, "batch": 20, "hidden_size": 6, "num_layers": 2, "dropout": 0.1, "gate_bias": 1.5, "seed": 4},
    "gru-open-gate": {"task": "recall", "seq_len": 12, "batch": 24, "hidden_size": 7, "gate_bias": 3.0, "seed": 1},
    "gru-open-gates": {"task": "adding", "seq_len": 7, "batch": 16, "hidden_size": 5, "num_layers": 2, "gate_bias": 2.5},
    "gru-shut-gate": {"task": "sine", "seq_len": 9, "batch": 20, "hidden_size": 6, "gate_bias": -2.0},
    "min-gru": {"task": "recall", "cell": "MinGRU", "seq_len": 5, "batch": 24, "hidden_size": 7},
    "min-gru-open-gate": {"task": "adding", "cell": "MinGRU", "seq_len": 7, "batch": 16, "hidden_size": 5, "num_layers": 3, "dropout": 0.2, "gate_bias": 3.0},
}


def setups():
    for task, sizes in TASKS.items():
        for optimizer, options in OPTIMIZERS.items():
            yield f"{task}-{optimizer}", {"task": task, "optimizer": optimizer, "steps": STEPS, **sizes, **options}
    for name, setup in (MORE | CELLS).items():
        yield name, {"steps": STEPS, **setup}


def scripts(all_setups):
    """The script of each, as the crate writes it."""
    lines = "".join(json.dumps(setup) + "\n" for setup in all_setups)
    command = ["cargo", "run", "--quiet", "--package", "gru-playground", "--example", "training_script"]
    printed = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    return [json.loads(line) for line in printed.stdout.splitlines()]


def run(script):
    printed, scope = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        exec(script, scope)
    return {
        "best": [scope["best_step"], scope["best"]] if "best" in scope else None,
        "losses": scope["losses"],
        "validation": scope["validation"],
        "accuracy": scope.get("accuracy"),
        "predictions": scope["predictions"][:3].tolist(),
        "printed": printed.getvalue().splitlines()[-2:],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    named = dict(setups())
    with (HERE / "scripts/training.jsonl").open("w") as file:
        for (name, setup), script in zip(named.items(), scripts(named.values()), strict=True):
            record = {"id": name, "setup": setup, "script": script.split("\n"), **run(script)}
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
