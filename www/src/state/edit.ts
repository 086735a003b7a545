/** One number of a call that is another, as a URL says it: `weight_hh_l0,13,0.5`. */
import type { NumberEdit } from '../engine/engine.js';
import type { Codec } from './codec.js';

/** A tensor of a call, an element counted row-major, and what it is. */
const EDIT = /^(input|h_0|(?:weight|bias)_(?:ih|hh)_l\d{1,3}(?:_reverse)?),(\d{1,9}),([-+.\de]{1,30})$/;

export const numberEdit: Codec<NumberEdit | null> = {
  longest: 80,
  read(text) {
    const [, tensor, index, number] = EDIT.exec(text) ?? [];
    if (tensor === undefined || index === undefined || number === undefined) return { problem: 'is no number of a call, such as weight_hh_l0,13,0.5' };
    const value = Number(number);
    if (!Number.isFinite(Math.fround(value))) return { problem: 'is no number that float32 holds' };
    return { value: { tensor, index: Number(index), value } };
  },
  write: (edit) => (edit === null ? undefined : `${edit.tensor},${edit.index},${edit.value}`),
};
