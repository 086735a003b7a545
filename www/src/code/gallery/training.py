# A training loop that learns: is the sum of a sequence above zero?
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 16, batch_first=True)
        self.head = nn.Linear(16, 1)

    def forward(self, x):
        _, h_n = self.gru(x)
        return self.head(h_n[-1]).squeeze(-1)


torch.manual_seed(5)
x = torch.randn(128, 12, 1)
y = (x.sum(dim=(1, 2)) > 0).float()

model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
loss_function = nn.BCEWithLogitsLoss()
for step in range(61):
    optimizer.zero_grad()
    logits = model(x)
    loss = loss_function(logits, y)
    loss.backward()
    optimizer.step()
    if step % 20 == 0:
        right = ((logits > 0).float() == y).float().mean().item()
        print(f"step {step:2}  loss {loss.item():.2f}  right {right:.0%}")
