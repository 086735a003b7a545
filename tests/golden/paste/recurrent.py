# ==== pack-batch
x = torch.randn(7, 5, 3)
lengths = torch.tensor([5, 4, 3, 3, 2, 2, 1])
packed = nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
out, h_n = nn.GRU(3, 4, batch_first=True)(packed)
assert h_n.shape == (1, 7, 4)
# ==== pack-batch turned
x = torch.randn(5, 7, 3)
lengths = torch.tensor([5, 4, 3, 3, 2, 2, 1])
packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
out, h_n = nn.GRU(3, 4)(packed)
assert h_n.shape == (1, 7, 4)
# ==== pack-lengths
x = torch.randn(3, 5, 2)
lengths = torch.tensor([[5], [3], [2]])
packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
assert len(packed.data) == 10
# ==== pack-sorted
x = torch.randn(3, 5, 2)
lengths = torch.tensor([2, 5, 3])
packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
assert len(packed.data) == 10
# ==== pack-zero
# changes: lengths
x = torch.randn(3, 5, 2)
lengths = torch.tensor([5, 3, 0])
packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
# ==== packed-as-tensor
x = torch.randn(3, 5, 2)
packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor([5, 3, 2]), batch_first=True)
packed_out, h_n = nn.GRU(2, 4, batch_first=True)(packed)
n = packed_out.size(0)
assert n == 3
# ==== packed-as-tensor layer
x = torch.randn(3, 5, 2)
packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor([5, 3, 2]), batch_first=True)
packed_out, h_n = nn.GRU(2, 4, batch_first=True)(packed)
fc = nn.Linear(4, 2)
y = fc(packed_out)
assert y.shape == (3, 5, 2)
# ==== total-length
packed = nn.utils.rnn.pack_sequence([torch.randn(6, 2), torch.randn(4, 2)])
out, lengths = nn.utils.rnn.pad_packed_sequence(packed, batch_first=True, total_length=5)
assert out.shape == (2, 6, 2)
# ==== pad-shapes
sequences = [torch.randn(4, 3, 2), torch.randn(2, 2, 3)]
x = nn.utils.rnn.pad_sequence(sequences, batch_first=True)
assert x.shape[:2] == (2, 4)
# ==== input-features
x = torch.randn(4, 6, 9)
gru = nn.GRU(7, 8, batch_first=True)
out, h_n = gru(x)
assert out.shape == (4, 6, 8)
# ==== input-features axes
seq = torch.randn(6, 11, 5)
gru = nn.GRU(11, 24, batch_first=True)
y, h_n = gru(seq)
# ==== input-features series
series = torch.randn(6, 12)
gru = nn.GRU(input_size=1, hidden_size=8, batch_first=True)
out, h_n = gru(series)
assert out.shape == (6, 12, 8)
# ==== hidden-size batch
# changes: h
gru = nn.GRU(5, 8, num_layers=2, batch_first=True)
h = torch.zeros(2, 16, 8)
x = torch.randn(10, 4, 5)
out, h = gru(x, h)
assert h.shape == (2, 10, 8)
# ==== hidden-size turned
gru = nn.GRU(5, 8, num_layers=2, batch_first=True)
h0 = torch.randn(6, 2, 8)
x = torch.randn(6, 4, 5)
out, h = gru(x, h0)
assert h.shape == (2, 6, 8)
# ==== hidden-size directions
# changes: h0
gru = nn.GRU(5, 8, num_layers=2, bidirectional=True)
h0 = torch.zeros(2, 6, 8)
x = torch.randn(4, 6, 5)
out, h = gru(x, h0)
assert h.shape == (4, 6, 8)
# ==== hidden-size width
# changes: h0
gru = nn.GRU(5, 8)
h0 = torch.zeros(1, 6, 9)
x = torch.randn(4, 6, 5)
out, h = gru(x, h0)
# ==== hidden-size lstm
lstm = nn.LSTM(5, 8, batch_first=True)
x = torch.randn(3, 4, 5)
h0, c0 = torch.zeros(1, 4, 8), torch.zeros(1, 4, 8)
out, (h, c) = lstm(x, (h0, c0))
assert h.shape == (1, 3, 8)
# ==== hidden-rank
gru = nn.GRU(5, 8, batch_first=True)
x, h = torch.randn(3, 4, 5), torch.randn(3, 8)
out, h_n = gru(x, h)
assert h_n.shape == (1, 3, 8)
# ==== hidden-rank unbatched
gru = nn.GRU(5, 8, batch_first=True)
x, h = torch.randn(4, 5), torch.randn(1, 1, 8)
out, h_n = gru(x, h)
assert h_n.shape == (1, 8)
# ==== hidden-rank lstm
lstm = nn.LSTM(5, 8)
x, h, c = torch.randn(4, 3, 5), torch.randn(3, 8), torch.randn(3, 8)
out, state = lstm(x, (h, c))
# ==== hidden-rank four
gru = nn.GRU(5, 8, num_layers=2, bidirectional=True)
x, h = torch.randn(4, 3, 5), torch.randn(2, 2, 3, 8)
out, h_n = gru(x, h)
assert h_n.shape == (4, 3, 8)
# ==== cell-rank
cell = nn.GRUCell(5, 8)
x, h = torch.randn(3, 4, 5), torch.zeros(3, 8)
h = cell(x, h)
assert h.shape == (3, 8)
# ==== input-rank
gru = nn.GRU(5, 8, batch_first=True)
x = torch.randn(3, 4, 1, 5)
out, h_n = gru(x)
assert out.shape == (3, 4, 8)
# ==== input-rank one
gru = nn.GRU(1, 8)
x = torch.randn(12)
out, h_n = gru(x)
assert out.shape == (12, 8)
# ==== input-rank none
gru = nn.GRU(1, 8)
x = torch.tensor(0.5)
out, h_n = gru(x)
# ==== input-dtype
gru = nn.GRU(5, 8, batch_first=True)
x = torch.from_numpy(np.random.rand(3, 4, 5))
out, h_n = gru(x)
# ==== input-dtype ints
gru = nn.GRU(1, 8, batch_first=True)
ids = torch.arange(12).reshape(3, 4, 1)
out, h_n = gru(ids)
# ==== cell-features
cell = nn.GRUCell(9, 8)
x, h = torch.randn(3, 14), torch.zeros(3, 8)
h = cell(x, h)
# ==== cell-features lstm
cell = nn.LSTMCell(9, 8)
x = torch.randn(3, 14)
h, c = cell(x)
# ==== cell-hidden
# changes: h
cell = nn.GRUCell(9, 8)
x, h = torch.randn(3, 9), torch.zeros(3, 6)
h = cell(x, h)
assert h.shape == (3, 8)
# ==== cell-batch
# changes: h
cell = nn.GRUCell(9, 8)
x, h = torch.randn(3, 9), torch.zeros(5, 8)
h = cell(x, h)
assert h.shape == (3, 8)
# ==== state-is-tuple
gru = nn.GRU(5, 8)
x, state = torch.randn(4, 3, 5), (torch.randn(1, 3, 8), torch.randn(1, 3, 8))
out, h_n = gru(x, state)
# ==== size-type
hidden = 64
gru = nn.GRU(8, hidden / 2, batch_first=True)
assert gru.hidden_size == 32
# ==== proj-size
gru = nn.GRU(8, 16, proj_size=4)
# ==== dropout-range
gru = nn.GRU(8, 16, num_layers=2, dropout=20)
assert gru.dropout == 0.2
# ==== dropout-one-layer
gru = nn.GRU(8, 16, dropout=0.3)
# ==== tuple-to-layer
gru, fc = nn.GRU(5, 8, batch_first=True), nn.Linear(8, 2)
x = torch.randn(3, 4, 5)
out = gru(x)
y = fc(out)
assert y.shape == (3, 4, 2)
# ==== tuple-to-layer array
fc = nn.Linear(3, 2)
a = np.ones((4, 3))
y = fc(a)
# ==== tuple-to-layer list
fc = nn.Linear(3, 2)
a = [1.0, 2.0, 3.0]
y = fc(a)
# ==== tuple-attribute
gru = nn.GRU(5, 8, batch_first=True)
x = torch.randn(3, 4, 5)
out = gru(x)
last = out.size(1)
assert last == 4
# ==== tuple-attribute call
gru = nn.GRU(5, 8, batch_first=True)
x = torch.randn(3, 4, 5)
flat = gru(x).reshape(3, -1)
assert flat.shape == (3, 32)
# ==== tensor-list
a = torch.randn(3, 4)
y = torch.cat(a)
# ==== tensor-list two
a, b = torch.randn(2, 3), torch.randn(2, 3)
y = torch.cat(a, b)
assert y.shape == (4, 3)
# ==== many-arguments size
n = 6
x = torch.zeros(n / 2, 4)
assert x.shape == (3, 4)
# ==== matrix-only
a, b = torch.randn(2, 3, 4), torch.randn(4, 5)
y = torch.mm(a, b)
assert y.shape == (2, 3, 5)
# ==== matrix-only dot
a, b = torch.randn(2, 3), torch.randn(2, 3)
y = torch.dot(a, b)
assert y.shape == (2,)
# ==== matrix-only t
a = torch.randn(2, 3, 4)
y = a.t()
assert y.shape == (2, 4, 3)
# ==== linear-features
fc = nn.Linear(8, 2)
x = torch.randn(3, 16)
y = fc(x)
assert y.shape == (3, 2)
# ==== linear-features product
x, W = torch.randn(3, 4), torch.randn(6, 4)
y = x @ W
assert y.shape == (3, 6)
# ==== matrix-vector
W, v = torch.randn(4, 3), torch.randn(4)
y = W @ v
# ==== bmm
query, keys = torch.randn(3, 1, 8), torch.randn(3, 6, 8)
scores = torch.bmm(query, keys)
assert scores.shape == (3, 1, 6)
# ==== bmm state
keys, h = torch.randn(3, 6, 8), torch.randn(3, 8)
scores = torch.bmm(keys, h)
assert scores.shape == (3, 6, 1)
# ==== conv-channels
conv = nn.Conv1d(5, 8, kernel_size=3)
x = torch.randn(2, 10, 5)
y = conv(x)
assert y.shape == (2, 8, 8)
# ==== conv-channels other
conv = nn.Conv1d(4, 8, kernel_size=3)
x = torch.randn(2, 6, 10)
y = conv(x)
assert y.shape == (2, 8, 8)
# ==== conv-rank
conv = nn.Conv1d(1, 8, kernel_size=3)
x = torch.randn(10)
y = conv(x)
# ==== conv-rank four
conv = nn.Conv1d(4, 8, kernel_size=3)
x = torch.randn(2, 4, 1, 10)
y = conv(x)
# ==== kernel-size
conv = nn.Conv1d(4, 8, kernel_size=5)
x = torch.randn(2, 4, 3)
y = conv(x)
# ==== batch-norm
bn = nn.BatchNorm1d(8)
out = torch.randn(3, 6, 8)
y = bn(out)
assert y.shape == (3, 6, 8)
# ==== layer-norm
norm = nn.LayerNorm(16)
x = torch.randn(3, 6, 8)
y = norm(x)
# ==== embedding-index
emb = nn.Embedding(10, 4)
ids = torch.tensor([[1, 5, 10]])
e = emb(ids)
assert e.shape == (1, 3, 4)
# ==== embedding-dtype
emb = nn.Embedding(10, 4)
ids = torch.tensor([[1.0, 5.0]])
e = emb(ids)
# ==== one-hot
ids = torch.tensor([0, 3, 4])
x = F.one_hot(ids, num_classes=4)
assert x.shape == (3, 5)
# ==== one-hot floats
ids = torch.tensor([0.0, 3.0])
x = F.one_hot(ids)
# ==== padding-index
emb = nn.Embedding(10, 4, padding_idx=10)
