// Written by `cargo test -p gru-playground-api` from the Rust types; not to be edited.

/**
 * `torch.optim.Adagrad`: `s` is the sum of g²; `p -= lr / (1 + t * lr_decay) * g / (sqrt(s) + eps)`, t from 0.
 */
export type Adagrad = {
/**
 * The learning rate.
 */
lr: number,
/**
 * How fast the learning rate falls.
 */
lr_decay: number,
/**
 * What `weight_decay * p` adds to the gradient.
 */
weight_decay: number,
/**
 * What the sum of g² starts from.
 */
initial_accumulator_value: number,
/**
 * What keeps the divisor from zero.
 */
eps: number,
};

/**
 * The options of `torch.optim.Adam` and `AdamW`, whose defaults differ.
 */
export type AdamOptions = {
/**
 * The learning rate.
 */
lr?: number,
/**
 * How much of the last means of g and g² is kept, each in [0, 1).
 */
betas?: [number, number],
/**
 * What keeps the divisor from zero.
 */
eps?: number,
/**
 * How much the weights decay.
 */
weight_decay?: number,
/**
 * Whether to divide by the largest mean of g² so far.
 */
amsgrad?: boolean,
};

/**
 * One thing to try after a run.
 */
export type Advice = {
/**
 * Why it is worth a try.
 */
why: string,
/**
 * Whether the record shows that this was the cause; else it is only a try.
 */
sure: boolean,
/**
 * The change.
 */
help: Help,
};

/**
 * A batch: what the model reads, and its targets: (N, `out_features`), or for `cross_entropy` the N classes.
 */
export type Batch = {
/**
 * What the model reads.
 */
x: ModelInput,
/**
 * The targets.
 */
y: TensorData | Integers,
};

/**
 * The first number that is infinite or NaN.
 */
export type BrokenAt = {
/**
 * Whether it came up in the hidden state, else in its gradient.
 */
forward: boolean,
/**
 * The step.
 */
step: number,
};

/**
 * How a module is called.
 */
export type CallOptions = {
/**
 * Whether dropout drops; by default it does not.
 */
training?: boolean,
/**
 * What dropout draws from while training.
 */
generator?: Generator,
};

/**
 * The recurrent module of a model, by its class in `torch.nn`, which has no minGRU.
 */
export type CellName = "GRU" | "RNN" | "LSTM" | "MinGRU";

/**
 * The options of a single cell under `PyTorch`'s names.
 */
export type CellOptions = {
/**
 * I, the features of the input.
 */
input_size: number,
/**
 * H, the features of the hidden state.
 */
hidden_size: number,
/**
 * Whether there are `bias_ih` and `bias_hh`; true by default.
 */
bias?: boolean,
/**
 * Of an `RnnCell`: tanh by default.
 */
nonlinearity?: Nonlinearity,
};

/**
 * One setting, changed.
 */
export type Change = { "seq_len": number } | { "batch": number } | { "fresh": boolean } | { "cell": CellName } | { "gate_bias": number } | { "train_size": number } | { "hidden_size": number } | { "num_layers": number } | { "dropout": number } | { "lr": number } | { "momentum": number } | { "nesterov": boolean } | { "beta_1": number } | { "beta_2": number } | { "alpha": number } | { "lr_decay": number } | { "weight_decay": number } | { "clip_grad_norm": number } | { "patience": number } | { "steps": number } | { "seed": number };

/**
 * Whether a change helped, and where the two runs part.
 */
export type Comparison = {
/**
 * Whether the later run does better on what it has not seen; none where they are alike.
 */
helped: boolean | null,
/**
 * The same in figures.
 */
sentences: Array<string>,
/**
 * The first step in which the runs differ.
 */
parted: Parting,
};

/**
 * What is seen in a run, and beside the run before it whether the change helped.
 */
export type DoctorReport = {
/**
 * What is seen in the run.
 */
finding: Finding,
/**
 * The run beside the one before it.
 */
comparison: Comparison | null,
/**
 * Whether a run that overfits was made, and cured.
 */
goal: TrainingGoal,
};

/**
 * A float64 tensor, row-major.
 */
export type DoubleTensor = {
/**
 * The sizes of its axes.
 */
shape: Array<number>,
/**
 * Its elements.
 */
data: Float64Array,
};

/**
 * The options of `nn.Embedding` but its dimension, which is the GRU's `input_size`.
 */
export type EmbeddingConfig = {
/**
 * How many tokens there are; at least 1.
 */
num_embeddings: number,
/**
 * The token whose row is never learnt.
 */
padding_idx?: number | null,
};

/**
 * The options of `nn.Embedding` under `PyTorch`'s names.
 */
export type EmbeddingOptions = {
/**
 * How many tokens there are.
 */
num_embeddings: number,
/**
 * The features of each.
 */
embedding_dim: number,
/**
 * The token whose row is zero.
 */
padding_idx?: number | null,
};

/**
 * One line of what was found.
 */
export type Entry = {
/**
 * The tensor's name in the file; none where a parameter is missing.
 */
name: string | null,
/**
 * The parameter's name in the module; none where it has no such parameter.
 */
parameter: string | null,
/**
 * What became of it.
 */
state: EntryState,
/**
 * The tensor's element type: `torch.float32`.
 */
dtype: string | null,
/**
 * The tensor's shape, as a parameter of the module.
 */
shape: Array<number> | null,
/**
 * The parameter's shape.
 */
expected: Array<number> | null,
};

/**
 * What became of a tensor or a parameter.
 */
export type EntryState = "fits" | "converted" | "missing" | "unexpected" | "wrong_shape" | "wrong_type" | "elsewhere";

/**
 * A place of the plot that shows what is said.
 */
export type Evidence = {
/**
 * The first step taken.
 */
from: number,
/**
 * The last; of a single step the same.
 */
to: number,
/**
 * What is there, in a few words with its numbers.
 */
text: string,
};

/**
 * What becomes of a gradient on its way back.
 */
export type Fate = "vanishes" | "holds" | "explodes" | "broken";

/**
 * What is seen in a run, by what, and one thing to try.
 *
 * ```
 * use gru_playground_train::{Finding, RunRecord, Setup, TrainingValidation, Verdict};
 *
 * let told = |steps| TrainingValidation { steps, loss: 0.002, accuracy: None };
 * let run = RunRecord {
 *     name: "A".to_owned(),
 *     setup: Setup::default(),
 *     losses: (1..=60).map(|step| 0.1 / step as f32).collect(),
 *     grad_norms: vec![0.1; 60],
 *     validation: (1..=12).map(|count| told(5 * count)).collect(),
 *     broke: None,
 *
};
 * assert_eq!(Finding::of(&run).verdict, Verdict::Learned);
 * ```
 */
export type Finding = {
/**
 * What the run came to.
 */
verdict: Verdict,
/**
 * From which step on, where it began at one.
 */
since: number | null,
/**
 * The same in a few words: `Overfits since step 35`.
 */
title: string,
/**
 * Why this is said, in one to three sentences.
 */
sentences: Array<string>,
/**
 * Where it is seen.
 */
evidence: Array<Evidence>,
/**
 * Its figures.
 */
figures: RunFigures,
/**
 * What to try next.
 */
advice: Advice | null,
};

/** A tensor that random numbers go into or depend on; they have its type. */
export type FloatTensor = TensorData | DoubleTensor;

/**
 * Who forecasts.
 */
export type Forecaster = "gru" | "last" | "season" | "season_change";

