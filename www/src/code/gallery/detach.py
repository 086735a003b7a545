# A state kept from one batch to the next: without detach the second backward goes through the first.
import torch
from torch import nn

torch.manual_seed(7)
gru = nn.GRU(2, 4, batch_first=True)
pieces = torch.randn(1, 12, 2).split(4, dim=1)  # one long sequence in three pieces

h = torch.zeros(1, 1, 4)
try:
    for piece in pieces:
        out, h = gru(piece, h)
        out.sum().backward()
except RuntimeError as error:
    print("Without detach:", str(error).split(".")[0])

gru.zero_grad()
h = torch.zeros(1, 1, 4)
for number, piece in enumerate(pieces):
    h = h.detach()  # its numbers go on, its history ends here
    out, h = gru(piece, h)
    out.sum().backward()
    print(f"piece {number}: h.grad_fn is {type(h.grad_fn).__name__ if h.grad_fn else None}")
print("every parameter has a gradient:", all(p.grad is not None for p in gru.parameters()))
