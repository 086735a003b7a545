/** What the numbers of the maps stand for when they are pressed, and what they were before a change. */
import type { UnitPlace } from '../../engine/engine.js';
import { cellName, valueAt, type Cell, type Matrix } from '../../ui/heatmap/matrix.js';
import type { Subject } from '../cell/source.js';
import type { Gate, Layout, Selection } from './matrix.js';

/** A number of the input. */
export function inputSubject(matrix: Matrix, { row, column }: Cell, at: UnitPlace): Subject {
  const index = matrix.offset + row * matrix.rowStride + column * matrix.columnStride;
  return { what: 'input', at, input: { tensor: 'input', index, name: cellName(matrix, row, column), value: valueAt(matrix, row, column) } };
}

/** A number of the output: a state of the last layer. */
export function outputSubject({ row, column }: Cell, { layers, hidden }: Layout, sample: number): Subject {
  return { what: 'h', at: { sample, layer: layers - 1, reverse: column >= hidden, step: row, unit: column % hidden } };
}

/** A number of h_n: the state after the step that a layer and direction reads last. */
export function finalSubject({ row, column }: Cell, { directions, steps }: Layout, sample: number): Subject {
  const reverse = row % directions === 1;
  return { what: 'h', at: { sample, layer: Math.floor(row / directions), reverse, step: reverse ? 0 : steps - 1, unit: column } };
}

/** A number of a gate. */
export function gateSubject(gate: Gate, { row, column }: Cell, { sample, layer, reverse }: Selection): Subject {
  return { what: gate === 'n_input' || gate === 'n_hidden' ? 'n' : gate, at: { sample, layer, reverse, step: row, unit: column } };
}

/** A matrix that tells what its numbers were in another. */
export function changedFrom(matrix: Matrix, before: Matrix | undefined): Matrix {
  if (!before) return matrix;
  return {
    ...matrix,
    was: (row, column) => {
      const was = valueAt(before, row, column);
      return Object.is(was, valueAt(matrix, row, column)) ? undefined : was;
    },
  };
}
