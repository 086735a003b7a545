import type { Page } from '@playwright/test';
import { expect, LONGER, test } from './harness';
import { PlaygroundPage } from './playground-page';

/** More than the page computes itself. */
const WORKERS = 'seq_len=50&batch=8&input_size=64&hidden_size=64';

/** The builds of the run module that a page asks for, by their names without hashes. */
function asked(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/(gru_run(?:_relaxed)?)_bg[^/]*\.wasm$/.exec(request.url()) ?? [];
    if (name !== undefined) names.push(name);
  });
  return names;
}

/** What the page keeps of the builds. */
function kept(page: Page): Promise<{ measured?: { simd128: number; relaxed: number } } | null> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('gru-playground.engine') ?? 'null') as object | null);
}

test('a first visit loads one build, a later one measures both, and the about page tells which computes', async ({ page }) => {
  const names = asked(page);
  await (await PlaygroundPage.open(page, WORKERS)).expectValues();
  expect(names).toEqual(['gru_run_relaxed']);
  await expect.poll(() => kept(page)).toEqual({ version: expect.any(String) as unknown });
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByText('The next visit measures')).toBeVisible();

  names.length = 0;
  await page.goto('about:blank');
  await (await PlaygroundPage.open(page, WORKERS)).expectValues();
  await expect.poll(async () => Object.keys((await kept(page))?.measured ?? {})).toEqual(['simd128', 'relaxed']);
  expect(names.toSorted()).toEqual(['gru_run', 'gru_run_relaxed', 'gru_run_relaxed']);
  // What measured is gone; what computes is there.
  await expect.poll(() => page.workers().length).toBe(1);

  // What was slower is not loaded again.
  await page.evaluate(() => {
    const entry = JSON.parse(localStorage.getItem('gru-playground.engine') ?? '{}') as object;
    localStorage.setItem('gru-playground.engine', JSON.stringify({ ...entry, measured: { simd128: 1, relaxed: 1.5 } }));
  });
  names.length = 0;
  await page.goto('about:blank');
  await (await PlaygroundPage.open(page, WORKERS)).expectValues();
  expect(names).toEqual(['gru_run']);
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByText('Here the build with plain SIMD computes. It measured 1.00 ms where the one with relaxed SIMD took 1.50 ms.')).toBeVisible();
});

test('a browser without relaxed SIMD loads the build with plain SIMD', LONGER, async ({ page }) => {
  await page.addInitScript(() => {
    const validate = WebAssembly.validate.bind(WebAssembly);
    // The opcode of f32x4.relaxed_madd.
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes as ArrayBuffer).join().includes('253,133,2') && validate(bytes);
  });
  const names = asked(page);
  await (await PlaygroundPage.open(page, WORKERS)).expectValues();
  expect(names).toEqual(['gru_run']);
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByText('this browser has no relaxed SIMD')).toBeVisible();
});

test('the builds give the same values', async ({ page }) => {
  const query = `${WORKERS}&num_layers=2&bidirectional=true`;
  const readouts: string[] = [];
  for (const measured of [{ simd128: 1, relaxed: 2 }, { simd128: 2, relaxed: 1 }]) {
    const names = asked(page);
    await (await PlaygroundPage.open(page, query)).expectValues();
    await expect.poll(() => kept(page)).not.toBeNull();
    await page.evaluate((measured) => {
      const entry = JSON.parse(localStorage.getItem('gru-playground.engine') ?? '{}') as object;
      localStorage.setItem('gru-playground.engine', JSON.stringify({ ...entry, measured }));
    }, measured);
    await page.goto('about:blank');
    names.length = 0;
    const playground = await PlaygroundPage.open(page, query);
    await playground.expectValues();
    expect(names).toEqual([measured.relaxed < measured.simd128 ? 'gru_run_relaxed' : 'gru_run']);
    readouts.push(((await playground.heatmap('out').getAttribute('aria-label')) ?? '') + ((await playground.readout('out').textContent()) ?? ''));
    page.removeAllListeners('request');
  }
  expect(readouts[0]).toMatch(/\d/);
  expect(readouts[1]).toBe(readouts[0]);
});

test('the memory of a large run is given back', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, WORKERS);
  await playground.expectValues();
  const [small] = page.workers();
  if (!small) throw new Error('no worker');
  // 77 MB of output, and nearly as much of what it is made of.
  const gone = new Promise((resolve) => small.once('close', resolve));
  await page.goto('./#play?seq_len=1000&batch=2400&input_size=1&hidden_size=8&num_layers=1');
  await expect(playground.heatmap('out')).toHaveAccessibleName(/1000 steps/);
  await gone;
  // What was computed stays.
  await expect(playground.heatmap('r')).toHaveAccessibleName(/1000 steps/);
  // The next run finds a worker with a small memory.
  await expect.poll(() => page.workers().length).toBe(1);
  await page.goto(`./#play?${WORKERS.replace('50', '51')}`);
  await expect(playground.heatmap('out')).toHaveAccessibleName(/51 steps/);
  expect(page.workers()).toHaveLength(1);
});
