"""Programs of the kind that courses show: data, a model, a loss, an optimiser, what is looked at on the way."""

from .writer import Writer

HEAD = "import copy\nimport io\nimport math\nimport random\nfrom dataclasses import dataclass\nfrom typing import List, Optional, Tuple\n\nimport numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nfrom torch import optim\nfrom torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence, pad_sequence\nfrom torch.utils.data import DataLoader, Dataset, Subset, TensorDataset, random_split\n"


def recurrent(w, k, h):
    kind = w.pick("GRU", "GRU", "LSTM", "RNN")
    layers = w.pick(1, 1, 2)
    both = w.r.random() < 0.25
    extra = (f", num_layers={layers}" if layers > 1 else "") + (", bidirectional=True" if both else "") + (", dropout=0.2" if layers > 1 and w.r.random() < 0.4 else "") + (w.pick("", ", nonlinearity='relu'") if kind == "RNN" else "")
    return kind, f"nn.{kind}({k}, {h}, batch_first=True{extra})", layers * (2 if both else 1), 2 if both else 1


def wrong(w, good, *bad):
    """A size, at times another."""
    return w.r.choice(bad) if bad and w.r.random() < 0.05 else good


def optimiser(w, parameters="model.parameters()"):
    return w.pick(
        f"optim.SGD({parameters}, lr={w.pick('0.1', '0.05')})", f"optim.SGD({parameters}, lr=0.1, momentum=0.9)", f"torch.optim.Adam({parameters}, lr={w.pick('0.01', '1e-3')})", f"torch.optim.Adam({parameters})", f"optim.AdamW({parameters}, lr=0.01, weight_decay=0.1)", f"optim.RMSprop({parameters}, lr=0.01)", f"optim.Adam({parameters}, lr=0.01, betas=(0.8, 0.99))", f"optim.SGD({parameters}, lr=0.05, momentum=0.9, nesterov=True)", f"optim.Adagrad({parameters}, lr=0.1)", f"optim.SGD({parameters}, lr=0.1, weight_decay=0.01)", f"optim.Adam({parameters}, lr=0.01, amsgrad=True)", f"optim.SGD({parameters})", f"optim.Adam({parameters.replace('model', 'modle')})",
    )


def scheduler(w):
    return w.pick(
        ("optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)", ""), ("optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9)", ""), ("optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=5)", ""), ("optim.lr_scheduler.MultiStepLR(optimizer, milestones=[1, 3], gamma=0.1)", ""), ("optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=0, factor=0.5)", "loss.item()"), ("optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.95 ** epoch)", ""), ("optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode='max', patience=1)", "0.5"), ("optim.lr_scheduler.LinearLR(optimizer, start_factor=0.5, total_iters=3)", ""), ("optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=10)", ""), ("optim.lr_scheduler.ReduceLROnPlateau(optimizer)", ""),
    )


def model(w):
    """A model's class, what it takes (features, token ids, vector) and how many it gives."""
    k, h, o = w.r.randint(1, 4), w.r.randint(2, 6), w.r.randint(1, 4)
    kind, made, directions, two = recurrent(w, k, h)
    state = "(h, c)" if kind == "LSTM" else "h"
    which = w.pick("features", "features", "tokens", "tokens", "vector")
    if which == "vector":
        inner = w.pick("nn.ReLU()", "nn.Tanh()", "nn.Sigmoid()", "nn.GELU()")
        norm = w.pick("", "", f"nn.LayerNorm({h}), ", f"nn.BatchNorm1d({h}), ", "nn.Dropout(0.3), ")
        w.do(w.pick(
            f"class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc1 = nn.Linear({k}, {h})\n        self.fc2 = nn.Linear({wrong(w, h, h + 1)}, {o})\n\n    def forward(self, x):\n        return self.fc2(torch.{w.pick('relu', 'tanh', 'sigmoid')}(self.fc1(x)))\n\n\nmodel = Net()",
            f"model = nn.Sequential(nn.Linear({k}, {h}{', bias=False' if 'Batch' in norm else ''}), {norm}{inner}, nn.Linear({wrong(w, h, h + 1)}, {o}))",
            f"class MLP(nn.Module):\n    def __init__(self, sizes):\n        super().__init__()\n        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])\n\n    def forward(self, x):\n        for i, layer in enumerate(self.layers):\n            x = layer(x)\n            if i < len(self.layers) - 1:\n                x = F.relu(x)\n        return x\n\n\nmodel = MLP([{k}, {h}, {h}, {o}])",
        ))
        return "vector", k, o
    pooled = w.pick("out[:, -1, :]", "out[:, -1]", "out.mean(dim=1)", "out.max(dim=1).values", f"{'h[-1]' if two == 1 else 'torch.cat([h[-2], h[-1]], dim=1)'}", "out.sum(1)")
    drop = w.r.random() < 0.25
    head = wrong(w, h * two, h * two + 1, h * 2)
    used = f"self.drop({pooled})" if drop else pooled
    embed = f"        self.embed = nn.Embedding(vocab, {wrong(w, k, k + 1)}{w.pick('', '', ', padding_idx=0')})\n" if which == "tokens" else ""
    begin = "self.embed(x)" if which == "tokens" else "x"
    zero = w.r.random() < 0.25 and kind != "LSTM"
    start = f"        h0 = torch.zeros({wrong(w, directions, directions + 1)}, x.size(0), {h})\n" if zero else ""
    forgot = w.r.random() < 0.03
    w.do(f"class Net(nn.Module):\n    def __init__(self{', vocab' if which == 'tokens' else ''}):\n" + ("" if forgot else "        super().__init__()\n") + embed + f"        self.rnn = {made}\n" + ("        self.drop = nn.Dropout(0.5)\n" if drop else "") + f"        self.fc = nn.Linear({head}, {o})\n\n    def forward(self, x):\n" + start + f"        out, {state} = self.rnn({begin}{', h0' if zero else ''})\n        return self.fc({used})\n\n\nmodel = Net({'10' if which == 'tokens' else ''})", keep=1)
    return which, k, o


