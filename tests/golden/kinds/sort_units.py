"""Lists of lengths and the order in which PyTorch packs them: `torch.sort(lengths, descending=True)`.

Up to 16 lengths keep their order where they are equal; more go through an introsort, which need not keep it.
"""

import torch


def killer(n):
    """Lengths at which the median of three fails again and again, so that the sort runs out of depth."""
    half = n // 2
    ascending = [i if i % 2 else half + i - 1 for i in range(1, half + 1)]
    return [n - length for length in ascending + [2 * i for i in range(1, n - half + 1)]]


def make():
    torch.manual_seed(0)
    lists = [torch.randint(1, most + 1, (n,)).tolist() for n in [1, 2, 15, 16, 17, 18, 33, 64] for most in [1, 3, 40]]
    lists += [list(range(1, 65)), list(range(64, 0, -1)), [length + 1 for length in killer(256)]]
    for lengths in lists:
        order = torch.sort(torch.tensor(lengths), descending=True).indices
        yield {"lengths": lengths, "order": order.tolist()}
