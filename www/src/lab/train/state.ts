/** What a learner sets in the training room, to and from its part of the address. */
import type { Value } from '../../engine/engine.js';
import type { CellName, OptimizerName, Setup, TaskName } from '../../engine/lab/train.js';
import { flag, fromQuery as read, keysOf, oneOf, toQuery as said, whole, type Codec, type Drafts, type Notice, type Schema } from '../../state/codec.js';
import { formatPython, parsePython } from '../../state/python.js';

/** Everything that is set. */
export interface TrainState extends Required<Setup> {
  /** Whether losses are drawn on a logarithmic axis. */
  readonly log: boolean;
}

export const TASKS: readonly { readonly task: TaskName; readonly name: string; readonly sentence: string }[] = [
  { task: 'adding', name: 'Add two marked numbers', sentence: 'One number in each half of the sequence is marked. Tell their sum.' },
  { task: 'recall', name: 'Remember the first token', sentence: 'Eight kinds of tokens pass by. Tell which one came first.' },
  { task: 'order', name: 'Which came first', sentence: 'A mark up and a mark down, in noise. Tell whether the one up came first.' },
  { task: 'sine', name: 'Sine wave, next value', sentence: 'A wave of unknown speed and phase. Tell its next value.' },
];

/** The recurrent modules; `gate` is the one that keeps the old state, and where it does. */
export const CELLS: readonly { readonly name: CellName; readonly written: string; readonly gate?: string }[] = [
  { name: 'GRU', written: 'nn.GRU', gate: 'z near 1' },
  { name: 'RNN', written: 'nn.RNN' },
  { name: 'LSTM', written: 'nn.LSTM', gate: 'f near 1' },
  { name: 'MinGRU', written: 'minGRU', gate: 'z near 0' },
];

/** The optimisers, with a learning rate that is worth a try and PyTorch's own weight decay. */
export const OPTIMIZERS: readonly { readonly name: OptimizerName; readonly lr: number; readonly weight_decay: number }[] = [
  { name: 'SGD', lr: 0.1, weight_decay: 0 },
  { name: 'Adam', lr: 0.02, weight_decay: 0 },
  { name: 'AdamW', lr: 0.02, weight_decay: 0.01 },
  { name: 'RMSprop', lr: 0.01, weight_decay: 0 },
  { name: 'Adagrad', lr: 0.05, weight_decay: 0 },
];

/** The core's own default, which a run finishes within seconds and learns from. */
export const OPENING: TrainState = {
  task: 'adding',
  seq_len: 10,
  batch: 64,
  fresh: true,
  cell: 'GRU',
  gate_bias: 0,
  train_size: null,
  hidden_size: 16,
  num_layers: 1,
  dropout: 0,
  optimizer: 'Adam',
  lr: 0.02,
  momentum: 0,
  nesterov: false,
  beta_1: 0.9,
  beta_2: 0.999,
  alpha: 0.99,
  lr_decay: 0,
  weight_decay: 0,
  clip_grad_norm: null,
  patience: null,
  steps: 200,
  seed: 0,
  log: true,
};

/** A number that Python would take for one, or undefined. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'float' in value ? value.float : undefined;
}

const real: Codec<number> = {
  read(text) {
    const value = numberOf(parsePython(text));
    return value === undefined ? { problem: 'is not a number' } : { value };
  },
  write: formatPython,
};

/** A number, or none, which is said by silence. */
const optional: Codec<number | null> = {
  read: (text) => (text === 'None' ? { value: null } : real.read(text)),
  write: (value) => (value === null ? undefined : real.write(value)),
};

const count = whole(0);
/** The same of whole numbers. */
const some: Codec<number | null> = {
  read: (text) => (text === 'None' ? { value: null } : count.read(text)),
  write: (value) => (value === null ? undefined : count.write(value)),
};

const SCHEMA: Schema<TrainState> = {
  task: oneOf(TASKS.map(({ task }) => task)),
  seq_len: whole(0),
  batch: whole(0),
  fresh: flag,
  cell: oneOf(CELLS.map(({ name }) => name)),
  gate_bias: real,
  train_size: some,
  hidden_size: whole(0),
  num_layers: whole(0),
  dropout: real,
  optimizer: oneOf(OPTIMIZERS.map(({ name }) => name)),
  lr: real,
  momentum: real,
  nesterov: flag,
  beta_1: real,
  beta_2: real,
  alpha: real,
  lr_decay: real,
  weight_decay: real,
  clip_grad_norm: optional,
  patience: some,
  steps: whole(0),
  seed: whole(Number.MIN_SAFE_INTEGER),
  log: flag,
};