/**
 * The format of a file.
 */
export type Format = "safetensors" | "pt" | "npz" | "npy" | "onnx";

/**
 * A module whose weights are all in a file.
 */
export type FoundModule = {
/**
 * Where: keys, places in lists and what the names begin with, joined by dots; the name of an ONNX node.
 */
at: string,
/**
 * Its class in `torch.nn`: `GRU`, `LSTMCell`.
 */
module: string,
/**
 * `H_in`.
 */
input_size: number,
/**
 * H.
 */
hidden_size: number,
/**
 * How many layers.
 */
num_layers: number,
/**
 * Whether it reads in both directions.
 */
bidirectional: boolean,
/**
 * Whether it has biases.
 */
bias: boolean,
/**
 * The size of an LSTM's projected state, if it has one.
 */
proj_size: number | null,
/**
 * Whether names of their own and shapes suggest it, so that the learner is to agree.
 */
proposed: boolean,
};

/**
 * The gradients of a loss by what went into a call.
 */
export type Gradients = {
/**
 * By each parameter.
 */
parameters: StateDict,
/**
 * By the input.
 */
input: TensorData,
/**
 * By the initial hidden states.
 */
h_0: TensorData,
/**
 * By an LSTM's initial cell states; else null.
 */
c_0: TensorData | null,
};

/**
 * Which loss.
 */
export type GradientsLoss = "last_step" | "every_step";

/**
 * What a learner sets.
 */
export type GradientsSetup = {
/**
 * I, in [1, [`MOST_FEATURES`]].
 */
input_size: number,
/**
 * H, in [1, [`MOST_FEATURES`]].
 */
hidden_size: number,
/**
 * L, in [1, [`MOST_STEPS`]].
 */
seq_len: number,
/**
 * N, in [1, [`MOST_SAMPLES`]].
 */
batch: number,
/**
 * Given to `torch.manual_seed` before each module.
 */
seed: number,
/**
 * What `weight_hh_l0` is multiplied by.
 */
gain: number,
/**
 * What is added to the biases of the gates that keep the past: z of the GRU, f of the LSTM.
 */
gate_bias: number,
/**
 * The loss.
 */
loss: GradientsLoss,
};

/**
 * What the room of gradients shows.
 */
export type GradientsView = { code: Array<CodeLine>, modules: Array<ModuleGradients>, };

/**
 * Where the weights of a GRU are drawn from, and which GRU it is: `PyTorch`'s by default.
 */
export type GruInit = {
/**
 * The seed of a new stream.
 */
seed?: number | bigint,
/**
 * A stream that is there.
 */
generator?: Generator,
/**
 * Which GRU it is.
 */
variant?: Partial<Variant>,
};

/**
 * A statement of what would help, and the change that does it.
 */
export type Help = {
/**
 * The statement.
 */
text: string,
/**
 * What is then written, such as `lr=0.01`.
 */
code: string,
/**
 * The change.
 */
change: Change,
};

/**
 * Where random numbers come from: `torch.manual_seed(seed)`, by default 0, or a stream that goes on afterwards.
 */
export type Init = {
/**
 * The seed of a new stream.
 */
seed?: number | bigint,
/**
 * A stream that is there.
 */
generator?: Generator,
};

/**
 * A tensor of whole numbers, `torch.int64`, row-major.
 */
export type IntegerTensor = {
/**
 * The sizes of its axes.
 */
shape: Array<number>,
/**
 * Its elements.
 */
data: BigInt64Array,
};

/** Whole numbers, row-major: a tensor's elements, or a list of them. */
export type Integers = readonly (number | bigint)[] | BigInt64Array | Int32Array | Uint32Array | Uint8Array;

/**
 * The gate that keeps the past: z in `h' = (1 - z) * n + z * h`, f in `c' = f * c + i * g`.
 */
export type KeepingGate = {
/**
 * Its mean over samples and units, of every step.
 */
mean: Array<number>,
/**
 * The mean, over samples and units, of its product over all later steps: what of a gradient at the end comes
 * back to this step without ever passing a matrix.
 */
product: Array<number>,
/**
 * The norm of the gradient if the gate's path were the only one: of `dL/dh_t` in a GRU, of `c.grad` in an LSTM.
 */
carried: Array<number>,
};

/**
 * The weights of a Keras `GRU` layer, gates z, r, h in columns.
 */
export type KerasWeights = {
/**
 * (I, 3H).
 */
kernel: TensorData,
/**
 * (H, 3H).
 */
recurrent_kernel: TensorData,
/**
 * (2, 3H) with `reset_after`, else (3H).
 */
bias?: TensorData | null,
/**
 * Keras's own default is true.
 */
reset_after?: boolean | null,
};

/**
 * How last states are read out of `padded`: what is often written, and what is right.
 */
export type LastIndexing = {
/**
 * The last step of the longest sample, which the others do not have: `[-1]`, or `[:, -1]` if `batch_first`.
 */
last: string,
/**
 * The forward state after each sample's own last step: (N, H), equal to `h_n[-1]`, or `h_n[-2]` if bidirectional.
 */
forward: string,
/**
 * The reverse state after step 0: (N, H), equal to `h_n[-1]`; nothing in a GRU of one direction.
 */
reverse: string | null,
};

/**
 * The last state of one sample in one direction: the true one, and what else is read.
 */
export type LastState = {
/**
 * The sample.
 */
sample: number,
/**
 * Whether of the reverse direction.
 */
reverse: boolean,
/**
 * `h_n`: H numbers.
 */
true_last: Array<number>,
/**
 * `padded[-1]`, its half: zeros where a sample is shorter, and of the reverse direction its first step.
 */
padded_last: Array<number>,
/**
 * `gru(x)[0][-1]` without packing, its half: the padding was read too.
 */
unpacked_last: Array<number>,
/**
 * The largest difference of `padded_last` to the truth.
 */
padded_off: number,
/**
 * The largest difference of `unpacked_last` to the truth.
 */
unpacked_off: number,
};

/**
 * What tensor the lengths are.
 */
export type LengthsKind = "int64" | "float32" | "cuda";

/**
 * The options of `nn.Linear` under `PyTorch`'s names.
 */
export type LinearOptions = {
/**
 * The features of each row that goes in.
 */
in_features: number,
/**
 * The features of each row that comes out.
 */
out_features: number,
/**
 * Whether a bias is added; true by default.
 */
bias?: boolean,
};

/**
 * A loss by its name in `nn.functional`.
 */
export type LossFunction = "mse_loss" | "cross_entropy" | "binary_cross_entropy_with_logits";

/**
 * The loss that a task is judged by.
 */
export type LossName = "CrossEntropyLoss" | "MSELoss" | "BCEWithLogitsLoss";

/**
 * The option that only `nn.LSTM` has.
 */
export type LstmOption = {
/**
 * R of an LSTM that projects its hidden state, less than `hidden_size`; 0, the default, for none.
 */
proj_size?: number,
};

/** The options of `nn.LSTM` under PyTorch's names. */
export type LstmOptions = GruConfig & LstmOption;

/** What an LSTM gives. */
export type LstmOutput = Output & { c_n: TensorData };

/** An LSTM's `(h_0, c_0)`; null is zero. */
export type LstmState = readonly [TensorData | null, TensorData | null];

/**
 * What an `LstmCell` gives.
 */
export type LstmStep = {
/**
 * The hidden state.
 */
h_1: TensorData,
/**
 * The cell state.
 */
c_1: TensorData,
};

