/** How the numbers of a room are said in its part of a URL. */
import type { Codec } from '../../state/codec.js';

/** A number between bounds, whole or not. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** What is wrong with a number, continuing a sentence that begins with its name. */
export function problemOf(value: number, { min, max, whole }: Bounds): string | undefined {
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) return `is not a ${whole ? 'whole ' : ''}number`;
  return value < min || value > max ? `is not between ${min} and ${max}` : undefined;
}

export function number(bounds: Bounds): Codec<number> {
  return {
    read(text) {
      const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
      const problem = problemOf(value, bounds);
      return problem === undefined ? { value } : { problem };
    },
    write: String,
  };
}

/** `4,2,1`: whole numbers, so many at most. */
export function wholes(most: number, bounds: Bounds): Codec<readonly number[]> & { readonly longest: number } {
  const one = number(bounds);
  return {
    // Room for every number, its comma and some space.
    longest: most * (Math.max(String(bounds.min).length, String(bounds.max).length) + 4),
    read(text) {
      const parts = text.split(',').map((part) => one.read(part.trim()));
      if (parts.length > most) return { problem: `has more than ${most} numbers` };
      const values: number[] = [];
      for (const part of parts) {
        if ('problem' in part) return { problem: `has a number that ${part.problem}` };
        values.push(part.value);
      }
      return { value: values };
    },
    write: (values) => values.join(','),
  };
}
