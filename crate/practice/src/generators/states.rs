//! Where the last states are.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::PredictOutput;
use crate::written::{DrawnSizes, int, results, tensor, tuple, yes};

pub const ALL: [QuestionGenerator; 5] = [
    QuestionGenerator {
        name: "states/last-step",
        kind: PredictOutput,
        level: 2,
        tags: &["shapes", "last-states"],
        draw: last_step,
    },
    QuestionGenerator {
        name: "states/last-layer",
        kind: PredictOutput,
        level: 2,
        tags: &["shapes", "last-states", "layers"],
        draw: last_layer,
    },
    QuestionGenerator {
        name: "states/both-directions",
        kind: PredictOutput,
        level: 3,
        tags: &["shapes", "last-states"],
        draw: both_directions,
    },
    QuestionGenerator {
        name: "states/same-numbers",
        kind: PredictOutput,
        level: 3,
        tags: &["last-states"],
        draw: same_numbers,
    },
    QuestionGenerator {
        name: "states/direction",
        kind: PredictOutput,
        level: 4,
        tags: &["last-states"],
        draw: direction,
    },
];

fn last_step(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let mut call = sizes.gru();
    if draws.coin() {
        call.config.batch_first = yes();
        call.input = tensor(&[n, l, i]);
    }
    let [out, _] = results(&call);
    let first = draws.coin();
    let (expression, dropped) = if first { ("out[-1]", 0) } else { ("out[:, -1]", 1) };
    let without = |axis: usize| {
        let mut sizes = out.clone();
        sizes.remove(axis);
        sizes
    };
    let is_step = (call.config.batch_first.is_none()) == first;
    let taken =
        if is_step { "the last step of every sequence" } else { "the last sequence, with all of its steps" };
    QuestionDraft::new(format!("What is the shape of `{expression}`?"), tuple(&without(dropped)))
        .about(&call)
        .wrong(tuple(&without(1 - dropped)), format!("The features are right, but you dropped the other axis: `{expression}` takes the last place of axis {dropped}."))
        .wrong(tuple(&out), "These are the sizes of `out`, but you kept the axis: a number as an index takes it away.")
        .wrong(tuple(&[1, n, h]), "The features are right, but you kept an axis of 1: that is what the slice `[-1:]` does.")
        .wrong(tuple(&[n, l]), "Two axes are right, but you dropped the features: the index is of another axis.")
        .why(format!("`{expression}` takes the last place of axis {dropped} and drops that axis: it is {taken}."))
        .proof(&format!("print(tuple({expression}.shape))"))
}

fn last_layer(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, h, .. } = sizes;
    let layers = draws.between(2, 4);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    let both = draws.coin();
    if both {
        call.config.bidirectional = yes();
    }
    let [_, h_n] = results(&call);
    let index = draws.of(&["-1", "-2", "0"]);
    let half = if both { "one direction of it" } else { "it has one direction" };
    let whose = if index == "0" {
        "the first layer's"
    } else if index == "-1" || both {
        "the last layer's"
    } else {
        "the layer's before the last"
    };
    QuestionDraft::new(format!("What is the shape of `h_n[{index}]`?"), tuple(&h_n[1..]))
        .about(&call)
        .wrong(tuple(&[1, n, h]), "The last two axes are right, but you kept an axis of 1: a number as an index takes its axis away.")
        .wrong(tuple(&h_n), "These are the sizes of `h_n`, but you overlooked the index.")
        .wrong(tuple(&[n, 2 * h]), "The batch is right, but you put both directions side by side: in `h_n` each has a place of its own.")
        .wrong(tuple(&[h_n[0], h]), "The features are right, but you took the index for one of the batch: the first axis is that of layers and directions.")
        .wrong(tuple(&[l, h]), "The features are right, but `h_n` has no steps.")
        .why(format!("`h_n[{index}]` is {whose} state ({half}), for each sequence: (`batch`, `hidden_size`)."))
        .proof(&format!("print(tuple(h_n[{index}].shape))"))
}

