import type { Locator, Page } from '@playwright/test';
import { expect, hear, inspect, LONGER, overflow, PHONE, stopTime, test } from './harness';

// What Play opens on: a sentence that goes through one trained cell, word by word.

class Opening {
  readonly element: Locator;
  readonly field: Locator;
  readonly words: Locator;
  readonly now: Locator;
  readonly step: Locator;
  readonly answer: Locator;
  readonly slider: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator('gru-opening');
    this.field = this.element.getByRole('textbox', { name: 'Your own sentence' });
    this.words = this.element.locator('.words > li');
    this.now = this.element.locator('.now .word');
    this.step = this.element.locator('.step');
    this.answer = this.element.locator('.answer');
    this.slider = this.element.getByRole('slider', { name: 'Word' });
  }

  static async open(page: Page): Promise<Opening> {
    await page.goto('./');
    const opening = new Opening(page);
    await expect(opening.words).toHaveCount(11);
    return opening;
  }

  button(name: string): Locator {
    return this.element.getByRole('button', { name, exact: true });
  }

  /** A word's column, as it is read. */
  async column(index: number): Promise<string> {
    return (await this.words.nth(index).innerText()).replaceAll(/\s+/g, ' ');
  }
}

test('Play opens on what a GRU is, over a sentence that it has read', PHONE, async ({ page }) => {
  const opening = await Opening.open(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A GRU, gated recurrent unit, reads a sequence one step at a time and carries a state.');
  await expect(opening.field).toHaveValue('The film that my friend found was not all that good');
  await expect(opening.answer).toHaveText(/^It was bad, says the GRU: (more than )?9\d\s%\.$/);
  await expect(opening.now).toHaveText('good');
  await expect(opening.now).toBeInViewport();
  expect(await opening.column(7)).toMatch(/^not ¬ negation z 0\.0\d neither/);
  expect(await opening.column(8)).toMatch(/^all · filler z (0\.9\d|1\.00) neither/);
  await expect(opening.element).toContainText('remembers the “not”: over the 2 words after it');
  await expect(opening.element).toContainText('seed 0: 2\u202f500 training steps');
  await expect(opening.element).toContainText('its weights are random');
  // The state after each word is painted: no two columns of this sentence's end are alike.
  const colours = await opening.words.locator('canvas').evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 1, 12).data.join(' ')));
  expect(new Set([colours[6], colours[7], colours[10]]).size).toBe(3);
});

test('it plays word by word, pauses, and stops at the end; what stands below does not move', async ({ page }) => {
  await page.clock.install();
  const opening = await Opening.open(page);
  await stopTime(page);
  const below = page.getByRole('heading', { name: 'Change a number. Watch the shapes.' });
  const place = () => below.evaluate((heading) => heading.getBoundingClientRect().top + scrollY);
  const top = await place();
  await opening.button('Play the sentence').click();
  await expect(opening.now).toHaveText('The');
  await expect(opening.words.nth(7).locator('.gate')).toBeHidden();
  for (const word of ['film', 'that', 'my', 'friend', 'found', 'was', 'not']) {
    await page.clock.runFor(700);
    await expect(opening.now).toHaveText(word);
    expect(await place()).toBe(top);
  }
  await expect(opening.step).toHaveText(/^“not”: z of unit \d+ falls to 0\.0\d, so its state is replaced: from /);
  await expect(opening.answer).toHaveText(/^If it ended here: neither good nor bad/);
  await opening.button('Pause').click();
  await page.clock.runFor(3000);
  await expect(opening.now).toHaveText('not');
  await opening.button('Play the sentence').click();
  await page.clock.runFor(5000);
  await expect(opening.now).toHaveText('good');
  await expect(opening.button('Play the sentence')).toBeVisible();
  await expect(opening.step).toHaveText(/still remembers “not”, so it counts as bad: the GRU is/);
  expect(await place()).toBe(top);
});

