/** Colours the code of a question: each size in its axis' colour, as in the playground. */
import type { Axis, Call, CodeLine, Segment } from '../engine/engine.js';
import { AXES, AXIS_ORDER } from '../ui/axes.js';

const TOKEN = /(?<comment>#.*)|(?<string>'[^']*'|"[^"]*")|(?<number>\d[\d_.]*)|(?<name>[A-Za-z_]\w*)|(?<operator>[^\s\w#'"]+)|(?<plain>\s+|.)/gy;
const KEYWORDS = new Set(['import', 'from', 'as', 'def', 'return', 'for', 'in', 'if', 'else', 'with', 'None', 'True', 'False']);

/** The axis that a name of PyTorch's stands for: `seq_len`, `hidden_size`. */
export function axisOfName(name: string): Axis | null {
  return AXIS_ORDER.find((axis) => AXES[axis].name === name) ?? null;
}

/** The axes of an input of so many dimensions; none where PyTorch takes no such input. */
function inputAxes(rank: number, batchFirst: boolean): readonly Axis[] {
  if (rank === 2) return ['L', 'H_in'];
  if (rank === 3) return batchFirst ? ['N', 'L', 'H_in'] : ['L', 'N', 'H_in'];
  return [];
}

type Kind = Segment['kind'];
interface Token {
  readonly kind: Kind;
  readonly text: string;
}

function tokens(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map(({ groups, 0: text }) => {
    const [kind] = Object.entries((groups ?? {}) as Readonly<Record<string, string | undefined>>).find(([, part]) => part !== undefined) ?? ['plain'];
    return { kind: kind === 'name' && KEYWORDS.has(text) ? 'keyword' : (kind as Kind), text };
  });
}

function segment(kind: Kind, text: string, axis: Axis | null = null): Segment {
  return { text, kind, axis, place: null };
}

/** A comment in parts, each name of an axis a part of its own. */
function commentSegments(text: string): Segment[] {
  return text
    .split(/(\b\w+\b)/)
    .filter((part) => part !== '')
    .map((part) => {
      const axis = axisOfName(part);
      // Its axis' colour tells it from the rest of the comment.
      return segment(axis ? 'plain' : 'comment', part, axis);
    });
}

function colourLine(line: string, batchFirst: boolean): CodeLine {
  const all = tokens(line);
  const randn = all.findIndex(({ kind, text }) => kind === 'name' && text === 'randn');
  const close = all.findIndex(({ text }, index) => index > randn && text.startsWith(')'));
  const within = (index: number): boolean => randn >= 0 && index > randn && (close < 0 || index < close);
  const rank = all.filter(({ kind }, index) => kind === 'number' && within(index)).length;
  const axes = inputAxes(rank, batchFirst);
  let dimension = 0;
  const segments = all.flatMap(({ kind, text }, index) => {
    if (kind === 'comment') return commentSegments(text);
    if (kind !== 'number') return segment(kind, text);
    if (within(index)) return segment(kind, text, axes[dimension++] ?? null);
    // A size given by keyword: name, `=`, number.
    const option = all[index - 1]?.text === '=' ? all[index - 2]?.text : undefined;
    return segment(kind, text, option === undefined ? null : axisOfName(option));
  });
  return { segments };
}

/** The lines of a question's code, which makes the given call. */
export function colourCode(text: string, call: Call): CodeLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => colourLine(line, call.config.batch_first === true));
}
