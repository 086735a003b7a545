/**
 * One tab's part in the challenge: feeds the core's quiz with events and time, keeps its state after each of them, and
 * hands the run from tab to tab.
 *
 * Time is the core's: it gets readings of `performance.now()`, four a second while a question is open and whenever the
 * page is shown or hidden, and counts their differences. So a hidden tab's question goes on ageing although browsers slow
 * its timers down; a reload, a crash or a closed tab loses what no reading covered, at most a quarter of a second; and the
 * clock of the machine plays no part.
 */
import type { Mode, QuizEvent, QuizMachine, QuizMachines, QuizState, QuizView } from '../engine/engine.js';
import type { AttemptMade } from '../state/attempt.js';
import { attemptOf } from './attempts.js';
import { RUN_KEY, RunStore, parseEntry } from './store.js';
import { OWNER_KEY, TabOwner, type TabEnvironment } from './tab-owner.js';

export const TICK_MS = 250;
/** A core that fails this often in a row is not asked again. */
const MOST_FAILURES = 3;

/** Whether a state belongs to a run that has begun and is not over, so that only one tab may play it. */
function inProgress(state: object): boolean {
  const { phase } = state as { phase?: unknown };
  return phase !== 'intro' && phase !== 'finished';
}

/** What there is to draw. */
export type Scene =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'quiz'; readonly view: QuizView }
  /** The run is another tab's; `free` once that tab has let go of it. */
  | { readonly kind: 'elsewhere'; readonly free: boolean }
  /** The core fails again and again. */
  | { readonly kind: 'broken' };

/** Something the learner should know about their run, until they have read it. */
export type SessionNotice = 'not-kept' | 'set-aside' | 'renewed';

export const NOTICES: Readonly<Record<SessionNotice, string>> = {
  'not-kept': 'This browser keeps nothing for this page. You can take the challenge, but a reload or a closed tab ends the run.',
  'set-aside': 'The saved run could not be read, so it was set aside. You can start a new run.',
  renewed: 'The quiz engine stopped, which is a fault of this page, and was started anew. Your run goes on where it was.',
};

/** What was not there before, or is for another reason. */
export function newsOf(before: ReadonlyMap<SessionNotice, string>, after: ReadonlyMap<SessionNotice, string>): string[] {
  return [...after].flatMap(([notice, text]) => (before.get(notice) === text ? [] : [text]));
}

export interface SessionOptions {
  readonly machines: QuizMachines;
  readonly environment: TabEnvironment;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** The day as `2026-11-22`, for a badge. */
  readonly today: () => string;
  /** Another seed for each run, a u32. */
  readonly seed: () => number;
  readonly changed: () => void;
  /** An attempt was used up. */
  readonly attempted?: (attempt: AttemptMade) => void;
}

