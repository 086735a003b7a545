import type { Locator, Page, Request, Route } from '@playwright/test';
import { expect, overflow, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';
import { plainName, workOf } from './work';

// What a first visit costs, in counts. Times would depend on the machine: `cargo xtask test audit` prints some.

test('the first frame waits for the page and its styles, and for nothing else', async ({ page }) => {
  const held: Route[] = [];
  const passed: Request[] = [];
  let holding = true;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (['document', 'stylesheet'].includes(request.resourceType()) || plainName(request.url()) === 'first.js') {
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
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(passed.map((request) => request.resourceType()).sort()).toEqual(['document', 'script', 'stylesheet', 'stylesheet']);
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  await new PlaygroundPage(page).expectValues();
});

/** All that is read of an element, through its shadow root, with what stands in its fields. */
async function readingOf(element: Locator): Promise<string> {
  return element.evaluate((host) => {
    const text = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (node instanceof HTMLStyleElement) return '';
      const field = node instanceof HTMLInputElement ? `[${node.value}]` : '';
      const inside = node instanceof Element && node.shadowRoot && node.localName !== 'gru-term' ? node.shadowRoot : node;
      return field + [...inside.childNodes].map(text).join('');
    };
    return text(host).replaceAll(/\s+/g, ' ').trim();
  });
}

test('the first view says before the code is there what the core says, at the same place, and is gone then', PHONE, async ({ page }) => {
  let release: (() => void) | undefined;
  const held = new Promise<void>((done) => { release = done; });
  await page.route(/\/index-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  const still = page.locator('.first-opening');
  await expect(still.getByText('It was bad, says the GRU')).toBeVisible();
  const [said, place] = [await readingOf(still), await still.locator('.answer').boundingBox()];
  expect(await overflow(page)).toBe(0);
  // Nothing that cannot be pressed yet takes the focus; links lead where they lead.
  await page.keyboard.press('Tab');
  await expect(page.locator('.first-header .brand')).toBeFocused();
  release?.();
  const alive = page.locator('gru-opening');
  await expect(alive.getByText('It was bad, says the GRU')).toBeVisible();
  await expect(still).toHaveCount(0);
  expect(await readingOf(alive)).toBe(said);
  const now = await alive.locator('.answer').boundingBox();
  for (const side of ['x', 'y', 'width', 'height'] as const) expect(now?.[side], side).toBeCloseTo(place?.[side] ?? NaN, 0);
});

for (const [what, arrive] of [
  ['an address', async (page: Page) => page.goto('./#lab/train', { waitUntil: 'commit' })],
  ['a link of Play', async (page: Page) => page.goto('./#play?seq_len=7', { waitUntil: 'commit' })],
  ['a sentence of the tab', async (page: Page) => {
    await page.addInitScript(() => { sessionStorage.setItem('gru-playground.sentence', 'never good'); });
    await page.goto('./', { waitUntil: 'commit' });
  }],
] as const) {
  test(`the first view is not shown where ${what} holds another state`, async ({ page }) => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((done) => { release = done; });
    await page.route(/\/index-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await arrive(page);
    await expect(page.getByText('GRU Playground is starting')).toBeVisible();
    await expect(page.locator('.first-opening')).toBeHidden();
    release?.();
    await expect(page.locator('gru-header nav').first()).toBeVisible();
    await expect(page.locator('.first-opening')).toBeHidden();
  });
}

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
  expect(scripts).toEqual(['first.js', 'gru-heatmap.js', 'gru-play-view.js', 'index.js', 'rolldown-runtime.js', 'shared.js']);
  expect(wasm).toEqual(['gru_page_bg.wasm']);
  expect(page.workers()).toHaveLength(0);
  // A fifth more than it takes today.
  expect(blocks).toBeLessThan(270_000);
  expect(elements).toBeLessThan(1_600);
});
