"""Makes scripts/text.jsonl with real PyTorch: what the script of each text leaves behind.

    python tests/golden/make_text.py

Needs torch and cargo; the committed file was made with torch 2.15.0 on a CPU with AVX2. The crate writes the scripts
(crate/series/examples/text_script.rs), and they are run as they stand, in a folder with the file that they read; the tests of
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
TALE = HERE.parent.parent / "www/src/lab/text/data/tale.txt"
# A mark of UTF-8, ends of lines as Windows has them, characters beyond ASCII and beyond 16 bits, quotes.
OWN = "\ufeff" + "".join(f"\"Größe {line % 7}\" sagt der Müller\\{line % 3}: 🦊 é\t{line * 37 % 11}.\r\n" for line in range(40))
TEXTS = {"tale.txt": TALE.read_text(encoding="utf-8"), "own.txt": OWN}
RUNS = {
    "tale": {"file": "tale.txt", "setup": {"steps": 30, "sample_every": 10, "hidden_size": 24, "batch": 8, "seq_len": 16, "length": 60}},
    "tale-long": {"file": "tale.txt", "setup": {"steps": 120, "sample_every": 60, "hidden_size": 32, "seq_len": 24, "prompt": "The fox", "seed": 3, "sample_seed": 7}},
    "own": {"file": "own.txt", "setup": {"steps": 20, "sample_every": 7, "hidden_size": 9, "embedding_dim": 5, "batch": 3, "seq_len": 7, "lr": 0.03, "length": 25, "temperature": 1.3, "prompt": "\"\\\t🦊", "seed": -5, "sample_seed": -1}},
}


def scripts():
    lines = "".join(json.dumps({"text": TEXTS[run["file"]], **run}) + "\n" for run in RUNS.values())
    command = ["cargo", "run", "--quiet", "--package", "gru-playground-series", "--example", "text_script"]
    printed = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    return [json.loads(line) for line in printed.stdout.splitlines()]


def run(script, file):
    scope = {}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / file).write_bytes(TEXTS[file].encode())
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(script, scope)
        finally:
            os.chdir(before)
    return {name: scope[name] for name in ("vocabulary", "guesses", "losses", "validation", "written", "accuracy")}


if __name__ == "__main__":
    torch.set_num_threads(1)
    with (HERE / "scripts/text.jsonl").open("w") as out:
        for (name, it), script in zip(RUNS.items(), scripts(), strict=True):
            record = {"id": name, **it, "script": script.split("\n"), **run(script, it["file"])}
            if it["file"] != "tale.txt":
                record["text"] = TEXTS[it["file"]]
            out.write(json.dumps(record, separators=(",", ":")) + "\n")
