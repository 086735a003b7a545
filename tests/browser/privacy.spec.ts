import { expect, inspect, overflow, PHONE, test } from './harness';

// What the page keeps: every name in the browser's stores has a row, and all of it goes.

test.use({ reuseContext: false });

test('all that is kept is named with its place and its end, and one button deletes it', PHONE, async ({ page }) => {
  await page.goto('./');
  const theme = page.getByRole('combobox', { name: 'Theme' });
  // Where there is no room for it, it is in the menu.
  await expect(page.getByRole('link', { name: 'Challenge', exact: true })).toBeVisible();
  if (!(await theme.isVisible())) await page.getByRole('button', { name: 'Menu' }).click();
  await theme.selectOption('dark');
  await page.goto('./#challenge');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.goto('./#code?program=shapes');
  await page.locator('gru-editor .cm-content').first().click();
  await page.keyboard.type('# mine\n');
  await page.evaluate(() => { localStorage.setItem('of another page', 'x'); });
  await page.goto('./#about');
  await page.getByRole('link', { name: 'what this page keeps' }).click();
  await expect(page).toHaveTitle('What this page keeps · GRU Playground');
  const row = (what: RegExp) => page.locator('gru-privacy').getByRole('row', { name: what });
  await expect(row(/Your run of the challenge/)).toContainText(/this browser.*until you delete it.*byte/);
  await expect(row(/The theme that you chose/)).toContainText('byte');
  await expect(row(/Your code/)).toContainText(/this tab.*until the tab is closed.*byte/);
  await expect(row(/Weights from a file/)).toContainText('nothing');
  // A name that no row has would be hidden: it has a row of its own, which is not there.
  await expect(row(/Anything else/)).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'privacy');

  await page.getByRole('button', { name: 'Delete everything here' }).press('Enter');
  const sure = page.getByRole('button', { name: 'Delete everything now' });
  await expect(sure).toBeFocused();
  await page.getByRole('button', { name: 'Keep it' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Delete everything here' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sure).toBeFocused();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await expect(row(/Your run of the challenge/)).toContainText('nothing');
  await expect(row(/The theme that you chose/)).toContainText('nothing');
  await expect(row(/Your code/)).toContainText('nothing');
  expect(await page.evaluate(() => localStorage.getItem('of another page'))).toBe('x');
  await page.goto('./#challenge');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
});
