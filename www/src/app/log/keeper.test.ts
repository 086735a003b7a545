import { expect, test } from 'vitest';
import type { AttemptTools } from '../../engine/engine.js';
import type { AttemptMade } from '../../state/attempt.js';
import { ASIDE_KEY, LOG_KEY, LogKeeper } from './keeper.js';

const AT = new Date('2026-11-30T10:00:00Z');
const MADE: AttemptMade = { source: 'practice', item: 'shapes/h-n', answer: '(2, 3, 20)', right: true, seconds: 3, hint: false };

/** Writes the items one after the other; the real log is the core's. */
const tools: Pick<AttemptTools, 'add' | 'take'> = { add: (kept, attempt) => ({ text: `${kept ?? ''}${attempt.item}@${attempt.at};`, added: 1, left: 0, faults: [], set_aside: kept === 'damaged' }), take: (kept, file) => ({ refusal: null, change: { text: `${file}${kept ?? ''}`, added: 1, left: 0, faults: [], set_aside: false } }) };
const add = (keeper: LogKeeper): boolean => keeper.add(tools as AttemptTools, MADE, AT);
const ROW = 'shapes/h-n@2026-11-30T10:00:00.000Z;';

class Shelf {
  readonly texts = new Map<string, string>();
  full = false;
  get text(): string | null {
    return this.getItem(LOG_KEY);
  }
  getItem(name: string): string | null {
    return this.texts.get(name) ?? null;
  }
  setItem(name: string, text: string): void {
    if (this.full) throw new Error('QuotaExceededError');
    this.texts.set(name, text);
  }
  removeItem(name: string): void {
    this.texts.delete(name);
  }
}

test('two tabs lose nothing: each reads what the other has written', () => {
  const shelf = new Shelf();
  const [one, two] = [new LogKeeper(shelf), new LogKeeper(shelf)];
  expect([add(one), add(two), add(one)]).toEqual([true, true, true]);
  expect(shelf.text).toBe(ROW.repeat(3));
});

test('where there is no room it lives in the tab, with what was there, and is kept again once there is', () => {
  const shelf = new Shelf();
  const keeper = new LogKeeper(shelf);
  add(keeper);
  shelf.full = true;
  expect(add(keeper)).toBe(false);
  expect(keeper.keeps).toBe(false);
  expect(keeper.text).toBe(ROW.repeat(2));
  // Another tab had room meanwhile.
  shelf.texts.set(LOG_KEY, 'theirs;');
  shelf.full = false;
  expect(add(keeper)).toBe(true);
  expect(shelf.text).toBe(`theirs;${ROW.repeat(3)}`);
});

test('what cannot be read is set aside unchanged, and the first that was stays', () => {
  const shelf = new Shelf();
  const keeper = new LogKeeper(shelf);
  shelf.texts.set(LOG_KEY, 'damaged');
  add(keeper);
  expect(keeper.aside).toBe('damaged');
  expect(shelf.text).toContain(ROW);
  shelf.texts.set(ASIDE_KEY, 'older');
  shelf.texts.set(LOG_KEY, 'damaged');
  add(keeper);
  expect(keeper.aside).toBe('older');
  keeper.forget();
  expect(keeper.aside).toBeUndefined();
});

test('without a store it lives in the tab; forgotten, it is gone', () => {
  const keeper = new LogKeeper(undefined);
  expect(add(keeper)).toBe(false);
  expect(keeper.text).toBe(ROW);
  keeper.forget();
  expect(keeper.text).toBeUndefined();
});
