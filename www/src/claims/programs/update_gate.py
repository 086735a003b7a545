import torch
import torch.nn as nn

torch.manual_seed(0)
H = 6
cell = nn.GRUCell(4, H)
with torch.no_grad():
    cell.bias_ih[H : 2 * H] = 100.0  # z is 1 whatever comes in

x, h_prev = torch.randn(1, 4), torch.randn(1, H)
h = cell(x, h_prev)
i_r, i_z, i_n = (x @ cell.weight_ih.T + cell.bias_ih).chunk(3, dim=1)
h_r, h_z, h_n = (h_prev @ cell.weight_hh.T + cell.bias_hh).chunk(3, dim=1)
r, z = torch.sigmoid(i_r + h_r), torch.sigmoid(i_z + h_z)
n = torch.tanh(i_n + r * h_n)

verdict = "holds" if torch.allclose(h, n, atol=1e-6) else "fails"
print(f"{verdict} | PyTorch's nn.GRUCell: h = (1 - z) * n + z * h_prev")
h = (1 - z) * h_prev + z * n
verdict = "holds" if torch.allclose(h, n, atol=1e-6) else "fails"
print(f"{verdict} | by the equation of Chung et al. (2014): h = (1 - z) * h_prev + z * n")
