/** The room's chart of the loss, and its tables. */
import type { TextGuess, TextJudgement } from '../../engine/lab/text.js';
import type { TrainingValidation } from '../../engine/lab/train.js';
import type { Chart } from '../../ui/chart/scene.js';
import { formatShare } from '../../ui/numbers.js';
import type { Table } from '../../ui/table/table.js';
import { WHO } from './words.js';

/** So many rows of a long table stand on the page; what is saved has all of them. */
const MOST_ROWS = 60;

/** A loss with as many decimals as count. */
export function inNats(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '–';
}

export function lossChart(losses: readonly number[], validation: readonly TrainingValidation[], steps: number, guesses: readonly TextGuess[]): Chart {
  const [uniform, , pairs] = guesses;
  const to = Math.max(1, steps, losses.length);
  return {
    title: 'Loss',
    description: `Loss by training step${losses.length === 0 ? '. Nothing is trained yet.' : `, from ${inNats(losses[0] ?? NaN)} to ${inNats(losses.at(-1) ?? NaN)}.`}`,
    x: { title: 'training steps taken', noun: 'training steps taken', sign: 'training steps taken ', from: 0, to },
    y: { title: 'loss (nats a character)' },
    ...(pairs && { limit: { y: pairs.loss, text: 'which follows which' } }),
    series: [
      { name: 'training', label: 'train', tone: 'L', thin: true, points: losses.map((y, x) => ({ x, y })) },
      { name: 'validation', label: 'valid.', tone: 'H_out', dash: '6 5', points: validation.map(({ steps: x, loss }) => ({ x, y: loss })) },
      ...(uniform ? [{ name: 'guessing', label: 'ln V', tone: 'N', dash: '2 4', thin: true, points: [0, to].map((x) => ({ x, y: uniform.loss })) } as const] : []),
    ],
  };
}

export function lossTable(losses: readonly number[], validation: readonly TrainingValidation[], whole: boolean): Table {
  const judged = new Map(validation.map((told) => [told.steps, told]));
  // A step's loss is that before its update: beside it stands what was validated after it.
  const every = whole ? 1 : 10 * Math.max(1, Math.ceil(losses.length / (10 * MOST_ROWS)));
  const taken = Array.from({ length: Math.floor(losses.length / every) }, (_, index) => (index + 1) * every);
  return {
    label: 'Loss by training step',
    columns: [{ name: 'training step' }, { name: 'training', kind: 'number' }, { name: 'validation', kind: 'number' }, { name: 'right', kind: 'number' }],
    rows: taken.map((step) => {
      const told = judged.get(step);
      return [String(step), losses[step - 1] ?? NaN, told?.loss ?? '', told ? share(told.accuracy ?? NaN) : ''];
    }),
  };
}

const share = (value: number) => ({ value, shown: formatShare(value) });

/** Those who only count beside the GRU, on text that neither has read. */
export function guessTable(guesses: readonly TextGuess[], judgement: TextJudgement | undefined): Table {
  const row = (name: string, { loss, bits, accuracy }: Pick<TextJudgement, 'loss' | 'bits' | 'accuracy'>) => [name, loss, bits, share(accuracy)];
  return {
    label: 'How well the next character is told on the validation part',
    columns: [{ name: 'who knows' }, { name: 'loss', kind: 'number' }, { name: 'bits', kind: 'number' }, { name: 'right', kind: 'number' }],
    rows: [...guesses.map((guess) => row(WHO[guess.who], guess)), ...(judgement ? [row('GRU', judgement)] : [])],
    format: inNats,
  };
}
