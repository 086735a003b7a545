//! Scores of each step, with the classes last, for `CrossEntropyLoss`.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "loss-axes",
    title: "The classes stand on the wrong axis for the loss",
    sizes: DeckSizes::Apart,
    purpose: "One of {C} labels is to be told at each step; the loss is the mean over all {N} times {L} steps. Keep the names {scores}, labels and loss.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 {data} = torch.randn({N}, {L}, {I})
 labels = torch.randint(0, {C}, ({N}, {L}))
 
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, {C})
 loss_fn = nn.CrossEntropyLoss()
 
 {out}, {h} = {gru}({data})
 {scores} = {head}({out})
-loss = loss_fn({scores}, labels)
+loss = loss_fn({scores}.transpose(1, 2), labels)
 loss.backward()
 print(loss.shape, {scores}.shape)
",
    raises: Some(("RuntimeError", "Expected target size [{N}, {C}], got [{N}, {L}]")),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The axis of the classes in {scores}",
            "Yes: the loss takes its classes from axis 1, and there stand the {steps}.",
        ),
        wrong: &[
            (
                "The labels: they need an axis for the classes",
                "A label is a number of a class; the labels ({N}, {L}) are right.",
            ),
            ("out_features of {head}", "It is {C}, one for each label."),
            ("The batch axis", "It comes first in both."),
        ],
    },
    cause: DeckAsked {
        right: (
            "CrossEntropyLoss wants the classes on axis 1, and they stand last",
            "Yes. With more than two axes the order is samples, classes, steps.",
        ),
        wrong: &[
            (
                "The labels have to be one-hot",
                "Numbers of classes are what it takes; one-hot labels would be floats.",
            ),
            ("The loss works for the last step alone", "It takes any number of axes, in its own order."),
            (
                "There must be as many steps as classes",
                "The message sounds like it, for it takes the {L} {steps} for classes.",
            ),
        ],
    },
    help: [
        "Look at the shapes of {scores} and labels in the line that makes the loss.",
        "Axis 1 of {scores} is at fault: {L} {steps}, where {C} classes are wanted.",
        "The axes have to change places, so that each step keeps its own scores; view would mix them and say nothing.",
        "Hand over {scores}.transpose(1, 2).",
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
        ("loss_fn({scores}, labels)", "loss_fn({scores}.view({N}, {C}, {L}), labels)"),
        ("loss_fn({scores}, labels)", "loss_fn({scores}[:, -1], labels[:, -1])"),
    ],
};
