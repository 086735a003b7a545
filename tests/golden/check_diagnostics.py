"""Compares what `diagnose` says of random calls with what real PyTorch does.

    cargo build --example diagnose
    python tests/golden/check_diagnostics.py target/debug/examples/diagnose --calls 5000 --seed 1

The generated code of every call is run as it stands; exception type and message, warnings, and the
printed shapes must be the same. The PyTorch that runs is the release asked for, so an older one, in a
Python that takes it, checks what is said of that. `--write FILE --keep N` keeps N of the calls with
PyTorch's answers, spread over the kinds of mistakes.

    python tests/golden/check_diagnostics.py target/debug/examples/diagnose --options --write tests/golden/options.jsonl

checks options that are misspelt, written twice or of another kind, alone and beside other mistakes, and keeps
all of them: `tests/rust/diagnostic_facts.rs` holds the crate to that file.

    python tests/golden/check_diagnostics.py target/debug/examples/diagnose --fixes --calls 2000 --write tests/golden/fixes.jsonl

runs what each fix writes behind the code that raised, on the tensors that it has made: none may raise, and the shapes
must be those that the mended call has. It keeps the calls of `fix_calls`; the random ones are checked alone.
"""

import argparse
import contextlib
import io
import json
import random
import re
import subprocess
import sys
import warnings

import torch

SIZES = [1, 2, 3, 4, 5, 8, 10, 16]
FLOATING = ["float32", "float64", "float16", "bfloat16"]
OTHER = ["int64", "int32", "uint8", "bool", "complex64"]
VALUES = [
    {"int64": 2}, {"int64": 7}, {"int64": 0}, None, True, False, 0, 1, 2, -1, 7, {"float": 2}, {"float": 0}, {"float": -1}, 0.5, -0.5, 1.5, "2", "yes", "", "False",
    [], [2], [3, "a"], {"tuple": []}, {"tuple": [2]}, {"tuple": [5, 8]}, "it's", 'say "x"', "a\\b\n",
]
DROPOUTS = [0.5, 0.1, 1, {"float": 1}, 0, -0.1, 1.5, 20, True, False, None, "0.5", " 1e-3 ", "abc", "1_0", "_1", "nan", "", [], {"tuple": [0.5]}, 1e-7, 1e22]
MISSPELT = [
    "num_layer", "n_layers", "layers", "Num_Layers", "numlayers", "hidden_sise", "hidden_dim", "input_dim", "in_size", "biased", "use_bias", "batchfirst",
    "batch_fist", "drop", "droput", "dropout_rate", "bidir", "bidirection", "bi_directional", "devcie", "nonlinearity", "return_sequences", "constructor",
    "toString", "hasOwnProperty", "__proto__", "args", "kwargs",
]
NAMES = [*MISSPELT, "seq_len", "proj_size", "mode", "self", "bidir", "batchfirst", "layers", "device", "dtype", "a b", "", "lambda", "nonlinearity"]
# Before 1.12 a number of bytes that overflows wraps around, and PyTorch may crash.
IMMENSE = [2**45, 2**53, 2**60, 2**62] if torch.__version__ >= "1.12" and not torch.__version__.startswith(("1.7", "1.8", "1.9")) else [2**45]


def chance(r, p):
    return r.random() < p


def random_config(r, mistakes):
    config = {"input_size": r.choice(SIZES), "hidden_size": r.choice(SIZES)}
    if chance(r, 0.5):
        config["num_layers"] = r.choice([1, 2, 3])
    for name in ("bias", "batch_first", "bidirectional"):
        if chance(r, 0.4):
            config[name] = chance(r, 0.5)
    if chance(r, 0.2):
        config["dropout"] = r.choice([0.5, 0.2, 1, 0, {"float": 1}])
    if chance(r, 0.1):
        config["dtype"] = r.choice(FLOATING)
    for _ in range(mistakes):
        kind = r.randrange(9)
        if kind < 4:
            name = r.choice(["input_size", "hidden_size", "num_layers", "bias", "batch_first", "bidirectional"])
            config[name] = r.choice(VALUES)
        elif kind == 4:
            config["dropout"] = r.choice(DROPOUTS)
        elif kind == 5:
            config.pop(r.choice(["input_size", "hidden_size"]), None)
        elif kind == 6:
            config.setdefault("other", []).append([r.choice(NAMES), r.choice([None, 1, "cpu", 4, True])])
        elif kind == 7:
            config["dtype"] = r.choice(OTHER)
        else:
            config[r.choice(["input_size", "hidden_size"])] = r.choice(IMMENSE)
    return config


