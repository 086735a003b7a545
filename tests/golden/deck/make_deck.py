"""Asks real PyTorch what the deck's broken programs and their mends do, and writes answers.jsonl.

    cargo run -p gru-playground-code --example deck -- tests/golden/deck/programs.jsonl
    python tests/golden/deck/make_deck.py

Needs torch alone. Each answer has what was printed and the exception with its line, or null, and the tensors that were left,
so that the core's numbers can be held to them.
"""

import contextlib
import io
import json
import traceback
from pathlib import Path

import torch

HERE = Path(__file__).parent


def left(names):
    """The tensors of floats among the global names, as lists."""
    found = {}
    for name, value in sorted(names.items()):
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            found[name] = {"shape": list(value.shape), "data": [round(float(x), 6) for x in value.detach().flatten()[:8]]}
    return found


with (HERE / "answers.jsonl").open("w") as answers:
    for line in (HERE / "programs.jsonl").read_text().splitlines():
        program = json.loads(line)
        printed, names, raised = io.StringIO(), {"__name__": "__main__"}, None
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(program["code"], "<deck>", "exec"), names)
        except Exception as error:
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<deck>"]
            raised = {"kind": type(error).__name__, "message": str(error), "line": lines[-1]}
        answer = {**program, "stdout": printed.getvalue(), "raised": raised, "tensors": left(names)}
        answers.write(json.dumps(answer) + "\n")
