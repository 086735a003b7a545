import type { Page } from '@playwright/test';
import { expect, LONGER, longerUnless, overflow, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

// What people need who speak to the page, enlarge it, or bring colours of their own.

/** Every view, with as much of it open as there is. */
const VIEWS: readonly (readonly [name: string, arrive: (page: Page) => Promise<unknown>])[] = [
  [
    'play',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'bidirectional=True&give_h_0=1&other.device=%27cuda%27');
      await playground.expectValues();
      for (const twin of await page.locator('gru-flow-table summary, gru-values-table summary, gru-heatmap summary').all()) await twin.click();
    },
  ],
  ['an error', async (page) => { await expect((await PlaygroundPage.open(page, 'input=5,3,7')).fixes).toHaveCount(2); }],
  [
    'training',
    async (page) => {
      const room = await TrainPage.open(page, 'steps=20&seq_len=4&batch=8');
      await room.start();
      await expect(room.status).toHaveText(/^Run A finished/);
    },
  ],
  [
    'gradients',
    async (page) => {
      await page.goto('./#lab/gradients');
      await expect(page.locator('gru-heatmap')).toHaveCount(4);
    },
  ],
  [
    'packed',
    async (page) => {
      await page.goto('./#lab/packed?lengths=2,5');
      await expect(page.locator('.exception')).toBeVisible();
    },
  ],
  [
    'other cells',
    async (page) => {
      await page.goto('./#lab/variants');
      await expect(page.locator('gru-module-card')).toBeVisible();
    },
  ],
  [
    'the start of the challenge',
    async (page) => {
      await page.goto('./#challenge');
      await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
    },
  ],
  [
    'a question',
    async (page) => {
      await page.goto('./#challenge');
      await page.getByRole('button', { name: 'Start' }).click();
      await expect(page.getByRole('radio')).toHaveCount(5);
    },
  ],
  [
    'about',
    async (page) => {
      await page.goto('./#about');
      await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
    },
  ],
];

const STAND_FOR_ALL: ReadonlySet<string> = new Set(['play', 'a question']);

for (const [name, arrive] of VIEWS) {
  test(`${name}: who says what is written on a control reaches it`, longerUnless(STAND_FOR_ALL.has(name)), async ({ page }) => {
    await arrive(page);
    const client = await page.context().newCDPSession(page);
    // The name as the browser reckons it, for each element that can be pressed or set.
    const named = new Map<number, string>();
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    for (const { backendDOMNodeId, name: given, ignored } of nodes) if (backendDOMNodeId !== undefined && !ignored) named.set(backendDOMNodeId, String(given?.value ?? ''));
    const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
    const wrong: string[] = [];
    interface Dom { backendNodeId: number; nodeName: string; nodeType: number; children?: Dom[]; shadowRoots?: Dom[]; nodeId: number }
    const controls: Dom[] = [];
    const visit = (node: Dom): void => {
      if (['BUTTON', 'A', 'SUMMARY', 'INPUT', 'SELECT'].includes(node.nodeName) && named.has(node.backendNodeId)) controls.push(node);
      for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) visit(child);
    };
    visit(root);
    expect(controls.length).toBeGreaterThan(5);
    for (const { backendNodeId } of controls) {
      const { object } = await client.send('DOM.resolveNode', { backendNodeId });
      if (object.objectId === undefined) continue;
      const { result } = await client.send('Runtime.callFunctionOn', {
        objectId: object.objectId,
        returnByValue: true,
        // What is seen: of a field, its label.
        functionDeclaration: `function () {
          const seen = (node) => {
            if (node.nodeType === 3) return node.data;
            if (node.nodeType !== 1 || node.matches('.visually-hidden, [aria-hidden=true], select, .differs') || !node.checkVisibility()) return '';
            return [...(node.shadowRoot ?? node).childNodes].map(seen).join('');
          };
          return this.matches('input, select') ? [...(this.labels ?? [])].map(seen).join(' ') : seen(this);
        }`,
      });
      const words = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}÷×.]+/gu, '');
      const written = words(String(result.value));
      const given = words(named.get(backendNodeId) ?? '');
      if (given === '') wrong.push(`'${written}' has no name`);
      else if (!given.includes(written)) wrong.push(`'${written}' is called '${given}'`);
    }
    await client.detach();
    expect(wrong).toEqual([]);
  });

  test(`${name}: with text of twice the size nothing is squeezed away`, longerUnless(STAND_FOR_ALL.has(name)), async ({ page }) => {
    await arrive(page);
    // As who enlarges text alone: the window stays as wide as it was.
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    await expect.poll(() => overflow(page), 'scrolls sideways').toBeLessThanOrEqual(0);
    const narrow = await page.evaluate(() => {
      const found: string[] = [];
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('gru-panel, gru-code-panel, gru-result, gru-advice, .card, .stage')) {
          const { width } = element.getBoundingClientRect();
          if (element.checkVisibility() && width < 480) found.push(`${element.localName} is ${width} px wide`);
        }
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
      };
      visit(document);
      return found;
    });
    expect(narrow).toEqual([]);
    await page.evaluate(() => { document.documentElement.style.removeProperty('font-size'); });
  });
}

