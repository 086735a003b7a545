import torch
import torch.nn as nn

TASKS = {
    "add the first and the fourth number": lambda x: x[0] + x[3],
    "say the last number": lambda x: x[-1],
}


def error(target, num_layers, seed):
    """The mean squared error on unseen sequences, after 80 steps of training."""
    torch.manual_seed(seed)
    gru, head = nn.GRU(1, 8, num_layers), nn.Linear(8, 1)
    optimizer = torch.optim.Adam([*gru.parameters(), *head.parameters()], lr=0.03)
    x = torch.rand(6, 64, 1)
    for step in range(80):
        loss = nn.functional.mse_loss(head(gru(x)[0][-1]), target(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    x = torch.rand(6, 64, 1)
    with torch.no_grad():
        return nn.functional.mse_loss(head(gru(x)[0][-1]), target(x)).item()


for task, target in TASKS.items():
    for seed in [0, 1]:
        one, three = error(target, 1, seed), error(target, 3, seed)
        verdict = "holds" if three < one else "fails"
        print(f"{verdict} | {task}, seed {seed}: one layer is off by {one:.4f}, three by {three:.4f}")
