//! TypeScript's types of all that crosses, from the Rust types.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ts_rs::{Config, TS, TypeVisitor};

use super::{AnyValue, BigInt64Array, Exact, Float32Array, Float64Array, Generator};
use crate::attempts::LogTaken;
use crate::cell::{CellOptions, LstmStep};
use crate::draw::MultinomialOptions;
use crate::experiment::RunValues;
use crate::generator::Init;
use crate::inside::{InsideView, NumberEdit};
use crate::kept::KeptView;
use crate::look::{DraftLook, Look, ParsedShape, PassCost};
use crate::model::Tokens;
use crate::packed::{PackOptions, PackedData, PadOptions, PaddedData};
use crate::practice::{PracticeQuestion, PracticeShelf, PracticeVerdict};
use crate::recorded::{GradientData, OutputData, UpstreamData};
use crate::recurrent::{
    CallOptionsData, GruInit, KerasWeights, LstmOption, OnnxWeights, PackedOutputData, RnnOption, VariantInit,
};
use crate::rooms::{GradientsView, ModuleView, PackingView, VariantsView};
use crate::series::{SeriesRead, SeriesSlice};
use crate::tensor::{DoubleTensor, IntegerTensor, StateDictData, TensorData, UnitTrace};
use crate::text::{TextEnd, TextSlice, TextWritten};
use crate::trainer::{AdamOptions, Batch, TrainSteps, TrainerOptions};
use crate::training::TrainingSlice;
use crate::weights::{WeightsFormat, WeightsFound};
use gru_playground::attempts::{Attempt, LogChange, LogCounts};
use gru_playground::call::Call;
use gru_playground::code::{
    ClaimJudgement, DeckCase, DeckJudgement, DeckKindName, PastedAnswer, ProgramCall, ProgramRun,
};
use gru_playground::diagnostic::{Diagnosis, Fix, ReleaseRange, RunPlan};
use gru_playground::gru::{GruConfig, Progress, Quantity, TracePlace, Variant};
use gru_playground::inside::UnitPlace;
use gru_playground::lab::gradients::GradientsSetup;
use gru_playground::lab::modules::ModuleSetup;
use gru_playground::lab::packing::PackingSetup;
use gru_playground::lab::variants::VariantsSetup;
use gru_playground::picture::Map;
use gru_playground::practice::{ComeBackEntry, FormAnswer, FormName, FormQuestion};
use gru_playground::py::CodeLine;
use gru_playground::quiz::{BankCheck, QuizEvent, QuizState, QuizView};
use gru_playground::rnn::Mode;
use gru_playground::sentence::SentenceReading;
use gru_playground::series::{
    SeriesJudgement, SeriesPlan, SeriesSetup, SeriesSource, TextFile, TextPlan, TextSetup,
};
use gru_playground::train::{
    Adagrad, DoctorReport, EmbeddingOptions, LinearOptions, MemoryOutcome, MemoryPlan, MemoryReport,
    MemorySetup, ModelConfig, RmsProp, RunRecord, Setup, Sgd, TrainStep, TrainingPlan,
};

/// Unions, which have no form of their own in Rust.
const UNIONS: &[(&str, &str, &str)] = &[
    (
        "FloatTensor",
        "A tensor that random numbers go into or depend on; they have its type.",
        "TensorData | DoubleTensor",
    ),
    (
        "Integers",
        "Whole numbers, row-major: a tensor's elements, or a list of them.",
        "readonly (number | bigint)[] | BigInt64Array | Int32Array | Uint32Array | Uint8Array",
    ),
    ("LstmState", "An LSTM's `(h_0, c_0)`; null is zero.", "readonly [TensorData | null, TensorData | null]"),
    (
        "ModelInput",
        "What a model reads: features, or, if it has an embedding, tokens.",
        "TensorData | Tokens",
    ),
    ("RnnOptions", "The options of `nn.RNN` under PyTorch's names.", "GruConfig & RnnOption"),
    ("LstmOptions", "The options of `nn.LSTM` under PyTorch's names.", "GruConfig & LstmOption"),
    ("LstmOutput", "What an LSTM gives.", "Output & { c_n: TensorData }"),
    ("PackedLstmOutput", "What an LSTM gives for a packed sequence.", "PackedOutput & { c_n: TensorData }"),
    (
        "OptimizerOptions",
        "An optimiser by its name in torch.optim, with its options and PyTorch's defaults.",
        "({ name: \"SGD\" } & Partial<Sgd>) | ({ name: \"Adam\" | \"AdamW\" } & AdamOptions) \
         | ({ name: \"RMSprop\" } & Partial<RmsProp>) | ({ name: \"Adagrad\" } & Partial<Adagrad>)",
    ),
];

/// Declarations by name.
struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let name = T::ident(&self.config);
        if T::output_path().is_some() && !self.found.contains_key(&name) {
            let text = format!("{}export {}", T::docs().unwrap_or_default(), T::decl(&self.config));
            self.found.insert(name, text);
            T::visit_dependencies(self);
        }
    }
}

impl Declarations {
    fn union(&mut self, name: &str, about: &str, definition: &str) {
        self.found.insert(name.to_owned(), format!("/** {about} */\nexport type {name} = {definition};"));
    }

