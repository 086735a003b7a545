# ==== linear_tuple
import torch
import torch.nn as nn
model = nn.Sequential(nn.GRU(4, 8, batch_first=True), nn.Linear(8, 2))
model(torch.randn(2, 3, 4))
# ==== seq_mat
import torch
import torch.nn as nn
model = nn.Sequential(nn.Linear(10, 5), nn.ReLU(), nn.Linear(6, 1))
print(model)
model(torch.randn(3, 10))
# ==== ce_float_target
import torch
import torch.nn as nn
loss = nn.CrossEntropyLoss()
print(loss(torch.zeros(2, 3), torch.tensor([0, 2])))
loss(torch.zeros(2, 3), torch.tensor([0., 2.]))
# ==== ce_batch
import torch
import torch.nn as nn
loss = nn.CrossEntropyLoss()
loss(torch.zeros(4, 3), torch.tensor([0, 2]))
# ==== ce_range
import torch
import torch.nn as nn
loss = nn.CrossEntropyLoss()
loss(torch.zeros(2, 3), torch.tensor([0, 3]))
# ==== ce_2d_target
import torch
import torch.nn as nn
loss = nn.CrossEntropyLoss()
loss(torch.zeros(2, 3), torch.tensor([[0], [2]]))
# ==== ce_seq
import torch
import torch.nn as nn
loss = nn.CrossEntropyLoss()
logits = torch.zeros(2, 5, 3)
y = torch.zeros(2, 5, dtype=torch.long)
print(loss(logits.permute(0, 2, 1), y), loss(logits.reshape(-1, 3), y.reshape(-1)))
loss(logits, y)
# ==== bce_float
import torch
import torch.nn as nn
nn.BCEWithLogitsLoss()(torch.zeros(3), torch.tensor([1, 0, 1]))
# ==== bce_shape
import torch
import torch.nn as nn
print(nn.BCEWithLogitsLoss()(torch.zeros(3), torch.tensor([1., 0, 1])))
nn.BCEWithLogitsLoss()(torch.zeros(3, 1), torch.tensor([1., 0, 1]))
# ==== bce_range
import torch
import torch.nn as nn
nn.BCELoss()(torch.tensor([1.5, 0.2]), torch.tensor([1., 0.]))
# ==== bce_size
import torch
import torch.nn as nn
nn.BCELoss()(torch.tensor([[0.5], [0.2]]), torch.tensor([1., 0.]))
# ==== mse_broadcast
import torch
import torch.nn as nn
print(nn.MSELoss()(torch.zeros(3, 1), torch.ones(3)))
# ==== emb_range
import torch
import torch.nn as nn
emb = nn.Embedding(10, 3)
print(emb(torch.tensor([9])).shape)
emb(torch.tensor([10]))
# ==== emb_float
import torch
import torch.nn as nn
nn.Embedding(10, 3)(torch.tensor([1.0]))
# ==== backward_twice_hidden
import torch
import torch.nn as nn
gru = nn.GRU(2, 3)
h = torch.zeros(1, 1, 3)
for i in range(2):
    out, h = gru(torch.randn(4, 1, 2), h)
    out.sum().backward()
# ==== item_many
import torch
loss = torch.tensor([1., 2.])
print(loss.item())
# ==== numpy_grad
import torch
x = torch.ones(2, requires_grad=True)
print((x * 2).numpy())
# ==== cuda
import torch
print(torch.cuda.is_available())
x = torch.ones(2).to("cuda")
# ==== cuda_method
import torch
import torch.nn as nn
nn.Linear(2, 2).cuda()
# ==== state_missing
import torch.nn as nn
class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.fc2 = nn.Linear(3, 1)
class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 4)
        self.out = nn.Linear(3, 1)
