//! How many parameters there are, and of what shape.

use nn::cost::Cost;
use nn::gru::GruConfig;
use nn::rnn::{Mode, RnnConfig};

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::{Hyperparameter, PredictOutput};
use crate::written::{DrawnSizes, int, tuple, yes};

pub const ALL: [QuestionGenerator; 7] = [
    QuestionGenerator {
        name: "parameters/shape",
        kind: PredictOutput,
        level: 2,
        tags: &["parameters", "shapes"],
        draw: shape,
    },
    QuestionGenerator {
        name: "parameters/count",
        kind: Hyperparameter,
        level: 2,
        tags: &["parameters"],
        draw: count,
    },
    QuestionGenerator {
        name: "parameters/layer",
        kind: Hyperparameter,
        level: 3,
        tags: &["parameters", "layers"],
        draw: layer,
    },
    QuestionGenerator {
        name: "parameters/bidirectional",
        kind: Hyperparameter,
        level: 4,
        tags: &["parameters"],
        draw: bidirectional,
    },
    QuestionGenerator {
        name: "parameters/against",
        kind: Hyperparameter,
        level: 2,
        tags: &["parameters", "choice"],
        draw: against,
    },
    QuestionGenerator {
        name: "parameters/tensors",
        kind: Hyperparameter,
        level: 1,
        tags: &["parameters", "layers"],
        draw: tensors,
    },
    QuestionGenerator {
        name: "parameters/dropout",
        kind: Hyperparameter,
        level: 3,
        tags: &["layers", "training"],
        draw: dropout,
    },
];

/// All parameters of a GRU.
pub fn of_gru(config: &GruConfig) -> u64 {
    Cost::of(config, 1, 1, 4).parameters.to_u64().unwrap_or_default()
}

/// All parameters of another module with one layer in one direction.
pub fn of_other(mode: Mode, i: i64, h: i64) -> u64 {
    RnnConfig::new(mode, i.unsigned_abs(), h.unsigned_abs())
        .cost(1, 1, 4)
        .parameters
        .to_u64()
        .unwrap_or_default()
}

fn config(i: i64, h: i64) -> GruConfig {
    GruConfig::new(i.unsigned_abs(), h.unsigned_abs())
}

const COUNT: &str = "print(sum(p.numel() for p in gru.parameters()))";