/** The part of the address that says what is set, and what was typed and could not be read. */
export function toQuery(state: TrainState, drafts: Drafts = {}): string {
  return said(SCHEMA, OPENING, state, { drafts });
}

/** What an address says; what cannot be meant is told, and a number stays in its field as it was typed. */
export function fromQuery(query: string): { state: TrainState; drafts: Drafts; notices: Notice[] } {
  const { settings, notices, unread } = read(SCHEMA, OPENING, query, { of: 'a training run' });
  const typed = Object.entries(unread).filter(([key]) => typeof OPENING[key as keyof TrainState] === 'number');
  return { state: settings, drafts: Object.fromEntries(typed.map(([key, text]) => [key, text.slice(0, 100)])), notices };
}

function write(state: TrainState, key: keyof TrainState): string | undefined {
  // Each codec stands beside the key that it is for.
  return (SCHEMA[key] as Codec<unknown>).write(state[key]);
}

/** What the worker is asked: everything but how it is looked at. */
export function setupOf(state: TrainState): Setup {
  return Object.fromEntries(Object.entries(state).filter(([key]) => key !== 'log')) as unknown as Setup;
}

/** What is set where a setup is, looked at as before. */
export function stateOf(setup: Setup, { log }: TrainState): TrainState {
  return { ...OPENING, ...setup, log };
}

/** The state with another optimiser; a rate and a decay that were the old one's usual become the new one's. */
export function withOptimizer(state: TrainState, name: OptimizerName): TrainState {
  const [before, after] = [state.optimizer, name].map((wanted) => OPTIMIZERS.find((entry) => entry.name === wanted));
  const usual = (key: 'lr' | 'weight_decay'): number => (state[key] === before?.[key] ? after?.[key] : undefined) ?? state[key];
  return { ...state, optimizer: name, lr: usual('lr'), weight_decay: usual('weight_decay') };
}

/** The options that an optimiser has beside its learning rate. */
export function optionsOf(optimizer: OptimizerName): readonly (keyof Setup)[] {
  switch (optimizer) {
    case 'SGD':
      return ['momentum', 'nesterov', 'weight_decay'];
    case 'Adam':
    case 'AdamW':
      return ['beta_1', 'beta_2', 'weight_decay'];
    case 'RMSprop':
      return ['alpha', 'momentum', 'weight_decay'];
    case 'Adagrad':
      return ['lr_decay', 'weight_decay'];
  }
}

const OPTIONS = ['momentum', 'nesterov', 'beta_1', 'beta_2', 'alpha', 'lr_decay', 'weight_decay'] as const;

/** What a flag says that is not as usual: its name in the address, `fresh=0`, says nothing to a learner. */
const FLAGS: Readonly<Partial<Record<keyof Setup, string>>> = { fresh: 'a fixed training set', nesterov: 'nesterov=True' };

/** The settings that count in a run and are not the usual ones, each as it is written: `momentum=0.9`. */
export function settingsOf(setup: Setup): ReadonlyMap<keyof Setup, string> {
  const weight_decay = OPTIMIZERS.find(({ name }) => name === setup.optimizer)?.weight_decay ?? 0;
  const usual: TrainState = { ...OPENING, weight_decay };
  const unused: readonly (keyof TrainState)[] = [
    ...OPTIONS.filter((option) => !optionsOf(setup.optimizer).includes(option)),
    ...(CELLS.find(({ name }) => name === setup.cell)?.gate === undefined ? (['gate_bias'] as const) : []),
  ];
  const named: readonly (keyof TrainState)[] = ['log', 'task', 'optimizer', 'lr', 'steps'];
  const keys = keysOf(SCHEMA).filter((key): key is keyof Setup => !named.includes(key) && !unused.includes(key));
  const written = keys.flatMap((key): [keyof Setup, string][] => {
    const text = write({ ...OPENING, ...setup }, key);
    return text === undefined || text === write(usual, key) ? [] : [[key, FLAGS[key] ?? `${key}=${text}`]];
  });
  return new Map(written);
}

/** What names each of some runs: optimiser, rate, and the settings in which they differ. */
export function namesOf(setups: readonly Setup[]): string[] {
  const settings = setups.map(settingsOf);
  const keys = new Set(settings.flatMap((map) => [...map.keys()]));
  const differing = [...keys].filter((key) => new Set(settings.map((map) => map.get(key))).size > 1);
  return setups.map(({ optimizer, lr }, index) => [optimizer, `lr=${formatPython(lr)}`, ...differing.flatMap((key) => settings[index]?.get(key) ?? [])].join(', '));
}
