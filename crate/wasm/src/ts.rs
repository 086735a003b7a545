//! The names that TypeScript has for what crosses.

use wasm_bindgen::prelude::wasm_bindgen;

/// Values of JavaScript's, by the type that TypeScript sees.
macro_rules! named {
    ($($name:ident = $type:tt)*) => {
        #[wasm_bindgen]
        extern "C" {
            $(#[wasm_bindgen(typescript_type = $type)]
            pub type $name;)*
        }
    };
    ($($name:ident)*) => {
        named! { $($name = $name)* }
    };
}

named! {
    Attempt BankCheck Batch Call CallOptions CellOptions ClaimJudgement ColorMap Diagnosis DoctorReport Draft DraftLook
    EmbeddingOptions Fix FloatTensor FormName Gradients GradientsSetup GradientsView GruConfig GruInit Init
    InsideView KeptView IntegerTensor
    LogChange LogCounts LogTaken
    Integers KerasWeights LinearOptions Look LstmOptions LstmOutput LstmState LstmStep MemoryCell
    MemoryOutcome MemoryPlan MemoryReport MemorySetup ModelConfig ModelInput ModuleSetup ModuleView
    MultinomialOptions NumberEdit OnnxWeights Output PackOptions PackedLstmOutput PackedOutput
    PackedSequence PackingSetup PackingView PadOptions PaddedData ParsedShape PastedAnswer
    PracticeProgress PracticeShelf ProgramRun
    QuizEvent QuizState QuizView RnnOptions RunPlan RunProgress RunRecord RunValues SentenceReading
    SeriesJudgement SeriesPlan SeriesRead SeriesSetup SeriesSlice SeriesSource Setup StateDict TensorData
    TextEnd TextFile TextPlan TextSetup TextSlice TextWritten
    TracePlace TrainSteps TrainerOptions TrainingPlan TrainingSlice UnitPlace Upstream Variant VariantInit
    VariantsSetup VariantsView WeightsFormat
    WeightsFound
}

named! {
    AllOfGruConfig = "Required<GruConfig>"   CodeLines = "CodeLine[]"
    ComeBackEntries = "ComeBackEntry[]"   CostOrUndefined = "Cost | undefined"   DiagnosticOrNull = "Diagnostic | null"
    DeckCaseOrNull = "DeckCase | null"   DeckJudgementOrNull = "DeckJudgement | null"   DeckKindNames = "DeckKindName[]"
    FormAnswers = "FormAnswer[]"   FormQuestions = "FormQuestion[]"   Places = "readonly (number | null)[]"
    EditsOrNull = "SourceEdit[] | null"   MemoryCells = "readonly MemoryCell[]"
    MemoryOutcomes = "readonly MemoryOutcome[]"   Number = "number"   PracticeQuestionOrNull = "PracticeQuestion | null"
    PracticeVerdictOrNull = "PracticeVerdict | null"   ProgramCallOrNull = "ProgramCall | null"
    ReleaseRanges = "ReleaseRange[]"   SeriesProblemOrNull = "SeriesProblem | null"   Sizes = "readonly number[]"   Texts = "string[]"   TensorOrNull = "TensorData | null"
    Tensors = "readonly TensorData[]"   TrainStepOrNull = "TrainStep | null"   TroubleOrNull = "Trouble | null"
    Traces = "GateTrace[] | RnnTrace[] | LstmTrace[] | MinGruTrace[]"
    Watch = "((done: number) => boolean)"   Whole = "number | bigint"
}
