/** The room of a learner's own text: train, watch it write, write on, one's own text, cancel. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { inspect, LONGER, PHONE, test } from './harness';
import { numberOf } from './playground-page';

interface TextGolden {
  readonly id: string;
  readonly setup: Readonly<Record<string, string | number>>;
  readonly script: readonly string[];
  readonly losses: readonly number[];
  readonly validation: readonly number[];
  readonly written: readonly string[];
}

function golden(id: string): TextGolden {
  const lines = readFileSync(join(__dirname, '../golden/scripts/text.jsonl'), 'utf8').split('\n').filter(Boolean);
  const record = lines.map((line) => JSON.parse(line) as TextGolden).find((candidate) => candidate.id === id);
  if (!record) throw new Error(`tests/golden/scripts/text.jsonl has no record '${id}'`);
  return record;
}

class TextPage {
  readonly room: Locator;
  readonly status: Locator;
  readonly box: Locator;
  readonly now: Locator;
  readonly samples: Locator;

  constructor(readonly page: Page) {
    this.room = page.locator('gru-lab-text');
    this.status = this.room.locator('.bar .ended');
    this.box = this.room.getByRole('textbox', { name: /^Type or paste a text/ });
    this.now = page.getByRole('region', { name: 'What it writes now' }).locator('.written');
    this.samples = page.getByRole('list', { name: 'What it wrote as it learned' }).getByRole('listitem');
  }

  static async open(page: Page, query = ''): Promise<TextPage> {
    await page.goto(`./#lab/text${query === '' ? '' : `?${query}`}`);
    await expect(page.getByRole('heading', { name: 'Your text', exact: true })).toBeVisible();
    return new TextPage(page);
  }

  button(name: string): Locator {
    return this.room.getByRole('button', { name, exact: true });
  }

  /** What it wrote at each point, with what it went on from. */
  written(): Promise<string[]> {
    return this.samples.locator('.written').allTextContents();
  }
}

test('it writes what the script writes in PyTorch, before, during and after its training, and loses as much', PHONE, async ({ page }) => {
  const { setup, script, losses, validation, written } = golden('tale');
  const query = new URLSearchParams(Object.entries(setup).map(([name, value]) => [name, String(value)]));
  const room = await TextPage.open(page, query.toString());
  await expect(room.button('Train')).toBeEnabled();
  await expect(room.room).toContainText('the same chance loses 3.714, which is ln V');
  await inspect(page, 'lab-text-before');
  await room.button('Train').click();
  await expect(room.status).toHaveText('Finished after 30 training steps.');
  await expect(room.samples).toHaveCount(written.length);
  expect(await room.written()).toEqual(written);
  await expect(room.now).toHaveText(written.at(-1) ?? '');
  const code = await page.getByRole('region', { name: 'PyTorch code', exact: true }).textContent();
  expect(code?.split('\n')).toEqual(script);
  const chart = room.room.locator('gru-line-chart');
  await chart.locator('summary').click();
  const rows = await chart.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  expect(rows.map(([step]) => Number(step))).toEqual([10, 20, 30]);
  for (const [index, row] of rows.entries()) {
    expect(Math.abs(numberOf(row[1] ?? '') - (losses[10 * index + 9] ?? NaN))).toBeLessThan(2e-3);
    expect(Math.abs(numberOf(row[2] ?? '') - (validation[index] ?? NaN))).toBeLessThan(2e-3);
  }
  await inspect(page, 'lab-text-trained');
});

test('a text of one\'s own is learned, stays in the browser and in no address, and writes on from a prompt', PHONE, async ({ page }) => {
  const room = await TextPage.open(page, 'steps=60&sample_every=30&hidden_size=16&seq_len=12&length=60');
  await room.box.fill('the cat sat on the mat. '.repeat(30));
  await expect(page).toHaveURL(/text=own/);
  expect(page.url()).not.toContain('mat');
  await expect(room.room).toContainText('720 characters: the first 648 to train on, then 60 to validate, in order. V = 11');
  await room.button('Train').click();
  await expect(room.status).toHaveText('Finished after 60 training steps.');
  await expect(room.now).toHaveText(/the (cat|mat)/);
  const first = await room.now.textContent();

  // Other dice, another prompt: the same weights write something else at once, from there on.
  await room.room.getByRole('textbox', { name: 'prompt' }).fill('sat on');
  await expect(room.now).toHaveText(/^sat on/);
  expect(await room.now.textContent()).not.toBe(first);
  await expect(page).toHaveURL(/prompt=sat/);

  // What the text has not cannot be gone on from, and is said.
  await room.room.getByRole('textbox', { name: 'prompt' }).fill('xyz');
  await expect(page.getByRole('region', { name: 'This cannot be trained' })).toContainText('the prompt has "x", and the text has not');
  await expect(room.button('Train anew')).toBeDisabled();
  await page.reload();
  await expect(room.box).toHaveValue(/^the cat sat on the mat/);
  await room.button('Back to the tale of this page').click();
  await expect(room.box).toHaveValue(/^The fox and the mill/);
});

test('what is no text, and too short a one, is told in words', LONGER, async ({ page }) => {
  const room = await TextPage.open(page);
  const choose = async (name: string, buffer: Buffer): Promise<void> => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), room.button('Choose a file').click()]);
    await chooser.setFiles({ name, mimeType: 'text/plain', buffer });
  };
  await choose('letter.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  await expect(room.room).toContainText('This cannot be read: the file is no UTF-8: byte 1 cannot be read');
  await choose('<b>short</b>.txt', Buffer.from('One.\r\nTwo.'));
  await expect(room.box).toHaveValue('One.\nTwo.');
  await expect(page.getByRole('region', { name: 'This cannot be trained' })).toContainText('the text has 9 characters');
  await expect(room.button('Train')).toBeDisabled();
  expect(await room.room.locator('b', { hasText: 'short' }).count()).toBe(0);
});

test('a run is cancelled by keyboard, and what it wrote until then stays', async ({ page }) => {
  // So many steps that no machine is through with them before the key is pressed.
  const room = await TextPage.open(page, 'hidden_size=128&seq_len=100&batch=128&steps=5000&sample_every=500');
  await expect(room.button('Train')).toBeEnabled();
  await room.button('Train').focus();
  await page.keyboard.press('Enter');
  await expect(room.button('Cancel')).toBeFocused();
  await expect(room.samples).toHaveCount(1);
  await expect(room.samples).toContainText('before training');
  await page.keyboard.press('Enter');
  await expect(room.status).toHaveText(/^Cancelled after [\d\u202f]+ training steps?: what it wrote until then is shown\.$/);
  await expect(room.button('Train anew')).toBeFocused();
  await expect(room.samples).toHaveCount(1);
});
