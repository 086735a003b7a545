import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pace } from './pace.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('does it at once after a change, and after a few in a row', () => {
  const action = vi.fn();
  const pace = new Pace(action);
  for (let change = 1; change <= 5; change += 1) {
    pace.changed();
    expect(action).toHaveBeenCalledTimes(change);
  }
});

it('stays below 100 in any 30 seconds of a dragged slider, and takes the last change in', () => {
  const times: number[] = [];
  const seen: number[] = [];
  let value = 0;
  const pace = new Pace(() => {
    times.push(performance.now());
    seen.push(value);
  });
  for (let frame = 0; frame < 60 * 60; frame += 1) {
    value = frame;
    pace.changed();
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(Pace.INTERVAL_MS);
  expect(seen.at(-1)).toBe(value);
  for (const [index, time] of times.entries()) {
    expect(times.slice(index).filter((later) => later < time + 30_000).length).toBeLessThan(100);
  }
});

it('does it once where it is asked for now while one is waiting', () => {
  const action = vi.fn();
  const pace = new Pace(action);
  for (let change = 0; change <= Pace.BURST; change += 1) pace.changed();
  pace.now();
  vi.advanceTimersByTime(10 * Pace.INTERVAL_MS);
  expect(action).toHaveBeenCalledTimes(Pace.BURST + 1);
});