def data(w, which, k, o, loss):
    n, t = w.r.randint(3, 12), w.r.randint(2, 6)
    if which == "tokens":
        x = f"torch.randint(0, {wrong(w, 10, 11, 14)}, ({n}, {t}))"
    elif which == "vector":
        x = f"torch.randn({n}, {wrong(w, k, k + 1)})"
    else:
        x = w.pick(f"torch.randn({n}, {t}, {wrong(w, k, k + 1)})", f"torch.rand({n}, {t}, {k}) * 2 - 1")
    y = {"ce": f"torch.randint(0, {wrong(w, o, o + 2)}, ({n},))", "mse": wrong(w, f"torch.randn({n}, {o})", f"torch.randn({n})"), "bce": f"torch.randint(0, 2, ({n}, {o}))" + wrong(w, ".float()", "")}[loss]
    w.do(f"x = {x}\ny = {y}", keep=1)
    return n


LOSSES = {"ce": ["nn.CrossEntropyLoss()", "nn.CrossEntropyLoss()", "F.cross_entropy", "nn.CrossEntropyLoss(label_smoothing=0.1)", "nn.CrossEntropyLoss(reduction='sum')"], "mse": ["nn.MSELoss()", "nn.MSELoss()", "nn.L1Loss()", "nn.SmoothL1Loss()", "F.mse_loss", "nn.HuberLoss()", "nn.MSELoss(reduction='sum')"], "bce": ["nn.BCEWithLogitsLoss()", "F.binary_cross_entropy_with_logits"]}


def train(w):
    """A training loop over batches or the whole."""
    which, k, o = model(w)
    loss = w.pick("ce", "ce", "mse", "bce") if o > 1 else w.pick("mse", "bce")
    n = data(w, which, k, o, loss)
    w.do(f"criterion = {w.r.choice(LOSSES[loss])}")
    w.do(f"optimizer = {optimiser(w)}", keep=1)
    step, argument = scheduler(w)
    scheduled = w.r.random() < 0.35
    if scheduled:
        w.do(f"scheduler = {step}")
    batches = w.r.random() < 0.5
    clip = w.pick("", "", "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)", "norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.5)\nprint(f'norm {norm:.3f}')", "nn.utils.clip_grad_value_(model.parameters(), 0.1)")
    target = wrong(w, "yb" if batches else "y", "yb.float()" if batches else "y.float()", "yb.unsqueeze(1)" if batches else "y.unsqueeze(-1)")
    inner = ["optimizer.zero_grad()", f"loss = criterion(model({'xb' if batches else 'x'}), {target})", wrong(w, "loss.backward()", "loss.backward(); loss.backward()", "loss.detach().backward()"), *clip.splitlines(), "optimizer.step()"]
    if w.r.random() < 0.15:
        inner.append("total += loss" if w.r.random() < 0.3 else "total += loss.item()")
        w.do("total = 0.0")
    lines = [f"for epoch in range({w.r.randint(1, 5)}):"]
    if w.r.random() < 0.3:
        lines.append("    model.train()")
    if batches:
        w.do(f"loader = DataLoader(TensorDataset(x, y), batch_size={w.r.randint(1, 5)}{w.pick('', ', shuffle=True', ', drop_last=True', ', shuffle=True, drop_last=True')})", keep=1)
        lines += ["    for xb, yb in loader:", *("        " + line for line in inner)]
    else:
        lines += ["    " + line for line in inner]
    if scheduled:
        lines.append(f"    scheduler.step({argument})")
    lines.append("    " + w.pick("print(epoch, round(loss.item(), 4))", "print(f'epoch {epoch + 1}: loss {loss.item():.4f}')", "print(f'{epoch:>3} {loss.item():10.3f}')", "if epoch % 2 == 0:\n        print('epoch', epoch, 'loss', f'{loss:.3f}')", "print(loss)", "print('Epoch [%d] loss %.3f' % (epoch, loss.item()))"))
    if scheduled:
        lines.append("    " + w.pick("print(optimizer.param_groups[0]['lr'])", "print(scheduler.get_last_lr())", "print(f\"lr {optimizer.param_groups[0]['lr']:.5f}\")"))
    w.do("\n".join(lines), keep=1)
    w.do("model.eval()")
    evaluation = {"ce": "with torch.no_grad():\n    pred = model(x).argmax(dim=1)\n    print(pred.shape, (pred == y).float().mean().item())\n", "mse": "with torch.no_grad():\n    out = model(x)\nprint(out.shape, out.requires_grad, out[0])", "bce": "with torch.no_grad():\n    prob = torch.sigmoid(model(x))\nprint(((prob > 0.5) == y.bool()).float().mean())"}[loss]
    w.do(evaluation)


