//! A Linear that forgets the second direction.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "directions-linear",
    title: "The Linear forgets the second direction",
    sizes: DeckSizes::Apart,
    purpose: "A bidirectional GRU reads each {sample}; a Linear makes {C} scores of both directions at the last step, printed as ({N}, {C}). Keep the names {gru}, {head}, {out} and {scores}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 hidden_size = {H}
 {data} = torch.randn({N}, {L}, {I})
 
 {gru} = nn.GRU({I}, hidden_size, batch_first=True, bidirectional=True)
-{head} = nn.Linear(hidden_size, {C})
+{head} = nn.Linear(2 * hidden_size, {C})
 
 {out}, {h} = {gru}({data})
 {scores} = {head}({out}[:, -1])
 print({scores}.shape)
",
    raises: Some(("RuntimeError", "addmm: mat1 and mat2 shapes cannot be multiplied ({N}x{H2} and {H}x{C})")),
    symptom: "",
    thing: DeckAsked {
        right: ("in_features of {head}", "Yes: it is {H}, and it is given {H2} numbers."),
        wrong: &[
            ("out_features of {head}", "It is {C}, one for each score."),
            ("The batch axis of {out}", "It has {N} places, as many as samples."),
            (
                "The step that is taken",
                "{out}[:, -1] is the last step; it has {H2} numbers, as every step has.",
            ),
        ],
    },
    cause: DeckAsked {
        right: (
            "Two directions lie side by side in {out}, and the Linear was made for one",
            "Yes. {out} ends with 2 times hidden_size.",
        ),
        wrong: &[
            ("hidden_size of the GRU is wrong", "It is {H}, as meant; each direction has as many."),
            (
                "bidirectional=True has to be taken away",
                "That gets past the message and throws half of what was to be read away.",
            ),
            (
                "{out} has to be flattened first",
                "One step of it is taken: a row of {H2} numbers for each sample.",
            ),
        ],
    },
    help: [
        "Look at the last axis of {out}, in the line below the one that raises nothing: the line named in the message is not where the fault lies.",
        "The last axis has {H2} numbers: twice hidden_size.",
        "A bidirectional GRU puts both directions side by side. The Linear has to take both.",
        "Make it nn.Linear(2 * hidden_size, {C}).",
    ],
    same: &["{scores}"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        ("{gru}.bidirectional", "{gru} still reads in both directions."),
        ("{head}.in_features == {H2}", "{head} takes both directions."),
    ],
    wrong: &[
        (", bidirectional=True", ""),
        ("{head}({out}[:, -1])", "{head}({out}[:, -1, :hidden_size])"),
        ("{head}({out}[:, -1])", "{head}({h}[-1])"),
    ],
};