def option_calls():
    """Options that are misspelt, written twice or of another kind, alone and beside other mistakes."""
    legal = {"input_size": 10, "hidden_size": 20}
    configs = [dict(legal, other=[[name, 2]]) for name in [*MISSPELT, "mode", "self", "proj_size", "a b", "lambda", ""]]
    for other in (
        [["num_layer", 2], ["hiden_size", 3]], [["hiden_size", 3], ["num_layer", 2]], [["num_layer", 2], ["mode", "GRU"]], [["mode", "GRU"], ["num_layer", 2]],
        [["num_layer", 2], ["proj_size", 3]], [["num_layer", 2], ["self", 1]], [["num_layer", 2], ["num_layer", 3]], [["num_layers", 3]],
        [["hidden_size", 5]], [["num_layer", 2], ["bias", True]],
    ):
        configs.append(dict(legal, other=other))
        configs.append(dict(legal, num_layers=2, bias=False, other=other))
    misspelt = {"other": [["num_layer", 2]]}
    for wrong in (
        {}, {"input_size": 10}, {"hidden_size": 20}, {**legal, "dropout": 1.5}, {**legal, "dropout": None}, {**legal, "dropout": 0.5}, {**legal, "num_layers": 0},
        {**legal, "num_layers": {"float": 2}}, {"input_size": "10", "hidden_size": -1}, {**legal, "dtype": "int64"}, {**legal, "bias": 1, "batch_first": None},
    ):
        configs += [wrong, {**wrong, **misspelt}]
    for name in ("input_size", "hidden_size", "num_layers"):
        configs += [{**legal, name: value} for value in ({"int64": 2}, {"int64": 0}, {"int64": -1}, {"float": 2}, 1.5, 2.5, -1.5, {"float": 0}, {"float": -2}, 1e99, -1e99, 0, -1, True, False, None, "2", [2], {"tuple": [2, 3]})]
    for input in ({"shape": [5, 3, 10]}, {"shape": [5, 3, 7]}, {"shape": [-1, 3, 10]}):
        for config in configs if input["shape"] == [5, 3, 10] else [dict(legal, **misspelt)]:
            yield {"config": config, "input": input}
    # Types of arguments are looked at before sizes.
    for other in (["dtype", "cpu"], ["dtype", 5], ["device", True]):
        yield {"config": {**legal, "hidden_size": 2**45, "other": [other]}, "input": {"shape": [5, 3, 10]}}
    # Sizes that NumPy refuses, in their order.
    for dtype in ("float64", "float32", "int64", "int32", "uint8", "bool"):
        for shape in ([5, -3, 10], [-1], [2**45, 2**45, 10], [2**40, 0, 2**40], [2**45, 2**20, -1], [0, 2**53, 2**20]):
            if numpy_refuses(shape, dtype):
                yield {"config": legal, "input": {"array": shape, "dtype": dtype}}
    for shape in ([1, -3, 20], [1, 2**45, 2**45]):
        yield {"config": legal, "input": {"shape": [5, 3, 10]}, "h_0": {"array": shape, "dtype": "float32"}}


def numpy_refuses(shape, dtype):
    """Whether NumPy refuses sizes by themselves: else it may be short of memory, which is not said here."""
    count = {"bool": 1, "uint8": 1, "int32": 4}.get(dtype, 8)
    for size in shape:
        if size < 0 or count * size >= 2**63:
            return True
        count *= size or 1
    return False


