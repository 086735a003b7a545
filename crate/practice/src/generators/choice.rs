//! Which module fits.

use nn::gru::GruConfig;
use nn::rnn::Mode;

use super::QuestionGenerator;
use super::parameters::{of_gru, of_other};
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::ModelChoice;
use crate::written::{DrawnSizes, list};

pub const ALL: [QuestionGenerator; 4] = [
    QuestionGenerator {
        name: "choice/fewest",
        kind: ModelChoice,
        level: 2,
        tags: &["choice", "parameters"],
        draw: fewest,
    },
    QuestionGenerator {
        name: "choice/budget",
        kind: ModelChoice,
        level: 4,
        tags: &["choice", "parameters"],
        draw: budget,
    },
    QuestionGenerator {
        name: "choice/later-steps",
        kind: ModelChoice,
        level: 2,
        tags: &["choice"],
        draw: later_steps,
    },
    QuestionGenerator {
        name: "choice/states",
        kind: ModelChoice,
        level: 1,
        tags: &["choice", "last-states"],
        draw: states,
    },
];

fn fewest(draws: &mut Draws) -> QuestionDraft {
    let DrawnSizes { i, h, .. } = DrawnSizes::draw(draws);
    let config = GruConfig::new(i.unsigned_abs(), h.unsigned_abs());
    let other = h + draws.of(&[-4, -2, 2, 4]);
    let mut modules = vec![
        (format!("`nn.GRU({})`", list(&[i, h])), of_gru(&config)),
        (format!("`nn.RNN({})`", list(&[i, other])), of_other(Mode::Tanh, i, other)),
        (format!("`nn.LSTM({})`", list(&[i, other])), of_other(Mode::Lstm, i, other)),
        (
            format!("`nn.GRU({}, bidirectional=True)`", list(&[i, h])),
            of_gru(&GruConfig { bidirectional: true, ..config }),
        ),
        (
            format!("`nn.GRU({}, bias=False)`", list(&[i, other])),
            of_gru(&GruConfig { bias: false, ..GruConfig::new(i.unsigned_abs(), other.unsigned_abs()) }),
        ),
    ];
    draws.shuffle(&mut modules);
    modules.truncate(4);
    let most = draws.coin();
    let counts = modules.iter().map(|(_, count)| *count);
    let best = if most { counts.max() } else { counts.min() }.unwrap_or_default();
    let place = modules.iter().position(|(_, count)| *count == best).unwrap_or_default();
    let (key, count) = modules.remove(place);
    let word = if most { "most" } else { "fewest" };
    let names: Vec<String> = modules.iter().map(|(name, _)| name.clone()).chain([key.clone()]).collect();
    let table: Vec<String> =
        names.iter().map(|name| format!("({name:?}, {})", name.trim_matches('`'))).collect();
    let mut draft = QuestionDraft::new(format!("Which of these modules has the {word} parameters?"), key);
    // Of two that are equal none is right.
    if modules.iter().any(|(_, other)| *other == best) {
        modules.clear();
    }
    for (name, other) in modules {
        draft = draft.wrong(name, format!("You weighed sets of weights and sizes, but it has {other} parameters, and another one has {}.", if most { "more" } else { "fewer" }));
    }
    draft
        .why(format!("It has {count}. A simple RNN has one set of weights, a GRU three, an LSTM four; a second direction has as many once more."))
        .proof_alone(&format!("counts = {{name: sum(p.numel() for p in module.parameters()) for name, module in [{}]}}\nprint({}(counts, key=counts.get))", table.join(", "), if most { "max" } else { "min" }))
}

