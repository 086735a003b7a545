//! A state that is carried on with the graph of what came before.

use super::super::recipe::{DeckAsked, Recipe};
use super::super::scene::DeckSizes;

pub(super) const KIND: Recipe = Recipe {
    name: "detach-missing",
    title: "The state carries its graph into the next chunk",
    sizes: DeckSizes::Apart,
    purpose: "A long series is read in {few} chunks; the state goes on from chunk to chunk, and each chunk makes one step of training. The state is printed as (1, {N}, {H}). Keep the names {gru}, {head} and state.",
    program: r"
 import torch
 from torch import nn
 
 torch.manual_seed({seed})
 
 series = torch.randn({N}, {few} * {L}, {I})
 {gru} = nn.GRU({I}, {H}, batch_first=True)
 {head} = nn.Linear({H}, 1)
 {opt} = torch.optim.SGD([*{gru}.parameters(), *{head}.parameters()], lr=0.1)
 
 state = torch.zeros(1, {N}, {H})
 for chunk in series.split({L}, dim=1):
-    {out}, state = {gru}(chunk, state)
+    {out}, state = {gru}(chunk, state.detach())
     loss = {head}({out}).pow(2).mean()
     {opt}.zero_grad()
!    loss.backward()
     {opt}.step()
 
 print(state.shape)
",
    raises: Some((
        "RuntimeError",
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
    )),
    symptom: "",
    thing: DeckAsked {
        right: (
            "The state that goes from chunk to chunk",
            "Yes: it brings the graph of the chunk before with it.",
        ),
        wrong: &[
            ("The axes of chunk", "They are samples, steps, features, as meant."),
            ("The optimiser", "It only takes the gradients that are there."),
            ("The loss", "It is made anew for each chunk; what it was made of is not."),
        ],
    },
    cause: DeckAsked {
        right: (
            "The state still hangs on the graph of the last chunk, whose memory backward has freed",
            "Yes. backward from the second chunk goes on into the first.",
        ),
        wrong: &[
            (
                "backward has to be told retain_graph=True",
                "The message says so. Then it goes back through all chunks, and meets weights that a step has changed.",
            ),
            (
                "zero_grad has to come first",
                "Gradients are cleared before each backward already; the graph is another thing.",
            ),
            ("A GRU cannot be trained in chunks", "It can: only the numbers of the state have to go on."),
        ],
    },
    help: [
        "Look at the line in the loop that reads and writes state.",
        "No axis is at fault: it is where state came from. Point at its name: it has a grad_fn.",
        "The numbers of the state are to go on, its history is not: the chunks before are over.",
        "Hand over state.detach().",
    ],
    same: &["state", "{gru}.weight_ih_l0", "{gru}.weight_hh_l0", "{head}.weight"],
    probe: "",
    keeps: &[(
        "type({gru}) is nn.GRU and {gru}.input_size == {I} and {gru}.hidden_size == {H}",
        "{gru} is still a GRU with input_size {I} and hidden_size {H}.",
    )],
    wrong: &[
        ("loss.backward()", "loss.backward(retain_graph=True)"),
        ("{gru}(chunk, state)", "{gru}(chunk)"),
        ("{gru}(chunk, state)", "{gru}(chunk, torch.zeros(1, {N}, {H}))"),
    ],
};
