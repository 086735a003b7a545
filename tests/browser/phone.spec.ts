import type { Locator, Page } from '@playwright/test';
import { expect, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

/** A finger that is put down somewhere and goes from there by so many pixels, as the browser itself hears it. */
async function touch(page: Page, at: { x: number; y: number }, by: { x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const steps = 10;
  await send('touchStart', [at]);
  for (let step = 1; step <= steps; step += 1) {
    await send('touchMove', [{ x: at.x + (by.x * step) / steps, y: at.y + (by.y * step) / steps }]);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await send('touchEnd', []);
  await session.detach();
}

/** A point within an element, by shares of its width and its height, once it stands in the middle of the window. */
async function pointIn(element: Locator, along: number): Promise<{ x: number; y: number }> {
  return element.evaluate((shown, share) => {
    shown.scrollIntoView({ block: 'center' });
    const { left, width, top, height } = shown.getBoundingClientRect();
    return { x: left + width * share, y: top + height / 2 };
  }, along);
}

/** Where an element stands in the window, which is so high. */
async function placeOf(element: Locator): Promise<{ top: number; bottom: number; height: number }> {
  return element.evaluate((shown) => {
    const { top, bottom } = shown.getBoundingClientRect();
    return { top, bottom, height: innerHeight };
  });
}

async function expectInWindow(element: Locator, what: string): Promise<void> {
  await expect
    .poll(async () => {
      const { top, bottom, height } = await placeOf(element);
      return top >= 0 && bottom <= height ? 'in sight' : `from ${top} to ${bottom} of ${height}`;
    }, { message: what })
    .toBe('in sight');
}

test('a scroll that begins on a slider changes nothing; a tap and a drag along it do', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  for (const name of ['seq_len', 'batch', 'num_layers', 'input_size', 'hidden_size', 'dropout']) {
    const slider = playground.slider(name);
    const before = await slider.inputValue();
    for (const aside of [0, 20]) {
      const from = await pointIn(slider, 0.8);
      const scrolled = await page.evaluate(() => scrollY);
      await touch(page, from, { x: aside, y: -200 });
      await expect.poll(() => page.evaluate(() => scrollY), { message: `${name}: the page scrolls` }).toBeGreaterThan(scrolled + 50);
      expect(await slider.inputValue(), name).toBe(before);
      expect(await playground.number(name).inputValue(), name).toBe(name === 'dropout' ? '0.0' : before);
    }
  }
  const slider = playground.slider('seq_len');
  await touch(page, await pointIn(slider, 0.5), { x: 0, y: 0 });
  await expect.poll(() => slider.inputValue().then(Number), { message: 'tapped in the middle' }).toBeGreaterThan(13);
  await touch(page, await pointIn(slider, 0.5), { x: -100, y: 10 });
  await expect.poll(() => slider.inputValue().then(Number), { message: 'dragged to the left' }).toBeLessThan(13);
  await expect(playground.number('seq_len')).toHaveValue(await slider.inputValue());

  const at = await pointIn(playground.step, 0.8);
  await touch(page, at, { x: 0, y: -200 });
  await expect(playground.step).toHaveValue('0');
});

test('a scroll that begins on a packed sample leaves its length', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./#lab/packed');
  const line = page.getByRole('slider', { name: 'Length of sample 1' });
  const before = await line.getAttribute('aria-valuenow');
  const cell = line.locator('.cell').first();
  await touch(page, await pointIn(cell, 0.5), { x: 0, y: -200 });
  await expect(line).toHaveAttribute('aria-valuenow', before ?? '');
  await touch(page, await pointIn(cell, 0.5), { x: 0, y: 0 });
  await expect(line).toHaveAttribute('aria-valuenow', '1');
});

const WINDOWS = [
  { width: 360, height: 740 },
  { width: 740, height: 360 },
  { width: 414, height: 896 },
  { width: 896, height: 414 },
  { width: 1280, height: 800 },
];

test('the clock and Answer are in sight at every problem, upright, across and at a desk', PHONE, async ({ page }) => {
  await page.goto('./#challenge');
  await page.getByRole('button', { name: /^Start/ }).click();
  for (let problem = 1; problem <= 5; problem += 1) {
    const answer = page.getByRole('button', { name: 'Answer', exact: true });
    await expect(page.getByText(`Problem ${problem} of 5:`)).toBeVisible();
    for (const window of WINDOWS) {
      await page.setViewportSize(window);
      for (const scroll of [0, 200, 1e5]) {
        await page.evaluate((top) => { scrollTo({ top }); }, scroll);
        const where = `problem ${problem} at ${window.width} x ${window.height}, scrolled by ${scroll}`;
        await expectInWindow(answer, where);
        await expectInWindow(page.getByRole('timer'), where);
      }
    }
    if (problem === 5) break;
    for (let attempt = 0; attempt < 5 && (await answer.isVisible()); attempt += 1) {
      await page.getByRole('radio').and(page.locator(':enabled')).first().check();
      await answer.click();
      await expect(page.locator('gru-quiz-verdict, gru-quiz-question .notice').first()).toBeVisible();
    }
    await page.getByRole('button', { name: 'Next' }).click();
  }
});

test('the header is one row at every width, and cuts no word', PHONE, async ({ page }) => {
  await PlaygroundPage.open(page);
  const faults: string[] = [];
  for (const width of [320, 360, 375, 390, 414, 440, 480, 600, 700, 768, 820, 959, 960, 1024, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    const found = await page.locator('gru-header').evaluate((header) => {
      const root = header.shadowRoot;
      const cut = [...(root?.querySelectorAll<HTMLElement>('.brand, nav a, .button, select') ?? [])].filter(
        (element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1,
      );
      return { height: header.getBoundingClientRect().height, cut: cut.map(({ className, textContent }) => `${className} ${textContent.trim()}`) };
    });
    if (found.height > 60) faults.push(`${found.height} px high at ${width}`);
    faults.push(...found.cut.map((name) => `${name} is cut at ${width}`));
  }
  expect(faults).toEqual([]);
});

test('share, embed and theme are a menu where they find no room, and what it says overlaps nothing', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined });
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.resolve() } });
    delete (Navigator.prototype as { share?: unknown }).share;
    Reflect.deleteProperty(navigator, 'share');
  });
  await PlaygroundPage.open(page);
  const menu = page.getByRole('button', { name: 'Menu' });
  const share = page.getByRole('button', { name: 'Share', exact: true });
  await expect(share).toBeHidden();
  await menu.click();
  await expect(menu).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('combobox', { name: 'Theme' })).toBeVisible();
  await share.click();
  const said = page.locator('gru-header .feedback');
  await expect(said).toHaveText(/Link copied|Copying is blocked/);
  const overlaps = await said.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const others = [...(element.parentElement?.querySelectorAll('.button, .theme') ?? [])];
    return others.filter((other) => {
      const { top, bottom } = other.getBoundingClientRect();
      return top < box.bottom - 0.5 && bottom > box.top + 0.5;
    }).length;
  });
  expect(overlaps).toBe(0);
  await page.keyboard.press('Escape');
  await expect(share).toBeHidden();
  await expect(menu).toBeFocused();
  await menu.click();
  // Beside the menu, which lies over the heading's middle.
  await page.getByRole('heading', { level: 1 }).click({ position: { x: 4, y: 12 } });
  await expect(share).toBeHidden();
});