fn budget(draws: &mut Draws) -> QuestionDraft {
    let i = draws.between(4, 16);
    let most = draws.between(6, 40) * 100;
    let largest = |count: &dyn Fn(i64) -> u64| {
        (1..200).take_while(|h| count(*h) <= most.unsigned_abs()).last().unwrap_or(1)
    };
    let gru = |h: i64, bias: bool| {
        of_gru(&GruConfig { bias, ..GruConfig::new(i.unsigned_abs(), h.unsigned_abs()) })
    };
    let key = largest(&|h| gru(h, true));
    QuestionDraft::new(format!("A GRU of one layer reads {i} features and may have {most} parameters. What is the largest `hidden_size` that fits?"), key.to_string())
        .wrong(largest(&|h| of_other(Mode::Tanh, i, h)).to_string(), "Weights of the input and of the state are counted, but for one gate: r, z and n have a set each.")
        .wrong(largest(&|h| of_other(Mode::Lstm, i, h)).to_string(), "The sets are counted, but four of them: that is an LSTM.")
        .wrong(largest(&|h| gru(h, false)).to_string(), "The weights are counted, but you left out the biases.")
        .wrong((key + 1).to_string(), "You came near the limit, but one more feature is already above it.")
        .wrong((most / (3 * i)).to_string(), "The three gates are counted, but the state has weights too, and they grow with its square.")
        .why(format!("With {key} it has {} parameters, with {} it has {}.", gru(key, true), key + 1, gru(key + 1, true)))
        .proof_alone(&format!("size = 1\nwhile sum(p.numel() for p in nn.GRU({i}, size + 1).parameters()) <= {most}:\n    size += 1\nprint(size)"))
}

fn later_steps(draws: &mut Draws) -> QuestionDraft {
    let DrawnSizes { l, i, h, .. } = DrawnSizes::draw(draws);
    let with = |options: &str| format!("`nn.GRU({}{options})`", list(&[i, h]));
    let deep = draws.between(2, 4);
    let cell = draws.of(&["RNN", "LSTM"]);
    let key = if draws.coin() {
        with(", bidirectional=True")
    } else {
        with(&format!(", num_layers={deep}, bidirectional=True"))
    };
    let all = [
        key.clone(),
        with(&format!(", num_layers={deep}")),
        with(", batch_first=True"),
        with(""),
        format!("`nn.{cell}({})`", list(&[i, h])),
    ];
    let table: Vec<String> =
        all.iter().map(|name| format!("({name:?}, {})", name.trim_matches('`'))).collect();
    let task = draws.of(&[
        "to name the kind of every word of a sentence that is there as a whole",
        "to mark every letter of a text that was read to its end",
        "to find where in a recording each sound begins, after it has ended",
    ]);
    QuestionDraft::new(format!("You want {task}: each step may use the steps after it. Which module's `out` does so?"), key)
        .wrong(all[1].clone(), "More layers see more of the steps before, but every layer reads forward.")
        .wrong(all[2].clone(), "It names another order of the axes, but it does not change what a step reads.")
        .wrong(all[3].clone(), "It reads every step indeed, but each of them with what came before alone.")
        .wrong(all[4].clone(), "Another cell remembers in another way, but it reads forward too.")
        .why("With `bidirectional=True` a second GRU reads from the end, so that every step of `out` knows both sides. To predict what comes next, that would show the answer.")
        .proof_alone(&format!("x = torch.randn({l}, {i})\nlater = x.clone()\nlater[-1] += 1.0\nfor name, module in [{}]:\n    if not torch.equal(module(x)[0][0], module(later)[0][0]):\n        print(name)", table.join(", ")))
}

fn states(draws: &mut Draws) -> QuestionDraft {
    let DrawnSizes { l, n, i, h } = DrawnSizes::draw(draws);
    let layers = draws.between(2, 3);
    let each = draws.coin();
    let (asked, key) = if each {
        ("one answer for every step of each sequence", "`out`")
    } else {
        ("one answer for each sequence as a whole", "`h_n[-1]`")
    };
    let (steps, sequence) = (format!("({l}, {n}, 5)"), format!("({n}, 5)"));
    let wanted = if each { &steps } else { &sequence };
    QuestionDraft::new(format!("A model is to give {asked}. What does its `head` read?"), key)
        .code(&format!("gru = nn.GRU({}, num_layers={layers})\nhead = nn.Linear({h}, 5)\nout, h_n = gru(torch.randn({}))", list(&[i, h]), list(&[l, n, i])))
        .wrong("`out`", "It has the last layer's state at every step, which is more than is asked for.")
        .wrong("`h_n[-1]`", "It has the last layer's state after the last step, but the other steps are asked for too.")
        .wrong("`h_n`", "It has last states indeed, but those of every layer: the first axis is no step.")
        .wrong("`out[0]`", "It is a part of `out` indeed, but of the first step alone, which has read nearly nothing.")
        .why("`out` has the last layer's state at every step; `h_n[-1]` has it after the last step.")
        .proof(&format!("for name, value in [('`out`', out), ('`h_n[-1]`', h_n[-1]), ('`h_n`', h_n)]:\n    if tuple(head(value).shape) == {wanted}:\n        print(name)"))
}
