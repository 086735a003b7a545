//! One sample without its batch axis, beside a state that has one.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "batch-missing",
    title: "The batch axis is missing",
    sizes: DeckSizes::Apart,
    purpose: "One {sample} goes through the GRU as a batch of one; the scores are printed as (1, {C}). Keep the names {data}, {gru}, {head} and {scores}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({L}, {I})  # one {sample}: {L} {steps}
 
 {gru} = nn.GRU({I}, {H}, num_layers={layers}, batch_first=True)
 {head} = nn.Linear({H}, {C})
 h_0 = torch.zeros({layers}, 1, {H})
-{out}, {h} = {gru}({data}, h_0)
+{out}, {h} = {gru}({data}.unsqueeze(0), h_0)
 
 {scores} = {head}({out}[:, -1])
 print({scores}.shape)
",
    raises: Some(("RuntimeError", "For unbatched 2-D input, hx should also be 2-D but got 3-D tensor")),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The batch axis of {data}",
            "Yes: {data} has two axes, and the state beside it has a batch axis.",
        ),
        wrong: &[
            ("The first axis of h_0", "It has a place for each of {layers} layers, as it must."),
            ("The features of {data}", "The last axis has {I} numbers, as input_size says."),
            ("hidden_size of the GRU", "h_0 ends with {H}, as hidden_size says."),
        ],
    },
    cause: DeckAsked {
        right: (
            "A single sample is handed over without a batch axis, while h_0 and the lines below have one",
            "Yes. All three have to agree: with a batch axis everywhere, or nowhere.",
        ),
        wrong: &[
            (
                "h_0 has to be left out for a single sample",
                "That gets past this line; then {out}[:, -1] takes the last number of each step in place of the last step.",
            ),
            (
                "A GRU cannot read a single sample",
                "It can: with two axes, and then everything has one axis less.",
            ),
            ("num_layers must be 1 for one sample", "Layers and samples have nothing to do with each other."),
        ],
    },
    help: [
        "Look at the shapes of {data} and h_0 in the line that calls {gru}.",
        "The batch axis is at fault: ({L}, {I}) has none, ({layers}, 1, {H}) has one.",
        "The lines below read {out}[:, -1], so they want a batch. With batch_first=True the batch axis comes first.",
        "Hand over {data}.unsqueeze(0).",
    ],
    same: &["{scores}"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        ("{gru}.num_layers == {layers}", "{gru} still has {layers} layers."),
    ],
    wrong: &[
        ("h_0 = torch.zeros({layers}, 1, {H})", "h_0 = torch.zeros({layers}, {H})"),
        ("{gru}({data}, h_0)", "{gru}({data}.unsqueeze(1), h_0)"),
        ("{gru}({data}, h_0)", "{gru}({data})"),
    ],
};
