"""Programs of tensors: creation, views, indexing, promotion, reductions, autograd, in-place, small modules."""

import torch

from .writer import Writer

FLOATS = ["torch.float32", "torch.float64"]
INTS = ["torch.int64", "torch.int32", "torch.uint8", "torch.int16", "torch.int8"]


def shape(w, most=3, zero=True):
    sizes = [w.r.choice([1, 2, 2, 3, 3, 4, 5] + ([0] if zero and w.r.random() < 0.05 else [])) for _ in range(w.r.randint(0, most))]
    return sizes


def listed(w, sizes, of):
    if not sizes:
        return of()
    return "[" + ", ".join(listed(w, sizes[1:], of) for _ in range(sizes[0])) + "]"


def number(w, kind):
    if kind == "int":
        return str(w.r.randint(-9, 9))
    if kind == "bool":
        return w.pick("True", "False")
    return w.pick(f"{w.r.randint(-9, 9)}.0", f"{w.r.uniform(-4, 4):.2f}", f"{w.r.uniform(-2, 2):.1f}", f"{w.r.randint(-3, 3)}.5")


def create(w):
    s = shape(w)
    args = ", ".join(map(str, s))
    grad = ", requires_grad=True" if w.r.random() < 0.35 else ""
    dtype = f", dtype={w.pick(*FLOATS, *INTS, 'torch.bool', 'torch.float16', 'torch.bfloat16')}" if w.r.random() < 0.25 else ""
    n = w.r.randint(1, 12)
    kind = w.pick("float", "float", "int", "bool")
    literal = listed(w, s, lambda: number(w, kind))
    made = w.pick(
        f"torch.tensor({literal}{grad if kind == 'float' else ''})",
        f"torch.tensor({literal}{dtype})",
        f"torch.tensor({literal}{grad if kind == 'float' else dtype})",
        f"torch.zeros({args or '()'}{dtype or grad})",
        f"torch.ones({args or 1}{dtype or grad})",
        f"torch.full(({args}{',' if s else ''}), {number(w, kind)}{dtype})",
        f"torch.arange({n}{dtype})",
        f"torch.arange({w.r.randint(-3, 3)}, {n}, {w.pick(1, 2, 3)})",
        f"torch.arange(0, {n}, {w.pick('0.5', '0.25', '1.5')})",
        f"torch.arange({n}.0)",
        f"torch.arange({n * 2}).view({w.pick(2, n, -1)}, {w.pick(-1, 2, n)})",
        f"torch.arange({n * 6}).reshape({w.pick('2, 3, -1', '3, -1', '-1, 2', '6, -1', '2, -1')}).float()",
        f"torch.linspace({w.r.randint(-3, 0)}, {w.r.randint(1, 5)}, {n})",
        f"torch.eye({w.r.randint(1, 4)}{w.pick('', ', 3')})",
        f"torch.randn({args or 3}{grad})",
        f"torch.randn({args or 3}{grad})",
        f"torch.rand({args or 2}{grad})",
        f"torch.randint({w.pick('', '2, ')}{w.r.randint(3, 12)}, ({args}{',' if s else ''}))",
        f"torch.randperm({n})",
        f"torch.empty({args or 2}).fill_({number(w, 'float')})",
        f"torch.bernoulli(torch.full(({args or 3},), 0.5))",
        f"torch.normal({w.pick('0.0', '1.0')}, {w.pick('1.0', '0.5')}, size=({args or 4},))",
        f"torch.tril(torch.ones({w.r.randint(2, 4)}, {w.r.randint(2, 4)}))",
        f"torch.tensor([{', '.join(number(w, w.pick('int', 'float')) for _ in range(w.r.randint(1, 6)))}])",
        f"torch.tensor({w.pick('3', '2.5', 'True', '[]', '[[]]', '1e-5', '123456.789', '[1e10, 1.0]', '[0.001, 1000.0]', '[float(chr(110) + chr(97) + chr(110)), 1.0]', '[math.inf, -math.inf, 0.0]', '[1, 2.5, True]')})",
    )
    w.do(f"{w.name('x')} = {made}")


def dim(w, v):
    n = v.dim()
    return w.r.choice(list(range(-n, n)) or [0, -1]) if w.r.random() < 0.95 else w.r.choice([n, -n - 1, 5])


def perm(w, n):
    order = list(range(n))
    w.r.shuffle(order)
    return ", ".join(map(str, order))


