/**
 * Use without growth: what a learner does again and again leaves the page as large as it was.
 *
 * Ten minutes of it, for `cargo xtask test --all`; GRU_GROWTH_MINUTES makes it shorter.
 */
import type { CDPSession, Page } from '@playwright/test';
import { expect, LONGER, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

test.use({ reuseContext: false });

const MINUTES = Number(process.env['GRU_GROWTH_MINUTES'] ?? '10');
/** What is loaded and kept once is there after so many rounds. */
const WARM = 3;
const LEAST = 3;

interface Size {
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
  readonly workers: number;
}

/** Everything once, in the order in which a learner might. */
async function round(page: Page, number: number): Promise<void> {
  const playground = new PlaygroundPage(page);
  await page.goto('./#play');
  await playground.expectValues();
  for (const steps of [7, 9, 12]) await playground.number('seq_len').fill(String(steps + (number % 3)));
  await playground.shape('input').fill(`(5, 3, ${9 + (number % 2) * 2})`);
  await playground.fixes.first().click();
  await expect(playground.exception).toHaveCount(0);
  await playground.flow.getByRole('button', { name: /^layer 0/ }).press('Enter');
  await expect(page.locator('gru-layer-gates')).toBeVisible();
  // Long enough for the worker.
  await page.goto(`./#play?hidden_size=${300 + (number % 4)}`);
  await playground.expectValues();
  for (const room of ['train', 'memory', 'gradients', 'series', 'text', 'variants', 'packed']) {
    await page.goto(`./#lab/${room}`);
    await expect(page.locator(`gru-lab-${room} h1`)).toBeVisible();
  }
  await page.goto('./#play?seq_len=x&colour=red');
  await expect(playground.notice).toBeVisible();
  for (const [view, element] of [['challenge', 'gru-challenge-view'], ['about', 'gru-about']] as const) {
    await page.goto(`./#${view}`);
    await expect(page.locator(`${element} h1`).first()).toBeVisible();
  }
}

/** How large the page is where it always is the same. */
async function size(page: Page, session: CDPSession): Promise<Size> {
  await page.goto('./#play?batch=4');
  await new PlaygroundPage(page).expectValues();
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize'), workers: page.workers().length };
}

test('the page does not grow with ten minutes of use', LONGER, async ({ page }) => {
  test.setTimeout((MINUTES + 10) * 60_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  let number = 0;
  for (; number < WARM; number += 1) await round(page, number);
  const before = await size(page, session);
  const end = Date.now() + MINUTES * 60_000;
  for (; number < WARM + LEAST || Date.now() < end; number += 1) await round(page, number);
  const after = await size(page, session);
  const told = `${String(number)} rounds: ${JSON.stringify(before)} became ${JSON.stringify(after)}`;
  console.log(told);
  expect(after.nodes, told).toBeLessThan(before.nodes * 1.05 + 100);
  expect(after.listeners, told).toBeLessThan(before.listeners * 1.05 + 50);
  expect(after.heap, told).toBeLessThan(before.heap * 1.15 + 2_000_000);
  expect(after.workers, told).toBeLessThanOrEqual(Math.max(before.workers, 2));
});

/** What the browser holds of the page, in bytes. */
async function held(session: CDPSession): Promise<number> {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as unknown as Record<'usedSize', number> &
    Partial<Record<'embedderHeapUsedSize' | 'backingStorageSize', number>>;
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

const MEGABYTE = 2 ** 20;

test('ten thousand steps through a sequence leave the page within 100 MB of what it was', LONGER, async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const session = await page.context().newCDPSession(page);
  await page.goto('./#play?seq_len=40&num_layers=2');
  await new PlaygroundPage(page).expectValues();
  /** Goes on by a step, and at the end back to the first, each drawn before the next. */
  const walk = (steps: number): Promise<number> =>
    page.locator('gru-scrubber').first().evaluate(async (scrubber, count) => {
      const slider = scrubber.shadowRoot?.querySelector<HTMLInputElement>('input[type=range]');
      if (!slider) return 0;
      let gone = 0;
      for (; gone < count; gone += 1) {
        const on = scrubber.shadowRoot?.querySelector<HTMLButtonElement>('button[aria-label="One step on"]');
        if (on && !on.disabled) on.click();
        else {
          slider.value = '0';
          slider.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return gone;
    }, steps);
  await walk(100);
  const before = await held(session);
  expect(await walk(10_000)).toBe(10_000);
  expect((await held(session)) - before).toBeLessThan(100 * MEGABYTE);
});

test('ten thousand steps of training leave the page within 100 MB of what it was', LONGER, async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const session = await page.context().newCDPSession(page);
  const room = await TrainPage.open(page, 'steps=1000&seq_len=5&batch=4&hidden_size=4');
  const run = async (): Promise<void> => {
    await room.start();
    // A press is Stop at once, until all steps are done.
    await expect(room.button('Start anew')).toBeVisible({ timeout: 120_000 });
    await expect(room.status).toHaveText(/finished after 1\s?000 training steps/);
  };
  await run();
  const before = await held(session);
  for (let runs = 0; runs < 10; runs += 1) await run();
  expect((await held(session)) - before).toBeLessThan(100 * MEGABYTE);
});
