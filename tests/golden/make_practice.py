"""Runs the proofs of practice questions in PyTorch and writes what they print: tests/golden/practice/draws.jsonl.

    python tests/golden/make_practice.py target/debug/examples/draws

The example writes some draws of every generator; a proof is a program that prints the text of the right option.
"""

import contextlib
import io
import json
import pathlib
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
draws = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout
lines = []
for line in draws.splitlines():
    record = json.loads(line)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(record["proof"], {"__name__": "__main__"})  # our own program
    record["printed"] = printed.getvalue().rstrip("\n")
    lines.append(json.dumps(record))
path = pathlib.Path(__file__).parent / "practice" / "draws.jsonl"
path.parent.mkdir(exist_ok=True)
path.write_text("\n".join(lines) + "\n")
