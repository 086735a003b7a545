// Written by `cargo test -p gru-playground-api` from the Rust types; not to be edited.

/**
 * Something for a screen reader to say once.
 */
export type Announcement = {
/**
 * Another number for each announcement: say it when the number is new.
 */
id: number,
/**
 * The text: `60 seconds left`.
 */
text: string,
};

/**
 * What stands where a tensor is due.
 */
export type Argument = Tensor | {
/**
 * Its shape.
 */
array: number[],
/**
 * Its element type, which is not bfloat16; float64 by default, as `NumPy` has it.
 */
dtype?: Dtype,
} | {
/**
 * The value.
 */
value: Value,
};

/**
 * An answer that a learner gave once.
 */
export type Attempt = {
/**
 * When, in UTC: `2026-11-30T23:05:00.000Z`.
 */
at: string,
/**
 * Where it was asked.
 */
source: AttemptSource,
/**
 * The stable name of what was asked: `output-shape`, `shapes/h-n`.
 */
item: string,
/**
 * What tells this variant from others of the same item: its seed, or its numbers.
 */
variant?: string,
/**
 * The answer as the learner gave it, or the option's id; `time_out` where time ran out.
 */
answer: string,
/**
 * Whether it was right.
 */
right: boolean,
/**
 * Seconds from the question to the answer, no fewer than 0.
 */
seconds: number,
/**
 * Whether help was asked for before it.
 */
hint: boolean,
/**
 * How sure the learner said to be, 0 to 1, where that was asked.
 */
confidence?: number,
/**
 * The hash of the bank that asked, 16 hexadecimal digits, where one did.
 */
bank?: string,
/**
 * The seed that shuffled it, where one did.
 */
seed?: number,
/**
 * The ids of the options in the order in which they were shown, where there were some.
 */
order?: Array<string>,
};

/**
 * Where something was asked.
 */
export type AttemptSource = "challenge" | "practice" | "station" | "placement" | "form";

/**
 * One of the five quantities that every size on the page is made of.
 */
export type Axis = "L" | "N" | "H_in" | "H_out" | "D";

/**
 * What one axis of a tensor stands for.
 */
export type AxisMeaning = {
/**
 * The quantity whose colour and letter the axis carries.
 */
axis: Axis,
/**
 * The axis in letters: `L`, `N`, `H_in`, `D*H_out`, `D*num_layers`, `3*H_out`.
 */
letters: string,
/**
 * The axis in words: `sequence length`.
 */
words: string,
};

/**
 * What is drawn on an earned badge.
 */
export type BadgeView = {
/**
 * Its name.
 */
title: string,
/**
 * The day as `2026-11-22`; none until stamped.
 */
date: string | null,
/**
 * How long the clock ran, in words.
 */
mode: string,
/**
 * The time taken in all.
 */
total: string,
/**
 * The run's seed: with `call`, it gives the `h_n` that makes the badge's pattern.
 */
seed: number,
/**
 * The call whose `h_n` makes the badge's pattern.
 */
call: Call,
/**
 * Says that the badge is self-reported.
 */
about: string,
};

/**
 * What is said of a bank, in the order of its lines.
 */
export type BankCheck = {
/**
 * How many questions it has.
 */
questions: number,
/**
 * How many of their keys the core computes.
 */
computed: number,
/**
 * What was found.
 */
findings: Array<BankFinding>,
};

/**
 * One thing that is said of a bank.
 */
export type BankFinding = {
/**
 * How much it matters.
 */
severity: FindingSeverity,
/**
 * Its line, from 1.
 */
line: number,
/**
 * Its column, from 1, in characters.
 */
column: number,
/**
 * The id of the question that it is about.
 */
question: string | null,
/**
 * The id of the option that it is about.
 */
option: string | null,
/**
 * The field, and what is wrong with it.
 */
message: string,
};

/**
 * Why a clock stands.
 */
export type Because = "pause" | "time_out";

/**
 * The flow of a call that `PyTorch` refuses: what is known of its tensors, and where it stops.
 */
export type BrokenFlow = {
/**
 * The input, `h_0`, what each layer would give, output and `h_n`; of the layers the first
 * [`BrokenFlow::LAYERS`] - 1 and the last.
 */
tensors: Array<BrokenTensor>,
/**
 * How many layers the call asks for; 1 where what is written counts nothing.
 */
num_layers: number,
/**
 * 2 if bidirectional.
 */
directions: number,
/**
 * Steps, where the input has any.
 */
seq_len: number | null,
/**
 * Where it stops.
 */
joint: Joint,
};

/**
 * A tensor of a refused call.
 */
export type BrokenTensor = {
/**
 * What it is to the call.
 */
role: Role,
/**
 * The layer that gives it, counted from 0.
 */
layer: number | null,
/**
 * What each of its axes means; none where it has as many axes as have no meaning.
 */
axes: Array<AxisMeaning>,
/**
 * A size for each meaning: as given, else what follows from the call, else one to draw it with.
 */
sizes: number[],
/**
 * The axes that the error names.
 */
wrong: Array<number>,
};

/**
 * An amount of memory.
 */
export type Bytes = {
/**
 * Exactly.
 */
exact: bigint,
/**
 * In words: `3.2 GB`.
 */
words: string,
};

/**
 * `gru = nn.GRU(...)`, then `out, h_n = gru(input, h_0)`, on one `PyTorch` release.
 */
export type Call = {
/**
 * The module's options.
 */
config: Config,
/**
 * The first argument of the call.
 */
input: Argument,
/**
 * The second argument of the call, where one is given.
 */
h_0?: Argument,
/**
 * The release that answers; the newest by default.
 */
release?: string,
};

/**
 * An LSTM's cell state after a step.
 */
export type CellStateArithmetic = {
/**
 * The cell state: `c = f * c_prev + i * g`.
 */
c: number,
/**
 * What is shown of it: `tanh(c)`.
 */
tanh: number,
/**
 * What the unit does with it now.
 */
words: string,
};

/**
 * One case that a program tried.
 */
export type ClaimCase = {
/**
 * Whether the claim holds in it.
 */
holds: boolean,
/**
 * What was set, and what came of it.
 */
words: string,
};

/**
 * A claim and the cases in which it was tried.
 */
export type ClaimJudgement = {
/**
 * What the cases come to.
 */
verdict: ClaimVerdict,
/**
 * The cases, in the order in which they were printed.
 */
cases: Array<ClaimCase>,
};

/**
 * What the cases of a claim come to.
 */
export type ClaimVerdict = "holds" | "fails" | "depends" | "open";

/**
 * A clock.
 */
export type ClockView = {
/**
 * Milliseconds of a whole attempt.
 */
limit_ms: number,
/**
 * Milliseconds left.
 */
remaining_ms: number,
/**
 * The time left as text, rounded up to seconds: `1:43`.
 */
text: string,
};

/**
 * A question with its verdict.
 */
