# ==== char_vocab
import torch
import torch.nn as nn
text = "hello world"
chars = sorted(set(text))
stoi = {ch: i for i, ch in enumerate(chars)}
itos = {i: ch for ch, i in stoi.items()}
encode = lambda s: [stoi[c] for c in s]
decode = lambda ids: "".join(itos[i] for i in ids)
data = torch.tensor(encode(text), dtype=torch.long)
print(len(chars), chars)
print(data, data.dtype)
print(decode(data.tolist()))
one_hot = nn.functional.one_hot(data, num_classes=len(chars)).float()
print(one_hot.shape, one_hot.sum().item())
print(stoi)
# ==== char_rnn_train
import torch
import torch.nn as nn
torch.manual_seed(1)
text = "abcabcabcabc"
vocab = sorted(set(text))
ids = torch.tensor([vocab.index(c) for c in text])
class CharRNN(nn.Module):
    def __init__(self, vocab_size, hidden_size=16):
        super(CharRNN, self).__init__()
        self.embed = nn.Embedding(vocab_size, 8)
        self.rnn = nn.GRU(8, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, vocab_size)
    def forward(self, x, h=None):
        e = self.embed(x)
        out, h = self.rnn(e, h)
        return self.fc(out), h
model = CharRNN(len(vocab))
opt = torch.optim.Adam(model.parameters(), lr=0.01)
loss_fn = nn.CrossEntropyLoss()
x, y = ids[:-1].unsqueeze(0), ids[1:].unsqueeze(0)
for epoch in range(30):
    opt.zero_grad()
    logits, _ = model(x)
    loss = loss_fn(logits.view(-1, len(vocab)), y.view(-1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5)
    opt.step()
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} | loss {loss.item():.4f}")
model.eval()
with torch.no_grad():
    inp = torch.tensor([[0]])
    h = None
    out = [vocab[0]]
    for _ in range(8):
        logits, h = model(inp, h)
        nxt = logits[:, -1].argmax(dim=-1, keepdim=True)
        out.append(vocab[nxt.item()])
        inp = nxt
print("".join(out))
print(model)
# ==== dataset_windows
import torch
from torch.utils.data import Dataset, DataLoader
class WindowDataset(Dataset):
    """Sliding windows."""
    def __init__(self, series, window):
        self.series = series
        self.window = window
    def __len__(self):
        return len(self.series) - self.window
    def __getitem__(self, idx):
        x = self.series[idx:idx + self.window].unsqueeze(-1)
        y = self.series[idx + self.window]
        return x, y
ds = WindowDataset(torch.arange(10.), 3)
print(len(ds), ds[0])
torch.manual_seed(0)
for xb, yb in DataLoader(ds, batch_size=3, shuffle=True, drop_last=True):
    print(xb.shape, yb)
for i, (xb, yb) in enumerate(DataLoader(ds, batch_size=4)):
    print(i, xb.squeeze(-1).tolist(), yb)
# ==== seq2seq
import random
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
random.seed(0)
class Encoder(nn.Module):
    def __init__(self, input_dim, emb_dim, hid_dim, dropout=0.0):
        super().__init__()
        self.embedding = nn.Embedding(input_dim, emb_dim)
        self.rnn = nn.GRU(emb_dim, hid_dim)
        self.dropout = nn.Dropout(dropout)
    def forward(self, src):
        embedded = self.dropout(self.embedding(src))
        outputs, hidden = self.rnn(embedded)
        return outputs, hidden
class Decoder(nn.Module):
    def __init__(self, output_dim, emb_dim, hid_dim):
        super().__init__()
        self.output_dim = output_dim
        self.embedding = nn.Embedding(output_dim, emb_dim)
        self.rnn = nn.GRU(emb_dim, hid_dim)
        self.fc_out = nn.Linear(hid_dim, output_dim)
    def forward(self, input, hidden):
        input = input.unsqueeze(0)
        output, hidden = self.rnn(self.embedding(input), hidden)
        return self.fc_out(output.squeeze(0)), hidden
