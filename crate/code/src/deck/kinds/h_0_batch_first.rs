//! A first state whose batch axis comes first.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "h-0-batch-first",
    title: "h_0 has its batch axis first",
    sizes: DeckSizes::Apart,
    purpose: "For each sample a state was kept for each of {layers} layers. The GRU goes on from these states; its last states are printed as ({layers}, {N}, {H}). Keep the names kept, {data}, {gru}, {out} and {h}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 kept = torch.randn({N}, {layers}, {H})  # samples, layers, hidden
 
 {gru} = nn.GRU({I}, {H}, num_layers={layers}, batch_first=True)
-{out}, {h} = {gru}({data}, kept)
+{out}, {h} = {gru}({data}, kept.transpose(0, 1))
 
 print({out}.shape)
 print({h}.shape)
",
    raises: Some(("RuntimeError", "Expected hidden size ({layers}, {N}, {H}), got [{N}, {layers}, {H}]")),
    symptom: "",
    thing: DeckAsked {
        right: ("The first two axes of kept", "Yes: samples come first, and the GRU wants its layers first."),
        wrong: &[
            ("The last axis of kept", "It has {H} numbers, as hidden_size says."),
            ("The axes of {data}", "They are samples, steps, features, as batch_first=True says."),
            ("The number of layers", "There are {layers} layers, and as many states for each sample."),
        ],
    },
    cause: DeckAsked {
        right: (
            "batch_first does not turn the states: they are layers, samples, hidden all the same",
            "Yes. It is the most common surprise of batch_first.",
        ),
        wrong: &[
            (
                "batch_first=True has to be taken away",
                "Then {data} would be read as {N} steps of {L} samples.",
            ),
            (
                "The state has to be flattened for the GRU",
                "Its three axes are right; two of them stand in each other's places.",
            ),
            ("The states belong to another GRU", "Their sizes are those of this one."),
        ],
    },
    help: [
        "Look at the shape of kept in the line that calls {gru}, and at the message: it names both shapes.",
        "The first two axes of the state are at fault.",
        "The state is ({layers}, {N}, {H}) with and without batch_first. The axes have to change places so that each state stays with its sample: view would mix them.",
        "Hand over kept.transpose(0, 1).",
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
        ("{gru}({data}, kept)", "{gru}({data}, kept.view({layers}, {N}, {H}))"),
        ("{gru}({data}, kept)", "{gru}({data})"),
        ("torch.randn({N}, {layers}, {H})", "torch.randn({layers}, {N}, {H})"),
    ],
};