LOOKS = [
    "print(model)", "print(sum(p.numel() for p in model.parameters() if p.requires_grad))", "for name, p in model.named_parameters():\n    print(f'{name:<25} {str(tuple(p.shape)):>10} {p.numel():>6,}')", "print(list(model.state_dict()))", "print([type(m).__name__ for m in model.modules()])", "print([n for n, _ in model.named_modules()], [n for n, _ in model.named_children()])", "for p in model.parameters():\n    p.requires_grad = False\nprint(any(p.requires_grad for p in model.parameters()))", "print(next(model.parameters()).device, next(model.parameters()).dtype)",
    "state = copy.deepcopy(model.state_dict())\nwith torch.no_grad():\n    for p in model.parameters():\n        p.add_(1.0)\nprint(model.load_state_dict(state))", "buffer = io.BytesIO()\ntorch.save(model.state_dict(), buffer)\nbuffer.seek(0)\nloaded = torch.load(buffer)\nprint(all(torch.equal(a, loaded[k]) for k, a in model.state_dict().items()))", "other = copy.deepcopy(model)\nprint(all(torch.equal(a, b) for a, b in zip(model.parameters(), other.parameters())))", "state = model.state_dict()\nstate['extra'] = torch.zeros(1)\ndel state[next(iter(state))]\nmodel.load_state_dict(state)", "state = model.state_dict()\nstate.popitem()\nprint(model.load_state_dict(state, strict=False))", "def init(m):\n    if isinstance(m, nn.Linear):\n        nn.init.xavier_uniform_(m.weight)\n        nn.init.zeros_(m.bias)\nmodel.apply(init)\nprint([round(p.abs().sum().item(), 3) for p in model.parameters()])", "for name, p in model.named_parameters():\n    if 'weight' in name and p.dim() > 1:\n        nn.init.orthogonal_(p)\n    elif 'bias' in name:\n        nn.init.constant_(p, 0.1)\nprint(round(sum(p.sum().item() for p in model.parameters()), 3))", "handle = model.register_forward_hook(lambda m, i, o: print('hook', type(m).__name__, i[0].shape, o.shape))\nmodel(x)\nhandle.remove()\nmodel(x)", "print(model.training, model.train().training, model.eval().training)", "print(torch.cat([p.flatten() for p in model.parameters()]).norm())", "model.half_precision", "print(model.fc)", "grads = [p.grad for p in model.parameters()]\nprint([g is None for g in grads])", "print(model(x).shape)", "model = model.double()\nprint(model(x.double() if x.is_floating_point() else x).dtype)", "model.double()(x)", "print(isinstance(model, nn.Module), hasattr(model, 'fc'), len(list(model.children())))", "print(f\"{'name':<10}|{'params':>8}\")\nfor name, m in model.named_children():\n    print(f'{name:<10}|{sum(p.numel() for p in m.parameters()):>8}')", "print(model(x)[0])", "torch.manual_seed(1)\nmodel.train()\na = model(x)\nmodel.eval()\nb, c = model(x), model(x)\nprint(torch.equal(b, c))", "print(model.to('cpu') is model, torch.cuda.is_available())\nmodel.to('cuda')", "print({k: tuple(v.shape) for k, v in model.state_dict().items()})",
]

