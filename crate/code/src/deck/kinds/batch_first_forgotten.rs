//! `batch_first` forgotten; the sizes are equal, so that nothing raises.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "batch-first-forgotten",
    title: "batch_first was forgotten",
    sizes: DeckSizes::Square,
    purpose: "{Model} reads {N} samples of {L} {steps} each, and scores each sample by its last step. Keep the names {Model}, {model}, {data} and {scores}, and the GRU's.",
    program: r"
 import torch
 from torch import nn
 
 class {Model}(nn.Module):
     def __init__(self):
         super().__init__()
-        self.gru = nn.GRU({I}, {H})
+        self.gru = nn.GRU({I}, {H}, batch_first=True)
         self.{head} = nn.Linear({H}, {C})
 
     def forward(self, x):  # samples, steps, features
         {out}, {h} = self.gru(x)
         return self.{head}({out}[:, -1])
 
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
            "The first two axes of x: which are the samples?",
            "Yes: the GRU takes the samples for steps and reads one after another.",
        ),
        wrong: &[
            ("The last axis of x", "It has {I} features, as input_size says."),
            ("hidden_size", "It is free, and the Linear has the same."),
            (
                "The number of samples",
                "A GRU takes any number; that it is equal to the number of steps only hides the mistake.",
            ),
        ],
    },
    cause: DeckAsked {
        right: (
            "The GRU was not told that the samples come first: it reads across them",
            "Yes. What is sample 0 for us is step 0 for it, and later samples remember earlier ones.",
        ),
        wrong: &[
            (
                "{out}[:, -1] has to be {out}[-1]",
                "That would fit a GRU that reads the steps first; the data do not come so.",
            ),
            ("A state is kept between samples and has to be cleared", "Each call begins with zeros."),
            ("The weights are not trained yet", "Training does not mend what is read in the wrong order."),
        ],
    },
    help: [
        "Look at the line that makes the GRU, and at the shape that forward says.",
        "The first two axes are at fault. Both have {N} places here, so that no message can help.",
        "Without batch_first the first axis is the steps: the GRU walks from sample to sample.",
        "Make it nn.GRU({I}, {H}, batch_first=True).",
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
        ("{out}[:, -1]", "{out}[-1]"),
        ("self.gru(x)", "self.gru(x.view(x.size(1), x.size(0), -1))"),
        (
            "return self.{head}({out}[:, -1])",
            "return self.{head}({out}[:, -1]).detach() * 0 + x.mean(dim=(1, 2)).unsqueeze(1)",
        ),
    ],
};
