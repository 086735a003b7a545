import { describe, expect, it } from 'vitest';
import type { Joint } from '../../engine/engine.js';
import { legal, refused } from './fixtures.js';
import { flowOf } from './model.js';
import { layout } from './layout.js';
import { flowTable, jointText, layerText, tensorText } from './words.js';

describe('a legal call', () => {
  it('has its tensors with what their rows, columns and sheets stand for', () => {
    const { call, diagnosis } = legal();
    const flow = flowOf(diagnosis, call);
    expect(flow.joint).toBeUndefined();
    expect(flow.input.form).toEqual({
      rows: 5,
      columns: 10,
      sheets: 3,
      rowAxis: 'L',
      columnAxis: 'H_in',
      sheetAxis: 'N',
      split: false,
    });
    expect(flow.h_n.form).toMatchObject({ rows: 2, columns: 20, sheets: 3, rowAxis: 'D', columnAxis: 'H_out' });
    expect(flow.layers.map(({ index, gives }) => [index, gives.shape])).toEqual([
      [0, [5, 3, 20]],
      [1, [5, 3, 20]],
    ]);
    expect(flow.h_0.given).toBe(false);
  });

  it('splits the columns of two directions', () => {
    const { call, diagnosis } = legal({ bidirectional: true });
    const { output, h_n } = flowOf(diagnosis, call);
    expect(output.form).toMatchObject({ columns: 40, split: true });
    expect(h_n.form).toMatchObject({ rows: 4, columns: 20, split: false });
  });

  it('tells in words what a layer takes and gives', () => {
    const { call, diagnosis } = legal();
    const flow = flowOf(diagnosis, call);
    const [first, second] = flow.layers;
    expect(first && layerText(flow, first)).toBe('layer 0: takes (5, 3, 10), gives (5, 3, 20)');
    expect(second && layerText(flow, second)).toBe('layer 1: takes (5, 3, 20), gives (5, 3, 20)');
    expect(tensorText(flow.input)).toBe('input (5, 3, 10): L 5, N 3, H_in 10');
  });

  it('counts the layers that the engine left out', () => {
    const { call, diagnosis } = legal({ num_layers: 1000 });
    const flow = flowOf(diagnosis, call);
    expect(flow.layers.at(-1)?.index).toBe(999);
    const rows = flowTable(flow).rows.map(([name]) => name);
    expect(rows).toContain('968 more layers');
    expect(rows).toHaveLength(2 + 32 + 1 + 2);
  });
});

describe('a call that does not fit', () => {
  it('has what is given by what its axes mean, and the rest without shapes', () => {
    const { call, diagnosis } = refused({}, { L: 4, input: { L: 4, H_in: 10 }, wrong: [1] });
    const flow = flowOf(diagnosis, call);
    expect(flow.joint).toEqual({ at: 'input', given: '10', expected: '8', axis: 'H_in' });
    expect(flow.input.wrong).toEqual([1]);
    expect(flow.input.form).toMatchObject({ rows: 4, columns: 10, rowAxis: 'L', columnAxis: 'H_in', sheetAxis: undefined });
    expect([flow.input.shape, flow.output.shape, flow.h_0.given]).toEqual([[4, 10], undefined, false]);
    expect(flow.output.form).toMatchObject({ rows: 4, columns: 16, sheets: 3 });
    expect(flow.joint && jointText(flow.joint)).toBe('The call stops here: the input has input size 10 where 8 is needed');
  });

  it('draws axes without a meaning by the last three', () => {
    const { call, diagnosis } = refused({ given: '4 axes', expected: '3 axes', axis: null }, { input: {} });
    const { input } = flowOf(diagnosis, { ...call, input: { shape: [7, 2, 5, 10] } });
    expect(input).toMatchObject({ shape: [7, 2, 5, 10], axes: [], form: { rows: 5, columns: 10, sheets: 2, rowAxis: undefined } });
    const nothing = flowOf(diagnosis, { ...call, input: { value: null } });
    expect(nothing.input).toMatchObject({ shape: undefined, form: { rows: 1, columns: 1, sheets: 1 } });
  });

  it('has an h_0 that is given', () => {
    const { call, diagnosis } = refused({ at: 'h_0', given: '1', expected: '2', axis: 'D' });
    expect(flowOf(diagnosis, { ...call, h_0: { shape: [2, 3, 16] } }).h_0).toMatchObject({ shape: [2, 3, 16], given: true });
  });

  it('is told in words', () => {
    const said = (joint: Partial<Joint>) => {
      const { call, diagnosis } = refused({ axis: null, ...joint });
      const { joint: found } = flowOf(diagnosis, call);
      return found && jointText(found);
    };
    expect(said({ at: 'option', given: 'hidden_size=16.0', expected: '' })).toBe('It stops at an option: hidden_size=16.0');
    expect(said({ given: '1 axis', expected: '3 axes' })).toBe('The call stops here: the input has 1 axis where 3 axes are needed');
    expect(said({ at: 'h_0', given: 'float64', expected: 'float32' })).toBe('The call stops here: h_0 is float64 where float32 is needed');
    expect(said({ given: '-3', expected: '0 or more', axis: 'N' })).toBe('The call stops here: the input has batch size -3 where 0 or more is needed');
  });

  it('is drawn whatever its sizes are', () => {
    const sizes = [-3, 0, 1, 2 ** 53, 1e30];
    for (const size of sizes) {
      for (const at of ['option', 'input', 'h_0'] as const) {
        const options = { L: size, N: size, hidden_size: Math.max(1, size), num_layers: Math.min(9, Math.max(1, size)), bidirectional: true };
        const { call, diagnosis } = refused({ at, expected: at === 'option' ? '' : '8' }, options);
        for (const width of [300, 900]) {
          const numbers = layout(flowOf(diagnosis, call), width).parts.flatMap((part) => Object.values(part.at) as number[]);
          expect(numbers.filter((number) => !Number.isFinite(number)), `${at}, ${size}`).toEqual([]);
        }
      }
    }
  });

  it('has no end of layers', () => {
    const { call, diagnosis } = refused({}, { num_layers: 1e6 });
    const { layers } = flowOf(diagnosis, call);
    expect(layers).toHaveLength(8);
    expect(layers.at(-1)?.index).toBe(999_999);
  });
});
