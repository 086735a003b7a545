import { describe, expect, it } from 'vitest';
import { legal, refused, type Example } from './fixtures.js';
import { shapeLabel } from './label.js';
import { cellsOf, layout, pillsOf, sheetsBehind, sheetsDrawn, visibleLayers, type Part, type Scene } from './layout.js';
import { flowOf } from './model.js';

function flow(example: Example = {}) {
  const { call, diagnosis } = legal(example);
  return flowOf(diagnosis, call);
}

/** The space that a part takes up, its label left out. */
function extent({ at }: Part) {
  const { x, y } = sheetsBehind(at.sheets);
  return { left: at.x, right: at.x + at.w + x, top: at.y - y, bottom: at.y + at.h };
}

function overlaps(scene: Scene): string[] {
  return scene.parts.flatMap((one, index) =>
    scene.parts.slice(index + 1).flatMap((other) => {
      const [a, b] = [extent(one), extent(other)];
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return apart ? [] : [`${one.key} and ${other.key}`];
    }),
  );
}

const EXAMPLES: Example[] = [
  {},
  { num_layers: 1, L: 1, N: 1, input_size: 1, hidden_size: 1 },
  { num_layers: 32, bidirectional: true },
  { num_layers: 3, L: 5000, N: 1024, input_size: 4096, hidden_size: 4096, bidirectional: true },
  { N: 0 },
];

describe.each(EXAMPLES)('the scene of %o', (example) => {
  it.each([260, 300, 420, 700, 900, 1400])('fits into %i pixels without overlaps', (width) => {
    const scene = layout(flow(example), width);
    expect(overlaps(scene)).toEqual([]);
    for (const part of scene.parts) {
      const { left, right, top, bottom } = extent(part);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width + 0.5);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(scene.height);
    }
  });

  it('joins only parts that are there', () => {
    const scene = layout(flow(example), 900);
    const keys = new Set(scene.parts.map(({ key }) => key));
    for (const { from, to } of scene.wires) expect(keys.has(from) && keys.has(to), `${from}>${to}`).toBe(true);
  });
});

it('goes across where there is room for two layers, else down', () => {
  expect(layout(flow(), 700).orientation).toBe('across');
  expect(layout(flow({ bidirectional: true }), 700).orientation).toBe('across');
  expect(layout(flow(), 330).orientation).toBe('down');
});

it('folds the middle layers and keeps the first and the last', () => {
  const model = flow({ num_layers: 32 });
  const { shown, hidden } = visibleLayers(model, 3);
  expect(shown.map(({ index }) => index)).toEqual([0, 1, 31]);
  expect(hidden).toBe(29);
  const scene = layout(model, 900);
  expect(scene.parts.find(({ kind }) => kind === 'fold')).toBeDefined();
});

it('keeps its height while sizes change', () => {
  const heights = [flow(), flow({ L: 900, N: 64, num_layers: 1 }), flow({ num_layers: 40 })].map(
    (model) => layout(model, 900).height,
  );
  expect(new Set(heights).size).toBe(1);
});

it('draws a joint that does not fit apart, and dims what comes after', () => {
  const { call, diagnosis } = refused({ given: '10', expected: '8' });
  const scene = layout(flowOf(diagnosis, call), 900);
  const joint = scene.parts.find((part) => part.kind === 'joint');
  if (joint?.kind !== 'joint') throw new Error('no joint');
  const [given, expected] = pillsOf(joint.joint, joint.at, true);
  expect([given?.text, expected?.text]).toEqual(['10', '8']);
  expect((expected?.x ?? 0) - (given?.x ?? 0) - (given?.w ?? 0)).toBeGreaterThan(20);
  const dimmed = scene.parts.filter(({ dimmed }) => dimmed).map(({ key }) => key);
  expect(dimmed).toEqual(expect.arrayContaining(['layer-0', 'layer-1', 'output', 'h_n']));
  expect(dimmed).not.toContain('input');
});

it('draws more sheets for a larger batch, never many', () => {
  const drawn = [1, 2, 4, 8, 64, 1e9].map(sheetsDrawn);
  expect(drawn.slice(0, 3)).toEqual([1, 2, 4]);
  expect([...drawn].sort((a, b) => a - b)).toEqual(drawn);
  expect(drawn.at(-1)).toBe(7);
});

it('shows every step that there is room for, else the first and the last', () => {
  expect(cellsOf(3, 5)).toEqual([0, 1, 2]);
  expect(cellsOf(5, 5)).toEqual([0, 1, 2, 3, 4]);
  expect(cellsOf(100, 5)).toEqual([0, 1, undefined, 98, 99]);
  expect(cellsOf(0, 5)).toEqual([]);
});

it('sets letters below their numbers without overlap', () => {
  const { h_n } = flow({ bidirectional: true, num_layers: 12 });
  const { tokens, width } = shapeLabel(h_n);
  expect(tokens.map(({ size, letters }) => [size, letters])).toEqual([
    ['24', 'D*num_layers'],
    ['3', 'N'],
    ['20', 'H_out'],
  ]);
  const centres = tokens.map(({ x }) => x);
  expect([...centres].sort((a, b) => a - b)).toEqual(centres);
  expect(centres.at(-1)).toBeLessThan(width);
});
