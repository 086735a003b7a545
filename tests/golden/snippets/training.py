# ==== backward
import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x ** 2).sum()
print(y, y.requires_grad, x.is_leaf, y.is_leaf)
y.backward()
print(x.grad)
(x * 3).sum().backward()
print(x.grad)
x.grad.zero_()
print(x.grad)
# ==== grad_fn_names
import torch
x = torch.ones(2, 2, requires_grad=True)
print(x + 1, x * 2, x - 1, 1 - x, x / 2, x.sum(), x.mean(), x @ x, x.t(), x.view(4), x[0], x[:, 0], x.relu(), x.exp())
print(x.softmax(1), torch.cat([x, x]), torch.stack([x, x]).shape, x.sum(0), x.max(), x.pow(3), x.sqrt(), x.unsqueeze(0), x.clone(), -x)
# ==== no_grad
import torch
w = torch.ones(2, requires_grad=True)
with torch.no_grad():
    print((w * 2).requires_grad)
    w -= 0.5
print(w, w.detach(), (w * 2).detach().requires_grad)
@torch.no_grad()
def f():
    return w * 3
print(f())
# ==== leaf_inplace
import torch
w = torch.ones(2, requires_grad=True)
w += 1
# ==== twice
import torch
x = torch.ones(2, requires_grad=True)
y = (x * x).sum()
y.backward()
y.backward()
# ==== non_scalar
import torch
x = torch.ones(2, requires_grad=True)
(x * 2).backward()
# ==== no_require
import torch
torch.ones(2).sum().backward()
# ==== inplace_error
import torch
x = torch.ones(3, requires_grad=True)
y = x.sigmoid()
y.add_(1)
y.sum().backward()
# ==== retain_grad
import torch
x = torch.tensor([2.0], requires_grad=True)
h = x * 3
h.retain_grad()
(h ** 2).backward()
print(x.grad, h.grad)
# ==== autograd_grad
import torch
x = torch.tensor(3.0, requires_grad=True)
y = x ** 3
g, = torch.autograd.grad(y, x, create_graph=True)
g2, = torch.autograd.grad(g, x)
print(g, g2)
# ==== broadcast_grad
import torch
a = torch.ones(2, 3, requires_grad=True)
b = torch.ones(3, requires_grad=True)
(a * b * torch.arange(3.0)).sum().backward()
print(a.grad, b.grad)
# ==== index_grad
import torch
x = torch.arange(6.0, requires_grad=True)
(x[1:4].sum() + x[[0, 0, 5]].sum() + x.view(2, 3)[1].max()).backward()
print(x.grad)
# ==== setitem_grad
import torch
w = torch.ones(2, requires_grad=True)
out = torch.zeros(3)
out[0] = w[0] * 2
out[1:] = w * 3
out.sum().backward()
print(w.grad, out)
# ==== linear
import torch
import torch.nn as nn
torch.manual_seed(0)
fc = nn.Linear(3, 2)
x = torch.randn(4, 3)
y = fc(x)
print(fc, fc.weight.shape, fc.bias, y.shape, y[0])
y.sum().backward()
print(fc.weight.grad[0], fc.bias.grad)
# ==== sequential
import torch
import torch.nn as nn
torch.manual_seed(1)
net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4, 1), nn.Sigmoid())
print(net)
net.eval()
print(net(torch.ones(2, 2)), len(net), net[0].out_features, sum(p.numel() for p in net.parameters()))
# ==== module
import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(n)])
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("steps", torch.zeros(1))
        self.heads = nn.ModuleDict({"a": nn.Linear(2, 1)})
    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.heads["a"](x) * self.scale
