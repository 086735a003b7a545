import { expect, it, vi } from 'vitest';
import type { TrainProgress, TrainRequest, TrainResult } from '../../engine/lab/train.js';
import { Runs, letterOf } from './runs.js';
import { OPENING, setupOf } from './state.js';

const REPORT = { finding: { verdict: 'early', since: null, title: 'Too early to say', sentences: [], evidence: [], advice: null, figures: null }, comparison: null, goal: { reached: false, words: '', missing: [] } };

type Options = Parameters<ConstructorParameters<typeof Promise>[0]>;

interface DoctorRequest {
  readonly run: { readonly name: string };
  readonly before: { readonly name: string } | undefined;
}

/** A lab that answers when the test says so. */
class Lab {
  /** Which runs were looked at, each beside which. */
  readonly examined: (readonly [string, string | undefined])[] = [];
  readonly asked: { request: TrainRequest; signal: AbortSignal; tell: (progress: TrainProgress) => void; end: (result: TrainResult) => void; fail: Options[1] }[] = [];

  readonly ask = ((task: string, request: TrainRequest, options: { signal: AbortSignal; onProgress: (progress: TrainProgress) => void }) =>
    task === 'doctor' ? this.#examine(request as unknown as DoctorRequest) : new Promise<TrainResult>((end, fail) => {
      this.asked.push({ request, signal: options.signal, tell: options.onProgress, end, fail });
      options.signal.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
    })) as unknown as Parameters<Runs['start']>[0]['ask'];

  #examine({ run, before }: DoctorRequest): Promise<typeof REPORT> {
    this.examined.push([run.name, before?.name]);
    return Promise.resolve(REPORT);
  }
}

const host = { addController: vi.fn(), removeController: vi.fn(), requestUpdate: vi.fn(), updateComplete: Promise.resolve(true) };
const setup = setupOf(OPENING);

function slice(from: number, losses: number[]): TrainProgress {
  const steps = from + losses.length;
  return {
    steps,
    slice: {
      losses: Float32Array.from(losses), grad_norms: Float32Array.from(losses, () => 1), validation: [{ steps, loss: 3, accuracy: null }],
      predictions: Float32Array.of(steps), meaning: 'Much.', best: null, stopped_early: false, trouble: null,
    },
  };
}

it('a run that is stopped keeps what it has learned, and goes on from there', async () => {
  const [runs, lab] = [new Runs(host), new Lab()];
  const training = runs.start(lab, setup);
  lab.asked[0]?.tell(slice(0, [2, 1]));
  runs.stop();
  await training;
  expect(lab.asked[0]?.signal.aborted).toBe(true);
  expect(runs.newest).toMatchObject({ letter: 'A', status: 'stopped', losses: [2, 1], gradNorms: [1, 1] });
  expect(runs.newest?.report?.finding.title).toBe('Too early to say');
  // What was on its way comes too late.
  lab.asked[0]?.tell(slice(2, [9]));
  expect(runs.newest?.losses).toEqual([2, 1]);

  const more = runs.goOn(lab, 300);
  expect(lab.asked[1]?.request).toEqual({ setup: { ...setup, steps: 300 }, from: 2 });
  lab.asked[1]?.tell({ steps: 1, slice: null });
  expect(runs.newest?.again).toBe(1);
  lab.asked[1]?.tell(slice(2, [0.5]));
  lab.asked[1]?.end({ trouble: null, milliseconds: 1 });
  await more;
  expect(runs.newest).toMatchObject({ status: 'finished', losses: [2, 1, 0.5], again: undefined });
  expect([...(runs.newest?.predictions ?? [])]).toEqual([3]);
});

it('the last three runs stay beside a new one, each with its letter, while the task is the same', async () => {
  const [runs, lab] = [new Runs(host), new Lab()];
  for (let count = 0; count < 5; count += 1) {
    const training = runs.start(lab, { ...setup, seed: count });
    lab.asked[count]?.end({ trouble: null, milliseconds: 1 });
    await training;
  }
  expect(runs.list.map((run) => [run.letter, run.setup.seed])).toEqual([['B', 1], ['C', 2], ['D', 3], ['E', 4]]);
  expect(new Set(runs.list.map(({ tone }) => tone)).size).toBe(4);
  const [oldest, second] = runs.list;
  if (oldest) runs.forget(oldest);
  expect(runs.list.map(({ letter, tone }) => [letter, tone])).toEqual([['C', 'H_in'], ['D', 'H_out'], ['E', 'L']]);
  // No letter comes again beside those that are left: what was said of A stays said of A.
  if (second) runs.forget(second);
  const sixth = runs.start(lab, { ...setup, seed: 5 });
  expect(runs.list.map(({ letter }) => letter)).toEqual(['D', 'E', 'F']);
  lab.asked[5]?.end({ trouble: null, milliseconds: 1 });
  await sixth;
  void runs.start(lab, { ...setup, task: 'sine' });
  expect(runs.list.map(({ letter, status }) => [letter, status])).toEqual([['A', 'running']]);
});

it('a run that breaks or fails says why, and a broken one does not go on', async () => {
  const [runs, lab] = [new Runs(host), new Lab()];
  const trouble = { code: 'not-finite', severity: 'error', exception: null, message: 'the loss is inf at step 2', settings: ['lr'], notes: [], help: [] } as const;
  const training = runs.start(lab, setup);
  lab.asked[0]?.tell(slice(0, [2, 1]));
  lab.asked[0]?.end({ trouble: structuredClone(trouble) as unknown as TrainResult['trouble'], milliseconds: 1 });
  await training;
  expect(runs.newest).toMatchObject({ status: 'broken', trouble });
  await runs.goOn(lab, 300);
  expect(lab.asked.length).toBe(1);

  const other = runs.start(lab, setup);
  lab.asked[1]?.fail(new Error('The worker stopped.'));
  await other;
  expect(runs.newest).toMatchObject({ status: 'failed', message: 'The worker stopped.' });
});

it('what was said of a run beside one that is forgotten is said anew', async () => {
  const [runs, lab] = [new Runs(host), new Lab()];
  for (let count = 0; count < 2; count += 1) {
    const training = runs.start(lab, { ...setup, seed: count });
    lab.asked[count]?.tell(slice(0, [2, 1]));
    lab.asked[count]?.end({ trouble: null, milliseconds: 1 });
    await training;
  }
  expect(lab.examined).toEqual([['A', undefined], ['B', 'A']]);
  const [first] = runs.list;
  if (first) runs.forget(first);
  expect(lab.examined.at(-1)).toEqual(['B', undefined]);
});

it('letters go on behind Z', () => {
  expect([0, 1, 25, 26, 53].map(letterOf)).toEqual(['A', 'B', 'Z', 'A2', 'B3']);
});
