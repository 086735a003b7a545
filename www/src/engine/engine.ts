/** The one engine client: wasm on this thread for what answers at once, a worker for what takes time. */
import codeUrl from '../../pkg/gru_code_bg.wasm?url';
import labUrl from '../../pkg/gru_lab_bg.wasm?url';
import labRelaxedUrl from '../../pkg/gru_lab_relaxed_bg.wasm?url';
import wasmUrl from '../../pkg/gru_page_bg.wasm?url';
import * as core from '../../pkg/gru_page.js';
import quizUrl from '../../pkg/gru_quiz_bg.wasm?url';
import runUrl from '../../pkg/gru_run_bg.wasm?url';
import runRelaxedUrl from '../../pkg/gru_run_relaxed_bg.wasm?url';
import { bytesOf } from './bytes.js';
import type { CodeTasks } from './code/protocol.js';
import codeWorkerUrl from './code/worker.ts?worker&url';
import { choose, hasRelaxed, measure, remember, type Choice, type Flavour } from './flavours.js';
import type { LabTasks } from './lab/protocol.js';
import type { Progress, RunResult, RunTasks } from './protocol.js';
import labWorkerUrl from './lab/worker.ts?worker&url';
import type { PracticeCore } from './practice.js';
import type { AttemptTools, QuizMachines } from './quiz.js';
import { spawn } from './spawn.js';
import { WorkerClient, type AskOptions } from './worker-client.js';
import workerUrl from './worker.ts?worker&url';

export type * from '../../pkg/gru_page.js';
export type { PracticeCore } from './practice.js';
export type { AttemptTools, QuizMachine, QuizMachines } from './quiz.js';
export type { Choice, Flavour } from './flavours.js';
export type {
  CodeTasks,
  NamedSize,
  NamedValue,
  ClaimCase,
  ClaimJudgement,
  ClaimVerdict,
  DeckCase,
  DeckCheck,
  DeckChoice,
  DeckDraw,
  DeckJudgement,
  DeckKindName,
  PastedAnswer,
  PrintedTensor,
  ProgramCall,
  ProgramDiagnosis,
  ProgramEnd,
  ProgramFix,
  ProgramRun,
  RunBounds,
  SourceEdit,
  TensorSample,
  TracedLine,
} from './code/protocol.js';
export type { Entry, EntryState, LabTasks, ModulePlace, Report, WeightsFormat, WeightsFound } from './lab/protocol.js';
export type { Progress, RunResult } from './protocol.js';
export { RunFailed, type AskOptions } from './worker-client.js';

/** A legal call to compute, with the seed that draws its weights, input and h_0. */
export interface RunRequest {
  readonly call: core.Call;
  readonly seed: number;
  /** In place of the drawn ones: every parameter in PyTorch's order, one after the other. */
  readonly weights?: Float32Array | undefined;
  /** The one place whose gates are kept; else all are. */
  readonly keep?: core.TracePlace | undefined;
  /** The call whose numbers are kept, where they are. */
  readonly before?: core.Call | undefined;
  /** What was seen of the call, where it was looked at. */
  readonly look?: core.Look | undefined;
}

/** Why the engine cannot run here. */
export type UnavailableReason = 'no-wasm' | 'no-simd' | 'blocked' | 'fetch' | 'broken';

const SENTENCES: Record<UnavailableReason, string> = {
  'no-wasm': 'This browser has no WebAssembly, or it is switched off. The playground computes everything with it.',
  'no-simd': 'This browser is too old: its WebAssembly has no SIMD. Any current Firefox, Chrome, Edge or Safari has it.',
  blocked:
    "This site's content security policy blocks WebAssembly. Whoever runs the site can allow it with script-src 'wasm-unsafe-eval'.",
  fetch: 'The engine could not be loaded. Check the connection and reload the page.',
  broken: 'The engine was loaded but did not start. Reload the page; if that does not help, the download is damaged.',
};

/** Thrown by `loadEngine` where the core cannot run; its message says why and what would help. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, cause?: unknown) {
    super(SENTENCES[reason], { cause });
    this.reason = reason;
  }
}

// The smallest modules: one that is empty, one whose function returns a v128.
const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** Why nothing can be compiled here, where that is so. */
function checkSupport(): void {
  // Typed as always there; a browser in lockdown mode has none.
  if (!(globalThis as { WebAssembly?: unknown }).WebAssembly) throw new EngineUnavailable('no-wasm');
  try {
    new WebAssembly.Module(EMPTY);
  } catch (error) {
    throw new EngineUnavailable('blocked', error);
  }
  if (!WebAssembly.validate(SIMD)) throw new EngineUnavailable('no-simd');
}

async function compile(url: string): Promise<WebAssembly.Module> {
  let bytes: ArrayBuffer;
  try {
    bytes = await bytesOf(url);
  } catch (error) {
    throw new EngineUnavailable('fetch', error);
  }
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new EngineUnavailable('broken', error);
  }
}

