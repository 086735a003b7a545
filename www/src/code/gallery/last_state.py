# h_n is the last step of out: of the last layer, and of it alone.
import torch
from torch import nn

torch.manual_seed(1)
gru = nn.GRU(3, 4, num_layers=2, batch_first=True)
x = torch.randn(2, 6, 3)
out, h_n = gru(x)

last_step = out[:, -1]
last_layer = h_n[-1]
print(last_step)
print("the same:", torch.equal(last_step, last_layer))
print("layer 0 is another:", torch.equal(last_step, h_n[0]))