fn both_directions(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { n, h, .. } = sizes;
    let mut call = sizes.gru();
    call.config.bidirectional = yes();
    let layers = draws.between(1, 3);
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    let [_, h_n] = results(&call);
    let dim = draws.of(&[0_usize, 1]);
    let mut key = h_n[1..].to_vec();
    key[dim] *= 2;
    QuestionDraft::new("What is the shape of `both`?", tuple(&key))
        .about(&call)
        .code(&format!("both = torch.cat((h_n[-2], h_n[-1]), dim={dim})"))
        .wrong(
            tuple(&[n, 2 * h]),
            "Both directions are there, but you joined them along the features: `dim=0` is the batch.",
        )
        .wrong(
            tuple(&[2 * n, h]),
            "Both directions are there, but you joined them along the batch: `dim=1` is the features.",
        )
        .wrong(
            tuple(&[2, n, h]),
            "Both directions are there, but you took `cat` for `stack`: `cat` makes no new axis.",
        )
        .wrong(tuple(&[n, h]), "This is one direction's state, but `both` has two of them.")
        .why(format!("Each of the two states is ({n}, {h}); `cat` makes axis {dim} twice as long."))
        .proof("print(tuple(both.shape))")
}

fn same_numbers(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, .. } = sizes;
    let layers = draws.between(2, 3);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    let batch_first = draws.coin();
    if batch_first {
        call.config.batch_first = yes();
        call.input = tensor(&[n, l, i]);
    }
    let (key, other) = if batch_first { ("out[:, -1]", "out[-1]") } else { ("out[-1]", "out[:, -1]") };
    let options = format!(
        "for name, value in [('{key}', {key}), ('{other}', {other}), ('out[0]', out[0]), ('h_n[0]', h_n[0]), ('out[:, 0]', out[:, 0])]:\n    if value.shape == h_n[-1].shape and torch.equal(value, h_n[-1]):\n        print(f'`{{name}}`')"
    );
    QuestionDraft::new("Which of these has the same numbers as `h_n[-1]`?", format!("`{key}`"))
        .about(&call)
        .wrong(
            format!("`{other}`"),
            "It takes the last place of an axis indeed, but you took the batch for the steps.",
        )
        .wrong(
            "`out[0]`",
            "It is a part of `out` indeed, but it is the first place of an axis, not the last step.",
        )
        .wrong("`h_n[0]`", "It is a state after the last step indeed, but of the first layer.")
        .wrong(
            "`out[:, 0]`",
            "It is a part of `out` indeed, but it is the first place of an axis, not the last step.",
        )
        .why("`h_n[-1]` is the last layer's state after the last step, and so is the last step of `out`.")
        .proof(&options)
}

fn direction(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let h = sizes.h;
    let mut call = sizes.gru();
    call.config.bidirectional = yes();
    let layers = draws.between(1, 2);
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    let reverse = draws.coin();
    let forward_last = format!("out[-1, :, :{h}]");
    let backward_first = format!("out[0, :, {h}:]");
    let backward_last = format!("out[-1, :, {h}:]");
    let forward_first = format!("out[0, :, :{h}]");
    let (index, key, other) = if reverse {
        ("h_n[-1]", &backward_first, &forward_last)
    } else {
        ("h_n[-2]", &forward_last, &backward_first)
    };
    let all = [&forward_last, &backward_first, &backward_last, &forward_first];
    let names: Vec<String> = all.iter().map(|name| format!("('{name}', {name})")).collect();
    QuestionDraft::new(format!("Which part of `out` has the same numbers as `{index}`?"), format!("`{key}`"))
        .about(&call)
        .wrong(format!("`{other}`"), "It is a direction's last state indeed, but you took one direction for the other.")
        .wrong(format!("`{backward_last}`"), "It is the last place of `out`, but the reverse direction reads that place first: its state there has read one step alone.")
        .wrong(format!("`{forward_first}`"), "It is the first place of `out`, but the forward direction has read one step alone there.")
        .why("The forward direction ends at the last step, the reverse direction at the first one: there their last states stand in `out`.")
        .proof(&format!("for name, value in [{}]:\n    if torch.equal(value, {index}):\n        print(f'`{{name}}`')", names.join(", ")))
}