PARTS = [
    # Calls of recurrent modules, right and wrong.
    "rnn = {rnn}\nx = torch.randn({n}, {t}, {k})\nout, state = rnn(x)\nprint(out.shape, [s.shape for s in state] if isinstance(state, tuple) else state.shape)\nprint(out[0, -1])\nprint(rnn)",
    "gru = nn.GRU({k}, {h}{bf})\nh = torch.zeros(1, {n2}, {h})\nout, h = gru(torch.randn({n}, {t}, {k}), h)\nprint(out.shape, h.shape)\nprint(torch.allclose(out[-1], h[0]), torch.allclose(out[:, -1], h[0]))",
    "lstm = nn.LSTM({k}, {h}, num_layers=2{bf})\nout, (h, c) = lstm(torch.randn({n}, {t}, {k}), {pair})\nprint(out.shape, h.shape, c.shape)\nout.sum().backward()\nprint(lstm.weight_hh_l1.grad.shape, f'{{lstm.bias_ih_l0.grad.norm():.4f}}')",
    "cell = nn.GRUCell({k}, {h})\nx = torch.randn({t}, {n}, {k})\nh = torch.zeros({n}, {h2})\noutputs = []\nfor step in range(x.size(0)):\n    h = cell(x[step], h)\n    outputs.append(h)\nout = torch.stack(outputs, dim={d})\nprint(out.shape, h.mean().item() > -1)\nprint(h)",
    "cell = nn.LSTMCell({k}, {h})\nh, c = torch.zeros({n}, {h}), torch.zeros({n}, {h})\nfor x in torch.randn({t}, {n}, {k}):\n    h, c = cell(x, (h, c))\nprint(h, c.shape)\nh.sum().backward()\nprint(cell.weight_ih.grad.abs().sum() > 0)",
    # Packed sequences.
    "seqs = [torch.arange(1, n + 1).float() for n in ({t}, {n}, 1)]\npadded = pad_sequence(seqs, batch_first={flag}{padv})\nprint(padded, padded.shape)\nlengths = torch.tensor([len(s) for s in seqs])\npacked = pack_padded_sequence(padded.unsqueeze(-1), lengths, batch_first={flag}, enforce_sorted={flag2})\nprint(packed.data.shape, packed.batch_sizes)\nrnn = nn.GRU(1, {h}, batch_first={flag})\nout, h = rnn(packed)\nout, lens = pad_packed_sequence(out, batch_first={flag})\nprint(out.shape, lens, h.shape)\nprint(out[0])",
    "packed = pack_sequence([torch.randn(n, {k}) for n in ({t} + 1, 2, 1)])\nprint(packed)\nout, (h, c) = nn.LSTM({k}, {h}, bidirectional=True)(packed)\nprint(out.data.shape, h.shape)\nprint(pad_packed_sequence(out)[1])",
    # Time series.
    "series = torch.sin(torch.arange(0, 20) * 0.{k})\nwindow = {t}\nxs = torch.stack([series[i:i + window] for i in range(len(series) - window)])\nys = series[window:]\nprint(xs.shape, ys.shape)\nprint(torch.equal(series.unfold(0, window, 1)[:-1], xs))\nmean, std = xs.mean(), xs.std()\nprint(f'{{mean:.4f}} {{std:.4f}}', ((xs - mean) / std).abs().max())\nsplit = int(0.8 * len(xs))\ntrain_x, test_x = xs[:split], xs[split:]\nprint(len(train_x), len(test_x), train_x.unsqueeze(-1).shape)",
    "data = np.sin(np.linspace(0, {k}, 12))\ndef windows(a, n):\n    return np.array([a[i:i + n] for i in range(len(a) - n)]), a[n:]\nx, y = windows(data, {t})\nprint(x.shape, y.shape, x.dtype)\nprint(torch.from_numpy(x).float().shape, torch.tensor(y, dtype=torch.float32)[:2])\nprint(np.round(x[0], 3), x.mean().round(4))",
    # Character level.
    "text = '{word}'\nchars = sorted(set(text))\nstoi = {{c: i for i, c in enumerate(chars)}}\nitos = {{i: c for c, i in stoi.items()}}\nids = torch.tensor([stoi[c] for c in text])\nprint(len(chars), ids)\nx, y = ids[:-1], ids[1:]\nprint(''.join(itos[i] for i in y.tolist()))\nprint(F.one_hot(x, len(chars)).sum(0))\nemb = nn.Embedding(len(chars), {h})\ngru = nn.GRU({h}, {h}, batch_first=True)\nfc = nn.Linear({h}, len(chars))\nout, h = gru(emb(x).unsqueeze(0))\nlogits = fc(out)\nloss = F.cross_entropy(logits.view(-1, len(chars)), y)\nprint(logits.shape, f'{{loss.item():.4f}}')\nprobs = F.softmax(logits[0, -1], dim=-1)\nprint(torch.multinomial(probs, 1).item(), probs.argmax().item(), itos[probs.argmax().item()])",
    "model = nn.ModuleDict({{'emb': nn.Embedding({v}, {h}), 'rnn': nn.GRU({h}, {h}, batch_first=True), 'out': nn.Linear({h}, {v})}})\nwith torch.no_grad():\n    token, h, made = torch.tensor([[1]]), None, []\n    for _ in range({t}):\n        o, h = model['rnn'](model['emb'](token), h)\n        p = F.softmax(model['out'](o[:, -1]) / 0.8, dim=-1)\n        token = {sample}\n        made.append(token.item())\nprint(made, model.keys())",
    # Attention.
    "q, k, v = (torch.randn({n}, {t}, {h}) for _ in range(3))\nscores = q @ k.transpose(-2, -1) / math.sqrt({h})\nmask = torch.tril(torch.ones({t}, {t})).bool()\nscores = scores.masked_fill(~mask, float('-inf'))\nweights = F.softmax(scores, dim=-1)\nprint(weights[0])\nout = weights @ v\nprint(out.shape, torch.allclose(weights.sum(-1), torch.ones({n}, {t})))\nprint(torch.allclose(out, F.scaled_dot_product_attention(q, k, v, is_causal=True), atol=1e-5))",
    "class Attention(nn.Module):\n    def __init__(self, h):\n        super().__init__()\n        self.w = nn.Linear(2 * h, h)\n        self.v = nn.Linear(h, 1, bias=False)\n\n    def forward(self, hidden, outputs):\n        steps = outputs.size(1)\n        hidden = hidden.unsqueeze(1).repeat(1, steps, 1)\n        energy = torch.tanh(self.w(torch.cat([hidden, outputs], dim=2)))\n        return torch.softmax(self.v(energy).squeeze(2), dim=1)\n\natt = Attention({h})\nw = att(torch.randn({n}, {h2}), torch.randn({n}, {t}, {h}))\nprint(w, w.sum(dim=1))\nprint(torch.bmm(w.unsqueeze(1), torch.randn({n}, {t}, {h})).squeeze(1).shape)",
    # Datasets.
    "class Pairs(Dataset):\n    def __init__(self, n):\n        self.x = torch.arange(n).float().unsqueeze(1)\n        self.y = self.x * 2\n\n    def __len__(self):\n        return len(self.x)\n\n    def __getitem__(self, i):\n        return self.x[i], self.y[i]\n\nds = Pairs({v})\nloader = DataLoader(ds, batch_size={k}, shuffle={flag}, drop_last={flag2})\nprint(len(ds), len(loader))\nfor i, (a, b) in enumerate(loader):\n    print(i, a.squeeze(1).tolist(), b.shape)\nprint(ds[0], next(iter(loader))[0].shape)",
    "class Texts(Dataset):\n    def __init__(self, texts):\n        self.texts = texts\n    def __len__(self):\n        return len(self.texts)\n    def __getitem__(self, i):\n        return torch.tensor([ord(c) - 96 for c in self.texts[i]]), len(self.texts[i]) % 2\n\ndef collate(batch):\n    xs, ys = zip(*batch)\n    lengths = torch.tensor([len(x) for x in xs])\n    return pad_sequence(xs, batch_first=True), torch.tensor(ys), lengths\n\nloader = DataLoader(Texts(['gru', 'a', 'lstm', 'rnn', 'xy']), batch_size={k} + 1, collate_fn=collate, shuffle={flag})\nfor x, y, n in loader:\n    print(x, y, n)",
    "ds = TensorDataset(torch.arange({v}), torch.arange({v}) ** 2)\ntrain, val = random_split(ds, [{v} - 2, 2], generator=torch.Generator().manual_seed({n}))\nprint(len(train), len(val), sorted(train.indices), val[0])\nfor a, b in DataLoader(train, batch_size=3):\n    print(a, b)\nprint([d.tolist() for d in next(iter(DataLoader(val, batch_size=2)))])",
    "loader = DataLoader([{{'x': torch.tensor([i]), 'y': i, 'name': str(i)}} for i in range({v})], batch_size=2)\nfor batch in loader:\n    print(batch)\n    break\nprint(len(DataLoader(range(7), batch_size=3)), [b for b in DataLoader(range(5), batch_size=2)])",
    # Truncated backpropagation, detaching.
    "gru = nn.GRU({k}, {h}, batch_first=True)\nopt = optim.SGD(gru.parameters(), lr=0.1)\nh = torch.zeros(1, {n}, {h})\nx = torch.randn({n}, 6, {k})\nfor i, chunk in enumerate(x.split(2, dim=1)):\n    {detach}\n    out, h = gru(chunk, h)\n    loss = out.pow(2).mean()\n    opt.zero_grad()\n    loss.backward()\n    opt.step()\n    print(i, f'{{loss.item():.4f}}', h.requires_grad)",
    # Sequence to sequence.
    "class Encoder(nn.Module):\n    def __init__(self, v, h):\n        super().__init__()\n        self.e = nn.Embedding(v, h)\n        self.rnn = nn.GRU(h, h, batch_first=True)\n    def forward(self, x):\n        return self.rnn(self.e(x))\n\nclass Decoder(nn.Module):\n    def __init__(self, v, h):\n        super().__init__()\n        self.e = nn.Embedding(v, h)\n        self.rnn = nn.GRU(h, h, batch_first=True)\n        self.out = nn.Linear(h, v)\n    def forward(self, x, h):\n        o, h = self.rnn(self.e(x), h)\n        return self.out(o.squeeze(1)), h\n\nenc, dec = Encoder({v}, {h}), Decoder({v}, {h})\nparams = list(enc.parameters()) + list(dec.parameters())\nopt = optim.Adam(params, lr=0.01)\nsrc, tgt = torch.randint(1, {v}, ({n}, {t})), torch.randint(1, {v}, ({n}, {t}))\nfor step in range(3):\n    _, h = enc(src)\n    token, loss = torch.zeros({n}, 1, dtype=torch.long), 0\n    for i in range(tgt.size(1)):\n        logits, h = dec(token, h)\n        loss = loss + F.cross_entropy(logits, tgt[:, i])\n        teacher = random.random() < 0.5\n        token = tgt[:, i:i + 1] if teacher else logits.argmax(1, keepdim=True)\n    opt.zero_grad()\n    loss.backward()\n    opt.step()\n    print(step, round(loss.item() / tgt.size(1), 4))",
    # Early stopping, configurations, tables.
    "class EarlyStopping:\n    def __init__(self, patience=2, delta=0.0):\n        self.patience, self.delta = patience, delta\n        self.best, self.count, self.stop = float('inf'), 0, False\n    def __call__(self, loss):\n        if loss < self.best - self.delta:\n            self.best, self.count = loss, 0\n        else:\n            self.count += 1\n            self.stop = self.count >= self.patience\n        return self.stop\n\nstopper = EarlyStopping()\nfor epoch, loss in enumerate([1.0, 0.{k}, 0.{h}, 0.9, 0.{t}, 0.8]):\n    if stopper(loss):\n        print('stop at', epoch, stopper.best)\n        break\n    print(f'{{epoch}}: {{loss:.2f}} (best {{stopper.best:.2f}}, {{stopper.count}})')",
    "@dataclass\nclass Config:\n    hidden: int = {h}\n    layers: int = 1\n    lr: float = 1e-3\n    name: str = 'gru'\n\n    @property\n    def size(self):\n        return self.hidden * self.layers\n\ncfg = Config(hidden={k})\nprint(cfg, cfg.size)\nkinds = {{'gru': nn.GRU, 'lstm': nn.LSTM}}\nmodel = kinds[cfg.name](3, cfg.hidden, cfg.layers)\nprint(model, sum(p.numel() for p in model.parameters()))\nfor f, v in vars(cfg).items():\n    print(f'{{f:>8}} = {{v}}')",
    # Gates by hand, weights.
    "gru = nn.GRU({k}, {h})\nx, h = torch.randn(1, 1, {k}), torch.zeros(1, 1, {h})\nout, hn = gru(x, h)\nw_ir, w_iz, w_in = gru.weight_ih_l0.chunk(3)\nw_hr, w_hz, w_hn = gru.weight_hh_l0.chunk(3)\nb_ir, b_iz, b_in = gru.bias_ih_l0.chunk(3)\nb_hr, b_hz, b_hn = gru.bias_hh_l0.chunk(3)\nr = torch.sigmoid(x @ w_ir.T + b_ir + h @ w_hr.T + b_hr)\nz = torch.sigmoid(x @ w_iz.T + b_iz + h @ w_hz.T + b_hz)\nn = torch.tanh(x @ w_in.T + b_in + r * (h @ w_hn.T + b_hn))\nmine = (1 - z) * n + z * h\nprint(torch.allclose(mine, out, atol=1e-6), r, z.shape)",
    "class MyGRUCell(nn.Module):\n    def __init__(self, i, h):\n        super().__init__()\n        self.x2h = nn.Linear(i, 3 * h)\n        self.h2h = nn.Linear(h, 3 * h)\n        self.reset_parameters()\n    def reset_parameters(self):\n        for p in self.parameters():\n            nn.init.uniform_(p, -0.5, 0.5)\n    def forward(self, x, h):\n        xr, xz, xn = self.x2h(x).chunk(3, -1)\n        hr, hz, hn = self.h2h(h).chunk({d} + 2, -1)\n        r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)\n        n = torch.tanh(xn + r * hn)\n        return (1 - z) * n + z * h\n\ncell = MyGRUCell({k}, {h})\nh = torch.zeros({n}, {h})\nfor x in torch.randn({t}, {n}, {k}):\n    h = cell(x, h)\nprint(h)\nh.mean().backward()\nprint({{name: round(p.grad.norm().item(), 3) for name, p in cell.named_parameters()}})",
    # Autograd.
    "w = torch.tensor([{f}, {f2}], requires_grad=True)\nfor step in range({t}):\n    loss = ((w - 1) ** 2).sum()\n    loss.backward()\n    with torch.no_grad():\n        w -= 0.1 * w.grad\n    {zero}\n    print(step, loss, w)",
    "x = torch.tensor({f}, requires_grad=True)\ny = x ** 3 - {k} * x\ng, = torch.autograd.grad(y, x, create_graph=True)\ng2, = torch.autograd.grad(g, x)\nprint(y, g, g2)\nprint(x.grad, y.grad_fn)" .replace("y.grad_fn", "type(y.grad_fn).__name__"),
    "class Square(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x ** 2\n    @staticmethod\n    def backward(ctx, g):\n        x, = ctx.saved_tensors\n        return g * 2 * x\nx = torch.tensor([{f}, {f2}], requires_grad=True)\ny = Square.apply(x)\nprint(y)\ny.sum().backward()\nprint(x.grad)",
    "a = torch.randn({n}, {k}, requires_grad=True)\nb = a * 2\nc = b.detach()\nprint(a.requires_grad, b.requires_grad, c.requires_grad, c.is_leaf)\nd = (b * c).sum()\nd.backward()\nprint(torch.allclose(a.grad, 2 * c), b.grad)\n{after}",
    "emb = nn.Embedding({v}, {h}, padding_idx={pad})\nids = torch.tensor([[1, 2, 0], [{bad}, 0, 0]])\nout = emb(ids)\nprint(out.shape, out[0, 2])\nmask = (ids != 0).unsqueeze(-1)\nmean = (out * mask).sum(1) / mask.sum(1)\nprint(mean)\nmean.sum().backward()\nprint(emb.weight.grad.abs().sum(1) > 0)\nprint(emb)",
    # Losses and numbers.
    "logits = torch.tensor([[{f}, 0.5, -1.0], [0.1, {f2}, 0.3]])\ntarget = torch.tensor([0, {cls}])\nprint(F.cross_entropy(logits, target), F.cross_entropy(logits, target, reduction='none'))\nprint(F.nll_loss(F.log_softmax(logits, dim=1), target).item())\nprint(F.cross_entropy(logits, target, weight=torch.tensor([1.0, 2.0, 0.5])), F.cross_entropy(logits, target, ignore_index=0))\nprint(-torch.log(torch.softmax(logits, 1)[range(2), target]).mean())\nprint(torch.exp(F.cross_entropy(logits, target)))",
    "p = torch.tensor([0.2, 0.9, {prob}])\nt = torch.tensor([0.0, 1.0, 1.0])\nprint(F.binary_cross_entropy(p, t), nn.BCELoss()(p, t))\nprint(((p > 0.5).float() == t).sum().item() / len(t))\nprint(nn.BCEWithLogitsLoss(pos_weight=torch.tensor(2.0))(p, t))",
    "pred = torch.tensor([0, 1, 1, 2, {cls}])\ntrue = torch.tensor([0, 1, 2, 2, 1])\ncm = torch.zeros(3, 3, dtype=torch.int64)\nfor t, p in zip(true, pred):\n    cm[t, p] += 1\nprint(cm, cm.diag().sum().item() / cm.sum().item())\nfor c in range(3):\n    precision = cm[c, c] / cm[:, c].sum()\n    print(f'class {{c}}: precision {{precision:.2f}} recall {{(cm[c, c] / cm[c].sum()).item():.2f}}')",
    "logits = torch.randn({n}, {v})\nvalues, indices = torch.topk(logits, {topk}, dim=-1)\nprint(values.shape, indices)\nfiltered = torch.full_like(logits, float('-inf')).scatter_(1, indices, values)\nprint(F.softmax(filtered, dim=-1))\nsorted_logits, order = logits.sort(descending=True)\ncum = F.softmax(sorted_logits, -1).cumsum(-1)\nprint((cum < 0.9).sum(-1))",
    "loss = torch.tensor([{f}], requires_grad=True) * 2\nhistory = []\nhistory.append(loss.item())\nprint(history, float(loss), loss.detach().numpy(), loss.tolist())\nprint(np.mean(history), np.array(history).shape)\n{numpy}",
    "x = torch.randn({n}, {t}, {k})\nprint(x.mean(dim=(0, 1)).shape, x.std(dim=0).shape, x.permute(1, 0, 2).shape, x.transpose(0, 1).reshape({t}, -1).shape)\nprint(x.view({n}, -1).shape, x.flatten(1).shape)\ny = x.permute(1, 0, 2)\n{view}",
    "conv = nn.Conv1d({k}, {h}, kernel_size=3, padding={d})\nx = torch.randn({n}, {k2}, 7)\ny = F.relu(conv(x))\nprint(y.shape, nn.MaxPool1d(2)(y).shape)\nout, h = nn.GRU({h}, {k}, batch_first=True)(y.transpose(1, 2))\nprint(out.shape, y.mean(), F.max_pool1d(y, y.size(2)).squeeze(-1).shape)",
    "x = torch.arange({v}, dtype=torch.float32).reshape(1, 1, -1)\nprint(F.interpolate(x, size={t}, mode='nearest'))\nprint(F.interpolate(x, scale_factor=2, mode='linear', align_corners={flag}))\nprint(F.interpolate(x, size={h}, mode='linear'))",
    "np.random.seed({n})\nprint(np.random.rand(3).round(4), np.random.randn(2).round(4), np.random.randint(0, 10, 5), np.random.permutation(5), np.random.choice(4, 3))\nx = np.random.normal(0, 1, ({n}, 2))\nprint(x.shape, torch.tensor(x).dtype, np.random.uniform(-1, 1, 2).round(3))\nidx = np.arange(6)\nnp.random.shuffle(idx)\nprint(idx)",
    "rng = np.random.default_rng({n})\nprint(rng.random(3).round(4), rng.integers(0, 10, 5), rng.standard_normal(2).round(4), rng.normal(1, 2, 2).round(3), rng.uniform(0, 5, 2).round(3))\nprint(rng.permutation(5), rng.choice(5, 3))",
    "a = np.arange({v}).reshape(-1, 1) * np.array([1, 2])\nprint(a, a.shape, a.sum(axis=0), a.mean(), a.T.shape, a.dtype)\nprint(np.zeros((2, 2)), np.ones(3, dtype=int), np.linspace(0, 1, 5), np.concatenate([a, a]).shape, np.stack([a, a]).shape)\nprint(a[a > 3], np.where(a > 2, 1, 0)[:2], np.argmax(a), np.max(a, axis=1), np.exp(0.5).round(3))\nprint(torch.from_numpy(a), np.allclose(a, a + 1e-9), a.tolist()[:2], np.float32(1.5), a.astype(np.float32)[0])",
    "opt = optim.{opt}(nn.Linear({k}, {h}).parameters(), lr=0.1)\nprint(opt)\nsched = optim.lr_scheduler.{sched}\nlrs = []\nfor _ in range(6):\n    opt.step()\n    sched.step()\n    lrs.append(round(opt.param_groups[0]['lr'], 6))\nprint(lrs, sched.last_epoch)\nprint(opt.state_dict()['param_groups'][0]['lr'] if lrs else None)",
    "a, b = nn.Linear({k}, {h}), nn.Linear({h}, 2)\nopt = optim.Adam([{{'params': a.parameters(), 'lr': 0.1}}, {{'params': b.parameters()}}], lr=0.01)\nprint(len(opt.param_groups), [g['lr'] for g in opt.param_groups])\nloss = b(a(torch.randn({n}, {k2}))).sum()\nloss.backward()\nopt.step()\nopt.zero_grad()\nprint(a.weight.grad, len(opt.state_dict()['state']))",
    "net = nn.GRU({k}, {h}, num_layers=2, dropout=0.5)\nprint(net.training, net.dropout)\nfor name, p in net.named_parameters():\n    if 'weight_hh' in name:\n        nn.init.orthogonal_(p)\n    elif 'weight_ih' in name:\n        nn.init.xavier_uniform_(p)\n    else:\n        nn.init.zeros_(p)\n        p.data[{h}:2 * {h}].fill_(1)\n    print(name, f'{{p.abs().mean().item():.4f}}', tuple(p.shape))\nnet.eval()\nx = torch.ones(2, 1, {k})\nprint(torch.equal(net(x)[0], net(x)[0]))",
    "acts = {{}}\ndef save(name):\n    def hook(module, inputs, output):\n        acts[name] = output.detach()\n    return hook\nnet = nn.Sequential(nn.Linear({k}, {h}), nn.ReLU(), nn.Linear({h}, 2))\nfor i, layer in enumerate(net):\n    layer.register_forward_hook(save(f'layer{{i}}'))\nnet(torch.randn({n}, {k2}))\nprint({{k: tuple(v.shape) for k, v in acts.items()}})\nprint(net[0].weight.shape, len(net), net[-1], (acts['layer1'] >= 0).all())",
    "grads = []\nlin = nn.Linear({k}, 1)\nlin.register_full_backward_hook(lambda m, gi, go: grads.append(go[0].shape))\nx = torch.randn({n}, {k}, requires_grad=True)\nlin(x).sum().backward()\nprint(grads, x.grad.shape, torch.allclose(x.grad[0], lin.weight[0]))\nlin.weight.register_hook(lambda g: g * 0)\nlin.zero_grad()\nlin(x).sum().backward()\nprint(lin.weight.grad, lin.bias.grad)",
    "class Tied(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.emb = nn.Embedding({v}, {h})\n        self.out = nn.Linear({h}, {v}, bias=False)\n        self.out.weight = self.emb.weight\n        self.register_buffer('steps', torch.tensor(0))\n        self.scale = nn.Parameter(torch.ones(1))\n    def forward(self, x):\n        self.steps += 1\n        return self.out(self.emb(x)) * self.scale\nm = Tied()\nm(torch.tensor([1, 2]))\nprint(m.steps, sum(p.numel() for p in m.parameters()), list(m.state_dict()), [n for n, _ in m.named_buffers()])\nprint(m)",
    "bi = nn.LSTM({k}, {h}, bidirectional=True, batch_first=True)\nx = torch.randn({n}, {t}, {k2})\nout, (h, c) = bi(x)\nfwd, bwd = out[:, :, :{h}], out[:, :, {h}:]\nprint(torch.allclose(fwd[:, -1], h[0]), torch.allclose(bwd[:, 0], h[1]))\nfinal = torch.cat((h[-2], h[-1]), dim=1)\nprint(nn.Linear({h} * {dirs}, 3)(final).shape, h.view(1, 2, {n}, {h}).shape)",
    "def accuracy(logits, y):\n    return (logits.argmax(-1) == y).float().mean().item()\n\ndef perplexity(loss):\n    return math.exp(min(loss, 20))\n\nlogits, y = torch.randn({n}, {v}), torch.randint(0, {v}, ({n},))\nprint(f'acc {{accuracy(logits, y):.2%}} ppl {{perplexity(F.cross_entropy(logits, y).item()):.2f}}')\nprint('-' * 30)\nprint(f\"{{'epoch':^7}}|{{'loss':^10}}|{{'acc':^8}}\")\nfor e in range(3):\n    print(f'{{e:^7}}|{{1 / (e + {k}):^10.4f}}|{{e / 3:^8.1%}}')",
    "torch.set_printoptions(precision={d2}, sci_mode=False)\nx = torch.rand({n}, {k}) * {scale}\nprint(x)\ntorch.set_printoptions(profile='default')\nprint(x, torch.rand(3, dtype=torch.float64) * {scale})\nprint(torch.arange(2000), torch.zeros(30, 40))",
    "x = torch.randn({n}, {k})\nprint(x.sum() == sum(x.flatten()).item() or True, [tuple(r.shape) for r in x], len(x))\nfor i, row in enumerate(x):\n    print(i, row.shape)\na, *b = x\nprint(a.shape, len(b), x.tolist() == [r.tolist() for r in x], bool((x == x).all()), x.max().item() >= x.min().item())\nif x > 0:\n    print('never')",
]


