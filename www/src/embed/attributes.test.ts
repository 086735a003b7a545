import { describe, expect, it } from 'vitest';
import { generator } from '../state/fuzz.js';
import { OPENING } from '../state/playground-state.js';
import { RELEASES, anyState } from '../state/samples.js';
import { schema } from '../state/url.js';
import { attributeName, fromAttributes, toAttributes, type Holder } from './attributes.js';
import { STATE_ATTRIBUTES } from './names.js';

/** An element's attributes. */
class Attributes implements Holder {
  readonly map: Map<string, string>;
  writes = 0;

  constructor(given: Record<string, string> = {}) {
    this.map = new Map(Object.entries(given));
  }

  getAttribute(name: string): string | null {
    return this.map.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.writes += 1;
    this.map.set(name, value);
  }

  removeAttribute(name: string): void {
    this.writes += 1;
    this.map.delete(name);
  }
}

const read = (given: Record<string, string>) => fromAttributes(new Attributes(given), RELEASES);

describe('a state in attributes', () => {
  it('has an attribute for each of its parts, which the elements watch', () => {
    expect([...Object.keys(schema([])).map(attributeName), 'other'].sort()).toEqual([...STATE_ATTRIBUTES].sort());
    expect(Object.keys(OPENING).map(attributeName).sort()).toEqual([...STATE_ATTRIBUTES].sort());
  });

  it('is read as a URL is', () => {
    const { state, notices } = read({ 'seq-len': '7', batch: '2', 'hidden-size': '16.0', input: '4,10', hide: 'seed,dropout', 'give-h-0': '1' });
    expect(notices).toEqual([]);
    expect(state).toMatchObject({ seq_len: 7, batch: 2, hidden_size: { float: 16 }, input: '(4, 10)', hide: ['dropout', 'seed'], give_h_0: true });
  });

  it.each([
    [{ bidirectional: '' }, { bidirectional: true }],
    [{ bidirectional: 'true' }, { bidirectional: true }],
    [{ bias: 'false' }, { bias: false }],
    [{ bidirectional: '1' }, { bidirectional: 1 }],
    [{ unbatched: '' }, { unbatched: true }],
    [{ other: "proj_size=3, hidden=(1, 2), name='a'" }, { other: [['proj_size', 3], ['hidden', { tuple: [1, 2] }], ['name', 'a']] }],
    [{ other: '' }, { other: [] }],
  ])('reads %j', (given, state) => {
    expect(read(given as unknown as Record<string, string>)).toMatchObject({ state, notices: [] });
  });

  it.each([
    [{ 'seq-len': 'abc' }, 'seq-len="abc"', 'is not a whole number', 'seq-len="5"'],
    [{ hide: 'seed,colour' }, 'hide="seed,colour"', 'names nothing that can be hidden: colour', undefined],
    [{ other: '3' }, 'other="3"', 'is no list of options, such as proj_size=3', undefined],
    [{ other: 'a=b' }, 'other="a=b"', 'is no list of options, such as proj_size=3', undefined],
  ])('tells that %j cannot be meant', (given, said, problem, instead) => {
    expect(read(given as unknown as Record<string, string>)).toEqual({ state: OPENING, notices: [{ given: said, problem, instead }] });
  });

  it('leaves what says the same as it was written', () => {
    const attributes = new Attributes({ 'seq-len': '5', bidirectional: '', input: '4,10', class: 'wide' });
    const { state } = fromAttributes(attributes, RELEASES);
    toAttributes(attributes, state, RELEASES);
    expect(attributes.writes).toBe(0);
    toAttributes(attributes, { ...state, batch: 9, bidirectional: false }, RELEASES);
    expect(Object.fromEntries(attributes.map)).toEqual({ 'seq-len': '5', input: '4,10', batch: '9', class: 'wide' });
  });

  it('replaces what could not be meant', () => {
    const attributes = new Attributes({ 'seq-len': 'abc', batch: 'x' });
    toAttributes(attributes, { ...OPENING, batch: 4 }, RELEASES);
    expect(Object.fromEntries(attributes.map)).toEqual({ batch: '4' });
  });

  it('keeps any state', () => {
    const random = generator(5);
    const attributes = new Attributes();
    for (let round = 0; round < 300; round += 1) {
      const state = anyState(random);
      const tidy = (text: string | null) => (text === '4,10' ? '(4, 10)' : text);
      toAttributes(attributes, state, RELEASES);
      expect(fromAttributes(attributes, RELEASES)).toEqual({ state: { ...state, input: tidy(state.input), h_0: tidy(state.h_0) }, notices: [] });
    }
  });
});
