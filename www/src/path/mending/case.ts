/** How a learner goes through a broken program: the line, the thing, the cause, then the mend. */
import type { DeckCase, DeckKindName } from '../../engine/engine.js';

/** What is asked of a broken program, in order. */
export type Step = 'line' | 'thing' | 'cause' | 'mend' | 'done';

/** How far a learner is with a program. */
export interface Progress {
  readonly step: Step;
  /** The lines that were named in vain, from 1. */
  readonly lines: readonly number[];
  /** The line that was named rightly. */
  readonly line: number | undefined;
  /** The wrong answers that were given to the step that is asked, by their index. */
  readonly wrong: readonly number[];
  /** How many steps of help are open. */
  readonly help: number;
}

export const BEGUN: Progress = { step: 'line', lines: [], line: undefined, wrong: [], help: 0 };

/** A draw as the address says it: the kind's place in the deck and the seed. */
export function caseText(kinds: readonly DeckKindName[], kind: string, seed: number): string {
  return `${kinds.findIndex((entry) => entry.kind === kind)}-${seed}`;
}

/** The draw that an address says; none where it says none that there is. */
export function readCase(kinds: readonly DeckKindName[], text: string): { readonly kind: string; readonly seed: number } | undefined {
  const [, place, seed] = /^(\d{1,3})-(\d{1,9})$/.exec(text) ?? [];
  const kind = place === undefined ? undefined : kinds[Number(place)];
  return kind && seed !== undefined ? { kind: kind.kind, seed: Number(seed) } : undefined;
}

/** Another kind than those that came last, as long as there is one; `random` is in [0, 1). */
export function nextKind(kinds: readonly DeckKindName[], seen: readonly string[], random: number): string {
  const times = (kind: string): number => seen.filter((name) => name === kind).length;
  const least = Math.min(...kinds.map(({ kind }) => times(kind)));
  const fresh = kinds.filter(({ kind }) => times(kind) === least);
  return fresh[Math.floor(random * fresh.length)]?.kind ?? '';
}

/** A line was named. */
export function nameLine(progress: Progress, drawn: DeckCase, line: number): Progress {
  if (progress.step !== 'line') return progress;
  if (drawn.faults.includes(line)) return { ...progress, step: 'thing', line, wrong: [] };
  return { ...progress, lines: [...new Set([...progress.lines, line])] };
}

/** An answer was chosen where the thing or the cause is asked for. */
export function choose(progress: Progress, drawn: DeckCase, index: number): Progress {
  const { step } = progress;
  if (step !== 'thing' && step !== 'cause') return progress;
  const answer = (step === 'thing' ? drawn.things : drawn.causes)[index];
  if (!answer) return progress;
  if (!answer.right) return { ...progress, wrong: [...new Set([...progress.wrong, index])] };
  return { ...progress, step: step === 'thing' ? 'cause' : 'mend', wrong: [] };
}

/** One step of help more. */
export function helped(progress: Progress, drawn: DeckCase): Progress {
  return { ...progress, help: Math.min(drawn.help.length, progress.help + 1) };
}

/** The core found that the program is mended. */
export function mended(progress: Progress): Progress {
  return progress.step === 'mend' ? { ...progress, step: 'done' } : progress;
}

/** Whether a case counts: it is mended, and the last help, which says the mend, was not needed. */
export function counts(progress: Progress, drawn: DeckCase): boolean {
  return progress.step === 'done' && progress.help < drawn.help.length;
}
