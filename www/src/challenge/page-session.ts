/** The page's one session of the challenge: it outlives the elements that show it, which go when another view is shown. */
import type { Engine } from '../engine/engine.js';
import type { AttemptMade } from '../state/attempt.js';
import { KeyPreference } from './preferences.js';
import { QuizSession } from './session.js';
import { pageStorage } from './store.js';
import { pageEnvironment } from './tab-owner.js';

/** The session as the elements that show it share it. */
export class PageSession {
  readonly engine: Engine;
  readonly session: QuizSession;
  readonly keys: KeyPreference;
  /** By what hears of changes, what hears of attempts. */
  readonly #shown = new Map<() => void, (attempt: AttemptMade) => void>();

  constructor(engine: Engine) {
    const storage = pageStorage();
    this.engine = engine;
    this.keys = new KeyPreference(storage);
    this.session = new QuizSession({
      machines: engine.quizzes,
      environment: pageEnvironment(storage),
      now: () => performance.now(),
      today,
      seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
      changed: () => {
        for (const changed of this.#shown.keys()) changed();
      },
      attempted: (attempt) => {
        // However often the challenge is shown, an attempt is told once.
        const [told] = this.#shown.values();
        told?.(attempt);
      },
    });
  }

  /** An element shows the session, and hears of its changes. */
  enter(changed: () => void, attempted: (attempt: AttemptMade) => void): void {
    this.#shown.set(changed, attempted);
    void this.session.enter();
    changed();
  }

  /** An element shows it no more; where none does, an open question is paused. */
  leave(changed: () => void): void {
    if (this.#shown.delete(changed) && this.#shown.size === 0) this.session.leave();
  }
}

let page: PageSession | undefined;

export function pageSession(engine: Engine): PageSession {
  if (page?.engine !== engine) {
    page?.session.dispose();
    page = new PageSession(engine);
  }
  return page;
}

/** The learner's own day. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
