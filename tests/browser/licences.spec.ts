/** What of others goes with the page, with its licence: in the site and in the page in one file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './harness';

test.use({ reuseContext: false });

const TOP = join(__dirname, '../..');
const DIST = join(TOP, 'dist');
const FILES = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
const TEXT = readFileSync(join(DIST, 'licences.txt'), 'utf8');
const ENTRIES = TEXT.split('\n').filter((line) => /^(?:typeface|npm package|Rust crate|data set) /.test(line));

function has(kind: string, name: string): boolean {
  return ENTRIES.some((line) => line.startsWith(`${kind} ${name} `));
}

/** What packages leave of themselves in the code that they are bundled into. */
const TRACES: readonly (readonly [name: string, trace: RegExp])[] = [
  ['lit-html', /litHtmlVersions/], ['lit-element', /litElementVersions/], ['@lit/reactive-element', /reactiveElementVersions/],
];

test('every typeface and every package whose traces are in the site has an entry', () => {
  const typefaces = FILES.filter((file) => file.endsWith('.woff2')).map((file) => /([a-z]+)-[\w-]{8}\.woff2$/.exec(file)?.[1] ?? file);
  expect(typefaces.length).toBeGreaterThan(1);
  for (const name of typefaces) expect(has('typeface', `@fontsource-variable/atkinson-hyperlegible-${name}`), name).toBe(true);

  const code = FILES.filter((file) => file.endsWith('.js')).map((file) => readFileSync(join(DIST, file), 'utf8')).join('\n');
  const workbox = new Set([...code.matchAll(/workbox:(\w+):\d/g)].map(([, part = '']) => `workbox-${part}`));
  expect(workbox.size).toBeGreaterThan(3);
  for (const name of workbox) expect(has('npm package', name), name).toBe(true);
  for (const [name, trace] of TRACES) {
    expect(code, name).toMatch(trace);
    expect(has('npm package', name), name).toBe(true);
  }
});

test('About leads to the list, and each entry has its licence', async ({ page, complaints }) => {
  // A text has no icon, so the browser asks for the usual one.
  complaints.expect(/404/);
  await page.goto('./#about');
  await page.getByRole('link', { name: 'licences.txt' }).click();
  await expect(page).toHaveURL(/licences\.txt$/);
  expect(ENTRIES.length).toBeGreaterThan(60);
  for (const entry of ENTRIES) expect(entry).toMatch(/: \S/);
  await expect(page.locator('body')).toContainText('SIL OPEN FONT LICENSE');
});

test('the page in one file has the same list in itself', async ({ page }) => {
  await page.goto(`${pathToFileURL(join(TOP, 'dist-single/gru-playground.html')).href}#about`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save licences.txt' }).click()]);
  expect(download.suggestedFilename()).toBe('licences.txt');
  expect(readFileSync(await download.path(), 'utf8')).toBe(TEXT);
});