def index(w, v):
    """What stands in brackets."""
    def one(size):
        k = w.r.random()
        if k < 0.3:
            return str(w.r.randint(-size - (w.r.random() < 0.1), max(size - 1, 0) + (w.r.random() < 0.1)))
        if k < 0.6:
            a, b = w.pick("", str(w.r.randint(-2, 2))), w.pick("", str(w.r.randint(-1, size + 1)))
            return f"{a}:{b}" + w.pick("", "", f":{w.r.randint(1, 3)}")
        if k < 0.7:
            return "None"
        if k < 0.78:
            return "..."
        if k < 0.9:
            return "[" + ", ".join(str(w.r.randint(0, max(size - 1, 0))) for _ in range(w.r.randint(1, 3))) + "]"
        return f"torch.tensor([{', '.join(str(w.r.randint(-size, max(size - 1, 0))) for _ in range(w.r.randint(1, 3)))}])"
    if w.r.random() < 0.15:
        return w.pick("x > 0", "x != 0", "x.abs() < 2").replace("x", w.r.choice(w.values(torch.Tensor, lambda t: t.shape == v.shape) or ["x"]))
    parts = [one(size) for size in v.shape[: w.r.randint(1, max(v.dim(), 1))]] or ["None"]
    if w.r.random() < 0.04:
        parts.append("0")
    return ", ".join(parts)