test('the tab of the room that is shown is in sight', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./#lab/packed');
  const tab = page.getByRole('link', { name: 'Packed sequences' });
  const inSight = async (): Promise<boolean> => tab.evaluate((link) => link.getBoundingClientRect().right <= innerWidth && link.getBoundingClientRect().left >= 0);
  await expect.poll(inSight).toBe(true);
  await page.goto('./#lab/train');
  await expect.poll(async () => page.getByRole('link', { name: 'Train', exact: true }).evaluate((link) => link.getBoundingClientRect().left >= 0)).toBe(true);
});

test('a layer that is pressed brings its gates into view, drawn inside their box', PHONE, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [320, 360, 414, 740]) {
    await page.setViewportSize({ width, height: width === 740 ? 360 : 740 });
    const playground = await PlaygroundPage.open(page);
    await playground.expectValues();
    await page.locator('gru-flow g.layer').first().click();
    const title = playground.flow.getByRole('heading', { name: /One step of layer 0/ });
    await expectInWindow(title, `at ${width}`);
    const beyond = await page.locator('gru-layer-gates').evaluate((gates) => {
      const { left, right } = gates.getBoundingClientRect();
      return [...(gates.shadowRoot?.querySelectorAll('svg, svg rect, svg text') ?? [])].filter((part) => {
        const box = part.getBoundingClientRect();
        return box.left < left || box.right > right;
      }).length;
    });
    expect(beyond, `parts of the drawing beyond its box at ${width}`).toBe(0);
    await playground.flow.getByRole('button', { name: 'Close' }).click();
  }
});

