import torch


def _packed_class():
    attrs = {
        "_fields": ("data", "batch_sizes", "sorted_indices", "unsorted_indices"),
        "data": property(lambda self: self[0]),
        "batch_sizes": property(lambda self: self[1]),
        "sorted_indices": property(lambda self: self[2]),
        "unsorted_indices": property(lambda self: self[3]),
        "is_cuda": property(lambda self: False),
        "to": lambda self, *args, **kwargs: _named(PackedSequence, [self[0].to(*args, **kwargs)] + list(self)[1:]),
        "float": lambda self: _named(PackedSequence, [self[0].float()] + list(self)[1:]),
        "double": lambda self: _named(PackedSequence, [self[0].double()] + list(self)[1:]),
        "cpu": lambda self: self,
    }

    def __new__(cls, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        return _named(cls, [data, batch_sizes, sorted_indices, unsorted_indices])

    attrs["__new__"] = __new__
    return _make_class("PackedSequence", (tuple,), attrs, "torch.nn.utils.rnn")


PackedSequence = _packed_class()


def invert_permutation(permutation):
    if permutation is None:
        return None
    out = torch.zeros_like(permutation)
    out[permutation] = torch.arange(permutation.numel())
    return out


def _plan(lengths):
    """The (step, sample) pairs of a packed batch, and how many samples each step has."""
    sizes = [len([n for n in lengths if n > t]) for t in range(max(lengths))]
    return sizes


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    if not isinstance(lengths, torch.Tensor):
        lengths = torch.as_tensor(lengths, dtype=torch.int64)
    elif lengths.dim() != 1 or lengths.dtype != torch.int64:
        raise RuntimeError(f"'lengths' argument should be a 1D CPU int64 tensor, but got {lengths.dim()}D cpu {lengths.type()[6:-6]} tensor")
    if not isinstance(input, torch.Tensor):
        raise AttributeError(f"'{_type_name(input)}' object has no attribute 'index_select'") if not enforce_sorted else TypeError(f"_pack_padded_sequence(): argument 'input' (position 1) must be Tensor, not {_type_name(input)}")
    sorted_indices = None
    batch_dim = 0 if batch_first else 1
    if not enforce_sorted:
        lengths, sorted_indices = torch.sort(lengths, descending=True)
        if lengths.numel() > input.size(batch_dim):
            bad = [i for i in sorted_indices.tolist() if i >= input.size(batch_dim)][0]
            raise RuntimeError(f"INDICES element is out of DATA bounds, id={bad} axis_dim={input.size(batch_dim)}")
        input = input.index_select(batch_dim, sorted_indices)
    x = input.transpose(0, 1) if batch_first else input
    numbers = lengths.tolist()
    if x.numel() == 0:
        raise RuntimeError("Cannot pack empty tensors.")
    if len(numbers) != x.size(1):
        raise RuntimeError(f"Expected `len(lengths)` to be equal to batch_size, but got {len(numbers)} (batch_size={x.size(1)})")
    for i in range(len(numbers) - 1):
        if numbers[i] < numbers[i + 1]:
            raise RuntimeError("`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.")
    if numbers[-1] <= 0:
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    sizes = _plan(numbers)
    data = torch.cat([x[t, :size] for t, size in enumerate(sizes[:x.size(0)])])
    data = torch._rename(data, "PackPaddedSequenceBackward0")
    return _named(PackedSequence, [data, torch.tensor(sizes), sorted_indices, invert_permutation(sorted_indices)])


def _padded(packed, padding_value=0.0, total=None):
    data, sizes = packed[0], packed[1].tolist()
    steps = len(sizes) if total is None else total
    n = sizes[0]
    rows = []
    at = 0
    for size in sizes:
        row = data[at:at + size]
        at += size
        if size < n:
            row = torch.cat([row, torch.full([n - size] + list(data.shape)[1:], padding_value, dtype=data.dtype)])
        rows.append(row)
    for _ in range(steps - len(sizes)):
        rows.append(torch.full([n] + list(data.shape)[1:], padding_value, dtype=data.dtype))
    lengths = [len([s for s in sizes if s > i]) for i in range(n)]
    return torch.stack(rows), lengths


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    max_len = sequence.batch_sizes.size(0)
    if total_length is not None and total_length < max_len:
        raise ValueError(f"Expected total_length to be at least the length of the longest sequence in input, but got total_length={total_length} and max sequence length being {max_len}")
    out, lengths = _padded(sequence, padding_value, total_length)
    out = torch._rename(out, "PadPackedSequenceBackward0")
    lengths = torch.tensor(lengths)
    if batch_first:
        out = out.transpose(0, 1)
    unsorted = sequence.unsorted_indices
    if unsorted is not None:
        return out.index_select(0 if batch_first else 1, unsorted), lengths[unsorted]
    return out, lengths


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    if isinstance(sequences, torch.Tensor):
        sequences = sequences.unbind(0)
    elif not isinstance(sequences, (list, tuple)):
        if not hasattr(sequences, "__iter__"):
            raise RuntimeError(f"pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}")
        sequences = tuple(sequences)
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    longest = max([s.size(0) for s in sequences])
    rest = list(sequences[0].shape)[1:]
    rows = []
    for s in sequences:
        if list(s.shape)[1:] != rest:
            sequences[0].new_zeros([s.size(0)] + rest) + s
        gap = longest - s.size(0)
        if gap:
            fill = torch.full([gap] + rest, padding_value, dtype=sequences[0].dtype)
            s = torch.cat([s, fill] if padding_side == "right" else [fill, s])
        rows.append(s)
    return torch.stack(rows, 0 if batch_first else 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [s[:int(n)] for s, n in zip(padded_sequences, lengths)]


def pack_sequence(sequences, enforce_sorted=True):
    lengths = torch.as_tensor([s.size(0) for s in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)
