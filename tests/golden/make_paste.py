"""Runs the mends that the core gives for pasted texts in real PyTorch, and writes paste.jsonl.

Each program in paste/*.py raises (or warns) once; a line `# ==== kind words` begins one, and the kind is the core's. What
Python prints of it is given to the core, its mend is put into the program, and the program must then run to its end, with
its own asserts, and with every tensor that was there before holding the values that it held. Comments of a program say what
the mend cannot know: `# changes: h` names what it replaces on purpose, `# in place of: def forward` which statement it stands
for, where that is not the failing one.

Run: python make_paste.py              asks the core by `cargo xtask paste`
     python make_paste.py COMMAND...   asks it by a command that takes a corpus as its last argument
"""

import ast
import contextlib
import io
import json
import linecache
import pathlib
import re
import subprocess
import sys
import traceback
import warnings

import numpy as np
import torch

from make_snippets import programs

HERE = pathlib.Path(__file__).parent
FILE = "train.py"
HEAD = "import numpy as np\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n"


def run(code):
    """The program's names, and the exception or warning that it gave: its text, its line and what all tensors held then."""
    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    torch.manual_seed(0)
    np.random.seed(0)
    names, given = {"__name__": "__main__"}, None
    tree = ast.parse(code)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for statement in tree.body:
            before = held(names)
            try:
                exec(compile(ast.Module([statement], []), FILE, "exec"), names)
            except Exception as error:
                error.__traceback__ = error.__traceback__.tb_next
                lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
                given = "".join(traceback.format_exception(error)), lines, before
                break
            if caught:
                one = caught[0]
                text = warnings.formatwarning(one.message, one.category, FILE, statement.lineno)
                given = text, [statement.lineno], before
                break
    return names, given


def held(names):
    """The values of every tensor and array, whatever their order."""
    all_ = {}
    for name, value in names.items():
        if isinstance(value, torch.Tensor) and not isinstance(value, torch.nn.Parameter):
            all_[name] = sorted(value.detach().double().flatten().tolist())
        elif isinstance(value, np.ndarray):
            all_[name] = sorted(value.astype(float).flatten().tolist())
    return all_


def plain(text):
    """A text without the places of this machine."""
    return re.sub(r'File "[^"]*?/site-packages/', 'File "/usr/lib/python3/site-packages/', text)


def statement_at(tree, line):
    """The smallest statement that begins before this line and ends after it."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno]
    return min(found, key=lambda node: node.end_lineno - node.lineno)


def targets(statement):
    return [ast.unparse(target) for target in getattr(statement, "targets", [])]


def callee(statement):
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return ast.unparse(calls[0].func).split(".")[-1] if calls else None


def stands_for(mend, failing):
    """Whether a mend does again what the failing statement does; else it is what comes before it."""
    last = mend.body[-1]
    if targets(failing) and targets(failing) == targets(last):
        return True
    if isinstance(failing, ast.Assign):
        names = {name for target in failing.targets for name in (n.id for n in ast.walk(target) if isinstance(n, ast.Name))}
        made = {n.id for node in ast.walk(mend) for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        return bool(names & made)
    if isinstance(failing, (ast.For, ast.AugAssign, ast.Expr)) and not isinstance(last, (ast.Assign, ast.Assert)):
        return True
    return ast.unparse(failing) in ast.unparse(mend)


def mended(code, line, mend, place):
    """The program with the mend in it."""
    tree, lines = ast.parse(code), code.splitlines()
    if place:
        line = next(i for i, text in enumerate(lines, 1) if place in text and not text.startswith("#"))
    failing = statement_at(tree, line)
    indent = " " * failing.col_offset
    new = [indent + text for text in mend.splitlines()]
    first, last = failing.lineno - 1, failing.end_lineno
    try:
        parsed = ast.parse(mend)
    except SyntaxError:
        # The head of a block: what is below it stays.
        if not hasattr(failing, "body"):
            return mend
        return "\n".join(lines[:first] + new + lines[failing.body[0].lineno - 1 :]) + "\n"
    if place or parsed.body and stands_for(parsed, failing):
        return "\n".join(lines[:first] + new + lines[last:]) + "\n"
    return "\n".join(lines[:first] + new + lines[first:]) + "\n"


def told(code, key):
    return next((line.split(":", 1)[1].strip() for line in code.splitlines() if line.startswith(f"# {key}:")), "")


def asked(texts, command):
    """What the core says of each text."""
    file = HERE.parent.parent / "target" / "paste.jsonl"
    file.write_text("".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)))
    command = command or ["cargo", "xtask", "paste", "--corpus"]
    out = subprocess.run([*command, str(file)], cwd=HERE.parent.parent, capture_output=True, text=True, check=True)
    file.unlink()
    return [json.loads(line) for line in out.stdout.splitlines()]


def main(command):
    cases, wrong = [], []
    for path in sorted((HERE / "paste").glob("*.py")):
        for name, code in programs(path):
            code = HEAD + code
            _, given = run(code)
            if given is None:
                wrong.append(f"{name}: it raises nothing")
                continue
            cases.append((name, code, plain(given[0]), given[1], given[2]))
    records = []
    for (name, code, text, lines, before), answer in zip(cases, asked([case[2] for case in cases], command)):
        kind = name.split("/", 1)[1].split(" ")[0]
        if answer["kind"] != kind or not answer["mend"]:
            wrong.append(f"{name}: the core takes it for {answer['kind']}\n{text}")
            continue
        new = mended(code, lines[-1], answer["mend"], told(code, "in place of"))
        try:
            names, given = run(new)
        except SyntaxError as error:
            given = (str(error), [], {})
        if given:
            wrong.append(f"{name}: the mend\n{answer['mend']}\nends in\n{given[0]}")
            continue
        after, tree = held(names), ast.parse(code)
        later = {n.id for node in tree.body if node.end_lineno >= lines[-1] for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        changed = sorted(key for key, values in before.items() if key not in later and after.get(key) != values)
        if changed != [key for key in told(code, "changes").split(", ") if key in changed]:
            wrong.append(f"{name}: the mend\n{answer['mend']}\nchanges {changed}")
            continue
        records.append({"id": name, "kind": kind, "code": code, "text": text, "mend": answer["mend"], "mended": new, "changed": changed})
    (HERE / "paste.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    print(f"{len(records)} mends run, torch {torch.__version__}, Python {sys.version.split()[0]}")
    if wrong:
        sys.exit("\n\n".join([f"{len(wrong)} are wrong:", *wrong]))


if __name__ == "__main__":
    main(sys.argv[1:])
