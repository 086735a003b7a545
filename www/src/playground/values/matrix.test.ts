import { describe, expect, it } from 'vitest';
import type { GateTrace } from '../../engine/engine.js';
import { cellName, gather, valueAt } from '../../ui/heatmap/matrix.js';
import { finalMatrix, gateMatrix, outputMatrix, within, withinTrace, type Layout } from './matrix.js';

const LAYOUT: Layout = { steps: 4, batch: 3, batched: true, batchFirst: false, layers: 2, directions: 2, hidden: 5 };

/** A tensor whose every value is its own position, so that an index can be checked against row-major order. */
function positions(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => index);
}

function position(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((sum, value, axis) => sum * (shape[axis] ?? 1) + value, 0);
}

describe.each([
  ['(L, N, D*H)', LAYOUT, [4, 3, 10]],
  ['(N, L, D*H)', { ...LAYOUT, batchFirst: true }, [3, 4, 10]],
  ['(L, D*H)', { ...LAYOUT, batched: false, batch: 1 }, [4, 10]],
] as const)('the output as %s', (_, layout, shape) => {
  it('shows at every cell the value that PyTorch has at the index told', () => {
    const sample = layout.batched ? 2 : 0;
    const matrix = outputMatrix({ output: positions(shape.reduce((a, b) => a * b, 1)) }, layout, sample);
    expect([matrix.rows, matrix.columns, matrix.split]).toEqual([4, 10, 5]);
    for (let step = 0; step < 4; step += 1) {
      for (let j = 0; j < 10; j += 1) {
        expect(valueAt(matrix, step, j)).toBe(position(matrix.index(step, j), shape));
      }
    }
  });
});

it('names cells as PyTorch takes them', () => {
  const output = positions(120);
  expect(cellName(outputMatrix({ output }, LAYOUT, 0), 3, 7)).toBe('out[3, 0, 7]');
  expect(cellName(outputMatrix({ output }, { ...LAYOUT, batchFirst: true }, 1), 3, 7)).toBe('out[1, 3, 7]');
  expect(cellName(outputMatrix({ output }, { ...LAYOUT, batched: false, batch: 1 }, 0), 3, 7)).toBe('out[3, 7]');
  expect(cellName(finalMatrix({ h_n: positions(60) }, LAYOUT, 2), 1, 3)).toBe('h_n[1, 2, 3]');
  expect(cellName(finalMatrix({ h_n: positions(20) }, { ...LAYOUT, batched: false, batch: 1 }, 0), 1, 3)).toBe('h_n[1, 3]');
});

it('reads h_n by layer and direction, never batch first', () => {
  for (const batchFirst of [false, true]) {
    const matrix = finalMatrix({ h_n: positions(60) }, { ...LAYOUT, batchFirst }, 1);
    expect([matrix.rows, matrix.columns]).toEqual([4, 5]);
    expect(valueAt(matrix, 3, 2)).toBe(position([3, 1, 2], [4, 3, 5]));
    expect(matrix.index(3, 2)).toEqual([3, 1, 2]);
  }
});

it('reads gates as (L, N, H), even with batch_first', () => {
  const trace = { z: positions(60), sample: 0, shape: [4, 3, 5] } as unknown as GateTrace;
  for (const batchFirst of [false, true]) {
    const matrix = gateMatrix(trace, 'z', { ...LAYOUT, batchFirst }, 2);
    expect(valueAt(matrix, 3, 4)).toBe(position([3, 2, 4], [4, 3, 5]));
    expect(cellName(matrix, 3, 4)).toBe('z[3, 2, 4]');
  }
});

it('reads gates of one sample that was kept alone by that sample\'s index', () => {
  const trace = { z: positions(20), layer: 1, reverse: true, sample: 2, shape: [4, 1, 5] } as unknown as GateTrace;
  const matrix = gateMatrix(trace, 'z', LAYOUT, 2);
  expect(valueAt(matrix, 3, 4)).toBe(position([3, 0, 4], [4, 1, 5]));
  expect(cellName(matrix, 3, 4)).toBe('z[3, 2, 4]');
  const chosen = { sample: 0, layer: 0, reverse: false, step: 1, unit: 3 };
  expect(withinTrace(trace, chosen)).toEqual({ sample: 2, layer: 1, reverse: true, step: 1, unit: 3 });
});

it('finds in a trace of all samples the one that was chosen', () => {
  const trace = { layer: 0, reverse: false, sample: 0, shape: [4, 3, 5] } as unknown as GateTrace;
  const chosen = { sample: 1, layer: 0, reverse: false, step: 1, unit: 3 };
  expect(withinTrace(trace, chosen)).toEqual(chosen);
});

it('goes to the nearest selection that a smaller run has', () => {
  const chosen = { sample: 7, layer: 5, reverse: true, step: 99, unit: 12 };
  expect(within(LAYOUT, chosen)).toEqual({ sample: 2, layer: 1, reverse: true, step: 3, unit: 4 });
  expect(within({ ...LAYOUT, directions: 1 }, chosen).reverse).toBe(false);
  expect(within({ ...LAYOUT, batch: 0 }, chosen).sample).toBe(0);
});

it('gathers what is seen, and says what its colours cannot tell', () => {
  const matrix = outputMatrix({ output: positions(120) }, LAYOUT, 1);
  const part = gather(matrix, 2, 2, 3, 2);
  expect([...part.values]).toEqual([73, 74, 103, 104]);
  expect(part.beyond).toBe(true);
  expect(part.notFinite).toBe(false);
  const strange = { ...matrix, values: new Float32Array(120).fill(NaN) };
  expect(gather(strange, 0, 1, 0, 1).notFinite).toBe(true);
});
