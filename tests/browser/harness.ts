import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** Everything that a page said which it should not have: console errors and warnings, exceptions, blocked content. */
export class Complaints {
  readonly #heard: string[] = [];
  // Playwright's own remark where the configuration blocks what offline.spec.ts tests.
  readonly #expected: RegExp[] = [/Service Worker registration blocked by Playwright/];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#heard.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.#heard.push(`exception: ${error.message}`));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A page that is left in the middle of loading gives up what it asked for.
      if (reason !== 'net::ERR_ABORTED') this.#heard.push(`request failed: ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.#heard.push(`status ${response.status()}: ${response.url()}`);
    });
  }

  /** A test that provokes a complaint on purpose says which. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What was heard and not expected. */
  get unexpected(): string[] {
    return this.#heard.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }
}

interface Fixtures {
  /** Checked after every test: a page that complains fails it. */
  complaints: Complaints;
}

/** Playwright's `test`, failing also when the page complained: about the security policy, a missing file, an exception. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints(page);
      await use(complaints);
      expect(complaints.unexpected, 'the page complained').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** By how much the page is wider than its window, once what follows the window's size has done so. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
}

/**
 * From now on time passes for the page only where a test lets it, by `page.clock.runFor`: what is shown for a while stays until it
 * has been looked at, however slow the machine is. `page.clock.install()` must come before the page is opened.
 */
export async function stopTime(page: Page): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  // Far enough ahead to be in the future still when the page hears of it.
  await page.clock.pauseAt(now + 600_000);
}

/** From now on, all that is said, with the role of the region that says it. */
export async function hear(page: Page): Promise<() => Promise<string[]>> {
  await page.locator('gru-app').evaluate((app) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const region of app.shadowRoot?.querySelectorAll('.announcer') ?? []) {
      new MutationObserver(() => {
        if (region.textContent) heard.push(`${region.getAttribute('role') ?? ''}: ${region.textContent}`);
      }).observe(region, { childList: true });
    }
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

/** Lets so much time pass in earnest: what is not there then does not come. */
export async function letPass(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((wait) => new Promise((done) => setTimeout(done, wait)), milliseconds);
}

/** A text that stands in the view to be read: the announcer, which lies outside of it, may say the same. */
export function shown(page: Page, text: string, options?: { exact: boolean }): Locator {
  return page.locator('main').getByText(text, options);
}

/** Lets time pass in small steps until something is there. */
export async function runUntil(page: Page, there: Locator): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(20);
    expect(await there.isVisible()).toBe(true);
  }).toPass({ intervals: [20] });
}

/** Marks a test that the narrow screen runs too: what it tests depends on the width, on touch or on a dense screen. */
export const PHONE = { tag: '@phone' } as const;

/** Marks a test of the look that the narrow screen need not run: nothing in it depends on the width. */
export const WIDE = { tag: '@wide' } as const;

/** Marks a test that `cargo xtask test --all` runs and a plain `cargo xtask test` does not: tests of its kind stand for it there. */
export const LONGER = { tag: '@longer' } as const;

/** The tests of these names are left to `--all`. */
export function longerUnless(standsForAll: boolean): { readonly tag?: '@longer' } {
  return standsForAll ? {} : LONGER;
}

/** The smallest text in CSS pixels. */
const SMALLEST_TEXT = 12;

/** What is written smaller, in any shadow root, of all that is not hidden. */
async function smallText(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const small: string[] = [];
    const walk = (root: Node): void => {
      for (const node of root.childNodes) {
        if (node instanceof Text) {
          const element = node.parentElement;
          const text = node.data.trim();
          if (!element || text === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
          const size = parseFloat(getComputedStyle(element).fontSize);
          if (size < least) small.push(`${element.localName} '${text.slice(0, 30)}': ${size} px`);
        } else if (node instanceof Element && !['style', 'script'].includes(node.localName)) {
          if (node.shadowRoot) walk(node.shadowRoot);
          walk(node);
        }
      }
    };
    walk(document.body);
    return small;
  }, SMALLEST_TEXT);
}

/** Contrast of 7:1, of 4.5:1 for large text; axe asks for less by itself. */
const CONTRAST = 'color-contrast-enhanced';

async function expectNoFaults(page: Page, what: string, rules?: string[]): Promise<void> {
  // The page has no frames, and only what is wrong is asked for: twice as fast, and as strict.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  axe.options({
    resultTypes: ['violations'],
    rules: { [CONTRAST]: { enabled: true } },
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  });
  expect((await axe.analyze()).violations, `axe on ${what}`).toEqual([]);
}

/** Looks at the page as it stands, in light and in dark: axe finds nothing, nothing scrolls sideways, no text is too small. */
export async function inspect(page: Page, name: string): Promise<void> {
  // Colours that are still fading are neither one theme's nor the other's.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(await overflow(page), `${name}: nothing scrolls sideways`).toBe(0);
  await expectNoFaults(page, `${name}, light`);
  await keepPicture(page, `${name}-light`);
  // The elements are the same: only colours can be wrong.
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoFaults(page, `${name}, dark`, [CONTRAST, 'link-in-text-block']);
  await keepPicture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await expectLegibleSizes(page, name);
}

/** No text is too small, at this width and at a telephone's. */
async function expectLegibleSizes(page: Page, name: string): Promise<void> {
  const window = page.viewportSize();
  for (const width of new Set([window?.width ?? 1280, 360])) {
    if (width !== window?.width) await page.setViewportSize({ width, height: window?.height ?? 740 });
    expect(await smallText(page), `${name}: text below ${SMALLEST_TEXT} px at ${width}`).toEqual([]);
  }
  if (window) await page.setViewportSize(window);
}

/** With GRU_PICTURES set, keeps a picture of the page below `tests/browser/artefacts/`, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  if (!process.env['GRU_PICTURES']) return;
  const project = test.info().project.name;
  await page.screenshot({ path: join(__dirname, 'artefacts', `${name}-${project}.png`), fullPage: true });
}
