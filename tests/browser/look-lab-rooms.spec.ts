import type { Page } from '@playwright/test';
import { expect, inspect, longerUnless, test } from './harness';

/** The rooms beside training, and the states of them that look different. */
const ROOMS: readonly (readonly [name: string, address: string, arrive: (page: Page) => Promise<void>])[] = [
  [
    'lab-memory',
    'memory?seq_len=6&steps=20&seeds=2',
    async (page) => {
      await page.getByRole('button', { name: 'Lock my prediction and train' }).click();
      await expect(page.getByRole('button', { name: 'Predict anew' })).toBeVisible({ timeout: 60_000 });
      await expect(page.locator('gru-heatmap')).toHaveCount(5);
    },
  ],
  [
    'lab-gradients',
    'gradients',
    async (page) => {
      await expect(page.locator('gru-heatmap')).toHaveCount(4);
    },
  ],
  [
    'lab-gradients-broken',
    'gradients?gain=40&seq_len=80&hidden_size=64&module=lstm&of=x&loss=every_step',
    async (page) => {
      await expect(page.locator('.fates')).toContainText('breaks');
      for (const twin of await page.locator('gru-line-chart summary').all()) await twin.click();
    },
  ],
  [
    'lab-variants',
    'variants',
    async (page) => {
      await expect(page.locator('gru-heatmap')).toHaveCount(4);
      await expect(page.locator('gru-module-card')).toContainText('weight_hh_l0');
    },
  ],
  [
    'lab-packed',
    'packed?lengths=3,6,1,2&enforce_sorted=0',
    async (page) => {
      await expect(page.locator('gru-last-states tbody tr')).toHaveCount(8);
    },
  ],
  [
    'lab-packed-error',
    'packed?lengths=9,3,2,1&input_batch_first=1&seq_len=4&depth=1',
    async (page) => {
      await expect(page.locator('.diagnostic')).not.toHaveCount(0);
    },
  ],
];

for (const [name, address, arrive] of ROOMS) {
  test(`${name} looks right in both themes, and axe finds nothing`, longerUnless(['lab-packed'].includes(name)), async ({ page }) => {
    await page.goto(`./#lab/${address}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await arrive(page);
    await inspect(page, name);
  });
}
