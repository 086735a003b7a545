//! What the gates do, with numbers.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::{ModelChoice, PredictOutput};
use crate::written::{DrawnSizes, int};

pub const ALL: [QuestionGenerator; 6] = [
    QuestionGenerator { name: "gates/mix", kind: PredictOutput, level: 1, tags: &["gates"], draw: mix },
    QuestionGenerator {
        name: "gates/near",
        kind: ModelChoice,
        level: 1,
        tags: &["gates", "memory"],
        draw: near,
    },
    QuestionGenerator { name: "gates/inside", kind: PredictOutput, level: 3, tags: &["gates"], draw: inside },
    QuestionGenerator { name: "gates/step", kind: PredictOutput, level: 4, tags: &["gates"], draw: step },
    QuestionGenerator {
        name: "gates/ways",
        kind: ModelChoice,
        level: 3,
        tags: &["gates", "memory"],
        draw: ways,
    },
    QuestionGenerator {
        name: "gates/rows",
        kind: PredictOutput,
        level: 2,
        tags: &["gates", "parameters"],
        draw: rows,
    },
];

/// A cell of one unit whose gates are what its biases say: r, z, and the candidate's two parts.
const CELL: &str = "cell = nn.GRUCell(1, 1)

def atanh(x):
    return 0.5 * math.log((1 + x) / (1 - x))

def step(h, r, z, a, b=0.0):
    def logit(p):
        return math.log(p / (1 - p))
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        cell.bias_ih.copy_(torch.tensor([logit(r), logit(z), a]))
        cell.bias_hh.copy_(torch.tensor([0.0, 0.0, b]))
        return cell(torch.zeros(1, 1), torch.tensor([[h]])).item()
";

/// What a state is after a step: `(1 - z) * n + z * h`.
fn mixed(z: f64, n: f64, h: f64) -> f64 {
    (1.0 - z) * n + z * h
}

/// Two decimals, which say products of tenths exactly.
fn two(value: f64) -> String {
    // A zero has no sign.
    format!("{:.2}", if value.abs() < 0.005 { 0.0 } else { value })
}

/// Tenths from -0.9 to 0.9, but for 0.
fn signed(draws: &mut Draws) -> f64 {
    draws.tenths(1, 9) * draws.of(&[1.0, -1.0])
}

fn mix(draws: &mut Draws) -> QuestionDraft {
    let (z, n, h) = loop {
        let (z, n, h) = (draws.tenths(1, 9), signed(draws), signed(draws));
        if mixed(z, n, h).abs() > 0.05 {
            break (z, n, h);
        }
    };
    QuestionDraft::new(format!("At a step a unit has z = {z}, its candidate is n = {n}, and its state before is h = {h}. What is its new state?"), two(mixed(z, n, h)))
        .wrong(two(mixed(1.0 - z, n, h)), "Both parts are there, but you swapped their shares: in PyTorch z is the share of the old state.")
        .wrong(two(z * h), "The old state has its share, but you left out the candidate.")
        .wrong(two((1.0 - z) * n), "The candidate has its share, but you left out the old state.")
        .wrong(two(n + z * h), "The old state has its share, but the candidate has one too: 1 - z.")
        .wrong(two(f64::midpoint(n, h)), "Both parts are there, but you gave them equal shares, whatever z says.")
        .why(format!("h' = (1 - z) * n + z * h = {} * {n} + {z} * {h}.", two(1.0 - z)))
        .proof_alone(&format!("{CELL}\nprint(f'{{step({h:?}, 0.5, {z}, atanh({n})):.2f}}')"))
}

