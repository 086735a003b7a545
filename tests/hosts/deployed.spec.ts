/** The built site as docs/deploying.md publishes it: under the headers documented there, embedded by a page of another origin. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from '../browser/course-page';
import { plainText } from '../browser/playground-page';
import { headersFile, nginx, type Rules } from './headers';

const TOP = join(__dirname, '..', '..');
const DIST = join(TOP, 'dist');
const DOCS = readFileSync(join(TOP, 'docs/deploying.md'), 'utf8');

/** What pages of others name: it is only added to. */
const STABLE = ['embed/gru-embed.js', 'embed/frame-height.js', 'embed/widget.js', 'embed.html', 'index.html'];

const POLICY = readFileSync(join(TOP, 'www/csp.txt'), 'utf8').trim();
const FRAMEABLE_POLICY = POLICY.replace("; frame-ancestors 'self'", '');

const FILES = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(DIST.length + 1).replaceAll('\\', '/'))
  .filter((file) => file !== '_headers');

function blockOf(language: string): string {
  const [, text] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(DOCS) ?? [];
  if (text === undefined) throw new Error(`the docs have no ${language}`);
  return text;
}

/** How the docs have a site published: the path below which it lies, and its headers. */
const HOSTS = [
  { host: '_headers', root: '/', rules: headersFile(readFileSync(join(DIST, '_headers'), 'utf8')) },
  { host: 'nginx', root: '/gru/', rules: nginx(blockOf('nginx'), '/gru/') },
];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
};

/** Answers for a file otherwise: another content, or none. */
type Changed = (path: string) => Buffer | null | undefined;

/** Serves the site below a path. */
class Site {
  readonly #server: Server;
  readonly #root: string;
  change: Changed = () => undefined;

  constructor(root: string, rules: Rules) {
    this.#root = root;
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site.test');
      const path = pathname.startsWith(root) ? `/${pathname.slice(root.length)}` : undefined;
      const file = path === undefined ? '' : path.endsWith('/') ? `${path}index.html` : path;
      const changed = this.change(file);
      const content = changed === undefined && FILES.includes(file.slice(1)) ? readFileSync(join(DIST, file)) : changed;
      response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...(path !== undefined && rules(path)) });
      response.end(content ?? 'not found');
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#root}`;
  }
}

async function expectOut(within: Pick<Locator, 'locator'>, shape: string): Promise<void> {
  await expect.poll(() => plainText(within.locator('gru-result dd').first())).toBe(shape);
}

/** A hash of its content in a file's name. */
const HASHED = /-[\w-]{8}\.\w+$/;

test('what changes its name lies in assets/, and only that', () => {
  expect(FILES.length).toBeGreaterThan(30);
  for (const file of FILES) expect(HASHED.test(file), file).toBe(file.startsWith('assets/'));
});

test('every version has the addresses that pages of others name', () => {
  for (const file of STABLE) {
    expect(FILES).toContain(file);
    expect(DOCS).toContain(`\`${file}\``);
  }
  expect(STABLE.filter((file) => file.startsWith('embed/'))).toEqual(
    expect.arrayContaining(FILES.filter((file) => file.startsWith('embed/') && file !== 'embed/frame.js')),
  );
});

test('what a newer version imports from a script that may be cached still has the same names', () => {
  const imported = FILES.filter((file) => file.endsWith('.js')).flatMap((file) =>
    [...readFileSync(join(DIST, file), 'utf8').matchAll(/import\{([^}]*)\}from"(?:\.\.\/embed|\.)\/gru-embed\.js"/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.replace(/ as .*/, '')),
    ),
  );
  // This list, too, is only added to: an older script lacks a name that is new.
  expect([...new Set(imported)].sort()).toEqual(['__vitePreload', 'attributeText']);
});

