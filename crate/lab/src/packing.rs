//! Packing a padded batch: what goes where, every sample's true last state, and what is read in its stead.

use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Serialize};

use super::parts::{check_bytes, check_size, largest_difference, randn};
use super::{LabError, printed};
use call::Value;
use nn::cost::Cost;
use nn::gru::{Gru, GruConfig};
use nn::packed::{PackedError, PackedSequence, pack_padded_sequence, pad_packed_sequence};
use rng::TorchGenerator;

/// The largest `seq_len` of the padded input, and the largest length.
pub const MOST_STEPS: u64 = 64;
/// The most lengths.
pub const MOST_SAMPLES: u64 = 64;
/// The largest `input_size` and `hidden_size`.
pub const MOST_FEATURES: u64 = 32;
/// From so many samples on equal lengths may change places.
pub const REORDERS_FROM: usize = 17;

/// What a learner sets.
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are options of PyTorch's, and where it reads an input"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PackingSetup {
    /// A length for each sample; their number is N.
    pub lengths: Vec<i32>,
    /// L, the steps of the padded input.
    pub seq_len: u32,
    /// I.
    pub input_size: u32,
    /// H.
    pub hidden_size: u32,
    /// Whether the GRU has a reverse direction.
    pub bidirectional: bool,
    /// Whether the input is (N, L, I), else (L, N, I).
    pub input_batch_first: bool,
    /// `batch_first` of packing, of the GRU and of padding.
    pub batch_first: bool,
    /// `enforce_sorted` of packing.
    pub enforce_sorted: bool,
    /// Given to `torch.manual_seed`.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seed: i64,
    /// What the lengths are when they are packed.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub lengths_are: LengthsKind,
}

/// What tensor the lengths are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LengthsKind {
    /// Of whole numbers, in the machine's memory.
    #[default]
    Int64,
    /// Of floats.
    Float32,
    /// Of whole numbers, on a GPU.
    Cuda,
}

/// What packing makes, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Packing {
    /// What is wrong, in the order in which it comes up; empty if nothing is.
    pub diagnostics: Vec<PackingDiagnostic>,
    /// The packed sequence, unless packing raised.
    pub packed: Option<PackedView>,
    /// What the GRU's last states are and are taken for, unless something raised or the axes are mixed up.
    pub readings: Vec<LastState>,
    /// `padded.shape` and `padded_lengths` of what is padded again, if it came to that.
    pub padded: Option<PaddedView>,
}

/// A packed sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PackedView {
    /// Which sample and step each row of `data` is.
    pub rows: Vec<PackedRow>,
    /// How many samples have each step.
    pub batch_sizes: Vec<u32>,
    /// `print(packed.data.shape)`.
    pub printed_shape: String,
    /// `print(packed.batch_sizes)`.
    pub printed_batch_sizes: String,
    /// `print(packed.sorted_indices)`.
    pub printed_sorted: String,
    /// `print(packed.unsorted_indices)`.
    pub printed_unsorted: String,
    /// Whether equal lengths have changed places in the sort.
    pub reordered: bool,
}

/// A step of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PackedRow {
    /// The sample, as the input has it.
    pub sample: u32,
    /// The step.
    pub step: u32,
}

/// The output, padded again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PaddedView {
    /// `print(padded.shape)`.
    pub printed_shape: String,
    /// `print(padded_lengths)`.
    pub printed_lengths: String,
}

/// The last state of one sample in one direction: the true one, and what else is read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LastState {
    /// The sample.
    pub sample: u32,
    /// Whether of the reverse direction.
    pub reverse: bool,
    /// `h_n`: H numbers.
    pub true_last: Vec<f32>,
    /// `padded[-1]`, its half: zeros where a sample is shorter, and of the reverse direction its first step.
    pub padded_last: Vec<f32>,
    /// `gru(x)[0][-1]` without packing, its half: the padding was read too.
    pub unpacked_last: Vec<f32>,
    /// The largest difference of `padded_last` to the truth.
    pub padded_off: f64,
    /// The largest difference of `unpacked_last` to the truth.
    pub unpacked_off: f64,
}

