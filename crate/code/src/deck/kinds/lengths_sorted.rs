//! Lengths that are not sorted, packed as if they were.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "lengths-sorted",
    title: "The lengths are not sorted",
    sizes: DeckSizes::Apart,
    purpose: "The samples have {L}, fewer and {L} {steps}; packing keeps the GRU from reading what is padded. The last state of each sample is printed as (1, {N}, {H}), in the order of {data}. Keep the names {data}, lengths, {gru} and {h}.",
    program: r"
 import torch
 from torch import nn
 from torch.nn.utils.rnn import pack_padded_sequence
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 lengths = torch.tensor([{L} - 3] + [{L}] * ({N} - 2) + [{L} - 1])
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
-packed = pack_padded_sequence({data}, lengths, batch_first=True)
+packed = pack_padded_sequence({data}, lengths, batch_first=True, enforce_sorted=False)
 {out}, {h} = {gru}(packed)
 
 print({h}.shape)
",
    raises: Some((
        "RuntimeError",
        "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.",
    )),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The order of the samples by length",
            "Yes: the first is shorter than the second, and that is not allowed unless it is said.",
        ),
        wrong: &[
            ("The longest length", "It is {L}, as many as there are steps."),
            ("The batch axis", "There are {N} lengths and {N} samples."),
            ("The dtype of lengths", "They are whole numbers, as they must be."),
        ],
    },
    cause: DeckAsked {
        right: (
            "pack_padded_sequence expects the longest sample first, and was not told that it is not",
            "Yes. With enforce_sorted=False it sorts by itself, and gives the old order back.",
        ),
        wrong: &[
            (
                "lengths has to be sorted",
                "Then the lengths belong to other samples than before, and nothing says so.",
            ),
            ("A short sample cannot be in one batch with longer ones", "That is what packing is for."),
            ("lengths must be a list", "A list of the same numbers raises the same."),
        ],
    },
    help: [
        "Look at lengths in the line that packs.",
        "The samples are not in the order of their lengths.",
        "Who sorts lengths alone gives samples the lengths of others. Either the samples are sorted too and put back, or PyTorch does it.",
        "Add enforce_sorted=False.",
    ],
    same: &["{h}"],
    probe: "",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        (
            "{data}, lengths, batch_first=True)",
            "{data}, lengths.sort(descending=True).values, batch_first=True)",
        ),
        ("{gru}(packed)", "{gru}({data})"),
        ("[{L} - 3] + [{L}] * ({N} - 2) + [{L} - 1]", "[{L}] * {N}"),
    ],
};
