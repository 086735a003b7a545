import { describe, expect, it } from 'vitest';
import type { Call, Draft, DraftLook } from '../engine/engine.js';
import { draftOf, withCall } from './call.js';
import { generator } from './fuzz.js';
import { OPENING } from './playground-state.js';
import { anyState } from './samples.js';

const CALL: Call = { config: { input_size: 3, hidden_size: 4 }, input: { shape: [4, 1, 3] } };

/** A core that makes this of a draft which brings a call. */
function reads(make: (draft: Draft) => Draft) {
  const asked: Draft[] = [];
  const lookAtDraft = (draft: Draft) => {
    asked.push(draft);
    return { draft: make(draft) } as DraftLook;
  };
  return { asked, lookAtDraft };
}

describe('the draft of a state', () => {
  it('says every option, the numbers and the texts, and nothing that is only looked at', () => {
    expect(draftOf(OPENING)).toEqual({
      config: {
        input_size: 10,
        hidden_size: 20,
        num_layers: 2,
        bias: true,
        batch_first: false,
        dropout: { float: 0 },
        bidirectional: false,
        dtype: 'float32',
        other: [],
      },
      seq_len: 5,
      batch: 3,
      unbatched: false,
      input: null,
      input_dtype: 'float32',
      input_on: 'tensor',
      give_h_0: false,
      h_0: null,
      h_0_dtype: 'float32',
      h_0_on: 'tensor',
      release: null,
    });
  });

  it('changes with everything that makes a call', () => {
    const random = generator(3);
    for (let round = 0; round < 200; round += 1) {
      const { seed, keep, edit, hide, sample, layer, reverse, step, ...made } = anyState(random);
      const draft = JSON.stringify(draftOf({ ...OPENING, ...made }));
      for (const name of Object.keys(made) as (keyof typeof made)[]) {
        const value = made[name];
        if (JSON.stringify(value) === JSON.stringify(OPENING[name])) continue;
        expect(JSON.stringify(draftOf({ ...OPENING, ...made, [name]: OPENING[name] })), name).not.toBe(draft);
      }
      expect(JSON.stringify(draftOf({ ...made, seed, keep, edit, hide, sample, layer, reverse, step }))).toBe(draft);
    }
  });
});

describe('the state that a call leads to', () => {
  it('is what the core makes of the draft, with everything else kept', () => {
    const made = { ...draftOf({ ...OPENING, hidden_size: 4, other: [['proj_size', 2]], dtype: 'float64' }), seq_len: 4, batch: 1 };
    const core = reads(() => made);
    const state = withCall(core, { ...OPENING, step: 2, seed: 7, hide: ['code'] }, CALL);
    expect(core.asked).toEqual([{ ...draftOf(OPENING), call: CALL }]);
    expect(state).toEqual({
      ...OPENING, seq_len: 4, batch: 1, hidden_size: 4, other: [['proj_size', 2]], dtype: 'float64', step: 2, seed: 7, hide: ['code'],
    });
  });

  it('is a state of nothing but known names, whatever the draft', () => {
    const random = generator(5);
    for (let round = 0; round < 200; round += 1) {
      const [before, after] = [anyState(random), anyState(random)];
      const { seed, keep, edit, hide, sample, layer, reverse, step } = before;
      const state = withCall(reads(() => draftOf(after)), before, CALL);
      expect(state).toEqual({ ...after, seed, keep, edit, hide, sample, layer, reverse, step });
    }
  });
});
