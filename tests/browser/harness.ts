import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** Everything that a page said which it should not have: console errors and warnings, exceptions, blocked content. */
export class Complaints {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];

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

/** Fails where axe finds anything on the page as it stands. */
export async function expectNoFaults(page: Page, what: string): Promise<void> {
  // The page has no frames, and only what is wrong is asked for: twice as fast, and as strict.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  expect((await axe.analyze()).violations, `axe on ${what}`).toEqual([]);
}

/** By how much the page is wider than its window, once what follows the window's size has done so. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
}

/** Keeps a picture of the page below `tests/browser/artefacts/`, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const project = test.info().project.name;
  await page.screenshot({ path: join(__dirname, 'artefacts', `${name}-${project}.png`), fullPage: true });
}
