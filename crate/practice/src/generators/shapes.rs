//! What shapes a call gives.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::PredictOutput;
use crate::written::{DrawnSizes, int, list, results, tensor, tuple, yes};

pub const ALL: [QuestionGenerator; 7] = [
    QuestionGenerator { name: "shapes/out", kind: PredictOutput, level: 1, tags: &["shapes"], draw: out },
    QuestionGenerator {
        name: "shapes/h-n",
        kind: PredictOutput,
        level: 1,
        tags: &["shapes", "layers"],
        draw: h_n,
    },
    QuestionGenerator {
        name: "shapes/batch-first",
        kind: PredictOutput,
        level: 2,
        tags: &["shapes"],
        draw: batch_first,
    },
    QuestionGenerator {
        name: "shapes/bidirectional",
        kind: PredictOutput,
        level: 3,
        tags: &["shapes"],
        draw: bidirectional,
    },
    QuestionGenerator {
        name: "shapes/unbatched",
        kind: PredictOutput,
        level: 2,
        tags: &["shapes"],
        draw: unbatched,
    },
    QuestionGenerator { name: "shapes/numel", kind: PredictOutput, level: 2, tags: &["shapes"], draw: numel },
    QuestionGenerator {
        name: "shapes/head",
        kind: PredictOutput,
        level: 2,
        tags: &["shapes", "last-states"],
        draw: head,
    },
];

fn print_out(name: &str) -> String {
    format!("print(tuple({name}.shape))")
}

fn out(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let layers = draws.between(1, 3);
    let mut call = sizes.gru();
    if layers > 1 {
        call.config.num_layers = int(layers);
    }
    let [out, h_n] = results(&call);
    QuestionDraft::new("What is the shape of `out`?", tuple(&out))
        .about(&call)
        .wrong(tuple(&[n, l, h]), "The sizes are right, but you put `batch` in front: that is so with `batch_first=True` alone.")
        .wrong(tuple(&h_n), "This call gives this shape too, but you took `h_n` for `out`: `h_n` has the state after the last step alone.")
        .wrong(tuple(&[l, n, i]), "The first two axes are right, but you kept the input's features: each step of `out` has `hidden_size` features.")
        .wrong(tuple(&[l, n, layers * h]), "The first two axes are right, but you put the layers side by side: only the last one gives `out`.")
        .wrong(tuple(&[l, n, 3 * h]), "The first two axes are right, but you counted the gates as features: r, z and n make one state together.")
        .why(format!("`out` has the last layer's state at each of the {l} steps, for each of the {n} sequences: (`seq_len`, `batch`, `hidden_size`)."))
        .proof(&print_out("out"))
}

fn h_n(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, h, .. } = sizes;
    let layers = draws.between(2, 4);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    let [out, h_n] = results(&call);
    QuestionDraft::new("What is the shape of `h_n`?", tuple(&h_n))
        .about(&call)
        .wrong(tuple(&out), "This call gives this shape too, but you took `out` for `h_n`: `out` has a state for every step.")
        .wrong(tuple(&[1, n, h]), "The last two axes are right, but you forgot `num_layers`: every layer leaves a state.")
        .wrong(tuple(&[n, layers, h]), "The sizes are right, but you put `batch` in front: in `h_n` the layers come first, always.")
        .wrong(tuple(&[layers, l, h]), "The layers come first indeed, but you kept the steps: `h_n` has the state after the last step, for each sequence.")
        .why(format!("`h_n` has the state after the last step: one for each of the {layers} layers and each of the {n} sequences."))
        .proof(&print_out("h_n"))
}

fn batch_first(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, h, .. } = sizes;
    let layers = draws.between(1, 3);
    let mut call = sizes.gru();
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    call.config.batch_first = yes();
    call.input = tensor(&[n, l, sizes.i]);
    let [out, h_n] = results(&call);
    if draws.coin() {
        return QuestionDraft::new("What is the shape of `out`?", tuple(&out))
            .about(&call)
            .wrong(tuple(&[l, n, h]), "The sizes are right, but you overlooked `batch_first=True`: input and `out` have the batch in front.")
            .wrong(tuple(&h_n), "This call gives this shape too, but you took `h_n` for `out`.")
            .wrong(tuple(&[n, h]), "The first and last axis are right, but you left out the steps: `out` has all of them.")
            .why("With `batch_first=True` the input is read as (`batch`, `seq_len`, `input_size`), and `out` is (`batch`, `seq_len`, `hidden_size`).")
            .proof(&print_out("out"));
    }
    QuestionDraft::new("What is the shape of `h_n`?", tuple(&h_n))
        .about(&call)
        .wrong(tuple(&[n, layers, h]), "The sizes are right, but you moved the batch of `h_n`: `batch_first` is about the input and `out` alone.")
        .wrong(tuple(&[layers, l, h]), "The layers come first indeed, but you read the input as if `seq_len` came first: its first axis is the batch here.")
        .wrong(tuple(&out), "This call gives this shape too, but you took `out` for `h_n`.")
        .why("`batch_first` does not move the axes of `h_n`: it stays (`num_layers`, `batch`, `hidden_size`).")
        .proof(&print_out("h_n"))
}

