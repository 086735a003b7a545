/** A shape as it is set below a block: numbers in a row, each with its letters beneath. */
import type { Axis } from '../../engine/engine.js';
import type { FlowTensor } from './model.js';

/** Sizes in pixels of the two lines, and of one character in units of its size. */
export const NUMBER_SIZE = 14;
export const LETTER_SIZE = 12;
const ADVANCE = 0.61;

export interface LabelToken {
  /** The centre of the token from the label's left edge. */
  readonly x: number;
  /** The centre of its letters. */
  readonly lettersX: number;
  /** The size; none where it is not known. */
  readonly size: string | undefined;
  /** The axis in letters, such as `D*H_out`; none where the axis has no meaning. */
  readonly letters: string | undefined;
  readonly axis: Axis | undefined;
  readonly wrong: boolean;
}

export interface ShapeLabel {
  readonly width: number;
  /** The middle of the brackets, which outer letters may reach beyond. */
  readonly centre: number;
  readonly tokens: readonly LabelToken[];
  /** Brackets and commas, each at its left edge. */
  readonly marks: readonly { readonly x: number; readonly text: string }[];
}

/** The width of text in the page's monospaced font. */
export function textWidth(text: string, size: number): number {
  return text.length * size * ADVANCE;
}

/** The width of letters as they are set: `in` and `out` lowered. */
function lettersWidth(letters: string): number {
  const lowered = /_(in|out)$/.exec(letters)?.[1]?.length ?? 0;
  const base = lowered > 0 ? letters.length - lowered - 1 : letters.length;
  return (base + lowered) * LETTER_SIZE * ADVANCE;
}

/** The label of a tensor; where its shape is not known, the letters stand in the numbers' place. */
export function shapeLabel({ shape, axes, wrong }: Pick<FlowTensor, 'shape' | 'axes' | 'wrong'>): ShapeLabel {
  const mark = NUMBER_SIZE * ADVANCE;
  const count = shape?.length ?? axes.length;
  const sizes = Array.from({ length: count }, (_, index) => {
    const size = shape?.[index];
    const letters = axes[index] ? lettersWidth(axes[index].letters) : 0;
    const text = size === undefined ? undefined : String(size);
    return { text, letters, number: text === undefined ? letters : textWidth(text, NUMBER_SIZE) };
  });
  const [first, last] = [sizes[0], sizes.at(-1)];
  // Outer letters hang outwards, so that long ones such as D*num_layers do not push the numbers apart.
  const before = first && count > 1 ? Math.max(0, first.letters - first.number - mark) : 0;
  const after = last && count > 1 ? Math.max(0, last.letters - last.number - mark) : 0;
  const marks = [{ x: before, text: '(' }];
  let x = before + mark;
  const tokens = sizes.map(({ text, letters, number }, index): LabelToken => {
    const outer = count > 1 && (index === 0 ? -1 : index === count - 1 ? 1 : 0);
    const width = outer ? number : Math.max(number, letters);
    const centre = x + width / 2;
    x += width;
    if (index < count - 1 || count === 1) {
      marks.push({ x, text: ',' });
      x += mark * 1.3;
    }
    const meaning = axes[index];
    return {
      x: centre,
      lettersX: outer && letters > number ? centre + (outer * (letters - number)) / 2 : centre,
      size: text,
      letters: meaning?.letters,
      axis: meaning?.axis,
      wrong: wrong.includes(index),
    };
  });
  marks.push({ x, text: ')' });
  return { width: x + mark + after, centre: (before + x + mark) / 2, tokens, marks };
}
