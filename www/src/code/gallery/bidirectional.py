# Two directions: where each of them has its last state.
import torch
from torch import nn

torch.manual_seed(3)
gru = nn.GRU(4, 5, bidirectional=True, batch_first=True)
x = torch.randn(3, 6, 4)
out, h_n = gru(x)
print("out", tuple(out.shape), " h_n", tuple(h_n.shape))

forward, backward = out[..., :5], out[..., 5:]
print("forward ends at the last step: ", torch.equal(forward[:, -1], h_n[0]))
print("backward ends at the first step:", torch.equal(backward[:, 0], h_n[1]))

# Not out[:, -1]: there the backward direction has read a single step.
both = torch.cat([h_n[0], h_n[1]], dim=-1)
print("for a classifier", tuple(both.shape))
