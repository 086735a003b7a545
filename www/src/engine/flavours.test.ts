import { describe, expect, it } from 'vitest';
import { choose, measure, remember, type Flavour } from './flavours.js';

/** A storage of one entry. */
function storage(entry: string | null = null) {
  return {
    getItem: () => entry,
    setItem: (_: string, text: string) => {
      entry = text;
    },
  };
}

describe('the choice between the builds', () => {
  it('is none where the browser has no relaxed SIMD', () => {
    const kept = storage();
    remember(kept, 'a', { simd128: 2, relaxed: 1 });
    expect(choose(false, kept, 'a')).toEqual({ flavour: 'simd128', why: 'only' });
  });

  it('measures nothing on a first visit, and is due on the next', () => {
    const kept = storage();
    expect(choose(true, kept, 'a')).toEqual({ flavour: 'relaxed', why: 'unmeasured', due: false });
    remember(kept, 'a');
    expect(choose(true, kept, 'a')).toEqual({ flavour: 'relaxed', why: 'unmeasured', due: true });
  });

  it('is what measured faster', () => {
    const kept = storage();
    remember(kept, 'a', { simd128: 2, relaxed: 1 });
    expect(choose(true, kept, 'a')).toMatchObject({ flavour: 'relaxed', why: 'measured' });
    remember(kept, 'a', { simd128: 1, relaxed: 2 });
    expect(choose(true, kept, 'a')).toEqual({ flavour: 'simd128', why: 'measured', measured: { simd128: 1, relaxed: 2 } });
  });

  it('does not hold for another version', () => {
    const kept = storage();
    remember(kept, 'a', { simd128: 1, relaxed: 2 });
    expect(choose(true, kept, 'b')).toEqual({ flavour: 'relaxed', why: 'unmeasured', due: false });
  });

  it('takes no nonsense for a measurement, and lives without storage', () => {
    for (const entry of ['', '{', 'null', '7', '"a"', '{"version":"b"}']) {
      expect(choose(true, storage(entry), 'a')).toMatchObject({ due: false });
    }
    expect(choose(true, storage('{"version":"a","measured":{"simd128":"1","relaxed":2}}'), 'a')).toMatchObject({ due: true });
    expect(choose(true, undefined, 'a')).toMatchObject({ due: false });
    const broken = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    remember(broken, 'a');
    expect(choose(true, broken, 'a')).toMatchObject({ due: false });
  });

  it('takes turns and keeps the better of each', async () => {
    const asked: Flavour[] = [];
    const measured = await measure((flavour) => Promise.resolve(asked.push(flavour)));
    expect(asked).toEqual(['simd128', 'relaxed', 'simd128', 'relaxed', 'simd128', 'relaxed']);
    expect(measured).toEqual({ simd128: 1, relaxed: 2 });
  });
});
