//! How far a state and a gradient reach.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::{Metrics, ModelChoice};

pub const ALL: [QuestionGenerator; 4] = [
    QuestionGenerator {
        name: "memory/keep",
        kind: ModelChoice,
        level: 2,
        tags: &["memory", "gates"],
        draw: keep,
    },
    QuestionGenerator {
        name: "memory/gradient",
        kind: Metrics,
        level: 3,
        tags: &["memory", "training"],
        draw: gradient,
    },
    QuestionGenerator {
        name: "memory/detach",
        kind: Metrics,
        level: 4,
        tags: &["memory", "training"],
        draw: detach,
    },
    QuestionGenerator {
        name: "memory/half",
        kind: Metrics,
        level: 4,
        tags: &["memory", "gates"],
        draw: half,
    },
];

/// Four decimals, which say up to four tenths multiplied exactly.
fn four(value: f64) -> String {
    format!("{value:.4}")
}

fn power(factor: f64, steps: i64) -> f64 {
    (0..steps).fold(1.0, |product, _| product * factor)
}

fn keep(draws: &mut Draws) -> QuestionDraft {
    let z = draws.tenths(3, 9);
    let steps = draws.between(2, 4);
    QuestionDraft::new(format!("A unit has z = {z} at each of {steps} steps. With what share does its state before them still stand in its state after them, directly?"), four(power(z, steps)))
        .wrong(four(z), "This is the share after one step, but it is multiplied at each of them.")
        .wrong(four(power(1.0 - z, steps)), "The share is multiplied at each step indeed, but you took the candidate's share.")
        .wrong(four(z / steps as f64), "It grows smaller with the steps indeed, but by a product and not by a division.")
        .wrong(four(power(z, steps - 1)), "The share is multiplied indeed, but you left out one step.")
        .why(format!("Each step multiplies it by z: {z} to the power {steps}. This is why a z near 1 remembers for long."))
        .proof_alone(&format!("h = torch.tensor(0.6, requires_grad=True)\nnew = h\nfor step in range({steps}):\n    new = (1 - {z}) * torch.tensor(0.1) + {z} * new\nnew.backward()\nprint(f'{{h.grad.item():.4f}}')"))
}

fn gradient(draws: &mut Draws) -> QuestionDraft {
    let factor = draws.of(&[0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.5]);
    let steps = draws.between(3, 4);
    let name = if factor < 1.0 { "vanishes" } else { "explodes" };
    QuestionDraft::new(format!("On its way back a gradient is multiplied by {factor} at each step. What is left of a gradient of 1 after {steps} steps?"), four(power(factor, steps)))
        .wrong(four(factor * steps as f64), "The factor acts at each step indeed, but you added where it multiplies.")
        .wrong(four(power(factor, steps - 1)), "It is multiplied indeed, but you left out one step.")
        .wrong(four(power(factor, steps + 1)), "It is multiplied indeed, but you took one step too many.")
        .wrong(four(factor), "This is what is left after one step, but there are more.")
        .why(format!("{factor} to the power {steps}. Over many steps such a gradient {name}."))
        .proof_alone(&format!("h = torch.tensor(1.0, requires_grad=True)\nnew = h\nfor step in range({steps}):\n    new = {factor} * new\nnew.backward()\nprint(f'{{h.grad.item():.4f}}')"))
}

fn detach(draws: &mut Draws) -> QuestionDraft {
    let size = draws.between(3, 6);
    let chunks = draws.between(2, 4);
    let steps = size * chunks;
    let detached = draws.coin();
    let key = if detached { size } else { steps };
    let (word, line) = if detached { ("", "\n    h = h.detach()") } else { ("not ", "") };
    let code = format!(
        "gru = nn.GRU(4, 8)\nx = torch.randn({steps}, 1, 4, requires_grad=True)\nh = torch.zeros(1, 1, 8)\nfor part in x.split({size}):\n    out, h = gru(part, h){line}\nout[-1].sum().backward()"
    );
    QuestionDraft::new("At how many steps does `x.grad` have numbers that are not 0?", key.to_string())
        .code(&code)
        .wrong(if detached { steps } else { size }.to_string(), format!("The parts count indeed, but the state is {word}detached here: that decides how far the gradient goes."))
        .wrong("1", "The loss is of the last step indeed, but its gradient goes back through the states before it.")
        .wrong((steps - size).to_string(), "You saw the border between the last part and those before, but the gradient is on its other side.")
        .wrong(chunks.to_string(), "This is the number of parts, but steps are asked for.")
        .why(if detached { "`detach()` gives the same numbers without their history: the gradient ends at the last part's beginning." } else { "The state carries its history from part to part: the gradient goes back to the first step." })
        .proof("print((x.grad.abs().sum(dim=(1, 2)) > 0).sum().item())")
}

fn half(draws: &mut Draws) -> QuestionDraft {
    let z = draws.of(&[0.5, 0.6, 0.7, 0.8, 0.9, 0.95]);
    let steps = |share: f64| (1..200).find(|steps| power(z, *steps) < share).unwrap_or_default();
    let share = draws.of(&[0.1, 0.2, 0.25]);
    let key = steps(share);
    QuestionDraft::new(format!("A unit has z = {z} at every step. After how many steps has the share of its old state first fallen below {share}?"), key.to_string())
        .wrong((key - 1).to_string(), "You counted the steps at which it is still there, but one more is asked for.")
        .wrong(steps(0.5).to_string(), "The share is multiplied at each step indeed, but this is where a half is left.")
        .wrong(((1.0 - share) / (1.0 - z)).ceil().to_string(), "It loses 1 - z at the first step indeed, but of what is left at each later one: it falls by a factor.")
        .wrong((1..200).find(|steps| power(1.0 - z, *steps) < share).unwrap_or_default().to_string(), "The share is multiplied at each step indeed, but you took 1 - z for z.")
        .why(format!("{z} to the power {key} is below {share}, and to the power {} it is not.", key - 1))
        .proof_alone(&format!("share, steps = 1.0, 0\nwhile share >= {share}:\n    share, steps = share * {z}, steps + 1\nprint(steps)"))
}