class Seq2Seq(nn.Module):
    def __init__(self, encoder, decoder, device):
        super().__init__()
        self.encoder, self.decoder, self.device = encoder, decoder, device
    def forward(self, src, trg, teacher_forcing_ratio=0.5):
        trg_len, batch_size = trg.shape
        outputs = torch.zeros(trg_len, batch_size, self.decoder.output_dim).to(self.device)
        _, hidden = self.encoder(src)
        input = trg[0, :]
        for t in range(1, trg_len):
            output, hidden = self.decoder(input, hidden)
            outputs[t] = output
            teacher_force = random.random() < teacher_forcing_ratio
            top1 = output.argmax(1)
            input = trg[t] if teacher_force else top1
        return outputs
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
model = Seq2Seq(Encoder(7, 4, 6), Decoder(9, 4, 6), device).to(device)
def init_weights(m):
    for name, param in m.named_parameters():
        nn.init.uniform_(param.data, -0.08, 0.08)
model.apply(init_weights)
src = torch.randint(0, 7, (5, 2))
trg = torch.randint(0, 9, (4, 2))
out = model(src, trg)
print(out.shape, out[0].sum())
loss = F.cross_entropy(out[1:].view(-1, 9), trg[1:].reshape(-1))
print(f"{loss:.4f}")
loss.backward()
print(sum(p.numel() for p in model.parameters() if p.requires_grad))
print(device, model.encoder.rnn.weight_ih_l0.grad.abs().mean())
print(model)
# ==== attention
import math
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(3)
class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size)
        self.Ua = nn.Linear(hidden_size, hidden_size)
        self.Va = nn.Linear(hidden_size, 1)
    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        scores = scores.squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        return context, weights
att = BahdanauAttention(4)
q, k = torch.randn(2, 1, 4), torch.randn(2, 5, 4)
c, w = att(q, k)
print(c.shape, w.shape, w.sum(-1))
print(w)
def scaled_dot(q, k, v, mask=None):
    d = q.size(-1)
    s = q @ k.transpose(-2, -1) / math.sqrt(d)
    if mask is not None:
        s = s.masked_fill(mask == 0, float("-inf"))
    p = s.softmax(dim=-1)
    return p @ v, p
x = torch.randn(1, 3, 4)
mask = torch.tril(torch.ones(3, 3))
o, p = scaled_dot(x, x, x, mask)
print(p)
print(torch.allclose(o, F.scaled_dot_product_attention(x, x, x, is_causal=True), atol=1e-6))
# ==== lstm_classifier
import torch
import torch.nn as nn
torch.manual_seed(5)
class SentimentLSTM(nn.Module):
    def __init__(self, vocab, embed_dim, hidden, n_layers, drop):
        super().__init__()
        self.embedding = nn.Embedding(vocab, embed_dim, padding_idx=0)
        self.lstm = nn.LSTM(embed_dim, hidden, n_layers, batch_first=True, dropout=drop, bidirectional=True)
        self.dropout = nn.Dropout(drop)
        self.fc = nn.Linear(hidden * 2, 1)
        self.sig = nn.Sigmoid()
    def forward(self, x, lengths):
        e = self.embedding(x)
        packed = nn.utils.rnn.pack_padded_sequence(e, lengths, batch_first=True, enforce_sorted=False)
        _, (h, c) = self.lstm(packed)
        h = torch.cat((h[-2], h[-1]), dim=1)
        return self.sig(self.fc(self.dropout(h))).squeeze(1)
m = SentimentLSTM(20, 6, 5, 2, 0.3)
print(m)
x = torch.tensor([[1, 2, 3, 0], [4, 5, 0, 0], [6, 7, 8, 9]])
lengths = (x != 0).sum(1)
m.eval()
with torch.no_grad():
    p = m(x, lengths)
print(p, lengths)
crit = nn.BCELoss()
m.train()
loss = crit(m(x, lengths), torch.tensor([1., 0., 1.]))
loss.backward()
print(loss.item() > 0, m.embedding.weight.grad[0])
for n, p in m.lstm.named_parameters():
    print(n, tuple(p.shape))
