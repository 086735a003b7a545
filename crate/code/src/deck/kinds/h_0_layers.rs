//! A first state without a place for each layer.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "h-0-layers",
    title: "h_0 has no place for each layer",
    sizes: DeckSizes::Apart,
    purpose: "A GRU of {layers} layers begins from the state h_0, which is 0.5 everywhere, and reads {N} samples. Its last states are printed as ({layers}, {N}, {H}). Keep the names {data}, {gru}, h_0, {out} and {h}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 batch_size = {N}
 {data} = torch.randn(batch_size, {L}, {I})
 
 {gru} = nn.GRU({I}, {H}, num_layers={layers}, batch_first=True)
-h_0 = torch.full((1, batch_size, {H}), 0.5)
+h_0 = torch.full(({layers}, batch_size, {H}), 0.5)
 {out}, {h} = {gru}({data}, h_0)
 
 print({out}.shape)
 print({h}.shape)
",
    raises: Some(("RuntimeError", "Expected hidden size ({layers}, {N}, {H}), got [1, {N}, {H}]")),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The first axis of h_0",
            "Yes: there stands 1, and a state is needed for each of {layers} layers.",
        ),
        wrong: &[
            ("The batch axis of h_0", "It has {N} places, as many as there are samples."),
            ("The last axis of h_0", "It has {H} numbers, as hidden_size says."),
            ("The steps of {data}", "A GRU reads any number of steps; the message is about the state."),
        ],
    },
    cause: DeckAsked {
        right: (
            "h_0 was made for one layer, and the GRU has {layers}",
            "Yes. Its first axis is num_layers times the directions.",
        ),
        wrong: &[
            (
                "h_0 must be batch first too",
                "No: batch_first turns the input and the output, never the states.",
            ),
            (
                "num_layers is too large",
                "The program is for {layers} layers; a smaller GRU would be another program.",
            ),
            ("h_0 must be zeros", "Any numbers will do: it is the shape that does not fit."),
        ],
    },
    help: [
        "Look at the line that makes h_0; the line that raises only uses it.",
        "The first axis is at fault: 1 in place of {layers}.",
        "Each layer keeps a state of its own, and begins with its own.",
        "Make it torch.full(({layers}, batch_size, {H}), 0.5).",
    ],
    same: &["{out}", "{h}"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        ("{gru}.num_layers == {layers}", "{gru} still has {layers} layers."),
    ],
    wrong: &[
        ("num_layers={layers}", "num_layers=1"),
        ("{gru}({data}, h_0)", "{gru}({data})"),
        ("torch.full((1, batch_size, {H}), 0.5)", "torch.zeros({layers}, batch_size, {H})"),
    ],
};