def unary(w, x, v):
    d = dim(w, v)
    keep = w.pick("", "", ", keepdim=True")
    n = v.numel()
    size = v.shape[d] if v.dim() and -v.dim() <= d < v.dim() else 1
    f = lambda low=0.1, high=3.0: f"{w.r.uniform(low, high):.1f}"
    return w.pick(
        f"{x}.sum()", f"{x}.sum({d}{keep})", f"{x}.sum(dim={d}{keep})", f"{x}.mean()", f"{x}.mean({d}{keep})", f"{x}.mean(dim={d}{keep})",
        f"{x}.max()", f"{x}.min()", f"{x}.max({d})[0]", f"{x}.max(dim={d}{keep}).indices", f"{x}.min({d}).values",
        f"{x}.argmax()", f"{x}.argmax({d})", f"{x}.argmax(dim={d}{keep})", f"{x}.argmin(dim={d})",
        f"{x}.prod()", f"{x}.prod({d})", f"{x}.std()", f"{x}.var({d}{keep})", f"{x}.std(dim={d}, unbiased=False)", f"{x}.var(unbiased=False)",
        f"{x}.norm()", f"{x}.norm(dim={d})", f"{x}.norm({w.pick(1, 2)})", f"torch.linalg.norm({x})", f"{x}.median()", f"{x}.cumsum({d})", f"{x}.cumprod(dim={d})", f"torch.logsumexp({x}, {d})",
        f"{x}.any()", f"{x}.all()", f"{x}.any(dim={d})", f"({x} > 0).all({d})", f"({x} > 0).sum()", f"({x} == {w.r.randint(-1, 2)}).float().mean()",
        f"{x}.t()", f"{x}.T", f"{x}.mT", f"{x}.transpose({d}, {dim(w, v)})", f"{x}.permute({perm(w, v.dim())})", f"torch.flip({x}, [{d}])",
        f"{x}.reshape(-1)", f"{x}.view(-1)", f"{x}.reshape({w.pick(2, 3, -1)}, {w.pick(-1, 2)})", f"{x}.view({w.pick(2, 3, -1)}, {w.pick(-1, 2)})", f"{x}.flatten()", f"{x}.flatten({w.pick(0, 1)})", f"torch.flatten({x}, {w.pick(0, 1, -2)})",
        f"{x}.unsqueeze({d})", f"{x}.squeeze()", f"{x}.squeeze({d})", f"{x}.expand({w.pick('2, ', '3, ', '')}{', '.join(['-1'] * v.dim())})", f"{x}.expand({', '.join(str(w.pick(s, 4)) for s in v.shape) or 3})", f"{x}.repeat({', '.join(str(w.pick(1, 2)) for _ in range(v.dim())) or 2})", f"{x}.repeat_interleave({w.pick(2, 3)}, dim={d})",
        f"{x}.contiguous()", f"{x}.clone()", f"{x}.detach()", f"{x}.unfold({d}, {w.pick(1, 2)}, {w.pick(1, 2)})", f"{x}.narrow({d}, 0, {w.pick(1, 2)})", f"{x}.select({d}, {w.pick(0, -1, 1)})",
        f"{x}.chunk({w.pick(2, 3)}, {d})[0]", f"{x}.split({w.pick(1, 2)}, dim={d})[-1]", f"torch.unbind({x}, {d})[0]", f"{x}.roll({w.pick(1, -1, 2)}, {d})", f"torch.tril({x})", f"torch.triu({x}, diagonal=1)", f"{x}.diagonal()", f"torch.diag({x})", f"{x}.movedim({d}, 0)", f"{x}.swapaxes({d}, 0)",
        f"torch.exp({x})", f"{x}.exp()", f"{x}.abs()", f"torch.sqrt({x}.abs() + {f()})", f"torch.log({x}.abs() + {f()})", f"{x}.sin()", f"torch.cos({x})", f"torch.tanh({x})", f"{x}.sigmoid()", f"torch.relu({x})", f"{x}.square()", f"{x}.pow({w.pick(2, 3, '0.5', -1)})", f"{x} ** {w.pick(2, 3, '0.5', -1)}", f"-{x}", f"~{x}", f"{x}.round()", f"{x}.floor()", f"{x}.ceil()", f"{x}.trunc()", f"torch.sign({x})", f"1 / {x}", f"{x}.reciprocal()", f"torch.rsqrt({x}.abs() + 1)", f"{x}.erf()", f"{x}.log1p()", f"{x}.expm1()", f"torch.round({x}, decimals=1)",
        f"{x}.clamp({w.pick('0, 1', 'min=0', 'max=1.5', '-1, 2')})", f"torch.clamp({x}, min=-{f()}, max={f()})", f"torch.where({x} > 0, {x}, {w.pick('0.0', '-1', x, '0')})", f"{x}.masked_fill({x} > {w.r.randint(-1, 2)}, {w.pick('0', '-1e9', 'float(chr(45) + chr(105) + chr(110) + chr(102))', '1.5')})", f"torch.nan_to_num({x})", f"torch.isnan({x})", f"torch.isfinite({x})",
        f"torch.softmax({x}, dim={d})", f"{x}.softmax(-1)", f"F.softmax({x}, dim={d})", f"F.log_softmax({x}, dim={d})", f"{x}.log_softmax(dim=-1)", f"F.relu({x})", f"F.gelu({x})", f"F.silu({x})", f"F.leaky_relu({x}, {f(0, 1)})", f"F.elu({x})", f"F.softplus({x})", f"F.normalize({x}, dim={d})", f"F.one_hot({x})", f"F.pad({x}, ({w.pick(0, 1)}, {w.pick(1, 2)}))", f"F.dropout({x}, p=0.5)", f"F.layer_norm({x}, ({v.shape[-1] if v.dim() else 1},))",
        f"{x}.float()", f"{x}.long()", f"{x}.int()", f"{x}.double()", f"{x}.bool()", f"{x}.half()", f"{x}.to({w.pick(*FLOATS, *INTS, 'torch.bool')})", f"{x}.type(torch.float32)", f"{x}.cpu()", f"{x}.to('cpu')",
        f"{x}.sort()[0]", f"{x}.sort(dim={d}, descending=True).values", f"torch.argsort({x})", f"{x}.topk({min(2, max(size, 1))})[0]", f"torch.topk({x}, {w.pick(1, 2)}, dim={d}).indices", f"{x}.unique()", f"torch.bincount({x})", f"{x}.nonzero()", f"torch.kthvalue({x}, 1).values",
        f"torch.zeros_like({x})", f"torch.ones_like({x})", f"torch.full_like({x}, {w.pick(7, '1.5')})", f"torch.rand_like({x})", f"torch.randn_like({x})", f"{x}.new_zeros({w.pick(2, '2, 3')})", f"{x}.new_tensor([1, 2])",
        f"{x}[{index(w, v)}]", f"{x}[{index(w, v)}]", f"{x}[{index(w, v)}]", f"{x}[{index(w, v)}]",
        f"{x} + {number(w, w.pick('int', 'float'))}", f"{x} * {number(w, w.pick('int', 'float'))}", f"{number(w, 'int')} - {x}", f"{x} / {w.pick(2, '3.0', 0)}", f"{x} // {w.pick(2, 3, '1.5')}", f"{x} % {w.pick(2, 3, -3, '1.5')}", f"{number(w, w.pick('int', 'float'))} {w.pick('<', '>', '==', '<=', '!=')} {x}", f"{x} {w.pick('&', '|', '^')} True", f"{w.pick(2, '2.0')} ** {x}",
    )


