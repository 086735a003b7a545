import { describe, expect, it } from 'vitest';
import { generator } from './fuzz.js';
import { OPENING } from './playground-state.js';
import { RELEASES, anyState } from './samples.js';
import { fromQuery, toQuery } from './url.js';

describe('a state in the URL', () => {
  it('is empty for the opening', () => {
    expect(toQuery(OPENING)).toBe('');
    expect(fromQuery('', RELEASES)).toEqual({ state: OPENING, notices: [] });
  });

  it('holds only what differs, readably', () => {
    const state = { ...OPENING, seq_len: 7, bidirectional: true, input: '(4, 10)', release: '1.10.0' };
    expect(toQuery(state)).toBe('seq_len=7&bidirectional=True&input=4,10&release=1.10');
  });

  it('ends no link early', () => {
    expect(toQuery({ ...OPENING, input: "(4, 'x'" })).toBe('input=%284,+%27x%27');
  });

  it('keeps a text whose characters would end a parameter', () => {
    const state = { ...OPENING, input: '(4, 10) & seed=3 #50%+~' };
    expect(fromQuery(toQuery(state), RELEASES).state).toEqual(state);
  });

  it('keeps any state', () => {
    const random = generator(1);
    for (let round = 0; round < 2000; round += 1) {
      const state = anyState(random);
      // Texts like `4,10` are read back as the tuple they abbreviate.
      const tidy = (text: string | null) => (text === '4,10' ? '(4, 10)' : text);
      const query = toQuery(state);
      const expected = { ...state, input: tidy(state.input), h_0: tidy(state.h_0) };
      expect(fromQuery(query, RELEASES), query).toEqual({ state: expected, notices: [] });
    }
  });
});

describe('a URL that cannot be meant', () => {
  it.each([
    ['seq_len=abc', 'is not a whole number', 'seq_len=5'],
    ['seq_len=1e3', 'is not a whole number', 'seq_len=5'],
    ['seq_len=9007199254740993', 'is not a whole number', 'seq_len=5'],
    ['hidden_size=os.remove', 'is not a Python value', 'hidden_size=20'],
    ['unbatched=maybe', 'is neither 1 nor 0', 'unbatched=0'],
    ['sample=-1', 'is below 0', 'sample=0'],
    ['release=0.4', 'is not a PyTorch release known here', undefined],
    ['release=9', 'is not a PyTorch release known here', undefined],
    ['hide=seed,colour', 'names nothing that can be hidden: colour', undefined],
    ['other.x=(', 'is not a Python value', undefined],
    ['colour=red', 'is no setting of the playground', undefined],
    ['v=2', 'is of a later version of this page: what is unknown here is left out', undefined],
    ['v=old', 'is not a version of links', undefined],
    ['v=0', 'is not a version of links', undefined],
    ['__proto__=1', 'is no setting of the playground', undefined],
    ['constructor=1', 'is no setting of the playground', undefined],
  ])('%s is told and not obeyed', (query, problem, instead) => {
    expect(fromQuery(query, RELEASES)).toEqual({ state: OPENING, notices: [{ given: query, problem, instead }] });
  });

  it('hides what is named, in whatever order', () => {
    expect(fromQuery('hide=seed,+dropout', RELEASES).state.hide).toEqual(['dropout', 'seed']);
  });

  it('tells every name of an element type', () => {
    const { notices } = fromQuery('dtype=int64', RELEASES);
    expect(notices[0]?.problem).toBe('is none of float32, float64, float16, bfloat16');
  });

  it('counts the first of two', () => {
    const { state, notices } = fromQuery('seq_len=7&seq_len=8', RELEASES);
    expect(state.seq_len).toBe(7);
    expect(notices).toEqual([{ given: 'seq_len=8', problem: 'is there twice', instead: undefined }]);
  });

  it('keeps an option that is written twice: Python has its say on it', () => {
    const { state, notices } = fromQuery('other.num_layer=2&other.num_layer=3&other.constructor=1', RELEASES);
    expect(state.other).toEqual([['num_layer', 2], ['num_layer', 3], ['constructor', 1]]);
    expect(notices).toEqual([]);
  });

  it('keeps what is sound beside what is not', () => {
    const { state, notices } = fromQuery('seq_len=abc&batch=4', RELEASES);
    expect([state.seq_len, state.batch, notices.length]).toEqual([5, 4, 1]);
  });

  it('may hold a size that PyTorch refuses: that is what the playground is for', () => {
    const { state, notices } = fromQuery('seq_len=-1&hidden_size=2.5', RELEASES);
    expect([state.seq_len, state.hidden_size, notices]).toEqual([-1, 2.5, []]);
  });

  it('opens the release that answers alike', () => {
    expect(fromQuery('release=1.8.1', RELEASES).state.release).toBe('1.10.0');
    expect(fromQuery('release=2.15', RELEASES).state.release).toBeNull();
  });

  it('never stops the page, and is mended once and for all', () => {
    const random = generator(2);
    const pieces = ['seq_len', 'input', 'h_0', 'other.a', '=', '&', '%', '%E0%A4', '(', '4,10', '-', '9'.repeat(400), '\u0000', '#', '\uD800', 'None', '[', '{', "'"];
    for (let round = 0; round < 2000; round += 1) {
      const query = Array.from({ length: random.below(12) }, () => random.pick(pieces)).join('');
      const { state } = fromQuery(query, RELEASES);
      const again = fromQuery(toQuery(state), RELEASES);
      expect(again.notices, query).toEqual([]);
      expect(toQuery(again.state), query).toBe(toQuery(state));
    }
  });
});
