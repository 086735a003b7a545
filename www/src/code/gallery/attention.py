# Attention by hand: scores, weights that add up to 1, and their mixture.
import math

import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(10)
encoder = nn.GRU(3, 8, batch_first=True)
states, h_n = encoder(torch.randn(2, 5, 3))  # keys and values: a state for every step
query = h_n[-1]  # what is asked with: the last state of each sequence

scores = torch.bmm(states, query.unsqueeze(-1)).squeeze(-1) / math.sqrt(8)
mask = torch.tensor([[True, True, True, True, True], [True, True, True, False, False]])
scores = scores.masked_fill(~mask, float("-inf"))  # padding gets no weight
weights = F.softmax(scores, dim=-1)
context = torch.bmm(weights.unsqueeze(1), states).squeeze(1)

print("scores ", tuple(scores.shape))
print(weights)
print("add up to 1:", torch.allclose(weights.sum(dim=-1), torch.ones(2)))
print("context", tuple(context.shape))
combined = torch.cat([context, query], dim=-1)
print("for the next layer", tuple(combined.shape))
