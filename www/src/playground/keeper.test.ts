import { expect, it, vi } from 'vitest';
import type { Call, Draft, DraftLook, KeptView } from '../engine/engine.js';
import { OPENING } from '../state/playground-state.js';
import { RELEASES } from '../state/samples.js';
import { Keeper } from './keeper.js';
import type { Seen } from './seen.js';

const view = (kept: string): KeptView => ({ code: [{ segments: [] }], kept, why: 'Why.' });

function setUp({ runs = true } = {}) {
  const asked: { before: Call; resolve: (view: KeptView) => void; signal: AbortSignal | undefined }[] = [];
  const engine = {
    releases: () => [...RELEASES],
    lookAtDraft: ({ config }: Draft) =>
      ({ reading: { call: { config }, input: null, h_0: null }, look: { plan: runs ? {} : null } }) as unknown as DraftLook,
    kept: (before: Call, _: Call, __: number, options?: { signal?: AbortSignal }) =>
      new Promise<KeptView>((resolve) => asked.push({ before, resolve, signal: options?.signal })),
  };
  const host = { requestUpdate: vi.fn(), addController: vi.fn(), removeController: vi.fn(), updateComplete: Promise.resolve(true) };
  return { asked, host, keeper: new Keeper(host, engine) };
}

const CALL: Call = { config: { num_layers: 3 }, input: { shape: [5, 3, 10] } };

it('asks once for a call, and has its host drawn when the answer is there', async () => {
  const { asked, host, keeper } = setUp();
  expect(keeper.of('num_layers=4', null, CALL, 0)).toMatchObject({ before: { config: { num_layers: 4 } }, lines: undefined, words: '' });
  keeper.of('num_layers=4', null, CALL, 0);
  expect(asked).toHaveLength(1);
  asked[0]?.resolve(view('Kept.'));
  await Promise.resolve();
  await Promise.resolve();
  expect(host.requestUpdate).toHaveBeenCalledOnce();
  expect(keeper.of('num_layers=4', null, CALL, 0)).toMatchObject({ words: 'Kept. Why.', lines: [{ segments: [] }] });
});

it('shows what was known last until the answer of the call at hand is there, and takes no late one', async () => {
  const { asked, keeper } = setUp();
  keeper.of('', null, CALL, 0);
  keeper.of('', null, CALL, 1);
  expect(asked[0]?.signal?.aborted).toBe(true);
  asked[0]?.resolve(view('Late.'));
  asked[1]?.resolve(view('Now.'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(keeper.of('', null, CALL, 1).words).toBe('Now. Why.');
  expect(keeper.of('', null, CALL, 2).words).toBe('Now. Why.');
});

it('keeps nothing of a setting that does not run', () => {
  const { asked, keeper } = setUp({ runs: false });
  expect(keeper.of('hidden_size=0', null, CALL, 0)).toMatchObject({ before: undefined, words: 'Nothing is kept: the setting to keep from does not run.' });
  expect(asked).toEqual([]);
});

const MODULE = { input_size: 10, hidden_size: 20, num_layers: 2, bias: true, batch_first: false, dropout: 0, bidirectional: false };

/** What is seen of a state; without a plan it does not run. */
function seen(module: object | null, plan: object | null = {}): Seen {
  return { look: { diagnosis: { module }, plan } } as unknown as Seen;
}

it('offers to keep the numbers that were there before the change, also where what was typed in between did not run', () => {
  vi.useFakeTimers();
  const { keeper } = setUp();
  keeper.see(OPENING, seen(MODULE));
  expect(keeper.offered(OPENING)).toBeUndefined();
  vi.advanceTimersByTime(5000);
  keeper.see({ ...OPENING, hidden_size: 0 }, seen(null, null));
  const state = { ...OPENING, hidden_size: 24 };
  keeper.see(state, seen({ ...MODULE, hidden_size: 24 }));
  expect(keeper.redrawn).toContain('With another hidden_size');
  expect(keeper.offered(state)).toBe('');
  expect(keeper.offered({ ...state, keep: '' })).toBeNull();
  vi.useRealTimers();
});

it('takes a slide for one change', () => {
  vi.useFakeTimers();
  const { keeper } = setUp();
  for (const num_layers of [2, 3, 4, 5]) {
    keeper.see({ ...OPENING, num_layers }, seen({ ...MODULE, num_layers }));
    vi.advanceTimersByTime(num_layers === 2 ? 5000 : 50);
  }
  expect(keeper.offered({ ...OPENING, num_layers: 5 })).toBe('');
  vi.useRealTimers();
});