def binary(w, x, y):
    op = w.pick("+", "-", "*", "/", "+", "*", "**", "//", "%", "==", "<", ">=", "!=", "@", "@", "&", "|")
    return w.pick(
        f"{x} {op} {y}", f"{x} {op} {y}", f"{x} {op} {y}", f"{x} {op} {y}", f"{x} {op} {y}", f"{x} {op} {y}",
        f"torch.matmul({x}, {y})", f"torch.mm({x}, {y})", f"torch.bmm({x}, {y})", f"torch.dot({x}, {y})", f"torch.mv({x}, {y})", f"{x} @ {y}.T", f"{x}.T @ {y}", f"torch.outer({x}, {y})",
        f"torch.cat([{x}, {y}])", f"torch.cat([{x}, {y}], dim={w.pick(0, 1, -1)})", f"torch.cat(({x}, {y}), {w.pick(0, 1)})", f"torch.stack([{x}, {y}])", f"torch.stack(({x}, {y}), dim={w.pick(0, 1, -1)})", f"torch.maximum({x}, {y})", f"torch.minimum({x}, {y})", f"torch.where({x} > {y}, {x}, {y})",
        f"torch.allclose({x}, {y})", f"torch.equal({x}, {y})", f"torch.eq({x}, {y})", f"torch.add({x}, {y}, alpha=2)", f"torch.sub({x}, {y})", f"torch.mul({x}, {y})", f"torch.div({x}, {y}, rounding_mode={w.pick(chr(39) + 'floor' + chr(39), chr(39) + 'trunc' + chr(39))})", f"torch.pow({x}, {y})", f"torch.fmod({x}, {y})", f"torch.remainder({x}, {y})", f"torch.logical_and({x}, {y})",
        f"{x}[{y}]", f"torch.gather({x}, {w.pick(0, 1, -1)}, {y})", f"{x}.index_select({w.pick(0, 1)}, {y})", f"torch.take({x}, {y})", f"{x}.expand_as({y})", f"{x}.view_as({y})", f"{x}.to({y}.dtype)", f"{x}.scatter({w.pick(0, 1)}, {y}, {w.pick('1.0', '-1')})", f"torch.masked_select({x}, {y} > 0)", f"{x}.masked_fill({y} > 0, 0)",
        f"F.mse_loss({x}, {y})", f"F.cross_entropy({x}, {y})", f"F.l1_loss({x}, {y})", f"F.nll_loss({x}, {y})", f"F.binary_cross_entropy_with_logits({x}, {y})", f"F.smooth_l1_loss({x}, {y})", f"F.cosine_similarity({x}, {y}, dim=-1)", f"F.linear({x}, {y})", f"F.embedding({y}, {x})", f"F.kl_div({x}, {y}, reduction='batchmean')",
        f"torch.einsum('{w.pick('i,i->', 'ij,jk->ik', 'ij,ij->i', 'bij,bjk->bik', 'i,j->ij', 'ij,kj->ik', 'ij->ji')}', {x}, {y})", f"torch.addmm({x}, {y}, {y})", f"torch.lerp({x}, {y}, 0.5)", f"torch.dist({x}, {y})", f"torch.cdist({x}, {y})", f"torch.isclose({x}, {y})", f"torch.broadcast_tensors({x}, {y})[0]", f"torch.tensordot({x}, {y}, dims=1)",
    )


def tensor_names(w, good=lambda t: True):
    return w.values(torch.Tensor, good)


def operate(w):
    names = tensor_names(w)
    x = w.r.choice(names)
    v = w.env[x]
    if w.r.random() < 0.6 or len(names) < 2:
        made = unary(w, x, v)
    else:
        near = [n for n in names if w.env[n].dim() and w.env[n].shape[-1:] == v.shape[-1:]] or names
        made = binary(w, x, w.r.choice(near if w.r.random() < 0.7 else names))
    w.do(f"{w.name('y')} = {made}", keep=0.06)


