"""Times a program in this Python, with one thread where it has torch: code.py FILE ROUNDS, milliseconds as JSON."""

import contextlib
import io
import json
import sys
import time
from pathlib import Path

file, rounds = sys.argv[1], int(sys.argv[2])
text = Path(file).read_text()
if "import torch" in text:
    import torch

    torch.set_num_threads(1)
code = compile(text, file, "exec")
times = []
for _ in range(rounds):
    with contextlib.redirect_stdout(io.StringIO()):
        began = time.perf_counter()
        exec(code, {"__name__": "__main__"})
        times.append((time.perf_counter() - began) * 1000)
print(json.dumps(times))
