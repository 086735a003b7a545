import { describe, expect, it } from 'vitest';
import type { Draft, DraftLook } from '../engine/engine.js';
import { OPENING } from '../state/playground-state.js';
import { see } from './seen.js';

/** An engine that remembers what crossed to it; its call is what a draft's options and its typed input say. */
function counting() {
  const crossings: Draft[] = [];
  const engine = {
    lookAtDraft(draft: Draft, seed?: number): DraftLook {
      crossings.push(draft);
      const { config, input, seq_len, batch } = draft;
      const following = { input: [seq_len, batch, 10], h_0: [2, batch, 20] };
      const call = { config, input: { shape: input === null ? following.input : [4, 10] } };
      const text = `${JSON.stringify(call)} ${String(seed)}`;
      return { draft: null, reading: { call, input: null, h_0: null, following }, look: { code: [{ segments: [{ text }] }] } } as unknown as DraftLook;
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
      expect(crossings).toHaveLength(1);
      expect(seen.look).not.toBe(look);
    }
  });

  it('crosses once for a step of a slider where shapes are typed too', () => {
    const { crossings, engine } = counting();
    const typed = { ...OPENING, input: '(4, 10)', give_h_0: true, h_0: '(2, 20)' };
    const seen = see(engine, typed);
    see(engine, { ...typed, hidden_size: 21 }, seen);
    expect(crossings).toHaveLength(2);
  });

  it('tells the core what was said before, for texts that cannot be read', () => {
    const { crossings, engine } = counting();
    const first = see(engine, { ...OPENING, input: '(4, 10)' });
    see(engine, { ...OPENING, input: '(4, 1' }, first);
    expect(crossings.map(({ before }) => before)).toEqual([undefined, first.reading.call]);
  });

  it('asks nothing of the same state again, whose answer keeps its identity', () => {
    const { crossings, engine } = counting();
    const first = see(engine, OPENING);
    const second = see(engine, { ...OPENING, step: OPENING.step + 1 }, first);
    expect([crossings.length, second.look === first.look, second.lines === first.lines]).toEqual([1, true, true]);
  });

  it('has the answer of the same call as it was, and the shapes that follow anew', () => {
    const { engine } = counting();
    const typed = { ...OPENING, input: '(4, 10)' };
    const first = see(engine, typed);
    const second = see(engine, { ...typed, batch: 7 }, first);
    expect([second.look === first.look, second.lines === first.lines]).toEqual([true, true]);
    expect(second.reading.following.input).toEqual([5, 7, 10]);
  });

  it('has the code of another seed, and nothing else anew', () => {
    const { crossings, engine } = counting();
    const first = see(engine, OPENING);
    const second = see(engine, { ...OPENING, seed: OPENING.seed + 1 }, first);
    expect([crossings.length, second.look === first.look]).toEqual([2, true]);
    expect(second.lines).not.toEqual(first.lines);
  });
});
