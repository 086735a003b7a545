# ==== char_lm_sampling
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(3)
text = "hello hidden state, hello gate"
vocab = sorted(set(text))
encode = {ch: i for i, ch in enumerate(vocab)}
decode = dict(enumerate(vocab))
data = torch.tensor([encode[c] for c in text], dtype=torch.long)


class CharLM(nn.Module):
    def __init__(self, n, emb=6, hid=10):
        super().__init__()
        self.emb = nn.Embedding(n, emb)
        self.gru = nn.GRU(emb, hid, batch_first=True)
        self.head = nn.Linear(hid, n)

    def forward(self, idx, h=None):
        out, h = self.gru(self.emb(idx), h)
        return self.head(out), h


model = CharLM(len(vocab))
opt = torch.optim.Adam(model.parameters(), lr=0.02)
x, y = data[:-1].unsqueeze(0), data[1:].unsqueeze(0)
for step in range(12):
    logits, _ = model(x)
    loss = F.cross_entropy(logits.transpose(1, 2), y)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    grad_norm = nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    opt.step()
    if step % 4 == 0:
        print(f"{step:2d} | loss {loss.item():.3f} | ppl {loss.exp().item():6.2f} | |g| {grad_norm:.2f}")
model.eval()
with torch.inference_mode():
    idx, h = torch.tensor([[encode["h"]]]), None
    chars = ["h"]
    for _ in range(10):
        logits, h = model(idx, h)
        idx = logits[:, -1].argmax(dim=-1, keepdim=True)
        chars.append(decode[idx.item()])
print("".join(chars), h.shape)
# ==== seq2seq_attention
import torch
from torch import nn, Tensor
from typing import Tuple

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self, vocab: int, emb: int, hid: int):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb, padding_idx=0)
        self.rnn = nn.GRU(emb, hid, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(hid * 2, hid)

    def forward(self, src: Tensor) -> Tuple[Tensor, Tensor]:
        outputs, hidden = self.rnn(self.embedding(src))
        hidden = torch.tanh(self.fc(torch.cat((hidden[-2], hidden[-1]), dim=1)))
        return outputs, hidden


class Attention(nn.Module):
    def __init__(self, hid: int):
        super().__init__()
        self.attn = nn.Linear(hid * 3, hid)
        self.v = nn.Parameter(torch.rand(hid))

    def forward(self, hidden: Tensor, outputs: Tensor, mask: Tensor) -> Tensor:
        steps = outputs.shape[1]
        repeated = hidden[:, None, :].expand(-1, steps, -1)
        energy = torch.tanh(self.attn(torch.cat((repeated, outputs), dim=2)))
        scores = energy @ self.v
        return scores.masked_fill(mask == 0, -1e10).softmax(dim=1)


src = torch.tensor([[4, 5, 6, 0], [7, 8, 0, 0]])
enc, att = Encoder(10, 5, 6), Attention(6)
outputs, hidden = enc(src)
weights = att(hidden, outputs, (src != 0))
context = torch.einsum("bt,bth->bh", weights, outputs)
print(outputs.shape, hidden.shape, weights.shape, context.shape)
print(weights.sum(1), (weights[0, 3] < 1e-6).item(), (weights == 0).sum().item())
print({n: list(p.shape) for n, p in att.named_parameters()})
# ==== padding_and_packing
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence, pad_packed_sequence

torch.manual_seed(1)
sentences = [[3, 1, 4], [1, 5], [9, 2, 6, 5, 3]]
tensors = [torch.tensor(s) for s in sentences]
lengths = torch.tensor(list(map(len, tensors)))
padded = pad_sequence(tensors, batch_first=True, padding_value=0)
print(padded)
print(lengths.tolist(), (padded != 0).sum(dim=1))
emb = nn.Embedding(10, 4, padding_idx=0)
lstm = nn.LSTM(4, 3, batch_first=True, bidirectional=True)
packed = pack_padded_sequence(emb(padded), lengths, batch_first=True, enforce_sorted=False)
print(packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices)
out, (h, c) = lstm(packed)
out, out_lengths = pad_packed_sequence(out, batch_first=True, total_length=6)
print(out.shape, out_lengths, h.shape)
print(out[1, 2:].abs().sum().item(), torch.allclose(out[1, 1, :3], h[0, 1]))
last = out.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, out.size(2))).squeeze(1)
print(last.shape, torch.equal(last[:, :3], h[0]))
pack_padded_sequence(emb(padded), lengths, batch_first=True)
# ==== dataset_loader_collate
import torch
from torch.utils.data import Dataset, DataLoader, random_split, Subset
from collections import Counter


class ReviewDataset(Dataset):
    """Texts with labels."""

    def __init__(self, rows, min_count=1):
        self.rows = rows
        counts = Counter(word for text, _ in rows for word in text.lower().split())
        self.itos = ["<pad>", "<unk>"] + [w for w, c in counts.most_common() if c >= min_count]
        self.stoi = {w: i for i, w in enumerate(self.itos)}

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        text, label = self.rows[index]
        ids = [self.stoi.get(w, 1) for w in text.lower().split()]
        return torch.tensor(ids), torch.tensor(label, dtype=torch.float)


