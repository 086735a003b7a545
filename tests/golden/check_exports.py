"""Runs the exports in exports/ where they are meant to run: ONNX in onnxruntime, the Python files in PyTorch.

    cargo run --example export_weights -- tests/golden/exports
    python tests/golden/check_exports.py

Needs torch, onnx and onnxruntime; says so and ends well where one is missing. Every model must be valid and give
what the module of the Python file gives, also for other lengths and batches than the call's. What onnxruntime
gave for the call's own input is written to results.jsonl, which a test of the core holds its forward pass to.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

try:
    import numpy as np
    import onnx
    import onnxruntime
    import torch
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(0)

FOLDER = Path(__file__).parent / "exports"
LIMIT = 2e-6


def numbers(array):
    return {"shape": list(array.shape), "data": [float(str(value)) for value in array.ravel()]}


def ran(code):
    """What a Python file leaves behind, and what it printed."""
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "<export>", "exec"), names)
    return names, printed.getvalue().splitlines()


def given(session, x, h_0):
    feed = {"input": x.numpy()} | ({} if h_0 is None else {"h_0": h_0.numpy()})
    assert {value.name for value in session.get_inputs()} == set(feed), "other inputs than the call's"
    return session.run(["output", "h_n"], feed)


def check(name):
    model = onnx.load(FOLDER / f"{name}.onnx")
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    code = (FOLDER / f"{name}.py.txt").read_text()
    names, printed = ran(code)
    # The weights in the file are those that the seed draws.
    drawn = {}
    seeded = "\n".join(line for line in code.splitlines() if line.startswith(("import", "torch.manual_seed", "gru = ")))
    exec(seeded, drawn)
    for (key, ours), theirs in zip(names["gru"].state_dict().items(), drawn["gru"].state_dict().values()):
        assert torch.equal(ours, theirs), f"{name}: {key} is not what the seed draws"
    gru, x, h_0 = names["gru"].eval(), names["x"], names.get("h_0")
    output, h_n = given(session, x, h_0)
    assert printed[:2] == [str(names["out"].shape), str(names["h_n"].shape)]
    assert printed[2] == str(names["h_n"].detach().flatten().tolist())
    far = 0.0
    torch.manual_seed(9)
    sizes = [(x, h_0)]
    if x.dim() == 3:
        steps, batch = (7, 5)
        other = torch.randn((batch, steps, x.shape[2]) if gru.batch_first else (steps, batch, x.shape[2]))
        sizes.append((other, None if h_0 is None else torch.randn(h_0.shape[0], batch, h_0.shape[2])))
    else:
        sizes.append((torch.randn(9, x.shape[1]), h_0))
    for x_of, h_0_of in sizes:
        theirs = given(session, x_of, h_0_of)
        with torch.no_grad():
            ours = gru(x_of) if h_0_of is None else gru(x_of, h_0_of)
        for one, other in zip(theirs, ours):
            assert one.shape == tuple(other.shape), f"{name}: {one.shape} for {tuple(other.shape)}"
            far = max(far, float(np.abs(one - other.numpy()).max()))
    assert far <= LIMIT, f"{name}: {far} apart"
    print(f"{name}: valid, {far:.1e} from PyTorch")
    return {"case": name, "output": numbers(output), "h_n": numbers(h_n)}


results = [check(path.stem) for path in sorted(FOLDER.glob("*.onnx"))]
(FOLDER / "results.jsonl").write_text("".join(json.dumps(result) + "\n" for result in results))