B().load_state_dict(A().state_dict())
# ==== forgot_super
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(2, 3)
Net()
# ==== unpack_rnn
import torch
import torch.nn as nn
rnn = nn.LSTM(3, 4)
out, h, c = rnn(torch.zeros(2, 1, 3))
# ==== lstm_h_only
import torch
import torch.nn as nn
lstm = nn.LSTM(3, 4)
lstm(torch.zeros(2, 1, 3), torch.zeros(1, 1, 4))
# ==== lstm_hx_shape
import torch
import torch.nn as nn
lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True)
h0 = torch.zeros(1, 5, 4)
c0 = torch.zeros(1, 5, 4)
lstm(torch.zeros(5, 2, 3), (h0, c0))
# ==== gru_int_input
import torch
import torch.nn as nn
gru = nn.GRU(3, 4)
gru(torch.ones(2, 1, 3, dtype=torch.long))
# ==== numpy_double
import numpy as np
import torch
import torch.nn as nn
x = torch.from_numpy(np.ones((2, 3)))
print(x.dtype)
nn.Linear(3, 2)(x)
# ==== cat_dims
import torch
a, b = torch.zeros(2, 3), torch.zeros(2, 4)
print(torch.cat([a, b], dim=1).shape)
torch.cat([a, b])
# ==== stack_err
import torch
torch.stack([torch.zeros(2), torch.zeros(3)])
# ==== matmul_err
import torch
a = torch.zeros(2, 3)
b = torch.zeros(2, 3)
print((a @ b.T).shape)
a @ b
# ==== bmm_err
import torch
torch.bmm(torch.zeros(2, 3, 4), torch.zeros(2, 3, 4))
# ==== bmm_rank
import torch
torch.bmm(torch.zeros(3, 4), torch.zeros(2, 3, 4))
# ==== view_noncontig
import torch
x = torch.arange(6).view(2, 3).t()
print(x.reshape(-1), x.contiguous().view(6))
x.view(6)
# ==== index_oob
import torch
x = torch.arange(12).view(3, 4)
print(x[-1, -1], x[1:, ::2], x[x > 8], x[[0, 2], [1, 3]])
x[3]
# ==== index_dim
import torch
x = torch.arange(3)
x[0, 0]
# ==== inplace_leaf
import torch
w = torch.ones(2, requires_grad=True)
with torch.no_grad():
    w -= 0.1
print(w)
w += 1
# ==== no_grad_fn
import torch
import torch.nn as nn
m = nn.Linear(2, 1)
with torch.no_grad():
    y = m(torch.ones(1, 2))
y.sum().backward()
# ==== argmax_loss
import torch
import torch.nn as nn
m = nn.Linear(2, 3)
y = m(torch.ones(1, 2)).argmax(1).float()
loss = nn.MSELoss()(y, torch.ones(1))
loss.backward()
# ==== tensor_bool
import torch
a = torch.tensor([1, 2])
if a == torch.tensor([1, 2]):
    print("same")
# ==== list_to_tensor
import torch
torch.tensor([[1, 2], [3]])
# ==== list_of_tensors
import torch
print(torch.tensor([torch.tensor(1), torch.tensor(2)]))
torch.tensor([torch.zeros(2), torch.zeros(2)])
# ==== str_tensor
import torch
torch.tensor("abc")
# ==== none_grad
import torch
x = torch.ones(2)
x.grad.zero_()
# ==== attr_typo
import torch
x = torch.ones(2)
x.sahpe
# ==== module_attr
import torch.nn as nn
m = nn.Linear(2, 3)
m.wieght
# ==== module_call_args
import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
    def forward(self, x, h):
        return x