export type ClosedView = {
/**
 * The way.
 */
marks: Array<Mark>,
/**
 * The question.
 */
question: QuestionView,
/**
 * Its options in this run's order, with the right one marked and every reply.
 */
options: Array<OptionView>,
/**
 * The verdict.
 */
verdict: VerdictView,
/**
 * Why the answer is right.
 */
explanation: string,
/**
 * What the core computed just now.
 */
computed: Array<ComputedView>,
/**
 * Where the page makes it happen.
 */
happen: HappenView | null,
/**
 * The hint, if it was asked for.
 */
hint: string | null,
/**
 * Milliseconds during which the question was open.
 */
elapsed_ms: number,
/**
 * The same as text: `1:43`.
 */
elapsed: string,
/**
 * What to read again.
 */
read_again: ReadAgain,
/**
 * Whether the results come next.
 */
last: boolean,
};

/**
 * A line of code; an empty one has no segments.
 */
export type CodeLine = {
/**
 * Its pieces from left to right.
 */
segments: Array<Segment>,
};

/**
 * Code shown with a question.
 */
export type CodeView = {
/**
 * The Python as shown.
 */
text: string,
/**
 * The call it makes: what 'Try it' sets the playground to.
 */
call: Call,
};

/**
 * `diverging` for values in [-1, 1], `sequential` for gates in [0, 1].
 */
export type ColorMap = "diverging" | "sequential";

/**
 * A question that was missed, and when its next variant is due.
 */
export type ComeBackEntry = {
/**
 * The generator's name, or `card/` and a term of the glossary.
 */
item: string,
/**
 * How often it was right when it came back: 0, 1 or 2.
 */
stage: number,
/**
 * The day on which it is due, counted as the caller counts days.
 */
due: number,
};

/**
 * Something that the core computed for the explanation.
 */
export type ComputedView = {
/**
 * What was run: `run here`, `PyTorch 1.10`.
 */
label: string,
/**
 * The call: what 'Try it' sets the playground to.
 */
call: Call,
/**
 * What it gives, if it runs.
 */
results: Array<ResultLine>,
/**
 * What it raises, as Python prints it, if it does not: `RuntimeError: ...`.
 */
error: string | null,
};

/**
 * One degree of confidence.
 */
export type ConfidenceStep = {
/**
 * As a learner says it.
 */
words: string,
/**
 * The share of right answers that it stands for, 0 to 1.
 */
share: number,
};

/**
 * Of one degree of confidence, how often it was said and how often it was right.
 */
export type ConfidenceTally = {
/**
 * How often it was said.
 */
said: number,
/**
 * How often the answer was right then.
 */
right: number,
};

/**
 * The options of `nn.GRU(...)` as written; an absent one has `PyTorch`'s default, and `null` is `None`.
 *
 * A field that is none of these is read as an option of the call too: `num_layer: 2` goes to `other`.
 */
export type Config = {
/**
 * Features of each step; required.
 */
input_size?: Value,
/**
 * Features of the hidden state; required.
 */
hidden_size?: Value,
/**
 * Layers stacked; 1 by default.
 */
num_layers?: Value,
/**
 * Whether the layers have `bias_ih` and `bias_hh`; `True` by default.
 */
bias?: Value,
/**
 * Whether input and output are (N, L, features); `False` by default.
 */
batch_first?: Value,
/**
 * Probability of zeroing an element between layers while training; 0.0 by default.
 */
dropout?: Value,
/**
 * Whether a second, reversed direction runs in every layer; `False` by default.
 */
bidirectional?: Value,
/**
 * The element type of the parameters; float32 by default.
 */
dtype?: Dtype,
/**
 * Options that `nn.GRU` does not have, such as `seq_len` or `proj_size`, in the order written.
 */
other?: Array<[string, Value]>,
};

/**
 * What a legal call costs.
 */
export type Cost = {
/**
 * The first parameter tensors, in the state dict's order.
 */
parameters: Array<ParameterCost>,
/**
 * How many parameter tensors are not listed.
 */
unlisted_parameters: bigint,
/**
 * Numbers in all parameters.
 */
total_parameters: bigint,
/**
 * Multiply-adds of one pass.
 */
multiply_adds: bigint,
/**
 * Those of the input's products.
 */
input_products: bigint,
/**
 * Those of the hidden state's products.
 */
hidden_products: bigint,
/**
 * Sigmoids and tanhs of one pass.
 */
gate_activations: bigint,
/**
 * Memory of the parameters.
 */
parameter_bytes: Bytes,
/**
 * Memory of what a pass reads and writes.
 */
activation_bytes: Bytes,
/**
 * Memory of every gate of every step.
 */
trace_bytes: Bytes,
/**
 * Why a pass is refused here, if it is.
 */
forward_refusal: string | null,
/**
 * Why a pass that keeps every gate is refused here, if it is.
 */
trace_refusal: string | null,
};

/**
 * Loss curves shown with a question.
 */
export type CurvesView = {
/**
 * Training loss after each epoch, from epoch 1.
 */
training: Array<number>,
/**
 * Validation loss after each epoch, from epoch 1; as many.
 */
validation: Array<number>,
/**
 * What the picture shows, in words; the values make its table.
 */
description: string,
};

/**
 * A broken program and what is asked of it.
 */
export type DeckCase = {
/**
 * The stable name of its kind: `h-0-layers`.
 */
kind: string,
/**
 * What draws it again.
 */
seed: number,
/**
 * What the mistake is called, for who has found it.
 */
title: string,
/**
 * What the program is for.
 */
purpose: string,
/**
 * The broken program.
 */
code: string,
/**
 * Whether it raises nothing, and is wrong all the same.
 */
silent: boolean,
/**
 * The lines of the program at fault, from 1: any of them is right.
 */
faults: Array<number>,
/**
 * Which axis, size or thing is at fault.
 */
things: Array<DeckChoice>,
/**
 * Why.
 */
causes: Array<DeckChoice>,
/**
 * Help, a step after another: where to look, which axis, why, and what the mend looks like.
 */
help: Array<string>,
};

/**
 * One thing that was asked of a mend.
 */
export type DeckCheck = {
/**
 * Whether it holds.
 */
holds: boolean,
/**
 * What is to hold, or why it does not.
 */
words: string,
};

/**
 * An answer that may be chosen.
 */
export type DeckChoice = {
/**
 * The answer.
 */
text: string,
/**
 * Whether it is right.
 */
right: boolean,
/**
 * What is said of it.
 */
reply: string,
};

/**
 * What the judge says of a mend.
 */
export type DeckJudgement = {
/**
 * Whether all holds.
 */
mended: boolean,
/**
 * What was asked of it, in order; it ends with the first that does not hold where nothing more can be asked.
 */
checks: Array<DeckCheck>,
};

/**
 * A kind of mistake.
 */
export type DeckKindName = {
/**
 * Its stable name.
 */
kind: string,
/**
 * What it is called.
 */
title: string,
/**
 * Whether its programs raise nothing.
 */
silent: boolean,
};

/**
 * Where a tensor's numbers are.
 */
export type Device = "cpu" | "cuda";

/**
 * What is to be said of a call.
 */
