//! view in place of transpose.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "view-for-transpose",
    title: "view does not change axes: it cuts the same row anew",
    sizes: DeckSizes::Apart,
    purpose: "{Model} reads {N} samples with a GRU that wants the {steps} first, and scores each sample by its last state. Keep the names {Model}, {model}, {data} and {scores}, and the GRU's.",
    program: r"
 import torch
 from torch import nn
 
 class {Model}(nn.Module):
     def __init__(self):
         super().__init__()
         self.gru = nn.GRU({I}, {H})  # steps first
         self.{head} = nn.Linear({H}, {C})
 
     def forward(self, x):  # samples, steps, features
-        x = x.view(x.size(1), x.size(0), x.size(2))
+        x = x.transpose(0, 1)
         {out}, {h} = self.gru(x)
         return self.{head}({h}[-1])
 
 torch.manual_seed({seed})
 {data} = torch.randn({N}, {L}, {I})
 {model} = {Model}()
 {scores} = {model}({data})
 print({scores}.shape)
",
    raises: None,
    symptom: "'Sample {one} alone was changed, and the answers of these samples changed: ' + str(deck_moved)",
    thing: DeckAsked {
        right: (
            "The first two axes of x",
            "Yes: their sizes were exchanged, and the numbers stayed where they were.",
        ),
        wrong: &[
            ("The last axis of x", "It keeps its {I} features together."),
            ("The layer that {h}[-1] takes", "There is one layer, and it is the last."),
            ("in_features of the Linear", "It is {H}, as the state has."),
        ],
    },
    cause: DeckAsked {
        right: (
            "view keeps the order of the numbers and cuts it at other places, so that samples are mixed",
            "Yes. Only transpose and permute carry each number to its place.",
        ),
        wrong: &[
            (
                "view makes a copy, and the GRU reads the old one",
                "It makes no copy, and the new shape is what is read.",
            ),
            (
                "The GRU has to be batch first",
                "That would do too, without this line; the line itself is wrong in any case.",
            ),
            (
                "The samples of a batch always see each other a little",
                "Never: without a batch norm each is computed alone.",
            ),
        ],
    },
    help: [
        "Look at the first line of forward: which number stands at x[0, 1] before it, and after it?",
        "The first two axes are at fault.",
        "view lays the same row of numbers out in another shape; sample 0 then has steps of sample 1. To exchange two axes is another thing.",
        "Write x = x.transpose(0, 1).",
    ],
    same: &["{scores}"],
    probe: r"{model}.eval()
deck_base = {model}({data})
deck_changed = {data}.clone()
deck_changed[{one}] += 1
deck_after = {model}(deck_changed)
deck_moved = [i for i in range(len(deck_base)) if (deck_after[i] - deck_base[i]).abs().max().item() > 1e-7]",
    keeps: &[
        (
            "deck_moved == [{one}]",
            "Where sample {one} alone is changed, its own answer changes and no other.",
        ),
        (
            "type({model}.gru) is nn.GRU and {model}.gru.input_size == {I} and {model}.gru.hidden_size == {H}",
            "The GRU in {model} still has input_size {I} and hidden_size {H}.",
        ),
    ],
    wrong: &[
        ("x.view(x.size(1), x.size(0), x.size(2))", "x.reshape(x.size(1), x.size(0), x.size(2))"),
        ("x = x.view(x.size(1), x.size(0), x.size(2))", "pass"),
        ("self.{head}({h}[-1])", "self.{head}({h}[-1]) * 0"),
    ],
};
