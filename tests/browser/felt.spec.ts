import type { Page } from '@playwright/test';
import { expect, LONGER, test } from './harness';
import { PlaygroundPage } from './playground-page';
import { workOf } from './work';

// What a page does at once is felt as a stop when it is too much. A time would depend on the machine: the code that runs is counted.

/** From now on, how often the page itself calls the core's modules, by the name of the call. */
async function countCalls(page: Page): Promise<() => Promise<Record<string, number>>> {
  await page.addInitScript(() => {
    const Real = WebAssembly.Instance;
    const calls: Record<string, number> = {};
    Object.assign(window, { calls });
    WebAssembly.Instance = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
      const exports: Record<string, unknown> = { ...new Real(module, imports).exports };
      for (const [name, value] of Object.entries(exports)) {
        if (typeof value !== 'function' || name.startsWith('__')) continue;
        exports[name] = (...values: unknown[]): unknown => {
          calls[name] = (calls[name] ?? 0) + 1;
          return (value as (...values: unknown[]) => unknown)(...values);
        };
      }
      return { exports };
    } as unknown as typeof WebAssembly.Instance;
  });
  return () => page.evaluate(() => {
    const { calls } = window as unknown as { calls: Record<string, number> };
    const counted = { ...calls };
    for (const name of Object.keys(calls)) Reflect.deleteProperty(calls, name);
    return counted;
  });
}

/** Waits until the page calls the core no more: what a visit still draws is not the cost of what follows. */
async function rest(calls: () => Promise<Record<string, number>>): Promise<void> {
  await expect.poll(async () => Object.keys(await calls())).toEqual([]);
}

test('a step of a slider costs little, however far it is dragged', async ({ page }) => {
  const calls = await countCalls(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await rest(calls);
  const { blocks } = await workOf(page, async () => {
    for (let steps = 6; steps <= 25; steps += 1) {
      await playground.slider('seq_len').press('ArrowRight');
      await expect(playground.heatmap('out')).toHaveAccessibleName(new RegExp(`${steps} steps`));
    }
  });
  const called = await calls();
  console.log(`20 steps of the slider: ${blocks} blocks of code run`, called);
  // A slow machine leaves out what is not seen; no machine does more than this.
  expect(blocks / 20).toBeLessThan(6_000);
  // Shapes, diagnostics, cost and code cross at once; then the values, and their pictures.
  for (const [name, each] of [['lookAtDraft', 1], ['look', 0], ['experiment_new', 1], ['heatmap', 7], ['diagnose', 0], ['cost', 0], ['code', 0]] as const) {
    expect(called[name] ?? 0, name).toBeLessThanOrEqual(20 * each);
  }
});

test('the values of a large call are computed beside the page, and only what is in sight is drawn', LONGER, async ({ page }) => {
  const calls = await countCalls(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page, 'seq_len=128&batch=16&input_size=64&hidden_size=128&num_layers=4');
  await playground.expectValues();
  await rest(calls);
  const { blocks } = await workOf(page, async () => {
    await playground.number('seq_len').fill('127');
    await expect(playground.heatmap('out')).toHaveAccessibleName(/127 steps/);
  });
  const called = await calls();
  const pixels = await page.locator('gru-heatmap canvas').evaluateAll((all: HTMLCanvasElement[]) => all.map(({ width, height }) => width * height));
  console.log(`a large result: ${blocks} blocks of code run, ${pixels.join(' + ')} pixels drawn`, called);
  expect(Object.keys(called).filter((name) => name.startsWith('experiment')), 'computed by the page itself').toEqual([]);
  expect(page.workers()).toHaveLength(1);
  expect(called['lookAtDraft']).toBe(1);
  expect(called['diagnose']).toBeUndefined();
  // Six maps, each once more if its box has changed.
  expect(called['heatmap'] ?? 0).toBeLessThanOrEqual(12);
  expect(blocks).toBeLessThan(50_000);
  // Together no more than the window has.
  expect(pixels.reduce((sum, each) => sum + each, 0)).toBeLessThan(1280 * 800);
});