# ==== sine_forecast
import torch
import torch.nn as nn
import numpy as np
torch.manual_seed(0)
t = np.linspace(0, 4 * np.pi, 50)
series = np.sin(t).astype(np.float32)
X, y = [], []
for i in range(len(series) - 5):
    X.append(series[i:i + 5])
    y.append(series[i + 5])
X = torch.tensor(np.array(X)).unsqueeze(-1)
y = torch.tensor(np.array(y))
print(X.shape, y.shape, X.dtype)
model = nn.RNN(1, 8, batch_first=True)
head = nn.Linear(8, 1)
params = list(model.parameters()) + list(head.parameters())
opt = torch.optim.SGD(params, lr=0.05, momentum=0.9)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=5, gamma=0.5)
for e in range(12):
    out, _ = model(X)
    pred = head(out[:, -1, :]).squeeze()
    loss = nn.MSELoss()(pred, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    sched.step()
    if (e + 1) % 4 == 0:
        print(e + 1, round(loss.item(), 4), sched.get_last_lr())
# ==== train_val_loop
import torch
from torch import nn, optim
from torch.utils.data import TensorDataset, DataLoader, random_split
torch.manual_seed(42)
X = torch.randn(40, 4)
y = (X.sum(1) > 0).long()
full = TensorDataset(X, y)
train, val = random_split(full, [30, 10])
train_loader = DataLoader(train, batch_size=8, shuffle=True)
val_loader = DataLoader(val, batch_size=10)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 2))
criterion = nn.CrossEntropyLoss()
optimizer = optim.AdamW(model.parameters(), lr=1e-2, weight_decay=1e-3)
best = float("inf")
history = {"train": [], "val": []}
for epoch in range(1, 4):
    model.train()
    running = 0.0
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        running += loss.item() * xb.size(0)
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for xb, yb in val_loader:
            pred = model(xb).argmax(dim=1)
            correct += (pred == yb).sum().item()
            total += yb.size(0)
    history["train"].append(running / len(train))
    history["val"].append(correct / total)
    print(f"Epoch {epoch}: train loss {running / len(train):.3f}, val acc {correct / total:.2%}")
