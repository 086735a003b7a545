"""Writes random programs of the Python and PyTorch that the runner supports, and asks real PyTorch what they do.

A program grows statement by statement. Each statement is tried while it is written, so that the next one knows the real
shapes and types; a statement that raises is kept at times, caught or as the program's end. What is kept is run again from
its first line, once for each of two CPU capabilities: where their last digits differ the answer is marked.

Run: python make_random_programs.py                      remakes random_programs.jsonl.zlib
     python make_random_programs.py SEED COUNT FILE      COUNT others, as lines of JSON
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import zlib

import torch

from make_snippets import answer
from random_programs import course, language, tensors

HERE = pathlib.Path(__file__).parent
SEED, COUNT = 15, 2000


def asked(name, code):
    """What a program prints, warns of and raises, after the same draws of both streams."""
    random.seed(12345)
    record = answer(name, code)
    record["warnings"] = sorted({f"{it['category']}: {it['message']}" for it in record["warnings"]})
    return record


def program(seed):
    """One program: most are of tensors, some of Python alone, some are a course's."""
    r = random.Random(seed)
    kind = r.choices([tensors, language, course], [5, 3, 4])[0]
    return kind.__name__.rpartition(".")[2], kind.program(r)


def told_alike(text, other):
    """Whether two outputs differ in digits alone."""
    blank = str.maketrans("123456789", "000000000")
    return text.translate(blank) == other.translate(blank)


def answers(seed, count):
    programs = []
    for i in range(count):
        kind, code = program(seed * 1_000_003 + i)
        programs.append((f"{kind}/{seed}-{i}", code))
    # The same on a machine without wide vectors, in a process of its own.
    capability = {**os.environ, "ATEN_CPU_CAPABILITY": "default"}
    plain = subprocess.run([sys.executable, __file__, "--answer"], input=json.dumps(programs), capture_output=True, text=True, env=capability, check=True)
    for (name, code), other in zip(programs, plain.stdout.splitlines()):
        record, other = asked(name, code), json.loads(other)
        if record != other:
            same = all(record[key] == other[key] for key in ("exception_type", "error_line"))
            if not same or not told_alike(record["stdout"], other["stdout"]) or record["message"] != other["message"]:
                continue
            record["stable_across_cpu_capability"] = False
        if " at 0x" not in record["stdout"]:
            yield record


def main(args):
    torch.set_num_threads(1)
    if args == ["--answer"]:
        for name, code in json.loads(sys.stdin.read()):
            print(json.dumps(asked(name, code)))
        return
    if args:
        seed, count, file = int(args[0]), int(args[1]), args[2]
        lines = [json.dumps(record) for record in answers(seed, count)]
        pathlib.Path(file).write_text("\n".join(lines) + "\n")
    else:
        # Some are left out, as above.
        lines = [json.dumps(record) for record in answers(SEED, COUNT + COUNT // 5)][:COUNT]
        text = "\n".join(lines) + "\n"
        (HERE / "random_programs.jsonl.zlib").write_bytes(zlib.compress(text.encode(), 9))
    print(f"{len(lines)} programs, torch {torch.__version__}, Python {sys.version.split()[0]}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
