import { describe, expect, it } from 'vitest';
import type { Call, Fix, Label, Value } from '../../engine/engine.js';
import { formatPython } from '../../state/python.js';
import { moduleOf, type Module } from '../module.js';
import { legal, refused } from './fixtures.js';
import { flowOf } from './model.js';
import { layout } from './layout.js';
import { flowTable, jointText, layerText, tensorText } from './words.js';

const config = { input_size: 8, hidden_size: 16, num_layers: 2 };

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
  const joint = (call: Call, labels: Label[], help: Fix[] = []) =>
    flowOf(refused({ labels, help }), call).joint;

  it('shows the features given against those taken', () => {
    const call: Call = { config, input: { shape: [4, 10] } };
    const labels: Label[] = [
      { place: { part: 'input', axis: 1 }, text: '' },
      { place: { part: 'option', name: 'input_size' }, text: '' },
    ];
    const flow = flowOf(refused({ labels }), call);
    expect(flow.joint).toEqual({ at: 'input', given: '10', expected: '8', axis: 'H_in' });
    expect(flow.input.wrong).toEqual([1]);
    expect(flow.input.form).toMatchObject({ rows: 4, columns: 10, rowAxis: 'L', columnAxis: 'H_in', sheetAxis: undefined });
    expect(flow.output.shape).toBeUndefined();
    expect(flow.joint && jointText(flow.joint)).toBe('The call stops here: the input has input size 10 where 8 is needed');
  });

  it('shows a wrong number of axes', () => {
    const shape = [4, 1, 8];
    const help = [{ statement: '', code: '', edits: [{ edit: 'set_input_shape' as const, shape }] }];
    expect(joint({ config, input: { shape: [8] } }, [{ place: { part: 'input', axis: null }, text: '' }], help)).toEqual({
      at: 'input',
      given: '1 axis',
      expected: '3 axes',
      axis: undefined,
    });
  });

  it('shows an empty sequence and a wrong dtype', () => {
    expect(joint({ config, input: { shape: [0, 3, 8] } }, [{ place: { part: 'input', axis: 0 }, text: '' }])).toMatchObject({
      given: '0',
      axis: 'L',
    });
    const typed: Call = { config, input: { shape: [4, 3, 8], dtype: 'float64' } };
    expect(joint(typed, [{ place: { part: 'input', axis: null }, text: '' }])).toMatchObject({
      given: 'float64',
      expected: 'float32',
    });
    const nothing: Call = { config, input: { value: null } };
    expect(joint(nothing, [{ place: { part: 'input', axis: null }, text: '' }])).toMatchObject({
      given: 'None',
      expected: 'tensor',
    });
  });

  it('shows the one axis of h_0 that differs, or the whole shapes', () => {
    const labels: Label[] = [{ place: { part: 'h_0', axis: 0 }, text: '' }];
    const call = (shape: number[], batch_first = false): Call => ({
      config: { ...config, batch_first },
      input: { shape: [4, 3, 8] },
      h_0: { shape },
    });
    expect(joint(call([1, 3, 16]), labels)).toEqual({ at: 'h_0', given: '1', expected: '2', axis: 'D' });
    expect(joint(call([2, 4, 16]), labels)).toEqual({ at: 'h_0', given: '4', expected: '3', axis: 'N' });
    expect(joint(call([1, 4, 16]), labels)).toMatchObject({ given: '(1, 4, 16)', expected: '(2, 3, 16)' });
    expect(joint(call([3, 16]), labels)).toMatchObject({ given: '2 axes', expected: '3 axes' });
    const typed: Call = { ...call([2, 3, 16]), h_0: { shape: [2, 3, 16], dtype: 'float64' } };
    expect(joint(typed, labels)).toMatchObject({ given: 'float64', expected: 'float32' });
  });

  it('shows a negative size', () => {
    const labels: Label[] = [{ place: { part: 'input', axis: 1 }, text: '' }];
    expect(joint({ config, input: { shape: [4, -3, 8] } }, labels)).toMatchObject({ given: '-3', expected: '0 or more', axis: 'N' });
  });

  it('shows the option that stops the module from being built', () => {
    const call: Call = { config: { ...config, hidden_size: { float: 16 } }, input: { shape: [4, 3, 8] } };
    const diagnosis = refused({ labels: [{ place: { part: 'option', name: 'hidden_size' }, text: '' }] }, false);
    expect(flowOf(diagnosis, call).joint).toMatchObject({ at: 'option', given: 'hidden_size=16.0' });
    const missing: Call = { config: { hidden_size: 4 }, input: { shape: [4, 3, 8] } };
    const error = refused({ labels: [{ place: { part: 'option', name: 'input_size' }, text: 'missing' }] }, false);
    expect(flowOf(error, missing).joint).toMatchObject({ given: 'input_size: missing' });
  });

  it('shows an option that only the call refuses', () => {
    const call: Call = { config: { ...config, bidirectional: 1 }, input: { shape: [4, 3, 8] } };
    const diagnosis = refused({ labels: [{ place: { part: 'option', name: 'bidirectional' }, text: '' }] });
    expect(flowOf(diagnosis, call).joint).toMatchObject({ at: 'option', given: 'bidirectional=1' });
  });

  it('is drawn whatever an option holds', () => {
    const values: Value[] = [
      1.5, -1.5, 0, -3, 2.5, NaN, Infinity, 1e99, { float: 2 }, { float: NaN }, true, null, '', '2', [], [2], { tuple: [1.5] }, Number.MAX_SAFE_INTEGER,
    ];
    for (const name of ['num_layers', 'hidden_size', 'input_size', 'bidirectional', 'batch_first', 'bias', 'dropout'] as const) {
      const diagnosis = refused({ labels: [{ place: { part: 'option', name }, text: '' }] }, false);
      for (const value of values) {
        const call: Call = { config: { ...config, [name]: value }, input: { shape: [4, 3, 8] }, h_0: { shape: [2, 3, 16] } };
        const flow = flowOf(diagnosis, call);
        expect(flow.joint?.given).toBe(`${name}=${formatPython(value)}`);
        expect(flow.layers.length).toBeGreaterThan(0);
        for (const width of [300, 900]) {
          const numbers = layout(flow, width).parts.flatMap(({ at }) => Object.values(at) as number[]);
          expect(numbers.filter((number) => !Number.isFinite(number)), `${name}=${formatPython(value)}`).toEqual([]);
        }
      }
    }
  });

  it('is drawn whatever an unknown option is called', () => {
    for (const name of [...Object.getOwnPropertyNames(Object.prototype), 'other', 'dtype', 'num_layer']) {
      const diagnosis = refused({ labels: [{ place: { part: 'option', name }, text: '' }] }, false);
      const flow = flowOf(diagnosis, { config: { ...config, other: [[name, 2]] }, input: { shape: [4, 3, 8] } });
      expect(flow.joint?.given).toBe(`${name}=2`);
      const unwritten = flowOf(diagnosis, { config, input: { shape: [4, 3, 8] } });
      expect(unwritten.joint?.given).toBe(`${name}: `);
    }
  });

  it('has no end of layers', () => {
    const call: Call = { config: { ...config, num_layers: 1e6 }, input: { shape: [4, 10] } };
    const module = { ...moduleOf(refused({})), num_layers: 1e6 } as Module;
    const { layers } = flowOf(refused({}, module), call);
    expect(layers).toHaveLength(8);
    expect(layers.at(-1)?.index).toBe(999_999);
  });
});
