# ==== create
import torch
print(torch.zeros(2, 3), torch.ones(2), torch.full((2,), 7), torch.eye(2), torch.arange(5), torch.arange(1, 2, 0.25))
print(torch.linspace(0, 1, 5), torch.tensor([[1, 2], [3, 4]]), torch.tensor(3.5), torch.tensor([True]), torch.empty(0))
# ==== print_wide
import torch
print(torch.arange(30))
print(torch.arange(40).float() / 7)
print(torch.arange(24).reshape(2, 3, 4))
print(torch.zeros(2, 2, 2))
# ==== print_big
import torch
print(torch.arange(2000))
print(torch.zeros(100, 100))
print(torch.arange(3000.0).reshape(1500, 2))
# ==== print_science
import torch
print(torch.tensor([1e-8, 1.0]), torch.tensor([1e10, 1.0]), torch.tensor([123456.0, 0.5]), torch.tensor([1000.0, 2.0]))
print(torch.tensor([float("nan"), 1.0, float("inf")]), torch.tensor([-0.0, 0.0]), torch.tensor([1.5, 100000.0]))
# ==== print_dtype
import torch
print(torch.tensor([1.5], dtype=torch.float64), torch.tensor([1], dtype=torch.int32), torch.tensor([1, 0], dtype=torch.bool))
print(torch.tensor(1.0).dtype, torch.zeros(1, dtype=torch.long).dtype, torch.float32, torch.tensor([1.5], dtype=torch.float16))
# ==== promotion
import torch
a, b = torch.tensor([1, 2]), torch.tensor([0.5, 1.5])
print(a + b, a * 2, a / 2, a // 2, a * 2.5, a ** 2, a % 2, -a, 2 - a, 1 / b, a + True)
print((a + torch.tensor(1.5)).dtype, (torch.tensor([1.0], dtype=torch.float64) + b).dtype, (a > 1).dtype)
# ==== compare
import torch
a = torch.tensor([1.0, 2.0, 3.0])
print(a > 2, a == 2, (a >= 1) & (a < 3), ~(a > 1), (a != 2).sum(), torch.where(a > 1, a, -a), a.eq(2), torch.equal(a, a))
# ==== shapes
import torch
x = torch.arange(24).view(2, 3, 4)
print(x.shape, x.size(1), x.dim(), x.numel(), len(x), x.view(-1).shape, x.reshape(4, -1).shape, x.permute(2, 0, 1).shape)
print(x.transpose(1, 2).shape, x.unsqueeze(1).shape, x[:, :1].squeeze(1).shape, x.flatten(1).shape, x.T.shape if x.dim() == 2 else "no")
print(x.is_contiguous(), x.transpose(0, 1).is_contiguous(), x.stride(), x.transpose(0, 1).stride(), x.expand(5, 2, 3, 4).shape)
# ==== index
import torch
x = torch.arange(12).view(3, 4)
print(x[1], x[1, 2], x[:, 1], x[-1, -2:], x[::2], x[..., 0], x[None].shape, x[[0, 2]], x[x > 5], x[torch.tensor([2, 0])])
print(x[[0, 1], [1, 2]], x[:, [3, 0]], x[1:, None].shape, x[torch.tensor([True, False, True])])
# ==== assign
import torch
x = torch.zeros(3, 3)
x[0] = 1
x[:, 1] = torch.tensor([5.0, 6.0, 7.0])
x[2, 2] = -1
x[x == 0] = 9
x[1:, 0] += 100
print(x)
# ==== reduce
import torch
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(x.sum(), x.sum(0), x.mean(dim=1), x.max(), x.max(dim=1), x.min(0).values, x.argmax(), x.argmax(1), x.prod(), x.std(), x.var(0))
print(x.sum(1, keepdim=True), x.cumsum(0), x.norm(), (x > 1).any(), (x > 0).all(), torch.tensor([1, 2]).sum().dtype)
# ==== join
import torch
a, b = torch.ones(2, 2), torch.zeros(2, 2)
print(torch.cat([a, b]), torch.cat([a, b], dim=1), torch.stack([a, b]).shape, torch.stack([a[0], b[0]], dim=1))
print(torch.arange(6).chunk(4), torch.arange(6).split(4), torch.arange(6).split([1, 5]), torch.arange(4).view(2, 2).unbind(1))
# ==== matmul
import torch
a = torch.arange(6.0).view(2, 3)
print(a @ a.T, torch.mm(a, a.t()), a @ torch.ones(3), torch.bmm(torch.ones(2, 1, 3), torch.ones(2, 3, 1)).shape, torch.dot(a[0], a[1]))
print(torch.matmul(torch.ones(4, 2, 3), torch.ones(3, 5)).shape, torch.einsum("bi,bj->bij", a, a).shape, torch.outer(a[0], a[1]))
# ==== math
import torch
x = torch.tensor([-1.0, 0.0, 0.5, 2.0])
print(x.exp(), x.tanh(), x.sigmoid(), x.relu(), x.abs(), x.clamp(0, 1), x.sign(), x.round(), x.floor(), x.sqrt(), torch.softmax(x, 0))
print(x.log_softmax(0), x.logsumexp(0), x.pow(2), torch.sin(x), x.clamp(min=0.1), torch.maximum(x, -x), x.square())
# ==== sort
import torch
x = torch.tensor([3.0, 1.0, 2.0])
print(x.sort(), x.argsort(), x.topk(2), torch.sort(x, descending=True).values, x.flip(0), torch.tensor([3, 1, 3]).unique())
# ==== gather
import torch
x = torch.arange(6).view(2, 3)
print(x.gather(1, torch.tensor([[0], [2]])), torch.zeros(2, 3).scatter_(1, torch.tensor([[1], [2]]), 1.0))
print(x.index_select(1, torch.tensor([2, 0])), x.masked_fill(x > 3, 0), x.nonzero().shape, x.repeat(2, 1).shape, x.tril())
# ==== random
import torch
torch.manual_seed(3)
print(torch.rand(2), torch.randn(3), torch.randint(0, 10, (4,)), torch.randperm(5), torch.rand(1).item())
print(torch.randn(20)[:3], torch.bernoulli(torch.tensor([0.5, 0.5, 0.5])), torch.normal(0.0, 1.0, (2,)), torch.rand_like(torch.zeros(2)))
# ==== multinomial
import torch
torch.manual_seed(1)
p = torch.tensor([0.1, 0.2, 0.7])
print(torch.multinomial(p, 2), torch.multinomial(p, 5, replacement=True), torch.multinomial(p, 1))
# ==== convert
import torch
x = torch.tensor([1.7, -1.7])
print(x.int(), x.long(), x.bool(), x.double(), x.tolist(), x[0].item(), int(x[0]), float(x[1]), x.to(torch.int64), x.type())
print(f"{x[0]:.3f} {x.sum().item()}", bool(torch.tensor([1])), [round(v, 1) for v in x.tolist()], x.numpy())
# ==== inplace
import torch
x = torch.ones(3)
y = x
x += 1
x.mul_(3).sub_(torch.tensor([1.0, 2.0, 3.0]))
print(x, y is x, y, x.zero_(), x.fill_(4), x._version)
# ==== iterate
import torch
for row in torch.arange(4).view(2, 2):
    print(row, row.sum().item())
a, b = torch.tensor([1, 2])
print(a, b, list(torch.arange(3)), sum(torch.arange(4)), max(torch.tensor([1, 5, 2])))
# ==== size_object
import torch
s = torch.zeros(2, 3).shape
print(s, s[0], s[-1], tuple(s), list(s), s == (2, 3), len(s), s.numel(), torch.Size([1, 2]), s + (4,))
# ==== unfold
import torch
x = torch.arange(6.0)
print(x.unfold(0, 3, 1), x.unfold(0, 2, 2).shape)
# ==== device
import torch
d = torch.device("cpu")
print(d, repr(d), d.type, torch.zeros(1).device, torch.cuda.is_available(), torch.zeros(1, device=d).device)
# ==== alias
import torch
a = torch.arange(4)
b = a.view(2, 2)
b[0, 0] = 100
c = a.clone()
c[1] = -1
print(a, b, c, a[1:3].add_(10), a)
# ==== bool_error
import torch
if torch.tensor([1, 2]) > 1:
    pass
# ==== cat_error
import torch
torch.cat([torch.zeros(2, 3), torch.zeros(2, 4)])
# ==== mm_error
import torch
torch.zeros(2, 3) @ torch.zeros(4, 5)
# ==== view_error
import torch
torch.zeros(2, 3).view(4, -1)
# ==== view_stride
import torch
torch.zeros(2, 3).t().view(-1)
# ==== index_error
import torch
torch.zeros(2, 3)[2]
# ==== dim_error
import torch
torch.zeros(2, 3).sum(dim=2)
# ==== item_error
import torch
torch.zeros(2).item()
# ==== add_error
import torch
torch.zeros(3) + torch.zeros(4)
# ==== mean_int
import torch
torch.tensor([1, 2]).mean()
# ==== len0
import torch
len(torch.tensor(1))
# ==== missing_attr
import torch
torch.zeros(2).lenght
# ==== missing_function
import torch
torch.nonsense(1)
# ==== ragged
import torch
torch.tensor([[1, 2], [3]])
# ==== squeeze_noop
import torch
print(torch.zeros(2, 1, 3).squeeze(0).shape, torch.zeros(1, 2, 1).squeeze().shape, torch.zeros(3).unsqueeze(-1).shape)
# ==== allclose
import torch
print(torch.allclose(torch.tensor([1.0]), torch.tensor([1.0 + 1e-7])), torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.1])))
# ==== one_hot
import torch
import torch.nn.functional as F
print(F.one_hot(torch.tensor([0, 2, 1]), 3), F.pad(torch.ones(2, 2), (1, 0)), F.softmax(torch.zeros(2, 2), dim=-1))
# ==== numpy
import numpy as np
import torch
a = np.array([[1.0, 2.0], [3.0, 4.0]])
t = torch.from_numpy(a)
print(a.shape, t.dtype, t, np.zeros(3), np.arange(4), torch.tensor(a).float(), a.sum(), a.mean(axis=0))
