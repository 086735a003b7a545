//! Numbers of training, and what they say.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeCurves;
use crate::item::PracticeKind::{Hyperparameter, Metrics};
use crate::written::list;

pub const ALL: [QuestionGenerator; 5] = [
    QuestionGenerator {
        name: "training/guessing",
        kind: Metrics,
        level: 1,
        tags: &["training"],
        draw: guessing,
    },
    QuestionGenerator { name: "training/curves", kind: Metrics, level: 2, tags: &["training"], draw: curves },
    QuestionGenerator { name: "training/clip", kind: Metrics, level: 3, tags: &["training"], draw: clip },
    QuestionGenerator {
        name: "training/batches",
        kind: Hyperparameter,
        level: 1,
        tags: &["training"],
        draw: batches,
    },
    QuestionGenerator {
        name: "training/bound",
        kind: Hyperparameter,
        level: 2,
        tags: &["training", "parameters"],
        draw: bound,
    },
];

fn three(value: f64) -> String {
    format!("{value:.3}")
}

fn guessing(draws: &mut Draws) -> QuestionDraft {
    let classes = draws.between(2, 60);
    let k = classes as f64;
    QuestionDraft::new(format!("A model gives each of {classes} classes the same probability. What is its cross-entropy loss?"), three(k.ln()))
        .wrong(three(1.0 / k), "This is the probability that it gives each class, but the loss is minus its logarithm.")
        .wrong(three(k.log2()), "It is a logarithm indeed, but to base 2: PyTorch takes the natural one.")
        .wrong(three(k.log10()), "It is a logarithm indeed, but to base 10: PyTorch takes the natural one.")
        .wrong(three(1.0 - 1.0 / k), "This is how often it is wrong, but the loss is minus the logarithm of a probability.")
        .why(format!("-ln(1/{classes}) = ln {classes}. A loss that stays there has learnt nothing yet."))
        .proof_alone(&format!("print(f'{{nn.functional.cross_entropy(torch.zeros(4, {classes}), torch.tensor([0, 1, 1, 0])).item():.3f}}')"))
}

const OVER: &str = "It overfits: it learns what is true of the training data alone.";
const UNDER: &str = "It underfits: it has not learnt what is in the training data.";
const JUMPS: &str = "The learning rate is too high: updates overshoot.";
const HEALTHY: &str = "It still learns what holds for new data too: go on.";

fn curves(draws: &mut Draws) -> QuestionDraft {
    const EPOCHS: i64 = 16;
    let case = draws.below(4);
    let start = draws.tenths(18, 30);
    let turn = draws.between(5, 8) as f64;
    let mut training = Vec::new();
    let mut validation = Vec::new();
    for epoch in 0..EPOCHS {
        let at = epoch as f64;
        let noise = draws.tenths(-1, 1) / 10.0;
        let fall = start * (-at / 6.0).exp();
        let (trained, validated) = match case {
            0 => (
                fall,
                if at <= turn {
                    fall + 0.05 * at
                } else {
                    start * (-turn / 6.0).exp() + 0.05 * turn + 0.12 * (at - turn)
                },
            ),
            1 => (start * (0.97 - 0.002 * at), start - 0.003 * at),
            2 => (start + if epoch % 2 == 1 { 0.9 } else { -0.3 } + 0.03 * at, start + 0.5),
            _ => (fall + 0.1, fall + 0.2),
        };
        // Little enough that it makes no turn by itself.
        let rounded = |value: f64| (value * 100.0).round() / 100.0;
        training.push(rounded(trained + noise / 50.0));
        validation.push(rounded(validated - noise / 50.0));
    }
    let key = [OVER, UNDER, JUMPS, HEALTHY][case];
    let replies = [
        (
            OVER,
            [
                "",
                "A gap between both curves would say so, but here training loss itself stays high.",
                "New data can do worse indeed, but here training loss jumps, which overfitting does not do.",
                "Validation loss is a little above training loss indeed, but it still falls.",
            ],
        ),
        (
            UNDER,
            [
                "A model can be too small, but then training loss would stay high, and here it falls.",
                "",
                "Training loss is high indeed, but it jumps up and down: a model that is too small stays where it is.",
                "A loss is there still, but both curves have fallen far.",
            ],
        ),
        (
            JUMPS,
            [
                "Loss rises here too, but overshooting would show in training loss first, and that falls steadily.",
                "Nothing is learnt here either, but the curves are smooth: overshooting jumps.",
                "",
                "A high rate can hurt, but then training loss would jump, and here it falls smoothly.",
            ],
        ),
        (
            HEALTHY,
            [
                "Training loss falls still, but validation loss has turned.",
                "Both curves are near each other indeed, but they hardly fall.",
                "More epochs often help, but not where updates overshoot.",
                "",
            ],
        ),
    ];
    let mut draft = QuestionDraft::new("What do these curves say of the model?", key);
    for (text, by_case) in replies {
        draft = draft.wrong(text, by_case[case]);
    }
    let numbers = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let (t, v) = (numbers(&training), numbers(&validation));
    draft
        .curves(PracticeCurves { training, validation })
        .why([
            "Training loss goes on falling, while validation loss turns and rises: stop at its lowest point, or use dropout or more data.",
            "Training loss stays near its beginning: try a larger `hidden_size`, a higher learning rate or more epochs.",
            "Training loss jumps from epoch to epoch and rises: lower the learning rate, or clip the gradient.",
            "Both curves fall side by side: what is learnt holds for new data too.",
        ][case])
        .proof_alone(&format!("t, v = [{t}], [{v}]\nif max(after - before for before, after in zip(t, t[1:])) > 0.3:\n    print({JUMPS:?})\nelif min(t) > 0.8 * t[0]:\n    print({UNDER:?})\nelif v.index(min(v)) < len(v) - 4:\n    print({OVER:?})\nelse:\n    print({HEALTHY:?})"))
}