def collate(batch):
    batch.sort(key=lambda pair: len(pair[0]), reverse=True)
    xs, ys = zip(*batch)
    longest = max(len(x) for x in xs)
    out = torch.zeros(len(xs), longest, dtype=torch.long)
    for i, x in enumerate(xs):
        out[i, :len(x)] = x
    return out, torch.stack(ys), torch.tensor([len(x) for x in xs])


rows = [("good movie", 1), ("bad bad film", 0), ("a really good one", 1), ("terrible", 0), ("fine film", 1)]
ds = ReviewDataset(rows)
print(len(ds), ds.itos[:6], ds[2])
loader = DataLoader(ds, batch_size=2, collate_fn=collate, shuffle=True, generator=torch.Generator().manual_seed(4))
for x, y, n in loader:
    print(x.tolist(), y.tolist(), n.tolist())
train, valid = random_split(ds, [0.6, 0.4], generator=torch.Generator().manual_seed(0))
print(len(train), len(valid), train.indices, type(train).__name__)
print(len(Subset(ds, [0, 3])), Subset(ds, [0, 3])[1])
print(ds[7])
# ==== early_stopping_best_state
import copy
import torch
import torch.nn as nn

torch.manual_seed(5)
x = torch.linspace(-1, 1, 20).unsqueeze(1)
y = x.pow(2) + 0.05 * torch.randn_like(x)
train_x, valid_x = x[::2], x[1::2]
train_y, valid_y = y[::2], y[1::2]
net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.05)
best, best_state, patience, bad = float("inf"), None, 3, 0
history = {"train": [], "valid": []}
for epoch in range(40):
    net.train()
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(train_x), train_y)
    loss.backward()
    opt.step()
    net.eval()
    with torch.no_grad():
        valid = nn.functional.mse_loss(net(valid_x), valid_y).item()
    history["train"].append(loss.item())
    history["valid"].append(valid)
    if valid < best - 1e-4:
        best, bad = valid, 0
        best_state = copy.deepcopy(net.state_dict())
    else:
        bad += 1
        if bad >= patience:
            print(f"stopped after {epoch + 1} epochs")
            break
print(f"best {best:.3f}", len(history["valid"]) == epoch + 1, min(history["valid"]) <= best + 1e-4)
print(net.load_state_dict(best_state))
print(sorted(best_state), best_state["0.weight"].shape)
# ==== schedulers_table
import torch
from torch import nn, optim

model = nn.Linear(2, 1)
for name, make in [
    ("StepLR", lambda o: optim.lr_scheduler.StepLR(o, step_size=2, gamma=0.1)),
    ("MultiStep", lambda o: optim.lr_scheduler.MultiStepLR(o, milestones=[1, 3])),
    ("Exponential", lambda o: optim.lr_scheduler.ExponentialLR(o, 0.5)),
    ("Cosine", lambda o: optim.lr_scheduler.CosineAnnealingLR(o, T_max=4)),
    ("Lambda", lambda o: optim.lr_scheduler.LambdaLR(o, lr_lambda=lambda e: 1 / (1 + e))),
]:
    opt = optim.SGD(model.parameters(), lr=0.1)
    sched = make(opt)
    rates = []
    for _ in range(5):
        rates.append(opt.param_groups[0]["lr"])
        opt.step()
        sched.step()
    print(f"{name:<12}" + " ".join(f"{rate:8.5f}" for rate in rates), sched.get_last_lr())
opt = optim.Adam(model.parameters(), lr=1e-2)
plateau = optim.lr_scheduler.ReduceLROnPlateau(opt, mode="min", factor=0.5, patience=1)
for loss in [1.0, 0.9, 0.95, 0.93, 0.92, 0.5]:
    plateau.step(loss)
    print(loss, opt.param_groups[0]["lr"], plateau.num_bad_epochs, plateau.best)
# ==== gradient_accumulation
import torch
import torch.nn as nn

torch.manual_seed(2)
model = nn.Linear(3, 2)
x, y = torch.randn(8, 3), torch.randint(0, 2, (8,))
criterion = nn.CrossEntropyLoss()
criterion(model(x), y).backward()
whole = model.weight.grad.clone()
model.zero_grad()
print(model.weight.grad)
steps = 4
for i, (xb, yb) in enumerate(zip(x.chunk(steps), y.chunk(steps)), start=1):
    loss = criterion(model(xb), yb) / steps
    loss.backward()
    print(i, f"{model.weight.grad.norm().item():.4f}")
print(torch.allclose(whole, model.weight.grad, atol=1e-6))
total = torch.norm(torch.stack([p.grad.norm() for p in model.parameters()]))
clipped = nn.utils.clip_grad_norm_(model.parameters(), 0.1)
print(torch.isclose(total, clipped), sum(p.grad.pow(2).sum() for p in model.parameters()).sqrt())
# ==== custom_gru_cell_matches
import torch
import torch.nn as nn