export type Diagnosis = {
/**
 * The module, where its constructor succeeds.
 */
module: Required<GruConfig> | null,
/**
 * The shape of the `h_0` that the module takes beside this input, where that has two axes or three.
 */
h_0_shape: number[] | null,
/**
 * Every tensor, where the call is legal.
 */
trace: ShapeTrace | null,
/**
 * What is known of the tensors, where the call is not legal.
 */
broken: BrokenFlow | null,
/**
 * At most one error, the first that `PyTorch` raises; then warnings and notes.
 */
diagnostics: Array<Diagnostic>,
};

/**
 * One thing to say about a call.
 */
export type Diagnostic = {
/**
 * A stable name such as `input-features`.
 */
code: string,
/**
 * How much it matters.
 */
severity: Severity,
/**
 * The exception or warning class that `PyTorch` uses: `RuntimeError`; none for notes.
 */
exception: string | null,
/**
 * What `PyTorch` says, to the character; for notes, the fact in our words.
 */
message: string,
/**
 * Why, in a learner's words with the axes named.
 */
why: string,
/**
 * Where to look.
 */
labels: Array<Label>,
/**
 * Circumstances worth knowing.
 */
notes: Array<string>,
/**
 * Changes that make the call legal, the likeliest first.
 */
help: Array<Fix>,
};

/**
 * A call as it is set: options, numbers, and the texts of the shapes that are typed.
 */
export type Draft = {
/**
 * Every option, also one that has its default.
 */
config: Config,
/**
 * L of an input that follows.
 */
seq_len: number,
/**
 * N of an input that follows.
 */
batch: number,
/**
 * Whether an input that follows has no batch axis.
 */
unbatched: boolean,
/**
 * The input's shape as typed; none follows the numbers.
 */
input: string | null,
/**
 * The input's element type.
 */
input_dtype: Dtype,
/**
 * What holds the input's numbers.
 */
input_on?: Holder,
/**
 * Whether the call is given an `h_0`.
 */
give_h_0: boolean,
/**
 * The shape of `h_0` as typed; none follows the input and the options.
 */
h_0: string | null,
/**
 * The element type of `h_0`.
 */
h_0_dtype: Dtype,
/**
 * What holds the numbers of `h_0`.
 */
h_0_on?: Holder,
/**
 * The release; none is the newest.
 */
release: string | null,
/**
 * The call as it was read last: its shapes stand in for texts that cannot be read.
 */
before?: Call,
/**
 * A call that the draft takes over before it is read, such as a fix's.
 */
call?: Call,
};

/**
 * What a draft says, and all that answers it.
 */
export type DraftLook = {
/**
 * The draft that its `call` made; null where it brings none.
 */
draft: Draft | null,
/**
 * The call that it says.
 */
reading: DraftReading,
/**
 * What answers that call.
 */
look: Look,
};

/**
 * What a draft says.
 */
export type DraftReading = {
/**
 * The call; for a text that cannot be read, what it said before, or else the shape that it would follow.
 */
call: Call,
/**
 * What is wrong with the input's text; its spans count UTF-16 units.
 */
input: Diagnostic | null,
/**
 * What is wrong with the text of `h_0`.
 */
h_0: Diagnostic | null,
/**
 * The shapes without a text of their own.
 */
following: FollowingShapes,
};

/**
 * A tensor's element type, under `PyTorch`'s names.
 */
export type Dtype = "float32" | "float64" | "float16" | "bfloat16" | "int64" | "int32" | "uint8" | "bool" | "complex64";

/**
 * One change to a call.
 */
export type Edit = { "edit": "set_option",
/**
 * The option's name.
 */
name: string,
/**
 * Its new value; none removes the option.
 */
value?: Value | undefined,
} | { "edit": "set_input_shape",
/**
 * The new shape.
 */
shape: number[],
} | { "edit": "set_input_dtype",
/**
 * The new element type.
 */
dtype: Dtype,
} | { "edit": "set_h_0_shape",
/**
 * The new shape.
 */
shape: number[] | null,
} | { "edit": "set_h_0_dtype",
/**
 * The new element type.
 */
dtype: Dtype,
} | { "edit": "set_module_dtype",
/**
 * The new element type.
 */
dtype: Dtype,
} | { "edit": "set_input_device",
/**
 * Where it then is.
 */
device: Device,
} | { "edit": "set_h_0_device",
/**
 * Where it then is.
 */
device: Device,
};

/**
 * What a call gives once a number is another.
 */
export type EditedRun = {
/**
 * The number, as `PyTorch` indexes it: `weight_ih_l0[3, 1]`.
 */
name: string,
/**
 * What it was.
 */
was: number,
/**
 * All values with the other number in its place, every gate kept.
 */
values: RunValues,
/**
 * What changed of the results.
 */
changes: Array<TensorChange>,
};

/**
 * One equation of a step.
 */
export type Equation = {
/**
 * What it gives.
 */
name: 'r' | 'z' | 'n' | 'h',
/**
 * The equation: `r = σ(W_ir x + b_ir + W_hr h_prev + b_hr)`.
 */
text: string,
/**
 * What it is for.
 */
words: string,
};

/**
 * Where a number of a call is written.
 */
export type FieldPlace = {
/**
 * What it is: `hidden_size`, `input[0]`, `h_0[2]`, `seed`.
 */
field: string,
/**
 * Where it begins.
 */
from: number,
/**
 * Where it ends.
 */
to: number,
};

/**
 * How much a finding matters.
 */
export type FindingSeverity = "error" | "note";

/**
 * The results.
 */
export type FinishedView = {
/**
 * The way.
 */
marks: Array<Mark>,
/**
 * A result per question.
 */
results: Array<ResultView>,
/**
 * How many were solved.
 */
solved: number,
/**
 * Milliseconds during which questions were open.
 */
total_ms: number,
/**
 * The same as text: `6:02`.
 */
total: string,
/**
 * How long the clock ran.
 */
mode: ModeView,
/**
 * The badge, if every question was solved.
 */
badge: BadgeView | null,
/**
 * What to read again: a text per question that was not solved, or solved with the hint or by a later attempt.
 */
read_again: Array<ReadAgain>,
};

/**
 * A change that makes the call legal.
 */
export type Fix = {
/**
 * What the change does, as a statement: `insert a batch axis of 1`.
 */
statement: string,
/**
 * The lines of Python that make it: of a tensor that the learner has, `x = x.unsqueeze(1)`, and else
 * what the call's code then says, `gru = nn.GRU(input_size=8, hidden_size=16)`.
 */
code: string,
/**
 * The changes, in order.
 */
edits: Array<Edit>,
};

/**
 * The shapes that follow the numbers and the options.
 */
export type FollowingShapes = {
/**
 * (L, N, `H_in`), (N, L, `H_in`) with `batch_first`, or (L, `H_in`).
 */
input: number[],
/**
 * (D*`num_layers`, N, `H_out`), or (D*`num_layers`, `H_out`) for an unbatched input.
 */
h_0: number[],
};

