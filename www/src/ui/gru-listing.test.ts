import { expect, it } from 'vitest';
import type { Segment } from '../engine/engine.js';
import { partsOf } from './gru-listing.js';

function segment(text: string, kind: Segment['kind'] = 'plain'): Segment {
  return { text, kind, axis: null, place: null };
}

function parts(...segments: Segment[]): string[] {
  return partsOf(segments).map((part) => part.map(({ text }) => text).join(''));
}

it('breaks a line after its commas and nowhere else, however the segments lie', () => {
  const broken = ['gru = nn.GRU(10, ', '20, ', 'dropout=0.2)'];
  expect(parts(segment('gru = nn.GRU('), segment('10', 'number'), segment(', '), segment('20', 'number'), segment(', dropout=0.2)'))).toEqual(broken);
  // As questions are read: a blank is a segment of its own.
  expect(parts(segment('gru = nn.GRU(10'), segment(',', 'operator'), segment(' '), segment('20'), segment(',', 'operator'), segment(' '), segment('dropout=0.2)'))).toEqual(broken);
});

it('leaves strings, comments and a comma without a blank whole', () => {
  const string = [segment('print('), segment("'a, b'", 'string'), segment(')  '), segment('# one, two', 'comment')];
  expect(parts(...string)).toEqual(["print('a, b')  # one, two"]);
  expect(parts(segment('x.view(4,)'))).toEqual(['x.view(4,)']);
  expect(parts(segment('    loss.backward()'))).toEqual(['    loss.backward()']);
});