test('an explanation stays while the pointer is on it, and goes when it has left or with Escape', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const tip = page.locator('gru-tooltip [popover]');
  const label = playground.controls.locator('gru-number[name=num_layers] label');
  await label.hover();
  await expect(tip).toBeVisible();
  const text = await tip.textContent();
  await tip.hover();
  await page.waitForTimeout(700);
  await expect(tip).toBeVisible();
  await expect(tip).toHaveText(text ?? '');
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
  await label.hover();
  await expect(tip).toBeVisible();
  await page.mouse.move(640, 5);
  await expect(tip).toBeHidden();
});

test('the explanation of a field is shown when a key leads to it, and not when it is clicked or written in', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const tip = page.locator('gru-tooltip [popover]');
  await playground.number('seq_len').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(playground.number('batch')).toBeFocused();
  await expect(tip).toBeVisible();
  await page.keyboard.press('4');
  await expect(tip).toBeHidden();
  await playground.number('num_layers').click();
  await page.waitForTimeout(200);
  await expect(tip).toBeHidden();
});

test('a question that is answered without a choice says so at its options', async ({ page }) => {
  await page.goto('./#challenge');
  await page.getByRole('button', { name: 'Start' }).click();
  const options = page.getByRole('radiogroup', { name: /^Choose one/ });
  await expect(options).toHaveAttribute('aria-required', 'true');
  await expect(options).toHaveAttribute('aria-invalid', 'false');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(options).toHaveAttribute('aria-invalid', 'true');
  await expect(options).toHaveAccessibleDescription('Choose an option first.');
  await page.getByRole('radio').first().check();
  await expect(options).toHaveAttribute('aria-invalid', 'false');
  await expect(options).toHaveAccessibleDescription('');
});

test('in forced colours the current view and room are told from the others, and pictures have the colours of text, whatever the theme', async ({ page }) => {
  // A dark palette of one's own, and the light theme chosen.
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await page.goto('./');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
  const colours = (selector: string, property: 'fill' | 'stroke') =>
    page.locator(selector).evaluateAll((all, name) => [...new Set(all.map((element) => getComputedStyle(element)[name]))], property);
  await expect(page.locator('gru-flow svg')).toBeVisible();
  const text = await page.evaluate(() => getComputedStyle(document.body).color);
  expect(await colours('gru-flow .token text', 'fill')).toEqual([text]);
  expect(await colours('gru-flow .edge', 'stroke')).toEqual([text]);
  expect(await colours('gru-flow .cell rect', 'stroke')).toEqual([text]);
  // A border of the current one alone differs from the ground.
  await page.goto('./#lab/gradients');
  await expect(page.locator('gru-lab a[aria-current]')).toBeVisible();
  const borders = (links: string, pseudo = '') =>
    page.locator(links).evaluateAll((all, of) => {
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      return all.map((link) => {
        const { borderBottomColor, borderBottomWidth, content } = getComputedStyle(link, of);
        return !(of !== '' && content === 'none') && borderBottomWidth !== '0px' && borderBottomColor !== ground ? link.textContent.trim() : '';
      });
    }, pseudo);
  expect((await borders('gru-lab nav a')).filter((name) => name !== '')).toEqual(['Gradients']);
  expect((await borders('gru-header nav a', '::after')).filter((name) => name !== '')).toEqual(['Lab']);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('system');
  await page.emulateMedia({ forcedColors: null, colorScheme: null });
});

