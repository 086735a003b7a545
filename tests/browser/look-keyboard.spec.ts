import type { Page } from '@playwright/test';
import { expect, longerUnless, test, WIDE } from './harness';
import { PlaygroundPage } from './playground-page';

interface Stop {
  /** What has the focus, for people to read. */
  readonly name: string;
  /** Its place among everything that can have it. */
  readonly at: number;
  /** Whether it looks otherwise than before. */
  readonly marked: boolean;
  /** Whether its middle lies within the window, and nothing else on it. */
  readonly seen: boolean;
}

/** Lists everything that the tab key should reach, in `window.stops`, and how it looks; returns how many there are. */
async function listStops(page: Page): Promise<number> {
  return page.evaluate(() => {
    const stops: Element[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('a[href], button, input, select, textarea, summary, [tabindex]')) continue;
        if (element.matches(':disabled, [tabindex="-1"]') || !element.checkVisibility({ visibilityProperty: true })) continue;
        // Of a group of radio buttons only the chosen one is a stop.
        if (element.matches('input[type=radio]:not(:checked)')) continue;
        stops.push(element);
      }
    };
    visit(document);
    // A ring may be drawn by the element, by the label around it or, within a picture, by a part of it.
    const look = (element: Element): string =>
      [element, element.closest('label') ?? element, ...element.querySelectorAll('svg *, g *')]
        .map((part) => {
          const { outlineStyle, outlineWidth, opacity } = getComputedStyle(part);
          return [outlineStyle === 'none' ? 0 : parseFloat(outlineWidth), part.matches('.ring') ? opacity : ''].join(' ');
        })
        .join();
    Object.assign(window, { stops, look, looks: stops.map(look) });
    return stops.length;
  });
}

async function focused(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return undefined;
    const { stops, look, looks } = window as unknown as { stops: Element[]; look: (element: Element) => string; looks: string[] };
    const box = element.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot) {
      const inner: Element | null = top.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === top) break;
      top = inner;
    }
    const holds = (outer: Node, inner: Node | null): boolean => {
      for (let node = inner; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) if (node === outer) return true;
      return false;
    };
    const name = `${element.localName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent.trim()}`;
    return {
      name: name.replaceAll(/\s+/g, ' ').slice(0, 60),
      at: stops.indexOf(element),
      marked: look(element) !== looks[stops.indexOf(element)],
      seen: top !== null && (holds(element, top) || holds(top, element)),
    };
  });
}

/** Goes through the page by a key until it leaves it. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab', limit: number): Promise<Stop[]> {
  const walked: Stop[] = [];
  for (;;) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (!stop || walked.some(({ at }) => at >= 0 && at === stop.at)) return walked;
    walked.push(stop);
    if (walked.length > limit) throw new Error('the tab key never comes to an end');
  }
}

for (const [name, arrive] of [
  [
    'the playground',
    async (page: Page) => {
      const playground = await PlaygroundPage.open(page, 'bidirectional=True&give_h_0=1&dropout=0.5&input_dtype=float32');
      await playground.expectValues();
      await playground.expectCells();
      // The picture of a step comes when it is near.
      await playground.values.evaluate((values) => { values.scrollIntoView({ block: 'start' }); });
      await expect(page.locator('gru-cell').getByRole('button', { name: 'mix', exact: true })).toBeVisible();
    },
  ],
  [
    'an error',
    async (page: Page) => {
      const playground = await PlaygroundPage.open(page, 'input=5,3,7');
      await expect(playground.fixes).toHaveCount(2);
    },
  ],
  [
    'the challenge',
    async (page: Page) => {
      await page.goto('./#challenge');
      await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
    },
  ],
  [
    'about',
    async (page: Page) => {
      await page.goto('./#about');
      await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
    },
  ],
] as const) {
  test(`${name}: the tab key reaches everything, and one sees where it is`, longerUnless(name === 'the playground'), async ({ page }) => {
    await arrive(page);
    // From the top, whatever had the focus.
    await page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
      scrollTo(0, 0);
    });
    const count = await listStops(page);
    const walked = await walk(page, 'Tab', count + 20);
    // On the way back, what stays on top must not cover what comes up below it.
    const back = await walk(page, 'Shift+Tab', count + 20);
    expect(back.length, 'stops on the way back').toBe(walked.length);
    expect(walked.filter(({ at }) => at < 0).map(({ name }) => name), 'stops that are not listed').toEqual([]);
    expect(walked.filter(({ marked }) => !marked).map(({ name }) => name), 'stops that one does not see').toEqual([]);
    expect([...walked, ...back].filter(({ seen }) => !seen).map(({ name }) => name), 'stops out of sight').toEqual([]);
    const missed = await page.evaluate(
      (reached) =>
        (window as unknown as { stops: Element[] }).stops.flatMap((element, index) =>
          reached.includes(index) ? [] : [`${element.localName} ${element.getAttribute('aria-label') ?? element.textContent}`.slice(0, 60)],
        ),
      walked.map(({ at }) => at),
    );
    expect(missed, 'never reached').toEqual([]);
  });
}

test('the first stop leads past the header', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await page.reload();
  await playground.expectValues();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('gru-opening').getByRole('button', { name: 'GRU', exact: true })).toBeFocused();
});

test('from the opening to a mended mistake by keyboard alone', WIDE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.shape('input').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('(5, 3, 7)');
  await playground.expectException('RuntimeError', 'input.size(-1) must be equal to input_size. Expected 10, got 7');
  await expect(playground.fixes.first()).toBeVisible();
  for (;;) {
    await page.keyboard.press('Tab');
    if (await playground.fixes.first().evaluate((fix) => fix.matches(':focus'))) break;
    expect(await page.evaluate(() => document.activeElement !== document.body), 'a fix comes before the end').toBe(true);
  }
  await page.keyboard.press('Enter');
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await expect(playground.advice).toBeFocused();
});

test('a view that is opened takes the focus to its content', WIDE, async ({ page }) => {
  await PlaygroundPage.open(page);
  await page.getByRole('link', { name: 'About' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(/About/);
});