print({k: len(v) for k, v in history.items()}, best)
# ==== gru_by_hand
import torch
import torch.nn as nn
torch.manual_seed(0)
cell = nn.GRUCell(3, 4)
x, h = torch.randn(2, 3), torch.zeros(2, 4)
gi = x @ cell.weight_ih.T + cell.bias_ih
gh = h @ cell.weight_hh.T + cell.bias_hh
i_r, i_z, i_n = gi.chunk(3, 1)
h_r, h_z, h_n = gh.chunk(3, 1)
r = torch.sigmoid(i_r + h_r)
z = torch.sigmoid(i_z + h_z)
n = torch.tanh(i_n + r * h_n)
h1 = (1 - z) * n + z * h
print(torch.allclose(h1, cell(x, h), atol=1e-6))
print(h1)
print(cell)
# ==== early_stopping
import torch
class EarlyStopping:
    def __init__(self, patience=3, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.counter = 0
        self.best = None
        self.stop = False
    def __call__(self, loss):
        if self.best is None or loss < self.best - self.min_delta:
            self.best = loss
            self.counter = 0
        else:
            self.counter += 1
            if self.counter >= self.patience:
                self.stop = True
        return self.stop
es = EarlyStopping(patience=2)
for i, l in enumerate([1.0, 0.8, 0.81, 0.79, 0.8, 0.85, 0.2]):
    if es(l):
        print("stopped at", i)
        break
    print(f"{i}: {l:.2f} (best {es.best}, counter {es.counter})")
# ==== mlp_xor
import torch
import torch.nn as nn
torch.manual_seed(2)
X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
Y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
opt = torch.optim.Adam(net.parameters(), lr=0.1)
lossf = nn.BCELoss()
for i in range(100):
    opt.zero_grad()
    l = lossf(net(X), Y)
    l.backward()
    opt.step()
print(net(X).round().flatten().tolist())
print(((net(X) > 0.5).float() == Y).all())
# ==== pad_collate
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader
data = [(torch.tensor([1, 2, 3]), 0), (torch.tensor([4]), 1), (torch.tensor([5, 6]), 0)]
def collate_fn(batch):
    seqs, labels = zip(*batch)
    lengths = torch.tensor([len(s) for s in seqs])
    return pad_sequence(seqs, batch_first=True, padding_value=0), lengths, torch.tensor(labels)
for padded, lengths, labels in DataLoader(data, batch_size=2, collate_fn=collate_fn):
    print(padded, lengths, labels)
# ==== conv_text
import torch
import torch.nn as nn
torch.manual_seed(0)
conv = nn.Conv1d(in_channels=4, out_channels=3, kernel_size=2)
x = torch.randn(2, 4, 6)
print(conv(x).shape)
pool = nn.MaxPool1d(2)
print(pool(conv(x)).shape, conv)
y = torch.relu(conv(x)).max(dim=2).values
print(y.shape, y)
bn = nn.BatchNorm1d(3)
print(bn(y).mean(0).abs().max() < 1e-5, bn.running_mean)
# ==== layernorm
import torch
import torch.nn as nn
x = torch.tensor([[1., 2., 3.], [4., 6., 8.]])
ln = nn.LayerNorm(3)
print(ln(x))
print(ln, list(ln.state_dict()))
print(nn.functional.layer_norm(x, (3,)))
# ==== transformer_pos
import math
import torch
pe = torch.zeros(4, 6)
position = torch.arange(0, 4, dtype=torch.float).unsqueeze(1)
div_term = torch.exp(torch.arange(0, 6, 2).float() * (-math.log(10000.0) / 6))
pe[:, 0::2] = torch.sin(position * div_term)
pe[:, 1::2] = torch.cos(position * div_term)
print(pe)
# ==== generator_text
import torch
torch.manual_seed(7)
logits = torch.tensor([2.0, 1.0, 0.1])
for temp in (0.5, 1.0, 2.0):
    p = torch.softmax(logits / temp, dim=-1)
    print(temp, [f"{v:.3f}" for v in p.tolist()])
s = torch.multinomial(torch.softmax(logits, -1), 10, replacement=True)
print(s, torch.bincount(s, minlength=3))
vals, idx = torch.topk(logits, 2)
print(vals, idx)
# ==== schedulers
import torch
p = torch.nn.Parameter(torch.zeros(1))
opt = torch.optim.SGD([p], lr=1.0)
s = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=4)
for i in range(5):
    opt.step()
    print(round(opt.param_groups[0]["lr"], 4), end=" ")
    s.step()
print()
opt = torch.optim.SGD([p], lr=0.1)
s = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, mode="min", factor=0.5, patience=1)
for l in [1, 1, 1, 1, 0.5, 0.6, 0.7]:
    s.step(l)
    print(opt.param_groups[0]["lr"], end=" ")
print()
opt = torch.optim.SGD([p], lr=0.1)
s = torch.optim.lr_scheduler.LambdaLR(opt, lr_lambda=lambda e: 0.9 ** e)
s2 = None
for i in range(3):
    opt.step(); s.step()
    print(s.get_last_lr())
opt = torch.optim.Adam([p], lr=0.1)
s = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.5)
s.step()
print(s.get_last_lr())
s = torch.optim.lr_scheduler.MultiStepLR(torch.optim.SGD([p], lr=1.), milestones=[1, 3], gamma=0.1)
for _ in range(4):
    s.step()
    print(s.get_last_lr())
# ==== optim_repr
import torch
m = torch.nn.Linear(2, 1)
print(torch.optim.SGD(m.parameters(), lr=0.1))
print(torch.optim.Adam(m.parameters()))
o = torch.optim.SGD([{"params": [m.weight], "lr": 0.5}, {"params": [m.bias]}], lr=0.1)
print([g["lr"] for g in o.param_groups], len(o.param_groups))
try:
    torch.optim.SGD([], lr=0.1)
