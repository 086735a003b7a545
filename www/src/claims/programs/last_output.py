import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.randn(5, 3, 4)  # L, N, I
for num_layers, bidirectional in [(1, False), (3, False), (1, True)]:
    gru = nn.GRU(4, 6, num_layers, bidirectional=bidirectional)
    out, h_n = gru(x)
    # The last layer's states: of one direction, or of both side by side.
    last = torch.cat([h_n[-2], h_n[-1]], dim=1) if bidirectional else h_n[-1]
    verdict = "holds" if torch.equal(out[-1], last) else "fails"
    print(f"{verdict} | num_layers={num_layers}, bidirectional={bidirectional}")
