import type { Page } from '@playwright/test';
import { expect, test } from './harness';
import { PlaygroundPage } from './playground-page';

/** From now on, tasks of the main thread above 50 ms, which is what browsers call long. */
async function longTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const host = window as unknown as { long: number[] };
    host.long = [];
    new PerformanceObserver((list) => host.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));
}

/** Does something again until it blocks nothing: what the page does itself blocks every time, a busy machine does not. */
async function expectSmooth(page: Page, what: string, act: () => Promise<void>): Promise<void> {
  const long = await longTasks(page);
  await expect(async () => {
    await long();
    await act();
    expect(await long(), `${what}: tasks that blocked the page, in milliseconds`).toEqual([]);
  }).toPass({ intervals: [0] });
}

test('dragging a slider never blocks the page', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const slider = playground.slider('seq_len');
  const box = await slider.boundingBox();
  if (!box) throw new Error('no slider');
  const y = box.y + box.height / 2;
  let last = 0;
  await expectSmooth(page, 'a drag', async () => {
    last = last === 0.6 ? 0.5 : 0.6;
    await page.mouse.move(box.x + box.width * 0.1, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * last, y, { steps: 30 });
    await page.mouse.up();
    const value = await slider.inputValue();
    await expect(playground.heatmap('out')).toHaveAccessibleName(new RegExp(`${value} steps`));
  });
});

test('the values of a large call are shown without blocking the page', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=128&batch=16&input_size=64&hidden_size=128&num_layers=4');
  await playground.expectValues();
  let steps = 128;
  await expectSmooth(page, 'a large result', async () => {
    steps = steps === 127 ? 126 : 127;
    await playground.number('seq_len').fill(String(steps));
    await expect(playground.heatmap('out')).toHaveAccessibleName(new RegExp(`${String(steps)} steps`));
  });
});
