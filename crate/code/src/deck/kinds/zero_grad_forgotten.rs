//! Gradients that pile up from step to step.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "zero-grad-forgotten",
    title: "Gradients pile up from step to step",
    sizes: DeckSizes::Apart,
    purpose: "train makes {few} steps of plain gradient descent, each by the gradient of that step alone. Keep the names train, {gru}, {head} and {data}.",
    program: r"
 import torch
 from torch import nn
 
 def train(gru, head, x, y, steps):
     params = [*gru.parameters(), *head.parameters()]
     {opt} = torch.optim.SGD(params, lr=0.{tenths})
     for step in range(steps):
         out, h_n = gru(x)
         loss = (head(h_n[-1]) - y).pow(2).mean()
+        {opt}.zero_grad()
!        loss.backward()
!        {opt}.step()
 
 torch.manual_seed({seed})
 {data} = torch.randn({N}, {L}, {I})
 goals = torch.randn({N}, 1)
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, 1)
 train({gru}, {head}, {data}, goals, {few})
 print({head}.weight.shape)
",
    raises: None,
    symptom: "'After {few} steps the weights are off those of plain gradient descent: the largest difference in {head}.weight is ' + str(round(({head}.weight - deck_right[0]).abs().max().item(), 3))",
    thing: DeckAsked {
        right: ("The gradients of all parameters", "Yes: each backward adds to what is there."),
        wrong: &[
            ("The shape of y", "It is ({N}, 1), as the head gives."),
            ("The last state h_n[-1]", "One layer, one direction: it is the state after the last step."),
            ("The learning rate", "It makes larger or smaller steps; their direction is what goes wrong."),
        ],
    },
    cause: DeckAsked {
        right: (
            "backward adds to the gradients of earlier steps, and nothing clears them",
            "Yes. Step 3 goes along the sum of three gradients.",
        ),
        wrong: &[
            (
                "The optimiser has to be made in each step",
                "Then its state is lost; the gradients stay in the parameters.",
            ),
            ("loss needs detach", "Then there would be no gradient at all."),
            ("step has to come before backward", "Then the first step would have no gradient."),
        ],
    },
    help: [
        "Look at the three lines that end the loop.",
        "No axis is at fault: look at a parameter's grad after the second step.",
        "backward adds. What the step before left has to be cleared, once in each step, before backward.",
        "Before backward: {opt}.zero_grad().",
    ],
    same: &["{head}.weight", "{gru}.weight_ih_l0", "{gru}.weight_hh_l0"],
    probe: r"deck_grad = {head}.weight.grad.clone() if {head}.weight.grad is not None else None",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        (
            "    for step in range(steps):",
            r"    {opt}.zero_grad()
    for step in range(steps):",
        ),
        (
            "        loss.backward()",
            r"        loss.backward()
        {opt}.zero_grad()",
        ),
        ("range(steps)", "range(1)"),
    ],
};
