/**
 * Course pages live for years: what was pasted, sent or kept once works with this site. `contract/` has it by the version that it is of,
 * its scripts as they may still be cached among it; it is only added to.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from '@playwright/test';
import { expect, SITE, test, type Course } from './course-page';
import { longerUnless } from './harness';
import { plainText } from './playground-page';

test.use({ reuseContext: false });

interface Shown {
  readonly in: string;
  readonly text: string;
}

interface Snippet {
  readonly html: string;
  readonly frame?: boolean;
  /** Whether it came after the scripts that are kept beside it: they do not know it. */
  readonly newer?: boolean;
  readonly shows: readonly Shown[];
}

interface Saved {
  readonly what: string;
  readonly html?: string;
  readonly hash?: string;
  readonly session?: Readonly<Record<string, string>>;
  readonly local?: Readonly<Record<string, string>>;
  readonly shows: readonly Shown[];
}

interface Contract {
  readonly snippets: readonly Snippet[];
  readonly links: readonly { readonly hash: string; readonly shows: readonly Shown[] }[];
  readonly saved: readonly Saved[];
  readonly messages: readonly { readonly to: object; readonly from?: string; readonly shows?: readonly Shown[] }[];
}

const FOLDER = join(__dirname, 'contract');
const VERSIONS = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'contract.json')));

async function expectShown(where: Page | FrameLocator, shows: readonly Shown[]): Promise<void> {
  for (const { in: selector, text } of shows) {
    const found = where.locator(selector).first();
    await found.scrollIntoViewIfNeeded();
    await expect.poll(async () => (text === '' ? 'there' : await plainText(found)), `${selector}: ${text}`).toContain(text === '' ? 'there' : text);
  }
}

/** A course page with what was pasted into it. */
function pasted(course: Course, html: string): string {
  return course.page('/week-3', html.replaceAll('https://gru-playground.example/', SITE));
}

async function expectSnippet(page: Page, { frame, shows }: Snippet): Promise<void> {
  await page.locator(frame ? 'iframe' : 'gru-playground, gru-question, gru-challenge, gru-code').first().scrollIntoViewIfNeeded();
  await expectShown(frame ? page.frameLocator('iframe') : page, shows);
  if (frame) await expect.poll(() => page.locator('iframe').evaluate((element) => element.style.height)).toMatch(/px$/);
}

test('every version of the contract is here', () => {
  expect(VERSIONS).toContain('0.1.0');
});

test('a script that pages name needs no file whose name changes before it has run', () => {
  for (const name of ['gru-embed.js', 'frame-height.js', 'widget.js']) {
    const code = readFileSync(join(__dirname, '../../dist/embed', name), 'utf8');
    expect([...code.matchAll(/(?:from|import)\s*["'`]([^"'`]+)["'`]/g)].map(([, from = '']) => from).filter((from) => from !== './gru-embed.js'), name).toEqual([]);
  }
});

for (const version of VERSIONS) {
  const file = (name: string): string => readFileSync(join(FOLDER, version, name), 'utf8');
  const { snippets, links, saved, messages } = JSON.parse(file('contract.json')) as Contract;

  test.describe(`what is of version ${version}`, () => {
    for (const [index, snippet] of snippets.entries()) {
      test(`snippet ${index + 1} works`, longerUnless(index === 0), async ({ page, course }) => {
        await page.goto(pasted(course, snippet.html));
        await expectSnippet(page, snippet);
      });
    }

    test('its scripts, cached still when all else of their version is gone, take what this version has', async ({ page, course, complaints }) => {
      complaints.expect(/404|older000|Failed to load/);
      for (const name of ['gru-embed.js', 'frame-height.js', 'widget.js']) {
        const body = file(name).replaceAll(/(?<=assets\/[\w-]+)-[\w-]{8}(?=\.\w+)/g, '-older000');
        await page.route((url) => url.href === `${SITE}embed/${name}`, (route) =>
          route.fulfill({ contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' }, body }));
      }
      for (const snippet of snippets.filter(({ newer }) => !newer)) {
        await page.goto(pasted(course, snippet.html));
        await expectSnippet(page, snippet);
      }
    });

    for (const { hash, shows } of links) {
      test(`the link ${hash} opens what it opened`, longerUnless(hash.startsWith('#play') || hash.startsWith('#lab/packed')), async ({ page }) => {
        await page.goto(`./${hash}`);
        await expectShown(page, shows);
        await expect(page.getByRole('region', { name: 'Not obeyed' })).toHaveCount(0);
      });
    }

    for (const { what, html, hash = '', session = {}, local = {}, shows } of saved) {
      test(`what a browser has kept is taken up: ${what}`, longerUnless(what.startsWith('a playground')), async ({ page, course }) => {
        await page.addInitScript(({ session, local }) => {
          if (sessionStorage.getItem('put')) return;
          for (const [key, value] of Object.entries(session)) sessionStorage.setItem(key, value);
          for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value);
          sessionStorage.setItem('put', '1');
        }, { session, local });
        await page.goto(html === undefined ? `./${hash}` : pasted(course, html));
        await expectShown(page, shows);
      });
    }

    test('the messages to its frames are heard, and answered', async ({ page, course }) => {
      await page.goto(course.page('/week-4', `<iframe src="${SITE}embed.html?view=playground&amp;hide=values" title="GRU Playground" width="100%" height="640"></iframe>
        <script>globalThis.heard = []; addEventListener('message', ({ data }) => heard.push(data.type));</script>`));
      const frame = page.frameLocator('iframe');
      await expect(frame.locator('gru-result')).toBeVisible();
      for (const { to, from, shows = [] } of messages) {
        await page.evaluate((message) => {
          (globalThis as unknown as { heard: string[] }).heard.length = 0;
          document.querySelector('iframe')?.contentWindow?.postMessage(message, '*');
        }, to);
        await expectShown(frame, shows);
        if (from !== undefined) await expect.poll(() => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toContain(from);
      }
    });
  });
}
