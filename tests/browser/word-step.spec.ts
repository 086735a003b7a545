import type { Locator, Page } from '@playwright/test';
import { expect, hear, inspect, overflow, PHONE, stopTime, test } from './harness';
import { numberOf } from './playground-page';

// A word of the opening opens its step inside the trained GRU.

/** One stage of a step, where there are few steps. */
const STAGE_MS = 364;

class WordStep {
  readonly inside: Locator;
  readonly words: Locator;

  constructor(readonly page: Page) {
    this.inside = page.locator('gru-word-step');
    this.words = page.locator('gru-opening .words > li');
  }

  static async open(page: Page): Promise<WordStep> {
    await page.goto('./');
    const step = new WordStep(page);
    await expect(step.words).toHaveCount(11);
    return step;
  }

  /** The last of these words, as it is pressed. */
  word(text: string): Locator {
    return this.words.locator('.press').filter({ has: this.page.getByText(text, { exact: true }) }).last();
  }

  heading(word: string): Locator {
    return this.inside.getByRole('heading', { name: `Inside the step that reads “${word}”` });
  }

  /** A number of the unit, as a button. */
  number(part: string): Locator {
    return this.inside.getByRole('button', { name: new RegExp(`^Open ${part} = `) });
  }
}

test('a word opens its step: the picture, the reason, the arithmetic of its numbers', PHONE, async ({ page }) => {
  const step = await WordStep.open(page);
  await step.word('not').click();
  await expect(step.heading('not')).toBeFocused();
  const said = step.inside.locator('.said').first();
  await expect(said).toHaveText(/^Unit (\d+) is the one that remembers\. Here its z is near 0/);
  const unit = /Unit (\d+)/.exec((await said.textContent()) ?? '')?.[1] ?? '';
  await expect(step.inside.getByLabel('unit', { exact: true })).toHaveValue(unit);
  await expect(step.inside.locator('gru-cell svg')).toBeVisible();
  // The numbers are those of the columns above.
  const z = numberOf(await step.number('z').innerText());
  expect(await step.words.nth(7).locator('.gate').innerText()).toBe(`z ${z.toFixed(2)}`);
  await step.number('z').click();
  const sheet = page.getByRole('dialog', { name: `z of unit ${unit}` });
  await expect(sheet.getByRole('heading', { name: `z of unit ${unit}` })).toBeFocused();
  await expect(sheet.locator('.sum b')).toHaveText(await step.number('z').innerText());
  await expect(sheet.locator('.words')).toHaveText(new RegExp(`^Unit ${unit} keeps ${Math.round(100 * z)}\u202f% of h_prev and replaces `));
  const table = sheet.getByRole('region', { name: 'What x says: products' });
  const products = (await table.locator('tbody td:last-child').allInnerTexts()).map(numberOf);
  // Eight numbers of the word, and the bias.
  expect(products).toHaveLength(9);
  const sum = numberOf(await table.locator('tfoot td').innerText());
  expect(Math.abs(products.reduce((all, product) => all + product, 0) - sum)).toBeLessThan(9 * 5e-5);
  // A term of the state leads to the word before.
  await sheet.getByRole('button', { name: /^Go to h of unit 4, / }).click();
  await expect(step.heading('was')).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'h of unit 4' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(step.number('z')).toBeFocused();
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'word step');
  await step.inside.getByRole('button', { name: 'Close' }).click();
  await expect(step.inside).toHaveCount(0);
  await expect(step.word('was')).toBeFocused();
});

test('by keyboard: arrows choose the word, its step is walked in stages, under reduced motion too', PHONE, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const step = await WordStep.open(page);
  await step.word('good').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(step.word('that')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(step.heading('that')).toBeFocused();
  await expect(step.inside.locator('.said').first()).toContainText('it keeps what “not” left, whatever the candidate n says.');
  const cell = step.inside.locator('gru-cell');
  await cell.getByRole('button', { name: 'mix', exact: true }).press('Enter');
  await expect(cell.locator('.told').last()).toContainText(/keeps (?:9\d|100)\u202f% of h_prev and replaces \d\u202f% with the candidate n/);
  await expect(cell.locator('code').last()).toHaveText('h = (1 − z) ∗ n + z ∗ h_prev');
  await cell.getByRole('button', { name: 'read', exact: true }).press('Enter');
  await expect(cell.locator('.told').last()).toContainText('8 numbers that stand for “that”, learned like the weights.');
  expect(await overflow(page)).toBe(0);
});

test('its steps play in stages, the words with them, and another sentence is followed', async ({ page }) => {
  await page.clock.install();
  const step = await WordStep.open(page);
  await step.word('not').click();
  const cell = step.inside.locator('gru-cell');
  await expect(cell.locator('svg')).toBeVisible();
  await stopTime(page);
  await step.inside.getByRole('button', { name: 'Play the steps in order' }).click();
  const now = async (name: string): Promise<void> => { await expect(cell.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true'); };
  for (const name of ['read', 'gates', 'candidate', 'mix', 'out']) {
    await now(name);
    await page.clock.runFor(STAGE_MS);
  }
  await now('read');
  await expect(step.heading('all')).toBeVisible();
  await expect(page.locator('gru-opening .now .word')).toHaveText('all');
  await step.inside.getByRole('button', { name: 'Pause' }).click();
  await page.locator('gru-opening').getByRole('button', { name: 'With “bad”' }).click();
  await expect(step.heading('bad')).toBeVisible();
  await expect(step.number('h')).toBeVisible();
});

test('another number shows what it does to the answer, and is undone', PHONE, async ({ page }) => {
  const step = await WordStep.open(page);
  await step.word('not').click();
  const heard = await hear(page);
  await step.number('z').click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: /^Change bias_ih_l0\[\d+\], / }).click();
  await expect(sheet.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('-30');
  await page.keyboard.press('Enter');
  // Its gate is shut from then on: what the unit is told is forgotten at once.
  await expect(sheet.getByText(/^The answer was bad, .* and is good, .* now\.$/)).toBeVisible();
  await expect(step.number('z')).toHaveText('0.0000');
  await expect.poll(heard).toContainEqual(expect.stringContaining('The answer was bad'));
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(step.number('z')).not.toHaveText('0.0000');
  await expect(step.inside.locator('.edited')).toHaveCount(0);
});
