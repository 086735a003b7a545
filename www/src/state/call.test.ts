import { describe, expect, it } from 'vitest';
import { followingH0, followingInput, readCall, withCall } from './call.js';
import { generator } from './fuzz.js';
import { OPENING } from './playground-state.js';
import { anyState, parse } from './samples.js';

const read = (state: typeof OPENING) => readCall(state, parse);

describe('the call that a state describes', () => {
  it('opens with the first problem', () => {
    expect(read(OPENING)).toEqual({
      call: { config: { input_size: 10, hidden_size: 20, num_layers: 2 }, input: { shape: [5, 3, 10] } },
      input: undefined,
      h_0: undefined,
    });
  });

  it('has an input that follows the numbers', () => {
    expect(followingInput({ ...OPENING, batch_first: true })).toEqual([3, 5, 10]);
    expect(followingInput({ ...OPENING, unbatched: true })).toEqual([5, 10]);
    expect(followingInput({ ...OPENING, input_size: 7 })).toEqual([5, 3, 7]);
  });

  it('has an h_0 that follows the input', () => {
    const state = { ...OPENING, bidirectional: true };
    expect(followingH0(state, [5, 3, 10])).toEqual([4, 3, 20]);
    expect(followingH0(state, [5, 10])).toEqual([4, 20]);
    expect(followingH0({ ...state, batch_first: true }, [6, 5, 10])).toEqual([4, 6, 20]);
  });

  it('takes a typed shape as it is', () => {
    expect(read({ ...OPENING, input: '(4, 10)' }).call.input).toEqual({ shape: [4, 10] });
  });

  it('says which text cannot be read, and goes on with the shape it would follow', () => {
    const { call, input, h_0 } = read({ ...OPENING, input: '(4, x', give_h_0: true, h_0: '?' });
    expect(call.input).toEqual({ shape: [5, 3, 10] });
    expect(call.h_0).toEqual({ shape: [2, 3, 20] });
    expect([input?.code, h_0?.code]).toEqual(['shape-text', 'shape-text']);
  });

  it('goes on with what the text said before, where it is known', () => {
    const before = read({ ...OPENING, input: '(4, 10)' }).call;
    expect(readCall({ ...OPENING, input: '(4, 1' }, parse, before).call.input).toEqual({ shape: [4, 10] });
  });

  it('does not read the shape of an h_0 that is not given', () => {
    expect(read({ ...OPENING, h_0: '?' }).h_0).toBeUndefined();
  });
});

describe('the state that a call leads to', () => {
  it('moves the numbers where they can say it', () => {
    const state = withCall({ ...OPENING, input: '(4, 10)' }, { config: { input_size: 10, hidden_size: 20 }, input: { shape: [4, 1, 10] } });
    expect(state).toMatchObject({ input: null, seq_len: 4, batch: 1, unbatched: false, num_layers: 1 });
  });

  it('keeps what was typed where it still holds', () => {
    const state = withCall({ ...OPENING, input: '(4,10)' }, { config: { input_size: 10, hidden_size: 16 }, input: { shape: [4, 10] } });
    expect(state).toMatchObject({ input: '(4,10)', hidden_size: 16 });
  });

  it('stands as typed where the numbers cannot say it', () => {
    const state = withCall(OPENING, { config: { input_size: 8, hidden_size: 16 }, input: { shape: [4, 10] } });
    expect(state).toMatchObject({ input: '(4, 10)', input_size: 8 });
  });

  it('swaps the numbers when batch_first changes the meaning of the same shape', () => {
    const state = withCall(OPENING, { config: { input_size: 10, hidden_size: 20, batch_first: true }, input: { shape: [5, 3, 10] } });
    expect(state).toMatchObject({ input: null, seq_len: 3, batch: 5, batch_first: true });
  });

  it('is that very call', () => {
    const random = generator(3);
    for (let round = 0; round < 2000; round += 1) {
      const before = anyState(random);
      const { call } = read(anyState(random));
      const after = withCall(before, call);
      expect(read(after), JSON.stringify({ before, call })).toEqual({ call, input: undefined, h_0: undefined });
    }
  });
});