fn near(draws: &mut Draws) -> QuestionDraft {
    let keeps = draws.coin();
    let z = if keeps { draws.of(&[0.95, 0.97, 0.98]) } else { draws.of(&[0.02, 0.03, 0.05]) };
    let h = draws.tenths(5, 9) * draws.of(&[1.0, -1.0]);
    let n = -h.signum() * draws.tenths(3, 9);
    let state = format!("To h = {h}, its state before");
    let candidate = format!("To n = {n}, its candidate");
    let middle = f64::midpoint(n, h);
    let between = format!("To {}, the middle of both", two(middle));
    let nothing = "To 0, for a small gate closes it".to_owned();
    let (key, other) = if keeps { (&state, &candidate) } else { (&candidate, &state) };
    let table = format!("{{{state:?}: {h:?}, {candidate:?}: {n:?}, {between:?}: {middle:?}}}");
    QuestionDraft::new(format!("A unit has z = {z} at a step; its candidate is n = {n}, its state before is h = {h}. To what is its new state nearest?"), key)
        .wrong(other, "It is one of the two that are mixed, but you read z the other way round: z is the share of the old state.")
        .wrong(&between, "Both are mixed indeed, but in equal shares only where z is 0.5.")
        .wrong(&nothing, "A gate can close a way indeed, but what one share loses the other gains: z and 1 - z.")
        .why("Where z is near 1 the old state passes nearly unchanged; where z is near 0 the candidate takes its place.")
        .proof_alone(&format!("{CELL}\nnew = step({h:?}, 0.5, {z}, atanh({n}))\nnear = {table}\nprint(min(near, key=lambda text: abs(near[text] - new)))"))
}

fn inside(draws: &mut Draws) -> QuestionDraft {
    let (r, a, b) = loop {
        let (r, a, b) = (draws.tenths(1, 9), signed(draws), signed(draws));
        if (a + r * b).abs() > 0.05 {
            break (r, a, b);
        }
    };
    QuestionDraft::new(format!("In `nn.GRU` a unit has r = {r}; for its candidate the input gives {a} and the state gives {b}, biases included. Of what number is n the tanh?"), two(a + r * b))
        .wrong(two(r * (a + b)), "The reset gate acts here indeed, but you let it act on the input too.")
        .wrong(two(a + b), "Both parts are added indeed, but you left out the reset gate.")
        .wrong(two(r * a + b), "One part is reset indeed, but you took the other one: r acts on what comes from the state.")
        .wrong(two(a + (1.0 - r) * b), "The right part is reset, but you took 1 - r for r.")
        .why(format!("n = tanh(input part + r * state part): {a} + {r} * {b}. PyTorch resets after the product and its bias."))
        // z is all but 0, so that the new state is n.
        .proof_alone(&format!("{CELL}\nprint(f'{{atanh(step(0.0, {r}, 1e-9, {a:?}, {b:?})):.2f}}')"))
}

fn step(draws: &mut Draws) -> QuestionDraft {
    let (z, n, h) = loop {
        let (z, n, h) = (draws.tenths(1, 9), signed(draws), signed(draws));
        let [one, two] = [mixed(z, n, h), mixed(z, n, mixed(z, n, h))];
        // Three decimals are exact, and none of the numbers is a zero with a sign.
        if one.abs() > 0.05 && two.abs() > 0.05 {
            break (z, n, h);
        }
    };
    let three = |value: f64| format!("{:.3}", if value.abs() < 0.0005 { 0.0 } else { value });
    let once = mixed(z, n, h);
    QuestionDraft::new(format!("A unit has z = {z} and n = {n} at two steps in a row, and h = {h} before them. What is its state after both?"), three(mixed(z, n, once)))
        .wrong(three(once), "This is right after one step, but there are two.")
        .wrong(three(mixed(z, n, 0.0)), "The step is right, but you began the second one from 0: it begins from the state that the first one left.")
        .wrong(three(2.0 * once), "There are two steps indeed, but you counted the first one twice: the second mixes anew.")
        .wrong(three(mixed(1.0 - z, n, mixed(1.0 - z, n, h))), "Both steps are there, but you swapped the shares: z is that of the old state.")
        .why(format!("After the first step it is {}; the second mixes n with that: (1 - z) * n + z * h'.", three(once)))
        .proof_alone(&format!("{CELL}\nonce = step({h:?}, 0.5, {z}, atanh({n}))\nprint(f'{{step(once, 0.5, {z}, atanh({n})):.3f}}')"))
}

