import torch.nn as nn


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


for sizes in [(10, 20, 1), (64, 64, 2), (3, 128, 1)]:
    gru, lstm = count(nn.GRU(*sizes)), count(nn.LSTM(*sizes))
    verdict = "holds" if gru == lstm * 3 / 4 else "fails"
    print(f"{verdict} | sizes {sizes}: nn.GRU has {gru}, nn.LSTM has {lstm}, a share of {gru / lstm}")
