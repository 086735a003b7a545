import torch
import torch.nn as nn

torch.manual_seed(0)
gru = nn.GRU(4, 6)
first, second = torch.randn(5, 1, 4), torch.randn(5, 1, 4)
_, whole = gru(torch.cat([first, second]))

gru(first)
_, h_n = gru(second)
print(f"{'holds' if torch.allclose(h_n, whole, atol=1e-6) else 'fails'} | gru(first), then gru(second)")

_, h_n = gru(first)
_, h_n = gru(second, h_n)
print(f"{'holds' if torch.allclose(h_n, whole, atol=1e-6) else 'fails'} | gru(first), then gru(second, h_n)")
