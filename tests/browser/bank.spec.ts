import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, inspect, overflow, PHONE, test } from './harness';

// A teacher's own questions: the page says of a bank what the command line says.

test.use({ reuseContext: false });

const area = (page: Page) => page.getByLabel('The bank, in TOML');
const summary = (page: Page) => page.locator('gru-bank h2');

test('the challenge’s own bank is sound; a wrong key is told with its line, and the line is led to', PHONE, async ({ page }) => {
  await page.goto('./#bank');
  await expect(page.getByRole('heading', { name: 'Check your questions', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check it' })).toBeDisabled();
  await page.getByRole('button', { name: 'Begin with the challenge’s own' }).press('Enter');
  await expect(area(page)).toBeFocused();
  await page.getByRole('button', { name: 'Check it' }).press('Enter');
  await expect(summary(page)).toHaveText(/^No error; \d notes?$/);
  await expect(page.locator('gru-bank')).toContainText(/5 questions; the core computes the key of [1-5]\./);

  const text = await area(page).inputValue();
  await area(page).fill(text.replace('answer = "one-per-step"', 'answer = "one-per-layer"'));
  await expect(page.locator('.stale')).toHaveText('The text has changed since; check it again.');
  await page.getByRole('button', { name: 'Check it' }).press('Enter');
  await expect(summary(page)).toHaveText(/error/);
  const finding = page.locator('.findings .error').first();
  await expect(finding).toContainText('Error in question “output-shape”');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'bank');
  const [, line = ''] = /Line (\d+)/.exec((await finding.textContent()) ?? '') ?? [];
  await finding.getByRole('button').press('Enter');
  await expect(area(page)).toBeFocused();
  expect(await area(page).evaluate((element: HTMLTextAreaElement) => element.value.slice(0, element.selectionStart).split('\n').length)).toBe(Number(line));
  // Nothing that was typed is lost by a reload.
  await page.reload();
  await expect(area(page)).toHaveValue(/answer = "one-per-layer"/);
});

test('a hostile file is text: nothing of it is executed, and nothing freezes', async ({ page }, info) => {
  await page.goto('./#bank');
  const take = async (text: string): Promise<void> => {
    const file = info.outputPath('bank.toml');
    await writeFile(file, text);
    await page.locator('gru-bank input[type=file]').setInputFiles(file);
  };
  await take('"<img src=x onerror=alert(1)>" = 1');
  await expect(summary(page)).toHaveText('1 error');
  await expect(page.locator('gru-bank img')).toHaveCount(0);
  await take(`a = ${'['.repeat(5000)}`);
  await expect(page.locator('.findings li')).toHaveCount(1);
  await take('x'.repeat(16_000_001));
  await expect(page.locator('gru-bank .problem').first()).toHaveText('bank.toml has more than 16 MB; a bank has at most that.');
  await expect(page.getByRole('button', { name: 'Check it' })).toBeEnabled();
});
