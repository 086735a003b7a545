# An encoder and a decoder that learn to say a sequence backwards, with teacher forcing.
import random

import torch
from torch import nn

START, DIGITS, LENGTH = 6, 6, 3  # 0 to 5 are digits, 6 begins every answer


class Encoder(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.embedding = nn.Embedding(DIGITS + 1, hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True)

    def forward(self, source):
        _, h_n = self.gru(self.embedding(source))
        return h_n


class Decoder(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.embedding = nn.Embedding(DIGITS + 1, hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True)
        self.out = nn.Linear(hidden, DIGITS + 1)

    def forward(self, token, h):
        out, h = self.gru(self.embedding(token), h)
        return self.out(out), h


def decode(decoder, h, target, forcing):
    token = torch.full((len(target), 1), START)
    steps = []
    for step in range(LENGTH):
        logits, h = decoder(token, h)
        steps.append(logits)
        # The teacher says what was right; else the decoder goes on with its own guess.
        teacher = random.random() < forcing
        token = target[:, step : step + 1] if teacher else logits.argmax(dim=-1)
    return torch.cat(steps, dim=1)


torch.manual_seed(9)
random.seed(9)
encoder, decoder = Encoder(16), Decoder(16)
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=0.03)
loss_function = nn.CrossEntropyLoss()
for step in range(101):
    source = torch.randint(0, DIGITS, (16, LENGTH))
    target = source.flip(1)
    logits = decode(decoder, encoder(source), target, forcing=0.5)
    loss = loss_function(logits.reshape(-1, DIGITS + 1), target.reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 50 == 0:
        print(f"step {step:3}  loss {loss.item():.1f}")

source = torch.tensor([[0, 1, 2], [5, 4, 3]])
with torch.no_grad():
    logits = decode(decoder, encoder(source), source.flip(1), forcing=0.0)
print("asked", source.tolist())
print("said ", logits.argmax(dim=-1).tolist())
