/**
 * One question of the bank, asked alone and without a clock: a run in which those before it are passed over.
 *
 * The core knows runs alone; this plays one, keeps its state after every event, and goes on from it after a reload or a panic.
 */
import type { QuizEvent, QuizMachine, QuizMachines, QuizView } from '../engine/engine.js';
import type { KeyValue } from './store.js';

/** A core that fails this often in a row is not asked again. */
const MOST_FAILURES = 3;

/** What there is to draw of one question. */
export type ShownView = Extract<QuizView, { phase: 'open' | 'closed' }>;

/** The entry that holds the state of a question asked alone. */
export function questionKey(number: number): string {
  return `gru-playground:question:${number}:1`;
}

/** Thrown for a number that no question has. */
export class NoSuchQuestion extends Error {
  override readonly name = 'NoSuchQuestion';
}

export interface QuestionOptions {
  readonly machines: QuizMachines;
  /** Its number, counted from 1. */
  readonly number: number;
  readonly storage: KeyValue | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Another seed for each run, a u32. */
  readonly seed: () => number;
}

export class QuestionSession {
  readonly #options: QuestionOptions;
  #storage: KeyValue | undefined;
  #machine: QuizMachine;
  #state: object;
  #failures = 0;

  /** Goes on where it was left, or asks anew. */
  constructor(options: QuestionOptions) {
    this.#options = options;
    this.#storage = options.storage;
    this.#machine = this.#restore() ?? this.#ask();
    this.#state = this.#machine.state();
    this.#keep();
  }

  get view(): ShownView {
    const view = this.#look();
    if (!isShown(view)) throw new Error(`a question asked alone is ${view.phase}`);
    return view;
  }

  /** Whether it outlives the page. */
  get keeps(): boolean {
    return this.#storage !== undefined;
  }

  /** Something happened; after a panic of the core it goes on from the last good state. */
  send(event: QuizEvent): void {
    try {
      if (event.type === 'again') this.#again();
      else this.#machine.dispatch(event, this.#options.now());
      this.#state = this.#machine.state();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures >= MOST_FAILURES) throw error;
      this.#machine = this.#options.machines.restore(this.#state);
    }
    this.#keep();
  }

  free(): void {
    try {
      this.#machine.free();
    } catch {
      // A machine of an instance that is gone has nothing to free.
    }
  }

  /** A panic elsewhere on the page has renewed the core, and this machine is of the old one. */
  #look(): QuizView {
    try {
      return this.#machine.view();
    } catch {
      this.#machine = this.#options.machines.restore(this.#state);
      return this.#machine.view();
    }
  }

  #again(): void {
    const machine = this.#ask();
    this.free();
    this.#machine = machine;
  }

  /** A run in which the questions before this one are passed over: their attempts are spent on whatever option is free. */
  #ask(): QuizMachine {
    const { machines, number, now, seed } = this.#options;
    const machine = machines.fresh();
    const view = machine.view();
    const many = view.phase === 'intro' ? view.marks.length : 0;
    if (!Number.isInteger(number) || number < 1 || number > many) {
      machine.free();
      throw new NoSuchQuestion(`There is no question ${number}: they are numbered from 1 to ${many}.`);
    }
    machine.dispatch({ type: 'start', mode: 'no_limit', seed: seed() }, now());
    for (let view = machine.view(); isShown(view) && view.question.number < number; view = machine.view()) {
      const free = view.phase === 'open' ? view.options.find(({ state }) => state === 'free') : undefined;
      machine.dispatch(free ? { type: 'answer', option: free.id } : { type: 'next' }, now());
    }
    return machine;
  }

  #restore(): QuizMachine | undefined {
    const { machines, number } = this.#options;
    try {
      const text = this.#storage?.getItem(questionKey(number));
      if (!text) return undefined;
      const machine = machines.restore(JSON.parse(text) as object);
      const view = machine.view();
      if (isShown(view) && view.question.number === number) return machine;
      machine.free();
    } catch {
      // A state of another bank, or none at all: it is asked anew.
    }
    return undefined;
  }

  #keep(): void {
    try {
      this.#storage?.setItem(questionKey(this.#options.number), JSON.stringify(this.#state));
    } catch {
      this.#storage = undefined;
    }
  }
}

function isShown(view: QuizView): view is ShownView {
  return view.phase === 'open' || view.phase === 'closed';
}