/** Loads a module once; a load that failed is tried again when it is next asked for. */
function once(url: string): () => Promise<WebAssembly.Module> {
  let loading: Promise<WebAssembly.Module> | undefined;
  return () => {
    loading ??= compile(url).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Up to this many multiply-adds are done on the page itself: some milliseconds, less than a worker takes to start. */
const AT_ONCE = 1_000_000n;

const RUN_URLS: Readonly<Record<Flavour, string>> = { simd128: runUrl, relaxed: runRelaxedUrl };
const LAB_URLS: Readonly<Record<Flavour, string>> = { simd128: labUrl, relaxed: labRelaxedUrl };

/** What was measured holds for these builds, whose names are of their contents, in this browser. */
const VERSION = [runUrl, runRelaxedUrl, navigator.userAgent].join(' ');

/** The page's localStorage, or undefined where it is missing or blocked. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Waits until the page has nothing to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Typed as always there; Safari has none.
    const { requestIdleCallback: whenIdle } = globalThis as { requestIdleCallback?: typeof requestIdleCallback };
    if (whenIdle) whenIdle(() => { resolve(); });
    else setTimeout(resolve, 1000);
  });
}

/** `cargo xtask serve` builds what computes once; both builds are the same file then. */
const IS_BUILT_TWICE = runRelaxedUrl !== runUrl;

/** How many workers do a part of what can be shared, beside the first: as many as there are cores, but few. */
function othersBeside(): number {
  const cores = Number.isFinite(navigator.hardwareConcurrency) ? navigator.hardwareConcurrency : 1;
  return Math.max(0, Math.min(4, cores) - 1);
}

const runWorker = () => spawn(workerUrl, 'gru-engine', () => import('./in-page.js'));

export class Engine {
  /** The build of what computes that this page loads, and why. */
  readonly choice: Choice = choose(IS_BUILT_TWICE && hasRelaxed(), storage(), VERSION);
  readonly #labModule = once(LAB_URLS[this.choice.flavour]);
  /** The lab's worker: training, gradients, weights and all modules; loaded when it is first asked. */
  readonly lab = this.#labClient();
  /** The same and its like, for what can be done side by side; each is loaded when it is first asked. */
  readonly labPool: readonly WorkerClient<LabTasks>[] = [this.lab, ...Array.from({ length: othersBeside() }, () => this.#labClient())];
  /** The worker for a learner's own code and for pasted texts; loaded when it is first asked. */
  readonly code = new WorkerClient<CodeTasks>(once(codeUrl), () => spawn(codeWorkerUrl, 'gru-code', () => import('./code/in-page.js')));
  /** What takes time: compiled for speed, loaded when it is first asked. */
  readonly #runs = new WorkerClient<RunTasks>(once(RUN_URLS[this.choice.flavour]), runWorker);
  /** Whether the choice between the builds still waits for the worker's first result. */
  #undecided = this.choice.why === 'unmeasured';
  readonly #quizModule = once(quizUrl);
  #quizzes: QuizMachines | undefined;
  #attempts: AttemptTools | undefined;

  #labClient(): WorkerClient<LabTasks> {
    return new WorkerClient<LabTasks>(this.#labModule, () => spawn(labWorkerUrl, 'gru-lab', () => import('./lab/in-page.js')));
  }

  static async load(): Promise<Engine> {
    checkSupport();
    const module = await compile(wasmUrl);
    try {
      core.initSync({ module });
    } catch (error) {
      throw new EngineUnavailable('broken', error);
    }
    return new Engine();
  }

  /** Loads the challenge's module; rejects with `EngineUnavailable`. */
  async loadQuizzes(): Promise<void> {
    if (this.#quizzes) return;
    const [module, { attemptTools, quizMachines }] = await Promise.all([this.#quizModule(), import('./quiz.js')]);
    this.#quizzes ??= quizMachines(module);
    this.#attempts = attemptTools;
  }

  /** What works with the log of answers, once `loadQuizzes` has loaded it. */
  get attempts(): AttemptTools {
    if (!this.#attempts) throw new Error('The log of answers was asked for before it was loaded.');
    return this.#attempts;
  }

  /** The challenge, once `loadQuizzes` has loaded it. */
  get quizzes(): QuizMachines {
    if (!this.#quizzes) throw new Error('The challenge was asked for before it was loaded.');
    return this.#quizzes;
  }

  /** Practice, whose module is the challenge's; rejects with `EngineUnavailable`. */
  async practice(): Promise<PracticeCore> {
    const [module, { practiceCore }] = await Promise.all([this.#quizModule(), import('./practice.js')]);
    return practiceCore(module);
  }

  /** The shape trace and whatever there is to say of a call; answers at once whatever the sizes. */
  diagnose(call: core.Call): core.Diagnosis {
    return this.#guard(() => core.diagnose(call));
  }

  /** The call after a fix; a release that nobody chose is still left to the newest. */
  applyFix(call: core.Call, fix: core.Fix): core.Call {
    const mended = this.#guard(() => core.applyFix(call, fix));
    if (call.release === undefined) delete mended.release;
    return mended;
  }

  /** The runs of PyTorch releases that answer every call alike, newest first. */
  releases(): core.ReleaseRange[] {
    return this.#guard(() => core.releases());
  }

  /** What a draft says, with shapes, diagnostics, cost and code of its call at once; the one crossing of a change on the page. */
  lookAtDraft(draft: core.Draft, seed?: number): core.DraftLook {
    return this.#guard(() => core.lookAtDraft(draft, seed));
  }

  /** Shapes, diagnostics, cost and code of a call at once. */
  look(call: core.Call, seed?: number): core.Look {
    return this.#guard(() => core.look(call, seed));
  }

  /** What the small trained GRU does with a sentence, word by word; answers at once. */
  readSentence(text: string): core.SentenceReading {
    return this.#guard(() => core.readSentence(text));
  }

  /** A rectangle of values as an image of one pixel a cell. */
  heatmap(...view: Parameters<typeof core.heatmap>): ImageData {
    return this.#guard(() => core.heatmap(...view));
  }

  /** The colours of a map from its low to its high end, as `steps` RGBA quadruples. */
  colorScale(...scale: Parameters<typeof core.colorScale>): Uint8Array {
    return this.#guard(() => core.colorScale(...scale));
  }

  /** Computes a legal call: what is small on the page itself, all else in the worker. */
  async run({ call, seed, weights, keep, before: other, look = this.look(call) }: RunRequest, options?: AskOptions<Progress>): Promise<RunResult> {
    // It throws where there is none.
    const plan = look.plan ?? this.#guard(() => core.runPlan(call));
    const multiplyAdds = look.cost?.multiply_adds;
    const before = this.#planOf(other);
    if (!before && multiplyAdds !== undefined && multiplyAdds <= AT_ONCE) {
      const started = performance.now();
      const values = this.#guard(() => new core.Experiment(plan, seed, weights, keep).finish());
      return { ...values, milliseconds: performance.now() - started };
    }
    const result = await this.#runs.ask('run', { plan, seed, weights, keep, before }, options);
    if (this.#undecided) {
      this.#undecided = false;
      void this.#decide();
    }
    return result;
  }

  /** How one unit's state comes about at one step of a legal call, and what another number in the call changes; in the worker. */
  async inside({ call, seed, weights, before, look = this.look(call) }: RunRequest, at: core.UnitPlace, edit?: core.NumberEdit, options?: AskOptions<never>): Promise<core.InsideView> {
    const plan = look.plan ?? this.#guard(() => core.runPlan(call));
    return this.#runs.ask('inside', { plan, seed, weights, at, edit, before: this.#planOf(before) }, options);
  }

  /** What a call keeps of another, in code and in words; in the worker. */
  kept(before: core.Call, call: core.Call, seed: number, options?: AskOptions<never>): Promise<core.KeptView> {
    return this.#runs.ask('kept', { before, call, seed }, options);
  }

  #planOf(call: core.Call | undefined): core.RunPlan | undefined {
    return call && this.#guard(() => core.runPlan(call));
  }

  /** Every number of the small trained GRU while it reads a sentence; in the worker. */
  async sentenceValues(text: string, options?: AskOptions<never>): Promise<core.RunValues> {
    return this.#runs.ask('sentence', text, options);
  }

  /** How one unit of the small trained GRU comes about at one word, and what another number in it changes; in the worker. */
  async insideSentence(text: string, at: core.UnitPlace, edit?: core.NumberEdit, options?: AskOptions<never>): Promise<core.InsideView> {
    return this.#runs.ask('insideSentence', { text, at, edit }, options);
  }

  /** Measures both builds where that is due, for the visits to come. */
  async #decide(): Promise<void> {
    const { choice } = this;
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (choice.why !== 'unmeasured' || !choice.due || connection?.saveData) {
      remember(storage(), VERSION);
      return;
    }
    await idle();
    const client = (flavour: Flavour) => new WorkerClient<RunTasks>(once(RUN_URLS[flavour]), runWorker);
    const clients = { simd128: client('simd128'), relaxed: client('relaxed') };
    try {
      remember(storage(), VERSION, await measure((flavour) => clients[flavour].ask('measure', null)));
    } catch {
      // Another visit will know.
    } finally {
      clients.simd128.end();
      clients.relaxed.end();
    }
  }

  /** A panic leaves the instance unusable: it is renewed, so that the next call works, and the bug is reported. */
  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) core.__wbg_reset_state();
      throw error;
    }
  }
}

let engine: Promise<Engine> | undefined;

/** The page's engine, loaded once, and again where that failed; rejects with `EngineUnavailable`. */
export function loadEngine(): Promise<Engine> {
  engine ??= Engine.load().catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}