/**
 * What became of one question.
 */
export type FormAnswer = {
/**
 * The question's name in the log.
 */
item: string,
/**
 * What was asked.
 */
question: string,
/**
 * Whether the answer is right; none is not.
 */
right: boolean,
/**
 * What was chosen; none where nothing was.
 */
chosen: string | null,
/**
 * The right reason.
 */
key: string,
/**
 * Why it is right.
 */
explanation: string,
};

/**
 * Which of the two forms.
 */
export type FormName = "a" | "b";

/**
 * A question without its key.
 */
export type FormQuestion = {
/**
 * Its name in the log.
 */
item: string,
/**
 * What is asked; what stands between backticks is code.
 */
question: string,
/**
 * Four reasons in the order of the seed.
 */
options: Array<string>,
};

/**
 * A gate of one unit: r, z or n of a GRU, i, f, g or o of an LSTM, the one sum of an RNN.
 */
export type GateArithmetic = {
/**
 * `r`, `z`, `n`; `i`, `f`, `g`, `o`; `h` of an RNN, whose state it is.
 */
name: 'r' | 'z' | 'n' | 'i' | 'f' | 'g' | 'o' | 'h',
/**
 * What squeezes the sum: `σ`, `tanh` or `relu`.
 */
activation: 'σ' | 'tanh' | 'relu',
/**
 * What x says: a row of `W_i x + b_i`.
 */
input: RowSum,
/**
 * What `h_prev` says: a row of `W_h h_prev + b_h`.
 */
hidden: RowSum,
/**
 * What goes into the activation: `input + hidden`, for n `input + r * hidden`.
 */
sum: number,
/**
 * What comes out of it.
 */
value: number,
/**
 * What the unit does with it now.
 */
words: string,
};

/** Every gate of one layer and direction. */
export type GateTrace = UnitTrace & { pre_r: Float32Array, pre_z: Float32Array, pre_n: Float32Array, n_input: Float32Array, n_hidden: Float32Array, r: Float32Array, z: Float32Array, n: Float32Array, h: Float32Array };

/**
 * A warning that a program gave.
 */
export type GivenWarning = {
/**
 * The class: `UserWarning`.
 */
category: string,
/**
 * Its text.
 */
message: string,
/**
 * The line of the program.
 */
line: number,
};

/**
 * The options of `nn.GRU`, under `PyTorch`'s names and with its defaults.
 *
 * Sizes are u64 so that costs can be stated for configurations that no machine could hold.
 */
export type GruConfig = {
/**
 * `H_in`, the features of each step of the input; at least 1.
 */
input_size: number,
/**
 * `H_out`, the features of the hidden state; at least 1.
 */
hidden_size: number,
/**
 * Layers stacked, each reading the output of the one below; at least 1.
 */
num_layers?: number,
/**
 * Whether each layer has `bias_ih` and `bias_hh`.
 */
bias?: boolean,
/**
 * Whether batched input and output are (N, L, features); `h_0` and `h_n` never are.
 */
batch_first?: boolean,
/**
 * Probability, in [0, 1], of zeroing an element between layers while training; in evaluation mode
 * the identity.
 */
dropout?: number,
/**
 * Whether every layer also reads the sequence from its end.
 */
bidirectional?: boolean,
};

/**
 * The very settings that show what the explanation says.
 */
export type HappenView = {
/**
 * What to do there, and what is then seen.
 */
text: string,
/**
 * The place of the page, as its address has it after the `#`.
 */
opens: string,
};

/**
 * What holds an argument's numbers.
 */
export type Holder = "tensor" | "cuda" | "numpy";

/**
 * The arithmetic of one unit.
 */
export type InsideView = {
/**
 * How its state comes about, after the edit where there is one.
 */
arithmetic: UnitArithmetic,
/**
 * What the edit changes; null without one.
 */
edited: EditedRun | null,
};

/**
 * What stands before a run.
 */
export type IntroView = {
/**
 * The badge's name.
 */
badge: string,
/**
 * The lines under it.
 */
lines: Array<string>,
/**
 * The questions to come.
 */
marks: Array<Mark>,
/**
 * The clocks to choose from.
 */
modes: Array<ModeView>,
/**
 * The clock offered first: the last run's.
 */
mode: Mode,
/**
 * What a run is like.
 */
about: string,
/**
 * Says that the badge is self-reported.
 */
badge_about: string,
};

/**
 * How an item went.
 */
export type ItemCount = {
/**
 * Where it was asked.
 */
source: AttemptSource,
/**
 * Its name.
 */
item: string,
/**
 * How often it was answered.
 */
answered: number,
/**
 * How often rightly.
 */
right: number,
/**
 * When it was answered last.
 */
last: string,
/**
 * Whether the last answer was right.
 */
last_right: boolean,
};

/**
 * The place where a call does not fit together, and the two things that should be equal there.
 */
export type Joint = {
/**
 * What does not fit.
 */
at: JointAt,
/**
 * What is given: `10`, `2 axes`, `float64`, `hidden_size=16.0`.
 */
given: string,
/**
 * What is needed; empty for an option.
 */
expected: string,
/**
 * The axis that both are sizes of, where they are sizes.
 */
axis: Axis | null,
};

/**
 * What of a call does not fit.
 */
export type JointAt = "option" | "input" | "h_0";

/**
 * What a call keeps of another, in code and in words.
 */
export type KeptView = {
/**
 * The code that draws both and copies what both have a place for; it gives the numbers that a run gives.
 */
code: Array<CodeLine>,
/**
 * What is kept and what is new.
 */
kept: string,
/**
 * What the seed alone would have changed, and why.
 */
why: string,
};

/**
 * A place, and what is to be seen there.
 */
export type Label = {
/**
 * The place.
 */
place: Place,
/**
 * What is to be seen there, such as `10 features`.
 */
text: string,
};

/**
 * A log after something was done with it.
 */
export type LogChange = {
/**
 * The text to keep.
 */
text: string,
/**
 * How many attempts came in.
 */
added: number,
/**
 * How many of the oldest left, because there are too many.
 */
left: number,
/**
 * Rows of the text that are no attempts, each with its place from 1 and why; they are not kept.
 */
faults: Array<string>,
/**
 * Whether the text that was kept could not be read, or not whole: it is to be set aside before this one is kept.
 */
set_aside: boolean,
};

/**
 * What the answers come to.
 */
export type LogCounts = {
/**
 * The learner's name, as they gave it.
 */
learner: string,
/**
 * How many answers there are.
 */
answered: number,
/**
 * How many of them are right.
 */
right: number,
/**
 * Items in the order of their last answer, the latest first.
 */
items: Array<ItemCount>,
};

/**
 * A file that was handed to the log: what the log is with it, or why it is not taken.
 */
export type LogTaken = {
/**
 * Why the file is not taken, as a sentence; none where it is.
 */
refusal: string | null,
/**
 * The log with what the file has.
 */
change: LogChange | null,
};

/**
 * All that answers a call at once.
 */
