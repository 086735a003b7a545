import { describe, expect, it } from 'vitest';
import type { GateTrace, RunResult } from '../../engine/engine.js';
import type { Layout } from '../values/matrix.js';
import { moved, rowsOf, typedTo, type Traced } from './nodes.js';

/** Every h tells its step, sample and unit: 100 step + 10 sample + unit. */
function traced({ steps = 3, hidden = 2, directions = 1, layers = 2, kept = true }: Partial<Layout> & { kept?: boolean } = {}): Traced {
  const batch = 2;
  const h = Float32Array.from({ length: steps * batch * hidden }, (_, at) => 100 * Math.floor(at / (batch * hidden)) + 10 * (Math.floor(at / hidden) % batch) + (at % hidden));
  const gates = { pre_r: h, pre_z: h, pre_n: h, n_input: h, n_hidden: h, r: h, z: h, n: h, h };
  const place = (layer: number, reverse: boolean) => ({ layer, reverse, sample: 0, shape: [steps, batch, hidden], ...gates }) as unknown as GateTrace;
  const trace = kept ? Array.from({ length: layers }, (_, layer) => (directions === 2 ? [place(layer, false), place(layer, true)] : [place(layer, false)])).flat() : [];
  const layout: Layout = { steps, batch, batched: true, batchFirst: false, layers, directions, hidden };
  return { result: { trace, h_0: null } as unknown as RunResult, layout, sample: 1 };
}

const texts = (run: Traced, ...open: string[]) => rowsOf(run, new Set(open)).map(({ text }) => text);

describe('the tree of values', () => {
  it('has layers first, and of what is shut nothing', () => {
    expect(texts(traced())).toEqual(['layer 0', 'layer 1']);
  });

  it('goes through directions only where there are two, and says the whole place with its number', () => {
    const rows = rowsOf(traced({ directions: 2 }), new Set(['l1', 'l1r', 'l1rt2']));
    expect(rows.map(({ text }) => text)).toEqual(['layer 0', 'layer 1', 'forward', 'reverse', 'step 0', 'step 1', 'step 2', 'unit 0', 'unit 1']);
    expect(rows.at(-1)).toMatchObject({ name: 'layer 1, reverse, step 2, unit 1: 211.0000', level: 4, position: 2, siblings: 2 });
    expect(rowsOf(traced(), new Set(['l0', 'l0ft1'])).map(({ name }) => name)).toContain('layer 0, step 1, unit 0: 110.0000');
  });

  it('has what a unit computed below it', () => {
    const rows = rowsOf(traced(), new Set(['l0', 'l0ft1', 'l0ft1u1']));
    expect(rows.map(({ name }) => name)).toContain('layer 0, step 1, unit 1, update gate z: 111.0000');
    expect(rows.map(({ name }) => name)).toContain('layer 0, step 1, unit 1, state before: 11.0000');
  });

  it('opens many by the hundred', () => {
    const run = traced({ steps: 250, hidden: 1, layers: 1 });
    const [, first, second, third] = rowsOf(run, new Set(['l0']));
    expect([first, second, third].map((node) => node?.text)).toEqual(['steps 0 to 99', 'steps 100 to 199', 'steps 200 to 249']);
    const rows = rowsOf(run, new Set(['l0', third?.id ?? '']));
    expect(rows).toHaveLength(4 + 50);
    expect(rows.at(-1)?.name).toBe('layer 0, step 249');
  });

  it('says that a number was not kept', () => {
    const rows = rowsOf(traced({ kept: false }), new Set(['l0', 'l0ft0']));
    expect(rows.map(({ name }) => name)).toContain('layer 0, step 0, unit 0: not kept');
    expect(rows.find(({ text }) => text === 'unit 0')?.children).toBe(false);
  });

  it('never has two rows of one name', () => {
    const run = traced({ directions: 2, hidden: 120 });
    const ids = rowsOf(run, new Set(['l0', 'l0f', 'l0r', 'l0ft0', 'l0rt0', 'l0ft0:units=0-99', 'l1'])).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the keys of the tree', () => {
  const open = new Set(['l0']);
  const rows = rowsOf(traced(), open);

  it('go up and down, to the ends, in and out', () => {
    expect(rows.map(({ text }) => text)).toEqual(['layer 0', 'step 0', 'step 1', 'step 2', 'layer 1']);
    expect(moved(rows, 0, 'ArrowDown', open)).toEqual({ to: 1 });
    expect(moved(rows, 0, 'ArrowUp', open)).toEqual({ to: 0 });
    expect(moved(rows, 2, 'End', open)).toEqual({ to: 4 });
    expect(moved(rows, 2, 'Home', open)).toEqual({ to: 0 });
    expect(moved(rows, 0, 'ArrowRight', open)).toEqual({ to: 1 });
    expect(moved(rows, 4, 'ArrowRight', open)).toEqual({ to: 4, open: 'l1' });
    expect(moved(rows, 0, 'ArrowLeft', open)).toEqual({ to: 0, shut: 'l0' });
    expect(moved(rows, 3, 'ArrowLeft', open)).toEqual({ to: 0 });
    expect(moved(rows, 3, 'x', open)).toBeUndefined();
  });

  it('lead to what begins like what is typed', () => {
    expect(typedTo(rows, 0, '2')).toBe(3);
    expect(typedTo(rows, 3, 'l')).toBe(4);
    expect(typedTo(rows, 4, 's')).toBe(1);
    expect(typedTo(rows, 1, '9')).toBeUndefined();
  });
});
