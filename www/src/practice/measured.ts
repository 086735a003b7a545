/** The two forms that measure what was learned, as a browser keeps them. */
import type { FormName } from '../engine/engine.js';

/** A place among the options of each question, null where none is chosen. */
export type FormPlaces = readonly (number | null)[];

/** What is kept. */
export interface Measured {
  /** The form that is asked before; a draw decides, so that neither is the easier one for all. */
  readonly first: FormName;
  /** What orders the options. */
  readonly seed: number;
  /** What was handed in before, and after. */
  readonly before: FormPlaces | null;
  readonly after: FormPlaces | null;
  /** What is chosen of the form that is open. */
  readonly open: FormPlaces;
}

const QUESTIONS = 5;
const OPTIONS = 4;
const EMPTY: FormPlaces = Array.from({ length: QUESTIONS }, () => null);

export function begun(seed: number): Measured {
  return { first: seed % 2 === 0 ? 'a' : 'b', seed, before: null, after: null, open: EMPTY };
}

/** Takes up what was kept; what is no such thing is begun anew. */
export function readMeasured(text: string | null, seed: number): Measured {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Measured> | null;
    if (!kept || (kept.first !== 'a' && kept.first !== 'b') || !Number.isInteger(kept.seed) || !isForm(kept.open)) return begun(seed);
    const { first, seed: ordered = 0, before = null, after = null, open } = kept;
    if ((before !== null && !isForm(before)) || (after !== null && (!isForm(after) || before === null))) return begun(seed);
    return { first, seed: ordered, before, after, open };
  } catch {
    return begun(seed);
  }
}

function isForm(places: unknown): places is FormPlaces {
  return Array.isArray(places) && places.length === QUESTIONS && places.every((place) => place === null || (Number.isInteger(place) && place >= 0 && place < OPTIONS));
}

/** Which form is open: the one before, the other one after; none where both are handed in. */
export function openForm({ first, before, after }: Measured): FormName | undefined {
  if (before === null) return first;
  return after === null ? (first === 'a' ? 'b' : 'a') : undefined;
}

/** An option is chosen. */
export function chosen(measured: Measured, question: number, place: number): Measured {
  return { ...measured, open: measured.open.map((was, at) => (at === question ? place : was)) };
}

/** The open form is handed in. */
export function handedIn(measured: Measured): Measured {
  const { before, open } = measured;
  return before === null ? { ...measured, before: open, open: EMPTY } : { ...measured, after: open, open: EMPTY };
}