export type Look = {
/**
 * What `PyTorch` says of it.
 */
diagnosis: Diagnosis,
/**
 * What it costs; null of a call that is not legal.
 */
cost: Cost | null,
/**
 * Its code as coloured segments; with a seed, `torch.manual_seed` too.
 */
code: Array<CodeLine>,
/**
 * What a run of it needs; null of a call that is not run here, of which `runPlan` says why.
 */
plan: RunPlan | null,
};

/**
 * One question's mark on the way.
 */
export type Mark = {
/**
 * The question's place, from 1.
 */
number: number,
/**
 * Its kind: `Predict Output`.
 */
kind: string,
/**
 * Its level: `intermediate`.
 */
level: string,
/**
 * How it stands.
 */
state: MarkState,
};

/**
 * How a question stands.
 */
export type MarkState = "ahead" | "current" | "solved" | "failed";

/**
 * How much of an earlier state is still in the state after a step, by what z, or f of an LSTM, kept alone.
 */
export type MemoryShare = {
/**
 * The step after which the state was so; null for `h_0`, or `c_0` of an LSTM.
 */
step: number | null,
/**
 * The product of all z, or f, since, in [0, 1].
 */
share: number,
};

/**
 * How long a question's clock runs; chosen before the run, the same for all its questions.
 */
export type Mode = "standard" | "x1.5" | "x2" | "x10" | "no_limit";

/**
 * One clock to choose.
 */
export type ModeView = {
/**
 * What to send with the start.
 */
mode: Mode,
/**
 * Its name: `2:00 per question`.
 */
label: string,
};

/**
 * One thing that a text has, as it is shown.
 */
export type NamedSize = {
/**
 * What it is: `hidden_size`.
 */
name: string,
/**
 * `16`, or `(32, 10, 8)`.
 */
text: string,
};

/**
 * A value with its name.
 */
export type NamedValue = {
/**
 * The name, or what was assigned to: `self.h`.
 */
name: string,
/**
 * Its class: `Tensor`, `int`, `GRU`.
 */
type: string,
/**
 * Its short text.
 */
text: string,
/**
 * A tensor's shape.
 */
shape: Array<number> | null,
/**
 * What each axis stands for, where that is known.
 */
axes: Array<Axis | null> | null,
/**
 * A tensor's type: `torch.float32`.
 */
dtype: string | null,
/**
 * What autograd calls the operation that made it: `AddBackward0`.
 */
grad_fn: string | null,
/**
 * Whether gradients are wanted of it.
 */
requires_grad: boolean,
/**
 * Its elements, where there are not too many.
 */
values: TensorSample | null,
};

/**
 * What became of an attempt.
 */
export type Notice = {
/**
 * What it is about.
 */
kind: NoticeKind,
/**
 * The text.
 */
text: string,
};

/**
 * What a notice is about.
 */
export type NoticeKind = "wrong" | "time_out";

/**
 * One number put in another's place.
 */
export type NumberEdit = {
/**
 * `input`, `h_0`, or the name of a parameter in the state dict.
 */
tensor: string,
/**
 * The element, counted row-major.
 */
index: number,
/**
 * What it becomes.
 */
value: number,
};

/**
 * A question being asked.
 */
export type OpenView = {
/**
 * The way.
 */
marks: Array<Mark>,
/**
 * The question.
 */
question: QuestionView,
/**
 * Its options in this run's order.
 */
options: Array<OptionView>,
/**
 * Attempts that the question has in all.
 */
attempts: number,
/**
 * Attempts left, this one included.
 */
attempts_left: number,
/**
 * The hint, once asked for.
 */
hint: string | null,
/**
 * The clock; none without a limit.
 */
clock: ClockView | null,
/**
 * Milliseconds during which the question has been open.
 */
elapsed_ms: number,
/**
 * What became of the attempt before this one.
 */
notice: Notice | null,
/**
 * What a screen reader is to say now, once per id.
 */
announcement: Announcement | null,
};

/**
 * What is said of a sentence: the class of the head that is largest.
 */
export type Opinion = "bad" | "none" | "good";

/**
 * How an option stands.
 */
export type OptionState = "free" | "tried" | "right";

/**
 * One option.
 */
export type OptionView = {
/**
 * Its stable id, to be sent with the answer.
 */
id: string,
/**
 * Its place in this run, from 1: the key that chooses it.
 */
number: number,
/**
 * Its text.
 */
text: string,
/**
 * How it stands.
 */
state: OptionState,
/**
 * What to say of it: of tried ones while the question is open, of every wrong one afterwards.
 */
reply: string | null,
};

/**
 * How a question ended, or that it has not.
 */
export type Outcome = "undecided" | "solved" | "failed";

/**
 * One parameter tensor.
 */
export type ParameterCost = {
/**
 * Its name in the state dict.
 */
name: string,
/**
 * Its shape.
 */
shape: bigint[],
/**
 * What each axis of its shape means.
 */
axes: Array<AxisMeaning>,
/**
 * Numbers in it.
 */
count: bigint,
};

/**
 * A typed shape, or what is wrong with the text.
 */
export type ParsedShape = { "shape": number[] } | { "diagnostic": Diagnostic };

/**
 * What a pasted text is.
 */
export type PastedAnswer = {
/**
 * Whether the text is known here.
 */
known: boolean,
/**
 * A stable name such as `hidden-size`; `not-known` where it is none.
 */
kind: string,
/**
 * Why, in plain words with the sizes of the text.
 */
cause: string,
/**
 * What people try in vain; empty where nothing is known.
 */
vain: string,
/**
 * The sizes, types and names that the text has, in its order.
 */
sizes: Array<NamedSize>,
/**
 * Statements for a notebook that get past it.
 */
mend: string | null,
/**
 * The call of `nn.GRU` that can be set up.
 */
call: Call | null,
/**
 * The code in the text, where it can be run: without fences, prompts and what the prompts printed.
 */
program: string | null,
};

/**
 * A question that is hidden while the clock stands. Holds none of its text.
 */
export type PausedView = {
/**
 * The way.
 */
marks: Array<Mark>,
/**
 * Why the clock stands.
 */
because: Because,
/**
 * The same in words.
 */
text: string,
/**
 * Attempts that the question has in all.
 */
attempts: number,
/**
 * Attempts left.
 */
attempts_left: number,
/**
 * The clock as it will go on; none without a limit.
 */
clock: ClockView | null,
/**
 * Milliseconds during which the question has been open.
 */
elapsed_ms: number,
};

/**
 * Where a quiz stands.
 */
export type Phase = "intro" | "open" | "paused" | "time_out" | "closed" | "finished";

/**
 * The part of a call that a label points at.
 */
export type Place = { "part": "option",
/**
 * The option's name, such as `input_size`.
 */
name: string,
} | { "part": "input",
/**
 * The axis counted from 0, where one is meant.
 */
axis: number | null,
} | { "part": "h_0",
/**
 * The axis counted from 0, where one is meant.
 */
axis: number | null,
} | { "part": "text",
/**
 * Where the span starts.
 */
start: number,
/**
 * Where it ends, exclusive.
 */
end: number,
};

