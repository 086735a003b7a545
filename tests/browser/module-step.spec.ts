import type { Locator, Page } from '@playwright/test';
import { expect, inspect, overflow, PHONE, test } from './harness';
import { numberOf } from './playground-page';

// The inside of a step of an RNN and an LSTM, in the lab's room of other cells.

async function open(page: Page, query: string): Promise<Locator> {
  await page.goto(`./#lab/variants?${query}`);
  const step = page.locator('gru-module-step');
  await expect(step.locator('gru-cell svg')).toBeVisible();
  return step;
}

/** A number of the unit, as a button. */
function number(step: Locator, part: string): Locator {
  return step.getByRole('button', { name: new RegExp(`^Open ${part} = `) });
}

test('a step of an LSTM is opened: its gates, its cell state, its arithmetic', PHONE, async ({ page }) => {
  await page.goto('./#lab/variants?hidden_size=5&input_size=3');
  await page.getByText('See inside a step').click();
  await expect(page).toHaveURL(/inside=1/);
  const step = page.locator('gru-module-step');
  await expect(step.locator('gru-cell svg')).toBeVisible();
  const cell = step.locator('gru-cell');
  await step.getByRole('button', { name: 'One step on' }).click();
  await cell.getByRole('button', { name: 'c', exact: true }).press('Enter');
  await expect(cell.locator('code')).toHaveText('c = f ∗ c_prev + i ∗ g');
  const value = async (part: string): Promise<number> => numberOf(await number(step, part).innerText());
  const [i, f, g, o, c, h] = [await value('i'), await value('f'), await value('g'), await value('o'), await value('c'), await value('h')];
  expect(o * Math.tanh(c)).toBeCloseTo(h, 3);
  await number(step, 'c').click();
  const sheet = page.getByRole('dialog', { name: 'c of unit 0' });
  await expect(sheet.locator('.words')).toHaveText(/^Unit 0 had c_prev = .*, keeps \d+\s% of it, adds \d+\s% of the candidate g = .*, and has c = .* now\.$/);
  const before = sheet.getByRole('button', { name: /^Go to c of unit 0, layer 0, t = 0, / });
  const c_prev = numberOf((await before.innerText()).replace(/[()]/g, ''));
  expect(f * c_prev + i * g).toBeCloseTo(c, 3);
  await sheet.getByRole('button', { name: 'f', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'f of unit 0' }).locator('code').first()).toHaveText('f = σ(W_if x + b_if + W_hf h_prev + b_hf)');
  await page.getByRole('dialog').getByRole('button', { name: 'c', exact: true }).click();
  await before.click();
  await expect(step.locator('gru-scrubber .step')).toHaveText('t = 0');
  await expect(number(step, 'c')).toHaveText(c_prev.toFixed(4).replace('-', '−'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'a step of an LSTM');
});

test('an RNN replaces all of its state; another number shows what it changes', PHONE, async ({ page }) => {
  const step = await open(page, 'module=RNN&hidden_size=5&input_size=3&inside=1');
  const cell = step.locator('gru-cell');
  await cell.getByRole('button', { name: 'h', exact: true }).press('Enter');
  await expect(cell.locator('code')).toHaveText('h = tanh(W_ih x + b_ih + W_hh h_prev + b_hh)');
  await expect(cell.locator('.told').last()).toContainText('There is no gate: all of h_prev is replaced.');
  const before = await number(step, 'h').innerText();
  await number(step, 'h').click();
  const sheet = page.getByRole('dialog', { name: 'h of unit 0' });
  await sheet.getByRole('button', { name: /^Change weight_ih_l0\[0, 0\], / }).click();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(sheet.getByText(/^out: \d+ of 240 numbers changed; the largest by /)).toBeVisible();
  await expect(number(step, 'h')).not.toHaveText(before);
  await page.keyboard.press('Escape');
  await expect(number(step, 'h')).toHaveText(before);
});

test('what has no step to open says what to choose', async ({ page }) => {
  await page.goto('./#lab/variants?module=LSTMCell&inside=1');
  await expect(page.getByText('nn.LSTMCell is one step of nn.LSTM: choose that above to see inside its steps.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Module' }).selectOption('nn.RNN, nonlinearity="relu"');
  await expect(page.locator('gru-module-step gru-cell svg')).toBeVisible();
  await page.goto('./#lab/variants?proj_size=2&inside=1');
  await expect(page.getByText('The picture has no projection. Set proj_size=0 to see inside a step.')).toBeVisible();
});
