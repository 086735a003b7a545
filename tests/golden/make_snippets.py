"""Asks real PyTorch what the programs in snippets/*.py print and raise, and writes snippets.jsonl.

Each file holds many programs; a line `# ==== name` begins one. Run: python make_snippets.py
"""

import contextlib
import io
import json
import pathlib
import sys
import traceback
import warnings

import torch

HERE = pathlib.Path(__file__).parent


def programs(path):
    name, lines = None, []
    for line in path.read_text().splitlines():
        if line.startswith("# ==== "):
            if name:
                yield name, "\n".join(lines).strip("\n") + "\n"
            name, lines = f"{path.stem}/{line[7:].strip()}", []
        else:
            lines.append(line)
    if name:
        yield name, "\n".join(lines).strip("\n") + "\n"


def answer(name, code):
    record = {"id": name, "code": code, "exception_type": None, "message": None, "last_line": None, "error_line": None}
    torch.manual_seed(12345)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(compile(code, "program.py", "exec"), {"__name__": "__main__"})
        except BaseException as error:
            record["exception_type"] = type(error).__name__
            record["message"] = str(error) if not isinstance(error, SyntaxError) else error.msg
            record["last_line"] = "".join(traceback.format_exception_only(error)).rstrip("\n").splitlines()[-1]
            lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "program.py"]
            if sys.version_info < (3, 12) and isinstance(error, (NameError, AttributeError, ImportError)):
                record["last_line"] = None  # what was meant is named since 3.12
            record["error_line"] = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
    record["stdout"] = out.getvalue()
    seen = []
    for w in caught:
        entry = {"category": w.category.__name__, "message": str(w.message)}
        if entry not in seen:
            seen.append(entry)
    record["warnings"] = seen
    return record


def main():
    with open(HERE / "snippets.jsonl", "w") as file:
        for path in sorted((HERE / "snippets").glob("*.py")):
            for name, code in programs(path):
                file.write(json.dumps(answer(name, code)) + "\n")
    print(f"torch {torch.__version__}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