/**
 * The loss after each epoch, as many of each.
 */
export type PracticeCurves = {
/**
 * On what is trained on.
 */
training: Array<number>,
/**
 * On what is held back.
 */
validation: Array<number>,
};

/**
 * How a learner stands.
 */
export type PracticeProgress = {
/**
 * The level of the next question, 1 to 4.
 */
level: number,
/**
 * Right answers in a row at this level.
 */
row: number,
/**
 * A tally for each of [`CONFIDENCE`].
 */
tallies: [ConfidenceTally, ConfidenceTally, ConfidenceTally, ConfidenceTally],
/**
 * The generators that were asked last, the newest last.
 */
recent: Array<string>,
};

/**
 * A question without its key.
 */
export type PracticeQuestion = {
/**
 * The generator: `shapes/h-n`.
 */
generator: string,
/**
 * The seed that makes this variant of it.
 */
seed: number,
/**
 * What kind of problem it is: `Predict Output`.
 */
kind: string,
/**
 * How hard it is, 1 to 4.
 */
level: number,
/**
 * The question.
 */
text: string,
/**
 * The code that it is about; may be empty.
 */
code: Array<CodeLine>,
/**
 * The curves that it is about.
 */
curves: PracticeCurves | null,
/**
 * What can be chosen.
 */
options: Array<string>,
};

/**
 * What can be practised, and where a learner begins.
 */
export type PracticeShelf = {
/**
 * The topics.
 */
topics: Array<PracticeTopic>,
/**
 * How sure a learner can say to be, from a guess on.
 */
confidence: Array<ConfidenceStep>,
/**
 * How a learner stands who has answered nothing.
 */
start: PracticeProgress,
};

/**
 * A topic that can be practised.
 */
export type PracticeTopic = {
/**
 * Its name in the address: `last-states`.
 */
tag: string,
/**
 * Its name in words: `Last states`.
 */
name: string,
/**
 * How many generators it has.
 */
generators: number,
};

/**
 * What is said of an answer.
 */
export type PracticeVerdict = {
/**
 * Whether it is right.
 */
right: boolean,
/**
 * The right option's place.
 */
key: number,
/**
 * What is right about a wrong option, and the mistake that it comes from.
 */
reply: string | null,
/**
 * Why the right option is right.
 */
explanation: string,
/**
 * The call to be tried in Play, where the question is about one.
 */
call: Call | null,
};

/**
 * A tensor that was printed.
 */
export type PrintedTensor = {
/**
 * Where its text begins in what was printed.
 */
from: number,
/**
 * Where its text ends.
 */
to: number,
/**
 * Its elements, where there are not too many.
 */
values: TensorSample | null,
};

/**
 * One product of a sum: `weight * value`.
 */
export type ProductTerm = {
/**
 * The column of the weight, and the element of what is read.
 */
index: number,
/**
 * The weight.
 */
weight: number,
/**
 * What it is multiplied by.
 */
value: number,
/**
 * Their product.
 */
product: number,
/**
 * Where the value comes from.
 */
from: TermOrigin,
};

/**
 * A call of `nn.GRU` in a program.
 */
export type ProgramCall = {
/**
 * The call.
 */
call: Call,
/**
 * What `torch.manual_seed` is given.
 */
seed: number | null,
/**
 * Where its numbers are written.
 */
places: Array<FieldPlace>,
/**
 * What else the program has, in words; null where the call is all of it.
 */
beyond: string | null,
};

/**
 * Why a program raised.
 */
export type ProgramDiagnosis = {
/**
 * A stable name such as `linear-features`.
 */
code: string,
/**
 * Why, with the sizes.
 */
cause: string,
/**
 * What people try in vain; empty where nothing is known.
 */
vain: string,
/**
 * What else helps to understand it.
 */
notes: Array<string>,
/**
 * Places in the source, with what they are.
 */
labels: Array<SourceLabel>,
/**
 * Edits that were tried: the program then gets past the exception.
 */
fixes: Array<ProgramFix>,
};

/**
 * Why a program did not come to its end.
 */
export type ProgramEnd = {
/**
 * What it used up.
 */
why: UsedUp,
/**
 * The same in words, with the sizes.
 */
what: string,
/**
 * The line of the program.
 */
line: number,
/**
 * The steps that were done.
 */
steps: number,
};

/**
 * An exception as a traceback ends with it.
 */
export type ProgramException = {
/**
 * The class: `RuntimeError`.
 */
kind: string,
/**
 * `str(exception)`.
 */
message: string,
/**
 * The traceback's last lines.
 */
text: string,
/**
 * The line of the program.
 */
line: number,
};

/**
 * Edits that get past an exception.
 */
export type ProgramFix = {
/**
 * What it does, as a command.
 */
title: string,
/**
 * Whether every tensor that there was keeps its elements.
 */
keeps_data: boolean,
/**
 * What changes, from the start of the source to its end.
 */
edits: Array<SourceEdit>,
};

/**
 * What the runner does not do.
 */
export type ProgramRefusal = {
/**
 * What it is.
 */
what: string,
/**
 * The line of the program.
 */
line: number,
};

/**
 * What came of running a program; places are in UTF-16 units, lines from 1.
 */
export type ProgramRun = {
/**
 * All that it printed.
 */
stdout: string,
/**
 * The tensors in it that were printed by themselves.
 */
printed: Array<PrintedTensor>,
/**
 * The exception that ended it, if one did.
 */
raised: ProgramException | null,
/**
 * What the runner does not do, where the program came to such a thing.
 */
refused: ProgramRefusal | null,
/**
 * Where it came to the end of what it may use; what was printed and made until then is there.
 */
stopped: ProgramEnd | null,
/**
 * The warnings that were given, each once.
 */
warnings: Array<GivenWarning>,
/**
 * What the assignments of each line made, the last time that it ran, by line.
 */
lines: Array<TracedLine>,
/**
 * The global names at the end, but modules, functions and classes.
 */
names: Array<NamedValue>,
/**
 * Why it raised, and what gets past it.
 */
explanation: ProgramDiagnosis | null,
};

/**
 * A question's own text.
 */
export type QuestionView = {
/**
 * Its stable id.
 */
id: string,
/**
 * Its place, from 1.
 */
number: number,
/**
 * How many there are.
 */
of: number,
/**
 * Its kind: `Predict Output`.
 */
kind: string,
/**
 * Its level: `intermediate`.
 */
level: string,
/**
 * Its title.
 */
title: string,
/**
 * What is asked.
 */
text: string,
/**
 * The code asked about.
 */
code: CodeView | null,
/**
 * The curves asked about.
 */
curves: CurvesView | null,
};

/**
 * Something that the learner or the clock did.
 *
 * An event that does not fit the phase, such as a second click on an answer, changes nothing.
 */