/** An LSTM's gates and states, h before any projection. */
export type LstmTrace = UnitTrace & { pre_i: Float32Array, pre_f: Float32Array, pre_g: Float32Array, pre_o: Float32Array, i: Float32Array, f: Float32Array, g: Float32Array, o: Float32Array, c: Float32Array, tanh_c: Float32Array, h: Float32Array };

/**
 * A cell that is compared: two of them are GRUs, one as `PyTorch` makes it and one whose gate starts open.
 */
export type MemoryCell = "rnn" | "gru" | "gru_open" | "lstm" | "min_gru";

/**
 * The goal of the room, judged: make the RNN forget and a GRU remember at distance 30.
 */
export type MemoryGoal = {
/**
 * The distance at which it counts.
 */
distance: number,
/**
 * Whether it is reached.
 */
reached: boolean,
/**
 * What was reached, or what there is to do, in a sentence.
 */
words: string,
/**
 * Everything that is missing, a sentence each; empty once it is reached.
 */
missing: Array<string>,
};

/**
 * What goes on within a cell, looked at from its first seed.
 */
export type MemoryInside = {
/**
 * The tokens of the sequence that is looked at: (L).
 */
tokens: Array<number>,
/**
 * Which token the trained cell says came first.
 */
answer: number,
/**
 * The probability that it gives to the token that did.
 */
probability: number,
/**
 * The letter of the state: `h`, or an LSTM's `c`.
 */
letter: string,
/**
 * The state after each step, once it is trained: (L, H), row-major.
 */
states: Array<number>,
/**
 * `|dL/dh_t|` before the first step of training, over that by the last state: (L).
 */
before: Array<number>,
/**
 * The same once it is trained.
 */
after: Array<number>,
};

/**
 * What came of one cell from one seed.
 */
export type MemoryOutcome = {
/**
 * The cell.
 */
cell: MemoryCell,
/**
 * The number of its seed, from 0.
 */
number: number,
/**
 * The share of right answers at the end, in [0, 1].
 */
accuracy: number,
/**
 * The same on the way.
 */
validation: Array<MemoryValidation>,
/**
 * Why training ended early, if it did.
 */
broken: string | null,
/**
 * What goes on within; of the first seed alone.
 */
inside: MemoryInside | null,
};

/**
 * What a comparison means, before anything is computed.
 */
export type MemoryPlan = {
/**
 * Every cell.
 */
cells: Array<MemoryPlanCell>,
/**
 * The script of one of them, from the first seed.
 */
code: Array<CodeLine>,
/**
 * The share of right answers of who guesses.
 */
chance: number,
/**
 * The goal, of which nothing is done yet.
 */
goal: MemoryGoal,
/**
 * Why it cannot be run.
 */
trouble: Trouble | null,
};

/**
 * A cell as it is set, before anything is trained.
 */
export type MemoryPlanCell = {
/**
 * The cell.
 */
cell: MemoryCell,
/**
 * What it is called.
 */
name: string,
/**
 * Numbers that it learns, with embedding and head.
 */
parameters: number,
};

/**
 * What came of a comparison so far.
 */
export type MemoryReport = {
/**
 * Every cell that has arrived, in the order in which they are trained.
 */
standings: Array<MemoryStanding>,
/**
 * How far the learner's order is from it.
 */
gap: RankingGap,
/**
 * Whether the goal is reached.
 */
goal: MemoryGoal,
/**
 * Why it came so, a sentence each.
 */
why: Array<string>,
};

/**
 * What a learner sets of the comparison; the task is [`Task::Recall`], trained by Adam.
 */
export type MemorySetup = {
/**
 * L: how far back the token lies that is to be told, in [2, 40].
 */
seq_len: number,
/**
 * The steps of training, in [5, 400].
 */
steps: number,
/**
 * What is added to the bias of the gate that keeps the old state, of the open GRU; in [-6, 8].
 */
gate_bias: number,
/**
 * Whether LSTM and minGRU are given it too.
 */
bias_all: boolean,
/**
 * From how many seeds each cell is trained, in [1, 5].
 */
seeds: number,
/**
 * The first seed; the next ones follow it.
 */
seed: number,
};

/**
 * What one cell knows after training from all its seeds.
 */
export type MemoryStanding = {
/**
 * The cell.
 */
cell: MemoryCell,
/**
 * What it is called.
 */
name: string,
/**
 * The share of right answers from each seed that has arrived, in the seeds' order.
 */
accuracies: Array<number>,
/**
 * Their median; of two, their mean.
 */
median: number,
/**
 * Its place, from 1; cells that know about as much share one.
 */
place: number,
/**
 * What that means, in a word or two.
 */
words: string,
};

/**
 * The share of right answers after so many steps of training.
 */
export type MemoryValidation = {
/**
 * Steps of training.
 */
steps: number,
/**
 * The share of the unseen sequences whose first token is told, in [0, 1].
 */
accuracy: number,
};

/** A minGRU's units of one layer and direction. */
export type MinGruTrace = UnitTrace & { pre_z: Float32Array, z: Float32Array, n_input: Float32Array, h: Float32Array };

/**
 * The options of a [`Model`].
 */
export type ModelConfig = {
/**
 * `nn.Embedding(num_embeddings, gru.input_size, padding_idx)`, if the model reads tokens.
 */
embedding?: EmbeddingConfig | null,
/**
 * The recurrent module; by default `nn.GRU`.
 */
cell?: CellName,
/**
 * What is added, once all is drawn, to the bias of the gate that keeps the old state: a GRU's z, an LSTM's f; taken
 * from that of a minGRU's z, which keeps where it is near 0. An RNN has no such gate, and does not use it.
 */
gate_bias?: number,
/**
 * The options of `nn.GRU`, or of the module in its stead.
 */
gru: GruConfig,
/**
 * What the head, `nn.Linear(D * hidden_size, out_features)`, gives for each sample; at least 1.
 */
out_features: number,
};

/** What a model reads: features, or, if it has an embedding, tokens. */
export type ModelInput = TensorData | Tokens;

/**
 * What a module is and gives.
 */
export type ModuleCard = {
/**
 * Its equations, one a line.
 */
equations: Array<string>,
/**
 * How its rows are packed: `r, z, n`; empty for an RNN, which has one kind.
 */
rows: string,
/**
 * The parameters, in `PyTorch`'s order.
 */
parameters: Array<NamedTensor>,
/**
 * Numbers in all of them.
 */
count: number,
/**
 * What a call gives: `out`, `h_n`, `c_n`, or a cell's `h` and `c`.
 */
results: Array<NamedTensor>,
};

/**
 * The gradients of one module.
 */
export type ModuleGradients = {
/**
 * The module.
 */
module: ModuleKind,
/**
 * The loss.
 */
loss: number,
/**
 * `|dL/dh_t|` of every step: the norm over samples and units, `h.grad.norm()`.
 */
grad_h: Array<number>,
/**
 * `|dL/dx_t|` of every step likewise.
 */
grad_x: Array<number>,
/**
 * `|dL/dc_t|` of an LSTM, by way of the steps after: `c.grad.norm()`; 0 for the last step.
 */
grad_c: Array<number> | null,
/**
 * `dL/dh_t` of the first sample, (L, H).
 */
units: Array<number>,
/**
 * The gate that keeps the past, and what it lets through; none for an RNN.
 */
gate: KeepingGate | null,
/**
 * Every parameter's gradient.
 */
parameters: Array<ParameterGradient>,
/**
 * The norm of all of them together: what `clip_grad_norm_` returns.
 */
total_norm: number,
/**
 * What `|dL/dh_t|` is multiplied by, on average, for each step back; none if it is 0 or not finite.
 */
rate: number | null,
/**
 * What is left of `|dL/dh_t|` of the last step in the first, as a share; none if it is not finite.
 */
remains: number | null,
/**
 * What became of the gradient on its way from the last step to the first.
 */
fate: Fate,
/**
 * Where the first number that is infinite or NaN came up, if one did.
 */
trouble: BrokenAt | null,
};