export class QuizSession {
  readonly #options: SessionOptions;
  readonly #store: RunStore;
  readonly #owner: TabOwner;
  readonly #stopListening: () => void;
  readonly #notices = new Map<SessionNotice, string>();
  #toldNotKept = false;
  #scene: Scene = { kind: 'waiting' };
  #machine: QuizMachine | undefined;
  /** The state after the last event that went well. */
  #state: QuizState | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Between `enter` and `leave`. */
  #present = false;
  /** Counts entrances and take-overs: an answer to an older one is no longer wanted. */
  #turn = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#store = new RunStore(options.environment.storage);
    this.#owner = new TabOwner(options.environment, {
      beforeYield: () => { this.tick(); },
      onLost: () => { this.#lost(); },
    });
    this.#stopListening = options.environment.onStorage(({ key, newValue }) => {
      if (key === RUN_KEY) this.#heardRun(newValue);
      else if (key === OWNER_KEY && newValue === '') this.#heardRelease();
    });
  }

  get scene(): Scene {
    return this.#scene;
  }

  get notices(): ReadonlyMap<SessionNotice, string> {
    return this.#notices;
  }

  /** Whether the run outlives the page. */
  get keeps(): boolean {
    return this.#store.keeps;
  }

  /** The challenge is shown: the run goes on where it was left. */
  async enter(): Promise<void> {
    if (this.#present) return;
    this.#present = true;
    const turn = ++this.#turn;
    if (!this.#store.keeps) this.#note('not-kept');
    if (this.#state && !this.#store.keeps) {
      // Nothing is kept, but this tab remembers.
      this.#restore(this.#state);
    } else {
      const found = this.#store.find();
      if (found.kind === 'state' && inProgress(found.state)) {
        const mine = await this.#owner.claim();
        if (turn !== this.#turn) return;
        if (!mine) {
          this.#lost();
          return;
        }
      }
      this.#load();
    }
    this.#publish();
  }

  /** The challenge is no longer shown: an open question is paused, and another tab may have the run. */
  leave(): void {
    if (!this.#present) return;
    if (this.#scene.kind === 'quiz' && this.#scene.view.phase === 'open') this.send({ type: 'pause' });
    this.#suspend();
    this.#scene = { kind: 'waiting' };
  }

  /** The page goes away, perhaps to come back from the browser's cache by `enter`: what was counted is kept. */
  suspend(): void {
    if (!this.#present) return;
    this.tick();
    this.#suspend();
  }

  /** Ends the session for good. */
  dispose(): void {
    this.leave();
    this.#stopListening();
    this.#owner.dispose();
  }

  /** Begins a run. */
  start(mode: Mode): void {
    this.send({ type: 'start', mode, seed: this.#options.seed() });
  }

  /** Lets time pass. */
  tick(): void {
    if (this.#scene.kind === 'quiz' && this.#scene.view.phase === 'open') this.send({ type: 'tick' });
  }

  /** Something happened. Where the run is not this tab's yet, it becomes so first, or the event is void. */
  send(event: QuizEvent): void {
    const machine = this.#machine;
    if (!this.#present || !machine) return;
    if (this.#owner.isMine()) {
      this.#dispatch(event);
      return;
    }
    // Losing the run is noticed by looking: then there is nothing left to send to.
    if (this.#machine !== machine) return;
    const turn = ++this.#turn;
    void this.#owner.claim().then((mine) => {
      if (turn !== this.#turn) return;
      if (!mine) this.#lost();
      else this.#dispatchToKept(event);
    });
  }

  /** Plays on here what another tab has; that tab keeps its state first. */
  async continueHere(): Promise<void> {
    const turn = ++this.#turn;
    const mine = await this.#owner.takeOver();
    if (turn !== this.#turn) return;
    if (mine) this.#reload();
    else this.#lost();
  }

  /** After repeated failures: sets the run aside and begins anew. */
  beginAnew(): void {
    this.#failures = 0;
    this.#notices.delete('renewed');
    this.#state = undefined;
    this.#setAside();
    this.#publish();
  }

  dismiss(notice: SessionNotice): void {
    this.#notices.delete(notice);
    this.#options.changed();
  }

  #suspend(): void {
    this.#present = false;
    this.#turn++;
    this.#run(false);
    this.#drop();
    this.#owner.release();
  }

  /** Takes the machine from what is kept. */
  #load(): void {
    const found = this.#store.find();
    switch (found.kind) {
      case 'nothing':
        this.#fresh();
        break;
      case 'foreign':
        this.#setAside();
        break;
      case 'state':
        this.#restore(found.state);
        break;
    }
  }

  #reload(): void {
    this.#drop();
    this.#load();
    this.#publish();
  }

  #restore(state: object): void {
    this.#drop();
    try {
      this.#take(this.#options.machines.restore(state));
    } catch (error) {
      // The core says in a sentence why a state is not taken up.
      this.#setAside(error instanceof Error && error.name === 'QuizStateError' ? error.message : undefined);
    }
  }

  #setAside(why?: string): void {
    this.#store.setAside();
    this.#note('set-aside', why);
    this.#fresh();
  }

  #note(notice: SessionNotice, text = NOTICES[notice]): void {
    // That nothing is kept stays true, and is said once.
    if (notice !== 'not-kept' || !this.#toldNotKept) this.#notices.set(notice, text);
    this.#toldNotKept ||= notice === 'not-kept';
  }

  #fresh(): void {
    this.#drop();
    try {
      this.#take(this.#options.machines.fresh());
    } catch {
      this.#scene = { kind: 'broken' };
    }
  }

  /** Holds a machine, with its clock set to now. */
  #take(machine: QuizMachine): void {
    machine.dispatch({ type: 'tick' }, this.#options.now());
    this.#state = machine.state();
    this.#machine = machine;
    this.#scene = { kind: 'quiz', view: machine.view() };
    if (this.#stamp()) this.#keep();
  }

  /** An event of a tab that had no run of its own: another may have played since. */
  #dispatchToKept(event: QuizEvent): void {
    const before = this.#state?.phase;
    if (this.#store.find().kind !== 'nothing') this.#reload();
    if (this.#state?.phase === before) this.#dispatch(event);
    else this.#owner.release();
  }

  #dispatch(event: QuizEvent): void {
    const machine = this.#machine;
    if (!machine) return;
    const [before, shown] = [this.#state, this.#scene];
    try {
      machine.dispatch(event, this.#options.now());
      this.#state = machine.state();
      this.#scene = { kind: 'quiz', view: machine.view() };
      this.#stamp();
    } catch {
      this.#renew();
      return;
    }
    const { attempted } = this.#options;
    const attempt = attempted && before && shown.kind === 'quiz' ? attemptOf(before, event, this.#state, shown.view) : undefined;
    if (attempt) attempted?.(attempt);
    this.#failures = 0;
    this.#keep();
    if (!inProgress(this.#state)) this.#owner.release();
    this.#publish();
  }

  /** Writes the day on a badge just earned, or on one that was earned when the page went away. */
  #stamp(): boolean {
    const { scene } = this;
    const machine = this.#machine;
    if (!machine || scene.kind !== 'quiz' || scene.view.phase !== 'finished') return false;
    if (!scene.view.badge || typeof scene.view.badge.date === 'string') return false;
    machine.dispatch({ type: 'stamp', date: this.#options.today() }, this.#options.now());
    this.#state = machine.state();
    this.#scene = { kind: 'quiz', view: machine.view() };
    return true;
  }

  #keep(): void {
    if (this.#state && !this.#store.keep(this.#state)) this.#note('not-kept');
  }

  /** The core panicked, here or elsewhere on the page, and is a new instance now: goes on from the last good state. */
  #renew(): void {
    this.#failures++;
    const state = this.#state;
    this.#drop();
    if (!state || this.#failures >= MOST_FAILURES) {
      this.#scene = { kind: 'broken' };
    } else {
      try {
        this.#take(this.#options.machines.restore(state));
        this.#note('renewed');
      } catch {
        this.#scene = { kind: 'broken' };
      }
    }
    this.#publish();
  }

  #drop(): void {
    const machine = this.#machine;
    this.#machine = undefined;
    try {
      machine?.free();
    } catch {
      // A machine of an instance that is gone has nothing to free.
    }
  }

  #lost(): void {
    if (!this.#present) return;
    this.#turn++;
    this.#drop();
    this.#scene = { kind: 'elsewhere', free: false };
    this.#publish();
  }

  /** Another tab kept a state. Its run is its own; its start and its results are shown here too. */
  #heardRun(text: string | null): void {
    if (!this.#present || this.#owner.isMine() || text === null) return;
    const found = parseEntry(text);
    if (found.kind !== 'state') return;
    if (!inProgress(found.state)) this.#reload();
    else if (this.#scene.kind !== 'elsewhere') this.#lost();
  }

  #heardRelease(): void {
    if (!this.#present || this.#scene.kind !== 'elsewhere') return;
    this.#scene = { kind: 'elsewhere', free: true };
    this.#publish();
  }

  #publish(): void {
    const { scene } = this;
    this.#run(this.#present && scene.kind === 'quiz' && scene.view.phase === 'open');
    this.#options.changed();
  }

  /** Starts or stops the ticks. */
  #run(running: boolean): void {
    if (running === (this.#timer !== undefined)) return;
    if (running) {
      this.#timer = setInterval(() => { this.tick(); }, TICK_MS);
    } else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }
}