test('time can be stepped wherever a map is looked at', PHONE, async ({ page }) => {
  for (const window of [...WINDOWS.slice(0, 2), { width: 1280, height: 800 }]) {
    await page.setViewportSize(window);
    const playground = await PlaygroundPage.open(page);
    await playground.expectValues();
    for (const name of ['r', 'z', 'n', 'h']) {
      await playground.heatmap(name).evaluate((map) => { map.scrollIntoView({ block: 'center' }); });
      await expectInWindow(playground.values.getByRole('button', { name: 'One step on' }), `beside ${name} at ${window.width}`);
      await expectInWindow(playground.step, `beside ${name} at ${window.width}`);
    }
  }
});

test('no name of an option is broken within', PHONE, async ({ page }) => {
  for (const width of [320, 360, 640, 1100, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const playground = await PlaygroundPage.open(page, 'give_h_0=1');
    await playground.showOptions();
    const broken = await playground.controls.locator('.check .mono').evaluateAll((names) =>
      names.filter((name) => name.getBoundingClientRect().height > 1.7 * parseFloat(getComputedStyle(name).fontSize)).map(({ textContent }) => textContent),
    );
    // Two words may stand below each other.
    expect(broken.filter((name) => !name.includes(' ')), `at ${width}`).toEqual([]);
  }
});

test('RNN and LSTM stand below the tab that names them', PHONE, async ({ page }) => {
  await page.goto('./#lab/variants');
  const card = page.getByRole('region', { name: 'The equations of nn.LSTM' });
  await expect(card).toBeVisible();
  const wide = (page.viewportSize()?.width ?? 0) > 1000;
  expect(await card.evaluate((element) => element.getBoundingClientRect().top + scrollY)).toBeLessThan(wide ? 600 : 1700);
});

test('a fix moves nothing that is in sight', PHONE, async ({ page }) => {
  for (const width of [360, 900, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    const playground = await PlaygroundPage.open(page, 'input_size=8&input=4,10');
    const code = page.locator('gru-play-view gru-code-panel');
    const fix = playground.fixes.first();
    await fix.scrollIntoViewIfNeeded();
    const before = await placeOf(code);
    await fix.click();
    await expect(playground.undo).toBeVisible();
    const after = await placeOf(code);
    expect(Math.abs(after.top - before.top), `px that the code moved at ${width}`).toBeLessThan(8);
    // Out of sight, the room is given up: it does not stay as a hole.
    await page.evaluate(() => { scrollTo({ top: document.documentElement.scrollHeight }); });
    if (width < 1280) await expect.poll(() => page.locator('gru-advice section').evaluate((section) => section.style.minHeight)).toBe('');
  }
});

test('the end of a run moves neither its figures nor its curve', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./#lab/train?steps=40&batch=4&hidden_size=8');
  const figures = page.locator('gru-lab-train .figures');
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeEnabled();
  // Above it stand the experiments.
  await start.scrollIntoViewIfNeeded();
  const { top } = await placeOf(figures);
  await start.click();
  await expect(page.getByText(/Run A finished/).first()).toBeVisible();
  expect((await placeOf(figures)).top).toBe(top);
});