def fix_calls():
    """Mistakes of which a tensor that a learner has can be mended, each in both layouts."""
    sizes = {"input_size": 10, "hidden_size": 20}
    for batch_first in (False, True):
        config = dict(sizes, batch_first=batch_first)
        one = dict(config, input_size=1)
        x = [3, 5, 10] if batch_first else [5, 3, 10]
        for of, shape in (
            (one, [32, 10]), (one, [32]), (one, []), (one, [4, 1, 5, 1]), (config, [10]), (config, [7]), (config, []), (config, [4, 7]), (config, [10, 4]), (config, [4, 12]),
            (config, [5, 10, 3]), (config, [10, 5, 3]), (config, [5, 3, 12]), (config, [5, 3, 7]), (config, [8, 10, 4, 7]), (config, [8, 5, 2, 7]), (config, [8, 3, 4, 6]),
            (config, [5, 1, 3, 10]), (config, [1, 5, 1, 3, 10]), (config, [2, 5, 3, 10]), (config, [2, 3, 4, 5, 6]), (config, [32, 64, 10]), (config, [5, 10]),
        ):
            yield {"config": of, "input": {"shape": shape}}
        for shape, h_0 in (
            ([32, 10], [1, 32, 20]), ([32, 10], [1, 1, 20]), ([32, 10], [1, 4, 20]), ([32, 10], [20]), (x, [1, 20]), (x, [3, 20]), (x, [3, 1, 20]), (x, [1, 1, 20]), (x, [1, 64, 20]),
            (x, [1, 2, 20]), (x, [1, 5, 20]), (x, [2, 3, 20]), (x, [1, 3, 7]), (x, [5, 64, 7]), ([5, 10], [1, 1, 20]),
        ):
            yield {"config": config, "input": {"shape": shape}, "h_0": {"shape": h_0}}
        yield {"config": dict(config, num_layers=2), "input": {"shape": x}, "h_0": {"shape": [3, 20]}}
        for dtype in (*FLOATING, *OTHER):
            yield {"config": config, "input": {"shape": x, "dtype": dtype}}
            yield {"config": config, "input": {"shape": x[1:], "dtype": dtype}}
            yield {"config": dict(config, dtype="float64"), "input": {"shape": [4, 6], "dtype": dtype}}
            yield {"config": config, "input": {"shape": x}, "h_0": {"shape": [1, 3, 20], "dtype": dtype}}
            yield {"config": config, "input": {"shape": x}, "h_0": {"shape": [1, 64, 20], "dtype": dtype}}
            if dtype != "bfloat16":
                yield {"config": config, "input": {"array": x, "dtype": dtype}}
                yield {"config": config, "input": {"shape": x}, "h_0": {"array": [1, 3, 20], "dtype": dtype}}
        for place in ({"device": "cuda"}, {"device": "cpu"}):
            yield {"config": config, "input": {"shape": x, **place}}
            yield {"config": config, "input": {"shape": x, **place}, "h_0": {"shape": [1, 64, 20]}}
            yield {"config": dict(config, other=[["device", "cuda"]]), "input": {"shape": x, **place}, "h_0": {"shape": [1, 3, 20], "device": "cpu"}}
            yield {"config": dict(config, other=[["device", "cuda"]]), "input": {"shape": x, **place}}
        yield {"config": dict(config, hidden_size={"int64": 20}), "input": {"shape": x}}
        yield {"config": dict(config, input_size={"int64": 10}), "input": {"shape": x}}
        yield {"config": config, "input": {"value": [[0.5] * 10] * 4}}
        yield {"config": dict(config, dtype="float64"), "input": {"value": [[[1] * 10] * 3] * 4}}
        yield {"config": one, "input": {"value": [0.5, 1.5, 2.5]}}


def with_fix(code, fix):
    """The code with what a fix writes behind what made the tensors, or in place of it where it does not need them."""
    lines = [line.split("  # (")[0] for line in code.split("\n")]
    written = dict(line.split(" = ", 1) for line in fix.split("\n"))
    program = []
    for line in lines:
        name = line.split(" = ")[0]
        if name == "out, h_n":
            break
        if name == "h_0" and written.get("out, h_n") == "gru(x)":
            continue
        if name not in written or name in ("x", "h_0") and re.search(rf"\b{name}\b", written[name]):
            program.append(line)
    order = [name for name in ("gru", "x", "h_0") if name in written]
    program += [f"{name} = {written[name]}" for name in order]
    call = written.get("out, h_n", "gru(x, h_0)" if any(line.startswith("h_0 = ") for line in program) else "gru(x)")
    return "\n".join([*program, f"out, h_n = {call}", "print(out.shape)", "print(h_n.shape)"])


def check_fixes(records):
    """Runs every fix; how many agree, and the records with those that do."""
    agreed, differ, kept = 0, 0, []
    for record in records:
        if any(item["code"] == "memory" for item in record["diagnosis"]["diagnostics"]):
            continue
        fixes = []
        for fix in record["fixes"]:
            if "needs" in fix["statement"]:
                continue
            program = with_fix(record["code"], fix["code"])
            if not torch.cuda.is_available():
                # Nothing can be copied from where there is no memory.
                program = re.sub(r"= (.+)\.to\(('cpu'|x\.device)\)", r"= torch.empty_like(\1, device=\2)", program)
            answer = run(program)
            if depends_on_machine(answer):
                continue
            if answer["exception"] or answer["printed"] != fix["printed"]:
                differ += 1
                print(record["code"], f"fix: {fix}", program, f"PyTorch: {answer}", "", sep="\n")
                continue
            agreed += 1
            fixes.append(fix)
        kept.append({"call": record["call"], "fixes": fixes})
    return agreed, differ, kept


