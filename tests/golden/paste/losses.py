# ==== ce-batch
logits = torch.randn(12, 5)
y = torch.tensor([0, 1, 4])
loss = F.cross_entropy(logits, y)
# ==== ce-batch steps
criterion = nn.CrossEntropyLoss()
logits, targets = torch.randn(3, 5), torch.randint(5, (12,))
loss = criterion(logits, targets)
# ==== ce-target-size
criterion = nn.CrossEntropyLoss()
out, targets = torch.randn(3, 7, 5), torch.randint(5, (3, 7))
loss = criterion(out, targets)
# ==== ce-multi-target
criterion = nn.CrossEntropyLoss()
logits, y = torch.randn(3, 5), torch.randint(5, (3, 1))
loss = criterion(logits, y)
# ==== ce-target-dtype
criterion = nn.CrossEntropyLoss()
logits, y = torch.randn(3, 5), torch.tensor([0.0, 1.0, 2.0])
loss = criterion(logits, y)
# ==== ce-probabilities
criterion = nn.CrossEntropyLoss()
logits, y = torch.randn(2, 3), torch.tensor([[0, 1, 0], [1, 0, 0]])
loss = criterion(logits, y)
# ==== ce-class
hidden = torch.randn(3, 8)
y = torch.tensor([1, 2, 5])
fc = nn.Linear(8, 5)
loss = F.cross_entropy(fc(hidden), y)
# ==== ce-class ignored
criterion = nn.CrossEntropyLoss()
logits, y = torch.randn(3, 5), torch.tensor([1, -1, 4])
loss = criterion(logits, y)
# ==== loss-shapes
criterion = nn.BCEWithLogitsLoss()
pred, y = torch.randn(6, 1), torch.ones(6)
loss = criterion(pred, y)
# ==== loss-shapes probabilities
criterion = nn.BCELoss()
pred, y = torch.rand(6, 1), torch.ones(6)
loss = criterion(pred, y)
# ==== mse-broadcast
criterion = nn.MSELoss()
pred, y = torch.randn(6, 1), torch.randn(6)
loss = criterion(pred, y)
# ==== bce-range
criterion = nn.BCELoss()
scores, y = torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.0])
loss = criterion(scores, y)
# ==== loss-dtype
criterion = nn.BCELoss()
pred, y = torch.rand(4, 1), torch.from_numpy(np.random.rand(4, 1))
loss = criterion(pred, y)
# ==== class-weights
criterion = nn.CrossEntropyLoss(weight=torch.ones(3))
logits, y = torch.randn(4, 5), torch.tensor([0, 1, 2, 4])
loss = criterion(logits, y)
# ==== not-implemented-for
x = torch.arange(6).reshape(2, 3)
y = torch.softmax(x, dim=-1)
# ==== mean-of-ints
x = torch.arange(6)
m = x.mean()
# ==== two-dtypes
fc = nn.Linear(3, 2)
x = torch.from_numpy(np.ones((4, 3)))
y = fc(x)
# ==== softmax-axis
x = torch.randn(2, 3)
y = F.softmax(x)
# ==== backward-scalar
model = nn.Linear(3, 2)
x = torch.randn(4, 3)
loss = model(x)
loss.backward()
# ==== leaf-in-place
w = torch.zeros(3, requires_grad=True)
w += 1
# ==== leaf-flags
w = torch.ones(3, requires_grad=True)
h = w * 2
h.requires_grad = False
# ==== float-grad
w = torch.tensor([1, 2], requires_grad=True)
# ==== float-grad parameter
w = nn.Parameter(torch.tensor([1, 2]))
# ==== optimizer-type
model = nn.Linear(3, 2)
optimizer = torch.optim.Adam(model, lr=0.001)
# ==== optimizer-type brackets
model = nn.Linear(3, 2)
optimizer = torch.optim.SGD(model.parameters, lr=0.1)
# ==== optimizer-leaf
w = torch.randn(3, requires_grad=True) * 0.1
optimizer = torch.optim.SGD([w], lr=0.1)
# ==== backward-twice
model = nn.GRU(3, 4)
x, h = torch.randn(5, 2, 3), torch.zeros(1, 2, 4)
for step in range(2):
    out, h = model(x, h)
    loss = out.sum()
    loss.backward()
# ==== no-grad
model, criterion = nn.Linear(3, 2), nn.CrossEntropyLoss()
x, y = torch.randn(4, 3), torch.tensor([0, 1, 1, 0])
with torch.no_grad():
    loss = criterion(model(x), y)
loss.backward()
assert model.weight.grad is not None
# ==== leaf-gradient
w = torch.ones(3, requires_grad=True)
h = w * 2
loss = h.sum()
grad = h.grad
loss.backward()
# ==== none-attribute
w = torch.ones(3, requires_grad=True)
n = w.grad.norm()
# ==== scheduler-order
# in place of: scheduler.step()
model = nn.Linear(3, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1)
model(torch.randn(4, 3)).sum().backward()
scheduler.step()
# ==== numpy-grad
model = nn.Linear(3, 2)
y = model(torch.randn(4, 3)).numpy()
assert y.shape == (4, 2)
# ==== item-many
loss = torch.tensor([1.0, 2.0])
value = loss.item()
# ==== item-many float
loss = torch.tensor([1.0, 2.0])
value = float(loss)
# ==== tensors-in-list
parts = [torch.ones(2), torch.zeros(2)]
x = torch.tensor(parts)
assert x.shape == (2, 2)
# ==== truth-value
a, b = torch.tensor([1, 2]), torch.tensor([1, 2])
if a == b:
    print("alike")
# ==== not-an-array
a = [1.0, 2.0]
x = torch.from_numpy(a)
# ==== object-array
a = np.array([1, 2.5], dtype=object)
x = torch.from_numpy(a)
# ==== ragged-list
rows = [[1, 2, 3], [4, 5]]
x = torch.tensor(rows)
assert x.shape == (2, 3)
# ==== negative-stride
a = np.arange(5)[::-1]
x = torch.from_numpy(a)
assert x[0] == 4
# ==== copy-construct
t = torch.ones(2)
u = torch.tensor(t)
