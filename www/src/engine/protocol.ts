/**
 * What the page and its worker say to each other.
 *
 * Every `run` has an id and ends in exactly one of `result`, `error` and `cancelled`; progress comes in between.
 */
import type { Call, GateTrace } from '../../pkg/gru_playground.js';

/** A legal call to compute, with the seed that draws its weights, input and h_0. */
export interface RunRequest {
  readonly call: Call;
  readonly seed: number;
}

/** What a run gives: values row-major, shapes as PyTorch has them. */
export interface RunResult {
  readonly input: Float32Array;
  /** As drawn; null where the call leaves it out, so that it is zero. */
  readonly h_0: Float32Array | null;
  readonly output: Float32Array;
  readonly output_shape: number[];
  readonly h_n: Float32Array;
  readonly h_n_shape: number[];
  /** One entry per layer and direction; empty where keeping every gate would pass the memory limit. */
  readonly trace: GateTrace[];
  /** Time in the worker, drawing included. */
  readonly milliseconds: number;
}

/** How far a run is, in multiply-adds. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type ToWorker =
  | { readonly kind: 'start'; readonly module: WebAssembly.Module }
  | { readonly kind: 'run'; readonly id: number; readonly request: RunRequest }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'result'; readonly id: number; readonly result: RunResult }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string; readonly fatal: boolean }
  | { readonly kind: 'cancelled'; readonly id: number };
