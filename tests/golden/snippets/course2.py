# ==== rnn_from_scratch
import torch
torch.manual_seed(0)
def init_params(vocab, hid):
    def normal(*shape): return torch.randn(*shape) * 0.01
    Wxh, Whh, bh = normal(vocab, hid), normal(hid, hid), torch.zeros(hid)
    Whq, bq = normal(hid, vocab), torch.zeros(vocab)
    params = [Wxh, Whh, bh, Whq, bq]
    for p in params:
        p.requires_grad_(True)
    return params
def rnn(inputs, state, params):
    Wxh, Whh, bh, Whq, bq = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, Wxh) + torch.mm(H, Whh) + bh)
        outputs.append(torch.mm(H, Whq) + bq)
    return torch.cat(outputs, dim=0), (H,)
params = init_params(5, 4)
X = torch.nn.functional.one_hot(torch.arange(6).reshape(2, 3).T % 5, 5).type(torch.float32)
Y, state = rnn(X, (torch.zeros(2, 4),), params)
print(Y.shape, len(state), state[0].shape, X.shape)
loss = torch.nn.functional.cross_entropy(Y, torch.arange(6) % 5)
loss.backward()
norm = torch.sqrt(sum(torch.sum(p.grad ** 2) for p in params))
print(f"{loss:.5f} {norm:.5f}")
import math
print(f"perplexity {math.exp(loss):.3f}", torch.exp(loss).item() > 4)
# ==== linear_regression
import torch
torch.manual_seed(0)
w, b = torch.tensor([[2.0], [-3.4]]), 4.2
X = torch.normal(0, 1, (20, 2))
y = X @ w + b + torch.normal(0, 0.01, (20, 1))
W = torch.zeros(2, 1, requires_grad=True)
B = torch.zeros(1, requires_grad=True)
def data_iter(bs):
    idx = list(range(20))
    for i in range(0, 20, bs):
        j = torch.tensor(idx[i:min(i + bs, 20)])
        yield X[j], y[j]
for epoch in range(3):
    for xb, yb in data_iter(5):
        l = ((xb @ W + B - yb) ** 2 / 2).mean()
        l.backward()
        with torch.no_grad():
            for p in (W, B):
                p -= 0.3 * p.grad
                p.grad.zero_()
    with torch.no_grad():
        print(f"epoch {epoch + 1}, loss {float(((X @ W + B - y) ** 2 / 2).mean()):f}")
print(W.reshape(w.shape) - w, W.T, B)
# ==== temporal_split
import torch
data = torch.sin(torch.arange(0, 20) * 0.3)
n = int(len(data) * 0.8)
train, test = data[:n], data[n:]
mean, std = train.mean(), train.std()
norm = (train - mean) / std
print(train.shape, test.shape, f"{mean:.4f} {std:.4f}", norm.mean().abs() < 1e-6)
def sliding(d, w):
    xs, ys = [], []
    for i in range(len(d) - w):
        xs.append(d[i:i + w]); ys.append(d[i + w])
    return torch.stack(xs), torch.stack(ys)
x, y = sliding(norm, 4)
print(x.shape, y.shape, torch.equal(x[1, :3], x[0, 1:]))
print((data.min(), data.max()), data[::5])
# ==== masked_loss
import torch
import torch.nn as nn
torch.manual_seed(0)
logits = torch.randn(2, 4, 5)
target = torch.tensor([[1, 2, 0, 0], [3, 1, 4, 0]])
lengths = torch.tensor([2, 3])
mask = torch.arange(4)[None, :] < lengths[:, None]
print(mask)
ce = nn.CrossEntropyLoss(reduction="none")
l = ce(logits.transpose(1, 2), target)
print(l.shape, (l * mask).sum() / mask.sum())
print(nn.CrossEntropyLoss(ignore_index=0)(logits.reshape(-1, 5), target.reshape(-1)))
acc = ((logits.argmax(-1) == target) & mask).sum().float() / mask.sum()
print(acc, mask.float().mean(1), logits.masked_fill(~mask.unsqueeze(-1), 0.0)[0, 3])
# ==== greedy_beam
import torch
torch.manual_seed(1)
probs = torch.softmax(torch.randn(3, 4), dim=-1)
def beam(probs, k=2):
    seqs = [([], 0.0)]
    for row in probs:
        cand = []
        for s, sc in seqs:
            for i, p in enumerate(row):
                cand.append((s + [i], sc + torch.log(p).item()))
        seqs = sorted(cand, key=lambda t: t[1], reverse=True)[:k]
    return seqs
for s, sc in beam(probs):
    print(s, round(sc, 3))