def show(w):
    names = tensor_names(w)
    x = names[-1] if w.r.random() < 0.6 else w.r.choice(names)
    v = w.env[x]
    options = [f"print({x}.shape, {x}.dtype)", f"print({x})", f"print({x})", f"print({x})", f"print({x}.size(), {x}.dim(), {x}.numel())", f"print({x}.requires_grad, {x}.is_leaf)", f"print({x}.stride(), {x}.is_contiguous())", f"print(repr({x}))", f"print('{x} =', {x})", f"print(list({x}.shape), tuple({x}.size()))", f"print(f'{{{x}}}')", f"print({x}.shape == torch.Size([2, 3]), {x}.shape[-1:])", f"print(type({x}).__name__, {x}.type(), {x}.device)", f"print(len({x}))", f"print([{x}])", f"print({{'v': {x}}})", f"print({x}.data_ptr() == {names[0]}.data_ptr())", f"for row in {x}:\n    print(row)", f"print({x} is {names[0]}, id({x}) == id({names[0]}))"]
    if v.numel() == 1:
        options += [f"print({x}.item())"] * (not v.is_floating_point()) + [f"print(f'{{{x}.item():.4f}}')", f"print(f'{{{x}:.3f}}')", f"print(round({x}.item(), 3))", f"print(float({x}) > 0, int({x}))", f"print('yes' if {x} > 0 else 'no')"] * 2
    if not v.is_floating_point():
        options += [f"print({x}.tolist())", f"print({x}.sum().item())"]
    else:
        options += [f"print([round(v, 3) for v in {x}.flatten().tolist()])"]
    if v.requires_grad:
        options += [f"print({x}.grad)", f"print({x}.grad_fn is None)", f"print({x}.grad_fn.name() if {x}.grad_fn else None)", f"print(type({x}.grad_fn).__name__)", f"print({x}.detach())"] * 2
    w.do(w.r.choice(options))


def in_place(w):
    names = tensor_names(w)
    x = w.r.choice(names)
    v = w.env[x]
    y = w.r.choice(names)
    n = number(w, w.pick("int", "float"))
    w.do(w.pick(
        f"{x} += {w.pick(n, y)}", f"{x} *= {w.pick(n, y)}", f"{x} -= {w.pick(n, y)}", f"{x} /= {w.pick(2, y)}", f"{x}.add_({w.pick(n, y)})", f"{x}.mul_({n})", f"{x}.zero_()", f"{x}.fill_({n})", f"{x}.clamp_(min=0)", f"{x}.copy_({y})", f"{x}[{index(w, v)}] = {w.pick(n, y)}", f"{x}[{index(w, v)}] = {n}", f"{x}[{index(w, v)}] += {n}", f"{x}[{index(w, v)}].zero_()", f"{x}.relu_()", f"{x}.exp_()", f"{x}.uniform_(0, 1)", f"{x}.normal_()", f"{x}.unsqueeze_(0)", f"{x}.t_()", f"{x}.masked_fill_({x} > 0, {n})", f"{x}.requires_grad_()", f"{x}.detach_()", f"{x}.scatter_({w.pick(0, 1)}, {y}, 1.0)", f"{x}.index_fill_(0, torch.tensor([0]), {n})", f"{x}.data.mul_(2)", f"{x}.sub_({y}, alpha=0.5)", f"{x}.pow_(2)", f"{x}.sqrt_()", f"{x}.neg_()", f"{x}.round_()", f"{x}.index_add_(0, torch.tensor([0]), {y})", f"with torch.no_grad():\n    {x} -= 0.1 * {w.pick(x, y)}", f"with torch.no_grad():\n    {x}.mul_({n})", f"{x}.grad.zero_()", f"{x}.grad = None", f"del {x}" if len(names) > 4 else f"{x}.abs_()",
    ), keep=0.1)


def backward(w):
    names = tensor_names(w, lambda t: t.requires_grad and t.grad_fn is not None)
    if not names:
        return create(w)
    y = names[-1] if w.r.random() < 0.7 else w.r.choice(names)
    v = w.env[y]
    leaves = tensor_names(w, lambda t: t.requires_grad and t.is_leaf)
    x = w.r.choice(leaves or names)
    worked = w.do(w.pick(f"{y}.sum().backward()", f"{y}.sum().backward()", f"{y}.mean().backward()", f"({y} ** 2).sum().backward()", f"{y}.backward()", f"{y}.backward(torch.ones_like({y}))", f"{y}.sum().backward(retain_graph=True)", f"{w.name('g')}, = torch.autograd.grad({y}.sum(), {x})", f"{w.name('g')} = torch.autograd.grad({y}.sum(), [{x}], allow_unused=True)[0]", f"{w.name('g')} = torch.autograd.grad({y}.sum(), {x}, create_graph=True)[0]", f"{y}.retain_grad()", f"{y}.register_hook(lambda g: print('hook', g.shape))", f"{x}.register_hook(lambda g: g * 2)", f"loss = ({y} * {w.r.randint(1, 3)}).sum()\nloss.backward()"), keep=0.25)
    if worked:
        for leaf in leaves[:3]:
            w.do(f"print({leaf}.grad)")


