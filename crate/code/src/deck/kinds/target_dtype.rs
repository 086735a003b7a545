//! Numbers of classes as floats.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "target-dtype",
    title: "The labels are floats",
    sizes: DeckSizes::Apart,
    purpose: "Each of {N} samples has one of {C} labels, read from a table as floats. The loss is that of classes, and goes back through the GRU. Keep the names {gru}, {head}, {scores}, labels and loss.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 labels = torch.randint(0, {C}, ({N},)).float()
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, {C})
 
 {out}, {h} = {gru}({data})
 {scores} = {head}({out}[:, -1])
-loss = nn.functional.cross_entropy({scores}, labels)
+loss = nn.functional.cross_entropy({scores}, labels.long())
 loss.backward()
 print(loss.shape)
",
    raises: Some(("RuntimeError", "expected target dtype to be Long or Byte, but got Float")),
    symptom: "",
    thing: DeckAsked {
        right: ("The dtype of labels", "Yes: floats, where numbers of classes are wanted."),
        wrong: &[
            ("The shape of labels", "({N},) is right: one number for each sample."),
            ("The dtype of {scores}", "Scores are floats, as they must be."),
            ("The axis of the classes", "Axis 1 of {scores} has {C} places."),
        ],
    },
    cause: DeckAsked {
        right: (
            "A label is the number of a class, and has to be a whole number",
            "Yes. Floats would mean probabilities, one for each class.",
        ),
        wrong: &[
            (
                "The scores have to be whole numbers too",
                "The loss needs their gradients; whole numbers have none.",
            ),
            ("The labels need an axis of classes", "Only where they are probabilities."),
            ("cross_entropy wants softmax first", "It does that itself."),
        ],
    },
    help: [
        "Look at the dtype of labels in the line that makes the loss.",
        "No axis is at fault: the type is.",
        "The loss looks up the score of the label: it needs a whole number for that.",
        "Hand over labels.long().",
    ],
    same: &["loss", "{scores}"],
    probe: "",
    keeps: &[
        (
            "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
            "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
        ),
        ("{head}.weight.grad is not None", "The loss goes back through {head}."),
    ],
    wrong: &[
        ("nn.functional.cross_entropy({scores}, labels)", "nn.functional.mse_loss({scores}[:, 0], labels)"),
        ("{scores}, labels)", "{scores}, labels.long() * 0)"),
    ],
};
