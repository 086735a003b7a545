# batch_first moves the batch of x and out to the front; h_n stays as it is.
import torch
from torch import nn

torch.manual_seed(2)
x = torch.randn(4, 7, 5)  # meant as 4 sequences of 7 steps

right = nn.GRU(5, 8, batch_first=True)
out, h_n = right(x)
print("batch_first=True ", tuple(out.shape), tuple(h_n.shape))

# Without it nothing is raised: the 4 are taken for steps, the 7 for sequences.
wrong = nn.GRU(5, 8)
out, h_n = wrong(x)
print("batch_first=False", tuple(out.shape), tuple(h_n.shape))

wrong.load_state_dict(right.state_dict())
swapped, _ = wrong(x.transpose(0, 1))
print("transposed, it is the same:", torch.allclose(swapped.transpose(0, 1), right(x)[0], atol=1e-6))
