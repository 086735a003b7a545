/** What is known of a name at a place in the code, after a run. */
import type { NamedValue, ProgramRun } from '../engine/engine.js';

/** What a name stood for at a line: what that line made of it, or the nearest line above, or what it was in the end. */
export function valueOf({ lines, names }: Pick<ProgramRun, 'lines' | 'names'>, name: string, line: number): NamedValue | undefined {
  let nearest: { readonly line: number; readonly value: NamedValue } | undefined;
  for (const traced of lines) {
    if (traced.line > line || (nearest && traced.line < nearest.line)) continue;
    const value = traced.values.find((candidate) => candidate.name === name);
    if (value) nearest = { line: traced.line, value };
  }
  return nearest?.value ?? names.find((candidate) => candidate.name === name);
}

/** So many shapes stand beside a line at most. */
const MOST_BESIDE = 3;

/** The shapes that stand beside a line, and how many more there are. */
export function beside(values: readonly NamedValue[]): { readonly shown: readonly NamedValue[]; readonly more: number } {
  const shaped = values.filter(({ shape }) => shape !== null);
  return { shown: shaped.slice(0, MOST_BESIDE), more: Math.max(0, shaped.length - MOST_BESIDE) };
}
