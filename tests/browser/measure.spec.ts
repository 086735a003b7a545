import type { Page } from '@playwright/test';
import { expect, inspect, overflow, PHONE, test } from './harness';

// Before and after: two forms, no answer before both are handed in, and the gain with what five questions can tell.

test.use({ reuseContext: false });

const groups = (page: Page) => page.locator('gru-measure').getByRole('radiogroup');

/** Chooses the first option of each question. */
async function choose(page: Page): Promise<string[]> {
  const questions = await groups(page).locator('legend').allInnerTexts();
  expect(questions).toHaveLength(5);
  for (let at = 0; at < 5; at += 1) await groups(page).nth(at).getByRole('radio').first().check();
  return questions;
}

test('five questions before, five others after, then the gain; nothing is told in between, and a reload loses nothing', PHONE, async ({ page }) => {
  await page.goto('./#measure');
  await expect(page.getByRole('heading', { name: 'Before', level: 2, exact: true })).toBeVisible();
  await expect(page.locator('gru-measure .actions')).toContainText('5 of 5 have no answer yet');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'measure');
  const before = await choose(page);
  await page.reload();
  await expect(groups(page).first().getByRole('radio').first()).toBeChecked();
  await page.getByRole('button', { name: 'Hand in' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'After', level: 2, exact: true })).toBeFocused();
  await expect(page.locator('gru-measure')).not.toContainText(/Right|Wrong/);
  await expect(page.locator('gru-measure .actions')).toContainText('5 of 5 have no answer yet');
  const after = await choose(page);
  expect(new Set([...before, ...after]).size).toBe(10);
  await page.getByRole('button', { name: 'Hand in' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'What you gained', level: 2 })).toBeFocused();
  await expect(page.locator('.gain')).toHaveText(/^Before [0-5] of 5, after [0-5] of 5: (\d (more|fewer)|as many)\. .*five questions.*\.$/i);
  await expect(page.locator('.answers li')).toHaveCount(10);
  await inspect(page, 'measured');

  // The log has the ten answers.
  await page.goto('./#log');
  await expect(page.locator('.sum')).toHaveText(/^10 answers, \d right\.$/);
  await expect(page.getByRole('row', { name: /form-a\/shapes/ })).toContainText('Before and after');
  await page.goto('./#measure');
  await page.getByRole('button', { name: 'Begin anew' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Begin both anew' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Before', level: 2, exact: true })).toBeFocused();
});