class MyGRU(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.Parameter(torch.empty(3 * hidden_size, input_size))
        self.U = nn.Parameter(torch.empty(3 * hidden_size, hidden_size))
        self.b = nn.Parameter(torch.zeros(3 * hidden_size))
        self.c = nn.Parameter(torch.zeros(3 * hidden_size))
        for p in self.parameters():
            if p.ndim >= 2:
                nn.init.xavier_uniform_(p)

    def forward(self, x, h=None):
        steps, batch, _ = x.shape
        h = x.new_zeros(batch, self.hidden_size) if h is None else h
        outputs = []
        for t in range(steps):
            gi = nn.functional.linear(x[t], self.W, self.b)
            gh = nn.functional.linear(h, self.U, self.c)
            i_r, i_z, i_n = gi.chunk(3, dim=1)
            h_r, h_z, h_n = gh.chunk(3, dim=1)
            r = (i_r + h_r).sigmoid()
            z = (i_z + h_z).sigmoid()
            n = (i_n + r * h_n).tanh()
            h = n + z * (h - n)
            outputs.append(h)
        return torch.stack(outputs), h


torch.manual_seed(11)
mine = MyGRU(3, 4)
ref = nn.GRU(3, 4)
with torch.no_grad():
    ref.weight_ih_l0.copy_(mine.W)
    ref.weight_hh_l0.copy_(mine.U)
    ref.bias_ih_l0.copy_(mine.b)
    ref.bias_hh_l0.zero_()
x = torch.randn(5, 2, 3)
a, ha = mine(x)
b, hb = ref(x)
print(torch.allclose(a, b, atol=1e-6), torch.allclose(ha, hb[0], atol=1e-6), ha.shape, hb.shape)
print(sum(p.numel() for p in mine.parameters()) == sum(p.numel() for p in ref.parameters()))
a.sum().backward()
b.sum().backward()
print(torch.allclose(mine.U.grad, ref.weight_hh_l0.grad, atol=1e-5), (mine.b.grad - ref.bias_ih_l0.grad).abs().max() < 1e-5)
print(mine)
# ==== tbptt_hidden_detach
import torch
import torch.nn as nn

torch.manual_seed(8)
rnn = nn.RNN(1, 6, batch_first=True)
head = nn.Linear(6, 1)
opt = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.05)
wave = torch.sin(torch.linspace(0, 6.28, 33)).view(1, -1, 1)
h = None
for k, start in enumerate(range(0, 32, 8)):
    chunk, target = wave[:, start:start + 8], wave[:, start + 1:start + 9]
    if h is not None:
        h = h.detach()
    out, h = rnn(chunk, h)
    loss = (head(out) - target).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(k, round(loss.item(), 3), h.grad_fn is not None, tuple(h.shape))
out, h2 = rnn(wave[:, :8], h)
head(out).mean().backward()
# ==== lstm_state_tuple
import torch
import torch.nn as nn

lstm = nn.LSTM(input_size=4, hidden_size=5, num_layers=2)
x = torch.zeros(3, 2, 4)
out, state = lstm(x)
print(type(state), len(state), [s.shape for s in state])
h, c = state
out2, _ = lstm(x, (h, c))
print(out2.shape, out.mean() != out2.mean())
linear = nn.Linear(5, 1)
try:
    linear(lstm(x))
except TypeError as e:
    print("TypeError:", e)
lstm(x, h)
# ==== mask_loss_ignore_index
import torch
import torch.nn.functional as F

torch.manual_seed(0)
logits = torch.randn(2, 4, 5)
target = torch.tensor([[1, 2, 0, 0], [3, 0, 0, 0]])
flat = F.cross_entropy(logits.reshape(-1, 5), target.reshape(-1), ignore_index=0)
mask = target.ne(0)
per_token = F.cross_entropy(logits.permute(0, 2, 1), target, reduction="none")
print(per_token.shape, mask.sum().item())
masked = (per_token * mask).sum() / mask.sum()
print(torch.isclose(flat, masked), f"{flat:.4f}")
pred = logits.argmax(-1)
correct = (pred == target) & mask
print(pred.tolist(), correct.sum().item(), f"{correct.sum() / mask.sum():.1%}")
smooth = F.cross_entropy(logits.view(-1, 5), target.view(-1), label_smoothing=0.1)
print(round(smooth.item(), 3))
F.cross_entropy(logits, target)
# ==== hooks_activations_gradients
import torch
import torch.nn as nn
from collections import OrderedDict, defaultdict

torch.manual_seed(6)
model = nn.Sequential(OrderedDict([("fc1", nn.Linear(4, 3)), ("act", nn.ReLU()), ("fc2", nn.Linear(3, 1))]))
seen = defaultdict(list)


def keep(name):
    def hook(module, args, output):
        seen[name].append((module.__class__.__name__, tuple(args[0].shape), tuple(output.shape)))
    return hook


handles = [m.register_forward_hook(keep(n)) for n, m in model.named_modules() if n]
pre = model.fc2.register_forward_pre_hook(lambda m, args: (args[0] * 2,))
x = torch.ones(2, 4, requires_grad=True)
x.register_hook(lambda g: print("grad of x", g.shape))
out = model(x)
out.sum().backward()
for h in handles:
    h.remove()
pre.remove()
print(dict(seen))
model(x)
print(sum(len(v) for v in seen.values()), x.grad.shape)
print(model.fc1.weight.grad is not None, model._modules.keys())
# ==== state_dict_compare_and_load
import io
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, hidden=4, extra=False):
        super().__init__()
        self.rnn = nn.GRU(3, hidden, batch_first=True)
        self.out = nn.Linear(hidden, 2)
        if extra:
            self.norm = nn.LayerNorm(hidden)


