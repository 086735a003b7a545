import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Steps } from './steps.js';

describe('a step to go back from', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('begins with a change after rest; a drag is one', () => {
    const steps = new Steps(() => false);
    expect([steps.begins(), steps.begins(), steps.begins()]).toEqual([true, false, false]);
    vi.advanceTimersByTime(900);
    expect(steps.begins()).toBe(false);
    vi.advanceTimersByTime(1100);
    expect(steps.begins()).toBe(true);
  });

  it('is all that is typed in one visit to a field, however slowly', () => {
    let typing = true;
    const steps = new Steps(() => typing);
    expect(steps.begins()).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(steps.begins()).toBe(false);
    typing = false;
    vi.advanceTimersByTime(1100);
    expect(steps.begins()).toBe(true);
  });

  it('ends where the address is followed', () => {
    const steps = new Steps(() => false);
    steps.begins();
    steps.settle();
    expect(steps.begins()).toBe(true);
  });
});
