/** The page's one session of the challenge: it outlives the element, which goes when another view is shown. */
import type { Engine } from '../engine/engine.js';
import { KeyPreference } from './preferences.js';
import { QuizSession } from './session.js';
import { pageStorage } from './store.js';
import { pageEnvironment } from './tab-owner.js';

export interface PageSession {
  readonly session: QuizSession;
  readonly keys: KeyPreference;
}

let page: (PageSession & { readonly engine: Engine }) | undefined;
let hear: () => void = () => undefined;

/** The session, which tells the last caller of its changes. */
export function pageSession(engine: Engine, changed: () => void): PageSession {
  hear = changed;
  if (page?.engine !== engine) {
    page?.session.dispose();
    const storage = pageStorage();
    const session = new QuizSession({
      machines: engine.quizzes,
      environment: pageEnvironment(storage),
      now: () => performance.now(),
      today,
      seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
      changed: () => { hear(); },
    });
    page = { engine, session, keys: new KeyPreference(storage) };
  }
  return page;
}

/** The learner's own day. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