a, b = Net(), Net()
print(all(torch.equal(p, q) for p, q in zip(a.state_dict().values(), b.state_dict().values())))
buffer = io.BytesIO()
torch.save({"model": a.state_dict(), "epoch": 3}, buffer)
buffer.seek(0)
checkpoint = torch.load(buffer, weights_only=True)
print(checkpoint["epoch"], b.load_state_dict(checkpoint["model"]))
print(all(torch.equal(p, q) for p, q in zip(a.parameters(), b.parameters())))
for name, value in list(a.state_dict().items())[:3]:
    print(f"{name:<20}{tuple(value.shape)!s:>12}{value.dtype!s:>16}")
print(Net(extra=True).load_state_dict(a.state_dict(), strict=False))
Net(hidden=5).load_state_dict(a.state_dict())
# ==== embedding_pretrained_frozen
import torch
import torch.nn as nn

vectors = torch.arange(12, dtype=torch.float32).view(4, 3) / 10
emb = nn.Embedding.from_pretrained(vectors, freeze=True, padding_idx=0)
print(emb, emb.weight.requires_grad)
ids = torch.tensor([[1, 2, 0], [3, 0, 0]])
x = emb(ids)
print(x)
mask = (ids != emb.padding_idx).float().unsqueeze(-1)
print((x * mask).sum(1) / mask.sum(1).clamp(min=1))
trained = nn.Embedding(4, 3, padding_idx=0)
print(trained.weight[0], trained.weight.shape)
trained(ids).sum().backward()
print(trained.weight.grad)
try:
    emb(torch.tensor([4]))
except IndexError as error:
    print(type(error).__name__, error)
emb(torch.tensor([0.5]))
# ==== weight_init_loop
import math
import torch
import torch.nn as nn

torch.manual_seed(4)
gru = nn.GRU(5, 3, num_layers=2)
for layer in range(gru.num_layers):
    for kind in ("ih", "hh"):
        w = getattr(gru, f"weight_{kind}_l{layer}")
        nn.init.orthogonal_(w) if kind == "hh" else nn.init.kaiming_uniform_(w, a=math.sqrt(5))
        bias = getattr(gru, f"bias_{kind}_l{layer}")
        with torch.no_grad():
            bias.zero_()
            bias[gru.hidden_size:2 * gru.hidden_size].fill_(1.0)
w = gru.weight_hh_l0.detach()
print(torch.allclose(w.T @ w, torch.eye(3) * 1.0, atol=1e-5), w.shape)
print(gru.bias_ih_l1)
lin = nn.Linear(100, 50)
nn.init.normal_(lin.weight, mean=0.0, std=0.02)
print(f"{lin.weight.std().item():.3f}", lin.weight.abs().max() < 0.1)
print(nn.init.calculate_gain("relu"), round(nn.init.calculate_gain("tanh"), 4))


def init_weights(m):
    if type(m) in (nn.Linear,):
        nn.init.constant_(m.weight, 0.5)
        m.bias.data.fill_(0.1)
    print("visited", m.__class__.__name__)


net = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.ReLU(), nn.Linear(2, 1)))
net.apply(init_weights)
print(net(torch.ones(1, 2)))
# ==== bidirectional_classifier
import torch
import torch.nn as nn


class Classifier(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, num_classes, num_layers=1, dropout=0.0):
        super(Classifier, self).__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.lstm = nn.LSTM(embed_dim, hidden_dim, num_layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(hidden_dim * 2, num_classes)

    def forward(self, x):
        embedded = self.embedding(x)
        output, (hidden, cell) = self.lstm(embedded)
        hidden = torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1)
        return self.fc(self.dropout(hidden))


torch.manual_seed(42)
model = Classifier(50, 8, 6, 3, dropout=0.3)
print(model)
print(f"The model has {sum(p.numel() for p in model.parameters() if p.requires_grad):,} trainable parameters")
x = torch.randint(0, 50, (4, 7))
model.eval()
probs = torch.softmax(model(x), dim=1)
print(probs.shape, probs.sum(dim=1))
values, classes = probs.topk(2, dim=1)
print(classes.shape, (values[:, 0] >= values[:, 1]).all())
model(torch.randint(0, 60, (2, 3)) + 50)
# ==== dataclass_config_typing
from dataclasses import dataclass, field, asdict, fields, replace
from typing import List, Optional, Dict, Union, NamedTuple
import torch
import torch.nn as nn


class Sizes(NamedTuple):
    inputs: int
    hidden: int = 4


@dataclass
class TrainConfig:
    sizes: Sizes
    lr: float = 3e-4
    epochs: int = 2
    tags: List[str] = field(default_factory=list)
    note: Optional[str] = None

    def __post_init__(self):
        if self.lr <= 0:
            raise ValueError(f"lr must be positive, got {self.lr}")