print(probs.argmax(dim=1).tolist(), torch.cumprod(probs.max(dim=1).values, 0))
top_p, idx = torch.sort(probs[0], descending=True)
keep = torch.cumsum(top_p, 0) <= 0.9
print(keep, idx)
# ==== checkpoint_dict
import torch
import torch.nn as nn
import copy
torch.manual_seed(0)
m = nn.GRU(2, 3)
opt = torch.optim.Adam(m.parameters(), lr=0.01)
m(torch.ones(2, 1, 2))[0].sum().backward()
opt.step()
ckpt = {"epoch": 1, "model": copy.deepcopy(m.state_dict()), "opt": copy.deepcopy(opt.state_dict()), "loss": 0.5}
m2 = nn.GRU(2, 3)
print(m2.load_state_dict(ckpt["model"]))
opt2 = torch.optim.Adam(m2.parameters())
opt2.load_state_dict(ckpt["opt"])
print(opt2.param_groups[0]["lr"], ckpt["epoch"], sorted(ckpt), len(opt2.state), [tuple(v.shape) for v in ckpt["model"].values()])
for k, v in m2.state_dict().items():
    print(k, v.shape, v.requires_grad)
nn.GRU(2, 4).load_state_dict(ckpt["model"])
# ==== freeze
import torch.nn as nn
m = nn.Sequential(nn.Embedding(5, 3), nn.Linear(3, 2))
for p in m[0].parameters():
    p.requires_grad = False
print([(n, p.requires_grad) for n, p in m.named_parameters()])
emb = nn.Embedding.from_pretrained(__import__("torch").eye(3)) if False else None
print(emb)
# ==== from_pretrained
import torch
import torch.nn as nn
w = torch.tensor([[1., 2.], [3., 4.]])
e = nn.Embedding.from_pretrained(w)
print(e(torch.tensor([1])), e.weight.requires_grad, e)
e2 = nn.Embedding.from_pretrained(w, freeze=False, padding_idx=0)
print(e2.weight.requires_grad, e2)
# ==== param_manual
import torch
import torch.nn as nn
class GRUCellManual(nn.Module):
    def __init__(self, i, h):
        super().__init__()
        self.W = nn.Parameter(torch.full((i, 3 * h), 0.1))
        self.U = nn.Parameter(torch.full((h, 3 * h), 0.2))
        self.b = nn.Parameter(torch.zeros(3 * h))
        self.h = h
    def forward(self, x, h):
        gx = x @ self.W + self.b
        gh = h @ self.U
        rx, zx, nx = gx.split(self.h, dim=-1)
        rh, zh, nh = torch.split(gh, self.h, dim=-1)
        r = torch.sigmoid(rx + rh); z = torch.sigmoid(zx + zh)
        n = torch.tanh(nx + r * nh)
        return (1 - z) * n + z * h
c = GRUCellManual(2, 3)
h = torch.zeros(1, 3)
for t in range(3):
    h = c(torch.ones(1, 2), h)
print(h)
h.sum().backward()
print(c.b.grad, c.W.grad.shape)
print({n: p.shape for n, p in c.named_parameters()})
# ==== teacher_forcing_loop
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(4)
V, H = 6, 8
emb, cell, out = nn.Embedding(V, 4), nn.GRUCell(4, H), nn.Linear(H, V)
params = [*emb.parameters(), *cell.parameters(), *out.parameters()]
opt = torch.optim.RMSprop(params, lr=0.01)
seq = torch.tensor([[1, 2, 3, 4, 5]])
for it in range(20):
    h = torch.zeros(1, H)
    loss = 0
    for t in range(seq.size(1) - 1):
        h = cell(emb(seq[:, t]), h)
        loss = loss + F.cross_entropy(out(h), seq[:, t + 1])
    opt.zero_grad(); loss.backward(); opt.step()
    if it % 5 == 0: print(it, f"{loss.item() / 4:.3f}")
h, x, res = torch.zeros(1, H), torch.tensor([1]), []
for _ in range(4):
    h = cell(emb(x), h); x = out(h).argmax(-1); res.append(x.item())
print(res)
# ==== device_pattern
import torch
device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
print(device, torch.cuda.device_count(), torch.zeros(1, device=device).device, torch.tensor([1]).to(device).is_cuda)
torch.backends.cudnn.deterministic = True
torch.cuda.manual_seed_all(0)
print(torch.device(device).type, str(torch.device("cpu")), torch.device("cpu") == torch.device("cpu"))
# ==== printing_losses
import torch
losses = [torch.tensor(0.5), torch.tensor(0.25)]
print(sum(losses) / len(losses), torch.stack(losses).mean(), torch.tensor(losses), [l.item() for l in losses])
print("loss:", losses[0], "avg %.3f" % (sum(losses) / 2), "{:.4f}".format(losses[1]), f"{losses[0]:>10.3f}")
total_loss = 0
for l in losses: total_loss += l
print(total_loss, type(total_loss).__name__, float(total_loss), round(total_loss.item(), 2))
