//! What mends a call: options that are changes, of which one runs.

use call::{Argument, Call, Dtype};

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::Debug;
use crate::written::{DrawnSizes, code_of, indented, int, list, results, runs, tensor, tuple, typed, yes};

pub const ALL: [QuestionGenerator; 5] = [
    QuestionGenerator {
        name: "mending/features",
        kind: Debug,
        level: 2,
        tags: &["debug", "shapes"],
        draw: features,
    },
    QuestionGenerator {
        name: "mending/h-0",
        kind: Debug,
        level: 3,
        tags: &["debug", "shapes", "layers"],
        draw: h_0,
    },
    QuestionGenerator { name: "mending/dtype", kind: Debug, level: 3, tags: &["debug"], draw: dtype },
    QuestionGenerator { name: "mending/option", kind: Debug, level: 1, tags: &["debug"], draw: option },
    QuestionGenerator {
        name: "mending/tuple",
        kind: Debug,
        level: 2,
        tags: &["debug"],
        draw: results_of_a_call,
    },
];

/// A change, its call, and the reply where it does not mend.
type TriedChange = (String, Call, &'static str);

/// A question whose options are changes: the core says which of them runs; none is fair but where one alone does.
fn changes(broken: &Call, all: Vec<TriedChange>) -> QuestionDraft {
    let mends = |change: &&TriedChange| runs(&change.1);
    let key = all.iter().find(mends).map(|change| change.0.clone()).unwrap_or_default();
    let one = all.iter().filter(mends).count() == 1;
    let tries: Vec<String> = all
        .iter()
        .map(|(text, call, _)| {
            format!("try:\n{}    print({text:?})\nexcept Exception:\n    pass\n", indented(&code_of(call)))
        })
        .collect();
    let mut draft =
        QuestionDraft::new("This call raises an exception. Which change alone makes it run?", key)
            .about(broken);
    for (text, _, reply) in all.into_iter().filter(|_| one) {
        draft = draft.wrong(text, reply);
    }
    draft.proof_alone(&tries.concat())
}

fn features(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let given = i + draws.between(1, 3);
    let mut broken = sizes.gru();
    broken.input = tensor(&[l, n, given]);
    let mut all: Vec<TriedChange> = Vec::new();
    let mut change = |text: String, reply, edit: &dyn Fn(&mut Call)| {
        let mut call = broken.clone();
        edit(&mut call);
        all.push((text, call, reply));
    };
    if draws.coin() {
        change(format!("`input_size={given}`"), "", &|call| call.config.input_size = int(given));
    } else {
        change(format!("`x = torch.randn({})`", list(&[l, n, i])), "", &|call| {
            call.input = tensor(&[l, n, i]);
        });
    }
    change(
        format!("`hidden_size={given}`"),
        "The module has to fit the input indeed, but `hidden_size` is about the state.",
        &|call| {
            call.config.hidden_size = int(given);
        },
    );
    change(
        "`batch_first=True`".to_owned(),
        "It changes how axes are read, but the features are last all the same.",
        &|call| call.config.batch_first = yes(),
    );
    change(
        format!("`x = torch.randn({})`", list(&[l, 1, given])),
        "One sequence is a batch too, but its features are still too many.",
        &|call| {
            call.input = tensor(&[l, 1, given]);
        },
    );
    change(
        format!("`h_0 = torch.zeros({})`", list(&[1, n, h])),
        "An `h_0` of this shape fits, but it is zero anyway, and it is not what stops the call.",
        &|call| {
            call.h_0 = Some(tensor(&[1, n, h]));
        },
    );
    changes(&broken, all)
        .why(format!("The input's last axis, {given}, and `input_size`, {i}, must be the same number."))
}

fn h_0(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, h } = sizes;
    let mut call = sizes.gru();
    let layers = draws.between(1, 3);
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    let both = draws.coin();
    if both {
        call.config.bidirectional = yes();
    }
    if draws.coin() {
        call.config.batch_first = yes();
        call.input = tensor(&[n, l, i]);
    }
    let right = results(&call)[1].clone();
    let d = right[0];
    let shapes = [
        right.clone(),
        vec![layers, n, h],
        vec![1, n, h],
        vec![n, d, h],
        vec![d, l, h],
        vec![d, n, 2 * h],
        vec![2 * d, n, h],
    ];
    let tried: Vec<String> = shapes.iter().map(|shape| tuple(shape)).collect();
    let code = code_of(&call)[..2].join("\n");
    QuestionDraft::new("`h_0` is to be given as the second argument. Which shape does it need?", tuple(&right))
        .tried(&call)
        .code(&format!("{code}\nout, h_n = gru(x, h_0)"))
        .wrong(tuple(&shapes[1]), "Each layer has a state indeed, but with `bidirectional=True` it has two.")
        .wrong(tuple(&shapes[2]), "Batch and features are right, but there is a state for each layer and direction.")
        .wrong(tuple(&shapes[3]), "The sizes are right, but the batch comes second in `h_0`, whatever `batch_first` is.")
        .wrong(tuple(&shapes[4]), "Layers and features are right, but you took the steps for the batch.")
        .wrong(tuple(&shapes[5]), "The features of both directions stand side by side in `out`, but not in `h_0`.")
        .wrong(tuple(&shapes[6]), "Directions double the first axis indeed, but they are counted already, or there is one alone.")
        .why("It has the shape of `h_n`: a state for each layer and direction, then the batch, then `hidden_size`.")
        .proof_alone(&format!("{code}\nfor shape in dict.fromkeys([{}]):\n    try:\n        gru(x, torch.zeros(shape))\n        print(shape)\n    except Exception:\n        pass", tried.join(", ")))
}