Net()(torch.ones(1))
# ==== kw_hidden
import torch.nn as nn
nn.GRU(input_size=3, hidden=4)
# ==== missing_arg
import torch.nn as nn
nn.Linear(3)
# ==== lr_type
import torch
import torch.nn as nn
opt = torch.optim.Adam(nn.Linear(1, 1), lr=0.1)
# ==== opt_no_parens
import torch
import torch.nn as nn
opt = torch.optim.SGD(nn.Linear(1, 1).parameters, lr=0.1)
# ==== zero_lengths
import torch
from torch.nn.utils.rnn import pack_padded_sequence
pack_padded_sequence(torch.zeros(3, 4, 2), torch.tensor([3, 0, 2, 1]), enforce_sorted=False)
# ==== unsorted
import torch
from torch.nn.utils.rnn import pack_padded_sequence
pack_padded_sequence(torch.zeros(3, 2, 2), torch.tensor([1, 3]))
# ==== hidden_batch
import torch
import torch.nn as nn
gru = nn.GRU(3, 4, num_layers=2, bidirectional=True)
out, h = gru(torch.zeros(5, 2, 3))
print(h.view(2, 2, 2, 4).shape, out.view(5, 2, 2, 4)[:, :, 0].shape)
gru(torch.zeros(5, 3, 3), h)
# ==== dtype_mix
import torch
a = torch.ones(2, dtype=torch.float64)
b = torch.ones(2, 2)
print((a + b).dtype)
b @ a
# ==== int_div
import torch
a = torch.tensor([7, -7])
print(a / 2, a // 2, a % 3, a ** 2)
a /= 2
# ==== uint8_sub
import torch
m = torch.tensor([True, False])
print(~m, m & True, m.sum())
-m
# ==== bool_sub
import torch
m = torch.tensor([True, False])
m - m
# ==== pow_neg
import torch
torch.tensor([2, 3]) ** -1
# ==== range_step
import torch
torch.arange(3, 0)
# ==== randint_err
import torch
torch.randint(5, 5, (2,))
# ==== expand_err
import torch
torch.zeros(2, 3).expand(4, 3)
# ==== squeeze_unsq
import torch
x = torch.zeros(1, 3, 1)
print(x.squeeze().shape, x.squeeze(0).shape, x.squeeze(1).shape, x.unsqueeze(-1).shape)
x.unsqueeze(5)
# ==== permute_err
import torch
torch.zeros(2, 3).permute(0, 1, 2)
# ==== transpose_err
import torch
torch.zeros(2, 3).transpose(0, 2)
# ==== masked_fill_err
import torch
torch.zeros(2, 3).masked_fill(torch.zeros(3, 2, dtype=torch.bool), 1.0)
# ==== mask_index
import torch
x = torch.zeros(3)
x[torch.tensor([True, False])]
# ==== gather_err
import torch
torch.zeros(2, 3).gather(1, torch.tensor([[5]]))
# ==== scatter
import torch
x = torch.zeros(2, 4).scatter_(1, torch.tensor([[1], [3]]), 1.0)
print(x)
torch.zeros(2, 3).scatter_(1, torch.tensor([[1.0]]), 1.0)
# ==== item_empty
import torch
torch.tensor([]).max()
# ==== for_zero_d
import torch
for v in torch.tensor(3):
    print(v)
# ==== cat_zero_d
import torch
torch.cat([torch.tensor(1), torch.tensor(2)])
# ==== dropout_p
import torch.nn as nn
nn.Dropout(1.5)
# ==== ln_shape
import torch
import torch.nn as nn
nn.LayerNorm(4)(torch.zeros(2, 3))
# ==== conv_channels
import torch
import torch.nn as nn
nn.Conv1d(3, 4, 2)(torch.zeros(2, 5, 3))
# ==== bn_shape
import torch
import torch.nn as nn
nn.BatchNorm1d(3)(torch.zeros(2, 4))
# ==== bn_one
import torch
import torch.nn as nn
nn.BatchNorm1d(3)(torch.zeros(1, 3))
# ==== nll
import torch
import torch.nn.functional as F
lp = F.log_softmax(torch.tensor([[1., 2., 3.]]), dim=1)
print(F.nll_loss(lp, torch.tensor([2])))
F.nll_loss(lp, torch.tensor([2, 1]))
# ==== softmax_warn
import torch
import torch.nn.functional as F
print(F.softmax(torch.tensor([1., 2.])))
# ==== detach_grad
import torch
x = torch.tensor([2.0], requires_grad=True)
y = x ** 2
z = y.detach() * 3
print(y.requires_grad, z.requires_grad)
z.backward()
# ==== split_err
import torch
torch.arange(6).split([2, 3])
# ==== reshape_minus
import torch
torch.arange(6).reshape(-1, -1)
# ==== weight_shape_mult
import torch
w = torch.nn.Parameter(torch.randn(3))
print(type(w), w.requires_grad, isinstance(w, torch.Tensor))
w.data = torch.zeros(3)
print(w)
torch.nn.Linear(2, 2).weight = torch.zeros(2, 2)
# ==== dict_key
d = {"a": 1}
print(d.get("b", 0))
d["b"]
# ==== list_idx
x = [1, 2]
x[2]
# ==== str_plus_int
print("loss: " + 3)
# ==== undefined
def f():
    return totl
total = 1
f()
# ==== unbound
def f():
    print(x)
    x = 1
f()
# ==== zero_div
1 / 0
# ==== int_parse
int("3.5")
# ==== none_attr
x = None
x.shape
# ==== not_iter
for i in 5:
    pass
# ==== not_callable
x = [1]
x(0)
# ==== unpack_few
a, b = [1]
# ==== unpack_many
a, b = [1, 2, 3]
# ==== assert_msg
x = 3
assert x == 4, f"x was {x}"
# ==== raise_from
try:
    1 / 0
except ZeroDivisionError as e:
    raise ValueError("bad") from e
# ==== syntax_colon
def f()
    return 1
# ==== syntax_paren
print("a"
x = 1
# ==== indent
def f():
return 1
# ==== unindent
if True:
    x = 1
  y = 2
# ==== syntax_eq
x = 3
if x = 3:
    print(x)
# ==== unterminated
s = "abc
print(s)
# ==== print2
print "hello"
# ==== module_not_found
import foo_bar_baz
# ==== recursion
def f(n):
    return f(n + 1)
f(0)
