//! What goes wrong: the message, and what it means.

use call::{Dtype, Release};

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::Debug;
use crate::written::{
    DrawnSizes, code_of, indented, int, list, raised, results, runs, tensor, tuple, typed, yes,
};

pub const ALL: [QuestionGenerator; 5] = [
    QuestionGenerator {
        name: "debug/features",
        kind: Debug,
        level: 1,
        tags: &["debug", "shapes"],
        draw: features,
    },
    QuestionGenerator { name: "debug/rank", kind: Debug, level: 3, tags: &["debug", "shapes"], draw: rank },
    QuestionGenerator {
        name: "debug/h-0-message",
        kind: Debug,
        level: 4,
        tags: &["debug", "shapes"],
        draw: h_0_message,
    },
    QuestionGenerator {
        name: "debug/which-raises",
        kind: Debug,
        level: 2,
        tags: &["debug", "shapes"],
        draw: which_raises,
    },
    QuestionGenerator {
        name: "debug/silent",
        kind: Debug,
        level: 3,
        tags: &["debug", "shapes"],
        draw: silent,
    },
];

const RUNS: &str = "Nothing: it runs.";
const ASKED: &str = "What does PyTorch raise here?";

/// A program that prints what its lines raise.
fn caught(lines: &[String]) -> String {
    format!(
        "try:\n{}    print({RUNS:?})\nexcept Exception as error:\n    print(f'{{type(error).__name__}}: {{error}}')",
        indented(lines)
    )
}

fn features(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let given = draws.of(&[i + 1, i + 2, h]);
    let mut call = sizes.gru();
    call.input = tensor(&[l, n, given]);
    let key = raised(&call).unwrap_or_default();
    let mut swapped = DrawnSizes { i: given, ..sizes }.gru();
    swapped.input = tensor(&[l, n, i]);
    let mut turned = call.clone();
    turned.input = tensor(&[l, n, l]);
    let mut ranked = call.clone();
    ranked.input = tensor(&[1, l, n, given]);
    QuestionDraft::new(ASKED, key)
        .about(&call)
        .wrong(raised(&swapped).unwrap_or_default(), "Both numbers are right, but you swapped them: what the module expects is its `input_size`.")
        .wrong(raised(&turned).unwrap_or_default(), "The last axis is compared with `input_size` indeed, but you took the first axis for the last one.")
        .wrong(raised(&ranked).unwrap_or_default(), "PyTorch counts the axes indeed, but three of them are right: it is a size that differs.")
        .wrong(RUNS, "PyTorch works out much by itself indeed, but not how to read other features than its weights have columns.")
        .why(format!("The last axis of the input has {given} features, and the module was made for {i}."))
        .proof_alone(&caught(&code_of(&call)))
}

fn rank(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, .. } = sizes;
    let mut call = sizes.gru();
    let axes: Vec<i64> = if draws.coin() { vec![1, l, n, i] } else { vec![i] };
    call.input = tensor(&axes);
    let key = raised(&call).unwrap_or_default();
    let mut old = call.clone();
    old.release = Release::OLDEST;
    let mut other = call.clone();
    other.input = tensor(&[&axes[..], &[i]].concat());
    let other = if runs(&other) { None } else { raised(&other) };
    let mut less = call.clone();
    less.input = tensor(&[l, n, i + 1]);
    QuestionDraft::new(ASKED, key)
        .about(&call)
        .wrong(raised(&old).unwrap_or_default(), "That was the message up to PyTorch 1.10, which knew inputs of three axes alone.")
        .wrong(raised(&less).unwrap_or_default(), "PyTorch compares the last axis indeed, but it counts the axes before, and the features are right here.")
        .wrong(other.unwrap_or_else(|| "RuntimeError: input must have 2 dimensions, got 1".to_owned()), "PyTorch counts the axes indeed, but look at how many there are and what it would take.")
        .wrong(RUNS, "PyTorch takes inputs of two and of three axes, but no others.")
        .why(format!("The input has {} axes; an input is one sequence of two axes, or a batch of three.", axes.len()))
        .proof_alone(&caught(&code_of(&call)))
}

