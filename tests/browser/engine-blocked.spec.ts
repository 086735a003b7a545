import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, inspect, LONGER, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

async function expectSentence(page: Page, heading: string, sentence: string): Promise<void> {
  await expect(page.getByRole('alert')).toContainText(sentence);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

const CANNOT_RUN = 'The engine cannot run here';
const FETCH = 'The engine could not be loaded. Check the connection and reload the page.';

test('the engine does not arrive: the page says so, and reloading helps once it does', PHONE, async ({ page, complaints }) => {
  complaints.expect(/\.wasm|Failed to load resource/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('./#play?seq_len=7');
  await expectSentence(page, CANNOT_RUN, FETCH);
  await inspect(page, 'engine-blocked');
  await page.unroute('**/*.wasm');
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await new PlaygroundPage(page).expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
});

test('the engine is not there', LONGER, async ({ page, complaints }) => {
  complaints.expect(/\.wasm|Failed to load resource/);
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto('./#challenge');
  await expectSentence(page, CANNOT_RUN, FETCH);
});

test('the engine is damaged', LONGER, async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: 'not what was meant' }));
  await page.goto('./');
  await expectSentence(page, CANNOT_RUN, 'The engine was loaded but did not start.');
});

test('a browser without WebAssembly', LONGER, async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto('./');
  await expectSentence(page, CANNOT_RUN, 'This browser has no WebAssembly, or it is switched off.');
});

test('a browser whose WebAssembly has no SIMD', async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto('./');
  await expectSentence(page, CANNOT_RUN, 'This browser is too old: its WebAssembly has no SIMD.');
});

test('a policy that forbids WebAssembly', async ({ page, complaints }) => {
  complaints.expect(/Content Security Policy/i);
  await page.route('./', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "default-src 'self'; script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto('./');
  await expectSentence(page, CANNOT_RUN, "This site's content security policy blocks WebAssembly.");
  await expect(page.getByRole('alert')).toContainText("script-src 'wasm-unsafe-eval'");
});

test('a view whose code does not arrive', LONGER, async ({ page, complaints }) => {
  complaints.expect(/gru-about|Failed to load resource/);
  await page.route('**/assets/gru-about*.js', (route) => route.abort());
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await page.getByRole('link', { name: 'About' }).click();
  await expectSentence(page, 'A part of the page did not load', 'Reload the page.');
});

test('a panic of the core on the page itself is survived', async ({ page, complaints }) => {
  complaints.expect(/unreachable/);
  await page.addInitScript(() => {
    const Real = WebAssembly.Instance;
    const host = window as unknown as { panics: number };
    host.panics = 0;
    WebAssembly.Instance = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
      const exports = { ...new Real(module, imports).exports } as Record<string, (...values: unknown[]) => unknown>;
      const { diagnose } = exports;
      exports['diagnose'] = (...values) => {
        if (host.panics-- > 0) throw new WebAssembly.RuntimeError('unreachable');
        return diagnose?.(...values);
      };
      return { exports };
    } as unknown as typeof WebAssembly.Instance;
  });
  const playground = await PlaygroundPage.open(page);
  await page.evaluate(() => ((window as unknown as { panics: number }).panics = 1));
  await playground.number('seq_len').fill('6');
  await playground.number('seq_len').fill('7');
  await playground.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
});

test('nothing comes from anywhere else', async ({ page }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  for (const view of ['About', 'Challenge']) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect([...hosts]).toEqual([new URL(page.url()).origin]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says that it needs it', LONGER, async ({ page, complaints }) => {
    // What the browser does not load, it says it blocked.
    complaints.expect(/request failed: \S+\.js csp/);
    await page.goto('./');
    await expect(page.locator('noscript')).toBeVisible();
    await expect(page.locator('noscript')).toContainText('needs JavaScript', { useInnerText: true });
  });
});

test('the policy served is the policy in the repository', async ({ page }) => {
  const response = await page.goto('./');
  const policy = readFileSync(join(__dirname, '../../www/csp.txt'), 'utf8').trim();
  expect(response?.headers()['content-security-policy']).toBe(policy);
  expect(policy).not.toContain('unsafe-inline');
});