fn shape(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { i, h, .. } = sizes;
    let mut call = sizes.gru();
    call.config.num_layers = int(2);
    let both = draws.coin();
    if both {
        call.config.bidirectional = yes();
    }
    let name = draws.of(&["weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "bias_ih_l0"]);
    let module = GruConfig { num_layers: 2, bidirectional: both, ..config(i, h) };
    let of = |name: &str| -> Vec<i64> {
        let found = module.parameters().find(|parameter| parameter.name() == name);
        found
            .map(|parameter| parameter.shape().into_iter().map(|size| size as i64).collect())
            .unwrap_or_default()
    };
    let key = of(name);
    let mut draft =
        QuestionDraft::new(format!("What is the shape of `gru.{name}`?"), tuple(&key)).about(&call);
    let replies = [
        ("weight_ih_l0", "The gates are counted, but this is the matrix that the input of layer 0 meets."),
        ("weight_hh_l0", "The gates are counted, but this is a matrix that a state meets."),
        (
            "weight_ih_l1",
            "The gates are counted, but this is the matrix of layer 1, which reads what layer 0 gives.",
        ),
    ];
    for (other, reply) in replies {
        draft = draft.wrong(tuple(&of(other)), reply);
    }
    let one_gate: Vec<i64> =
        key.iter().enumerate().map(|(axis, size)| if axis == 0 { size / 3 } else { *size }).collect();
    let turned: Vec<i64> = key.iter().rev().copied().collect();
    let four: Vec<i64> =
        key.iter().enumerate().map(|(axis, size)| if axis == 0 { size / 3 * 4 } else { *size }).collect();
    draft
        .wrong(tuple(&one_gate), "These are the numbers of one gate, but r, z and n stand on top of one another.")
        .wrong(tuple(&turned), "The sizes are right, but you turned the matrix: its rows are what it gives.")
        .wrong(tuple(&four), "The gates are counted indeed, but you took four of them: that is an LSTM.")
        .why("The rows are r, z and n on top of one another, 3 times `hidden_size`; the columns are what the matrix reads.")
        .proof(&format!("print(tuple(gru.{name}.shape))"))
}

fn count(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { i, h, .. } = sizes;
    let bias = draws.coin();
    let mut call = sizes.gru();
    if !bias {
        call.config.bias = Some(false.into());
    }
    let with = |bias: bool| of_gru(&GruConfig { bias, ..config(i, h) });
    let key = with(bias);
    QuestionDraft::new("How many parameters does `gru` have, biases included where there are any?", key.to_string())
        .about(&call)
        .wrong((key / 3).to_string(), "Weights and biases are right for one gate, but you forgot that there are three: r, z and n.")
        .wrong(with(!bias).to_string(), "The weights are right, but you counted the biases as if `bias` had its other value.")
        .wrong((with(false) + 3 * h.unsigned_abs()).to_string(), "The weights are right, but you took one bias for each gate: PyTorch has two, `bias_ih` and `bias_hh`.")
        .wrong((key / 3 * 4).to_string(), "The parts are right, but you took four gates: that is an LSTM.")
        .why(format!("3 times {h} rows of {i} + {h} weights{} make {key}.", if bias { ", and two biases for each row," } else { "" }))
        .proof(COUNT)
}

fn layer(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { i, h, .. } = sizes;
    let layers = draws.between(1, 3);
    let with = |layers: i64| of_gru(&GruConfig { num_layers: layers.unsigned_abs(), ..config(i, h) });
    let key = with(layers + 1) - with(layers);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers + 1);
    QuestionDraft::new(format!("How many parameters does `num_layers={}` add to `nn.GRU({i}, {h}, num_layers={layers})`?", layers + 1), key.to_string())
        .tried(&call)
        .wrong(with(1).to_string(), "This is what layer 0 has, but you let the new layer read the input: it reads `hidden_size` features of the layer below.")
        .wrong((key / 3).to_string(), "The new layer reads the state below indeed, but you counted one gate of three.")
        .wrong((key / 2).to_string(), "The three gates are counted, but you left out the half that reads the layer below, or the one that reads its own state.")
        .wrong("0".to_owned(), "The shape of `out` does not change indeed, but each layer has weights of its own.")
        .why(format!("A further layer reads {h} features and its own {h}: 3 times {h} rows of {h} + {h} weights and two biases."))
        .proof_alone(&format!("def count(layers):\n    return sum(p.numel() for p in nn.GRU({i}, {h}, layers).parameters())\n\nprint(count({}) - count({layers}))", layers + 1))
}

fn bidirectional(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { i, h, .. } = sizes;
    let mut call = sizes.gru();
    call.config.num_layers = int(2);
    call.config.bidirectional = yes();
    let both = of_gru(&GruConfig { num_layers: 2, bidirectional: true, ..config(i, h) });
    let one = of_gru(&GruConfig { num_layers: 2, ..config(i, h) });
    let wide = of_gru(&config(i, 2 * h));
    QuestionDraft::new("How many parameters does `gru` have?", both.to_string())
        .about(&call)
        .wrong((2 * one).to_string(), "Each direction has weights of its own indeed, but layer 1 reads both directions of layer 0: its matrices are wider.")
        .wrong(one.to_string(), "Both layers are counted, but you forgot the second direction, which has weights of its own.")
        .wrong((2 * wide).to_string(), "Twice the features come out indeed, but you made one GRU twice as wide: the directions do not read one another within a layer.")
        .wrong((both / 2).to_string(), "The widths are right, but you counted one direction.")
        .why(format!("Each direction has all weights of its own; layer 1 reads 2 times {h} features."))
        .proof(COUNT)
}

fn against(draws: &mut Draws) -> QuestionDraft {
    let DrawnSizes { i, h, .. } = DrawnSizes::draw(draws);
    let [rnn, lstm] = [Mode::Tanh, Mode::Lstm].map(|mode| of_other(mode, i, h));
    let gru = of_gru(&config(i, h));
    let (other, known, key, ratio) = match draws.below(4) {
        0 => ("RNN", rnn, gru, "GRU"),
        1 => ("LSTM", lstm, gru, "GRU"),
        2 => ("GRU", gru, lstm, "LSTM"),
        _ => ("GRU", gru, rnn, "RNN"),
    };
    let gates = |name: &str| match name {
        "RNN" => "one set of weights",
        "GRU" => "three sets of weights, for r, z and n",
        _ => "four sets of weights, for i, f, g and o",
    };
    QuestionDraft::new(format!("`nn.{other}({i}, {h})` has {known} parameters. How many does `nn.{ratio}({i}, {h})` have?"), key.to_string())
        .wrong(known.to_string(), "The sizes are the same indeed, but the modules have different numbers of weight sets.")
        .wrong(rnn.to_string(), "This is a simple RNN of these sizes, which has one set of weights.")
        .wrong(gru.to_string(), "This is a GRU of these sizes, which has three sets of weights.")
        .wrong(lstm.to_string(), "This is an LSTM of these sizes, which has four sets of weights.")
        .wrong((2 * rnn).to_string(), "There are two gates in a GRU indeed, but its candidate n has weights too; two sets are none of PyTorch's modules.")
        .why(format!("At the same sizes a module of type {other} has {}, a module of type {ratio} {}.", gates(other), gates(ratio)))
        .proof_alone(&format!("print(sum(p.numel() for p in nn.{ratio}({i}, {h}).parameters()))"))
}

fn tensors(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let layers = draws.between(1, 4);
    let (bias, both) = (draws.coin(), draws.coin());
    let mut call = sizes.gru();
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    if !bias {
        call.config.bias = Some(false.into());
    }
    if both {
        call.config.bidirectional = yes();
    }
    let module = GruConfig {
        num_layers: layers.unsigned_abs(),
        bias,
        bidirectional: both,
        ..config(sizes.i, sizes.h)
    };
    let key = module.parameter_tensors() as i64;
    QuestionDraft::new("How many tensors are there in `list(gru.parameters())`?", key.to_string())
        .about(&call)
        .wrong((key * 3).to_string(), "Each layer and direction counts indeed, but you counted a tensor for each gate: r, z and n share one.")
        .wrong(if bias { key / 2 } else { key * 2 }.to_string(), "Layers and directions are right, but you read `bias` the other way round.")
        .wrong(if both { key / 2 } else { key * 2 }.to_string(), "The layers are right, but you read `bidirectional` the other way round.")
        .wrong((key / layers).to_string(), "This is what one layer has, but there are more of them.")
        .wrong((key + 1).to_string(), "The weights are counted, but you took `h_0` for one of them: it is an argument.")
        .why(format!("Each layer and direction has `weight_ih` and `weight_hh`{}.", if bias { ", `bias_ih` and `bias_hh`" } else { " and no biases" }))
        .proof("print(len(list(gru.parameters())))")
}

fn dropout(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let layers = draws.between(2, 5);
    let p = draws.of(&[0.1, 0.2, 0.3, 0.5]);
    let mut call = sizes.gru();
    call.config.num_layers = int(layers);
    call.config.dropout = Some(p.into());
    let count =
        |number: i64| if number == 0 { "None of them".to_owned() } else { format!("{number} of them") };
    QuestionDraft::new(format!("While it trains, on how many of the {layers} layers' outputs does `dropout` act?"), count(layers - 1))
        .about(&call)
        .wrong(count(layers), "It acts on what layers give indeed, but you took in the last one, which gives `out`.")
        .wrong(count(1), "The last layer counts apart indeed, but the other way round: there it does not act.")
        .wrong(count(0), "That is so in evaluation mode, but while it trains it acts between layers.")
        .why("`dropout` acts between layers: on what each layer gives to the next, and not on `out`.")
        // Where all that a layer reads is zeroed, its weights have no gradient.
        .proof_alone(&format!("gru = nn.GRU({i}, {h}, {layers}, dropout=1.0)\nout, h_n = gru(torch.randn(5, 2, {i}))\nout.sum().backward()\nnone = [k for k in range({layers}) if getattr(gru, f'weight_ih_l{{k}}').grad.abs().sum() == 0 and k > 0]\nprint(f'{{len(none)}} of them')", i = sizes.i, h = sizes.h))
}
