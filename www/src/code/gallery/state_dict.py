# Weights saved from one model and loaded into another: what fits, and what the message says.
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.gru = nn.GRU(4, hidden)
        self.head = nn.Linear(hidden, 2)

    def forward(self, x):
        out, _ = self.gru(x)
        return self.head(out[-1])


torch.manual_seed(11)
first, second = Net(8), Net(8)
print(second.load_state_dict(first.state_dict()))
x = torch.randn(3, 1, 4)
print("the same answer:", torch.equal(first(x), second(x)))

# As nn.DataParallel saves them, every name begins with 'module.'.
wrapped = {f"module.{name}": tensor for name, tensor in first.state_dict().items()}
print(second.load_state_dict({name.removeprefix("module."): tensor for name, tensor in wrapped.items()}))

try:
    Net(6).load_state_dict(first.state_dict())
except RuntimeError as error:
    print(error)
