"""Makes scripts/series.jsonl with real PyTorch: what the script of each forecast leaves behind.

    python tests/golden/make_series.py

Needs torch and cargo; the committed file was made with torch 2.15.0 on a CPU with AVX2. The crate writes the scripts
(crate/series/examples/series_script.rs), and they are run as they stand, in a folder with the file that they read; the tests of
crate/series hold the crate to both, the script and what it computed.
"""

import contextlib
import io
import json
import os
import subprocess
import tempfile
from pathlib import Path

import torch

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "www/src/lab/series/data"
OWN = "day;price\n" + "".join(
    f"2024-{1 + day // 28:02}-{1 + day % 28:02};" + ("n/a" if day in (3, 60) else f"{10 + (day * 37 % 101) / 10:.1f}".replace(".", ",")) + "\n"
    for day in range(130)
)
# So long that not every window of validation and test is judged.
LONG = "v\n" + "".join(f"{step * 7919 % 1013}\n" for step in range(2000))
OWN_TEXTS = {"own.csv": OWN, "long.csv": LONG}
RUNS = {
    "nile": {"file": "nile.csv", "column": "volume", "setup": {"steps": 40}},
    "nile-change": {"file": "nile.csv", "column": None, "setup": {"steps": 20, "difference": True, "horizon": 3, "season": 4, "seed": -5, "batch": 7}},
    "co2": {"file": "co2.csv", "column": None, "setup": {"seq_len": 24, "season": 12, "difference": True, "horizon": 12, "steps": 30, "seed": 3}},
    "co2-level": {"file": "co2.csv", "column": "co2_ppm", "setup": {"seq_len": 6, "hidden_size": 5, "batch": 20, "lr": 0.03, "horizon": 24, "steps": 20}},
    "own": {"file": "own.csv", "column": "price", "setup": {"seq_len": 5, "horizon": 4, "steps": 25, "season": 7, "hidden_size": 3}},
    "long": {"file": "long.csv", "column": "v", "setup": {"seq_len": 3, "horizon": 2, "steps": 20, "batch": 64}},
}


def text(file):
    return OWN_TEXTS[file] if file in OWN_TEXTS else (DATA / file).read_text(encoding="utf-8")


def scripts():
    lines = "".join(json.dumps({"csv": text(run["file"]), **run}) + "\n" for run in RUNS.values())
    command = ["cargo", "run", "--quiet", "--package", "gru-playground-series", "--example", "series_script"]
    printed = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    return [json.loads(line) for line in printed.stdout.splitlines()]


def run(script, file):
    scope = {}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / file).write_text(text(file), encoding="utf-8")
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(script, scope)
        finally:
            os.chdir(before)
    return {
        "losses": scope["losses"],
        "validation": scope["validation"],
        "forecast": scope["told"][0].tolist(),
        "beyond": scope["beyond"].tolist(),
        "next_error": scope["next_error"],
        "error": scope["error"],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    with (HERE / "scripts/series.jsonl").open("w") as out:
        for (name, it), script in zip(RUNS.items(), scripts(), strict=True):
            record = {"id": name, **it, "script": script.split("\n"), **run(script, it["file"])}
            if it["file"] in OWN_TEXTS:
                record["csv"] = OWN_TEXTS[it["file"]]
            out.write(json.dumps(record, separators=(",", ":")) + "\n")