/// How last states are read out of `padded`: what is often written, and what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LastIndexing {
    /// The last step of the longest sample, which the others do not have: `[-1]`, or `[:, -1]` if `batch_first`.
    pub last: String,
    /// The forward state after each sample's own last step: (N, H), equal to `h_n[-1]`, or `h_n[-2]` if bidirectional.
    pub forward: String,
    /// The reverse state after step 0: (N, H), equal to `h_n[-1]`; nothing in a GRU of one direction.
    pub reverse: Option<String>,
}

/// A mistake in packing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PackingDiagnostic {
    /// What it is.
    pub code: PackingCode,
    /// Whether `PyTorch` raises; else it goes on with what was not meant.
    pub raises: bool,
    /// The class of the exception.
    pub exception: Option<String>,
    /// What `PyTorch` says, or, where it is silent, what it does.
    pub message: String,
    /// The line of the code that it comes from.
    pub line: PackingLine,
    /// Why, in a sentence or two.
    pub why: String,
    /// Statements that mend it, each with the setup that it makes.
    pub help: Vec<PackingFix>,
}

/// The kinds of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PackingCode {
    /// Lengths grow while `enforce_sorted`.
    NotSorted,
    /// A length of 0 or below.
    NotPositive,
    /// A length beyond the padded steps.
    TooLong,
    /// The input's axes are read the other way round.
    MixedAxes,
    /// Lengths that are floats.
    FloatLengths,
    /// Lengths on a GPU.
    LengthsDevice,
    /// Anything else that packing says.
    Other,
}

/// A line of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PackingLine {
    /// `packed = pack_padded_sequence(...)`.
    Pack,
    /// `out, h_n = gru(packed)`.
    Call,
}

/// A statement that mends a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PackingFix {
    /// The statement, with what it writes.
    pub text: String,
    /// What is set once it is applied.
    pub setup: PackingSetup,
}

impl PackingSetup {
    fn config(&self) -> GruConfig {
        GruConfig {
            bidirectional: self.bidirectional,
            batch_first: self.batch_first,
            ..GruConfig::new(self.input_size.into(), self.hidden_size.into())
        }
    }

    /// How last states are read out of `padded`.
    pub fn last_indexing(&self) -> LastIndexing {
        let hidden = self.hidden_size;
        let samples = format!("torch.arange({})", self.lengths.len());
        let half = if self.bidirectional { format!(", :{hidden}") } else { String::new() };
        let text = |text: &str| text.to_owned();
        LastIndexing {
            last: text(if self.batch_first { "[:, -1]" } else { "[-1]" }),
            forward: if self.batch_first {
                format!("padded[{samples}, padded_lengths - 1{half}]")
            } else {
                format!("padded[padded_lengths - 1, {samples}{half}]")
            },
            reverse: self
                .bidirectional
                .then(|| format!("padded[{}, {hidden}:]", if self.batch_first { ":, 0" } else { "0, :" })),
        }
    }

    /// The input's shape as it is drawn.
    pub(crate) fn shape(&self) -> [usize; 3] {
        let (steps, batch, features) = (self.seq_len as usize, self.lengths.len(), self.input_size as usize);
        if self.input_batch_first { [batch, steps, features] } else { [steps, batch, features] }
    }

    fn lengths(&self) -> Vec<i64> {
        self.lengths.iter().map(|&length| length.into()).collect()
    }

    /// A fix by other lengths, with the statement that they complete.
    fn fix_lengths(&self, statement: &str, lengths: Vec<i32>) -> PackingFix {
        let text = format!("{statement}: lengths = {}", list(&lengths));
        PackingFix { text, setup: PackingSetup { lengths, ..self.clone() } }
    }
}