net = Net()
print(net)
print([n for n, _ in net.named_parameters()], list(net.state_dict()), [n for n, _ in net.named_children()], net.training)
net.apply(lambda m: None).eval().requires_grad_(False)
print(net.training, net.layers[0].training, net(torch.zeros(1, 2)).requires_grad)
# ==== losses
import torch
import torch.nn as nn
torch.manual_seed(0)
x, t = torch.randn(3, 4), torch.tensor([0, 3, 1])
print(nn.CrossEntropyLoss()(x, t), nn.MSELoss()(x, torch.zeros(3, 4)), nn.L1Loss()(x, torch.zeros(3, 4)), nn.NLLLoss()(x.log_softmax(1), t))
print(nn.BCEWithLogitsLoss()(x, (x > 0).float()), nn.BCELoss()(x.sigmoid(), torch.ones(3, 4)), nn.SmoothL1Loss()(x, torch.zeros(3, 4)))
print(nn.CrossEntropyLoss(reduction="none")(x, t), nn.CrossEntropyLoss(ignore_index=3)(x, t), nn.CrossEntropyLoss(label_smoothing=0.1)(x, t))
# ==== sgd
import torch
w = torch.tensor([1.0, -2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1, momentum=0.9)
for _ in range(5):
    opt.zero_grad()
    loss = (w ** 2).sum()
    loss.backward()
    opt.step()
print(w, loss)
print(opt)
# ==== adam
import torch
w = torch.tensor([1.0, -2.0], requires_grad=True)
for cls, kw in [(torch.optim.Adam, {}), (torch.optim.AdamW, {"weight_decay": 0.1}), (torch.optim.RMSprop, {}), (torch.optim.Adagrad, {})]:
    v = w.detach().clone().requires_grad_(True)
    opt = cls([v], lr=0.1, **kw)
    for _ in range(3):
        opt.zero_grad()
        (v ** 2).sum().backward()
        opt.step()
    print(cls.__name__, v.data)
# ==== schedulers
import torch
w = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([w], lr=1.0)
for make in [lambda: torch.optim.lr_scheduler.StepLR(opt, 2, 0.5), lambda: torch.optim.lr_scheduler.CosineAnnealingLR(opt, 4), lambda: torch.optim.lr_scheduler.ExponentialLR(opt, 0.9)]:
    opt.param_groups[0]["lr"] = 1.0
    opt.param_groups[0].pop("initial_lr", None)
    s = make()
    rates = []
    for _ in range(5):
        opt.step()
        s.step()
        rates.append(round(s.get_last_lr()[0], 4))
    print(rates)
# ==== gru
import torch
import torch.nn as nn
torch.manual_seed(0)
gru = nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True)
out, h = gru(torch.randn(2, 5, 3))
print(gru, out.shape, h.shape)
print(out[0, 0], h[-1])
out.mean().backward()
print(gru.weight_ih_l0.grad.abs().sum(), gru.bias_hh_l1_reverse.grad[:2])
# ==== gru_names
import torch
import torch.nn as nn
x = torch.zeros(2, 3, 4)
for kw in [{}, {"batch_first": True}, {"bidirectional": True}]:
    out, h = nn.GRU(4, 1, **kw)(x)
    print(out.grad_fn, h.grad_fn) if False else print(type(out.grad_fn).__name__, type(h.grad_fn).__name__)
out, (h, c) = nn.LSTM(4, 1)(x)
print(type(out.grad_fn).__name__, type(h.grad_fn).__name__, type(c.grad_fn).__name__)
out, h = nn.GRU(4, 1)(x[0])
print(type(out.grad_fn).__name__, type(h.grad_fn).__name__)
# ==== lstm
import torch
import torch.nn as nn
torch.manual_seed(0)
lstm = nn.LSTM(2, 3, batch_first=True)
out, (h, c) = lstm(torch.ones(1, 4, 2))
print(out, h, c)
rnn = nn.RNN(2, 3, nonlinearity="relu")
print(rnn, rnn(torch.ones(2, 1, 2))[0])
# ==== cells
import torch
import torch.nn as nn
torch.manual_seed(0)
x = torch.ones(2, 3)
print(nn.GRUCell(3, 2)(x), nn.LSTMCell(3, 2)(x), nn.RNNCell(3, 2)(x, torch.zeros(2, 2)), nn.GRUCell(3, 2))
# ==== gru_dropout
import torch
import torch.nn as nn
torch.manual_seed(0)
gru = nn.GRU(2, 3, num_layers=2, dropout=0.5)
x = torch.randn(3, 2, 2)
print(gru(x)[0][-1])
gru.eval()
print(gru(x)[0][-1])
# ==== dropout
import torch
import torch.nn as nn
torch.manual_seed(0)
d = nn.Dropout(0.3)
print(d(torch.ones(8)))
d.eval()
print(d(torch.ones(3)))
# ==== embedding
import torch
import torch.nn as nn
torch.manual_seed(0)
e = nn.Embedding(5, 2, padding_idx=0)
y = e(torch.tensor([[1, 0], [4, 1]]))
print(e, y)
y.sum().backward()
print(e.weight.grad)
# ==== norms
import torch
import torch.nn as nn
torch.manual_seed(0)
x = torch.randn(4, 3)
ln, bn = nn.LayerNorm(3), nn.BatchNorm1d(3)
print(ln, bn, ln(x), bn(x), bn.running_mean, bn.num_batches_tracked)
bn.eval()
print(bn(x)[0])
# ==== conv
import torch
import torch.nn as nn
torch.manual_seed(0)
conv = nn.Conv1d(2, 3, 3, padding=1)
x = torch.randn(1, 2, 5)
y = conv(x)
print(conv, y, nn.MaxPool1d(2)(y).shape)
y.sum().backward()
print(conv.bias.grad, conv.weight.grad.shape)
# ==== clip
import torch
import torch.nn as nn
w = nn.Parameter(torch.tensor([3.0, 4.0]))
(w * w).sum().backward()
print(nn.utils.clip_grad_norm_([w], 1.0), w.grad)
nn.utils.clip_grad_value_([w], 0.5)
print(w.grad, w)
# ==== loader
import torch
from torch.utils.data import TensorDataset, DataLoader, Dataset, random_split
torch.manual_seed(0)
ds = TensorDataset(torch.arange(6), torch.arange(6) * 2)
for a, b in DataLoader(ds, batch_size=4, shuffle=True):
    print(a, b)