cfg = TrainConfig(Sizes(3), tags=["gru"])
print(cfg)
print(asdict(cfg)["lr"], [f.name for f in fields(cfg)], cfg.sizes.hidden, cfg.sizes._replace(hidden=9))
bigger = replace(cfg, epochs=5)
print(bigger == cfg, bigger.epochs, bigger.tags is cfg.tags)
options: Dict[str, Union[int, float]] = {"a": 1, "b": 2.5}
print(*(f"{k}={v}" for k, v in options.items()), sep=", ")
print(nn.GRU(*cfg.sizes))
TrainConfig(Sizes(1), lr=-1)
# ==== tables_and_formatting
import torch

rows = [("gru", 0.91234, 1500), ("lstm", 0.8999, 2000), ("rnn", 1.0, 500)]
header = f"{'model':<8}|{'acc':^9}|{'params':>8}"
print(header)
print("-" * len(header))
for name, acc, params in sorted(rows, key=lambda row: -row[1]):
    print(f"{name:<8}|{acc:^9.2%}|{params:>8,}")
print("{:>10.3f}|{:<6d}|{!r:^8}".format(3.14159, 42, "x"))
print("%-10s|%5.1f|%03d" % ("left", 2.345, 7))
width = 12
print(f"{'centre':*^{width}}", f"{1234567.891:_.2f}", f"{255:#x} {255:08b} {0.000012345:.2e}")
x = torch.tensor([1.23456, 2.0])
print(f"{x[0]:.2f}", f"{x[0].item():>8.3f}", f"{x.tolist()}", f"{x.mean():.3f} {x.shape}")
print(f"{x=}", f"{len(rows)=}")
print(f"{x:.2f}")
# ==== kfold_by_hand
import random
import torch
import torch.nn as nn
from itertools import chain

random.seed(7)
torch.manual_seed(7)
indices = list(range(10))
random.shuffle(indices)
k = 3
folds = [indices[i::k] for i in range(k)]
print(folds)
x, y = torch.randn(10, 2), torch.arange(10) % 2
scores = []
for i, fold in enumerate(folds):
    train = list(chain.from_iterable(f for j, f in enumerate(folds) if j != i))
    model = nn.Linear(2, 2)
    opt = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(5):
        opt.zero_grad()
        nn.functional.cross_entropy(model(x[train]), y[train]).backward()
        opt.step()
    acc = (model(x[fold]).argmax(1) == y[fold]).float().mean().item()
    scores.append(acc)
    print(f"fold {i}: {len(train)} train, {len(fold)} test, acc {acc:.2f}")
print(f"mean {sum(scores) / len(scores):.3f}")
# ==== time_series_normalise_forecast
import torch
import torch.nn as nn

torch.manual_seed(9)
t = torch.arange(40, dtype=torch.float32)
series = 10 + 0.1 * t + torch.sin(t / 3)
split = int(len(series) * 0.75)
mean, std = series[:split].mean(), series[:split].std()
scaled = (series - mean) / std
window = 5


def make_windows(data, window, horizon=1):
    xs, ys = [], []
    for i in range(len(data) - window - horizon + 1):
        xs.append(data[i:i + window])
        ys.append(data[i + window + horizon - 1])
    return torch.stack(xs).unsqueeze(-1), torch.stack(ys).unsqueeze(-1)


x, y = make_windows(scaled[:split], window)
print(x.shape, y.shape, torch.equal(x[1, :-1], x[0, 1:]))


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 8, batch_first=True)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        _, h = self.gru(x)
        return self.out(h.squeeze(0))


model = Forecaster()
opt = torch.optim.Adam(model.parameters(), lr=0.02)
for epoch in range(20):
    opt.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    opt.step()
    if epoch % 5 == 0:
        print(epoch, round(loss.item(), 3))
with torch.no_grad():
    history = scaled[split - window:split].tolist()
    for _ in range(3):
        inp = torch.tensor(history[-window:]).view(1, window, 1)
        history.append(model(inp).item())