/// Packs, calls and pads, and says what goes wrong on the way.
///
/// # Errors
/// [`LabError`] for a setup beyond its bounds.
pub fn packing(setup: &PackingSetup) -> Result<Packing, LabError> {
    check_size("lengths", setup.lengths.len() as u64, MOST_SAMPLES)?;
    check_size("seq_len", setup.seq_len.into(), MOST_STEPS)?;
    check_size("input_size", setup.input_size.into(), MOST_FEATURES)?;
    check_size("hidden_size", setup.hidden_size.into(), MOST_FEATURES)?;
    for &length in &setup.lengths {
        if i64::from(length) > MOST_STEPS as i64 {
            check_size("a length", length.unsigned_abs().into(), MOST_STEPS)?;
        }
    }
    let batch = setup.lengths.len();
    let cost = Cost::of(&setup.config(), MOST_STEPS, batch as u64, 4);
    check_bytes(cost.forward_bytes())?;

    if setup.lengths_are == LengthsKind::Cuda {
        let diagnostics = vec![setup.lengths_on_a_gpu()];
        return Ok(Packing { diagnostics, packed: None, readings: Vec::new(), padded: None });
    }
    // Where each step is read from tells of every order, right or wrong.
    let steps = setup.seq_len as usize;
    let [first, second, _] = setup.shape();
    let places = ArrayD::from_shape_fn(vec![first, second, 1], |at| {
        let (sample, step) = if setup.input_batch_first { (at[0], at[1]) } else { (at[1], at[0]) };
        (sample * steps + step) as f64
    });
    let mut diagnostics: Vec<PackingDiagnostic> = setup.float_lengths().into_iter().collect();
    let read = if setup.batch_first { second } else { first };
    let lengths = setup.lengths();
    let within: Vec<i64> = lengths.iter().map(|&length| length.min(read as i64)).collect();
    let pack = |lengths: &[i64]| {
        pack_padded_sequence(places.view(), lengths, setup.batch_first, setup.enforce_sorted)
    };
    // PyTorch packs what there is of a sample that is said to be longer than the input.
    let (packed, is_cut) = match pack(&lengths) {
        Err(PackedError::TooLong { .. }) => (pack(&within), true),
        packed => (packed, false),
    };
    let packed = match packed {
        Err(error) => {
            diagnostics.push(setup.refused_call(&error));
            return Ok(Packing { diagnostics, packed: None, readings: Vec::new(), padded: None });
        }
        Ok(packed) => packed,
    };
    let mixed = setup.input_batch_first != setup.batch_first;
    if mixed {
        diagnostics.push(setup.mixed_axes());
    }
    let described = setup.describe(&packed, if is_cut { &lengths } else { &within });
    if is_cut {
        diagnostics.push(setup.too_long(packed.data.shape()[0], read, &described.batch_sizes));
        return Ok(Packing { diagnostics, packed: Some(described), readings: Vec::new(), padded: None });
    }
    let (readings, padded) = setup.readings(mixed)?;
    Ok(Packing { diagnostics, packed: Some(described), readings, padded: Some(padded) })
}

impl PackingSetup {
    /// The packed sequence as the page shows it; the sizes of steps follow the lengths as given.
    fn describe(&self, packed: &PackedSequence<f64>, lengths: &[i64]) -> PackedView {
        let steps = f64::from(self.seq_len);
        let rows = packed
            .data
            .iter()
            .map(|&place| PackedRow { sample: (place / steps) as u32, step: (place % steps) as u32 });
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let batch_sizes: Vec<u32> =
            (0..longest).map(|t| lengths.iter().filter(|&&length| length > t).count() as u32).collect();
        let indices = |order: &Option<Vec<usize>>| {
            order.as_deref().map_or_else(|| "None".to_owned(), printed::integers)
        };
        let sorted = packed.sorted_indices.as_deref().unwrap_or_default();
        PackedView {
            rows: rows.collect(),
            printed_shape: size(&[packed.data.shape()[0], self.input_size as usize]),
            printed_batch_sizes: printed::integers(&batch_sizes),
            batch_sizes,
            printed_sorted: indices(&packed.sorted_indices),
            printed_unsorted: indices(&packed.unsorted_indices),
            reordered: sorted
                .windows(2)
                .any(|pair| lengths[pair[0]] == lengths[pair[1]] && pair[0] > pair[1]),
        }
    }

