import { expect, LONGER, overflow, PHONE, stopTime, test } from './harness';
import { PlaygroundPage, numberOf } from './playground-page';

/** One stage of a step, where there are few steps. */
const STAGE_MS = 600;

test('a step goes through the cell, stage by stage, and the rows fill as they are computed', PHONE, async ({ page }) => {
  await page.clock.install();
  const playground = await PlaygroundPage.open(page, 'seq_len=3&num_layers=1&hidden_size=4');
  await playground.expectValues();
  const cell = page.locator('gru-cell');
  await playground.values.locator('.cell').scrollIntoViewIfNeeded();
  await expect(cell.locator('svg')).toBeVisible();
  await stopTime(page);
  await page.getByRole('button', { name: 'Play the steps in order' }).click();
  const there = async (): Promise<string[]> => Promise.all(['r', 'n', 'h', 'out'].map((name) => playground.readout(name).innerText()));
  const isThere = async (...all: boolean[]): Promise<void> => {
    await expect.poll(async () => (await there()).map((text) => !text.endsWith('not yet'))).toEqual(all);
  };
  const stages = cell.getByRole('button');
  const now = async (name: string): Promise<void> => { await expect(cell.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true'); };
  await now('read');
  await isThere(false, false, false, false);
  // The step is lit in the flow, too.
  await expect(playground.flow.locator('.cell.now text')).toHaveText('0');
  for (const [name, all] of [
    ['gates', [true, false, false, false]],
    ['candidate', [true, true, false, false]],
    ['mix', [true, true, true, false]],
    ['out', [true, true, true, true]],
  ] as const) {
    await page.clock.runFor(STAGE_MS);
    await now(name);
    await isThere(...all);
  }
  await page.clock.runFor(STAGE_MS);
  await expect(playground.step).toHaveValue('1');
  await now('read');
  await isThere(false, false, false, false);
  // Once the sequence is over, all of it is shown.
  await page.clock.runFor(10 * STAGE_MS);
  await expect(stages.and(page.locator('[aria-pressed="true"]'))).toHaveCount(0);
  await isThere(true, true, true, true);
  await expect(playground.flow.locator('.cell.now')).toHaveCount(0);
});

test('the stages are stepped by hand, under reduced motion too, with the real numbers', PHONE, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page, 'step=1');
  await playground.expectValues();
  await playground.values.locator('.cell').scrollIntoViewIfNeeded();
  const cell = page.locator('gru-cell');
  const stage = cell.getByRole('button', { name: 'gates', exact: true });
  await stage.focus();
  await page.keyboard.press('Enter');
  await expect(stage).toHaveAttribute('aria-pressed', 'true');
  await expect(cell.locator('code').first()).toHaveText('r = σ(W_ir x + b_ir + W_hr h_prev + b_hr)');
  const z = (await playground.readout('z').innerText()).split(' = ')[1] ?? '';
  await expect(cell.locator('.told').last()).toContainText(`= ${z} will keep ${Math.round(100 * numberOf(z))}\u202f% of h_prev`);
  await expect(playground.readout('n')).toHaveText('n[1, 0, 0]: not yet');
  await cell.getByRole('button', { name: 'mix', exact: true }).press('Enter');
  const h = (await playground.readout('h').innerText()).split(' = ')[1] ?? '';
  await expect(cell.locator('.told').last()).toContainText(`= ${h}.`);
  expect(await overflow(page)).toBe(0);
});

test('flow and step are in one screen when play is pressed', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await playground.values.locator('.cell').scrollIntoViewIfNeeded();
  await expect(page.locator('gru-cell svg')).toBeVisible();
  await page.getByRole('button', { name: 'Play the steps in order' }).click();
  await expect(playground.flow.locator('.cell.now rect')).toBeInViewport();
  await expect(page.locator('gru-cell .picture')).toBeInViewport({ ratio: 1 });
});

test('the input has a map like everything else', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'batch_first=True&sample=1&step=2');
  await playground.expectValues();
  await playground.heatmap('input').focus();
  await page.keyboard.press('ArrowRight');
  await expect(playground.readout('input')).toHaveText(/^input\[1, 2, 1\] = [−\d.]+$/);
});

