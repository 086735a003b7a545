import torch
import torch.nn as nn

N, L, I, H = 3, 5, 4, 6
for num_layers, bidirectional in [(1, False), (2, False), (2, True)]:
    gru = nn.GRU(I, H, num_layers, batch_first=True, bidirectional=bidirectional)
    out, h_n = gru(torch.randn(N, L, I))
    verdict = "holds" if h_n.shape[0] == N else "fails"
    print(f"{verdict} | num_layers={num_layers}, bidirectional={bidirectional}: out is {tuple(out.shape)}, h_n is {tuple(h_n.shape)}")