/**
 * The four modules, in the order in which they are shown.
 */
export type ModuleKind = "rnn_tanh" | "rnn_relu" | "lstm" | "gru";

/**
 * The modules.
 */
export type ModuleName = "RNN" | "RNN relu" | "LSTM" | "GRU" | "RNNCell" | "LSTMCell" | "GRUCell";

/**
 * A place in a file where a recurrent module's weights are.
 */
export type ModulePlace = {
/**
 * What chooses it: one of [`Report::prefixes`].
 */
prefix: string,
/**
 * Keys, places in lists and what the names begin with, joined by dots.
 */
at: string,
/**
 * The module, if its weights are all there.
 */
module: FoundModule | null,
};

/**
 * What a learner sets.
 */
export type ModuleSetup = {
/**
 * The module.
 */
module: ModuleName,
/**
 * I, in [1, [`MOST`]].
 */
input_size: number,
/**
 * H, in [1, [`MOST`]].
 */
hidden_size: number,
/**
 * R of the LSTM, below H; 0 for no projection.
 */
proj_size: number,
/**
 * L, in [1, [`MOST`]]; a cell takes one step.
 */
seq_len: number,
/**
 * N, in [1, [`MOST`]].
 */
batch: number,
/**
 * Given to `torch.manual_seed`.
 */
seed: number,
};

/**
 * What it shows of one module.
 */
export type ModuleView = { code: Array<CodeLine>, card: ModuleCard, };

/**
 * How indices are drawn.
 */
export type MultinomialOptions = {
/**
 * Whether an index may be drawn again; false by default.
 */
replacement?: boolean,
};

/**
 * A tensor as a room lists it: its name, its shape and its first numbers as `PyTorch` prints them.
 */
export type NamedTensor = {
/**
 * `weight_ih_l0`, `out`.
 */
name: string,
/**
 * The shape.
 */
shape: Array<number>,
/**
 * `print(tensor.flatten()[:3])`.
 */
first: string,
};

/**
 * What an RNN applies to its sums.
 */
export type Nonlinearity = "tanh" | "relu";

/**
 * The inputs of an ONNX `GRU` node, gates z, r, h in rows.
 */
export type OnnxWeights = {
/**
 * (D, 3H, I).
 */
W: TensorData,
/**
 * (D, 3H, H).
 */
R: TensorData,
/**
 * (D, 6H).
 */
B?: TensorData | null,
/**
 * ONNX's own default is 0.
 */
linear_before_reset?: number | null,
};

/**
 * An optimiser's name in `torch.optim`.
 */
export type OptimizerName = "SGD" | "Adam" | "AdamW" | "RMSprop" | "Adagrad";

/** An optimiser by its name in torch.optim, with its options and PyTorch's defaults. */
export type OptimizerOptions = ({ name: "SGD" } & Partial<Sgd>) | ({ name: "Adam" | "AdamW" } & AdamOptions) | ({ name: "RMSprop" } & Partial<RmsProp>) | ({ name: "Adagrad" } & Partial<Adagrad>);

/**
 * What a GRU or RNN gives, and an LSTM with its cell states.
 */
export type Output = {
/**
 * The last layer's hidden states.
 */
output: TensorData,
/**
 * Every layer's last hidden state.
 */
h_n: TensorData,
};

/**
 * The options of `pack_padded_sequence` and `pack_sequence`, with `PyTorch`'s defaults.
 */
export type PackOptions = {
/**
 * Whether the input is (N, L, *) instead of (L, N, *).
 */
batch_first?: boolean,
/**
 * Whether the longest sample must come first already.
 */
enforce_sorted?: boolean,
};

/** What an LSTM gives for a packed sequence. */
export type PackedLstmOutput = PackedOutput & { c_n: TensorData };

/**
 * What a GRU or RNN gives for a packed sequence.
 */
export type PackedOutput = {
/**
 * The last layer's hidden states.
 */
output: PackedSequence,
/**
 * Every layer's last hidden state, of each sample at its true last step.
 */
h_n: TensorData,
};

/**
 * A step of a sample.
 */
export type PackedRow = {
/**
 * The sample, as the input has it.
 */
sample: number,
/**
 * The step.
 */
step: number,
};

/**
 * `PackedSequence`: the samples' steps, longest sample first, all first steps before all second ones.
 */
export type PackedSequence = {
/**
 * Every step of every sample: (sum of lengths, *).
 */
data: TensorData,
/**
 * How many samples have each step.
 */
batch_sizes: Array<number>,
/**
 * Where each sample stood before it was sorted; null if it had to be sorted already.
 */
sorted_indices: Array<number> | null,
/**
 * Where each sample stands now.
 */
unsorted_indices: Array<number> | null,
};

/**
 * A packed sequence.
 */
export type PackedView = {
/**
 * Which sample and step each row of `data` is.
 */
rows: Array<PackedRow>,
/**
 * How many samples have each step.
 */
batch_sizes: Array<number>,
/**
 * `print(packed.data.shape)`.
 */
printed_shape: string,
/**
 * `print(packed.batch_sizes)`.
 */
printed_batch_sizes: string,
/**
 * `print(packed.sorted_indices)`.
 */
printed_sorted: string,
/**
 * `print(packed.unsorted_indices)`.
 */
printed_unsorted: string,
/**
 * Whether equal lengths have changed places in the sort.
 */
reordered: boolean,
};

/**
 * What packing makes, or what is wrong with it.
 */
export type Packing = {
/**
 * What is wrong, in the order in which it comes up; empty if nothing is.
 */
diagnostics: Array<PackingDiagnostic>,
/**
 * The packed sequence, unless packing raised.
 */
packed: PackedView | null,
/**
 * What the GRU's last states are and are taken for, unless something raised or the axes are mixed up.
 */
readings: Array<LastState>,
/**
 * `padded.shape` and `padded_lengths` of what is padded again, if it came to that.
 */
padded: PaddedView | null,
};

/**
 * The kinds of mistakes.
 */
export type PackingCode = "not-sorted" | "not-positive" | "too-long" | "mixed-axes" | "float-lengths" | "lengths-device" | "other";

/**
 * A mistake in packing.
 */
export type PackingDiagnostic = {
/**
 * What it is.
 */
code: PackingCode,
/**
 * Whether `PyTorch` raises; else it goes on with what was not meant.
 */
raises: boolean,
/**
 * The class of the exception.
 */
exception: string | null,
/**
 * What `PyTorch` says, or, where it is silent, what it does.
 */
message: string,
/**
 * The line of the code that it comes from.
 */
line: PackingLine,
/**
 * Why, in a sentence or two.
 */
why: string,
/**
 * Statements that mend it, each with the setup that it makes.
 */
help: Array<PackingFix>,
};

/**
 * A statement that mends a mistake.
 */