forecast = torch.tensor(history[window:]) * std + mean
print(forecast.shape, (forecast > 10).all().item())
model(x.squeeze(-1).unsqueeze(0).unsqueeze(0))
# ==== autograd_by_hand
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.ones(3, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
y = (w * x).sum() + b
print(y, y.grad_fn.name(), y.is_leaf, x.is_leaf)
y.backward()
print(x.grad, w.grad, b.grad)
w.grad.zero_()
z = (w * x.detach()).sum()
z.backward()
print(w.grad, x.grad)
with torch.no_grad():
    w -= 0.1 * w.grad
    print(w.requires_grad, (w * 2).requires_grad)
print(w)
u = w.clone()
u[0] = 5
u.sum().backward()
print(w.grad)
v = torch.tensor(2.0, requires_grad=True)
first, = torch.autograd.grad(v ** 4, v, create_graph=True)
second, = torch.autograd.grad(first, v)
print(first, second)
w[0] = 1.0
# ==== gradient_check_numeric
import torch

torch.manual_seed(3)


def f(p):
    return (torch.tanh(p @ p.T).sum() + p.prod()) / 2


p = torch.randn(2, 3, dtype=torch.float64, requires_grad=True)
f(p).backward()
eps = 1e-6
numeric = torch.zeros_like(p)
with torch.no_grad():
    for i in range(p.shape[0]):
        for j in range(p.shape[1]):
            old = p[i, j].item()
            p[i, j] = old + eps
            up = f(p).item()
            p[i, j] = old - eps
            down = f(p).item()
            p[i, j] = old
            numeric[i, j] = (up - down) / (2 * eps)
print(torch.allclose(numeric, p.grad, atol=1e-6), (numeric - p.grad).abs().max() < 1e-6)
print(p.grad.shape, numeric.dtype)
# ==== sampling_strategies
import torch
import torch.nn.functional as F

torch.manual_seed(12)
logits = torch.tensor([2.0, 1.0, 0.5, -1.0, -2.0])
for temperature in (0.5, 1.0, 2.0):
    probs = F.softmax(logits / temperature, dim=-1)
    print(temperature, [round(p, 3) for p in probs.tolist()], torch.multinomial(probs, 4, replacement=True).tolist())
k = 2
top, _ = torch.topk(logits, k)
filtered = torch.where(logits < top[-1], torch.full_like(logits, float("-inf")), logits)
print(filtered, F.softmax(filtered, dim=0))
ordered, order = torch.sort(logits, descending=True)
cumulative = torch.cumsum(F.softmax(ordered, dim=-1), dim=-1)
remove = cumulative > 0.8
remove[1:] = remove[:-1].clone()
remove[0] = False
logits[order[remove]] = float("-inf")
print(logits, order.tolist(), remove.tolist())
print(torch.multinomial(torch.tensor([0.0, 0.0]), 1))
# ==== beam_search
import math
import torch
import torch.nn as nn

torch.manual_seed(21)
vocab, hidden = 6, 5
emb, cell, out = nn.Embedding(vocab, 4), nn.GRUCell(4, hidden), nn.Linear(hidden, vocab)
with torch.no_grad():
    beams = [([0], 0.0, torch.zeros(1, hidden))]
    for _ in range(4):
        candidates = []
        for tokens, score, h in beams:
            h_new = cell(emb(torch.tensor([tokens[-1]])), h)
            log_probs = torch.log_softmax(out(h_new), dim=-1).squeeze(0)
            values, ids = log_probs.topk(3)
            for value, token in zip(values.tolist(), ids.tolist()):
                candidates.append((tokens + [token], score + value, h_new))
        beams = sorted(candidates, key=lambda c: c[1], reverse=True)[:3]
for tokens, score, _ in beams:
    print(tokens, f"{score:.3f}", f"{math.exp(score):.4f}")
print(max(beams, key=lambda b: b[1])[0] == beams[0][0])
# ==== confusion_metrics
import torch
from collections import Counter

truth = torch.tensor([0, 1, 2, 2, 1, 0, 1])
guess = torch.tensor([0, 2, 2, 2, 1, 1, 1])
n = 3
matrix = torch.zeros(n, n, dtype=torch.long)
for t, g in zip(truth, guess):
    matrix[t, g] += 1
print(matrix)
same = torch.bincount(truth * n + guess, minlength=n * n).reshape(n, n)
print(torch.equal(matrix, same), matrix.trace().item(), matrix.sum().item())
tp = matrix.diag().float()
precision = tp / matrix.sum(0).clamp(min=1)
recall = tp / matrix.sum(1).clamp(min=1)
f1 = 2 * precision * recall / (precision + recall)
for name, values in [("precision", precision), ("recall", recall), ("f1", f1)]:
    print(f"{name:>10}: " + " ".join(f"{v:.3f}" for v in values))
print(Counter(zip(truth.tolist(), guess.tolist())).most_common(2))
print(f"accuracy {(truth == guess).float().mean():.4f}, macro f1 {f1.mean().item():.4f}")
# ==== parameter_groups_freeze
import torch
import torch.nn as nn

torch.manual_seed(13)
net = nn.ModuleDict({"body": nn.Linear(3, 3), "head": nn.Linear(3, 1)})
for p in net["body"].parameters():
    p.requires_grad_(False)
opt = torch.optim.AdamW([
    {"params": [p for p in net.parameters() if p.requires_grad], "lr": 0.1},
], weight_decay=0.01)
before = {n: p.clone() for n, p in net.named_parameters()}
loss = net["head"](net["body"](torch.randn(4, 3))).pow(2).mean()
loss.backward()
opt.step()
for n, p in net.named_parameters():
    print(f"{n:<12} changed={not torch.equal(before[n], p)} grad={p.grad is not None}")
opt.add_param_group({"params": net["body"].parameters(), "lr": 0.001})
print(len(opt.param_groups), [g["lr"] for g in opt.param_groups], [len(g["params"]) for g in opt.param_groups])
print(opt)
print(sorted(opt.state_dict().keys()), list(opt.state.values())[0]["step"])
# ==== device_agnostic
import torch
import torch.nn as nn

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print("Using", device, device.type)
model = nn.GRU(2, 3).to(device)
x = torch.randn(4, 1, 2, device=device)
h0 = torch.zeros(1, 1, 3).to(device)
out, hn = model(x, h0)
print(out.device, next(model.parameters()).is_cuda, out.shape, x.to("cpu") is x)
print(torch.cuda.device_count(), torch.backends.mps.is_available())
x.cuda()
# ==== broadcasting_lessons
import torch

a = torch.arange(3).reshape(3, 1)
b = torch.arange(4)
print((a + b).shape, a * 10 + b)
print((a == b).int(), torch.broadcast_shapes((5, 1, 3), (4, 1)))
x = torch.ones(2, 3, 4)
print((x * torch.ones(4)).shape, (x * torch.ones(3, 1)).shape, x.sum((1, 2)), x.mean(-1, keepdim=True).shape)
pred, target = torch.zeros(4, 1), torch.ones(4)
print((pred - target).shape, torch.nn.functional.mse_loss(pred.squeeze(1), target))
print(torch.nn.functional.mse_loss(pred, target))
x + torch.ones(3)
# ==== views_and_memory
import torch

x = torch.arange(12)
v = x.view(3, 4)
v[0, 0] = 100
print(x[:2], v.data_ptr() == x.data_ptr(), v.is_contiguous(), v.stride())
t = v.t()
print(t.shape, t.stride(), t.is_contiguous(), t.contiguous().stride())
print(t.reshape(-1)[:4], x.unfold(0, 3, 3))
r = v[:, 1:3]
r += 1
print(v, r.storage_offset())
print(torch.equal(v.flatten(), x), v.permute(1, 0).shape, v[None].shape, v[..., None].shape, v[:, [0, 2]].shape, v[v > 50])
e = torch.tensor([[1], [2]]).expand(2, 3)
print(e, e.stride(), e.clone().stride())
c, d = torch.split(v, [1, 3], dim=1)
print(c.shape, d.shape, [p.shape for p in torch.chunk(v, 2, dim=0)], torch.stack([v, v]).shape)
t.view(-1)
# ==== generators_and_batches
import itertools
import random
import torch


def batches(data, size, drop_last=False):
    it = iter(data)
    while batch := list(itertools.islice(it, size)):
        if drop_last and len(batch) < size:
            return
        yield batch


print(list(batches(range(7), 3)), list(batches(range(7), 3, drop_last=True)))


def bucket(seqs):
    for length, group in itertools.groupby(sorted(seqs, key=len), key=len):
        yield length, list(group)


seqs = ["ab", "c", "de", "fgh", "i"]
print(dict(bucket(seqs)))
random.seed(1)
order = random.sample(seqs, k=len(seqs))
print(order, random.choice(order), round(random.random(), 4))
pairs = list(itertools.pairwise([1, 2, 3]))
print(pairs, list(zip(*pairs)), list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)))


