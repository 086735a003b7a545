//! A packed output, used like a tensor.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "packed-output",
    title: "The output is still packed",
    sizes: DeckSizes::Apart,
    purpose: "The {N} samples are padded to {L} {steps}; the GRU reads them packed. A Linear makes {C} scores at each step, padded again, printed as ({N}, {L}, {C}). Keep the names {gru}, {head}, {out} and {scores}.",
    program: r"
 import torch
 from torch import nn
 from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 lengths = [{L}] + [{L} - 2] * ({N} - 1)
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, {C})
 
 packed = pack_padded_sequence({data}, lengths, batch_first=True)
 {out}, {h} = {gru}(packed)
+{out}, _ = pad_packed_sequence({out}, batch_first=True)
!{scores} = {head}({out})
 print({scores}.shape)
",
    raises: Some(("TypeError", "linear(): argument 'input' (position 1) must be Tensor, not PackedSequence")),
    symptom: "",
    thing: DeckAsked {
        right: ("{out}: it is no tensor with axes", "Yes: what goes in packed comes out packed."),
        wrong: &[
            ("The lengths", "They are sorted, and none is longer than {L}."),
            ("in_features of {head}", "It is {H}, as each step has."),
            ("The batch axis of {data}", "batch_first=True is said where it is packed."),
        ],
    },
    cause: DeckAsked {
        right: (
            "The output was not unpacked before it was used",
            "Yes. pad_packed_sequence gives samples and steps back.",
        ),
        wrong: &[
            ("A packed input cannot be read by a GRU", "It has been read: the call before raised nothing."),
            ("The samples have different lengths", "That is what packing is for."),
            (
                "{out}.data has to be used",
                "It is a tensor, but of all steps of all samples in one row: samples are not apart there.",
            ),
        ],
    },
    help: [
        "Look at what {out} is after the call of {gru}: point at its name.",
        "It has no axes for samples and steps: it is a PackedSequence.",
        "The Linear wants a tensor. The steps have to be laid out by sample again, with zeros behind the short ones.",
        "Before the Linear: {out}, _ = pad_packed_sequence({out}, batch_first=True).",
    ],
    same: &["{scores}", "{out}"],
    probe: "",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        ("{head}({out})", "{head}({out}.data)"),
        ("{gru}(packed)", "{gru}({data})"),
        ("{head}({out})", "{head}({h})"),
    ],
};