def module(w):
    names = tensor_names(w, lambda t: t.is_floating_point() and t.dtype == torch.float32 and t.dim() > 0)
    if not names:
        return create(w)
    x = w.r.choice(names)
    v = w.env[x]
    k, h = v.shape[-1] if w.r.random() < 0.93 else v.shape[-1] + 1, w.r.randint(1, 4)
    batch = w.pick("", ", batch_first=True", ", num_layers=2", ", bidirectional=True", ", bias=False")
    m = w.name("m")
    made = w.pick(f"nn.Linear({k}, {h})", f"nn.Linear({k}, {h}, bias=False)", f"nn.Sequential(nn.Linear({k}, {h}), {w.pick('nn.ReLU()', 'nn.Tanh()', 'nn.Sigmoid()', 'nn.GELU()', 'nn.LeakyReLU(0.1)', 'nn.Dropout(0.5)')}, nn.Linear({h}, {w.r.randint(1, 3)}))", f"nn.LayerNorm({k})", f"nn.BatchNorm1d({k})", f"nn.GRU({k}, {h}{batch})", f"nn.LSTM({k}, {h}{batch})", f"nn.RNN({k}, {h}{batch})", f"nn.GRUCell({k}, {h})", f"nn.LSTMCell({k}, {h})", f"nn.RNNCell({k}, {h})", "nn.ReLU()", f"nn.Softmax(dim={w.pick(-1, 0, 1)})", "nn.Tanh()", "nn.Flatten()", "nn.Identity()", "nn.Dropout(0.3)", f"nn.Conv1d({v.shape[-2] if v.dim() > 1 else 1}, {h}, {w.pick(1, 2, 3)}{w.pick('', ', padding=1')})", "nn.MaxPool1d(2)", "nn.AvgPool1d(2)", "nn.Softplus()", "nn.ELU()", "nn.LogSoftmax(dim=-1)", f"nn.Embedding({w.r.randint(3, 9)}, {h}{w.pick('', ', padding_idx=0')})", f"nn.PReLU()", f"nn.Hardtanh()", f"nn.Unflatten(1, (1, {k}))")
    if not w.do(f"{m} = {made}"):
        return
    y = w.name("y")
    call = f"{m}({x})"
    if "Embedding" in made:
        call = f"{m}({w.pick(f'torch.tensor([[0, 1], [2, 0]])', f'torch.tensor([1, 9])', x)})"
    if any(kind in made for kind in ("GRU(", "RNN(")):
        worked = w.do(f"{y}, {w.name('h')} = {call}", keep=0.3)
    elif "LSTM(" in made:
        worked = w.do(f"{y}, (h_n, c_n) = {call}", keep=0.3)
    elif "LSTMCell" in made:
        worked = w.do(f"{y}, c = {call}", keep=0.3)
    else:
        worked = w.do(f"{y} = {call}", keep=0.3)
    w.do(w.pick(f"print({m})", f"print([tuple(p.shape) for p in {m}.parameters()])", f"for name, p in {m}.named_parameters():\n    print(name, p.shape, p.requires_grad)", f"print(sum(p.numel() for p in {m}.parameters()))", f"print(list({m}.state_dict().keys()))", f"print({m}.training)", f"{m}.eval()", f"print({m}.weight)", f"print({m}.bias.shape)", f"print({m}.in_features)", f"print({m}.hidden_size, {m}.num_layers)", f"{m}.zero_grad()", f"print({m}.weight.grad)", f"{m}.requires_grad_(False)"), keep=0.3)
    if worked:
        w.do(w.pick(f"print({y})", f"print({y}.shape)", f"print({y}.shape, {y}.requires_grad)"))


HEADS = ["import math\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"]


def program(r):
    w = Writer(r, HEADS[0], f"torch.manual_seed({r.randint(0, 999)})")
    for _ in range(r.randint(1, 3)):
        create(w)
    while not tensor_names(w) and not w.ended:
        create(w)
    weights = r.choice([[2, 8, 6, 1, 1, 1], [2, 5, 5, 3, 1, 1], [1, 5, 4, 1, 4, 0], [2, 3, 4, 1, 2, 5]])
    for _ in range(r.randint(5, 18)):
        if w.ended or not tensor_names(w):
            break
        r.choices([create, operate, show, in_place, backward, module], weights)[0](w)
    return w.text()