export type PackingFix = {
/**
 * The statement, with what it writes.
 */
text: string,
/**
 * What is set once it is applied.
 */
setup: PackingSetup,
};

/**
 * A line of the code.
 */
export type PackingLine = "pack" | "call";

/**
 * What a learner sets.
 */
export type PackingSetup = {
/**
 * A length for each sample; their number is N.
 */
lengths: Array<number>,
/**
 * L, the steps of the padded input.
 */
seq_len: number,
/**
 * I.
 */
input_size: number,
/**
 * H.
 */
hidden_size: number,
/**
 * Whether the GRU has a reverse direction.
 */
bidirectional: boolean,
/**
 * Whether the input is (N, L, I), else (L, N, I).
 */
input_batch_first: boolean,
/**
 * `batch_first` of packing, of the GRU and of padding.
 */
batch_first: boolean,
/**
 * `enforce_sorted` of packing.
 */
enforce_sorted: boolean,
/**
 * Given to `torch.manual_seed`.
 */
seed: number,
/**
 * What the lengths are when they are packed.
 */
lengths_are?: LengthsKind,
};

/**
 * What the room of packed sequences shows.
 */
export type PackingView = { code: Array<CodeLine>, packing: Packing, indexing: LastIndexing, };

/**
 * The options of `pad_packed_sequence`, with `PyTorch`'s defaults.
 */
export type PadOptions = {
/**
 * Whether the result is (N, L, *) instead of (L, N, *).
 */
batch_first?: boolean,
/**
 * What stands where there is no step.
 */
padding_value?: number,
/**
 * L, if it is more than the longest sample.
 */
total_length?: number | null,
};

/**
 * Padded samples in their order before sorting, and their lengths.
 */
export type PaddedData = {
/**
 * The samples.
 */
output: TensorData,
/**
 * How long each is.
 */
lengths: Array<number>,
};

/**
 * The output, padded again.
 */
export type PaddedView = {
/**
 * `print(padded.shape)`.
 */
printed_shape: string,
/**
 * `print(padded_lengths)`.
 */
printed_lengths: string,
};

/**
 * The gradient of one parameter.
 */
export type ParameterGradient = {
/**
 * Its name, shape and first numbers.
 */
tensor: NamedTensor,
/**
 * `parameter.grad.norm()`.
 */
norm: number,
};

/**
 * Where two runs part.
 */
export type Parting = {
/**
 * The first step, from 1, whose losses differ, bit by bit; none if all that both took are the same.
 */
step: number | null,
/**
 * The same in a sentence.
 */
text: string,
};

/**
 * A setup that shows one thing, which a test holds it to over several seeds.
 */
export type Preset = {
/**
 * Its name, which stays.
 */
code: string,
/**
 * What is done, as a button says it.
 */
name: string,
/**
 * What will be seen, in a sentence.
 */
sentence: string,
/**
 * All settings; the seed is the one that was set.
 */
setup: Setup,
};

/**
 * How far a learner's order is from what happened.
 */
export type RankingGap = {
/**
 * Pairs of cells of which one came clearly before the other.
 */
pairs: number,
/**
 * Those of them that the learner had in this order.
 */
right: number,
/**
 * Every cell that has arrived, in the learner's order.
 */
moves: Array<RankingMove>,
/**
 * The gap in a sentence or two.
 */
words: string,
};

/**
 * Where a learner had put a cell, and where it came.
 */
export type RankingMove = {
/**
 * The cell.
 */
cell: MemoryCell,
/**
 * What it is called.
 */
name: string,
/**
 * Its place among those that have arrived as the learner ranked them, from 1.
 */
predicted: number,
/**
 * Its place as it came, from 1; those that share a place know about as much.
 */
place: number,
/**
 * The same in a sentence.
 */
words: string,
};

/**
 * What was found in a file, and how it fits.
 */
export type Report = {
/**
 * The format.
 */
format: Format,
/**
 * How many tensors the file holds.
 */
tensors: number,
/**
 * How many numbers they hold.
 */
numbers: number,
/**
 * Every place in the file where a recurrent module's weights are: `encoder.gru.`; empty for names without
 * a prefix.
 */
prefixes: Array<string>,
/**
 * The place that is read.
 */
prefix: string,
/**
 * The same places, and what is at each.
 */
places: Array<ModulePlace>,
/**
 * Whether only shapes suggest that the tensors are such a module's: the learner is to agree before they are used.
 */
proposed: boolean,
/**
 * Which GRU the nodes of an ONNX model compute that are read.
 */
equations: RnnEquations | null,
/**
 * Every parameter in the module's order, then the other tensors.
 */
entries: Array<Entry>,
/**
 * What `load_state_dict` raises, why, and fixes; then notes.
 */
diagnostics: Array<Diagnostic>,
/**
 * Whether the weights can be used as they are read.
 */
usable: boolean,
/**
 * The Python that loads them; empty unless they can be used.
 */
load: Array<CodeLine>,
};

/**
 * Where the reset gate is applied.
 */
export type Reset = "after_product" | "before_product";

/**
 * `torch.optim.RMSprop`: `v` is a running mean of g²; `p -= lr * g / (sqrt(v) + eps)`.
 */
export type RmsProp = {
/**
 * The learning rate.
 */
lr: number,
/**
 * How much of the last mean of g² is kept.
 */
alpha: number,
/**
 * What keeps the divisor from zero.
 */
eps: number,
/**
 * What `weight_decay * p` adds to the gradient.
 */
weight_decay: number,
/**
 * How much of the last direction is kept.
 */
momentum: number,
/**
 * Whether to divide by the deviation from a running mean of g.
 */
centered: boolean,
};

/**
 * Which GRU a node computes.
 */
export type RnnEquations = "nn.GRU" | "reset before the product";

/**
 * The option that only `nn.RNN` has.
 */
export type RnnOption = {
/**
 * tanh by default.
 */
nonlinearity?: Nonlinearity,
};

/** The options of `nn.RNN` under PyTorch's names. */
export type RnnOptions = GruConfig & RnnOption;

/** An RNN's units of one layer and direction. */
export type RnnTrace = UnitTrace & { pre: Float32Array, h: Float32Array };

/**
 * The figures of a run, the same wherever it is named: of its last fifth, so that no single training step speaks for it.
 */
export type RunFigures = {
/**
 * The first training step that they are of.
 */
from: number,
/**
 * The last.
 */
to: number,
/**
 * The mean training loss; NaN where no step was taken.
 */
training: number,
/**
 * The same as it is written.
 */
training_text: string,
/**
 * The median validation loss, or with early stopping that of the model which is kept.
 */
validation: number | null,
/**
 * The same as it is written; empty where there is none.
 */
validation_text: string,
/**
 * The share of right answers with it, where answers are right or wrong.
 */
accuracy: number | null,
/**
 * What the validation loss means, in a sentence; empty where there is none.
 */
meaning: string,
};

/**
 * What a run told while it trained.
 */
export type RunRecord = {
/**
 * What it is called beside others, such as `A`.
 */
name: string,
/**
 * What was set.
 */
setup: Setup,
/**
 * The loss of each step, before the parameters moved.
 */
losses: Array<number>,
/**
 * The norm of all gradients of each step, before they were clipped.
 */
grad_norms: Array<number>,
/**
 * The validation losses, in the order of their steps.
 */
validation: Array<TrainingValidation>,
/**
 * What became infinite or NaN and ended the run, if something did.
 */
broke: string | null,
};