test('a sentence of one’s own is read while it is typed, told once, and there after a reload', PHONE, async ({ page }) => {
  const opening = await Opening.open(page);
  const heard = await hear(page);
  await opening.field.fill('The zebra was not boring');
  await expect(opening.words).toHaveCount(5);
  await expect(opening.answer).toHaveText(/^It was good, says the GRU/);
  expect(await heard()).toEqual([]);
  await opening.field.press('Enter');
  await expect.poll(heard).toHaveLength(1);
  expect((await heard())[0]).toMatch(/^status: 5 words read\. It was good, says the GRU/);
  expect(await opening.column(1)).toMatch(/^zebra \? unknown/);
  for (let back = 0; back < 3; back += 1) await opening.button('One word back').click();
  await expect(opening.step).toHaveText(/^“zebra” is no word that it knows: it changes nothing/);
  await page.reload();
  await expect(opening.words).toHaveCount(5);
  await expect(opening.field).toHaveValue('The zebra was not boring');
  await opening.field.fill('');
  await expect(opening.words).toHaveCount(0);
  await expect(opening.answer).toHaveText('No words yet.');
  await opening.field.fill('the '.repeat(70));
  await expect(opening.words).toHaveCount(64);
  await expect(opening.element).toContainText('The first 64 words are read.');
});

test('the examples show what they say, and nothing below moves for them', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  const opening = await Opening.open(page);
  const height = () => opening.element.evaluate((element) => element.getBoundingClientRect().height);
  const before = await height();
  for (const [name, answer, memory] of [
    ['With “bad”', 'good', 'remembers the “not”'],
    ['Twenty words between', 'bad', 'over the 20 words after it, 9'],
    ['Two opinions', 'good', 'this sentence has none'],
    ['The first one', 'bad', 'over the 2 words after it'],
  ] as const) {
    await opening.button(name).click();
    await expect(opening.button(name)).toHaveAttribute('aria-pressed', 'true');
    await expect(opening.answer).toContainText(`It was ${answer}`);
    await expect(opening.element.locator('.memory')).toContainText(memory);
    await expect(opening.now).toBeInViewport();
    expect(await height(), name).toBe(before);
    expect(await overflow(page), name).toBe(0);
  }
});

test('by keyboard: arrows go through the words, and one skip leads to the controls', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const opening = await Opening.open(page);
  await opening.slider.focus();
  await page.keyboard.press('Home');
  await expect(opening.now).toHaveText('The');
  await page.keyboard.press('ArrowRight');
  await expect(opening.now).toHaveText('film');
  await expect(opening.slider).toHaveAttribute('aria-valuetext', 'film, word 2 of 11');
  expect(await opening.element.locator('.now canvas').evaluate((canvas) => canvas.getAnimations().filter(({ effect }) => Number(effect?.getTiming().duration) > 0).length)).toBe(0);
  // At the end the button is disabled: the focus stays near.
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await opening.button('One word on').focus();
  await page.keyboard.press('Enter');
  await expect(opening.now).toHaveText('good');
  await expect.poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName)).toBe('gru-opening');
  await opening.button('Skip to controls').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Change a number. Watch the shapes.' })).toBeFocused();
  // Between the heading and the controls stands the way to an error or code of one's own.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.locator('gru-play-view').evaluate((view) => view.shadowRoot?.activeElement?.localName)).toBe('gru-controls');
});

test('folded, it stays folded', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  const opening = await Opening.open(page);
  await opening.element.getByText('Watch it judge').click();
  await expect(opening.field).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(opening.field).toHaveCount(0);
  await opening.element.getByText('Watch it judge').click();
  await expect(opening.words).toHaveCount(11);
  await page.reload();
  await expect(opening.words).toHaveCount(11);
});

test('the table has what the picture shows, and axe finds nothing', PHONE, async ({ page }) => {
  const opening = await Opening.open(page);
  await opening.element.getByText('The same as a table').click();
  const table = opening.element.getByRole('region', { name: 'The sentence, word by word, as a table' });
  await expect(table.locator('tbody tr')).toHaveCount(11);
  await expect(table.locator('thead th')).toHaveCount(16);
  await expect(table.locator('tbody tr').nth(7)).toContainText(/not\s*negation\s*0\.00\d\d\s*neither/);
  await inspect(page, 'opening');
});
