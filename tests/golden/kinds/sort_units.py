"""Lists of lengths and the order in which PyTorch packs them: `torch.sort(lengths, descending=True)`.

Up to 16 lengths keep their order where they are equal; more go through an introsort, which need not keep it.
"""

import torch


# Found by playing against the sort: the median of three fails again and again, until a heap takes over.
KILLER = [
    40, 63, 39, 61, 38, 59, 37, 57, 36, 55, 35, 53, 34, 51, 33, 49, 32, 47, 31, 45, 30, 43, 29, 41,
    28, 27, 26, 25, 24, 23, 22, 21, 64, 62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 20, 19, 18, 17,
    16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
]


def make():
    torch.manual_seed(0)
    lists = [torch.randint(1, most + 1, (n,)).tolist() for n in [1, 2, 15, 16, 17, 18, 33, 64] for most in [1, 3, 40]]
    lists += [list(range(1, 65)), list(range(64, 0, -1)), KILLER]
    for lengths in lists:
        order = torch.sort(torch.tensor(lengths), descending=True).indices
        yield {"lengths": lengths, "order": order.tolist()}