fn h_0_message(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { n, h, .. } = sizes;
    let layers = draws.between(2, 3);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    let both = draws.coin();
    if both {
        call.config.bidirectional = yes();
    }
    let right = results(&call)[1].clone();
    let given = draws.of(&[[layers, n + 1, h], [1, n, h], [n, right[0], h], [right[0], n, 2 * h]]);
    call.h_0 = Some(tensor(&given));
    let key = raised(&call).unwrap_or_default();
    // The same message with other sizes in it.
    let with = |expected: &[i64], got: &[i64]| {
        key.replace(&tuple(&right), "#")
            .replace(&format!("[{}]", list(&given)), &format!("[{}]", list(got)))
            .replace('#', &tuple(expected))
    };
    QuestionDraft::new(ASKED, key.clone())
        .about(&call)
        .wrong(
            with(&given, &right),
            "Both shapes are right, but you swapped them: what is expected stands first.",
        )
        .wrong(with(&[layers, n, h], &given), "The layers are counted, but each has two directions here.")
        .wrong(with(&[1, n, h], &given), "Batch and features are right, but you forgot `num_layers`.")
        .wrong(with(&[n, right[0], h], &given), "The sizes are right, but in `h_0` the layers come first.")
        .wrong(RUNS, "PyTorch takes an `h_0` indeed, but of one shape alone.")
        .why(format!(
            "An `h_0` has a state for each layer and direction and each sequence: {}.",
            tuple(&right)
        ))
        .proof_alone(&caught(&code_of(&call)))
}

fn which_raises(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let mut base = sizes.gru();
    if draws.coin() {
        base.config.batch_first = yes();
    }
    let with = |axes: &[i64]| {
        let mut call = base.clone();
        call.input = tensor(axes);
        (format!("`gru(torch.randn({}))`", list(axes)), call)
    };
    let (key, raises) = with(&draws.of(&[[l, n, h], [i, l, n], [l, i, n]]));
    let others: [(&[i64], &str); 4] = [
        (&[l, n, i], "It has three axes and the right features last: it runs, whatever `batch_first` is."),
        (
            &[n, l, i],
            "It may have the batch where you do not mean it, but PyTorch cannot know that: it runs.",
        ),
        (&[l, i], "It has no batch, but two axes are one sequence since PyTorch 1.11: it runs."),
        (&[1, 1, i], "It is short, but one step of one sequence is enough: it runs."),
    ];
    let module = code_of(&base)[0].clone();
    let all: Vec<String> = others
        .iter()
        .map(|(axes, _)| list(axes))
        .chain([key.trim_start_matches("`gru(torch.randn(").trim_end_matches("))`").to_owned()])
        .map(|axes| format!("[{axes}]"))
        .collect();
    let mut draft = QuestionDraft::new(
        "Which of these calls raises an exception?",
        if runs(&raises) { String::new() } else { key },
    )
    .code(&module);
    for (axes, reply) in others {
        let (text, call) = with(axes);
        if runs(&call) {
            draft = draft.wrong(text, reply);
        }
    }
    draft
        .tried(&raises)
        .why(format!("The last axis of an input must be `input_size`, {i}."))
        .proof(&format!("for sizes in [{}]:\n    try:\n        gru(torch.randn(sizes))\n    except Exception:\n        print(f'`gru(torch.randn({{str(sizes)[1:-1]}}))`')", all.join(", ")))
}

fn silent(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let mut call = sizes.gru();
    call.input = typed(&[n, l, i], Dtype::Float32);
    let steps = draws.coin();
    let (asked, key, other) = if steps {
        ("How many steps does it go through", n, l)
    } else {
        ("How many sequences does it read side by side", l, n)
    };
    let code = code_of(&call);
    let proof = if steps {
        // One step at a time, to where the states are those of the whole call.
        format!(
            "{}\nh = None\nfor step in range(x.size(0)):\n    _, h = gru(x[step:step + 1], h)\n    if torch.equal(h, h_n):\n        print(step + 1)",
            code.join("\n")
        )
    } else {
        format!("{}\nprint(h_n.size(1))", code.join("\n"))
    };
    QuestionDraft::new(format!("`x` holds {n} sequences of {l} steps each, and this code runs. {asked}?"), key.to_string())
        .about(&call)
        .wrong(other.to_string(), "That is what was meant, but `batch_first=True` is missing: the first axis is read as the steps.")
        .wrong(i.to_string(), "It is a size of the input, but that of the features.")
        .wrong(h.to_string(), "It is a size of the module, but that of its state.")
        .wrong("1", "It would be so for a single one, but the input has two axes before its features.")
        .why("No exception tells of it: without `batch_first=True` the first axis is read as steps and the second as the batch, so sequences get mixed.")
        .proof_alone(&proof)
}