class Stream:
    def __init__(self, text, context):
        self.text, self.context = text, context

    def __iter__(self):
        for i in range(len(self.text) - self.context):
            yield self.text[i:i + self.context], self.text[i + self.context]

    def __len__(self):
        return max(0, len(self.text) - self.context)


for ctx, nxt in Stream("hello", 3):
    print(ctx, "->", nxt)
print(len(Stream("hello", 3)), list(Stream("hi", 3)), next(iter(Stream("abcd", 2))))
next(iter(Stream("a", 2)))
# ==== match_command_loop
import torch


def run(command):
    match command.split():
        case ["zeros", *sizes]:
            return torch.zeros(*map(int, sizes))
        case ["add", a, b]:
            return float(a) + float(b)
        case ["quit" | "exit"]:
            return None
        case []:
            return "nothing"
        case [name, *rest] if len(rest) > 2:
            return f"{name}: too many"
        case other:
            raise ValueError(f"unknown command: {other[0]!r}")


for command in ["zeros 2 2", "add 1 2.5", "quit", "", "a b c d", "zeros x"]:
    try:
        print(run(command))
    except ValueError as e:
        print("error:", e)
run("fly")
# ==== ema_and_vectors
import copy
import torch
import torch.nn as nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters


class EMA:
    def __init__(self, model, decay):
        self.decay = decay
        self.shadow = copy.deepcopy(model)
        for p in self.shadow.parameters():
            p.requires_grad_(False)

    @torch.no_grad()
    def update(self, model):
        for s, p in zip(self.shadow.parameters(), model.parameters()):
            s.mul_(self.decay).add_(p, alpha=1 - self.decay)


model = nn.Linear(2, 1)
with torch.no_grad():
    vector_to_parameters(torch.tensor([1.0, 2.0, 3.0]), model.parameters())
ema = EMA(model, 0.9)
model.weight.data += 1
model.bias.data.zero_()
ema.update(model)
print(parameters_to_vector(ema.shadow.parameters()), parameters_to_vector(model.parameters()).shape)
print(model.weight, ema.shadow.weight.requires_grad)
# ==== einsum_attention_heads
import math
import torch
import torch.nn as nn

