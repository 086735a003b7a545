# Sequences of different lengths: padded, packed, and padded again.
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.manual_seed(4)
sequences = [torch.randn(length, 2) for length in (5, 2, 3)]
lengths = torch.tensor([len(sequence) for sequence in sequences])
padded = pad_sequence(sequences, batch_first=True)
print("padded", tuple(padded.shape))

gru = nn.GRU(2, 4, batch_first=True)
packed = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
print("sequences that are still going on at each step:", packed.batch_sizes.tolist())
packed_out, h_n = gru(packed)
out, out_lengths = pad_packed_sequence(packed_out, batch_first=True)
print("out", tuple(out.shape), out_lengths.tolist())

# Packed, h_n is each sequence's own last step; without packing it is a step of padding.
_, h_padded = gru(padded)
for index, length in enumerate(lengths.tolist()):
    own = torch.allclose(h_n[0, index], out[index, length - 1])
    same = torch.allclose(h_n[0, index], h_padded[0, index])
    print(f"length {length}: h_n is its own last step: {own}, as without packing: {same}")