    /// A trace's type has a field for each quantity.
    fn trace(&mut self, name: &str, about: &str, quantities: &[&str]) {
        let fields: Vec<String> = quantities.iter().map(|name| format!("{name}: Float32Array")).collect();
        self.union(name, about, &format!("UnitTrace & {{ {} }}", fields.join(", ")));
    }
}

macro_rules! visit {
    ($all:ident: $($type:ty)*) => {
        $($all.visit::<$type>();)*
    };
}

/// Declarations by name: those of the page and of runs, and with them those of the lab.
fn declarations() -> [BTreeMap<String, String>; 2] {
    let config = Config::new().with_large_int("number");
    let mut all = Declarations { config, found: BTreeMap::new() };
    visit! { all:
        Attempt BankCheck Call ClaimJudgement CodeLine ComeBackEntry DeckCase DeckJudgement DeckKindName Map Diagnosis DraftLook<Exact> Fix FormAnswer FormName FormQuestion InsideView<'static, Float32Array> KeptView LogChange LogCounts LogTaken Look<Exact> ParsedShape PassCost<Exact> PastedAnswer PracticeQuestion PracticeShelf PracticeVerdict ProgramCall ProgramRun QuizEvent QuizState QuizView ReleaseRange RunPlan Progress RunValues<'static, Float32Array> SentenceReading NumberEdit TracePlace UnitPlace UnitTrace<Float32Array>
    }
    let gates = Quantity::GRU.map(Quantity::name);
    all.trace("GateTrace", "Every gate of one layer and direction.", &gates);
    let common = all.found.clone();
    visit! { all:
        Adagrad AdamOptions Batch<AnyValue> CallOptionsData<Generator> CellOptions DoctorReport DoubleTensor<Float64Array> EmbeddingOptions GradientData<Float32Array> GradientsSetup GradientsView GruConfig GruInit<Generator> Init<Generator> IntegerTensor<BigInt64Array> KerasWeights<Float32Array> LinearOptions LstmOption LstmStep<Float32Array> MemoryOutcome MemoryPlan MemoryReport MemorySetup ModelConfig ModuleSetup ModuleView MultinomialOptions OnnxWeights<Float32Array> OutputData<Float32Array> PackOptions PackedData<Float32Array> PackedOutputData<Float32Array> PackingSetup PackingView PadOptions PaddedData<Float32Array> RmsProp RnnOption SeriesJudgement SeriesPlan SeriesRead<Float64Array> SeriesSetup SeriesSlice<Float32Array> SeriesSource RunRecord Setup Sgd StateDictData<Float32Array> TensorData<Float32Array> TextEnd<Float32Array> TextFile TextPlan TextSetup TextSlice<Float32Array> TextWritten Tokens TrainStep<f32> TrainSteps TrainerOptions<AnyValue> TrainingPlan TrainingSlice<Float32Array> UpstreamData<Float32Array> Variant VariantInit VariantsSetup VariantsView WeightsFormat WeightsFound<Float32Array>
    }
    for (name, about, definition) in UNIONS {
        all.union(name, about, definition);
    }
    let names = |mode: Mode| -> Vec<&str> { Quantity::of(mode).iter().map(|&it| it.name()).collect() };
    all.trace("RnnTrace", "An RNN's units of one layer and direction.", &names(Mode::Tanh));
    all.trace("LstmTrace", "An LSTM's gates and states, h before any projection.", &names(Mode::Lstm));
    all.trace("MinGruTrace", "A minGRU's units of one layer and direction.", &names(Mode::MinGru));
    [common, all.found]
}

/// A line whose last brace closes an earlier line's has it on a line of its own, as wasm-bindgen expects: it would indent all that
/// follows by one step more.
fn closed_apart(line: &str) -> String {
    let line = line.trim_end();
    let mut depth = 0;
    let unmatched = line.find(|character| {
        depth += match character {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth < 0
    });
    match unmatched.map(|at| line.split_at(at)) {
        Some((before, after)) if !before.trim().is_empty() => format!("{}\n{after}", before.trim_end()),
        _ => line.to_owned(),
    }
}

/// Writes a file of declarations and says whether it was so already.
fn is_current(file: &str, declarations: impl Iterator<Item = String>) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm").join(file);
    let head = "// Written by `cargo test -p gru-playground-api` from the Rust types; not to be edited.";
    let text = [head.to_owned()].into_iter().chain(declarations).collect::<Vec<_>>().join("\n\n");
    let text: String = text.lines().map(|line| closed_apart(line) + "\n").collect();
    let is_current = fs::read_to_string(&path).is_ok_and(|found| found == text);
    fs::write(&path, text).expect("the file can be written");
    is_current
}

#[test]
fn the_types_of_typescript_are_those_of_rust() {
    let [common, all] = declarations();
    let lab = all.into_iter().filter(|(name, _)| !common.contains_key(name)).map(|(_, text)| text);
    let current = [is_current("lab.d.ts", lab), is_current("types.d.ts", common.values().cloned())];
    assert_eq!(current, [true; 2], "written anew: look at the change, and build the modules again");
}

#[test]
fn a_brace_that_closes_an_earlier_line_stands_alone() {
    assert_eq!(closed_apart("text: string, };"), "text: string,\n};");
    assert_eq!(closed_apart("value: { float: number }, } | null"), "value: { float: number },\n} | null");
    for unchanged in ["};", "export type A = {", "a: { b: number } | { c: number },", " * Text."] {
        assert_eq!(closed_apart(unchanged), unchanged);
    }
}