export type QuizEvent = { "type": "start",
/**
 * How long the clock runs.
 */
mode: Mode,
/**
 * What shuffles the options; any number, the page draws one at random.
 */
seed: number,
} | { "type": "answer",
/**
 * The option's id.
 */
option: string,
} | { "type": "hint" } | { "type": "pause" } | { "type": "resume" } | { "type": "next" } | { "type": "tick" } | { "type": "try_it" } | { "type": "again" } | { "type": "abandon" } | { "type": "stamp",
/**
 * The day as `2026-11-22`.
 */
date: string,
};

/**
 * All that is kept of a quiz; the page stores it after every event.
 */
export type QuizState = {
/**
 * The version of this form of state: [`QuizState::VERSION`].
 */
version: number,
/**
 * The hash of the bank that the run asks from, 16 hexadecimal digits.
 */
bank: string,
/**
 * Where the quiz stands.
 */
phase: Phase,
/**
 * How long the clock runs.
 */
mode: Mode,
/**
 * What shuffles the options.
 */
seed: number,
/**
 * The questions begun so far, in order; the last one is the present one.
 */
records: Array<Record>,
/**
 * The day on the badge as `2026-11-22`, once stamped.
 */
date: string | null,
};

/**
 * What to draw, by phase.
 */
export type QuizView = { "phase": "intro" } & IntroView | { "phase": "open" } & OpenView | { "phase": "paused" } & PausedView | { "phase": "closed" } & ClosedView | { "phase": "finished" } & FinishedView;

/**
 * What to read again.
 */
export type ReadAgain = {
/**
 * The question's id.
 */
question: string,
/**
 * What it is about, in a few words.
 */
title: string,
/**
 * What to look at.
 */
text: string,
/**
 * What to set the playground to.
 */
call: Call | null,
};

/**
 * What happened to one question of a run.
 */
export type Record = {
/**
 * The question's id.
 */
question: string,
/**
 * The attempts spent so far, in order: the wrong option's id, or `time_out`.
 */
spent: string[],
/**
 * Whether the hint was shown.
 */
hint: boolean,
/**
 * Whether the code was opened in the playground before the verdict.
 */
tried: boolean,
/**
 * How it ended.
 */
outcome: Outcome,
/**
 * Milliseconds left of the present attempt; none without a limit.
 */
remaining_ms: number | null,
/**
 * Milliseconds during which the question was open, over all attempts.
 */
elapsed_ms: number,
};

/**
 * A run of releases that answer every call alike.
 */
export type ReleaseRange = {
/**
 * The first release of the range.
 */
from: string,
/**
 * The last release of the range that was run.
 */
to: string,
/**
 * The range as a person would write it: `2.11 to 2.15`.
 */
label: string,
/**
 * What changed with its first release, a sentence each.
 */
changes: Array<string>,
};

/**
 * A printed value.
 */
export type ResultLine = {
/**
 * What is printed: `out.shape`.
 */
expression: string,
/**
 * The value: `torch.Size([5, 3, 20])`.
 */
text: string,
};

/**
 * One question's result.
 */
export type ResultView = {
/**
 * The question's id.
 */
id: string,
/**
 * Its place, from 1.
 */
number: number,
/**
 * Its kind.
 */
kind: string,
/**
 * Its title.
 */
title: string,
/**
 * Whether it was solved.
 */
solved: boolean,
/**
 * Attempts made, the solving one included.
 */
attempts: number,
/**
 * How many of them ran out of time.
 */
time_outs: number,
/**
 * Whether the hint was shown.
 */
hint: boolean,
/**
 * Whether the code was opened in the playground before the verdict.
 */
tried: boolean,
/**
 * Milliseconds during which it was open.
 */
elapsed_ms: number,
/**
 * The same as text: `1:43`.
 */
elapsed: string,
};

/**
 * What a traced tensor is to the call.
 */
export type Role = "input" | "h_0" | "layer_input" | "step_input" | "input_product" | "hidden_product" | "gate" | "direction_output" | "layer_output" | "output" | "h_n";

/**
 * A row of `W x + b`: the largest products, the sum of the others, the bias, and all of it together.
 */
export type RowSum = {
/**
 * The name of the weight in the state dict.
 */
weight: string,
/**
 * Its row.
 */
row: number,
/**
 * The name of the bias; null where the module has none.
 */
bias_name: string | null,
/**
 * The bias; 0 where the module has none.
 */
bias: number,
/**
 * At most 32 products, those of the largest size.
 */
terms: Array<ProductTerm>,
/**
 * How many products there are.
 */
count: number,
/**
 * The sum of the products that are not listed.
 */
rest: number,
/**
 * The sum of all products and the bias.
 */
total: number,
};

/**
 * What a run needs of a legal call: read by the page's module, handed to the worker's.
 */
export type RunPlan = {
/**
 * The module's options.
 */
config: GruConfig,
/**
 * The input's shape.
 */
input_shape: Array<number>,
/**
 * Null where the call leaves `h_0` out, so that it is zero.
 */
h_0_shape: Array<number> | null,
};

/**
 * How far a run is, in multiply-adds.
 */
export type RunProgress = {
/**
 * Those that are done.
 */
done: number,
/**
 * All of them.
 */
total: number,
};

/**
 * What a run drew and gave, row-major, shapes as `PyTorch` has them.
 */
export type RunValues = {
/**
 * As drawn.
 */
input: Float32Array,
/**
 * Its shape.
 */
input_shape: Array<number>,
/**
 * As drawn; null where the call leaves it out, so that it is zero.
 */
h_0: Float32Array | null,
/**
 * The last layer's hidden states.
 */
output: Float32Array,
/**
 * Its shape.
 */
output_shape: Array<number>,
/**
 * Every layer's last hidden state.
 */
h_n: Float32Array,
/**
 * Its shape.
 */
h_n_shape: Array<number>,
/**
 * The gates that were asked for; empty where keeping them would pass the memory limit.
 */
trace: GateTrace[],
};

/**
 * A piece of a line.
 */
export type Segment = {
/**
 * Its text.
 */
text: string,
/**
 * What it is to Python.
 */
kind: SegmentKind,
/**
 * The quantity whose colour it carries.
 */
axis: Axis | null,
/**
 * The part of the call that it writes, to be underlined when a label points there.
 */
place: Place | null,
};

/**
 * What a piece of code is to Python.
 */
export type SegmentKind = "keyword" | "name" | "number" | "string" | "comment" | "operator" | "plain";

/**
 * A sentence read by the trained model.
 */
export type SentenceReading = {
/**
 * Its words, in order, and what each did.
 */
steps: Array<SentenceStep>,
/**
 * The unit that remembers whether a negation was read.
 */
unit: number,
/**
 * Whether the text has more words than are read.
 */
is_cut: boolean,
};

/**
 * One word read: every list has a number for each unit.
 */
export type SentenceStep = {
/**
 * The word.
 */
word: SentenceWord,
/**
 * The word's row of the embedding, `x_t`.
 */
x: Array<number>,
/**
 * The reset gate, in [0, 1].
 */
r: Array<number>,
/**
 * The update gate, in [0, 1]: how much of the old state stays.
 */
z: Array<number>,
/**
 * The candidate, in [-1, 1].
 */
n: Array<number>,
/**
 * The state after the word.
 */
h: Array<number>,
/**
 * What the head would say if the sentence ended here.
 */
opinion: Opinion,
/**
 * How likely it holds each class to be: bad, none, good.
 */
probabilities: [number, number, number],
};

