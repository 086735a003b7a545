import torch
import torch.nn as nn

torch.manual_seed(0)
first, second = torch.randn(5, 1, 4), torch.randn(5, 1, 4)
for num_layers, bidirectional in [(1, False), (2, False), (1, True)]:
    gru = nn.GRU(4, 6, num_layers, bidirectional=bidirectional)
    _, alone = gru(second)

    gru(first)
    _, h_n = gru(second)  # does it know of the first?
    verdict = "fails" if torch.equal(h_n, alone) else "holds"
    print(f"{verdict} | num_layers={num_layers}, bidirectional={bidirectional}: the second call is compared with one on its own")

gru = nn.GRU(4, 6)
_, h_n = gru(first)
_, h_n = gru(second, h_n)  # what does remember: the state that is handed on
_, whole = gru(torch.cat([first, second]))
print("With h_n handed on, two calls are as one:", torch.allclose(h_n, whole, atol=1e-6))
