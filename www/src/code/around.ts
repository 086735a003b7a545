/** What stands unseen around a learner's code: a set-up before it and checks after it. They run with it, and are never shown. */
import type { ProgramRun } from '../engine/engine.js';

/** A learner's code in the middle of a whole program. */
export interface Around {
  readonly setup: string;
  readonly checks: string;
}

/** How a program ended, checks included. */
export type Outcome = 'passed' | 'failed' | 'raised' | 'refused' | 'stopped';

/** The whole program. */
export function wholeOf(code: string, { setup, checks }: Around): string {
  return `${before(setup)}${code}${checks === '' ? '' : `\n${checks}`}`;
}

function before(setup: string): string {
  return setup === '' ? '' : `${setup}\n`;
}

function linesIn(text: string): number {
  return text.split('\n').length;
}

/** Whether an exception is one of reading the code, and not of running it. */
export function isUnreadable(kind: string | undefined): boolean {
  return kind !== undefined && /^(?:Syntax|Indentation|Tab)Error$/.test(kind);
}

/** The run of a whole program as that of the learner's code: lines and places count from its start, and nothing of what is around is in it. */
export function ownRun(run: ProgramRun, code: string, { setup }: Around): ProgramRun {
  const start = before(setup).length;
  const above = linesIn(before(setup)) - 1;
  const last = linesIn(code);
  const shifted = <T extends { readonly line: number }>(it: T): T => ({ ...it, line: it.line - above });
  const isInside = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from >= start && to <= start + code.length;
  const moved = <T extends { readonly from: number; readonly to: number }>(it: T): T => ({ ...it, from: it.from - start, to: it.to - start });

  const raised = run.raised && shifted(run.raised);
  const lines = run.lines.map(shifted).filter(({ line }) => line <= last);
  const known = new Set(lines.flatMap(({ values }) => values.map(({ name }) => name)));
  const written = new Set(code.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const { explanation } = run;
  // Of an exception of what is around, an explanation would show the line.
  const at = raised ?? (run.refused && shifted(run.refused));
  const isOwn = at !== null && at.line >= 1 && at.line <= last;
  return {
    ...run,
    raised,
    refused: run.refused && shifted(run.refused),
    stopped: run.stopped && shifted(run.stopped),
    warnings: run.warnings.map(shifted),
    lines,
    names: run.names.filter(({ name }) => known.has(name) && written.has(name)),
    explanation: explanation && isOwn
      ? {
          ...explanation,
          labels: explanation.labels.filter(isInside).map(moved),
          fixes: explanation.fixes.filter(({ edits }) => edits.every(isInside)).map((fix) => ({ ...fix, edits: fix.edits.map(moved) })),
        }
      : null,
  };
}

/** How a run ended: an assertion that does not hold in the checks is one that failed, every other exception was raised. */
export function outcomeOf(run: Pick<ProgramRun, 'raised' | 'refused' | 'stopped'>, lines: number, isChecked: boolean): Outcome {
  if (run.refused) return 'refused';
  if (run.stopped) return 'stopped';
  if (!run.raised) return 'passed';
  return isChecked && run.raised.line > lines && run.raised.kind === 'AssertionError' ? 'failed' : 'raised';
}