def number(config, name, default):
    value = config.get(name, default)
    return int(value) if isinstance(value, (bool, int)) and 0 <= int(value) <= 16 else default


def random_call(seed):
    r = random.Random(seed)
    config = random_config(r, r.choice([0, 0, 0, 0, 0, 1, 1, 2]))
    features, hidden = number(config, "input_size", 8), number(config, "hidden_size", 16)
    batch, steps = r.choice([0, *SIZES]), r.choice([0, *SIZES, *SIZES])
    states = number(config, "num_layers", 1) * (2 if config.get("bidirectional") else 1)
    batched = chance(r, 0.7)
    if not batched:
        shape = [steps, features]
    elif config.get("batch_first"):
        shape = [batch, steps, features]
    else:
        shape = [steps, batch, features]
    h_0 = [states, batch, hidden] if batched else [states, hidden]

    def mutated(shape):
        shape = list(shape)
        kind = r.randrange(8)
        if kind < 3 and shape:
            shape[r.randrange(len(shape))] = r.choice([0, *SIZES])
        elif kind == 3:
            r.shuffle(shape)
        elif kind == 4:
            shape.insert(r.randint(0, len(shape)), r.choice([1, 1, 2, 5]))
        elif kind == 5 and shape:
            del shape[r.randrange(len(shape))]
        elif kind == 6 and shape:
            shape[r.randrange(len(shape))] = r.choice([-1, -3, *IMMENSE])
        else:
            shape = [r.choice(SIZES) for _ in range(r.choice([0, 1, 2, 3, 4, 5]))]
        return shape

    for _ in range(r.choice([0, 0, 1, 1, 2])):
        shape = mutated(shape)
    dtype = config.get("dtype", "float32")

    def argument(shape):
        if chance(r, 0.04):
            return {"value": r.choice([None, 0, 1.5, "hello", [[0.5, 1.5], [2.5, 3.5]], {"tuple": [1, 2]}, True, []])}
        kind = r.choice(FLOATING + OTHER) if chance(r, 0.1) else dtype
        # What other devices say of sizes that they refuse is not said here.
        is_made = all(0 <= size < 100 for size in shape)
        if chance(r, 0.04) and kind != "bfloat16" and (is_made or numpy_refuses(shape, kind)):
            return {"array": shape, "dtype": kind}
        device = {"device": r.choice(["cuda", "cuda", "cpu"])} if chance(r, 0.06) and is_made else {}
        return {"shape": shape, "dtype": kind, **device}

    call = {"config": config, "input": argument(shape)}
    if chance(r, 0.5):
        for _ in range(r.choice([0, 0, 1, 1, 2])):
            h_0 = mutated(h_0)
        call["h_0"] = argument(h_0)
    return call


def run(code):
    """What PyTorch does: exception type and message, warnings, and what is printed.

    Where there is no GPU, the device without memory stands for one.
    """
    code = code if torch.cuda.is_available() else code.replace("'cuda'", "'meta'")
    printed = io.StringIO()
    answer = {"exception": None, "message": None}
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            exec(compile(code, "call", "exec"), {})
        except Exception as problem:  # noqa: BLE001 - every exception is an answer
            answer["exception"] = type(problem).__name__
            answer["message"] = problem.msg if isinstance(problem, SyntaxError) else str(problem).replace("at meta", "at cuda:0")
    answer["warnings"] = [[item.category.__name__, str(item.message)] for item in caught if item.category is UserWarning and "NumPy" not in str(item.message)]
    answer["printed"] = printed.getvalue().split("\n")[:-1]
    return answer


def as_spelt_today(answer):
    """Argument errors as Python 3.10 and later spell them, for the releases that run on it."""
    message = answer["message"]
    before = tuple(map(int, torch.__version__.split(".")[:2])) < (1, 11)
    if message and sys.version_info < (3, 10) and not before:
        if message.startswith("__init__()"):
            owner = "GRU" if "'self'" in message else "RNNBase"
            message = f"{owner}.{message}"
        message = message.replace("must be a string or a number", "must be a string or a real number")
    # Python 3.13 and later add a guess of their own.
    if message and "unexpected keyword argument" in message:
        message = message.split(". Did you mean")[0]
    answer["message"] = message
    return answer