    /// The GRU over the packed and over the padded input, whose padding is zeros.
    fn readings(&self, mixed: bool) -> Result<(Vec<LastState>, PaddedView), LabError> {
        let mut generator = TorchGenerator::new(self.seed as u64);
        let gru: Gru<f32> = Gru::new(self.config(), &mut generator)?;
        let mut x = randn(&self.shape(), &mut generator);
        for (at, element) in x.indexed_iter_mut() {
            let (sample, step) = if self.input_batch_first { (at[0], at[1]) } else { (at[1], at[0]) };
            if step as i64 >= i64::from(self.lengths[sample]) {
                *element = 0.0;
            }
        }
        let packed = pack_padded_sequence(x.view(), &self.lengths(), self.batch_first, self.enforce_sorted)?;
        let output = gru.forward_packed(&packed, None)?;
        let (padded, lengths) = pad_packed_sequence(&output.output, self.batch_first, 0.0, None)?;
        let printed =
            PaddedView { printed_shape: size(padded.shape()), printed_lengths: printed::integers(&lengths) };
        if mixed {
            return Ok((Vec::new(), printed));
        }
        let unpacked = gru.forward(x.view(), None)?.output;
        let hidden = self.hidden_size as usize;
        let mut readings = Vec::new();
        for sample in 0..self.lengths.len() {
            for direction in 0..=usize::from(self.bidirectional) {
                let half = direction * hidden..(direction + 1) * hidden;
                let last = |sequence: &ArrayViewD<'_, f32>| -> Vec<f32> {
                    let t = sequence.shape()[usize::from(self.batch_first)] - 1;
                    let at = |j| if self.batch_first { [sample, t, j] } else { [t, sample, j] };
                    half.clone().map(|j| sequence[&at(j)[..]]).collect()
                };
                let true_last: Vec<f32> = (0..hidden).map(|j| output.h_n[[direction, sample, j]]).collect();
                let (padded_last, unpacked_last) = (last(&padded.view()), last(&unpacked.view()));
                readings.push(LastState {
                    sample: sample as u32,
                    reverse: direction == 1,
                    padded_off: largest_difference(&true_last, &padded_last),
                    unpacked_off: largest_difference(&true_last, &unpacked_last),
                    true_last,
                    padded_last,
                    unpacked_last,
                });
            }
        }
        Ok((readings, printed))
    }

    /// What packing raised.
    fn refused_call(&self, error: &PackedError) -> PackingDiagnostic {
        let raised = |code, why: &str, help| PackingDiagnostic {
            code,
            raises: true,
            exception: Some(
                if *error == PackedError::IndexOutOfRange { "IndexError" } else { "RuntimeError" }.to_owned(),
            ),
            message: error.to_string(),
            line: PackingLine::Pack,
            why: why.to_owned(),
            help,
        };
        match error {
            PackedError::NotSorted => {
                let mut lengths = self.lengths.clone();
                lengths.sort_unstable_by_key(|&length| std::cmp::Reverse(length));
                raised(
                    PackingCode::NotSorted,
                    "The data of a PackedSequence begins with the first steps of all samples, then has the second steps of \
                     those that have one, and so on: the longest sample must stand first. With enforce_sorted=True, \
                     which is the default, PyTorch leaves the sorting to you.",
                    vec![
                        PackingFix {
                            text: "let it sort: enforce_sorted=False".to_owned(),
                            setup: PackingSetup { enforce_sorted: false, ..self.clone() },
                        },
                        self.fix_lengths("sort the samples", lengths),
                    ],
                )
            }
            PackedError::NotPositive => {
                let at_least_one: Vec<i32> = self.lengths.iter().map(|&length| length.max(1)).collect();
                let kept: Vec<i32> = self.lengths.iter().copied().filter(|&length| length > 0).collect();
                let mut help =
                    vec![self.fix_lengths("let an empty sample have one step of padding", at_least_one)];
                if !kept.is_empty() {
                    help.insert(0, self.fix_lengths("leave empty samples out of the batch", kept));
                }
                raised(
                    PackingCode::NotPositive,
                    "A sample without steps has no last state, so there is nothing to pack of it.",
                    help,
                )
            }
            PackedError::LengthCount { .. }
            | PackedError::NoSuchSample { .. }
            | PackedError::IndexOutOfRange
                if self.input_batch_first != self.batch_first =>
            {
                let mixed = self.mixed_axes();
                raised(PackingCode::MixedAxes, &mixed.why, mixed.help)
            }
            _ => raised(PackingCode::Other, "Packing cannot make anything of this input.", Vec::new()),
        }
    }

    /// The lengths are looked at where the machine's memory is.
    fn lengths_on_a_gpu(&self) -> PackingDiagnostic {
        PackingDiagnostic {
            code: PackingCode::LengthsDevice,
            raises: true,
            exception: Some("RuntimeError".to_owned()),
            message: "'lengths' argument should be a 1D CPU int64 tensor, but got 1D cuda:0 Long tensor"
                .to_owned(),
            line: PackingLine::Pack,
            why: "How many steps are packed is decided in the machine's memory, whatever device x is on. \
                  batch.to(device) has moved the lengths too."
                .to_owned(),
            help: vec![PackingFix {
                text: "leave them on the CPU: lengths.cpu()".to_owned(),
                setup: PackingSetup { lengths_are: LengthsKind::Int64, ..self.clone() },
            }],
        }
    }

    /// Floats are made whole numbers without a word.
    fn float_lengths(&self) -> Option<PackingDiagnostic> {
        (self.lengths_are == LengthsKind::Float32).then(|| PackingDiagnostic {
            code: PackingCode::FloatLengths,
            raises: false,
            exception: None,
            message: "nothing is raised: pack_padded_sequence makes int64 of the lengths, and 4.9 becomes 4".to_owned(),
            line: PackingLine::Pack,
            why: "A length that was computed, as a share of the longest for one, may lie below the whole number that \
                  it stands for; the last step is then left out."
                .to_owned(),
            help: vec![PackingFix {
                text: "round them to whole numbers: lengths.round().long()".to_owned(),
                setup: PackingSetup { lengths_are: LengthsKind::Int64, ..self.clone() },
            }],
        })
    }

    /// The input's axes are read the other way round, and the sizes happen to fit.
    fn mixed_axes(&self) -> PackingDiagnostic {
        let (is, read) = if self.input_batch_first {
            ("(batch, seq_len, input_size)", "(seq_len, batch, input_size)")
        } else {
            ("(seq_len, batch, input_size)", "(batch, seq_len, input_size)")
        };
        let [name, flag] = [self.input_batch_first, self.batch_first].map(Value::Bool);
        PackingDiagnostic {
            code: PackingCode::MixedAxes,
            raises: false,
            exception: None,
            message: "nothing is raised: steps are taken for samples and samples for steps".to_owned(),
            line: PackingLine::Pack,
            why: format!("The input is {is}, and batch_first={flag} reads it as {read}."),
            help: vec![PackingFix {
                text: format!("say how the input is: batch_first={name}"),
                setup: PackingSetup { batch_first: self.input_batch_first, ..self.clone() },
            }],
        }
    }

    /// A sample is said to be longer than the input; packing is silent, and the call fails.
    fn too_long(&self, rows: usize, read: usize, batch_sizes: &[u32]) -> PackingDiagnostic {
        let clipped: Vec<i32> = self.lengths.iter().map(|&length| length.min(read as i32)).collect();
        let longest = self.lengths.iter().copied().max().unwrap_or(0);
        let mut help = vec![self.fix_lengths("cut the lengths to the input's", clipped)];
        if self.input_batch_first == self.batch_first {
            help.push(PackingFix {
                text: format!("pad the input up to the longest: seq_len = {longest}"),
                setup: PackingSetup { seq_len: longest as u32, ..self.clone() },
            });
        }
        PackingDiagnostic {
            code: PackingCode::TooLong,
            raises: true,
            exception: Some("RuntimeError".to_owned()),
            message: format!(
                "start ({rows}) + length ({}) exceeds dimension size ({rows}).",
                batch_sizes.get(read).copied().unwrap_or(0)
            ),
            line: PackingLine::Call,
            why: format!(
                "A length of {longest} is more than the {read} steps that the input has. pack_padded_sequence \
                 does not say so: batch_sizes promises {} steps, data has {rows}. What reads it finds too few.",
                batch_sizes.iter().sum::<u32>()
            ),
            help,
        }
    }
}

/// `torch.Size([7, 2])`.
fn size(shape: &[usize]) -> String {
    format!("torch.Size({})", num::list(shape))
}

fn list(lengths: &[i32]) -> String {
    let texts: Vec<String> = lengths.iter().map(i32::to_string).collect();
    format!("[{}]", texts.join(", "))
}
