import torch
import torch.nn as nn

x = torch.randn(5, 3, 4)  # L, N, I
for num_layers, bidirectional in [(1, False), (2, True)]:
    torch.manual_seed(0)
    plain = nn.GRU(4, 6, num_layers, bidirectional=bidirectional)
    torch.manual_seed(0)
    first = nn.GRU(4, 6, num_layers, bidirectional=bidirectional, batch_first=True)
    out, h_n = plain(x)
    out_first, h_n_first = first(x.transpose(0, 1))
    same = torch.allclose(out, out_first.transpose(0, 1)) and torch.allclose(h_n, h_n_first)
    print(f"{'holds' if same else 'fails'} | num_layers={num_layers}, bidirectional={bidirectional}: out and h_n are compared")
