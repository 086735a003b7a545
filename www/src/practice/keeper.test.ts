import { expect, test } from 'vitest';
import type { ComeBackEntry, PracticeProgress } from '../engine/engine.js';
import type { PracticeCore } from '../engine/practice.js';
import { COME_BACK_KEY, PROGRESS_KEY } from './keys.js';
import { dayOf, PracticeKeeper } from './keeper.js';
import { calibrationWords, dueWords, levelWords } from './words.js';

const START: PracticeProgress = { level: 1, row: 0, tallies: Array.from({ length: 4 }, () => ({ said: 0, right: 0 })) as PracticeProgress['tallies'], recent: [] };

/** A core that keeps every miss, due at once, and refuses what has no list of names. */
const CORE = {
  shelf: () => ({ start: START, topics: [], confidence: [] }),
  next: (progress: PracticeProgress) => {
    if (!Array.isArray(progress.recent)) throw new Error('progress.recent: missing');
    return null;
  },
  after: (progress: PracticeProgress, generator: string) => ({ ...progress, recent: [...progress.recent, generator] }),
  comeBackAfter: (entries: readonly ComeBackEntry[], item: string, right: boolean, day: number) =>
    right ? entries.filter((entry) => entry.item !== item) : [...entries, { item, stage: 0, due: day }],
  due: (entries: readonly ComeBackEntry[], day: number) => entries.filter(({ due }) => due <= day).map(({ item }) => item),
} as unknown as PracticeCore;

function store(kept: Record<string, string> = {}) {
  const all = new Map(Object.entries(kept));
  return {
    all,
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => { all.set(key, value); },
    removeItem: (key: string) => { all.delete(key); },
  };
}

test('a miss is kept and taken up again, and nothing is left once all is right', () => {
  const storage = store();
  new PracticeKeeper(CORE, storage, () => 7).answered('shapes/out', false, 1);
  const later = new PracticeKeeper(CORE, storage, () => 7);
  expect(later.due()).toEqual(['shapes/out']);
  expect(later.progress.recent).toEqual(['shapes/out']);
  later.told('shapes/out', true);
  expect([...storage.all.keys()]).toEqual([PROGRESS_KEY]);
});

test('another tab is heard before an answer is kept', () => {
  const storage = store();
  const one = new PracticeKeeper(CORE, storage, () => 7);
  new PracticeKeeper(CORE, storage, () => 7).answered('gates/mix', false, 0);
  one.answered('shapes/out', false, 0);
  expect(new PracticeKeeper(CORE, storage, () => 7).due()).toEqual(['gates/mix', 'shapes/out']);
});

test('what is damaged or blocked begins anew', () => {
  for (const text of ['{', '7', '{"level":1}', 'null']) {
    const keeper = new PracticeKeeper(CORE, store({ [COME_BACK_KEY]: text, [PROGRESS_KEY]: text }), () => 7);
    expect(keeper.due()).toEqual([]);
    expect(keeper.progress).toEqual(START);
  }
  const blocked = { getItem: () => { throw new Error('blocked'); }, setItem: () => { throw new Error('blocked'); }, removeItem: () => undefined };
  const keeper = new PracticeKeeper(CORE, blocked, () => 7);
  keeper.answered('shapes/out', false, 0);
  expect(keeper.due()).toEqual(['shapes/out']);
});

test('a day is one of the learner’s own calendar', () => {
  const morning = new Date(2026, 4, 3, 0, 1);
  expect(dayOf(new Date(2026, 4, 3, 23, 59))).toBe(dayOf(morning));
  expect(dayOf(new Date(2026, 4, 4, 0, 1))).toBe(dayOf(morning) + 1);
});

test('the sentences say what the numbers say', () => {
  expect(dueWords(1)).toBe('1 thing that you missed is due today.');
  expect(dueWords(3)).toBe('3 things that you missed are due today.');
  expect(levelWords(1, 2)).toBe('Level 2 now: two right in a row.');
  expect(levelWords(2, 2)).toBe('');
  const shares = [0.25, 0.5, 0.75, 0.95];
  const told = (said: number, right: number) => calibrationWords({ ...START, tallies: [{ said: 0, right: 0 }, { said: 0, right: 0 }, { said: 0, right: 0 }, { said, right }] }, shares);
  expect(told(4, 4)).toContain('After five answers');
  expect(told(10, 10)).toContain('You know well');
  expect(told(10, 5)).toBe('You are surer than you are right, by 45 points of 100.');
});
