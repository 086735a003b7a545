//! A tensor of doubles in a module of floats.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "double-input",
    title: "The input is float64",
    sizes: DeckSizes::Apart,
    purpose: "The numbers come from a table as float64. The GRU stays float32 and reads them; its outputs are printed with their dtype. Keep the names {data}, {gru}, {out} and {h}.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 # {N} samples, {L} {steps}, {I} {features}
 {data} = torch.randn({N}, {L}, {I}, dtype=torch.float64)
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
-{out}, {h} = {gru}({data})
+{out}, {h} = {gru}({data}.float())
 
 print({out}.shape, {out}.dtype)
",
    raises: Some((
        "ValueError",
        "RNN input dtype (torch.float64) does not match weight dtype (torch.float32). Convert input: input.to(torch.float32), or convert model: model.to(torch.float64)",
    )),
    symptom: "",
    thing: DeckAsked {
        right: ("The dtype of {data}", "Yes: float64, and the weights are float32."),
        wrong: &[
            ("The last axis of {data}", "It has {I} numbers, as input_size says."),
            ("The batch axis of {data}", "It comes first, as batch_first=True says."),
            ("h_0, which is left out", "Then it is zeros of the right shape and type."),
        ],
    },
    cause: DeckAsked {
        right: (
            "The input is in double precision and the weights in single",
            "Yes. NumPy and tables give float64, PyTorch makes float32.",
        ),
        wrong: &[
            ("The numbers are too large for the GRU", "Their size is of no weight: their type is."),
            (
                "The GRU wants whole numbers",
                "It wants floats of the type of its weights; an Embedding wants whole numbers.",
            ),
            ("The data must be on another device", "All of this is on the CPU."),
        ],
    },
    help: [
        "Look at the dtype of {data} in the line that calls {gru}: point at its name.",
        "No axis is at fault: the type is.",
        "The module stays float32, so its input has to become it.",
        "Hand over {data}.float().",
    ],
    same: &["{out}", "{h}"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        ("{gru}.weight_ih_l0.dtype == torch.float32", "{gru} is still float32."),
    ],
    wrong: &[
        ("batch_first=True)", "batch_first=True).double()"),
        ("{gru}({data})", "{gru}({data}.long().float())"),
        (", dtype=torch.float64", ""),
    ],
};