def part(w):
    r = w.r
    k, h, t, n, v = r.randint(1, 4), r.randint(1, 5), r.randint(2, 5), r.randint(1, 4), r.randint(5, 9)
    other = lambda size: size if r.random() < 0.85 else size + 1
    both = r.choice(["out.view(-1)", "d.backward()", "a += 1", "a.numpy()", "print(a.grad.shape)", "b.backward()", "print(c.numpy().shape)"])
    text = r.choice(PARTS).format(
        k=k, h=h, t=t, n=n, v=v, k2=other(k), h2=other(h), n2=r.choice([n, n, t]), d=r.choice([0, 1, 1]), d2=r.randint(1, 6), dirs=r.choice([2, 2, 1]), topk=r.choice([1, 2, 3, 20]), rnn=recurrent(w, other(k), h)[1], bf=r.choice(["", ", batch_first=True"]), pair=r.choice([f"(torch.zeros(2, {n}, {h}), torch.zeros(2, {n}, {h}))", f"(torch.zeros(2, {t}, {h}), torch.zeros(2, {t}, {h}))", f"torch.zeros(2, {t}, {h})", "None"]), flag=r.choice(["True", "False"]), flag2=r.choice(["False", "False", "True"]), padv=r.choice(["", "", ", padding_value=-1"]), word=r.choice(["hello world", "to be or not", "banana", "gated recurrent"]), sample=r.choice(["p.argmax(-1, keepdim=True)", "torch.multinomial(p, 1)"]), detach=r.choice(["h = h.detach()", "h = h.detach()", "h.detach_()", "pass"]), f=f"{r.uniform(-3, 3):.1f}", f2=f"{r.uniform(-3, 3):.2f}", zero=r.choice(["w.grad.zero_()", "w.grad = None", "pass"]), after=both, pad=r.choice(["0", "0", "None", "1"]), bad=r.choice([2, 2, v]), cls=r.choice([0, 1, 2, 3]), prob=r.choice(["0.6", "1.0", "1.2"]), numpy=r.choice(["loss.numpy()", "np.array(loss)", "print(loss.detach().cpu().numpy().shape)", "torch.from_numpy([1])"]), view=r.choice([f"y.view({t}, -1)", "print(y.contiguous().view(-1).shape)", "print(y.reshape(-1).shape, y.is_contiguous(), y.stride())"]), opt=r.choice(["SGD", "Adam", "AdamW", "RMSprop"]), sched=r.choice(["StepLR(opt, 2)", "ExponentialLR(opt, 0.5)", "CosineAnnealingLR(opt, T_max=4, eta_min=0.01)", "MultiStepLR(opt, [2, 4])", "LambdaLR(opt, lambda e: 1 / (e + 1))", "CosineAnnealingWarmRestarts(opt, T_0=2)", "ConstantLR(opt, 0.5, 3)"]), scale=r.choice(["1", "1000", "1e-4", "1e6"]),
    )
    w.do(text, keep=1)


def program(r):
    w = Writer(r, HEAD, f"torch.manual_seed({r.randint(0, 999)})\nrandom.seed({r.randint(0, 99)})")
    if r.random() < 0.55:
        train(w)
        for _ in range(r.randint(0, 3)):
            w.do(r.choice(LOOKS), keep=0.6)
    else:
        for _ in range(r.randint(1, 3)):
            part(w)
    return w.text()