for (const { host, root, rules } of HOSTS) {
  test.describe(host, () => {
    const site = new Site(root, rules);
    test.beforeAll(() => site.listen());
    test.afterAll(() => site.close());
    test.beforeEach(() => {
      site.change = () => undefined;
    });

    test('every file may be loaded from anywhere, and is kept for as long as its name lasts', () => {
      for (const file of FILES) {
        const headers = rules(`/${file}`);
        expect(headers, file).toMatchObject({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' });
        expect(headers, file).not.toHaveProperty('x-frame-options');
        const policy = headers['content-security-policy'];
        if (file === 'index.html') expect(policy, file).toBe(POLICY);
        // Whatever else has a policy may stand in any page: `embed.html` is made for it.
        else if (policy !== undefined || file === 'embed.html') expect(policy, file).toBe(FRAMEABLE_POLICY);
        const kept = headers['cache-control'];
        if (file.startsWith('assets/')) expect(kept, file).toBe('public, max-age=31536000, immutable');
        else if (/\.(?:html|js|webmanifest)$/.test(file)) expect(kept, file).toBe('no-cache');
        else expect([undefined, 'no-cache'], file).toContain(kept);
      }
    });

    test('the snippets of the dialogue name what every version has, and work on a page of another origin', async ({ page, course }) => {
      await page.goto(`${site.address}#play?seq_len=7&bidirectional=True`);
      await page.getByRole('button', { name: 'Embed' }).click();
      const dialog = page.getByRole('dialog', { name: 'Embed' });
      const snippet = dialog.getByRole('region', { name: 'Paste this' });
      await expect(snippet).toContainText('<gru-playground');
      const texts: string[] = [];
      for (const what of ['The playground as it is', 'The challenge', 'Problem 5 alone']) {
        await dialog.getByLabel('What').selectOption(what);
        for (const form of ['Element', 'Frame', 'Link']) {
          await dialog.getByRole('radio', { name: form }).check();
          await expect(snippet).toContainText(form === 'Element' ? '<script' : form === 'Frame' ? '<iframe' : '<a href');
          texts.push((await snippet.textContent()) ?? '');
        }
      }
      const named = texts.flatMap((text) => [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address));
      expect(named.length).toBeGreaterThan(12);
      for (const address of named) {
        expect(address.startsWith(site.address), address).toBe(true);
        const file = address.slice(site.address.length).replace(/[?#].*/, '');
        expect(STABLE, address).toContain(file === '' ? 'index.html' : file);
        expect(HASHED.test(file), address).toBe(false);
        expect(existsSync(join(DIST, file)), address).toBe(true);
      }
      expect(texts.join()).not.toContain('integrity');

      await page.goto(course.page('/', `${texts[0] ?? ''}${texts[1] ?? ''}`));
      expect(course.origin).not.toBe(new URL(site.address).origin);
      await expectOut(page.locator('gru-playground'), 'torch.Size([7, 3, 40])');
      await page.locator('iframe').scrollIntoViewIfNeeded();
      await expectOut(page.frameLocator('iframe'), 'torch.Size([7, 3, 40])');
      await expect.poll(() => page.locator('iframe').evaluate((iframe) => iframe.style.height)).toMatch(/px$/);
    });

    test('an element whose files went with a newer version asks for that version', async ({ page, course, complaints }) => {
      complaints.expect(/mount-older|Failed to load resource/);
      const shell = readFileSync(join(DIST, 'embed/gru-embed.js'), 'utf8');
      const older = shell.replaceAll(/mount-[\w-]{8}\.js/g, 'mount-older000.js');
      expect(older).not.toBe(shell);
      site.change = (path) => (path === '/embed/gru-embed.js' ? Buffer.from(older) : undefined);
      await page.goto(course.page('/', `<script type="module" src="${site.address}embed/gru-embed.js"></script>
        <div style="height: 5000px"></div><gru-playground seq-len="7"></gru-playground>`));
      await page.waitForFunction(() => customElements.get('gru-playground') !== undefined);
      site.change = () => undefined;
      await page.evaluate(() => {
        scrollTo(0, 5000);
      });
      await expectOut(page.locator('gru-playground'), 'torch.Size([7, 3, 20])');
    });
  });
}
