import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
gru = nn.GRU(4, 6)
x = torch.randn(5, 1, 4)
padded = torch.cat([x, torch.zeros(3, 1, 4)])
_, true = gru(x)

_, h_n = gru(padded)
off = (h_n - true).abs().max().item()
print(f"{'holds' if off < 1e-6 else 'fails'} | read to the end: h_n is off by {off:.2f}")

_, h_n = gru(pack_padded_sequence(padded, [5]))
off = (h_n - true).abs().max().item()
print(f"{'holds' if off < 1e-6 else 'fails'} | packed with its length: h_n is off by {off:.2f}")
