import { expect, test } from 'vitest';
import { begun, chosen, handedIn, openForm, readMeasured } from './measured.js';

test('a draw decides which form comes first, and the other one comes after', () => {
  expect([begun(4).first, begun(5).first]).toEqual(['a', 'b']);
  const before = chosen(chosen(begun(5), 0, 3), 4, 1);
  expect(openForm(before)).toBe('b');
  const between = handedIn(before);
  expect(between.before).toEqual([3, null, null, null, 1]);
  expect(between.open).toEqual([null, null, null, null, null]);
  expect(openForm(between)).toBe('a');
  const done = handedIn(chosen(between, 2, 2));
  expect(done.after).toEqual([null, null, 2, null, null]);
  expect(openForm(done)).toBeUndefined();
});

test('what was kept is taken up, and what is no such thing begins anew', () => {
  const kept = handedIn(chosen(begun(5), 1, 2));
  expect(readMeasured(JSON.stringify(kept), 8)).toEqual(kept);
  for (const text of [null, '', '{', '[]', '5', '{"first":"c"}', JSON.stringify({ ...kept, open: [0] }), JSON.stringify({ ...kept, before: [9, 0, 0, 0, 0] }), JSON.stringify({ ...kept, before: null, after: kept.before })]) {
    expect(readMeasured(text, 8), String(text)).toEqual(begun(8));
  }
});
