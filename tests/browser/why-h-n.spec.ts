import { expect, inspect, overflow, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

test('why h_n has its shape is told in the flow from each place that shows it, by keyboard too', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'batch_first=True&bidirectional=True&num_layers=3');
  await playground.expectValues();
  const caption = playground.flow.locator('.caption');
  await playground.result.getByRole('button', { name: 'Why h_n has this shape' }).press('Enter');
  await expect(caption).toContainText('h_n holds the last state of each layer and direction, D·num_layers = 2·3 = 6 of them');
  await expect(caption).toContainText('h_n has no steps, so its batch stays in the middle.');
  await expect(playground.flow.locator('[data-stop="h_n"]')).toBeFocused();
  await expect(playground.flow.locator('g.part[data-key="h_n"]')).toBeInViewport();
  await expect(caption).toBeInViewport();
  await playground.values.getByRole('button', { name: 'Why this shape: h_n' }).click();
  await expect(caption).toBeInViewport();
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'why-h-n');
  await caption.getByRole('link', { name: 'h_n in the glossary' }).click();
  await expect(page.locator('gru-glossary')).toContainText('Its shape is (D·num_layers, N, H_out), also where batch_first=True: that turns time steps and batch of x and out around, and h_n has no time steps.');
});

test('who presses another part is told of that', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=3');
  await playground.result.getByRole('button', { name: 'Why h_n has this shape' }).click();
  await expect(playground.flow.locator('.caption')).toContainText('h_n holds the last state of each layer, D·num_layers = 1·3 = 3 of them');
  await page.keyboard.press('Home');
  await expect(playground.flow.locator('.caption')).toContainText('h_0 (3, 3, 20)');
});
