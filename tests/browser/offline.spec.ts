import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, inspect, LONGER, shown, test } from './harness';
import { PlaygroundPage } from './playground-page';

// Neither a stored page nor a lost network is for the tests that follow.
test.use({ serviceWorkers: 'allow', reuseContext: false });

const DIST = join(__dirname, '../../dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** The page is stored, and answered from what is stored. */
async function stored(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => { navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }); });
    }
  });
}

test('the network goes: the page reloads, with every view, module and typeface', async ({ page, context }) => {
  const playground = await PlaygroundPage.open(page, 'batch=4');
  await playground.expectValues();
  await stored(page);
  await context.setOffline(true);
  // First the page as it stands: what it has not loaded yet comes from the store.
  await page.getByRole('link', { name: 'Challenge', exact: true }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(shown(page, 'Problem 1 of 5')).toBeVisible();

  await page.goto('./#play?batch=2&hidden_size=300');
  await page.reload();
  await playground.expectPrinted('torch.Size([5, 2, 300])', 'torch.Size([2, 2, 300])');
  await playground.expectValues();
  await expect.poll(() => page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length)).toBe(2);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Lab' }).click();
  await expect(page.getByRole('navigation', { name: 'Rooms of the lab' })).toBeVisible();
  const modules = await page.evaluate(async () => {
    const names = (await Promise.all((await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).map(({ url }) => url)))).flat();
    return names.filter((url) => new URL(url).pathname.endsWith('.wasm')).length;
  });
  expect(modules, 'the page, the runs, the challenge and the lab').toBe(readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.wasm')).length);
});

test('a store that was cleared is filled again', LONGER, async ({ page, context }) => {
  const playground = await PlaygroundPage.open(page);
  await stored(page);
  const count = () =>
    page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).length))).reduce((sum, some) => sum + some, 0));
  await expect.poll(count).toBeGreaterThan(20);
  const whole = await count();
  await page.evaluate(async () => { for (const key of await caches.keys()) await caches.delete(key); });
  // The next visit finds nothing stored, and leaves the worker; the one after is as a first one.
  await page.reload();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await page.reload();
  await playground.expectValues();
  await stored(page);
  await expect.poll(count).toBe(whole);
  await context.setOffline(true);
  await page.reload();
  await playground.expectValues();
});

test('what the store answers is under the policy still', LONGER, async ({ page, context, complaints }) => {
  complaints.expect(/Content Security Policy/i);
  await page.goto('./');
  await stored(page);
  await context.setOffline(true);
  const response = await page.reload();
  expect(response?.headers()['content-security-policy']).toBe(readFileSync(join(__dirname, '../../www/csp.txt'), 'utf8').trim());
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.inline = "ran"';
    document.head.append(script);
    return document.documentElement.dataset['inline'];
  });
  expect(ran).toBeUndefined();
});

test('the page can be installed', LONGER, async ({ page }) => {
  await page.goto('./');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await page.evaluate(async (href) => (await fetch(href ?? '')).json() as Promise<{ icons: { src: string; sizes: string; type: string }[] } & Record<string, unknown>>, address);
  expect(manifest).toMatchObject({ name: 'GRU Playground', display: 'standalone', start_url: './', scope: './' });
  for (const { src, sizes, type } of manifest.icons) {
    const [size, mime] = await page.evaluate(async (url) => {
      const response = await fetch(url);
      const image = new Image();
      image.src = url;
      await image.decode();
      return [`${String(image.naturalWidth)}x${String(image.naturalHeight)}`, response.headers.get('content-type')];
    }, src);
    expect(mime).toBe(type);
    if (sizes !== 'any') expect(size).toBe(sizes);
  }
  // Chromium's own judgement of what makes a page installable.
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test.describe('a newer build under an open page', () => {
  let site: string;
  let server: Server;
  let address: string;

  test.beforeEach(async () => {
    site = mkdtempSync(join(tmpdir(), 'gru-offline-'));
    cpSync(DIST, site, { recursive: true });
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      try {
        const body = readFileSync(join(site, pathname === '/' ? 'index.html' : pathname));
        response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'text/html', 'cache-control': 'no-cache' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  });

  test.afterEach(() => {
    server.close();
    rmSync(site, { recursive: true });
  });

  /** Publishes a build whose every script, page and style has another name or content, and says `newer`; the old is gone. */
  function publish(): void {
    const scripts = readdirSync(join(site, 'assets')).filter((name) => name.endsWith('.js'));
    const renamed = new Map(scripts.map((name) => [name, name.replace(/\.js$/, '-newer.js')]));
    const rewrite = (path: string): void => {
      let text = readFileSync(path, 'utf8');
      for (const [from, to] of renamed) text = text.replaceAll(from, to);
      writeFileSync(path, text.replaceAll('<title>GRU', '<title>newer GRU').replaceAll(', gated recurrent unit, reads', ', gated recurrent unit, newly reads'));
    };
    for (const [from, to] of renamed) {
      rewrite(join(site, 'assets', from));
      cpSync(join(site, 'assets', from), join(site, 'assets', to));
      rmSync(join(site, 'assets', from));
    }
    rewrite(join(site, 'index.html'));
    rewrite(join(site, 'sw.js'));
    // Its revision is that of its content.
    writeFileSync(join(site, 'sw.js'), readFileSync(join(site, 'sw.js'), 'utf8').replace(/(url:"index\.html",revision:")[^"]*|(revision:")[^"]*(",url:"index\.html")/, '$1$2newer$3'));
  }

  test('is offered, never mixed in, and taken whole by every tab', async ({ page, context }) => {
    await page.goto(`${address}#play?batch=4`);
    const playground = new PlaygroundPage(page);
    await playground.expectValues();
    await stored(page);
    const tab = await context.newPage();
    await tab.goto(`${address}#about`);
    await expect(tab.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();

    publish();
    const asked: string[] = [];
    context.on('request', (request) => {
      if (!request.serviceWorker()) asked.push(request.url());
    });
    await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
    const offer = page.getByRole('region', { name: 'Update' });
    await expect(offer).toContainText('A newer version of this page is here.');
    await inspect(page, 'update');

    // What was not loaded yet is of the page's own version: the host has it no more.
    await page.getByRole('link', { name: 'Challenge', exact: true }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
    expect(asked.filter((url) => url.includes('newer'))).toEqual([]);
    // Nor does a reload take what was not accepted.
    await page.goto(`${address}#play?batch=4`);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^A GRU, gated recurrent unit, reads/);

    await playground.number('seq_len').fill('6');
    await offer.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^A GRU, gated recurrent unit, newly reads/);
    await playground.expectPrinted('torch.Size([6, 4, 20])', 'torch.Size([2, 4, 20])');
    await playground.expectValues();
    await expect(offer).toHaveCount(0);
    const loaded = (of: Page) => of.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js')));
    await expect(tab.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
    for (const open of [page, tab]) {
      await expect.poll(async () => (await loaded(open)).filter((name) => !name.includes('newer') && !name.endsWith('sw.js'))).toEqual([]);
      expect((await loaded(open)).length, 'its scripts').toBeGreaterThan(1);
    }
  });
});
