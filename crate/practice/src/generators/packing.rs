//! Sequences of different lengths.

use super::QuestionGenerator;
use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind::PredictOutput;
use crate::written::{DrawnSizes, list, tuple};

pub const ALL: [QuestionGenerator; 4] = [
    QuestionGenerator {
        name: "packing/data",
        kind: PredictOutput,
        level: 3,
        tags: &["packing", "shapes"],
        draw: data,
    },
    QuestionGenerator {
        name: "packing/batch-sizes",
        kind: PredictOutput,
        level: 4,
        tags: &["packing"],
        draw: batch_sizes,
    },
    QuestionGenerator {
        name: "packing/padded",
        kind: PredictOutput,
        level: 3,
        tags: &["packing", "shapes"],
        draw: padded,
    },
    QuestionGenerator {
        name: "packing/h-n",
        kind: PredictOutput,
        level: 4,
        tags: &["packing", "last-states"],
        draw: h_n,
    },
];

const IMPORT: &str = "from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence";

/// Lengths that fall, the longest of them below the length of the tensor.
struct PackedLengths {
    sizes: DrawnSizes,
    lengths: Vec<i64>,
}

impl PackedLengths {
    fn draw(draws: &mut Draws) -> Self {
        let sizes = DrawnSizes {
            n: draws.between(3, 4),
            l: draws.between(8, 11),
            i: draws.between(5, 7),
            h: draws.of(&[12, 16, 20]),
        };
        let mut lengths: Vec<i64> = (0..sizes.n).map(|_| draws.between(1, sizes.l - 1)).collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        PackedLengths { sizes, lengths }
    }

    fn total(&self) -> i64 {
        self.lengths.iter().sum()
    }

    /// How many sequences are still there at each step.
    fn batch_sizes(&self) -> Vec<i64> {
        (0..self.lengths[0])
            .map(|step| self.lengths.iter().filter(|length| **length > step).count() as i64)
            .collect()
    }

    fn code(&self) -> String {
        let DrawnSizes { l, n, i, .. } = self.sizes;
        format!(
            "{IMPORT}\nx = torch.randn({})\npacked = pack_padded_sequence(x, [{}])",
            list(&[l, n, i]),
            list(&self.lengths)
        )
    }

    fn run(&self) -> String {
        let DrawnSizes { i, h, .. } = self.sizes;
        format!("{}\ngru = nn.GRU({})\nout, h_n = gru(packed)", self.code(), list(&[i, h]))
    }
}

fn data(draws: &mut Draws) -> QuestionDraft {
    let packed = PackedLengths::draw(draws);
    let DrawnSizes { l, n, i, .. } = packed.sizes;
    let total = packed.total();
    QuestionDraft::new("What is the shape of `packed.data`?", tuple(&[total, i]))
        .code(&packed.code())
        .wrong(tuple(&[l, n, i]), "These are the sizes of `x`, but you kept the padding: `packed.data` has the steps that are there alone.")
        .wrong(tuple(&[l * n, i]), "All steps stand in one row indeed, but you counted the padding too.")
        .wrong(tuple(&[packed.lengths[0], n, i]), "The longest sequence counts for `batch_sizes`, but the data has no axis of the batch.")
        .wrong(tuple(&[n, i]), "The features are right, but you took one step of each sequence.")
        .why(format!("The steps that are there stand one after the other: {} = {total} of them.", packed.lengths.iter().map(i64::to_string).collect::<Vec<_>>().join(" + ")))
        .proof("print(tuple(packed.data.shape))")
}

fn batch_sizes(draws: &mut Draws) -> QuestionDraft {
    let packed = PackedLengths::draw(draws);
    let steps = packed.batch_sizes();
    let full = vec![packed.sizes.n; packed.lengths[0] as usize];
    let rising: Vec<i64> = steps.iter().rev().copied().collect();
    let brackets = |sizes: &[i64]| format!("[{}]", list(sizes));
    QuestionDraft::new("What is `packed.batch_sizes.tolist()`?", brackets(&steps))
        .code(&packed.code())
        .wrong(
            brackets(&packed.lengths),
            "These are the lengths, one for each sequence; `batch_sizes` has a number for each step.",
        )
        .wrong(
            brackets(&full),
            "There is a number for each step indeed, but you counted sequences that have ended.",
        )
        .wrong(
            brackets(&rising),
            "The numbers are right, but in the other order: at the first step all sequences are there.",
        )
        .why("At each step it says how many sequences still go on.")
        .proof("print(packed.batch_sizes.tolist())")
}

fn padded(draws: &mut Draws) -> QuestionDraft {
    let packed = PackedLengths::draw(draws);
    let DrawnSizes { l, n, i, h } = packed.sizes;
    let longest = packed.lengths[0];
    QuestionDraft::new("What is the shape of `padded`?", tuple(&[longest, n, h]))
        .code(&format!("{}\npadded, lengths = pad_packed_sequence(out)", packed.run()))
        .wrong(tuple(&[l, n, h]), "Batch and features are right, but you kept the length of `x`: it is padded to the longest sequence.")
        .wrong(tuple(&[packed.total(), h]), "This is the shape of `out.data`, but it is padded again here.")
        .wrong(tuple(&[n, longest, h]), "The sizes are right, but you put the batch in front: that is so with `batch_first=True`.")
        .wrong(tuple(&[longest, n, i]), "Steps and batch are right, but you kept the input's features.")
        .why(format!("It is padded to the longest sequence, which has {longest} steps, whatever `x` had."))
        .proof("print(tuple(padded.shape))")
}

fn h_n(draws: &mut Draws) -> QuestionDraft {
    let packed = PackedLengths::draw(draws);
    let which = draws.below(packed.lengths.len());
    let length = packed.lengths[which];
    let last = packed.lengths[0];
    QuestionDraft::new(format!("Which step of `padded` has the same numbers as `h_n[0, {which}]`?"), format!("`padded[{}, {which}]`", length - 1))
        .code(&format!("{}\npadded, lengths = pad_packed_sequence(out)", packed.run()))
        .wrong(format!("`padded[{}, {which}]`", last - 1), "It is the last step of `padded`, but this sequence has ended before: there is padding.")
        .wrong(format!("`padded[{length}, {which}]`"), "The length is right, but steps are counted from 0.")
        .wrong(format!("`padded[0, {which}]`"), "The sequence is right, but it has read one step alone there.")
        .wrong(format!("`padded[{which}, {}]`", length - 1), "Both numbers are right, but you took the batch for the steps: the steps come first.")
        .why(format!("Packed, the state of a sequence stays as it was after its own last step: step {} of 0 to {}, for it has {length}.", length - 1, length - 1))
        .proof(&format!("steps = [step for step in range({last}) if torch.equal(padded[step, {which}], h_n[0, {which}])]\nfor step in steps:\n    print(f'`padded[{{step}}, {which}]`')"))
}