test('a number opens its arithmetic, and a term leads to the cell that it comes from', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'step=1&layer=1');
  await playground.expectValues();
  await playground.heatmap('z').focus();
  await page.keyboard.press('ArrowRight');
  const told = (await playground.readout('z').innerText()).split(' = ')[1] ?? '';
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'z of unit 1' });
  await expect(sheet.getByRole('heading', { name: 'z of unit 1' })).toBeFocused();
  await expect(sheet.locator('.sum b')).toHaveText(told);
  await expect(sheet.locator('.words')).toHaveText(new RegExp(`^Unit 1 keeps ${Math.round(100 * numberOf(told))}\u202f% of h_prev and replaces`));
  // The products and the bias are the sum, to the digits shown.
  const table = sheet.getByRole('region', { name: 'What x says: products' });
  const products = (await table.locator('tbody td:last-child').allInnerTexts()).map(numberOf);
  expect(products).toHaveLength(21);
  const sum = numberOf(await table.locator('tfoot td').innerText());
  expect(Math.abs(products.reduce((all, product) => all + product, 0) - sum)).toBeLessThan(21 * 5e-5);
  const follow = sheet.getByRole('button', { name: /^Go to h of unit 4, layer 0, t = 1, / });
  const value = (await follow.innerText()).trim();
  await follow.press('Enter');
  await expect(playground.readout('h')).toHaveText(`h[1, 0, 4] = ${value}`);
  await expect(playground.heatmap('h').getByRole('gridcell', { name: `h[1, 0, 4] = ${value}` })).toBeFocused();
  await expect(page.getByRole('dialog', { name: 'h of unit 4' }).locator('.sum b')).toHaveText(value);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
});

test('another number shows what it changes, and is undone', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'batch=2&num_layers=1&step=2');
  await playground.expectValues();
  const before = await playground.readout('out').innerText();
  await playground.heatmap('input').focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'input[2, 0, 0]' });
  await sheet.getByRole('textbox').fill('two');
  await sheet.getByRole('button', { name: 'Change it' }).click();
  await expect(sheet.getByText('This is no number.')).toBeVisible();
  await sheet.getByRole('textbox').fill('3');
  await page.keyboard.press('Enter');
  // Of one sample, three of five steps.
  await expect(sheet.getByText(/^out: 60 of 200 numbers changed; the largest by 0\.\d+\.$/)).toBeVisible();
  await expect(playground.readout('input')).toHaveText(/^input\[2, 0, 0\] = 3\.0000 \(was /);
  await expect(playground.readout('out')).toHaveText(/ \(was [−\d.]+\)$/);
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.readout('out')).toHaveText(before);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a call that would take too long says so in place of its arithmetic', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=100&batch=1&input_size=600&hidden_size=600&num_layers=1');
  await playground.expectValues();
  await playground.heatmap('z').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('The arithmetic is not opened: the call takes more than 200 million multiply-adds.')).toBeVisible();
});

test('why numbers are others after a change of the layers stands beside them', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await playground.number('num_layers').fill('3');
  await expect(playground.values.getByText(/the weights of the layers that stay are the same, but the input is another/)).toBeVisible();
});

test('another number stands in the address: it is there after a reload and takes no focus', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'batch=2&num_layers=1&step=2');
  await playground.expectValues();
  await playground.heatmap('input').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('textbox').fill('3');
  await page.keyboard.press('Enter');
  await expect(playground.readout('input')).toHaveText(/^input\[2, 0, 0\] = 3\.0000 \(was /);
  await expect(page).toHaveURL(/edit=input,40,3/);
  await page.reload();
  await playground.expectValues();
  const sheet = page.getByRole('dialog', { name: 'h of unit 0' });
  await expect(sheet.getByText(/^out: 60 of 200 numbers changed; /)).toBeVisible();
  await expect(playground.readout('input')).toHaveText(/^input\[2, 0, 0\] = 3\.0000 \(was /);
  expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName ?? '')).not.toBe('gru-play-view');
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(page).not.toHaveURL(/edit=/);
  await expect(playground.readout('input')).not.toHaveText(/was/);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
});

test('a number that a call has not is told, and left out; another call has no edit', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=1&edit=weight_hh_l3,7,0.5');
  await playground.expectValues();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(/the call has no such number/)).toBeVisible();
  await sheet.getByRole('button', { name: 'Leave the change out' }).click();
  await expect(page).not.toHaveURL(/edit=/);
  await page.goto('./#play?num_layers=1&edit=weight_hh_l0,7,1e99');
  await expect(playground.notice).toContainText('edit=weight_hh_l0,7,1e99 is no number that float32 holds');
  await page.goto('./#play?num_layers=1&step=1&edit=weight_hh_l0,7,0.5');
  await expect(playground.readout('out')).toHaveText(/was/);
  await playground.number('hidden_size').fill('12');
  await expect(page).not.toHaveURL(/edit=/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
