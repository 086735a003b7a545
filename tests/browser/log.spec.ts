import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, inspect, overflow, PHONE, test } from './harness';

// Your answers: what was answered in the challenge is kept, counted, saved, taken in again, and goes when that is asked for.

test.use({ reuseContext: false });

/** Answers the first problem, wrongly, and leaves the challenge. */
async function answer(page: Page): Promise<void> {
  await page.goto('./#challenge');
  await page.getByRole('radio', { name: 'No time limit' }).or(page.getByRole('radio', { name: 'No limit' })).or(page.getByRole('radio', { name: /^No/ })).first().check();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('radio', { name: '(3, 5, 20)' }).check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(page.getByText('One attempt is left.').first()).toBeVisible();
}

const row = (page: Page) => page.locator('gru-log').getByRole('row', { name: /output-shape/ });

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFile(await file.path(), 'utf8');
}

test('an answer is kept and counted, saved as CSV and JSON, and taken in again once', PHONE, async ({ page }, info) => {
  await page.goto('./#log');
  await expect(page.locator('gru-log')).toContainText('There are no answers yet.');
  await expect(page.getByRole('button', { name: 'Save as CSV' })).toBeDisabled();
  await answer(page);
  await page.goto('./#log');
  await expect(page).toHaveTitle('Your answers · GRU Playground');
  await expect(page.getByRole('heading', { name: 'Your answers', level: 1 })).toBeFocused();
  await expect(page.locator('.sum')).toHaveText('1 answer, 0 right.');
  await expect(row(page)).toContainText(/Challenge\s*1\s*0\s*wrong/);
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'log');

  await page.getByLabel('Your name, for the files; it may stay empty').fill('Ada');
  await page.keyboard.press('Tab');
  const [head, first, ...rest] = (await download(page, 'Save as CSV')).split('\r\n');
  expect(head).toBe('learner,at,source,item,variant,answer,right,seconds,hint,confidence,bank,seed,order');
  expect(first).toMatch(/^Ada,20\d\d-\d\d-\d\dT[\d:.]+Z,challenge,output-shape,,batch-leads,0,[\d.]+,0,,[0-9a-f]{16},\d+,/);
  expect(rest).toEqual(['']);
  const json = await download(page, 'Save as JSON');
  const log = JSON.parse(json) as { version: number; learner: string; attempts: { order: string[]; seed: number }[] };
  expect([log.version, log.learner, log.attempts.length]).toEqual([1, 'Ada', 1]);
  expect([...(log.attempts[0]?.order ?? [])].sort()).toEqual(['batch-leads', 'layers-side-by-side', 'like-the-input', 'one-per-layer', 'one-per-step']);

  const file = info.outputPath('answers.json');
  await writeFile(file, json);
  const told = page.locator('.told');
  await page.locator('gru-log input[type=file]').setInputFiles(file);
  await expect(told).toHaveText('The file has no answer that is not here already.');
  await page.getByRole('button', { name: 'Delete the answers' }).press('Enter');
  await page.getByRole('button', { name: 'Delete the answers' }).press('Enter');
  await expect(page.locator('.sum')).toHaveText('There are no answers yet.');
  await page.locator('gru-log input[type=file]').setInputFiles(file);
  await expect(told).toHaveText('1 answer came in.');
  await expect(row(page)).toBeVisible();
  // It outlives the page.
  await page.reload();
  await expect(row(page)).toBeVisible();
});

test('a file that is no log is refused, and what it says is text', async ({ page }, info) => {
  await page.goto('./#log');
  const told = page.locator('.told');
  const take = async (text: string): Promise<void> => {
    const file = info.outputPath('file.json');
    await writeFile(file, text);
    await page.locator('gru-log input[type=file]').setInputFiles(file);
  };
  await take('<script>alert(1)</script>');
  await expect(told).toContainText('The file is no log of answers.');
  await take('{"version": 9, "attempts": []}');
  await expect(told).toContainText('A later version of this page wrote the file');
  const attempt = { at: '2026-11-30T10:00:00.000Z', source: 'practice', item: '<img src=x onerror=alert(1)>', answer: '', right: true, seconds: 1, hint: false };
  await take(JSON.stringify({ version: 1, attempts: [attempt, { ...attempt, seconds: -1 }, 5] }));
  await expect(told.locator('li').first()).toHaveText('1 answer came in.');
  await expect(told.locator('li').nth(1)).toHaveText('Answer 2: `seconds` is no time that passed.');
  await expect(told.locator('li').nth(2)).toContainText('Answer 3: invalid type');
  await expect(page.locator('gru-log code')).toHaveText('<img src=x onerror=alert(1)>');
  await expect(page.locator('gru-log img')).toHaveCount(0);
});

test('two tabs lose nothing, and a new learner sees nothing of the last one', async ({ page, context }) => {
  await answer(page);
  const other = await context.newPage();
  await other.goto('./#log');
  await expect(row(other)).toBeVisible();
  // The first tab goes on in another view and answers a second time.
  await page.getByRole('radio', { name: '(5, 3, 20)' }).check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(other.locator('.sum')).toHaveText('2 answers, 1 right.');
  await page.close();
  // A third tab goes on with the run, and has code of the last learner.
  const third = await context.newPage();
  await third.goto('./#challenge');
  await expect(third.getByRole('button', { name: /Next|Go on|Continue/ }).first()).toBeVisible();
  await third.evaluate(() => { sessionStorage.setItem('gru-playground.code', 'mine'); });
  await other.evaluate(() => { localStorage.setItem('gru-playground.theme', 'dark'); });
  await other.getByRole('button', { name: 'A new learner begins' }).press('Enter');
  await expect(other.getByRole('button', { name: 'Save as JSON, then begin anew' })).toBeFocused();
  await other.getByRole('button', { name: 'Go on as before' }).press('Enter');
  await expect(other.locator('.ends button').first()).toBeFocused();
  await other.getByRole('button', { name: 'A new learner begins' }).press('Enter');
  await Promise.all([third.waitForEvent('load'), other.waitForEvent('load'), other.getByRole('button', { name: 'Begin anew without a file' }).press('Enter')]);
  expect(new URL(third.url()).hash).toBe('');
  expect(await third.evaluate(() => sessionStorage.getItem('gru-playground.code'))).toBeNull();
  await third.close();
  expect(await other.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('log') || name.endsWith('challenge:1')))).toEqual([]);
  expect(await other.evaluate(() => localStorage.getItem('gru-playground.theme'))).toBe('dark');
  await other.goto('./#log');
  await expect(other.locator('gru-log')).toContainText('There are no answers yet.');
});