fn bidirectional(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, h, .. } = sizes;
    let layers = draws.between(1, 3);
    let mut call = sizes.gru();
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    call.config.bidirectional = yes();
    let [out, h_n] = results(&call);
    if draws.coin() {
        return QuestionDraft::new("What is the shape of `out`?", tuple(&out))
            .about(&call)
            .wrong(tuple(&[l, n, h]), "The first two axes are right, but you forgot the second direction: both stand side by side.")
            .wrong(tuple(&[2 * l, n, h]), "There are twice as many numbers indeed, but you put the directions one after the other in time: they share the steps.")
            .wrong(tuple(&h_n), "This call gives this shape too, but you took `h_n` for `out`.")
            .wrong(tuple(&[l, n, 2 * layers * h]), "The directions stand side by side indeed, but you put the layers there too: only the last one gives `out`.")
            .why(format!("At each step the states of both directions stand side by side: 2 times {h} features."))
            .proof(&print_out("out"));
    }
    QuestionDraft::new("What is the shape of `h_n`?", tuple(&h_n))
        .about(&call)
        .wrong(tuple(&[layers, n, h]), "The last two axes are right, but you forgot the second direction: each layer leaves two states.")
        .wrong(tuple(&[layers, n, 2 * h]), "There are as many numbers indeed, but you put the directions side by side: that is so in `out`, not in `h_n`.")
        .wrong(tuple(&[2, n, h]), "The directions count indeed, but you forgot `num_layers`.")
        .wrong(tuple(&out), "This call gives this shape too, but you took `out` for `h_n`.")
        .why(format!("`h_n` has a state for each layer and direction: {layers} times 2."))
        .proof(&print_out("h_n"))
}

fn unbatched(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, i, h, .. } = sizes;
    let layers = draws.between(1, 3);
    let mut call = sizes.gru();
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    call.input = tensor(&[l, i]);
    let [out, h_n] = results(&call);
    if draws.coin() {
        return QuestionDraft::new("What is the shape of `out`?", tuple(&out))
            .about(&call)
            .wrong(tuple(&[l, 1, h]), "Steps and features are right, but you added a batch axis: an input of two axes is one sequence without a batch.")
            .wrong(tuple(&[1, l, h]), "Steps and features are right, but you read the two axes as one step of a batch: they are one sequence.")
            .wrong(tuple(&h_n), "This call gives this shape too, but you took `h_n` for `out`.")
            .wrong(tuple(&[l, i]), "The steps are right, but you kept the input's features.")
            .why("Since PyTorch 1.11 an input of two axes is one sequence, (`seq_len`, `input_size`), and `out` has no batch axis either.")
            .proof(&print_out("out"));
    }
    QuestionDraft::new("What is the shape of `h_n`?", tuple(&h_n))
        .about(&call)
        .wrong(tuple(&[layers, 1, h]), "Layers and features are right, but you added a batch axis that the input does not have.")
        .wrong(tuple(&[h]), "The features are right, but you left out the axis of the layers: `h_n` has it, be it of one layer.")
        .wrong(tuple(&[layers, l, h]), "Layers and features are right, but you took the steps for a batch.")
        .wrong(tuple(&out), "This call gives this shape too, but you took `out` for `h_n`.")
        .why("One sequence without a batch leaves one state for each layer: (`num_layers`, `hidden_size`).")
        .proof(&print_out("h_n"))
}

fn numel(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let layers = draws.between(2, 3);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    let [out, h_n] = results(&call).map(|sizes| sizes.iter().product::<i64>());
    let of_out = draws.coin();
    let (name, key, other, other_name) =
        if of_out { ("out", out, h_n, "h_n") } else { ("h_n", h_n, out, "out") };
    QuestionDraft::new(format!("What does `{name}.numel()` give?"), key.to_string())
        .about(&call)
        .wrong(
            other.to_string(),
            format!("This is a number of elements indeed, but you counted those of `{other_name}`."),
        )
        .wrong(
            (layers * out).to_string(),
            "Every layer makes a state at each step indeed, but you counted states that are not given back.",
        )
        .wrong(
            (sizes.n * sizes.h).to_string(),
            format!("These are the numbers of one state of the batch, but `{name}` has more than one."),
        )
        .wrong(
            (out + h_n).to_string(),
            "Both results count indeed for memory, but you added them: one of them is asked for.",
        )
        .why(format!("The elements are the product of the sizes of `{name}`."))
        .proof(&format!("print({name}.numel())"))
}

fn head(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let classes = draws.between(2, 7);
    let mut call = sizes.gru();
    call.config.batch_first = yes();
    call.input = tensor(&[n, l, i]);
    let [out, _] = results(&call);
    let all_steps = draws.coin();
    let (reads, key) = if all_steps {
        ("out", vec![out[0], out[1], classes])
    } else {
        ("out[:, -1]", vec![out[0], classes])
    };
    QuestionDraft::new("What is the shape of `y`?", tuple(&key))
        .about(&call)
        .code(&format!("head = nn.Linear({})\ny = head({reads})", list(&[h, classes])))
        .wrong(tuple(&[n, classes]), "Batch and classes are right, but you dropped the steps: `out` has all of them, and `head` keeps every axis but the last.")
        .wrong(tuple(&[n, l, classes]), "Batch and classes are right, but you kept the steps: `[:, -1]` takes the last one alone.")
        .wrong(tuple(&[l, classes]), "The classes are right, but you took the steps for the batch: with `batch_first=True` the batch comes first.")
        .wrong(tuple(&[n, h]), "This is what `head` reads, but you left it out: it turns the last axis into classes.")
        .wrong(tuple(&[l, n, classes]), "The sizes are right, but you put `seq_len` in front: with `batch_first=True` the batch comes first.")
        .why("`nn.Linear` changes the last axis alone: what stands before it stays.")
        .proof(&print_out("y"))
}
