/** The runs that are on screen: the one that trains, and the last ones to compare it with. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Axis, Engine } from '../../engine/engine.js';
import type { DoctorReport, RunRecord, Setup, TrainingValidation, TrainProgress, Trouble } from '../../engine/lab/train.js';

/** The axes that lend their colours to runs; the letter always stands beside it. */
export const TONES: readonly Axis[] = ['L', 'N', 'H_in', 'H_out'];

/** The letter of a run by how many were begun before it: A to Z, then A2. No other run is called so while the page is open. */
export function letterOf(before: number): string {
  return String.fromCharCode(65 + (before % 26)) + (before < 26 ? '' : String(1 + Math.floor(before / 26)));
}

export type RunStatus = 'running' | 'stopped' | 'finished' | 'broken' | 'failed';

export interface Run {
  readonly letter: string;
  readonly tone: Axis;
  setup: Setup;
  status: RunStatus;
  /** The loss of each step. */
  readonly losses: number[];
  readonly gradNorms: number[];
  readonly validation: TrainingValidation[];
  /** What the model last said of the examples. */
  predictions: Float32Array | undefined;
  /** What the last validation loss means, in a sentence. */
  meaning: string;
  /** With early stopping, the best validation so far, and whether the run stopped for it. */
  best: TrainingValidation | undefined;
  stoppedEarly: boolean;
  /** What the doctor sees in it, once it has ended. */
  report: DoctorReport | undefined;
  /** Why it broke. */
  trouble: Trouble | undefined;
  /** Why the worker failed. */
  message: string;
  /** Steps that are taken again after the worker was lost; none where that is not so. */
  again: number | undefined;
  stepsPerSecond: number;
}

type Lab = Pick<Engine['lab'], 'ask'>;

/** What was on screen when the room was last left: a walk to another room takes no curve away. */
let lastLeft: readonly Run[] = [];
let lastBegun = 0;

export class Runs implements ReactiveController {
  /** From the oldest to the newest. */
  list: readonly Run[] = lastLeft;
  /** How many were begun since there was none on screen. */
  #begun = lastBegun;
  #lab: Lab | undefined;
  readonly #host: ReactiveControllerHost;
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
    lastLeft = this.list;
    lastBegun = this.#begun;
  }

  get newest(): Run | undefined {
    return this.list.at(-1);
  }

  /** Begins a run. Those of another task go: their losses cannot be compared. Of the rest the last three stay. */
  async start(lab: Lab, setup: Setup): Promise<void> {
    this.stop();
    const others = this.list.filter((run) => run.setup.task === setup.task).slice(1 - TONES.length);
    if (others.length === 0) this.#begun = 0;
    const letter = letterOf(this.#begun);
    this.#begun += 1;
    const tone = TONES.find((free) => others.every((run) => run.tone !== free)) ?? 'L';
    const run: Run = {
      letter, tone, setup, status: 'running', losses: [], gradNorms: [], validation: [], predictions: undefined, trouble: undefined,
      meaning: '', best: undefined, stoppedEarly: false, report: undefined, message: '', again: undefined, stepsPerSecond: 0,
    };
    this.list = [...others, run];
    await this.#train(lab, run);
  }

  /** Lets the newest run go on from where it stands, until it has taken so many steps. */
  async goOn(lab: Lab, steps: number): Promise<void> {
    const run = this.newest;
    if (!run || run.status === 'running' || run.status === 'broken' || run.stoppedEarly) return;
    run.setup = { ...run.setup, steps };
    await this.#train(lab, run);
  }

  /** Stops the run that trains; what it has learned so far stays on screen. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    const running = this.list.find((run) => run.status === 'running');
    if (running) running.status = 'stopped';
    this.#host.requestUpdate();
  }

  forget(run: Run): void {
    if (run.status === 'running') this.stop();
    const before = this.list[this.list.length - 2];
    this.list = this.list.filter((other) => other !== run);
    this.#host.requestUpdate();
    // What was said of the newest run beside this one is said of it beside another, or alone.
    const { newest } = this;
    if (before === run && newest?.report && this.#lab) void this.#examine(this.#lab, newest).then(() => { this.#host.requestUpdate(); });
  }

  async #train(lab: Lab, run: Run): Promise<void> {
    this.#lab = lab;
    const abort = new AbortController();
    this.#abort = abort;
    run.status = 'running';
    run.report = undefined;
    this.#host.requestUpdate();
    const from = run.losses.length;
    try {
      const clock = new Clock();
      const { trouble } = await lab.ask('train', { setup: run.setup, from }, {
        signal: abort.signal,
        onProgress: (progress) => {
          if (abort.signal.aborted) return;
          hear(run, progress);
          run.stepsPerSecond = clock.rate(progress.steps);
          this.#host.requestUpdate();
        },
      });
      if (abort.signal.aborted) return;
      run.trouble = trouble ?? undefined;
      run.status = trouble ? 'broken' : 'finished';
      this.#host.requestUpdate();
      await this.#examine(lab, run);
    } catch (error) {
      if (abort.signal.aborted) {
        if (run.losses.length > 0 && this.list.at(-1) === run) await this.#examine(lab, run);
        this.#host.requestUpdate();
        return;
      }
      run.status = 'failed';
      run.message = error instanceof Error ? error.message : String(error);
    }
    this.#host.requestUpdate();
  }

  /** Asks what is seen in a run that has ended, beside the one before it. */
  async #examine(lab: Lab, run: Run): Promise<void> {
    const before = this.list[this.list.indexOf(run) - 1];
    const report = await lab.ask('doctor', { run: recordOf(run), before: before && recordOf(before) });
    if (run.status === 'running') return;
    run.report = report;
  }
}

/** What a run told, as the doctor reads it. */
function recordOf({ letter, setup, losses, gradNorms, validation, trouble }: Run): RunRecord {
  return { name: letter, setup, losses, grad_norms: gradNorms, validation, broke: trouble?.message ?? null };
}

/** Takes down what some steps told. */
function hear(run: Run, { steps, slice }: TrainProgress): void {
  run.again = slice ? undefined : steps;
  if (!slice) return;
  run.losses.push(...slice.losses);
  run.gradNorms.push(...slice.grad_norms);
  run.validation.push(...slice.validation);
  run.meaning = slice.meaning ?? run.meaning;
  run.best = slice.best ?? run.best;
  run.stoppedEarly = slice.stopped_early;
  run.predictions = slice.predictions ?? run.predictions;
}

/** How fast the last second went. */
class Clock {
  readonly #told: { readonly at: number; readonly steps: number }[] = [];

  rate(steps: number): number {
    const now = performance.now();
    this.#told.push({ at: now, steps });
    while (this.#told.length > 2 && now - (this.#told[0]?.at ?? now) > 1000) this.#told.shift();
    const first = this.#told[0];
    return first && now > first.at ? (1000 * (steps - first.steps)) / (now - first.at) : 0;
  }
}
