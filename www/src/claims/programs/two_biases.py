import torch
import torch.nn as nn

torch.manual_seed(0)
H = 6
gru = nn.GRU(4, H)
x = torch.randn(5, 3, 4)
before, _ = gru(x)
for gate, name in enumerate(["r", "z", "n"]):
    merged = nn.GRU(4, H)
    merged.load_state_dict(gru.state_dict())
    rows = slice(gate * H, (gate + 1) * H)
    with torch.no_grad():  # one bias takes what the other had
        merged.bias_ih_l0[rows] += merged.bias_hh_l0[rows]
        merged.bias_hh_l0[rows] = 0.0
    after, _ = merged(x)
    off = (after - before).abs().max().item()
    print(f"{'holds' if off < 1e-5 else 'fails'} | the biases of {name} made one: out is off by {off:.3f}")