/**
 * A season that a series seems to have, by the autocorrelation of its changes: a proposal, which a look at the series should confirm.
 */
export type SeasonProposal = {
/**
 * After how many values it repeats itself.
 */
season: number,
/**
 * The autocorrelation there, in [-1, 1].
 */
correlation: number,
/**
 * The same in a sentence.
 */
text: string,
};

/**
 * A column of a file.
 */
export type SeriesColumn = {
/**
 * Its name in the header, or `column 1` where there is none.
 */
name: string,
/**
 * In how many rows it has a number.
 */
numbers: number,
};

/**
 * How a file is written, what was read of it, and what was not.
 */
export type SeriesFile = {
/**
 * The columns.
 */
columns: Array<SeriesColumn>,
/**
 * The place of the column that was read.
 */
column: number,
/**
 * What stands between values: `,`, `;`, a tab or `|`.
 */
delimiter: string,
/**
 * Whether numbers have a comma where Python has a point.
 */
decimal_comma: boolean,
/**
 * Whether the first row names the columns.
 */
header: boolean,
/**
 * Rows, without the header, empty lines and comments.
 */
rows: number,
/**
 * Rows that are left out, for their value is no number.
 */
bad_rows: number,
/**
 * The first of them, each with its line, or why nothing is read at all.
 */
problems: Array<SeriesProblem>,
};

/**
 * Values as they are forecast from one place on.
 */
export type SeriesForecast = {
/**
 * The place in the series of the first value that is forecast.
 */
from: number,
/**
 * What the GRU says, `horizon` values.
 */
gru: Array<number>,
/**
 * What the naive forecasts say.
 */
naive: Array<SeriesGuess>,
};

/**
 * The values of a naive forecast.
 */
export type SeriesGuess = {
/**
 * Whose they are.
 */
who: Forecaster,
/**
 * The values, in the series' unit.
 */
values: Array<number>,
};

/**
 * Whether the GRU is better than forecasts that learn nothing.
 */
export type SeriesJudgement = {
/**
 * The GRU's first, then those of the naive forecasts.
 */
scores: Array<SeriesScore>,
/**
 * Whether it beats the best of them at the next value, and over the horizon.
 */
beats: [boolean, boolean],
/**
 * The same in two sentences with their figures.
 */
sentences: [string, string],
};

/**
 * Where the parts of a series end, and what standardises it. Places count what is learned: where that is the change, the first
 * value of the series has none and is left out.
 */
export type SeriesParts = {
/**
 * How many values at the beginning of the series are left out: 1 where changes are learned, else 0.
 */
offset: number,
/**
 * How many values there are.
 */
count: number,
/**
 * Where the training part ends: 70 % of them.
 */
train: number,
/**
 * Where the validation part ends and the test part begins: 85 % of them.
 */
test: number,
/**
 * The windows whose target lies in each part: training, validation, test.
 */
windows: [number, number, number],
/**
 * The mean of the training part of what is learned.
 */
mean: number,
/**
 * Its standard deviation, over n - 1 as `torch.std` has it.
 */
std: number,
};

/**
 * What a setup means for a series, before anything is trained.
 */
export type SeriesPlan = {
/**
 * The script of the whole run.
 */
code: Array<CodeLine>,
/**
 * Where the parts end; none of a series that cannot be learned so.
 */
parts: SeriesParts | null,
/**
 * What the best naive forecast loses on the validation part, in squares of the standard deviation as the loss has it.
 */
guessing: number | null,
/**
 * Whose that is.
 */
guesser: Forecaster | null,
/**
 * Numbers that are learned.
 */
parameters: number | null,
/**
 * A season that the training part seems to have.
 */
season: SeasonProposal | null,
/**
 * Why it cannot be run.
 */
trouble: Trouble | null,
};

/**
 * Something in a file that is not as a series needs it.
 */
export type SeriesProblem = {
/**
 * Its name, which stays.
 */
code: string,
/**
 * `error` where nothing is read, `warning` where a row is left out.
 */
severity: string,
/**
 * The line, from 1; none where it is about the whole.
 */
line: number | null,
/**
 * The fact, with its line.
 */
message: string,
};

/**
 * A series as read from a file, and how.
 */
export type SeriesRead = { file: SeriesFile,
/**
 * The numbers of the column; empty where nothing is read.
 */
values: Float64Array,
/**
 * What names each of them; empty where nothing does.
 */
labels: Array<string>,
};

/**
 * How far a forecast is off on values that were not seen: the root of the mean square, in the series' unit.
 */
export type SeriesScore = {
/**
 * Whose it is.
 */
who: Forecaster,
/**
 * Of the next value, the ones before being known.
 */
next: number,
/**
 * Of all `horizon` values, each fed back for the next.
 */
horizon: number,
};

/**
 * All that a learner sets of a forecast.
 */
export type SeriesSetup = {
/**
 * L, the values that each window has; from 1 to 200.
 */
seq_len: number,
/**
 * `H_out`; from 1 to 64.
 */
hidden_size: number,
/**
 * N, the windows of one step; from 1 to 256.
 */
batch: number,
/**
 * The learning rate of `torch.optim.Adam`.
 */
lr: number,
/**
 * How many steps; from 1 to 5000.
 */
steps: number,
/**
 * How many values are forecast by feeding each back; from 1 to 120.
 */
horizon: number,
/**
 * After how many values the series repeats itself, such as 12 of months; 0 where it does not; at most 400.
 */
season: number,
/**
 * Whether the change from one value to the next is learned, not the value itself.
 */
difference: boolean,
/**
 * Of `torch.manual_seed`, before anything is drawn.
 */
seed: number,
};

/**
 * What some steps of a forecast's training told.
 */
export type SeriesSlice = {
/**
 * The loss of each step, before the parameters moved.
 */
losses: Float32Array,
/**
 * The validation losses that were due.
 */
validation: Array<TrainingValidation>,
/**
 * What the model now says of the first values that it has not seen; null where the run ended.
 */
forecast: SeriesForecast | null,
/**
 * What it says beyond the last value of the series; null where the run ended.
 */
beyond: SeriesForecast | null,
/**
 * Why the run ended in its next step, if it did.
 */
trouble: Trouble | null,
};

/**
 * Where a series comes from, as the script reads it.
 */
export type SeriesSource = {
/**
 * The file's name.
 */
file: string,
/**
 * The column's name.
 */
name: string,
/**
 * Its place.
 */
column: number,
/**
 * What stands between values.
 */
delimiter: string,
/**
 * Whether numbers have a comma where Python has a point.
 */
decimal_comma: boolean,
/**
 * Whether the first row names the columns.
 */
header: boolean,
/**
 * Whether rows without a number are left out.
 */
bad_rows: boolean,
};

/**
 * All that a learner sets of one training run; options that the optimiser does not have are not used.
 */