torch.manual_seed(17)
batch, steps, dim, heads = 2, 3, 8, 2
x = torch.randn(batch, steps, dim)
qkv = nn.Linear(dim, 3 * dim)
q, k, v = qkv(x).chunk(3, dim=-1)
split = lambda z: z.view(batch, steps, heads, dim // heads).transpose(1, 2)
q, k, v = map(split, (q, k, v))
scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / math.sqrt(dim // heads)
causal = torch.triu(torch.ones(steps, steps, dtype=torch.bool), diagonal=1)
weights = scores.masked_fill(causal, float("-inf")).softmax(-1)
out = torch.einsum("bhqk,bhkd->bhqd", weights, v).transpose(1, 2).contiguous().view(batch, steps, dim)
print(weights[0, 0], out.shape)
fused = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
print(torch.allclose(fused.transpose(1, 2).reshape(batch, steps, dim), out, atol=1e-5))
out.transpose(1, 2).view(batch, -1)
# ==== positional_and_tied
import math
import torch
import torch.nn as nn


class PositionalEncoding(nn.Module):
    def __init__(self, dim, longest=20):
        super().__init__()
        position = torch.arange(longest).unsqueeze(1)
        div = torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
        pe = torch.zeros(longest, dim)
        pe[:, 0::2] = torch.sin(position * div)
        pe[:, 1::2] = torch.cos(position * div)
        self.register_buffer("pe", pe)

    def forward(self, x):
        return x + self.pe[:x.size(1)]


class Tied(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.position = PositionalEncoding(dim)
        self.out = nn.Linear(dim, vocab)
        self.out.weight = self.embed.weight

    def forward(self, x):
        return self.out(self.position(self.embed(x)))


m = Tied(7, 4)
print(m)
print(len(list(m.parameters())), [n for n, _ in m.named_buffers()], m.out.weight is m.embed.weight, list(m.state_dict()))
print(m.position.pe[:2])
print(m(torch.tensor([[1, 2, 3]])).shape)
m(torch.zeros(1, 21, dtype=torch.long))
# ==== loss_zoo
import torch
import torch.nn as nn

x = torch.tensor([0.5, -1.0, 2.0])
t = torch.tensor([1.0, 0.0, 1.0])
for loss in [nn.MSELoss(), nn.L1Loss(), nn.SmoothL1Loss(), nn.HuberLoss(delta=0.5), nn.BCEWithLogitsLoss(), nn.MSELoss(reduction="sum"), nn.L1Loss(reduction="none")]:
    print(f"{type(loss).__name__:<20}", loss(x, t))
print(nn.BCELoss()(torch.sigmoid(x), t), nn.KLDivLoss(reduction="batchmean")(torch.log_softmax(x.view(1, -1), 1), torch.softmax(t.view(1, -1), 1)))
print(nn.NLLLoss()(torch.log_softmax(x.view(1, -1), dim=1), torch.tensor([2])))
print(nn.CosineEmbeddingLoss()(x.view(1, -1), t.view(1, -1), torch.tensor([1])), nn.TripletMarginLoss()(x.view(1, -1), t.view(1, -1), -t.view(1, -1)))
print(nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.0]), reduction="none")(x, t))
nn.BCELoss()(x, t)
# ==== broken_training_steps
import torch
import torch.nn as nn

model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.ones(3, 2), torch.ones(3, 1)


def attempt(label, f):
    try:
        f()
        print(label, "worked")
    except Exception as e:
        print(f"{label}: {type(e).__name__}: {str(e).splitlines()[0]}")


attempt("detached", lambda: (model(x).detach() - y).mean().backward())
attempt("vector", lambda: (model(x) - y).backward())
attempt("ints", lambda: model(torch.ones(3, 2, dtype=torch.long)))
attempt("shape", lambda: model(torch.ones(3, 4)))
attempt("item", lambda: model(x).item())
attempt("numpy", lambda: model(x).numpy())
attempt("empty", lambda: torch.optim.SGD([], lr=0.1))
attempt("tensor as params", lambda: torch.optim.SGD(x, lr=0.1))
attempt("bad lr", lambda: torch.optim.Adam(model.parameters(), lr=-1))
attempt("not a module", lambda: model.forwards(x))
attempt("list", lambda: model([1.0, 2.0]))
attempt("bool", lambda: bool(x > 0))
attempt("index", lambda: x[5])
attempt("cat", lambda: torch.cat([x, torch.ones(2, 3)]))
attempt("stack", lambda: torch.stack([x, y]))
attempt("view", lambda: x.view(4, 2))
attempt("device", lambda: x.to("gpu"))
attempt("dtype", lambda: torch.tensor([1, 2]).mean())
attempt("twice", lambda: [loss.backward() for loss in [(model(x) - y).mean()] * 2])
attempt("dropout", lambda: nn.Dropout(1.5))
attempt("hidden", lambda: nn.GRU(2, 3)(x.unsqueeze(0), torch.zeros(1, 2, 3)))
# ==== imports_and_scopes
import torch as T
from torch import nn as layers, optim as o
from torch.nn import functional as F, Linear, GRU
import torch.nn.functional
import numpy as np, math, time
from functools import partial, reduce

start = time.time()
counter = 0


def bump(by=1):
    global counter
    counter += by
    return counter


layers_made = [partial(Linear, 3)(n) for n in (1, 2)]
print([tuple(l.weight.shape) for l in layers_made], reduce(lambda a, b: a * b, [1, 2, 3, 4]))
print(bump(), bump(by=5), counter, T.relu(T.tensor(-1.0)), F.relu is torch.nn.functional.relu)
print(time.time() - start >= 0, isinstance(start, float), math.isclose(np.pi, math.pi))
a = np.array([[1, 2], [3, 4]], dtype=np.float32)
x = T.from_numpy(a)
print(x, x.dtype, x.numpy().shape, np.mean(a), a.sum(axis=0), (a @ a).tolist())
print(__name__, GRU(1, 2).hidden_size)
if __name__ == "__main__":
    print(undefined_thing)
