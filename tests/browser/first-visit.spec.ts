import type { Request, Route } from '@playwright/test';
import { expect, test } from './harness';
import { PlaygroundPage } from './playground-page';
import { plainName, workOf } from './work';

// What a first visit costs, in counts. Times would depend on the machine: `cargo xtask test audit` prints some.

test('the first frame waits for the page and its styles, and for nothing else', async ({ page }) => {
  const held: Route[] = [];
  const passed: Request[] = [];
  let holding = true;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (['document', 'stylesheet'].includes(request.resourceType())) {
      passed.push(request);
      await route.continue();
    } else if (holding) held.push(route);
    else await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  const state = async (): Promise<string> => {
    const frames = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
    return frames > 0 ? 'painted' : `waits for one of ${held.map((route) => plainName(route.request().url())).join(', ')}`;
  };
  await expect.poll(state, { message: 'the first frame' }).toBe('painted');
  await expect(page.getByText('GRU Playground is starting')).toBeVisible();
  expect(passed.map((request) => request.resourceType())).toEqual(['document', 'stylesheet']);
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  await new PlaygroundPage(page).expectValues();
});

test('the first visit does no more than it needs', async ({ page }) => {
  const wasm: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) wasm.push(plainName(request.url()));
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { blocks, scripts } = await workOf(page, async () => {
    await page.goto('./');
    await new PlaygroundPage(page).expectValues();
  });
  const elements = await page.evaluate(() => {
    const count = (root: ParentNode): number =>
      [...root.querySelectorAll('*')].reduce((sum, element) => sum + 1 + (element.shadowRoot ? count(element.shadowRoot) : 0), 0);
    return count(document);
  });
  console.log(`first visit: ${blocks} blocks of code run, ${elements} elements`);
  // No view but the playground, and of the core what answers shapes and small calls.
  expect(scripts).toEqual(['gru-heatmap.js', 'gru-play-view.js', 'index.js', 'shared.js']);
  expect(wasm).toEqual(['gru_page_bg.wasm']);
  expect(page.workers()).toHaveLength(0);
  // A fifth more than it takes today.
  expect(blocks).toBeLessThan(270_000);
  expect(elements).toBeLessThan(1_300);
});
