import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, longerUnless, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

// A button that goes, or can do no more, when it is pressed hands the focus on: it is not thrown back to the top of the page.

/** What has the focus, for people to read; empty where nothing has. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body || element.matches(':disabled')) return '';
    return element.getAttribute('aria-label') ?? element.textContent.trim();
  });
}

const LONG = 'seq_len=600&batch=64&input_size=256&hidden_size=1024';

/** A button, how to come to it, and what has the focus once it is gone. */
const GOING: readonly (readonly [what: string, arrive: (page: Page) => Promise<Locator>, next: RegExp])[] = [
  [
    'Compute',
    async (page) => (await PlaygroundPage.open(page, LONG)).values.getByRole('button', { name: 'Compute', exact: true }),
    /^Cancel$/,
  ],
  [
    'Cancel',
    async (page) => {
      const { values } = await PlaygroundPage.open(page, LONG);
      await values.getByRole('button', { name: 'Compute', exact: true }).click();
      return values.getByRole('button', { name: 'Cancel' });
    },
    /^Compute$/,
  ],
  [
    'Compute, where it does not take long',
    async (page) => (await PlaygroundPage.open(page, 'seq_len=64&batch=16&input_size=256&hidden_size=512')).values.getByRole('button', { name: 'Compute', exact: true }),
    /^What was computed$/,
  ],
  [
    'Forget run A, with another run',
    async (page) => {
      const room = await TrainPage.open(page, 'steps=20&seq_len=4&batch=8');
      for (const letter of ['A', 'B']) {
        await room.start();
        await expect(room.status).toHaveText(new RegExp(`^Run ${letter} finished`));
      }
      return room.button('Forget run A');
    },
    /^Forget run B$/,
  ],
  [
    'Forget run A, the only one',
    async (page) => {
      const room = await TrainPage.open(page, 'steps=20&seq_len=4&batch=8');
      await room.start();
      await expect(room.status).toHaveText(/^Run A finished/);
      return room.button('Forget run A');
    },
    /^Start$/,
  ],
  [
    'Dismiss',
    async (page) => (await PlaygroundPage.open(page, 'seq_len=many')).notice.getByRole('button', { name: 'Dismiss' }),
    /./,
  ],
  [
    'Remove, of an option that nn.GRU does not have',
    async (page) => (await PlaygroundPage.open(page, 'other.device=%27cuda%27')).controls.getByRole('button', { name: 'Remove device' }),
    /./,
  ],
  [
    'Show everything',
    async (page) => {
      await PlaygroundPage.open(page, 'hide=values');
      return page.getByRole('button', { name: 'Show everything' });
    },
    /./,
  ],
  [
    'a fix of packing',
    async (page) => {
      await page.goto('./#lab/packed?lengths=1,5');
      return page.locator('.fixes .button').first();
    },
    /^Undo$/,
  ],
  [
    'a fix of a projection',
    async (page) => {
      await page.goto('./#lab/variants?module=LSTM&proj_size=4&hidden_size=4');
      return page.getByRole('button', { name: 'proj_size=3' });
    },
    /./,
  ],
  [
    'one step on, to the last',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'seq_len=4&step=2');
      await playground.expectValues();
      return page.getByRole('button', { name: 'One step on' });
    },
    /^(One step back|Time step|Play)/,
  ],
  [
    'the page of a table before the last',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'hidden_size=25');
      await playground.expectValues();
      await page.getByText('Values of this step as a table').click();
      return page.getByRole('button', { name: 'Next', exact: true });
    },
    /^Previous$/,
  ],
  [
    'Close, of a file',
    async (page) => {
      await PlaygroundPage.open(page);
      await page.locator('gru-weights input[type=file]').setInputFiles(join(__dirname, '../golden/weights/gru.pt'));
      return page.locator('gru-weights').getByRole('button', { name: 'Close' });
    },
    /^In use/,
  ],
];

for (const [what, arrive, next] of GOING) {
  test(`the focus is kept: ${what}`, longerUnless(['Compute', 'Cancel', 'Forget run A, the only one', 'Close, of a file'].includes(what)), async ({ page }) => {
    const button = await arrive(page);
    await button.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(next);
  });
}
