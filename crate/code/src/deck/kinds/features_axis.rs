//! Features and steps in each other's places.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "features-axis",
    title: "Features and steps stand in each other's places",
    sizes: DeckSizes::Apart,
    purpose: "The data come as one row for each of {I} {features}, {L} {steps} long. A GRU is to read each {sample}, step by step; the outputs are printed as ({N}, {L}, {H}). Keep the names {data}, {gru}, {out} and {h}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 # {N} samples, {I} {features}, {L} {steps}
 {data} = torch.randn({N}, {I}, {L})
 
 {gru} = nn.GRU(input_size={I}, hidden_size={H}, batch_first=True)
-{out}, {h} = {gru}({data})
+{out}, {h} = {gru}({data}.transpose(1, 2))
 
 print({out}.shape)
 print({h}.shape)
",
    raises: Some(("RuntimeError", "input.size(-1) must be equal to input_size. Expected {I}, got {L}")),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The last axis of {data}",
            "Yes: a GRU takes its features from the last axis, and there stand the {L} {steps}.",
        ),
        wrong: &[
            (
                "The batch axis of {data}",
                "The batch axis comes first, as batch_first=True says: {N} samples.",
            ),
            ("hidden_size", "hidden_size is free: nothing in the data has to be equal to it."),
            (
                "The number of layers",
                "The layers read from one another; the message is about what the first one is given.",
            ),
        ],
    },
    cause: DeckAsked {
        right: (
            "The axes come in the order samples, features, steps; the GRU expects samples, steps, features",
            "Yes. Conv1d wants features before steps, a GRU wants them last.",
        ),
        wrong: &[
            (
                "input_size is too small and must be {L}",
                "Then the program would run, and take {L} {steps} for the features of {I} steps: nonsense without a message.",
            ),
            (
                "batch_first=True is wrong here",
                "Without it the first axis would be the steps; the last one would still have {L} numbers.",
            ),
            ("The batch is too large", "A GRU takes a batch of any size."),
        ],
    },
    help: [
        "Look at the shape of {data} in the line that calls {gru}: ({N}, {I}, {L}).",
        "The last axis is at fault: it has {L} numbers, and input_size is {I}.",
        "The GRU reads its features from the last axis. The two last axes have to change places, and every number has to keep its sample: view and reshape would not do that.",
        "Hand over {data}.transpose(1, 2).",
    ],
    same: &["{out}", "{h}"],
    probe: "",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        ("{gru}({data})", "{gru}({data}.reshape({N}, {L}, {I}))"),
        ("input_size={I}", "input_size={L}"),
        ("torch.randn({N}, {I}, {L})", "torch.randn({N}, {L}, {I})"),
    ],
};
