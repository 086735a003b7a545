"""Kind `variants`: the GRUs of Keras and ONNX by their documented formulas, in float64 from float32 numbers.

The formulas are those of keras.layers.GRU (reset_after) and of ONNX's GRU operator (linear_before_reset), each
with its own layout of weights and gates in the order z, r, h.
"""

import itertools

import numpy as np


def tensor(array):
    return {"shape": list(array.shape), "data": [float(str(np.float32(value))) for value in array.ravel()]}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def keras_record(name, reset_after, use_bias, go_backwards, give_state, sizes):
    rng = np.random.default_rng(sum(name.encode()))
    units, input_dim, batch, steps = sizes
    draw = lambda *shape: rng.standard_normal(shape).astype(np.float32) * np.float32(0.7)
    x, kernel, recurrent = draw(batch, steps, input_dim), draw(input_dim, 3 * units), draw(units, 3 * units)
    bias = (draw(2, 3 * units) if reset_after else draw(3 * units)) if use_bias else None
    state = draw(batch, units) if give_state else None

    wide = lambda array: array.astype(np.float64)
    h = wide(state) if give_state else np.zeros((batch, units))
    input_bias, recurrent_bias = np.zeros(3 * units), np.zeros(3 * units)
    if use_bias:
        input_bias, recurrent_bias = wide(bias) if reset_after else (wide(bias), recurrent_bias)
    outputs = []
    for t in reversed(range(steps)) if go_backwards else range(steps):
        x_z, x_r, x_h = np.split(wide(x[:, t]) @ wide(kernel) + input_bias, 3, axis=1)
        if reset_after:
            h_z, h_r, h_h = np.split(h @ wide(recurrent) + recurrent_bias, 3, axis=1)
            z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
            candidate = np.tanh(x_h + r * h_h)
        else:
            u_z, u_r, u_h = np.split(wide(recurrent), 3, axis=1)
            z, r = sigmoid(x_z + h @ u_z), sigmoid(x_r + h @ u_r)
            candidate = np.tanh(x_h + (r * h) @ u_h)
        h = z * h + (1 - z) * candidate
        outputs.append(h)
    config = {"units": units, "input_dim": input_dim, "reset_after": reset_after, "use_bias": use_bias}
    return {
        "kind": "variants",
        "id": name,
        "framework": "keras",
        "config": config | {"go_backwards": go_backwards, "activation": "tanh", "recurrent_activation": "sigmoid"},
        "gate_order": "z,r,h (columns)",
        "x": tensor(x),
        "initial_state": tensor(state) if give_state else None,
        "kernel": tensor(kernel),
        "recurrent_kernel": tensor(recurrent),
        "bias": tensor(bias) if use_bias else None,
        "y": tensor(np.stack(outputs, axis=1)),
        "state": tensor(h),
    }


def onnx_record(name, linear_before_reset, direction, use_bias, give_state, sizes, lens=None):
    rng = np.random.default_rng(sum(name.encode()))
    hidden, inputs, batch, steps = sizes
    directions = 2 if direction == "bidirectional" else 1
    draw = lambda *shape: rng.standard_normal(shape).astype(np.float32) * np.float32(0.7)
    x, w = draw(steps, batch, inputs), draw(directions, 3 * hidden, inputs)
    r, b = draw(directions, 3 * hidden, hidden), draw(directions, 6 * hidden)
    initial_h = draw(directions, batch, hidden)

    y = np.zeros((steps, directions, batch, hidden))
    last = np.zeros((directions, batch, hidden))
    wide = lambda array: array.astype(np.float64)
    for d in range(directions):
        w_z, w_r, w_h = np.split(wide(w[d]), 3)
        r_z, r_r, r_h = np.split(wide(r[d]), 3)
        bias = wide(b[d]) if use_bias else np.zeros(6 * hidden)
        wb_z, wb_r, wb_h, rb_z, rb_r, rb_h = np.split(bias, 6)
        first = wide(initial_h[d]) if give_state else np.zeros((batch, hidden))
        backwards = direction == "reverse" or d == 1
        for n in range(batch):
            h, own_steps = first[n : n + 1], range(lens[n] if lens else steps)
            for t in reversed(own_steps) if backwards else own_steps:
                x_t = wide(x[t, n : n + 1])
                z = sigmoid(x_t @ w_z.T + h @ r_z.T + rb_z + wb_z)
                reset = sigmoid(x_t @ w_r.T + h @ r_r.T + rb_r + wb_r)
                if linear_before_reset:
                    candidate = np.tanh(x_t @ w_h.T + reset * (h @ r_h.T + rb_h) + wb_h)
                else:
                    candidate = np.tanh(x_t @ w_h.T + (reset * h) @ r_h.T + rb_h + wb_h)
                h = (1 - z) * candidate + z * h
                y[t, d, n] = last[d, n] = h[0]
    return {
        "kind": "variants",
        "id": name,
        "framework": "onnx",
        "config": {
            "input_size": inputs,
            "hidden_size": hidden,
            "linear_before_reset": linear_before_reset,
            "direction": direction,
        },
        "gate_order": "z,r,h (rows)",
        "X": tensor(x),
        "W": tensor(w),
        "R": tensor(r),
        "B": tensor(b) if use_bias else None,
        "sequence_lens": lens,
        "initial_h": tensor(initial_h) if give_state else None,
        "Y": tensor(y),
        "Y_h": tensor(last),
    }


def make():
    sizes = itertools.cycle([(3, 2, 2, 4), (2, 3, 3, 3), (4, 3, 1, 5)])
    for after, bias, state, back in itertools.product([True, False], [True, False], [True, False], [True, False]):
        options = "-".join(str(int(option)) for option in [after, bias, state, back])
        yield keras_record(f"variants-keras-{options}", after, bias, back, state, next(sizes))
    directions = ["forward", "reverse", "bidirectional"]
    for before, direction, (bias, state) in itertools.product([0, 1], directions, [(True, True), (False, False)]):
        name = f"variants-onnx-{before}-{direction}-{'full' if bias else 'bare'}"
        yield onnx_record(name, before, direction, bias, state, next(sizes))
    for before, direction in itertools.product([0, 1], directions):
        name = f"variants-onnx-{before}-{direction}-lens"
        yield onnx_record(name, before, direction, True, True, (3, 2, 3, 5), [2, 5, 3])
