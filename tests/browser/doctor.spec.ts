import type { Page } from '@playwright/test';
import { expect, inspect, PHONE, test } from './harness';
import { TrainPage } from './lab-train-page';
import { numberOf } from './playground-page';

/** What the doctor sees in the newest run. */
function seen(page: Page) {
  return page.getByRole('region', { name: /^What the doctor sees in run/ });
}

/** Overfits by the experiment and cures by the doctor's own button, each pressed as `press` does. */
async function overfitAndCure(page: Page, press: (name: string) => Promise<void>): Promise<TrainPage> {
  const room = await TrainPage.open(page);
  await press('Overfit it');
  await expect(seen(page)).toContainText(/Run A: It overfits since training step \d+/, { timeout: 60_000 });
  await expect(seen(page)).toContainText('learned its training set by heart');
  await press('Cure: Draw new sequences in every training step');
  await expect(seen(page)).toContainText('Run B: It learned', { timeout: 60_000 });
  await expect(seen(page)).toContainText('It helped. A: validation loss');
  return room;
}

test('what is overfit on purpose is named by the doctor, marked on the plot, and cured by its own button', PHONE, async ({ page }) => {
  const room = await overfitAndCure(page, async (name) => { await page.getByRole('button', { name, exact: true }).click(); });
  await expect(room.runs).toHaveCount(2);
  const [overfit, cured] = await Promise.all(['A validation', 'B validation'].map((name) => room.column(name)));
  expect(numberOf(overfit?.at(-1) ?? '')).toBeGreaterThan(2.08);
  expect(numberOf(cured?.at(-1) ?? '')).toBeLessThan(0.2);
  // What is said of the run is marked on the plot, and stands in the table.
  await expect(page.locator('gru-lab-train gru-line-chart .band')).toHaveCount(1);
  expect((await room.column('Seen in B')).join(' ')).toContain('1: training');
  // One set of figures: below the table, beside the letter and in the doctor's words.
  const [training = '', validation = ''] = await Promise.all(['B training', 'B validation'].map((name) => room.foot(name)));
  await expect(room.runs.nth(1)).toContainText(`: training ${training}, validation ${validation}`);
  await expect(seen(page)).toContainText(`B: validation loss ${validation}`);
  await expect(seen(page)).toContainText(`training ${training}, validation ${validation}`);
  await expect(seen(page)).toContainText('A and B differ from the first training step on');
  await inspect(page, 'lab-train-cured');
});

test('the same by keyboard alone', PHONE, async ({ page }) => {
  const room = await overfitAndCure(page, async (name) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  });
  // The focus waits where the next run is started.
  await expect(room.button('Start anew')).toBeFocused();
});

test('what the doctor sees is told aloud when a run ends', async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=10&batch=8');
  await room.start();
  await expect(page.locator('[role=status]').filter({ hasText: 'The doctor: Too early to say.' })).toHaveCount(1);
});

test('early stopping keeps the best step and says it', async ({ page }) => {
  const room = await TrainPage.open(page, 'task=recall&seq_len=5&batch=12&fresh=0&train_size=24&patience=3&steps=300');
  await room.start();
  await expect(room.status).toHaveText(/^Run A stopped early after \d+ training steps\. The best is kept: that of training step \d+\./);
  expect((await room.code()).join('\n')).toContain('model.load_state_dict(best_state)');
});

test('a letter stays with its run when another is forgotten, and none comes again', async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=10&batch=8');
  for (const letter of ['A', 'B']) {
    await room.start();
    await expect(room.status).toHaveText(`Run ${letter} finished after 10 training steps.`);
  }
  await expect(seen(page)).toContainText('A and B are the same in all 10 training steps that both took');
  await page.getByRole('button', { name: 'Forget run A' }).click();
  await expect(room.runs).toHaveCount(1);
  await expect(room.runs.first().locator('.letter')).toHaveText('B');
  // What was said beside A is no longer said.
  await expect(seen(page)).not.toContainText('A and B');
  await room.start();
  await expect(room.status).toHaveText('Run C finished after 10 training steps.');
  await expect(seen(page)).toContainText('B and C are the same');
});