export type Setup = {
/**
 * What is to be learned.
 */
task: Task,
/**
 * L, the steps of each sequence.
 */
seq_len: number,
/**
 * N, the sequences of one step.
 */
batch: number,
/**
 * Whether each step draws other sequences; else all train on the first ones.
 */
fresh: boolean,
/**
 * The recurrent module.
 */
cell?: CellName,
/**
 * What is added at the start to the bias of the gate that keeps the old state; an RNN has no such gate.
 */
gate_bias?: number,
/**
 * Of those first ones, how many there are: each epoch shuffles them by `torch.randperm` and takes N at a time. Without
 * it there are N, in one batch.
 */
train_size?: number | null,
/**
 * `H_out`.
 */
hidden_size: number,
/**
 * The layers of the recurrent module.
 */
num_layers: number,
/**
 * Its dropout.
 */
dropout: number,
/**
 * The optimiser.
 */
optimizer: OptimizerName,
/**
 * Its learning rate.
 */
lr: number,
/**
 * Of SGD and `RMSprop`.
 */
momentum: number,
/**
 * Of SGD.
 */
nesterov: boolean,
/**
 * Of Adam and `AdamW`.
 */
beta_1: number,
/**
 * Of Adam and `AdamW`.
 */
beta_2: number,
/**
 * Of `RMSprop`.
 */
alpha: number,
/**
 * Of Adagrad.
 */
lr_decay: number,
/**
 * Of every optimiser.
 */
weight_decay: number,
/**
 * `max_norm` of `clip_grad_norm_`, if gradients are clipped.
 */
clip_grad_norm: number | null,
/**
 * After how many validation losses in a row that are no better than the best a run stops, if it stops early.
 */
patience?: number | null,
/**
 * How many steps.
 */
steps: number,
/**
 * Of `torch.manual_seed`, before anything is drawn.
 */
seed: number,
};

/**
 * `torch.optim.SGD`: `b = momentum * b + (1 - dampening) * g`, `p -= lr * b`; with Nesterov's momentum,
 * `p -= lr * (g + momentum * b)`.
 */
export type Sgd = {
/**
 * The learning rate.
 */
lr: number,
/**
 * How much of the last direction is kept.
 */
momentum: number,
/**
 * What share of every gradient but the first the momentum leaves out.
 */
dampening: number,
/**
 * What `weight_decay * p` adds to the gradient.
 */
weight_decay: number,
/**
 * Whether to look ahead along the momentum.
 */
nesterov: boolean,
};

/**
 * Parameters by name, in their order.
 */
export type StateDict = { [name: string]: TensorData };

/**
 * What a model is to learn from sequences of `seq_len` steps.
 */
export type Task = "recall" | "adding" | "order" | "sine";

/**
 * A float32 tensor, row-major.
 */
export type TensorData = {
/**
 * The sizes of its axes.
 */
shape: Array<number>,
/**
 * Its elements.
 */
data: Float32Array,
};

/**
 * How a run ended: what its model came to, what it writes, and its weights.
 */
export type TextEnd = { judgement: TextJudgement, sample: TextSample,
/**
 * All parameters, in the order of the state dict.
 */
weights: Float32Array,
};

/**
 * A text as read from a file, or why it is not read.
 */
export type TextFile = {
/**
 * The text, as Python's `open` reads it: `\n` at the end of each line. Empty where nothing is read.
 */
text: string,
/**
 * Why nothing is read.
 */
trouble: Trouble | null,
};

/**
 * How a guess does on the validation part.
 */
export type TextGuess = {
/**
 * Whose it is.
 */
who: TextGuesser,
/**
 * Its cross entropy, in nats a character. Each count is one higher than it was, so that nothing is impossible.
 */
loss: number,
/**
 * The same in bits: divided by ln 2.
 */
bits: number,
/**
 * The share of characters that it names, in [0, 1].
 */
accuracy: number,
};

/**
 * Who guesses the next character without a network.
 */
export type TextGuesser = "uniform" | "frequent" | "pairs";

/**
 * What a model of characters has come to, beside guesses that only count.
 */
export type TextJudgement = {
/**
 * Its validation loss, in nats a character.
 */
loss: number,
/**
 * The same in bits: divided by ln 2.
 */
bits: number,
/**
 * The share of characters that it names, in [0, 1].
 */
accuracy: number,
/**
 * Whether it beats the table of pairs.
 */
beats: boolean,
/**
 * Whether its validation loss was clearly lower before.
 */
overfits: boolean,
/**
 * The same in two or three sentences with their figures.
 */
sentences: Array<string>,
};

/**
 * What a setup means for a text, before anything is trained.
 */
export type TextPlan = {
/**
 * The script of the whole run.
 */
code: Array<CodeLine>,
/**
 * How many characters the text has.
 */
characters: number,
/**
 * The different ones, in the order of the vocabulary.
 */
vocabulary: Array<string>,
/**
 * How many characters are trained on: the first 90 %.
 */
train: number,
/**
 * How many characters of the rest are judged.
 */
judged: number,
/**
 * How guesses do on them, from the one that knows least; empty of a text that cannot be learned so.
 */
guesses: Array<TextGuess>,
/**
 * Numbers that are learned.
 */
parameters: number | null,
/**
 * Why it cannot be run.
 */
trouble: Trouble | null,
};

/**
 * What a model has written.
 */
export type TextSample = {
/**
 * After how many training steps.
 */
steps: number,
/**
 * What it went on from.
 */
prompt: string,
/**
 * What it wrote.
 */
text: string,
/**
 * How many whole words of two letters and more it wrote.
 */
words: number,
/**
 * How many of them stand in the text that it learned from.
 */
known: number,
};

/**
 * All that a learner sets of a text that is learned character by character.
 */
export type TextSetup = {
/**
 * L, the characters of each window; from 1 to 100.
 */
seq_len: number,
/**
 * `H_out`; from 1 to 128.
 */
hidden_size: number,
/**
 * The numbers that stand for each character; from 1 to 64.
 */
embedding_dim: number,
/**
 * N, the windows of one training step; from 1 to 128.
 */
batch: number,
/**
 * The learning rate of `torch.optim.Adam`.
 */
lr: number,
/**
 * How many training steps; from 1 to 5000.
 */
steps: number,
/**
 * After how many training steps it writes again; from 1 to 5000.
 */
sample_every: number,
/**
 * How many characters it writes; from 1 to 500.
 */
length: number,
/**
 * What the logits are divided by before one is drawn; from 0.1 to 5.
 */
temperature: number,
/**
 * What it goes on from, at most 100 characters; where it is empty, the first character of the text.
 */
prompt: string,
/**
 * Of the generator that draws what is written.
 */
sample_seed: number,
/**
 * Of `torch.manual_seed`, before anything is drawn.
 */
seed: number,
};

/**
 * What some training steps told.
 */
export type TextSlice = {
/**
 * The loss of each, before the parameters moved.
 */
losses: Float32Array,
/**
 * The validation losses that were due.
 */
validation: Array<TrainingValidation>,
/**
 * What was written, where that was due before a step.
 */
samples: Array<TextSample>,
/**
 * Why the run ended in its next step, if it did.
 */
trouble: Trouble | null,
};

/**
 * What a model writes, or why it does not.
 */
export type TextWritten = { sample: TextSample | null, trouble: Trouble | null, };

/**
 * Tokens of shape (L, N), (N, L) or (L), for a model with an embedding.
 */
export type Tokens = {
/**
 * The sizes of its axes.
 */
shape: Array<number>,
/**
 * Its elements.
 */
data: Integers,
};

/**
 * What one step told.
 */
export type TrainStep = {
/**
 * Its number.
 */
step: number,
/**
 * The loss before the parameters moved.
 */
loss: number,
/**
 * The norm of all gradients before they were clipped.
 */
grad_norm: number,
};

/**
 * What all steps told.
 */
export type TrainSteps = {
/**
 * The loss of each, before the parameters moved.
 */
losses: Array<number>,
/**
 * The norm of all gradients of each, before they were clipped.
 */
grad_norms: Array<number>,
};

/**
 * How a model is trained.
 */