print(len(DataLoader(ds, 4)), len(DataLoader(ds, 4, drop_last=True)), ds[2], torch.rand(1))
class Squares(Dataset):
    def __len__(self): return 3
    def __getitem__(self, i): return torch.tensor(i), i * i
for batch in DataLoader(Squares(), batch_size=2):
    print(batch)
print([list(s.indices) for s in random_split(range(5), [3, 2])])
# ==== state_dict
import torch
import torch.nn as nn
a, b = nn.Linear(2, 1), nn.Linear(2, 1)
print(b.load_state_dict(a.state_dict()), torch.equal(a.weight, b.weight), list(a.state_dict().keys()))
try:
    nn.Linear(3, 1).load_state_dict(a.state_dict())
except RuntimeError as e:
    print(e)
print(b.load_state_dict({"weight": a.weight}, strict=False))
# ==== packed
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence, pack_sequence
torch.manual_seed(0)
x = torch.randn(3, 4, 2)
p = pack_padded_sequence(x, torch.tensor([2, 4, 1]), batch_first=True, enforce_sorted=False)
print(p.data.shape, p.batch_sizes, p.sorted_indices, p.unsorted_indices)
gru = nn.GRU(2, 3, batch_first=True)
out, h = gru(p)
y, n = pad_packed_sequence(out, batch_first=True)
print(y.shape, n, y[0, 2:], h.shape, torch.allclose(y[1, 3], h[0, 1]))
y.sum().backward()
print(gru.weight_hh_l0.grad[0])
# ==== init
import torch
import torch.nn as nn
torch.manual_seed(0)
w = torch.empty(2, 3)
print(nn.init.xavier_uniform_(w), nn.init.kaiming_normal_(w), nn.init.constant_(w, 2.0), nn.init.normal_(w, 0, 0.1))
# ==== train_loop
import torch
import torch.nn as nn
torch.manual_seed(0)
x = torch.linspace(-1, 1, 20).unsqueeze(1)
y = x ** 2
net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.05)
for epoch in range(60):
    loss = nn.functional.mse_loss(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    if epoch % 20 == 0:
        print(epoch, f"{loss.item():.4f}")
# ==== mse_warning
import torch
import torch.nn as nn
print(nn.MSELoss()(torch.zeros(3, 1), torch.zeros(3)))
# ==== linear_error
import torch
import torch.nn as nn
nn.Linear(3, 2)(torch.zeros(4, 5))
# ==== linear_tuple
import torch
import torch.nn as nn
nn.Linear(3, 2)(nn.GRU(3, 3)(torch.zeros(2, 1, 3)))
# ==== ce_error
import torch
import torch.nn as nn
nn.CrossEntropyLoss()(torch.zeros(3, 4), torch.tensor([0, 1]))
# ==== ce_float
import torch
import torch.nn as nn
nn.CrossEntropyLoss()(torch.zeros(3, 4), torch.zeros(3))
# ==== embedding_error
import torch
import torch.nn as nn
nn.Embedding(3, 2)(torch.tensor([3]))
# ==== gru_feature
import torch
import torch.nn as nn
nn.GRU(3, 2)(torch.zeros(4, 1, 5))
# ==== gru_h0
import torch
import torch.nn as nn
nn.GRU(3, 2, batch_first=True)(torch.zeros(4, 5, 3), torch.zeros(1, 5, 2))
# ==== gru_dtype
import torch
import torch.nn as nn
nn.GRU(3, 2)(torch.zeros(4, 1, 3, dtype=torch.float64))
# ==== gru_view
import torch
import torch.nn as nn
out, _ = nn.GRU(3, 2, batch_first=True)(torch.zeros(4, 5, 3))
print(out.is_contiguous())
out.view(-1, 2)
# ==== missing_forward_arg
import torch
import torch.nn as nn
class N(nn.Module):
    def forward(self, x, y):
        return x
N()(1)
# ==== no_attribute
import torch.nn as nn
class N(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(1, 1)
print(N().fcc)
# ==== deepcopy
import copy
import torch
import torch.nn as nn
a = nn.Linear(2, 1)
b = copy.deepcopy(a)
b.weight.data.fill_(0)
print((a.weight == 0).any(), b.weight, isinstance(b.weight, nn.Parameter))
# ==== freeze
import torch
import torch.nn as nn
net = nn.Linear(2, 1)
net.weight.requires_grad = False
net(torch.ones(1, 2)).sum().backward()
print(net.weight.grad, net.bias.grad, [n for n, p in net.named_parameters() if p.requires_grad])
# ==== empty_params
import torch
torch.optim.Adam([], lr=0.1)
