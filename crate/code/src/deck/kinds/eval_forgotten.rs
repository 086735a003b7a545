//! Dropout that goes on while answers are given.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "eval-forgotten",
    title: "Dropout goes on while answers are given",
    sizes: DeckSizes::Apart,
    purpose: "The model has dropout for its training. Now it is used: the same {sample} gives the same answer each time, and the program prints True. Dropout stays in the model. Keep the names {Model}, {model}, {data}, first and second.",
    program: r"
 import torch
 from torch import nn
 
 class {Model}(nn.Module):
     def __init__(self):
         super().__init__()
         self.gru = nn.GRU({I}, {H}, batch_first=True)
         self.drop = nn.Dropout(0.{tenths})
         self.{head} = nn.Linear({H}, {C})
 
     def forward(self, x):
         {out}, {h} = self.gru(x)
         return self.{head}(self.drop({h}[-1]))
 
 torch.manual_seed({seed})
 {data} = torch.randn({N}, {L}, {I})
!{model} = {Model}()
+{model}.eval()
!first = {model}({data})
!second = {model}({data})
 print(torch.equal(first, second))
",
    raises: None,
    symptom: "'The same samples were answered twice, and the answers differ by up to ' + str(round((first - second).abs().max().item(), 3))",
    thing: DeckAsked {
        right: ("The mode of the model", "Yes: a new module is in training mode."),
        wrong: &[
            ("The seed", "Another seed draws other numbers; the two answers differ all the same."),
            ("The state of the GRU", "Each call begins with zeros."),
            ("The batch axis of {data}", "It comes first, as the GRU was told."),
        ],
    },
    cause: DeckAsked {
        right: (
            "In training mode dropout draws a new mask with each call",
            "Yes. eval() turns it off, and train() on again.",
        ),
        wrong: &[
            (
                "Gradients are recorded: torch.no_grad() is missing",
                "no_grad saves memory; dropout does not ask about it.",
            ),
            ("The GRU keeps its state from the first call", "It keeps nothing between calls."),
            (
                "Floating-point numbers are never equal",
                "The same operations on the same numbers give the same here.",
            ),
        ],
    },
    help: [
        "Look at what stands between the line that makes the model and those that use it.",
        "No axis is at fault: ask {model}.training.",
        "Dropout is for training. While answers are given, every unit has to speak.",
        "Before it is used: {model}.eval().",
    ],
    same: &["first", "second"],
    probe: "",
    keeps: &[
        ("{model}.drop.p == 0.{tenths}", "Dropout is still in the model."),
        ("not {model}.training", "The model is not in training mode."),
        ("type({model}.gru) is nn.GRU and {model}.gru.hidden_size == {H}", "The model still has its GRU."),
    ],
    wrong: &[
        (
            "first = {model}({data})",
            r"with torch.no_grad():
    first = {model}({data})",
        ),
        ("nn.Dropout(0.{tenths})", "nn.Dropout(0.0)"),
        ("second = {model}({data})", "second = first"),
    ],
};