/**
 * A word of a sentence.
 */
export type SentenceWord = {
/**
 * As it was written.
 */
text: string,
/**
 * Its row of the embedding.
 */
token: number,
/**
 * What it does.
 */
kind: WordKind,
};

/**
 * How much a diagnostic matters.
 */
export type Severity = "error" | "warning" | "note";

/**
 * Every tensor of a legal call.
 */
export type ShapeTrace = {
/**
 * Whether the input has a batch axis.
 */
batched: boolean,
/**
 * Steps.
 */
seq_len: number,
/**
 * Sequences side by side; 1 for unbatched input.
 */
batch: number,
/**
 * The tensors in the order in which they arise; layers beyond the first
 * [`ShapeTrace::LAYERS`] but the last are left out.
 */
tensors: Array<TracedTensor>,
/**
 * What every layer computes at a step.
 */
equations: Array<Equation>,
/**
 * How many layers are left out.
 */
elided_layers: number,
};

/**
 * A piece of the source and what stands there instead.
 */
export type SourceEdit = {
/**
 * Where the piece begins.
 */
from: number,
/**
 * Where it ends.
 */
to: number,
/**
 * What stands there instead.
 */
insert: string,
};

/**
 * A place in the source.
 */
export type SourceLabel = {
/**
 * Where it begins.
 */
from: number,
/**
 * Where it ends.
 */
to: number,
/**
 * What it is.
 */
text: string,
};

/**
 * What matters of a tensor to a shape check.
 */
export type Tensor = {
/**
 * Its shape.
 */
shape: number[],
/**
 * Its element type; float32 by default.
 */
dtype?: Dtype,
/**
 * Where it is, if that is said: else where the module is.
 */
device?: Device,
};

/**
 * How far a tensor has changed.
 */
export type TensorChange = {
/**
 * `out`, `h_n`, or of a sentence `answer`, how likely each class is held to be.
 */
name: string,
/**
 * How many of its numbers are others.
 */
changed: number,
/**
 * How many it has.
 */
count: number,
/**
 * By how much the one that changed most did; 0 where none did.
 */
largest: number,
/**
 * The same in words.
 */
words: string,
};

/**
 * A tensor's elements, row-major.
 */
export type TensorSample = {
/**
 * The sizes of its axes.
 */
shape: Array<number>,
/**
 * The elements.
 */
data: Array<number>,
};

/**
 * Where a number that a unit reads comes from.
 */
export type TermOrigin = "input" | { "state": {
/**
 * Its layer.
 */
layer: number,
/**
 * Whether it is of the reverse direction.
 */
reverse: boolean,
/**
 * Its step.
 */
step: number,
/**
 * The unit.
 */
unit: number,
} } | "h_0";

/**
 * A sample in a layer and direction, each counted from 0.
 */
export type TracePlace = {
/**
 * The layer.
 */
layer: number,
/**
 * Whether it is the reverse direction.
 */
reverse: boolean,
/**
 * The sample; 0 for unbatched input.
 */
sample: number,
};

/**
 * What a line made.
 */
export type TracedLine = {
/**
 * The line of the program.
 */
line: number,
/**
 * How often it ran.
 */
runs: number,
/**
 * What its assignments made, the last time.
 */
values: Array<NamedValue>,
};

/**
 * One tensor on the way from the input to the results.
 */
export type TracedTensor = {
/**
 * Its name: `input`, `W_ih_l0 x + b_ih_l0`, `r`, `output`, `h_n`.
 */
name: string,
/**
 * What it is to the call.
 */
role: Role,
/**
 * The layer it belongs to, counted from 0.
 */
layer: number | null,
/**
 * Whether it belongs to the reverse direction.
 */
reverse: boolean,
/**
 * Its shape.
 */
shape: number[],
/**
 * The meaning of each axis, as many as the shape has.
 */
axes: Array<AxisMeaning>,
};

/**
 * All that makes one unit's state at one step.
 */
export type UnitArithmetic = {
/**
 * r, z and n; i, f, g and o; or the one sum of an RNN.
 */
gates: Array<GateArithmetic>,
/**
 * The state before the step that the unit keeps or replaces: of `h_prev`, or of `c_prev` in an LSTM.
 */
before: number,
/**
 * Where that is kept.
 */
before_from: TermOrigin,
/**
 * An LSTM's cell state; null of other modules.
 */
cell: CellStateArithmetic | null,
/**
 * The state after it: of a GRU `h = (1 - z) * n + z * h_prev`, of an LSTM `h = o * tanh(c)` before any projection.
 */
h: number,
/**
 * What the unit does with its state now.
 */
words: string,
/**
 * The gate that says how much stays: `z`, or `f` of an LSTM; null of an RNN.
 */
keeper: 'z' | 'f' | null,
/**
 * What of each earlier state is left, the nearest first; at most 16 steps, none without a gate that keeps.
 */
memory: Array<MemoryShare>,
};

/**
 * One unit at one step of a sample in a layer and direction, each counted from 0.
 */
export type UnitPlace = {
/**
 * The layer.
 */
layer: number,
/**
 * Whether it is the reverse direction.
 */
reverse: boolean,
/**
 * The sample; 0 for unbatched input.
 */
sample: number,
/**
 * The step, as the input counts it.
 */
step: number,
/**
 * The unit.
 */
unit: number,
};

/**
 * What was kept of every unit of one layer and direction, each quantity of shape (L, N, H), in the input's order of
 * steps; where one sample was kept, of shape (L, 1, H).
 */
export type UnitTrace = {
/**
 * The layer.
 */
layer: number,
/**
 * Whether it is the reverse direction.
 */
reverse: boolean,
/**
 * The sample that comes first: 0, or the one that was kept.
 */
sample: number,
/**
 * (L, N, H).
 */
shape: number[],
};

/**
 * What a program used up.
 */
export type UsedUp = "steps" | "watch" | "memory" | "output" | "recursion";

/**
 * A Python value.
 *
 * In JavaScript: `null`, a boolean, a whole number (an int), another number (a float), a string,
 * an array (a list); a float that is whole is `{float: 16}`, a tuple `{tuple: [5, 8]}`, an int of `NumPy` `{int64: 16}`.
 */
export type Value = null | boolean | number | string | Value[] | { float: number } | { tuple: Value[] } | { int64: number };

/**
 * A verdict: what is right stands before what was wrong.
 */
export type VerdictView = {
/**
 * Whether the question was solved.
 */
solved: boolean,
/**
 * What is right.
 */
right: string,
/**
 * What was wrong, a text per attempt spent.
 */
wrong: Array<string>,
};

/**
 * What a word does.
 */
export type WordKind = "unknown" | "filler" | "negation" | "good" | "bad";