fn dtype(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, i, .. } = sizes;
    let mut broken = sizes.gru();
    let given = draws.of(&[Dtype::Int64, Dtype::Float64]);
    broken.input = typed(&[l, n, i], given);
    let input = |dtype: Dtype| {
        let mut call = broken.clone();
        call.input = typed(&[l, n, i], dtype);
        call
    };
    let module = |dtype: Dtype| {
        let mut call = broken.clone();
        call.config.dtype = dtype;
        call
    };
    let mut other = broken.clone();
    other.input = match typed(&[1, l, i], given) {
        Argument::Tensor(it) => Argument::Tensor(it),
        other => other,
    };
    let mut all: Vec<TriedChange> = vec![if given == Dtype::Float64 && draws.coin() {
        ("`gru = gru.double()`".to_owned(), module(Dtype::Float64), "")
    } else {
        ("`x = x.float()`".to_owned(), input(Dtype::Float32), "")
    }];
    if given == Dtype::Int64 {
        all.push((
            "`x = x.double()`".to_owned(),
            input(Dtype::Float64),
            "It makes numbers with a point of them, but float64, and the weights are float32.",
        ));
        all.push((
            "`gru = gru.double()`".to_owned(),
            module(Dtype::Float64),
            "It changes the weights' type, but the input has whole numbers still.",
        ));
    } else {
        all.push((
            "`x = x.long()`".to_owned(),
            input(Dtype::Int64),
            "It changes the input's type, but to whole numbers, and the weights are float32.",
        ));
        all.push((
            "`gru = gru.float()`".to_owned(),
            module(Dtype::Float32),
            "The weights' type counts indeed, but they are float32 already.",
        ));
    }
    all.push((
        format!("`x` of the shape {}", tuple(&[1, l, i])),
        other,
        "Shapes can stop a call indeed, but here they fit: it is the type of the numbers.",
    ));
    changes(&broken, all).why("Input and weights must have one type: a new module's is float32.")
}

fn option(draws: &mut Draws) -> QuestionDraft {
    let DrawnSizes { l, n, i, h } = DrawnSizes::draw(draws);
    let unknown = draws.of(&[
        ("seq_len", l),
        ("batch_size", n),
        ("units", h),
        ("num_directions", 2),
        ("input_dim", i),
        ("output_size", h),
    ]);
    let (name, value) = unknown;
    let known = [("input_size", i), ("hidden_size", h), ("num_layers", 2)];
    let written = |(name, value): &(&str, i64)| format!("{name}={value}");
    let mut options: Vec<(&str, i64)> = known.to_vec();
    options.insert(draws.between(0, 3) as usize, unknown);
    let line: Vec<String> = options.iter().map(written).collect();
    let replies = [
        "`nn.GRU` needs it: it says how many features a step has.",
        "`nn.GRU` needs it: it says how many features the state has.",
        "It may be left out, but `nn.GRU` knows it: layers on top of one another.",
    ];
    let mut draft = QuestionDraft::new(
        "This line raises a `TypeError`. Which argument is to blame?",
        format!("`{name}={value}`"),
    )
    .code(&format!("gru = nn.GRU({})", line.join(", ")));
    for (known, reply) in known.iter().zip(replies) {
        draft = draft.wrong(format!("`{}`", written(known)), reply);
    }
    let pairs: Vec<String> = options.iter().map(|(name, value)| format!("{name:?}: {value}")).collect();
    draft
        .why(format!("`nn.GRU` has no option `{name}`: lengths and batches are read from the input, and the rest has other names."))
        .proof_alone(&format!("options = {{{}}}\nfor name, value in options.items():\n    rest = {{key: options[key] for key in options if key != name}}\n    try:\n        nn.GRU(**rest)\n        print(f'`{{name}}={{value}}`')\n    except TypeError:\n        pass", pairs.join(", ")))
}

fn results_of_a_call(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let DrawnSizes { l, n, h, .. } = sizes;
    let classes = draws.between(2, 6);
    let call = sizes.gru();
    let steps = draws.coin();
    let (key, other, wanted) = if steps {
        ("`head(gru(x)[0])`", "`head(gru(x)[1])`", tuple(&[l, n, classes]))
    } else {
        ("`head(gru(x)[1][-1])`", "`head(gru(x)[0])`", tuple(&[n, classes]))
    };
    let all = [key, other, "`head(*gru(x))`", "`head(gru(x).out)`"];
    let tries: Vec<String> = all
        .iter()
        .map(|text| format!("try:\n    if tuple({}.shape) == {wanted}:\n        print({text:?})\nexcept Exception:\n    pass\n", text.trim_matches('`')))
        .collect();
    let tries = tries.concat();
    let creations = code_of(&call)[..2].join("\n");
    let code = format!("{creations}\nhead = nn.Linear({})\ny = head(gru(x))", list(&[h, classes]));
    QuestionDraft::new(
        format!("The last line raises a `TypeError`. Which gives `y` the shape {wanted}?"),
        key,
    )
    .code(&code)
    .wrong(
        other,
        "It takes one of the two results indeed, but the other one has the axes that are asked for.",
    )
    .wrong(
        "`head(*gru(x))`",
        "It takes the pair apart indeed, but then `head` is given both, and it reads one.",
    )
    .wrong("`head(gru(x).out)`", "It wants `out` indeed, but the results are a plain pair without names.")
    .why("`nn.GRU` gives a pair: `out` is its first part, `h_n` its second. `nn.Linear` reads a tensor.")
    .proof_alone(&format!("{creations}\nhead = nn.Linear({})\n{tries}", list(&[h, classes])))
}