fn clip(draws: &mut Draws) -> QuestionDraft {
    let (a, b, norm) = draws.of(&[(3.0, 4.0, 5.0), (6.0, 8.0, 10.0), (5.0, 12.0, 13.0), (8.0, 15.0, 17.0)]);
    let most = draws.of(&[1.0, 2.0, 20.0]);
    let factor = if norm > most { most / norm } else { 1.0 };
    let two = |value: f64| format!("{value:.2}");
    let code = format!(
        "w = nn.Parameter(torch.zeros(2))\nw.grad = torch.tensor([{a:?}, {b:?}])\nnorm = nn.utils.clip_grad_norm_([w], max_norm={most:?})"
    );
    let asks_norm = draws.coin();
    if asks_norm {
        return QuestionDraft::new("What is `norm`, to two decimals?", two(norm))
            .code(&code)
            .wrong(two(norm * factor), "This is the norm after the call, but it gives back the norm before.")
            .wrong(two(most), "This is the largest norm that is left, but it gives back the norm before.")
            .wrong(
                two(a + b),
                "Both numbers count indeed, but you added them: the norm is the root of their squares' sum.",
            )
            .wrong(two(norm * norm), "The squares are added indeed, but you left out the root.")
            .why("`clip_grad_norm_` gives back the norm of all gradients before it scales them.")
            .proof("print(f'{norm.item():.2f}')");
    }
    QuestionDraft::new("What is `w.grad[0]` afterwards, to two decimals?", two(a * factor))
        .code(&code)
        .wrong(two(a), if factor < 1.0 { "It stays where the norm is small enough, but here it is larger than `max_norm`." } else { "" })
        .wrong(two(a.min(most)), "A limit is kept indeed, but you clipped each number alone: that is `clip_grad_value_`.")
        .wrong(two(a * most / norm), "The gradients are scaled by `max_norm` over their norm, but only where the norm is the larger one.")
        .wrong(two(a / norm), "It is divided by the norm indeed, but then multiplied by `max_norm`, where it is changed at all.")
        .wrong(two(most), "This is the largest norm of all numbers together, but one of them is asked for.")
        .why(format!("The norm is {norm}; all gradients are scaled by one factor, {}.", if factor < 1.0 { format!("{most} / {norm}") } else { format!("here 1, for {norm} is below {most}") }))
        .proof("print(f'{w.grad[0].item():.2f}')")
}

fn batches(draws: &mut Draws) -> QuestionDraft {
    let batch = draws.of(&[8, 16, 32, 64]);
    let full = draws.between(3, 20);
    let rest = draws.between(1, batch - 1);
    let examples = full * batch + rest;
    let dropped = draws.coin();
    let key = if dropped { full } else { full + 1 };
    let setting = if dropped { "`drop_last=True`" } else { "`drop_last=False`" };
    QuestionDraft::new(format!("A `DataLoader` reads {examples} examples with `batch_size={batch}` and {setting}. How many batches does an epoch have?"), key.to_string())
        .wrong(if dropped { full + 1 } else { full }.to_string(), "The division is right, but you read `drop_last` the other way round: it is about the batch that is not full.")
        .wrong(batch.to_string(), "This is the size of a batch, but their number is asked for.")
        .wrong((full + 2).to_string(), "There is a batch that is not full indeed, but you counted one too many.")
        .wrong(examples.to_string(), "There is a step for each batch, not for each example.")
        .why(format!("{examples} = {full} * {batch} + {rest}: {full} full batches, and one of {rest}{}.", if dropped { ", which is dropped" } else { "" }))
        .proof_alone(&format!("sizes = [len(part) for part in torch.arange({examples}).split({batch})]\nprint(len([size for size in sizes if size == {batch} or not {}]))", if dropped { "True" } else { "False" }))
}

fn bound(draws: &mut Draws) -> QuestionDraft {
    let h = draws.of(&[4_i64, 16, 25, 64, 100]);
    let i = draws.of(&[9_i64, 36, 49, 81]);
    let root = |size: i64| (size as f64).sqrt();
    let options = [1.0 / root(h), 1.0 / root(i), 1.0 / h as f64, 1.0 / root(3 * h)];
    QuestionDraft::new(format!("Between which bounds does PyTorch draw the numbers of `nn.GRU({}).weight_ih_l0`?", list(&[i, h])), format!("-{0} and {0}", three(options[0])))
        .wrong(format!("-{0} and {0}", three(options[1])), "A root of a size counts indeed, but you took `input_size`: all parameters of a GRU follow `hidden_size`.")
        .wrong(format!("-{0} and {0}", three(options[2])), "`hidden_size` counts indeed, but you left out the root.")
        .wrong(format!("-{0} and {0}", three(options[3])), "The root is right, but you counted the three gates: the bound is that of one.")
        .wrong("-1.000 and 1.000", "It is a uniform distribution indeed, but the bounds depend on `hidden_size`.")
        .why(format!("All weights and biases are uniform between minus and plus 1 / sqrt(`hidden_size`) = 1 / {}.", root(h)))
        .proof_alone(&format!("most = max(nn.GRU({i}, {h}).weight_ih_l0.abs().max().item() for _ in range(3))\nbound = min(bound for bound in [{}, 1.0] if bound > most)\nprint(f'-{{bound:.3f}} and {{bound:.3f}}')", options.map(|bound| bound.to_string()).join(", ")))
}
