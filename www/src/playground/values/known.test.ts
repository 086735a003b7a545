import { describe, expect, it } from 'vitest';
import { knownFinal, knownGate, knownOutput, type Walk } from './known.js';
import type { Layout } from './matrix.js';

const LAYOUT: Layout = { steps: 3, batch: 1, batched: true, batchFirst: false, layers: 2, directions: 2, hidden: 2 };
const walk = (layer: number, reverse: boolean, step: number, stage: number): Walk => ({ layer, reverse, step, stage });
const rows = [0, 1, 2];

describe('what is known on the way', () => {
  it('of the gates: r and z before n, n before h', () => {
    const known = (stage: number) => (['r', 'z', 'n', 'h'] as const).map((gate) => rows.map((row) => knownGate(walk(0, false, 1, stage), gate)(row, 0)));
    expect(known(0)).toEqual(Array(4).fill([true, false, false]));
    expect(known(2)).toEqual([[true, true, false], [true, true, false], [true, true, false], [true, false, false]]);
    expect(known(3)[3]).toEqual([true, true, false]);
  });

  it('of the reverse direction: what comes later in the sequence first', () => {
    expect(rows.map((row) => knownGate(walk(0, true, 1, 0), 'z')(row, 0))).toEqual([false, false, true]);
  });

  it('of the output: nothing before the last layer, and forward before reverse', () => {
    const output = (at: Walk) => rows.map((row) => [0, 2].map((column) => knownOutput(at, LAYOUT)(row, column)));
    expect(output(walk(0, true, 0, 4)).flat()).not.toContain(true);
    expect(output(walk(1, false, 1, 3))).toEqual([[true, false], [false, false], [false, false]]);
    expect(output(walk(1, true, 1, 4))).toEqual([[true, false], [true, true], [true, true]]);
  });

  it('of h_n: a row once its layer and direction are over', () => {
    const final = (at: Walk) => [0, 1, 2, 3].map((row) => knownFinal(at, LAYOUT)(row, 0));
    expect(final(walk(0, true, 1, 4))).toEqual([true, false, false, false]);
    expect(final(walk(0, true, 0, 4))).toEqual([true, true, false, false]);
    expect(final(walk(1, false, 2, 3))).toEqual([true, true, false, false]);
  });
});