def said(diagnosis):
    """What `diagnose` says, in the same form."""
    error = next((item for item in diagnosis["diagnostics"] if item["severity"] == "error"), None)
    found = [item for item in diagnosis["diagnostics"] if item["severity"] == "warning"]
    printed = []
    if diagnosis["trace"]:
        tensors = diagnosis["trace"]["tensors"]
        for role in ("output", "h_n"):
            shape = next(tensor["shape"] for tensor in tensors if tensor["role"] == role)
            printed.append(str(torch.Size(map(int, shape))))
    return {
        "exception": error and error["exception"],
        "message": error and error["message"],
        "warnings": [[item["exception"], item["message"]] for item in found],
        "printed": printed,
    }


OVERFLOW = "Overflow when unpacking long long"


def without_trace(answer):
    """Without the C++ stack trace that PyTorch prints into one of its messages."""
    if answer["message"] and OVERFLOW in answer["message"]:
        answer["message"] = answer["message"].split(OVERFLOW)[0] + OVERFLOW + '"'
    return answer


def depends_on_machine(answer):
    """Memory that one machine has and another has not, and devices."""
    return answer["message"] is not None and any(
        words in answer["message"] for words in ("can't allocate memory", "not enough memory", "larger than max_size()", "bad_alloc", "device type", "NVIDIA", "CUDA", "accelerator")
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("diagnose", help="the built example `diagnose`")
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--from-file", help="check these calls, one JSON object a line, instead of random ones")
    parser.add_argument("--options", action="store_true", help="check the options of `option_calls`, and keep all of them")
    parser.add_argument("--fixes", action="store_true", help="run what the fixes of `fix_calls` and of random calls write, and keep those of `fix_calls`")
    parser.add_argument("--write", help="write calls with PyTorch's answers here")
    parser.add_argument("--keep", type=int, default=300)
    arguments = parser.parse_args()

    release = torch.__version__.split("+")[0]
    if arguments.options:
        calls = [dict(call, release=release) for call in option_calls()]
        arguments.keep = len(calls)
    elif arguments.from_file:
        with open(arguments.from_file, encoding="utf-8") as file:
            calls = [json.loads(line) for line in file]
    else:
        calls = [dict(random_call(f"{arguments.seed}/{index}"), release=release) for index in range(arguments.calls)]
    if arguments.fixes:
        calls = [dict(call, release=release) for call in fix_calls()] + calls
    told = subprocess.run(
        [arguments.diagnose], input="\n".join(map(json.dumps, calls)), stdout=subprocess.PIPE, universal_newlines=True, encoding="utf-8", check=True
    )
    if arguments.fixes:
        records = [json.loads(line) for line in told.stdout.rstrip("\n").split("\n")]
        chosen = len(list(fix_calls()))
        agreed, differ, kept = check_fixes(records)
        print(f"{agreed} fixes agree, {differ} differ; PyTorch {torch.__version__}")
        if arguments.write:
            with open(arguments.write, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in kept[:chosen])
        return 1 if differ else 0
    failed = skipped = 0
    kept = {}
    for line in told.stdout.rstrip("\n").split("\n"):
        record = json.loads(line)
        if any(item["code"] == "memory" for item in record["diagnosis"]["diagnostics"]):
            skipped += 1
            continue
        answer = as_spelt_today(without_trace(run(record["code"])))
        if depends_on_machine(answer):
            skipped += 1
            continue
        ours = said(record["diagnosis"])
        # It compares no types.
        if ours["message"] and "not the same dtype" in ours["message"] and not torch.cuda.is_available():
            skipped += 1
            continue
        if answer != ours:
            failed += 1
            print(record["code"], f"PyTorch: {answer}", f"ours:    {ours}", "", sep="\n")
            continue
        error = next(iter(record["diagnosis"]["diagnostics"]), {"code": "legal"})
        kept.setdefault((error["code"], answer["exception"]), []).append({"call": record["call"], "code": record["code"], **answer})
    passed = len(calls) - failed - skipped
    print(f"{passed} agree, {failed} differ, {skipped} depend on the machine; PyTorch {torch.__version__}")
    print("kinds:", {f"{code} {exception or ''}".strip(): len(found) for (code, exception), found in sorted(kept.items(), key=str)})
    if arguments.write:
        with open(arguments.write, "w", encoding="utf-8") as file:
            for record in spread(kept, arguments.keep):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 1 if failed else 0


def spread(kept, number):
    """So many records, taken from the kinds in turn."""
    queues = [list(records) for _, records in sorted(kept.items(), key=str)]
    chosen = []
    while len(chosen) < number and any(queues):
        for queue in queues:
            if queue and len(chosen) < number:
                chosen.append(queue.pop(0))
    return chosen


if __name__ == "__main__":
    sys.exit(main())