fn ways(draws: &mut Draws) -> QuestionDraft {
    const BY_Z: &str = "By the share z alone";
    const BY_R: &str = "Through the candidate alone";
    const BOTH: &str = "Both ways";
    const NONE: &str = "In no way: it forgets it";
    let (r, z) = (draws.of(&[0, 1]), draws.of(&[0.0, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0]));
    let (by_r, by_z) = (f64::from(r) * (1.0 - z) > 0.0, z > 0.0);
    let key = match (by_r, by_z) {
        (true, true) => BOTH,
        (true, false) => BY_R,
        (false, true) => BY_Z,
        (false, false) => NONE,
    };
    let mut draft = QuestionDraft::new(
        format!(
            "A unit has r = {r} and z = {z} at a step. How does its new state depend on its own old state?"
        ),
        key,
    );
    let replies = [
        (
            BY_Z,
            if by_z {
                "The share z of the old state passes indeed, but the candidate reads the old state too, for r is 1 and 1 - z is not 0."
            } else {
                "That is one of the two ways, but z is 0: the old state has no share."
            },
        ),
        (
            BY_R,
            if by_r {
                "The candidate reads it indeed, but the share z passes too."
            } else {
                "That is one of the two ways, but here the candidate reads nothing of it or has no share."
            },
        ),
        (
            BOTH,
            "There are two ways in a GRU indeed, but one or both are closed here: look at r, z and 1 - z.",
        ),
        (NONE, "A gate can close a way indeed, but not all ways are closed here."),
    ];
    for (text, reply) in replies {
        draft = draft.wrong(text, reply);
    }
    draft
        .why("The old state passes with share z, and through the candidate with r, where that has a share: 1 - z.")
        .proof_alone(&format!("direct = torch.tensor(0.4, requires_grad=True)\nread = torch.tensor(0.4, requires_grad=True)\nn = torch.tanh(0.3 + {r} * 0.7 * read)\n((1 - {z:?}) * n + {z:?} * direct).backward()\nways = (direct.grad.item() != 0, read.grad.item() != 0)\nprint({{(True, True): {BOTH:?}, (True, False): {BY_Z:?}, (False, True): {BY_R:?}, (False, False): {NONE:?}}}[ways])"))
}

fn rows(draws: &mut Draws) -> QuestionDraft {
    let sizes = DrawnSizes::draw(draws);
    let h = sizes.h;
    let mut call = sizes.gru();
    let layers = draws.between(1, 2);
    call.config.num_layers = (layers > 1).then(|| int(layers)).flatten();
    let gate = draws.below(3);
    let rows = |place: i64| format!("`[{}:{}]`", place * h, (place + 1) * h);
    let names = ["the reset gate r", "the update gate z", "the candidate n"];
    let mut draft = QuestionDraft::new(
        format!("Which rows of `gru.weight_hh_l0` are those of {}?", names[gate]),
        rows(gate as i64),
    )
    .about(&call);
    for (place, name) in names.into_iter().enumerate() {
        draft = draft.wrong(rows(place as i64), format!("These are {h} rows of one gate indeed, but they are those of {name}: PyTorch's order is r, z, n."));
    }
    draft
        .wrong(rows(3), "A gate has as many rows indeed, but there are three of them in a GRU: a fourth is an LSTM's.")
        .why("PyTorch puts r, z and n on top of one another in this order, in every weight and bias.")
        // Open one gate at a time: r alone changes nothing here, z keeps the state, n adds to it.
        .proof_alone(&format!("gru = nn.GRU(1, {h})\nfor place in range(3):\n    with torch.no_grad():\n        for p in gru.parameters():\n            p.zero_()\n        gru.bias_ih_l0[place * {h}:(place + 1) * {h}] = 100.0\n        new = gru(torch.zeros(1, 1, 1), torch.full((1, 1, {h}), 0.4))[1][0, 0, 0].item()\n    gate = min((abs(new - 0.2), 0), (abs(new - 0.4), 1), (abs(new - 0.7), 2))[1]\n    if gate == {gate}:\n        print(f'`[{{place * {h}}}:{{(place + 1) * {h}}}]`')"))
}
