/** What the page says of a run, in sentences. */
import type { NamedValue, ProgramEnd, ProgramRun } from '../engine/engine.js';
import { formatShape } from '../state/python.js';
import { asSentence } from '../ui/error-words.js';
import { plural } from '../ui/numbers.js';
import { isUnreadable, outcomeOf } from './around.js';
import { FIRST_BOUNDS, type Patience } from './patience.js';
import type { Standing } from './two-ways.js';

/** How a program ended. */
export type Ending = 'ran' | 'raised' | 'refused' | 'stopped';

export function endingOf({ raised, refused, stopped }: Pick<ProgramRun, 'raised' | 'refused' | 'stopped'>): Ending {
  if (refused) return 'refused';
  if (stopped) return 'stopped';
  return raised ? 'raised' : 'ran';
}

/** Whether more patience would let it go on. */
export function canGoOn({ stopped }: Pick<ProgramRun, 'stopped'>): boolean {
  return stopped?.why === 'steps' || stopped?.why === 'watch';
}

/** Why a program was stopped: continues `Stopped in line 3`. */
export function whyStopped({ why, what }: Pick<ProgramEnd, 'why' | 'what'>, patience: Patience = FIRST_BOUNDS): string {
  switch (why) {
    case 'watch':
      return `after ${plural(Math.round(patience.milliseconds / 1000), 'second')}`;
    case 'steps':
      return `after ${plural(Math.round(patience.steps / 1_000_000), 'million', 'million')} steps`;
    case 'memory':
    case 'output':
    case 'recursion':
      return `at a limit: ${what}`;
  }
}

/** A place: `line 3`, or in what stands around the code unseen. */
export function lineWords(line: number, lines: number): string {
  if (line < 1) return 'the set-up';
  return line > lines ? 'the checks' : `line ${line}`;
}

/** One sentence for a screen reader: how a run ended, and where to read on. */
export function runSentence(run: ProgramRun, lines: number, patience: Patience, isChecked = false): string {
  const { raised, refused, stopped, stdout, warnings, explanation } = run;
  const warned = warnings.length === 0 ? '' : ` ${plural(warnings.length, 'warning')}.`;
  if (refused) return `Not run to its end: ${refused.what} in ${lineWords(refused.line, lines)} is not done here.${warned}`;
  if (stopped) return `Stopped in ${lineWords(stopped.line, lines)} ${whyStopped(stopped, patience)}.${canGoOn(run) ? ' Run on is a button there.' : ''}${warned}`;
  if (raised && outcomeOf(run, lines, isChecked) === 'failed') return `Not yet: ${asSentence(failureWords(raised))}`;
  if (raised) {
    const fixes = explanation?.fixes.length ?? 0;
    const said = asSentence(raised.message === '' ? raised.kind : `${raised.kind}: ${raised.message}`);
    return `In ${lineWords(raised.line, lines)}: ${said}${fixes === 0 ? '' : ` ${plural(fixes, 'fix', 'fixes')} below the code.`}${warned}`;
  }
  const printed = stdout === '' ? 'Nothing was printed' : `${plural(stdout.replace(/\n$/, '').split('\n').length, 'line')} printed`;
  return `${isChecked ? 'The checks passed.' : 'The code ran.'} ${printed}.${warned}`;
}

/** What a check that failed says. */
export function failureWords({ message }: { readonly message: string }): string {
  return message === '' ? 'a check does not hold' : message;
}

/** What a value is, beside its name: `Tensor (5, 3) float32`. */
export function kindWords({ type, shape, dtype }: Pick<NamedValue, 'type' | 'shape' | 'dtype'>): string {
  return [type, shape && formatShape(shape), dtype?.replace(/^torch\./, '')].filter((part) => typeof part === 'string').join(' ');
}

/** How controls and code stand to each other, in a sentence; empty where there is nothing to say. */
export function standingWords(standing: Standing, raised?: string): string {
  switch (standing.kind) {
    case 'shown':
      return standing.beyond ?? 'The controls show the call in this code.';
    case 'none':
      return isUnreadable(raised)
        ? 'The controls stay as they are until this code can be read.'
        : 'The controls stay as they are: they can show one nn.GRU that is called once, with sizes written as numbers.';
    case 'unwritten':
      return 'What the controls show cannot be written into this code: it stays as it is.';
    case 'unshown':
      return 'The controls cannot show the call in this code as it is: both stay as they are.';
  }
}
