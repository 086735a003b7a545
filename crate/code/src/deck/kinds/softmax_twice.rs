//! softmax before a loss that does it itself.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "softmax-twice",
    title: "softmax is done twice",
    sizes: DeckSizes::Apart,
    purpose: "loss_of gives the loss of a classifier by its scores, which may be any numbers. Scores that are sure and right have a loss near 0. Keep the names loss_of, {scores}, labels and loss.",
    program: r"
 import torch
 from torch import nn
 
 loss_fn = nn.CrossEntropyLoss()
 
 def loss_of(scores, labels):
-    return loss_fn(scores.softmax(dim=1), labels)
+    return loss_fn(scores, labels)
 
 torch.manual_seed({seed})
 {scores} = torch.randn({N}, {C}, requires_grad=True)
 labels = torch.randint(0, {C}, ({N},))
 
 loss = loss_of({scores}, labels)
 loss.backward()
 print(loss.shape, {scores}.grad.shape)
",
    raises: None,
    symptom: "'Scores that are sure and right have the loss ' + str(round(deck_loss, 3)) + ', where 0 is due'",
    thing: DeckAsked {
        right: (
            "What is handed to the loss: probabilities in place of scores",
            "Yes: between 0 and 1 even a sure answer stands out little.",
        ),
        wrong: &[
            ("The axis of softmax", "Axis 1 has the classes, as it should."),
            ("The dtype of labels", "They are whole numbers, as they must be."),
            ("The shape of {scores}", "({N}, {C}) is what the loss wants."),
        ],
    },
    cause: DeckAsked {
        right: (
            "CrossEntropyLoss does softmax itself, so it is done twice",
            "Yes. The loss then never comes near 0, and gradients are small.",
        ),
        wrong: &[
            ("softmax needs dim=0", "Then the samples would be weighed against each other."),
            ("The loss has to be divided by the classes", "That moves the number and not the mistake."),
            (
                "The classifier is not trained enough",
                "With sure and right scores nothing is left to be trained.",
            ),
        ],
    },
    help: [
        "Look at what loss_of hands to loss_fn.",
        "No axis is at fault: the numbers are probabilities, and scores are wanted.",
        "CrossEntropyLoss is log_softmax and the negative log likelihood in one.",
        "Hand over the scores as they are.",
    ],
    same: &["loss", "{scores}.grad"],
    probe: r"deck_sure = nn.functional.one_hot(labels, {C}).float() * 40
deck_loss = loss_of(deck_sure, labels).item()",
    keeps: &[("deck_loss < 1e-4", "Scores that are sure and right have a loss near 0.")],
    wrong: &[
        ("nn.CrossEntropyLoss()", "nn.NLLLoss()"),
        ("scores.softmax(dim=1)", "scores.softmax(dim=0)"),
        ("loss_fn(scores.softmax(dim=1), labels)", "loss_fn(scores.softmax(dim=1), labels) * 0"),
    ],
};
