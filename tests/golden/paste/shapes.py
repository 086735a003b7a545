# ==== view-size
x = torch.randn(10, 4, 5)
y = x.view(16, 20)
assert y.shape == (10, 20)
# ==== view-size rows
x = torch.randn(6, 4, 5)
y = x.view(6, 25)
assert y.shape == (6, 20)
# ==== view-size open
x = torch.randn(6, 5)
y = x.view(-1, 4)
# ==== view-stride
x = torch.randn(3, 4, 5)
y = x.transpose(1, 2).view(3, 20)
assert y.shape == (3, 20)
# ==== cat-size
a, b = torch.randn(2, 3), torch.randn(2, 4)
y = torch.cat([a, b])
assert y.shape == (2, 7)
# ==== cat-size rows
a, b = torch.randn(2, 3), torch.randn(4, 3)
y = torch.cat([a, b], dim=1)
assert y.shape == (6, 3)
# ==== cat-size steps
a, b = torch.randn(2, 5, 3), torch.randn(2, 6, 3)
y = torch.cat([a, b], dim=-1)
assert y.shape == (2, 11, 3)
# ==== cat-rank
out, h = torch.randn(1, 3, 4), torch.randn(3, 4)
y = torch.cat([out, h], dim=0)
assert y.shape == (2, 3, 4)
# ==== cat-type
gru = nn.GRU(3, 4)
parts = [gru(torch.randn(5, 2, 3)) for _ in range(2)]
y = torch.stack(parts)
assert y.shape == (2, 5, 2, 4)
# ==== stack-sizes
tensors = [torch.randn(4, 3), torch.randn(2, 3)]
x = torch.stack(tensors)
assert x.shape == (2, 4, 3)
# ==== broadcast
# changes: b
a, b = torch.randn(3, 4), torch.randn(3, 5)
y = a + b
# ==== broadcast-in-place
a, b = torch.randn(3, 1), torch.randn(3, 4)
a += b
# ==== expand
x = torch.randn(3, 4)
y = x.expand(3, 5)
# ==== expand middle
h = torch.randn(3, 4)
y = h.expand(3, 6, 4)
assert y.shape == (3, 6, 4)
# ==== expand-rank
x = torch.randn(2, 3, 1)
y = x.expand(3, 5)
# ==== expand-rank repeat
x = torch.randn(2, 3, 1)
y = x.repeat(1, 5)
assert y.shape == (2, 3, 5)
# ==== index-bounds
h_n = torch.randn(2, 3, 4)
last = h_n[2]
# ==== many-indices
out = torch.randn(5, 4)
last = out[:, -1, :]
# ==== dim-range
x = torch.randn(3, 4)
y = torch.softmax(x, dim=2)
# ==== dim-range plain
x = torch.randn(3, 4)
y = x.sum(2)
# ==== permute
x = torch.randn(3, 4)
y = x.permute(0, 2, 1)
# ==== permute three
x = torch.randn(3, 4, 5)
y = x.permute(1, 0)
# ==== unfold
x = torch.randn(6)
y = x.unfold(0, 8, 1)
# ==== split
x = torch.randn(6, 4)
parts = x.split([2, 3], dim=0)
assert sum(len(part) for part in parts) == 6
# ==== index-type
x, index = torch.randn(5, 3), torch.tensor([0.0, 2.0])
y = x[index]
# ==== index-type gather
x, index = torch.randn(5, 3), torch.zeros(5, 1)
y = x.gather(1, index)
# ==== gather-rank
out, last = torch.randn(3, 6, 4), torch.tensor([5, 2, 0])
y = out.gather(1, last)
assert y.shape == (3, 1, 4)
# ==== gather-size
x, index = torch.randn(3, 4), torch.zeros(5, 2, dtype=torch.long)
y = x.gather(1, index)
# ==== mask-shape
x, mask = torch.randn(3, 5), torch.ones(5, 3, dtype=torch.bool)
y = x[mask]
# ==== zero-axes
loss = torch.tensor(0.5)
n = len(loss)
# ==== zero-axes loop
loss = torch.tensor(0.5)
for value in loss:
    print(value)
# ==== top-k
scores, k = torch.randn(3, 4), 5
values, ids = scores.topk(k)
assert ids.shape == (3, 4)
# ==== top-k function
scores = torch.randn(3, 4)
values, ids = torch.topk(scores, 10)
# ==== assigned-shape
# changes: x
x, value = torch.zeros(3, 4), torch.randn(1, 3, 1, 4)
x[torch.tensor([0, 1, 2])] = value
# ==== narrow
x = torch.randn(6)
y = x.narrow(0, 4, 3)
assert len(y) == 2
# ==== reversed-axes
x = torch.randn(2, 3, 4)
y = x.T
# ==== dataset-sizes
x, y = torch.randn(10, 3), torch.randn(12)
dataset = torch.utils.data.TensorDataset(x, y)
assert len(dataset) == 10
# ==== random-split
dataset = torch.utils.data.TensorDataset(torch.randn(11, 3))
train, valid = torch.utils.data.random_split(dataset, [int(0.8 * 11), int(0.2 * 11)])
assert len(train) + len(valid) == 11
# ==== collate-sizes
dataset = [(torch.randn(4, 3), 0), (torch.randn(2, 3), 1)]
loader = torch.utils.data.DataLoader(dataset, batch_size=2)
for batch in loader:
    assert batch[0].shape == (2, 4, 3)
# ==== collate-lists
dataset = [([1, 2, 3], 0), ([4, 5], 1)]
loader = torch.utils.data.DataLoader(dataset, batch_size=2)
for batch in loader:
    assert batch[0].shape == (2, 3)
# ==== sampler-and-shuffle
dataset = torch.utils.data.TensorDataset(torch.randn(6, 3))
sampler = torch.utils.data.SequentialSampler(dataset)
loader = torch.utils.data.DataLoader(dataset, batch_size=2, shuffle=True, sampler=sampler)
# ==== state-dict sizes
model, other = nn.GRU(3, 8), nn.GRU(3, 4)
state = other.state_dict()
model.load_state_dict(state)
# ==== state-dict prefix
model = nn.GRU(3, 8)
state = {"module." + k: v for k, v in model.state_dict().items()}
model.load_state_dict(state)
# ==== state-dict checkpoint
model = nn.GRU(3, 8)
checkpoint = {"epoch": 3, "model_state_dict": model.state_dict()}
model.load_state_dict(checkpoint)
# ==== state-dict layers
model = nn.GRU(3, 8, num_layers=2)
state = nn.GRU(3, 8).state_dict()
model.load_state_dict(state)
# ==== not-a-state-dict
model = nn.GRU(3, 8)
model.load_state_dict(nn.GRU(3, 8))
# ==== dict-as-model
class Net(nn.Linear):
    def __init__(self):
        super().__init__(3, 2)
model = Net().state_dict()
model.eval()
y = model(torch.randn(4, 3))
# ==== weights-only
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "model.pt")
torch.save(nn.Linear(3, 2), path)
model = torch.load(path)
assert model(torch.randn(4, 3)).shape == (4, 2)
# ==== optimizer-state
# in place of: optimizer.load_state_dict
model = nn.Linear(3, 2)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
state = torch.optim.Adam([model.weight], lr=0.001).state_dict()
optimizer.load_state_dict(state)