test('who asks for more contrast has lines that are seen and one ink', LONGER, async ({ page }) => {
  await page.emulateMedia({ contrast: 'more', colorScheme: 'light' });
  const playground = await PlaygroundPage.open(page);
  await expect(playground.result).toHaveCSS('color', 'rgb(0, 0, 0)');
  await expect(playground.result).toHaveCSS('border-top-color', 'rgb(64, 77, 90)');
  await expect(page.locator('gru-listing .actions .button').first()).toHaveCSS('border-top-color', 'rgb(64, 77, 90)');
  await page.emulateMedia({ contrast: null, colorScheme: null });
});

test('the result is read after the code that prints it, and the legend has no stops', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const headings = await page.locator('gru-play-view').getByRole('heading', { level: 2 }).allTextContents();
  expect(headings.map((text) => text.trim()).slice(0, 5)).toEqual(['Change a number. Watch the shapes.', 'Controls', 'Why, and fixes', 'Code', 'Result']);
  await expect(playground.advice.locator('gru-legend').getByRole('button')).toHaveCount(0);
});

/** Texts of one line or box that a reader sees apart, and that have nothing between them for who hears them. */
async function runTogether(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const WORDS = 'a, b, code, em, kbd, label, small, span, strong, sub, time, gru-axis, gru-shape, slot';
    const found: string[] = [];
    let before: { node: Text; control: Element | undefined } | undefined;
    const edge = (node: Text, at: number): DOMRect => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const leaf = (node: Text, control: Element | undefined): void => {
      if (before && before.control === control && /[\p{L}\p{N}]$/u.test(before.node.data) && /^[\p{L}\p{N}]/u.test(node.data)) {
        const [left, right] = [edge(before.node, before.node.data.length - 1), edge(node, 0)];
        const apart = right.left - left.right > 2.5 || right.top >= left.bottom || right.bottom <= left.top;
        if (left.width > 0 && right.width > 0 && apart) found.push(`${before.node.data.trim()}|${node.data.trim()}`);
      }
      before = { node, control };
    };
    const visit = (node: Node, control: Element | undefined): void => {
      if (node instanceof Text) {
        if (node.data !== '') leaf(node, control);
        return;
      }
      if (!(node instanceof HTMLElement) || node.matches('[aria-hidden=true], script, style')) {
        if (node instanceof Element) before = undefined;
        return;
      }
      if (getComputedStyle(node).display === 'none') return;
      const within = node.matches(WORDS);
      if (!within) before = undefined;
      const slotted = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
      const children = node.shadowRoot ? node.shadowRoot.childNodes : slotted.length > 0 ? slotted : node.childNodes;
      for (const child of children) visit(child, node.matches('a, button') ? node : control);
      if (!within) before = undefined;
    };
    visit(document.body, undefined);
    return found;
  });
}

test('words and numbers that stand apart are apart for who hears them, in every view', LONGER, async ({ page }) => {
  await page.setContent('<p><b>t=0</b><span style="margin-left: 9px">RNN</span></p><p><span>H</span><span>in</span></p>');
  expect(await runTogether(page), 'what this test finds').toEqual(['t=0|RNN']);
  for (const [name, arrive] of VIEWS) {
    await arrive(page);
    expect(await runTogether(page), name).toEqual([]);
  }
});

test('keys of the challenge are promised where they work: with the focus in it', async ({ page }) => {
  await page.goto('./#challenge');
  await page.getByRole('button', { name: /^Start/ }).first().click();
  const radios = page.getByRole('radio');
  await expect(radios.first()).toBeVisible();
  await expect(page.locator('gru-quiz-question .keys')).toHaveText(/With the focus in here:\s+1 to \d choose/);
  const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Lab' });
  await link.focus();
  await page.keyboard.press('1');
  await expect(link).toBeFocused();
  await expect(radios.first()).not.toBeChecked();
  await page.getByRole('button', { name: 'Answer' }).focus();
  await page.keyboard.press('1');
  await expect(radios.first()).toBeChecked();
});

test('what is read of a chart has spaces between its words and numbers', LONGER, async ({ page }) => {
  await page.goto('./#lab/gradients');
  const readout = page.locator('gru-line-chart .readout').first();
  await expect(readout).toBeVisible();
  expect((await readout.textContent())?.replaceAll(/\s+/g, ' ').trim()).toMatch(/^t=0 RNN tanh \S+ RNN relu \S+ LSTM \S+ GRU \S+$/);
});
