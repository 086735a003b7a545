/** From the playground's state to the call of nn.GRU that it describes, and back. */
import type { Argument, Call, Config, Diagnostic, Dtype, ParsedShape, Tensor, Value } from '../engine/engine.js';
import { OPENING, type Options, type PlaygroundState } from './playground-state.js';
import { formatPython, formatShape, isTruthy } from './python.js';

/** The defaults of nn.GRU; `input_size` and `hidden_size` have none. */
const DEFAULTS: Omit<Options, 'input_size' | 'hidden_size'> = {
  num_layers: 1,
  bias: true,
  batch_first: false,
  dropout: { float: 0 },
  bidirectional: false,
};

/** The size that a value stands for where a shape is to follow it. */
function sizeOf(value: Value, otherwise: Value): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof otherwise === 'number' ? otherwise : 1;
}

/** The input's shape that the numbers give: (L, N, H_in), or (N, L, H_in) with batch_first, or (L, H_in). */
export function followingInput(state: PlaygroundState): number[] {
  const features = sizeOf(state.input_size, OPENING.input_size);
  if (state.unbatched) return [state.seq_len, features];
  const { seq_len, batch } = state;
  return isTruthy(state.batch_first) ? [batch, seq_len, features] : [seq_len, batch, features];
}

/** The shape of h_0 that fits an input: (D*num_layers, N, H_out), or (D*num_layers, H_out) for an unbatched one. */
export function followingH0(state: PlaygroundState, input: readonly number[]): number[] {
  const directions = isTruthy(state.bidirectional) ? 2 : 1;
  const stacked = directions * sizeOf(state.num_layers, OPENING.num_layers);
  const features = sizeOf(state.hidden_size, OPENING.hidden_size);
  if (input.length === 2) return [stacked, features];
  const batch = input.length === 3 ? input[isTruthy(state.batch_first) ? 0 : 1] : undefined;
  return [stacked, batch ?? state.batch, features];
}

/** What a state says: a call, and what is wrong with the texts that could not be read. */
export interface Reading {
  /** The call; where a text cannot be read, what it said before stands in, or else the shape that it would follow. */
  readonly call: Call;
  readonly input: Diagnostic | undefined;
  readonly h_0: Diagnostic | undefined;
}

/** Reads a state; `parse` is the engine's, `before` the call as it could last be read. */
export function readCall(state: PlaygroundState, parse: (text: string) => ParsedShape, before?: Call): Reading {
  const input = readShape(state.input, parse, before?.input, () => followingInput(state));
  const h_0 = readShape(state.give_h_0 ? state.h_0 : null, parse, before?.h_0, () => followingH0(state, input.shape));
  const call: Call = {
    config: configOf(state),
    input: tensor(input.shape, state.input_dtype),
    ...(state.give_h_0 && { h_0: tensor(h_0.shape, state.h_0_dtype) }),
    ...(state.release !== null && { release: state.release }),
  };
  return { call, input: input.diagnostic, h_0: h_0.diagnostic };
}

function readShape(
  text: string | null,
  parse: (text: string) => ParsedShape,
  before: Argument | undefined,
  following: () => number[],
): { shape: number[]; diagnostic: Diagnostic | undefined } {
  if (text === null) return { shape: following(), diagnostic: undefined };
  const parsed = parse(text);
  if ('shape' in parsed) return { shape: parsed.shape, diagnostic: undefined };
  return { shape: before && 'shape' in before ? before.shape : following(), diagnostic: parsed.diagnostic };
}

function tensor(shape: number[], dtype: Dtype): Tensor {
  return dtype === 'float32' ? { shape } : { shape, dtype };
}

function configOf(state: PlaygroundState): Config {
  const config: Config = { input_size: state.input_size, hidden_size: state.hidden_size };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    if (formatPython(state[name]) !== formatPython(DEFAULTS[name])) config[name] = state[name];
  }
  if (state.dtype !== 'float32') config.dtype = state.dtype;
  if (state.other.length > 0) config.other = state.other.map(([name, value]) => [name, value]);
  return config;
}

/** The state whose call is `call`: what a fix or a question's code leads to, with everything else kept. */
export function withCall(state: PlaygroundState, call: Call): PlaygroundState {
  const { config } = call;
  const options: PlaygroundState = {
    ...state,
    ...DEFAULTS,
    input_size: OPENING.input_size,
    hidden_size: OPENING.hidden_size,
    ...givenOptions(config),
    other: config.other ?? [],
    dtype: config.dtype ?? 'float32',
    release: call.release ?? null,
  };
  return withH0(withInput(options, call), call);
}

function givenOptions(config: Config): Partial<Options> {
  const given: Partial<Record<keyof Options, Value>> = {};
  for (const name of ['input_size', 'hidden_size', ...Object.keys(DEFAULTS)] as (keyof Options)[]) {
    const value = config[name];
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** Takes over the input: the numbers follow it where they can say it, else it stands as typed. */
function withInput(state: PlaygroundState, { input }: Call): PlaygroundState {
  if ('value' in input) return { ...state, input: formatPython(input.value) };
  const { shape } = input;
  const text = formatShape(shape);
  const typed = { ...state, input_dtype: input.dtype ?? 'float32' };
  if (state.input !== null && state.input.replaceAll(' ', '') === text.replaceAll(' ', '')) return typed;
  const following = { ...typed, ...numbersOf(shape, state), input: null };
  return formatShape(followingInput(following)) === text ? following : { ...typed, input: text };
}

function numbersOf(shape: readonly number[], state: PlaygroundState): Partial<PlaygroundState> {
  const [first = 0, second = 0] = shape;
  if (shape.length === 2) return { unbatched: true, seq_len: first };
  const [batch, seq_len] = isTruthy(state.batch_first) ? [first, second] : [second, first];
  return { unbatched: false, seq_len, batch };
}

function withH0(state: PlaygroundState, { input, h_0 }: Call): PlaygroundState {
  if (!h_0) return { ...state, give_h_0: false, h_0: null };
  if ('value' in h_0) return { ...state, give_h_0: true, h_0: formatPython(h_0.value) };
  const text = formatShape(h_0.shape);
  const following = formatShape(followingH0(state, 'shape' in input ? input.shape : followingInput(state))) === text;
  return { ...state, give_h_0: true, h_0: following ? null : text, h_0_dtype: h_0.dtype ?? 'float32' };
}
