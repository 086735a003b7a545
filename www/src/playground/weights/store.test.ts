import { describe, expect, it, vi } from 'vitest';
import { KEPT_BYTES, WeightsStore, type Shelf } from './store.js';
import type { UsedWeights } from './used.js';

function weights(name: string, numbers = new Float32Array(3)): UsedWeights {
  const config = { input_size: 3, hidden_size: 2, num_layers: 1, bias: true, bidirectional: false };
  return { name, config, numbers, load: [] };
}

class FakeShelf implements Shelf {
  constructor(public value?: unknown) {}
  get = () => Promise.resolve(this.value);
  put = (value: unknown) => {
    this.value = value;
    return Promise.resolve();
  };
  clear = () => {
    this.value = undefined;
    return Promise.resolve();
  };
}

const fails = () => Promise.reject(new Error('no storage'));

describe('the store of weights', () => {
  it('finds at the next visit what was used at the last', async () => {
    const shelf = new FakeShelf();
    const store = new WeightsStore(shelf);
    const heard = vi.fn();
    store.listen(heard);
    await store.use(weights('gru.pt'));
    expect(heard).toHaveBeenCalledOnce();
    const next = new WeightsStore(shelf);
    await next.ready;
    expect(next.used?.name).toBe('gru.pt');
    await next.forget();
    const last = new WeightsStore(shelf);
    await last.ready;
    expect(last.used).toBeUndefined();
  });

  it('leaves alone what is not its own', async () => {
    for (const foreign of [null, 7, { name: 'x' }, { ...weights('x'), numbers: [1, 2] }]) {
      const store = new WeightsStore(new FakeShelf(foreign));
      await store.ready;
      expect(store.used).toBeUndefined();
    }
  });

  it('uses what it cannot keep, and says why it is not kept', async () => {
    const store = new WeightsStore({ get: fails, put: fails, clear: fails });
    await store.ready;
    await store.use(weights('gru.pt'));
    expect([store.used?.name, store.keeping]).toEqual(['gru.pt', 'no-storage']);
    await store.forget();
    expect(store.used).toBeUndefined();
  });

  it('does not keep what is too large, nor what was kept before it', async () => {
    const shelf = new FakeShelf(weights('old.pt'));
    const store = new WeightsStore(shelf);
    await store.ready;
    await store.use(weights('large.pt', { byteLength: KEPT_BYTES + 4 } as Float32Array<ArrayBuffer>));
    expect([store.used?.name, store.keeping, shelf.value]).toEqual(['large.pt', 'too-large', undefined]);
  });

  it('is not overtaken by what was kept while it was being read', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const slow = new Promise((resolve) => { answer = resolve; });
    const shelf = new FakeShelf();
    const store = new WeightsStore({ get: () => slow, put: shelf.put, clear: shelf.clear });
    await store.use(weights('new.pt'));
    answer(weights('old.pt'));
    await store.ready;
    expect(store.used?.name).toBe('new.pt');
  });
});
