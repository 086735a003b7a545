import type { Page } from '@playwright/test';
import { expect, hear, inspect, overflow, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

const QUERY = 'seq_len=4&input_size=6&hidden_size=5&bidirectional=True';

/** Opens the tree and the sound. */
async function openOtherwise(page: Page, query = QUERY): Promise<PlaygroundPage> {
  const playground = await PlaygroundPage.open(page, query);
  await playground.expectValues();
  await page.getByText('Walk the values as a tree, or hear them').click();
  await expect(page.getByRole('tree')).toBeVisible();
  return playground;
}

const item = (page: Page, name: string | RegExp) => page.getByRole('treeitem', { name, exact: true });

test('a tensor is walked as a tree by keyboard, and a number is said with its place', PHONE, async ({ page }) => {
  const playground = await openOtherwise(page);
  const tree = page.getByRole('tree', { name: 'Values of sample 0' });
  await item(page, 'layer 0').focus();
  // Layer 1, reverse, step 3, unit 2.
  await page.keyboard.press('End');
  await expect(item(page, 'layer 1')).toBeFocused();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(item(page, 'layer 1, reverse, step 0')).toBeFocused();
  await page.keyboard.press('3');
  await expect(item(page, 'layer 1, reverse, step 3')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('2');
  const unit = tree.locator('[role=treeitem]:focus');
  await expect(unit).toHaveAccessibleName(/^layer 1, reverse, step 3, unit 2: −?\d\.\d{4}$/);
  await expect(unit).toHaveAttribute('aria-level', '4');
  await expect(unit).toHaveAttribute('aria-posinset', '3');
  await expect(unit).toHaveAttribute('aria-setsize', '5');
  await expect(unit).toHaveAttribute('aria-expanded', 'false');
  const name = (await unit.getAttribute('aria-label')) ?? '';
  // The same number as that of the map, to which Enter leads.
  await page.keyboard.press('Enter');
  await expect(playground.readout('h')).toHaveText(/^h\[3, 0, 2\] = /);
  expect(name).toContain(((await playground.readout('h').textContent()) ?? '').split(' = ')[1] ?? 'none');
  await page.keyboard.press('ArrowRight');
  await expect(item(page, /^layer 1, reverse, step 3, unit 2, update gate z: 0\.\d{4}$/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(item(page, 'layer 1, reverse, step 3')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(item(page, 'layer 0')).toBeFocused();
  await expect(tree.locator('[role=treeitem][tabindex="0"]')).toHaveCount(1);
  expect(await overflow(page)).toBe(0);
});

test('a press opens a row, and what is heard is told', PHONE, async ({ page }) => {
  await openOtherwise(page);
  await item(page, 'layer 0').click();
  await item(page, 'layer 0, forward').click();
  await item(page, 'layer 0, forward, step 1').click();
  await expect(item(page, /^layer 0, forward, step 1, unit 4: /)).toBeVisible();
  await expect(page.locator('gru-sound')).toContainText('Unit 0 of layer 0, forward, sample 0, step by step');
  await inspect(page, 'otherwise');
});

test('nothing sounds before it is asked for; what sounds follows the numbers and is stopped', PHONE, async ({ page }) => {
  await page.addInitScript(() => {
    const log: { contexts: number; started: number; stopped: number; pans: number[]; pitches: number[] } = { contexts: 0, started: 0, stopped: 0, pans: [], pitches: [] };
    Object.assign(window, { sounds: log });
    const param = () => {
      const self = { value: 0, setValueAtTime: (value: number) => (log.pitches.push(value), self), setTargetAtTime: () => self, linearRampToValueAtTime: () => self, cancelScheduledValues: () => self };
      return self;
    };
    const node = (more: object = {}) => ({ connect: (next: object) => next, ...more });
    class Context {
      currentTime = 0;
      state = 'running';
      destination = node();
      constructor() {
        log.contexts += 1;
      }
      createGain() {
        const gain = { ...param(), setValueAtTime: () => gain };
        return node({ gain });
      }
      createStereoPanner() {
        return node({ pan: { set value(pan: number) { log.pans.push(pan); } } });
      }
      createOscillator() {
        return node({ frequency: param(), start: () => (log.started += 1), stop: (at?: number) => { if (at === undefined) log.stopped += 1; } });
      }
      close() {
        return Promise.resolve();
      }
    }
    Object.assign(window, { AudioContext: Context });
  });
  await openOtherwise(page, 'seq_len=4&hidden_size=5');
  const sounds = () => page.evaluate(() => (window as unknown as { sounds: { contexts: number; started: number; stopped: number; pans: number[]; pitches: number[] } }).sounds);
  expect((await sounds()).contexts).toBe(0);
  const sound = page.locator('gru-sound');
  await page.getByRole('checkbox', { name: /^h, in the middle/ }).uncheck();
  await page.getByRole('button', { name: 'Hear this unit' }).focus();
  await page.keyboard.press('Enter');
  const heard = await sounds();
  expect({ ...heard, pitches: heard.pitches.length }).toEqual({ contexts: 1, started: 2, stopped: 0, pans: [-0.9, 0.9], pitches: 8 });
  for (const pitch of heard.pitches) {
    expect(pitch).toBeGreaterThanOrEqual(220);
    expect(pitch).toBeLessThanOrEqual(880);
  }
  await page.keyboard.press('Enter');
  await expect(sound.getByRole('button', { name: 'Hear this unit' })).toBeVisible();
  expect((await sounds()).stopped).toBeGreaterThanOrEqual(2);
  // By itself it ends too.
  await page.getByRole('button', { name: 'Hear this unit' }).click();
  await expect(sound.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(sound.getByRole('button', { name: 'Hear this unit' })).toBeVisible();
});

test('a browser without sound says so', async ({ page }) => {
  await page.addInitScript(() => { Object.assign(window, { AudioContext: undefined }); });
  await openOtherwise(page);
  const said = await hear(page);
  await page.getByRole('button', { name: 'Hear this unit' }).click();
  await expect(page.locator('gru-sound')).toContainText('This browser plays no sound here.');
  await expect.poll(said).toContain('alert: This browser plays no sound here.');
});
