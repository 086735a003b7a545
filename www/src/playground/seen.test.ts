import { describe, expect, it } from 'vitest';
import type { Call, Look } from '../engine/engine.js';
import { OPENING } from '../state/playground-state.js';
import { see } from './seen.js';

/** An engine that remembers what crossed to it. */
function counting() {
  const crossings: string[] = [];
  const engine = {
    look(call: Call, seed?: number): Look {
      crossings.push('look');
      return { code: [{ segments: [{ text: `${JSON.stringify(call)} ${String(seed)}` }] }] } as unknown as Look;
    },
    parseShape() {
      crossings.push('parseShape');
      return { shape: [5, 3, 10] };
    },
  };
  return { crossings, engine };
}

describe('what is seen of a state', () => {
  it('crosses to the core once for a step of a slider', () => {
    const { crossings, engine } = counting();
    let seen = see(engine, OPENING);
    for (const hidden_size of [21, 22, 23]) {
      crossings.length = 0;
      const { look } = seen;
      seen = see(engine, { ...OPENING, hidden_size }, seen);
      expect(crossings).toEqual(['look']);
      expect(seen.look).not.toBe(look);
    }
  });

  it('asks nothing of the same call again, whose answer keeps its identity', () => {
    const { crossings, engine } = counting();
    const first = see(engine, OPENING);
    const second = see(engine, { ...OPENING, step: OPENING.step + 1 }, first);
    expect([crossings, second.look === first.look, second.lines === first.lines]).toEqual([['look'], true, true]);
  });

  it('has the code of another seed, and nothing else anew', () => {
    const { crossings, engine } = counting();
    const first = see(engine, OPENING);
    const second = see(engine, { ...OPENING, seed: OPENING.seed + 1 }, first);
    expect([crossings, second.look === first.look]).toEqual([['look', 'look'], true]);
    expect(second.lines).not.toEqual(first.lines);
  });
});
