//! The pair that a GRU returns, handed to a Linear.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "tuple-linear",
    title: "The tuple goes into the Linear",
    sizes: DeckSizes::Apart,
    purpose: "The Linear makes {C} scores at each step of each {sample}, printed as ({N}, {L}, {C}). Keep the names {gru}, {head} and {scores}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, {C})
 
-{out} = {gru}({data})
+{out}, {h} = {gru}({data})
!{scores} = {head}({out})
 print({scores}.shape)
",
    raises: Some(("TypeError", "linear(): argument 'input' (position 1) must be Tensor, not tuple")),
    symptom: "",
    thing: DeckAsked {
        right: ("{out}: it is two things", "Yes: a GRU returns its outputs and its last states."),
        wrong: &[
            ("in_features of {head}", "It is {H}, as each step has."),
            ("The batch axis of {data}", "It is right: the GRU has already run."),
            ("The dtype of {out}", "The message names a tuple, not a dtype."),
        ],
    },
    cause: DeckAsked {
        right: (
            "nn.GRU returns the pair (output, h_n), and one name takes both",
            "Yes. nn.Linear and most other modules return one tensor; recurrent ones do not.",
        ),
        wrong: &[
            (
                "The Linear cannot take three axes",
                "It can: it works on the last axis, whatever stands before it.",
            ),
            ("The GRU has more than one layer", "It has one; the pair comes with any number."),
            (
                "A tensor has to be made with torch.tensor",
                "The outputs are a tensor already; it is packed together with the states.",
            ),
        ],
    },
    help: [
        "Look at what {out} is after the call of {gru}: point at its name.",
        "No axis is at fault: {out} is a tuple of two tensors.",
        "The outputs of all steps are the first of them, with the shape ({N}, {L}, {H}).",
        "Write {out}, {h} = {gru}({data}).",
    ],
    same: &["{scores}"],
    probe: "",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        ("{head}({out})", "{head}({out}[1])"),
        ("{head}({out})", "{head}({out}[0][0])"),
        ("{head}({out})", "{head}({data}[..., :1].expand({N}, {L}, {H}))"),
    ],
};
