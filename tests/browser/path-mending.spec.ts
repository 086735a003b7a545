import type { Locator, Page } from '@playwright/test';
import { expect, hear, inspect, overflow, PHONE, test } from './harness';

// Broken programs: the line, the thing and the cause are named, then the program is mended by hand, and the core judges it.

/** The kinds by their places in the deck, which stay. */
const H_0_LAYERS = '2-7';
const VIEW_FOR_TRANSPOSE = '12-5';
const EVAL_FORGOTTEN = '18-3';

async function open(page: Page, draw: string): Promise<Locator> {
  await page.goto(`./#mending?case=${draw}`);
  const mending = page.locator('gru-mending');
  await expect(mending.locator('.symptom')).toBeVisible();
  return mending;
}

/** The program as the editor has it, without the shapes that stand beside its lines. */
const program = (mending: Locator): Promise<string> => mending.evaluate((element) => (element as unknown as { _code: string })._code);

async function lineOf(mending: Locator, line: RegExp): Promise<string> {
  await expect(mending.locator('gru-editor .cm-content')).toBeVisible();
  return (await program(mending)).split('\n').find((written) => line.test(written)) ?? '';
}

/** Writes another text over a line of the program, by the keyboard. */
async function rewrite(page: Page, mending: Locator, line: RegExp, text: string): Promise<void> {
  await expect(mending.locator('gru-editor .cm-content')).toBeVisible();
  const lines = (await program(mending)).split('\n');
  const at = lines.findIndex((written) => line.test(written));
  expect(at, String(line)).toBeGreaterThanOrEqual(0);
  lines[at] = `${/^\s*/.exec(lines[at] ?? '')?.[0] ?? ''}${text}`;
  await mending.locator('gru-editor .cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(lines.join('\n'));
  await expect.poll(() => program(mending)).toBe(lines.join('\n'));
}

test('a program is mended by mouse: a wrong line and a cheap mend are refused, the mend counts', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(() => {
    const told: unknown[] = ((window as unknown as { told: unknown[] }).told = []);
    document.addEventListener('gru-attempt', (event) => told.push((event as CustomEvent).detail));
    document.addEventListener('gru-mended', (event) => told.push((event as CustomEvent).detail));
  });
  const mending = await open(page, H_0_LAYERS);
  await expect(mending.locator('.symptom')).toContainText('RuntimeError: Expected hidden size');
  const lines = mending.locator('gru-mending-lines button');
  await lines.filter({ hasText: 'import torch' }).first().click();
  await expect(mending.locator('.reply')).toContainText('is not where the fault lies');
  await lines.filter({ hasText: 'h_0 = torch.full' }).click();
  await mending.getByRole('button', { name: 'The batch axis of h_0' }).click();
  await expect(mending.locator('.reply')).toContainText('as many as there are samples');
  await mending.getByRole('button', { name: 'The first axis of h_0' }).click();
  await mending.getByRole('button', { name: 'h_0 was made for one layer' }).click();
  await expect(mending.getByRole('heading', { name: '4. Mend it' })).toBeFocused();
  // No fix is applied by a press.
  await expect(mending.locator('gru-outcome')).toContainText('Expected hidden size');
  await expect(mending.getByRole('heading', { name: 'Fixes' })).toHaveCount(0);
  const broken = await lineOf(mending, /torch\.full/);
  const layers = /Expected hidden size \((\d)/.exec(await mending.locator('.symptom').innerText())?.[1] ?? '';

  await mending.getByRole('button', { name: 'Ask the judge' }).click();
  await expect(mending.locator('.found')).toHaveText('Not yet: one thing does not hold.');
  await rewrite(page, mending, /torch\.full/, 'h_0 = None');
  await mending.getByRole('button', { name: 'Ask the judge' }).click();
  await expect(mending.locator('.judgement .fails')).not.toHaveCount(0);
  await expect(mending.locator('.done')).toHaveCount(0);

  await rewrite(page, mending, /h_0 = None/, broken.replace('torch.full((1,', `torch.full((${layers},`).trim());
  await mending.getByRole('button', { name: 'Ask the judge' }).click();
  await expect(mending.locator('.found')).toHaveText('Mended: it does what it is for.');
  await expect(mending.locator('.done')).toContainText('this case counts');
  const told = await page.evaluate(() => (window as unknown as { told: { item?: string; right?: boolean; counts?: boolean }[] }).told);
  expect(told.map(({ item, right, counts }) => (item === undefined ? `counts ${counts}` : `${item} ${right}`))).toEqual([
    ...[false, true, false, true, true, false, false, true].map((right) => `mending/h-0-layers ${right}`),
    'counts true',
  ]);
  await mending.getByRole('button', { name: 'Another program' }).click();
  await expect(page).not.toHaveURL(/case=2-7$/);
  await expect(mending.locator('.done')).toHaveCount(0);
});

test('a silent trap is found and mended by keyboard at 360 px, and is there again after a reload', PHONE, async ({ page }) => {
  const mending = await open(page, VIEW_FOR_TRANSPOSE);
  const heard = await hear(page);
  await expect(mending.locator('.symptom')).toHaveText(/Sample \d alone was changed, and the answers of these samples changed: \[\d, .*\]/);
  const lines = mending.locator('gru-mending-lines button');
  await lines.first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  const texts = await lines.allInnerTexts();
  for (let at = 0; at < texts.findIndex((text) => text.includes('.view(')); at += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await heard()).join()).toMatch(/Yes, line \d+\./);
  await expect(mending.getByRole('heading', { name: /^2\./ })).toBeFocused();
  for (const answer of ['The first two axes of x', 'view keeps the order of the numbers']) {
    await mending.getByRole('button', { name: answer }).focus();
    await page.keyboard.press('Enter');
  }
  await expect(mending.locator('gru-editor .cm-line', { hasText: '.view(' })).toBeVisible();
  await page.reload();
  await rewrite(page, mending, /x\.view\(/, 'x = x.transpose(0, 1)');
  await mending.getByRole('button', { name: 'Ask the judge' }).focus();
  await page.keyboard.press('Enter');
  await expect(mending.locator('.done')).toContainText('this case counts');
  await expect(mending.locator('.judgement')).toContainText('its own answer changes and no other');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'mending');
});

test('the last help says the mend, and then the case does not count', async ({ page }) => {
  const mending = await open(page, EVAL_FORGOTTEN);
  for (let step = 0; step < 4; step += 1) await mending.getByRole('button', { name: /help/i }).click();
  await expect(mending.locator('.help li')).toHaveCount(4);
  await expect(mending.getByRole('button', { name: /help/i })).toHaveCount(0);
  await mending.locator('gru-mending-lines button', { hasText: 'first =' }).click();
  await mending.getByRole('button', { name: 'The mode of the model' }).click();
  await mending.getByRole('button', { name: 'In training mode dropout draws' }).click();
  const model = /^(\w+) =/.exec(await lineOf(mending, /^\w+ = \w+\(\)/))?.[1] ?? '';
  const first = await lineOf(mending, /^first =/);
  await rewrite(page, mending, /^first =/, `${model}.eval(); ${first}`);
  await mending.getByRole('button', { name: 'Ask the judge' }).click();
  await expect(mending.locator('.done')).toContainText('this case does not count');
});
