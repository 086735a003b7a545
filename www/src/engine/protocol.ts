/**
 * What the page and a worker say to each other.
 *
 * Every request has an id and ends in exactly one of `result`, `error` and `cancelled`; progress comes in between.
 */
import type { Call, InsideView, KeptView, NumberEdit, RunPlan, RunProgress, RunValues, TracePlace, UnitPlace } from '../../pkg/gru_run.js';

/** A kind of work: what is asked, what is told meanwhile, and what it gives. */
export interface Task {
  readonly request: unknown;
  readonly progress: unknown;
  readonly result: unknown;
}

/** The kinds of work of one worker, by name. */
export type Tasks<T> = { readonly [Name in keyof T]: Task };

/** The work of the playground's worker. */
export interface RunTasks {
  readonly run: { readonly request: PlannedRun; readonly progress: Progress; readonly result: RunResult };
  /** Opens one unit at one step. */
  readonly inside: { readonly request: PlannedInside; readonly progress: never; readonly result: InsideView };
  /** What a call keeps of another, in code and in words. */
  readonly kept: { readonly request: { readonly before: Call; readonly call: Call; readonly seed: number }; readonly progress: never; readonly result: KeptView };
  /** Gives every number of the small trained GRU while it reads a sentence. */
  readonly sentence: { readonly request: string; readonly progress: never; readonly result: RunValues };
  /** Opens one unit of it at one word. */
  readonly insideSentence: { readonly request: SentenceInside; readonly progress: never; readonly result: InsideView };
  /** Gives the milliseconds of a fixed piece of work. */
  readonly measure: { readonly request: null; readonly progress: never; readonly result: number };
}

/** A legal call as the page's module read it, with the seed that draws its weights, input and h_0. */
export interface PlannedRun {
  readonly plan: RunPlan;
  readonly seed: number;
  /** In place of the drawn ones: every parameter in PyTorch's order, one after the other. */
  readonly weights: Float32Array | undefined;
  /** The one place whose gates are kept; else all are. */
  readonly keep: TracePlace | undefined;
  /** The call whose numbers are kept, where they are. */
  readonly before: RunPlan | undefined;
}

/** A unit at a step of a planned call, and a number of the call that is to be another. */
export interface PlannedInside {
  readonly plan: RunPlan;
  readonly seed: number;
  readonly weights: Float32Array | undefined;
  readonly at: UnitPlace;
  readonly edit: NumberEdit | undefined;
  readonly before: RunPlan | undefined;
}

/** A unit of the trained GRU at a word of a sentence, and a number of the call that is to be another. */
export interface SentenceInside {
  readonly text: string;
  readonly at: UnitPlace;
  readonly edit: NumberEdit | undefined;
}

/** What a run gives: values row-major, shapes as PyTorch has them. */
export interface RunResult extends Readonly<RunValues> {
  /** Time in the worker, drawing included. */
  readonly milliseconds: number;
}

/** How far a run is, in multiply-adds. */
export type Progress = RunProgress;

export type ToWorker =
  /** `alive` is the name of a lock that the worker is to hold for as long as it lives. */
  | { readonly kind: 'start'; readonly module: WebAssembly.Module; readonly alive?: string | undefined }
  | { readonly kind: 'ask'; readonly id: number; readonly task: string; readonly request: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** To a stand-in on the page's own thread, which cannot be terminated: everything is cancelled, nothing is answered. */
  | { readonly kind: 'end' };

export type FromWorker =
  /** The worker holds the lock. */
  | { readonly kind: 'alive'; readonly id: 0 }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  /** `heap` is how many bytes the memory of the worker's core has grown to. */
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown; readonly heap: number }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string; readonly fatal: boolean }
  | { readonly kind: 'cancelled'; readonly id: number; readonly heap: number };