except ValueError as e:
    print(e)
try:
    torch.optim.Adam(m.parameters(), lr=-1)
except ValueError as e:
    print(e)
print(o.state_dict()["param_groups"][0]["params"])
# ==== summary_counts
import torch.nn as nn
m = nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 3))
total = 0
for name, p in m.named_parameters():
    print(f"{name:<12} {str(tuple(p.shape)):>10} {p.numel():>5,}")
    total += p.numel()
print("total", f"{total:,}")
m[0].weight.requires_grad = False
print(sum(p.numel() for p in m.parameters() if p.requires_grad))
for c in m.children():
    print(type(c).__name__, c)
# ==== weight_tying
import torch
import torch.nn as nn
class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(5, 4)
        self.gru = nn.GRU(4, 4)
        self.out = nn.Linear(4, 5)
        self.out.weight = self.emb.weight
    def forward(self, x):
        return self.out(self.gru(self.emb(x))[0])
m = LM()
print(m.out.weight is m.emb.weight, len(list(m.parameters())), len(m.state_dict()))
print(m(torch.tensor([[0], [1]])).shape)
# ==== hidden_detach
import torch
import torch.nn as nn
torch.manual_seed(0)
gru = nn.GRU(2, 3)
h = torch.zeros(1, 1, 3)
opt = torch.optim.SGD(gru.parameters(), lr=0.1)
for step in range(2):
    out, h = gru(torch.randn(4, 1, 2), h)
    loss = out.pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
# ==== init_schemes
import torch
import torch.nn as nn
torch.manual_seed(0)
l = nn.Linear(3, 2)
nn.init.xavier_uniform_(l.weight)
nn.init.zeros_(l.bias)
print(l.weight, l.bias)
nn.init.orthogonal_(l.weight)
print(torch.allclose(l.weight @ l.weight.T, torch.eye(2), atol=1e-5))
nn.init.kaiming_normal_(l.weight, nonlinearity="relu")
print(l.weight.std() < 3)
nn.init.constant_(l.weight, 0.5)
nn.init.normal_(l.bias, mean=0.0, std=0.01)
print(l.weight, l.bias)
gru = nn.GRU(3, 2)
for name, param in gru.named_parameters():
    if "weight" in name:
        nn.init.xavier_normal_(param)
    elif "bias" in name:
        nn.init.constant_(param, 0)
print(gru.bias_ih_l0, gru.weight_ih_l0[0])
# ==== metrics
import torch
pred = torch.tensor([0, 1, 2, 2, 1])
true = torch.tensor([0, 2, 2, 2, 1])
cm = torch.zeros(3, 3, dtype=torch.int64)
for t, p in zip(true, pred):
    cm[t, p] += 1
print(cm)
acc = (pred == true).float().mean()
print(f"{acc:.1%}", acc.item())
print(cm.diag() / cm.sum(1))
rmse = torch.sqrt(torch.nn.functional.mse_loss(torch.tensor([1., 2.]), torch.tensor([2., 4.])))
print(rmse)
# ==== timeit
import time
import torch
start = time.time()
x = torch.ones(10).sum()
elapsed = time.time() - start
print(elapsed >= 0, x)
print(type(time.perf_counter()).__name__)
# ==== dataclass_cfg
from dataclasses import dataclass, field, asdict
from typing import List, Optional
@dataclass
class Config:
    hidden: int = 8
    layers: int = 1
    lr: float = 1e-3
    tags: List[str] = field(default_factory=list)
    name: Optional[str] = None
    def scaled(self):
        return self.hidden * self.layers
c = Config(hidden=16, tags=["a"])
print(c, c.scaled(), c == Config(16, tags=["a"]))
print(asdict(c))
try:
    Config(foo=1)
except TypeError as e:
    print(e)
