# ==== unpack
gru = nn.GRU(5, 8)
x = torch.randn(4, 3, 5)
out, h, c = gru(x)
# ==== unpack pair
gru = nn.GRU(5, 8)
x = torch.randn(4, 3, 5)
out, (h, c) = gru(x)
# ==== unpack tensor
fc = nn.Linear(5, 8)
x = torch.randn(4, 5)
out, h = fc(x)
# ==== unpack shape
x = torch.randn(4, 5)
n, l, d = x.shape
# ==== unpack long shape
x = torch.randn(4, 5, 6)
n, l = x.shape
# ==== name
gru = nn.GRU(5, 8)
x = torch.randn(4, 3, 5)
out, hidden = gru(x, hidden)
# ==== name import
x = torch.randn(4, 3)
dataset = TensorDataset(x)
# ==== module-attribute
gru = nn.Gru(5, 8)
# ==== no-attribute
x = [[1.0, 2.0], [3.0, 4.0]]
print(x.shape)
# ==== no-attribute method
model = nn.Linear(3, 2)
for p in model.parameters():
    p.data = p.data * 1
n = model.parameters.__next__()
# ==== unexpected-option
gru = nn.GRU(input_size=5, units=8)
assert gru.hidden_size == 8
# ==== unexpected-option other
gru = nn.GRU(5, 8, return_sequences=True)
# ==== given-twice
gru = nn.GRU(5, 8, input_size=5)
# ==== missing-argument
x = torch.randn(4, 3)
fc = nn.Linear(3, 2)
input = x
y = fc()
# ==== missing-argument size
gru = nn.GRU(5)
# ==== many-arguments
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)
    def forward(self, x):
        return self.fc(x)
net, x, h = Net(), torch.randn(4, 3), None
y = net(x, h)
# ==== not-callable
x = torch.randn(4, 3)
y = x(0)
# ==== not-callable tuple
fc = nn.Linear(3, 2),
x = torch.randn(4, 3)
y = fc(x)
# ==== not-subscriptable
x = torch.randn(4, 3)
n = x.size[0]
assert n == 4
# ==== not-subscriptable loader
loader = torch.utils.data.DataLoader(torch.randn(4, 3), batch_size=2)
batch = loader[0]
# ==== operands
gru = nn.GRU(5, 5)
x = torch.randn(4, 3, 5)
out = gru(x)
y = out + x
# ==== operands text
lr = "0.1"
scale = 2 * 1.5
y = scale - lr
# ==== float-as-int
n = 8
for i in range(n / 2):
    pass
# ==== tuple-index
gru = nn.GRU(5, 8)
x = torch.randn(4, 3, 5)
c = gru(x)[2]
# ==== checkpoint-key
checkpoint = {"model_state_dict": nn.GRU(3, 8).state_dict(), "epoch": 3}
state = checkpoint["state_dict"]
# ==== before-init
# in place of: def __init__
class Net(nn.Module):
    def __init__(self):
        self.gru = nn.GRU(8, 16, batch_first=True)
    def forward(self, x):
        return self.gru(x)[0]
y = Net()(torch.randn(2, 4, 8))
# ==== no-forward
# in place of: def foward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(8, 16, batch_first=True)
    def foward(self, x):
        return self.gru(x)[0]
y = Net()(torch.randn(2, 4, 8))
assert y.shape == (2, 4, 16)
# ==== not-iterable
n = 3
for i in n:
    pass
# ==== not-writable
a = np.arange(3.0)
a.setflags(write=False)
x = torch.from_numpy(a)
# ==== slow-list
arrays = [np.ones(3), np.zeros(3)]
x = torch.tensor(arrays)
assert x.shape == (2, 3)
# ==== inference-mode
with torch.inference_mode():
    x = torch.ones(3)
w = torch.ones(3, requires_grad=True)
y = w * x
# ==== probabilities
# changes: probs
logits = torch.randn(3, 5)
probs = logits - 1
next_token = torch.multinomial(probs, 1)
assert next_token.shape == (3, 1)
