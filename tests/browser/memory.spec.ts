import type { Locator, Page } from '@playwright/test';
import { expect, inspect, LONGER, PHONE, test } from './harness';

/** So little that a run is over at once. */
const SMALL = 'seq_len=4&steps=20&seeds=2';

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`./#lab/memory${query && `?${query}`}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Memory' })).toBeVisible();
  // The plan is there.
  await expect(page.locator('gru-code-panel')).toContainText('torch.manual_seed');
}

const order = (page: Page): Locator => page.getByRole('list', { name: 'Your order, best memory first' }).getByRole('listitem');
const train = (page: Page): Locator => page.getByRole('button', { name: 'Lock my prediction and train' });
const gap = (page: Page): Locator => page.locator('gru-memory-gap');

/** The names of the cells as they are ranked. */
const ranked = async (page: Page): Promise<string[]> => (await order(page).locator('b').allTextContents()).map((text) => text.trim());

test('a learner predicts, trains, and sees the gap; the address keeps the prediction', LONGER, async ({ page }) => {
  await open(page, SMALL);
  expect(await ranked(page)).toEqual(['RNN', 'GRU', 'GRU, gate +3', 'LSTM', 'minGRU']);
  // Nothing is revealed before it is predicted.
  await expect(gap(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Move GRU, gate +3 up' }).click();
  await page.getByRole('button', { name: 'Move GRU, gate +3 up' }).click();
  expect((await ranked(page))[0]).toBe('GRU, gate +3');
  await expect(page).toHaveURL(/ranking=gru_open,rnn,gru,lstm,min_gru/);
  await page.reload();
  await expect.poll(() => ranked(page)).toEqual(['GRU, gate +3', 'RNN', 'GRU', 'LSTM', 'minGRU']);

  await train(page).click();
  await expect(page.getByText('Your prediction is locked.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Predict anew' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: /^Move / })).toHaveCount(0);
  await expect(gap(page).locator('.words')).toContainText(/Of \d+ pairs? that differ you had \d+|All of them know about as much/);
  await expect(gap(page).getByRole('img')).toHaveAccessibleName(/^Your order at the left, what came at the right\./);

  // The pictures have twins: every cell from each seed, and every place.
  const standings = page.locator('gru-memory-standings');
  await expect(standings.getByRole('img')).toHaveCount(5);
  await standings.getByText('The same as a table').click();
  await expect(standings.locator('tbody tr')).toHaveCount(5);
  await expect(standings.locator('tbody')).not.toContainText('–');
  await gap(page).getByText('The same as a table').click();
  await expect(gap(page).locator('tbody tr')).toHaveCount(5);

  // Inside: a state and a line a cell.
  await expect(page.locator('gru-heatmap')).toHaveCount(5);
  await page.getByRole('combobox', { name: 'When' }).selectOption('once it is trained');
  await expect(page).toHaveURL(/when=after/);

  await page.getByRole('button', { name: 'Predict anew' }).click();
  await expect(gap(page)).toHaveCount(0);
  await expect(train(page)).toBeEnabled();
});

test('by keyboard: the arrows move a cell, and the focus goes with it', async ({ page }) => {
  await open(page, SMALL);
  await page.getByRole('button', { name: 'Move minGRU up' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await ranked(page)).toEqual(['RNN', 'GRU', 'minGRU', 'GRU, gate +3', 'LSTM']);
  await expect(page.getByRole('button', { name: 'Move minGRU up' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  expect(await ranked(page)).toEqual(['RNN', 'GRU', 'GRU, gate +3', 'minGRU', 'LSTM']);
  // At an end nothing moves and nothing is lost.
  await page.getByRole('button', { name: 'Move RNN up' }).focus();
  await page.keyboard.press('Enter');
  expect((await ranked(page))[0]).toBe('RNN');
  await expect(page.getByRole('button', { name: 'Move RNN up' })).toBeFocused();
  await train(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your prediction is locked.')).toBeVisible();
});

test('the goal is judged, says what is missing, and is reached through its own button', LONGER, async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, 'seeds=1');
  const goal = page.locator('gru-panel.goal');
  await expect(goal).toContainText('Make the RNN forget and a GRU remember at distance 30.');
  await expect(goal).toContainText('The distance is 20. Set seq_len to 30.');
  await goal.getByRole('button', { name: "Set the goal's distance: seq_len=30" }).click();
  await expect(page).toHaveURL(/seq_len=30/);
  await expect(goal).not.toContainText('The distance is');
  await expect(goal).toContainText('The RNN is not trained yet.');
  await train(page).click();
  await expect(goal).toContainText('Reached: at distance 30 the RNN is right in', { timeout: 200_000 });
  await expect(page.getByRole('button', { name: 'Predict anew' })).toBeVisible({ timeout: 200_000 });
});

test('cancel keeps what has arrived, and training goes on from there', LONGER, async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, 'seq_len=12&steps=100&seeds=2');
  await train(page).click();
  const standings = page.locator('gru-memory-standings');
  await expect(standings.locator('.told', { hasText: '%' })).not.toHaveCount(0, { timeout: 100_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Cancelled\. \d+ of 10 runs are kept\.$/)).toBeVisible();
  await expect(standings.locator('.told', { hasText: '%' })).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Go on training' }).click();
  await expect(page.getByRole('button', { name: 'Predict anew' })).toBeVisible({ timeout: 200_000 });
  await expect(standings.locator('.told', { hasText: 'not trained yet' })).toHaveCount(0);
});

test('the naive comparison is set up by its button', async ({ page }) => {
  await open(page, SMALL);
  await page.getByRole('button', { name: 'The naive comparison' }).click();
  await expect(page).toHaveURL(/steps=200&gate_bias=0/);
  expect(await ranked(page)).toContain('GRU, gate +0');
});

test('everything fits a phone, and is done by touch', PHONE, async ({ page }) => {
  await open(page, SMALL);
  for (const button of await page.getByRole('button', { name: /^Move / }).all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
  }
  await inspect(page, 'lab-memory-before');
  await page.getByRole('button', { name: 'Move LSTM up' }).click();
  await train(page).click();
  await expect(page.getByRole('button', { name: 'Predict anew' })).toBeVisible({ timeout: 60_000 });
  await inspect(page, 'lab-memory-after');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});
