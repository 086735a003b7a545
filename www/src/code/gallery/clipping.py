# Gradients that are too long are scaled down together; their direction stays.
import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_

torch.manual_seed(8)
gru = nn.GRU(3, 6)
with torch.no_grad():
    gru.weight_hh_l0 *= 8  # so large that gradients grow on their way back
x = torch.randn(30, 2, 3)
out, _ = gru(x)
(out ** 2).sum().backward()


def norm():
    return torch.sqrt(sum((p.grad ** 2).sum() for p in gru.parameters()))


direction = gru.weight_ih_l0.grad / gru.weight_ih_l0.grad.norm()
before = norm()
returned = clip_grad_norm_(gru.parameters(), max_norm=1.0)
after = norm()
print("returned is the norm before:", torch.allclose(returned, before))
print("above 1 before:", bool(before > 1))
print(f"after: {after.item():.3f}")
same = torch.allclose(direction, gru.weight_ih_l0.grad / gru.weight_ih_l0.grad.norm(), atol=1e-5)
print("the same direction:", same)
