import type { Page } from '@playwright/test';
import { expect, letPass, LONGER, overflow, PHONE, test } from './harness';
import { numberOf, PlaygroundPage } from './playground-page';

/** The number of a cell, as its map tells it. */
async function told(playground: PlaygroundPage, name: string): Promise<number> {
  return numberOf(((await playground.readout(name).textContent()) ?? '').split(' = ')[1] ?? '');
}

const hint = (page: Page) => page.locator('gru-values .hint');

test('with the switch on, a layer that is added and a size that changes leave the other numbers', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const [input, r] = [await told(playground, 'input'), await told(playground, 'r')];
  await page.getByRole('checkbox', { name: 'keep the other weights' }).check();
  await expect(page).toHaveURL(/keep=/);
  await playground.number('num_layers').fill('3');
  await expect(hint(page)).toContainText('4440 of the 6960 weights and all of x keep their numbers; the other weights are new.');
  await expect(hint(page)).toContainText('the weights that stay would be the same, but x, which is drawn after all weights, would be another');
  expect(await told(playground, 'input')).toBe(input);
  expect(await told(playground, 'r')).toBe(r);
  // Drawn anew, the input is another.
  await page.getByRole('button', { name: 'Draw all anew' }).click();
  await expect(page).not.toHaveURL(/keep=/);
  await expect.poll(() => told(playground, 'input')).not.toBe(input);
  expect(await overflow(page)).toBe(0);
});

test('the code says how they are kept, and is the code that runs', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=3&keep=');
  await playground.expectValues();
  await playground.expectLine('before = nn.GRU(input_size=10, hidden_size=20, num_layers=2)');
  await playground.expectLine('    new[both] = old[both]');
  await playground.expectLine('keep(x_before, x)');
  await page.getByRole('button', { name: 'Edit and run the code' }).click();
  const program = page.locator('gru-program');
  await expect(program).toBeVisible();
  await expect(program).toContainText('torch.Size([5, 3, 20])');
  await expect(program).toContainText('torch.Size([3, 3, 20])');
});

test('what was drawn anew can be kept after all, from what was shown before', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const z = await told(playground, 'z');
  // Changes that follow each other at once are one.
  await letPass(page, 1100);
  await playground.number('hidden_size').fill('24');
  await expect(hint(page)).toContainText('Why other numbers are others now, too');
  await expect.poll(() => told(playground, 'z')).not.toBe(z);
  await page.getByRole('button', { name: 'Keep the other numbers' }).press('Enter');
  await expect(hint(page)).toContainText('4440 of the 6192 weights and all of x keep their numbers');
  await expect(hint(page)).toContainText('no weight would stay as it was');
  await expect(page.getByRole('checkbox', { name: 'keep the other weights' })).toBeChecked();
  // Of the bigger module the first layer's first step reads the same x by the same rows, from the same zeros.
  await expect.poll(() => told(playground, 'z')).toBe(z);
  await playground.expectLine('        keep(old.view(3, 20, -1), state[name].view(3, 24, -1))  # r, z and n apart');
});

test('a link keeps what is kept, and one that cannot be meant is told of', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'hidden_size=24&keep=seq_len%3Dabc');
  await playground.expectValues();
  await expect(playground.notice).toContainText('is no setting whose numbers could be kept');
  await expect(page).not.toHaveURL(/keep=/);
  await PlaygroundPage.open(page, 'hidden_size=24&keep=hidden_size%3D0');
  await expect(hint(page)).toContainText('Nothing is kept: the setting to keep from does not run.');
});

test('the arithmetic of a kept number has the kept weights', LONGER, async ({ page }) => {
  const open = async (query: string): Promise<string> => {
    const playground = await PlaygroundPage.open(page, query);
    await playground.expectValues();
    await playground.heatmap('r').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('weight_ih_l0');
    return (await dialog.innerText()).replaceAll(/\s+/g, ' ');
  };
  const before = await open('');
  expect(await open('num_layers=3&keep=')).toBe(before);
});