export type TrainerOptions = {
/**
 * The loss.
 */
loss: LossFunction,
/**
 * The optimiser.
 */
optimizer: OptimizerOptions,
/**
 * `max_norm` of `clip_grad_norm_`; by default nothing is clipped.
 */
clip_grad_norm?: number | null,
/**
 * How many steps.
 */
steps: number,
};

/**
 * The goal of who learns to train, judged: make a run that overfits, then cure it.
 */
export type TrainingGoal = {
/**
 * Whether it is reached.
 */
reached: boolean,
/**
 * What was reached, or what there is to do, in a sentence.
 */
words: string,
/**
 * Everything that is missing, a sentence each; empty once it is reached.
 */
missing: Array<string>,
};

/**
 * What a setup means, before anything is computed.
 */
export type TrainingPlan = {
/**
 * The script of the whole run.
 */
code: Array<CodeLine>,
/**
 * The loss of the task.
 */
loss: LossName,
/**
 * What the best answer loses that does not look at the input.
 */
chance_loss: number,
/**
 * The share of right answers without looking, where answers are right or wrong.
 */
chance_accuracy: number | null,
/**
 * Numbers that are learned; none of a setup that cannot be run.
 */
parameters: number | null,
/**
 * Why it cannot be run.
 */
trouble: Trouble | null,
/**
 * What `PyTorch` warns of.
 */
warnings: Array<Trouble>,
/**
 * What is read in the examples, (samples, `seq_len`, features); empty of a setup that cannot be run.
 */
x: Array<number>,
/**
 * What is to be told of each.
 */
y: Array<number>,
/**
 * The steps of each, from 0, from which that follows.
 */
counts: Array<Array<number>>,
/**
 * Setups that show one thing each.
 */
presets: Array<Preset>,
};

/**
 * What some steps of training told.
 */
export type TrainingSlice = {
/**
 * The loss of each step, before the parameters moved.
 */
losses: Float32Array,
/**
 * The norm of all gradients of each step, before they were clipped.
 */
grad_norms: Float32Array,
/**
 * The validation losses that were due.
 */
validation: Array<TrainingValidation>,
/**
 * What the model last said of the examples, row-major; null where nothing was asked.
 */
predictions: Float32Array | null,
/**
 * What the last of these losses means, in a sentence.
 */
meaning: string | null,
/**
 * With early stopping, the best validation so far, whose model is kept and asked.
 */
best: TrainingValidation | null,
/**
 * Whether the run has stopped early.
 */
stopped_early: boolean,
/**
 * Why the run ended in its next step, if it did.
 */
trouble: Trouble | null,
};

/**
 * The validation loss after so many steps, in evaluation mode.
 */
export type TrainingValidation = {
/**
 * How many steps had been taken.
 */
steps: number,
/**
 * The loss; infinite or NaN it may be.
 */
loss: number,
/**
 * The share of right answers, where answers are right or wrong.
 */
accuracy: number | null,
};

/**
 * Something wrong with a setup or its run.
 */
export type Trouble = {
/**
 * Its name, which stays.
 */
code: string,
/**
 * An error if there is no run or it ended, a warning if there is one in spite of it.
 */
severity: Severity,
/**
 * The class of the exception or warning, where it is `PyTorch`'s.
 */
exception: string | null,
/**
 * The fact; where there is an exception, in `PyTorch`'s words.
 */
message: string,
/**
 * The settings that it is about, by name.
 */
settings: Array<string>,
/**
 * Why.
 */
notes: Array<string>,
/**
 * What would help.
 */
help: Array<Help>,
};

/**
 * What an update gate of 1 does.
 */
export type Update = "keeps_old" | "takes_new";

/**
 * The gradients of a loss by what a call gave, each of its shape; an absent one is zero.
 */
export type Upstream = {
/**
 * By the output.
 */
output?: TensorData | null,
/**
 * By the last hidden states.
 */
h_n?: TensorData | null,
/**
 * By an LSTM's last cell states.
 */
c_n?: TensorData | null,
};

/**
 * Which GRU: people meet others than `PyTorch`'s, with the same parameters.
 *
 * | GRU | reset | update |
 * |---|---|---|
 * | `PyTorch`, cuDNN, Keras with `reset_after=True`, ONNX with `linear_before_reset=1` | after | keeps old |
 * | Cho et al. (2014), Keras with `reset_after=False`, ONNX with `linear_before_reset=0` | before | keeps old |
 * | Chung et al. (2014) | before | takes new |
 */
export type Variant = {
/**
 * Where the reset gate is applied.
 */
reset: Reset,
/**
 * What the update gate means.
 */
update: Update,
};

/**
 * Which GRU it is: `PyTorch`'s by default.
 */
export type VariantInit = {
/**
 * Where it differs from `PyTorch`'s.
 */
variant?: Partial<Variant>,
};

/**
 * What one of the GRUs gave.
 */
export type VariantOutput = {
/**
 * Whether the reset gate comes before the matrix product.
 */
resets_before: boolean,
/**
 * Whether an update gate of 1 takes the new state.
 */
takes_new: boolean,
/**
 * What it computes at a step.
 */
equations: Array<Equation>,
/**
 * `out`, (L, N, H).
 */
output: Array<number>,
/**
 * `(out - torch_out).abs().amax(dim=(1, 2))`: how far it is from `PyTorch`'s at every step.
 */
difference: Array<number>,
/**
 * The largest of these.
 */
largest: number,
/**
 * `out[-1, 0]`, the first numbers.
 */
last: NamedTensor,
};

/**
 * What a learner sets.
 */
export type VariantsSetup = {
/**
 * I, in [1, [`MOST_FEATURES`]].
 */
input_size: number,
/**
 * H, in [1, [`MOST_FEATURES`]].
 */
hidden_size: number,
/**
 * In [1, [`MOST_LAYERS`]].
 */
num_layers: number,
/**
 * L, in [1, [`MOST_STEPS`]].
 */
seq_len: number,
/**
 * N, in [1, [`MOST_SAMPLES`]].
 */
batch: number,
/**
 * Given to `torch.manual_seed`.
 */
seed: number,
/**
 * Whether `h_0` is given, drawn as the input is.
 */
give_h_0: boolean,
/**
 * What every `weight_hh` is multiplied by.
 */
gain: number,
};

/**
 * What the room of other cells shows of the GRUs.
 */
export type VariantsView = { code: Array<CodeLine>, outputs: Array<VariantOutput>, };

/**
 * What a run came to.
 */
export type Verdict = "learned" | "guessing" | "underfits" | "overfits" | "diverged" | "noisy" | "early";

/**
 * A file that can be written.
 */
export type WeightsFormat = "safetensors" | "onnx" | "python";

/**
 * What a file of weights holds for a module, or why it is refused.
 */
export type WeightsFound = {
/**
 * Why it is refused.
 */
refusal: Diagnostic | null,
/**
 * What was found, and how it fits.
 */
report: Report | null,
/**
 * Every parameter in `PyTorch`'s order, one after the other; null unless they can be used.
 */
weights: Float32Array | null,
/**
 * How far the GRU of an ONNX model is from `nn.GRU` with the same weights on the input that the seed draws: the largest
 * difference of any number of output and `h_n`; null where the equations are `nn.GRU`'s, or nothing was computed.
 */
distance: number | null,
/**
 * An ONNX model of another GRU with the equations of `nn.GRU`; null for all other files.
 */
mended: Uint8Array<ArrayBuffer> | null,
};
