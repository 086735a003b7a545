//! The state of the backward direction, taken for that of the last step.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "wrong-direction",
    title: "h_n[-1] is the backward direction",
    sizes: DeckSizes::Apart,
    purpose: "A bidirectional GRU of {layers} layers reads each {sample}. The state that the last layer's forward direction has after the last step is wanted, printed as ({N}, {H}). Keep the names {data}, {gru} and summary.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 
 {gru} = nn.GRU({I}, {H}, num_layers={layers}, batch_first=True, bidirectional=True)
 {out}, {h} = {gru}({data})
 
 # what the forward direction knows after the last step
-summary = {h}[-1]
+summary = {h}[-2]
 print(summary.shape)
",
    raises: None,
    symptom: "'The summary is not the forward half of the last step: the largest difference is ' + str(round((summary - {out}[:, -1, :{H}]).abs().max().item(), 3)) + '. It is the backward half of the first step: there the largest difference is ' + str(round((summary - {out}[:, 0, {H}:]).abs().max().item(), 3))",
    thing: DeckAsked {
        right: (
            "The first axis of {h}: layers and directions",
            "Yes: its places are layer 0 forward, layer 0 backward and so on.",
        ),
        wrong: &[
            ("The batch axis of {h}", "It is kept whole."),
            ("The last axis of {h}", "Each state has {H} numbers, as wanted."),
            ("The steps of {data}", "All of them are read."),
        ],
    },
    cause: DeckAsked {
        right: (
            "The last place of {h} is the last layer's backward direction, which ends at the first step",
            "Yes. The forward one stands just before it.",
        ),
        wrong: &[
            ("{h} holds the first layer only", "It holds every layer and direction."),
            (
                "{h} is batch first, so [-1] is the last sample",
                "States are never batch first; the shape printed has {N} samples.",
            ),
            ("The GRU has to be told which direction to return", "It returns both, always."),
        ],
    },
    help: [
        "Look at the line that makes the summary, and at the shape of {h}.",
        "The first axis is at fault. It has 2 times {layers} places.",
        "Its order is layer by layer, and in each layer forward, then backward. The last place is a backward one: it ends at the first step.",
        "Write {h}[-2].",
    ],
    same: &["summary"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        (
            "{gru}.bidirectional and {gru}.num_layers == {layers}",
            "{gru} still has {layers} layers and both directions.",
        ),
        ("deck_same(summary, {out}[:, -1, :{H}])", "The summary is the forward half of the last step."),
    ],
    wrong: &[("{h}[-1]", "{h}[0]"), ("{h}[-1]", "{h}[1]"), (", bidirectional=True", "")],
};
