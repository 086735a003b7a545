# What goes in, what comes out: change a number and watch the shapes.
import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)
x = torch.randn(5, 3, 10)  # 5 steps, 3 sequences, 10 features
out, h_n = gru(x)

print(gru)
print("out", tuple(out.shape))
print("h_n", tuple(h_n.shape))
for name, parameter in gru.named_parameters():
    print(f"{name:14} {str(tuple(parameter.shape)):10} {parameter.numel():5}")
