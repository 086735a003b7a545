//! out[-1] under `batch_first`: the last sample, not the last step.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "last-sample-for-last-step",
    title: "out[-1] is the last sample, not the last step",
    sizes: DeckSizes::Square,
    purpose: "{Model} reads {N} samples of {L} {steps} each, batch first, and scores each sample by its last step. Keep the names {Model}, {model}, {data} and {scores}, and the GRU's.",
    program: r"
 import torch
 from torch import nn
 
 class {Model}(nn.Module):
     def __init__(self):
         super().__init__()
         self.gru = nn.GRU({I}, {H}, batch_first=True)
         self.{head} = nn.Linear({H}, {C})
 
     def forward(self, x):  # samples, steps, features
         {out}, {h} = self.gru(x)
-        return self.{head}({out}[-1])
+        return self.{head}({out}[:, -1])
 
 torch.manual_seed({seed})
 {data} = torch.randn({N}, {L}, {I})
 {model} = {Model}()
 {scores} = {model}({data})
 print({scores}.shape)
",
    raises: None,
    symptom: "'Sample {one} alone was changed, and the answers of these samples changed: ' + str(deck_moved)",
    thing: DeckAsked {
        right: ("The axis that -1 counts on", "Yes: axis 0, and that is the samples."),
        wrong: &[
            ("The features of x", "They are {I}, as input_size says."),
            ("out_features of the Linear", "It is {C}, one for each score."),
            ("The layer of {h}", "{h} is not used here."),
        ],
    },
    cause: DeckAsked {
        right: (
            "[-1] takes the last of the first axis: all steps of the last sample, in place of the last step of all",
            "Yes. There are as many steps as samples here, so the shape looks right.",
        ),
        wrong: &[
            (
                "The GRU reads only the last sample",
                "It reads all; only one of them is taken of what it gives.",
            ),
            ("The last step has to be padded", "All samples are equally long."),
            ("{out} holds no last step", "{out} has every step, the last one too."),
        ],
    },
    help: [
        "Look at the last line of forward: what are the axes of {out}, and which of them does -1 count on?",
        "The first axis is at fault: with batch_first it is the samples.",
        "The last step of each sample stands on axis 1. All samples have to be kept.",
        "Write {out}[:, -1].",
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
        ("{model}.gru.batch_first", "The GRU is still batch first."),
    ],
    wrong: &[
        ("batch_first=True", "batch_first=False"),
        ("{out}[-1]", "{out}[:, 0]"),
        ("{out}[-1]", "{out}.mean(dim=1)"),
    ],
};
