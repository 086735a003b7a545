"""Makes over_time.jsonl with real PyTorch: the state after each step and the size of the loss's gradient by it.

    python tests/golden/memory/over_time.py

Needs torch alone. Each record is one cell of the memory room before the first step of its training: its data and weights are
drawn as the room's script draws them, and the loss is that of the first eight validation sequences. The minGRU, which torch
has not, is left out.
"""

import json
from pathlib import Path

import torch
import torch.nn as nn

LOOKED_INTO = 8


class Model(nn.Module):
    def __init__(self, module, hidden_size):
        super().__init__()
        self.embedding = nn.Embedding(8, 8)
        self.rnn = module(8, hidden_size, 1, batch_first=True)
        self.fc = nn.Linear(hidden_size, 8)


def step_of_lstm(lstm, x, state):
    """By hand, so that all that hangs on c does: of nn.LSTM's c_n the output of the same step does not."""
    h, c = state or (torch.zeros(len(x), lstm.hidden_size), torch.zeros(len(x), lstm.hidden_size))
    i, f, g, o = (x @ lstm.weight_ih_l0.T + lstm.bias_ih_l0 + h @ lstm.weight_hh_l0.T + lstm.bias_hh_l0).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def record(cell, module, seq_len, seed, gate_bias):
    torch.manual_seed(seed)
    x = torch.randint(0, 8, (64, seq_len))
    model = Model(module, 16)
    if gate_bias:
        with torch.no_grad():
            model.rnn.bias_hh_l0[16:32] += gate_bias
    x, y = x[:LOOKED_INTO], x[:LOOKED_INTO, 0]
    embedded, state, kept = model.embedding(x), None, []
    for t in range(seq_len):
        if module is nn.LSTM:
            state = step_of_lstm(model.rnn, embedded[:, t], state)
            of_step = state[1]
        else:
            _, state = model.rnn(embedded[:, t : t + 1], state)
            of_step = state
        of_step.retain_grad()
        kept.append(of_step)
    logits = model.fc(state[0] if module is nn.LSTM else state[-1])
    nn.functional.cross_entropy(logits, y).backward()
    gradient = [of_step.grad.double().norm().item() for of_step in kept]
    return {
        "cell": cell,
        "setup": {"seq_len": seq_len, "steps": 5, "gate_bias": gate_bias or 3.0, "bias_all": False, "seeds": 1, "seed": seed},
        "tokens": x[0].tolist(),
        "before": [number / gradient[-1] for number in gradient],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    records = [
        record("rnn", nn.RNN, 12, 0, 0),
        record("gru", nn.GRU, 9, 5, 0),
        record("gru_open", nn.GRU, 15, 2, 2.5),
        record("lstm", nn.LSTM, 7, 1, 0),
    ]
    path = Path(__file__).with_suffix(".jsonl")
    path.write_text("".join(json.dumps(it, separators=(",", ":")) + "\n" for it in records))
