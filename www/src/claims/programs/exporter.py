import torch
import torch.nn as nn

torch.manual_seed(0)
gru = nn.GRU(4, 6)
x = torch.randn(5, 3, 4)
out, _ = gru(x)
W, U = gru.weight_ih_l0, gru.weight_hh_l0
b, c = gru.bias_ih_l0, gru.bias_hh_l0


def run(linear_before_reset):
    """What an ONNX GRU with these weights computes, by ONNX's equations."""
    h, states = torch.zeros(3, 6), []
    U_r, U_z, U_n = U.chunk(3)
    c_r, c_z, c_n = c.chunk(3)
    for x_t in x:
        i_r, i_z, i_n = (x_t @ W.T + b).chunk(3, dim=1)
        r = torch.sigmoid(i_r + h @ U_r.T + c_r)
        z = torch.sigmoid(i_z + h @ U_z.T + c_z)
        if linear_before_reset:
            n = torch.tanh(i_n + r * (h @ U_n.T + c_n))
        else:
            n = torch.tanh(i_n + (r * h) @ U_n.T + c_n)
        h = (1 - z) * n + z * h
        states.append(h)
    return torch.stack(states)


for linear_before_reset in [1, 0]:
    off = (run(linear_before_reset) - out).abs().max().item()
    print(f"{'holds' if off < 1e-5 else 'fails'} | linear_before_reset={linear_before_reset} in the file: off by {off:.3f}")
