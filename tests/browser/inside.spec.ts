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
  await now('in');
  await isThere(false, false, false, false);
  // The step is lit in the flow, too.
  await expect(playground.flow.locator('.cell.now text')).toHaveText('0');
  for (const [name, all] of [
    ['r, z', [true, false, false, false]],
    ['n', [true, true, false, false]],
    ['mix', [true, true, true, false]],
    ['out', [true, true, true, true]],
  ] as const) {
    await page.clock.runFor(STAGE_MS);
    await now(name);
    await isThere(...all);
  }
  await page.clock.runFor(STAGE_MS);
  await expect(playground.step).toHaveValue('1');
  await now('in');
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
  const stage = cell.getByRole('button', { name: 'r, z', exact: true });
  await stage.focus();
  await page.keyboard.press('Enter');
  await expect(stage).toHaveAttribute('aria-pressed', 'true');
  await expect(cell.locator('code').first()).toHaveText('r = σ(W_ir x + b_ir + W_hr h + b_hr)');
  const z = (await playground.readout('z').innerText()).split(' = ')[1] ?? '';
  await expect(cell.locator('.told').last()).toContainText(`= ${z} will keep ${Math.round(100 * numberOf(z))}\u202f% of the old state`);
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
