# ==== creation
import torch
print(torch.zeros(2, 3), torch.ones(2, dtype=torch.int32), torch.full((2,), 7))
print(torch.eye(2), torch.linspace(0, 1, 5), torch.arange(1, 2, 0.25))
print(torch.empty(0), torch.tensor([]), torch.zeros(0, 3))
print(torch.tensor(3), torch.tensor(3.5), torch.tensor(True), torch.tensor([1, 2.5]))
print(torch.zeros_like(torch.ones(2, 2, dtype=torch.int64)), torch.full_like(torch.ones(2), 9.))
print(torch.logspace(0, 2, 3), torch.tril(torch.ones(3, 3)), torch.triu(torch.ones(2, 3), diagonal=1))
# ==== generator_seed
import torch
g = torch.Generator().manual_seed(42)
print(torch.rand(2, generator=g), torch.randint(0, 10, (3,), generator=g), torch.randperm(4, generator=g))
torch.manual_seed(0)
print(torch.randn(2, 2), torch.rand(1), torch.normal(0.0, 1.0, (2,)), torch.randn(3).std() > 0)
print(torch.bernoulli(torch.full((4,), 0.5)), torch.randint(5, (2, 2)))
st = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(st)
print(torch.equal(a, torch.rand(2)), torch.initial_seed())
# ==== shapes
import torch
x = torch.arange(24).reshape(2, 3, 4)
print(x.shape, x.size(), x.size(-1), x.dim(), x.ndim, x.numel(), len(x), x.stride())
print(x.permute(2, 0, 1).shape, x.transpose(0, 1).shape, x.flatten().shape, x.flatten(1).shape, x.mT.shape)
print(x.view(-1, 4)[0], x.unsqueeze(0).shape, x[:, None].shape, x[..., 0].shape, x[:, -1, ::2])
print(x.movedim(0, -1).shape, x.swapaxes(0, 2).shape, x.unbind(0)[0].shape, x.narrow(1, 0, 2).shape)
print(x.repeat(1, 2, 1).shape, x.expand(2, 3, 4).shape, torch.arange(3).repeat_interleave(2))
print(x.roll(1, 0)[0, 0], torch.flip(x, [0])[0, 0], x.T if x.dim() == 2 else "3d")
print(torch.tile(torch.tensor([1, 2]), (2,)), x.select(0, 1).shape, x.index_select(2, torch.tensor([0, 3])).shape)
print(x.is_contiguous(), x.permute(1, 0, 2).is_contiguous(), x.view(2, -1).shape, x.unflatten(0, (1, 2)).shape)
# ==== reductions
import torch
x = torch.tensor([[1., 2., 3.], [4., 5., 6.]])
print(x.sum(), x.mean(), x.std(), x.var(), x.prod(), x.max(), x.min(), x.median())
print(x.sum(0), x.sum(dim=1, keepdim=True), x.mean(1), x.std(0), x.argmax(), x.argmax(1), x.max(1))
print(x.max(0).values, x.min(1)[1], torch.max(x, torch.tensor(3.)), x.amax(1), x.cumsum(1), x.cumprod(0))
print(x.norm(), torch.norm(x, dim=1), x.abs().sum().item(), (x > 2).any(), (x > 0).all(), (x > 2).sum())
print(torch.logsumexp(x, 1), x.var(unbiased=False), torch.std(x, dim=1, unbiased=False), x.unique())
print(torch.var_mean(x), torch.quantile(x, 0.5), x.median(1), torch.mode(torch.tensor([1, 2, 2])))
# ==== sorting
import torch
x = torch.tensor([3., 1., 2.])
print(x.sort(), x.sort(descending=True).values, x.argsort(), torch.topk(x, 2), x.topk(1, largest=False))
v, i = torch.sort(torch.tensor([[2, 1], [0, 5]]), dim=1)
print(v, i)
print(torch.unique(torch.tensor([1, 2, 2, 3]), return_counts=True))
print(torch.unique(torch.tensor([3, 1, 3]), return_inverse=True))
print(torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([2, 5])), torch.bucketize(torch.tensor([2.]), torch.tensor([1., 3.])))
print(torch.kthvalue(x, 2), torch.nonzero(torch.tensor([0, 1, 1])), torch.where(x > 1.5))
print(torch.where(x > 1.5, x, torch.zeros(3)), torch.where(x > 1.5, 1.0, 0.0))
# ==== compare
import torch
a, b = torch.tensor([1, 2, 3]), torch.tensor([1, 5, 3])
print(a == b, a != b, a < b, a.eq(b), torch.equal(a, b), (a == b).all().item(), torch.ne(a, b), a.ge(2))
print(torch.allclose(torch.tensor(1.), torch.tensor(1. + 1e-9)), torch.isclose(torch.tensor([1.]), torch.tensor([1.1])))
print((a > 1) & (b < 5), (a > 1) | (b < 5), ~(a > 1), (a > 1) ^ (b > 1), torch.logical_and(a > 1, b > 1))
print(torch.isin(a, torch.tensor([1, 3])), 2 in a, a.tolist() == [1, 2, 3])
# ==== matmul
import torch
a, b = torch.arange(6.).view(2, 3), torch.arange(12.).view(3, 4)
print(a @ b, torch.mm(a, b).shape, a.matmul(torch.ones(3)), torch.dot(torch.ones(3), torch.arange(3.)))
print(torch.bmm(torch.ones(2, 1, 3), torch.ones(2, 3, 2)), torch.outer(torch.arange(2.), torch.arange(3.)))
print(torch.einsum("ij,jk->ik", a, b).shape, torch.einsum("bij,bjk->bik", torch.ones(2, 1, 3), torch.ones(2, 3, 2)).shape, torch.einsum("ij->ji", a), torch.einsum("i,j->ij", torch.ones(2), torch.ones(3)), torch.einsum("ii", torch.eye(3)))
print(torch.addmm(torch.ones(2, 4), a, b), a.t().shape, (a * a).sum(), torch.linalg.norm(a), torch.trace(torch.eye(3)), torch.diag(torch.tensor([1, 2])))
print(torch.matmul(torch.ones(2, 1, 3, 4), torch.ones(5, 4, 2)).shape, torch.baddbmm(torch.zeros(1, 1, 1), torch.ones(1, 1, 2), torch.ones(1, 2, 1)))
print(torch.linalg.inv(torch.tensor([[2., 0.], [0., 4.]])), torch.det(torch.tensor([[1., 2.], [3., 4.]])))
# ==== joining
import torch
a, b = torch.zeros(2, 2), torch.ones(2, 2)
print(torch.cat([a, b]), torch.cat((a, b), dim=1), torch.stack([a, b]).shape, torch.stack([a, b], dim=-1)[0], torch.vstack([a, b]).shape, torch.hstack((a, b)).shape)
x = torch.arange(7)
print(x.chunk(3), x.split(3), torch.split(x, [2, 5]), torch.tensor_split(x, 3), x.unfold(0, 3, 2))
print(torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij"), torch.cartesian_prod(torch.arange(2), torch.arange(2)), torch.combinations(torch.arange(3)))
# ==== indexing
import torch
x = torch.arange(12).view(3, 4)
x[0, 1] = 100
x[1] = torch.tensor([7, 7, 7, 7])
x[:, 3] += 1
x[x > 50] = -1
print(x)
print(x[torch.tensor([0, 2])], x[[0, 1], [1, 2]], x[:, [0, 2]], x[1:, 1:3], x[-1], x[..., -1], x[None].shape, x[torch.tensor([True, False, True])])
print(x.gather(1, torch.tensor([[0], [1], [2]])), x.take(torch.tensor([0, 5])), x.masked_select(x < 5), torch.take_along_dim(x, torch.tensor([[0], [1], [2]]), dim=1))
z = torch.zeros(3, 3)
z.fill_diagonal_(1)
z[torch.arange(3), torch.tensor([1, 2, 0])] = 5.
print(z, z.scatter_add(1, torch.tensor([[0], [0], [0]]), torch.ones(3, 1)), z.index_fill(0, torch.tensor([0]), 9.), z.index_add(0, torch.tensor([0]), torch.ones(1, 3)))
print(x[0][1].item(), int(x[0, 0]), float(x[0, 0]), x[2, 1:].tolist(), [int(i) for i in x[1]])
# ==== dtypes
import torch
x = torch.tensor([1, 2])
print(x.dtype, x.float(), x.double(), x.half(), x.to(torch.bool), x.type(), x.int().dtype, x.type(torch.float32), x.byte())
print((x + 1.5).dtype, (x + True).dtype, (x.float() + x.double()).dtype, (x / 2).dtype, (x * 2.0).dtype, torch.result_type(x, 1.0), torch.promote_types(torch.int32, torch.float16))
print(torch.finfo(torch.float32).eps, torch.iinfo(torch.int8).max, torch.finfo(torch.float32).max, torch.get_default_dtype(), torch.float, torch.long, x.is_floating_point())
print(torch.tensor([1.7, -1.7]).int(), torch.tensor([0, 3]).bool(), torch.tensor(2.0).item(), torch.tensor([1e10]), torch.tensor([1e-8, 1.0]), torch.tensor(1/3, dtype=torch.float64), torch.tensor([0.1], dtype=torch.float16))
# ==== autograd_hooks
import torch
x = torch.ones(2, requires_grad=True)
h = x.register_hook(lambda g: g * 2)
(x * 3).sum().backward()
print(x.grad)
h.remove()
y = x * 2
y.retain_grad()
y.sum().backward()
print(y.grad, x.grad)
y2 = x * 2
y2.register_hook(lambda g: print("grad", g))
y2.sum().backward()
# ==== grad_modes
import torch
x = torch.ones(1, requires_grad=True)
with torch.no_grad():
    print((x * 2).requires_grad, torch.is_grad_enabled())
with torch.enable_grad():
    print((x * 2).requires_grad)
@torch.no_grad()
def f(t):
    return t * 2
print(f(x).requires_grad, f.__name__)
with torch.set_grad_enabled(False):
    print((x * 2).requires_grad)
with torch.inference_mode():
    print((x + 1).requires_grad)
x.requires_grad_(False)
print(x.requires_grad, (x + 1).grad_fn)
# ==== custom_function
import torch
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        return grad * 2 * x
x = torch.tensor(3.0, requires_grad=True)
y = Square.apply(x)
y.backward()
print(y, x.grad)
# ==== printing
import torch
print(torch.arange(1200).view(30, 40))
print(torch.tensor([1.0, 1000000.0]), torch.tensor([0.00001, 1.0]), torch.tensor([1e9]), torch.tensor([123456.789]))
print(torch.tensor([float("nan"), 1.0, float("inf")]), torch.zeros(2, 0), torch.tensor([[True], [False]]))
print(f"{torch.tensor(3.14159):.2f}", f"{torch.tensor(5)}", f"{torch.tensor([1.5])}", str(torch.tensor(1)), repr(torch.tensor([1.5])))
torch.set_printoptions(precision=2)
print(torch.tensor([3.14159]))
torch.set_printoptions(sci_mode=False)
print(torch.tensor([1e-5, 1.0]))
# ==== size_ops
import torch
s = torch.zeros(2, 3).shape
print(s, s[0], s[-1], list(s), tuple(s), len(s), s == (2, 3), s + (4,), s[1:], s.numel(), torch.Size([1, 2]))
b, t = s
print(b, t, type(s), f"{s}", isinstance(s, tuple), *s)
# ==== clone_alias
import torch
a = torch.arange(4)
b, c, d = a, a.clone(), a.view(2, 2)
a[0] = 9
print(b, c, d, a.data_ptr() == d.data_ptr(), a is b)
e = a[1:]
e[0] = 7
print(a, a.detach() is a, a.contiguous() is a)
# ==== copying
import copy
import torch
import torch.nn as nn
m = nn.Linear(2, 1)
m2 = copy.deepcopy(m)
with torch.no_grad():
    m.weight.fill_(0)
print(m2.weight.abs().sum() > 0, m2 is m, torch.equal(m.bias, m2.bias))
best = copy.deepcopy(m.state_dict())
print(list(best), copy.copy([1, [2]]), copy.deepcopy({"a": [1]}))
# ==== clip
import torch
import torch.nn as nn
m = nn.Linear(2, 2)
m.weight.grad = torch.full((2, 2), 3.0)
m.bias.grad = torch.full((2,), 4.0)
print(nn.utils.clip_grad_norm_(m.parameters(), 1.0), m.weight.grad)
nn.utils.clip_grad_value_(m.parameters(), 0.1)
print(m.bias.grad)
v = nn.utils.parameters_to_vector(m.parameters())
print(v.shape)
nn.utils.vector_to_parameters(torch.arange(6.), m.parameters())
print(m.weight)
# ==== rnn_api
import torch
import torch.nn as nn
torch.manual_seed(0)
rnn = nn.RNN(2, 3, num_layers=2, bidirectional=True, batch_first=True)
out, h = rnn(torch.randn(4, 5, 2))
print(out.shape, h.shape, rnn.weight_hh_l1_reverse.shape, len(rnn.all_weights), rnn.hidden_size, rnn.num_layers, rnn.bidirectional)
rnn.flatten_parameters()
lstm = nn.LSTM(2, 3)
o, (h, c) = lstm(torch.ones(2, 1, 2))
print(o, h, c)
cell = nn.LSTMCell(2, 3)
hx, cx = cell(torch.ones(1, 2))
print(hx.shape, cx.shape, torch.allclose(hx[0].sum(), hx.sum()))
gru = nn.GRU(2, 3)
print(gru(torch.ones(4, 2))[0].shape, gru(torch.ones(4, 2))[1].shape)
# ==== packed_api
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence, pack_sequence, PackedSequence
x = torch.arange(12.).view(2, 3, 2)
p = pack_padded_sequence(x, [3, 2], batch_first=True)
print(p, p.data.shape, p.batch_sizes, isinstance(p, PackedSequence))
print(pad_packed_sequence(p, batch_first=True))
print(pad_sequence([torch.ones(2), torch.ones(3)]), pack_sequence([torch.ones(2), torch.ones(1)]).batch_sizes)
p2 = pack_padded_sequence(x, torch.tensor([1, 3]), batch_first=True, enforce_sorted=False)
print(p2.sorted_indices, p2.unsorted_indices, pad_packed_sequence(p2, batch_first=True, padding_value=-1.)[0])
# ==== misc_torch
import torch
print(torch.is_tensor(1), torch.is_tensor(torch.ones(1)), torch.numel(torch.ones(2, 2)), torch.device("cpu"), torch.ones(1).device, torch.device("cuda:0").index)
print(torch.broadcast_shapes((2, 1), (3,)), torch.broadcast_tensors(torch.ones(2, 1), torch.ones(3))[0].shape, torch.cdist(torch.zeros(1, 2), torch.ones(1, 2)), torch.cov(torch.tensor([[1., 2.], [3., 5.]])), torch.bincount(torch.tensor([0, 1, 1])), torch.histc(torch.tensor([1., 2., 1.]), bins=2, min=0, max=3))
print(torch.count_nonzero(torch.tensor([0, 1, 2])), torch.cummax(torch.tensor([1, 3, 2]), 0), torch.diff(torch.tensor([1, 3, 6])), torch.clamp(torch.tensor([1, 5]), max=3), torch.numel(torch.zeros(3)), torch.squeeze(torch.ones(1, 2)).shape, torch.swapaxes(torch.ones(1, 2), 0, 1).shape)
print(torch.ones(2).new_zeros(3), torch.ones(2).new_tensor([1, 2]), torch.ones(2).new_full((2,), 5.), torch.tensor([1.5]).type_as(torch.tensor([1])), torch.ones(1).element_size(), torch.arange(3).nelement())
print(torch.triu_indices(3, 3, 1), torch.tril_indices(2, 2), torch.block_diag(torch.ones(1, 1), torch.ones(1, 1)), torch.heaviside(torch.tensor([-1., 0., 1.]), torch.tensor(0.5)), torch.rot90(torch.arange(4).view(2, 2)))
