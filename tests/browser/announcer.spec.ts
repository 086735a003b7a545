import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hear, letPass, LONGER, longerUnless, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

// What a screen reader is told by itself: every change of a live region is written down.

/** Every live region of the page: its element, and what it says. */
async function regions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (element.matches('[role=status], [role=alert], [role=log], [aria-live]')) found.push(`${element.className} ${element.textContent}`.trim());
      }
    };
    visit(document);
    return found;
  });
}

test('a page has one announcer, which is there before it says anything', async ({ page }) => {
  await page.goto('./');
  await new PlaygroundPage(page).expectValues();
  for (const view of ['#play?input=5,3,7', '#lab/gradients', '#lab/packed?lengths=1,5', '#challenge', '#about']) {
    await page.goto(`./${view}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect((await regions(page)).map((region) => region.split(' ')[0]), view).toEqual(['announcer', 'announcer']);
  }
});

test('an error is one announcement, which says that there are fixes and where', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heard = await hear(page);
  await playground.shape('input').fill('(5, 3, 7)');
  const error = 'status: RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 7. Why, and 2 fixes: at the next heading, Why, and fixes.';
  await expect.poll(heard).toEqual([error]);
  await playground.fixes.first().click();
  await expect.poll(async () => (await heard()).length).toBe(3);
  const [, fixed, result] = await heard();
  expect(fixed).toMatch(/^status: Fixed: .*\. Undo is here\.$/);
  expect(result).toBe('status: out (5, 3, 20), h_n (2, 3, 20)');
});

test('a run that is to be asked for says so, and says that it was cancelled', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heard = await hear(page);
  await page.goto('./#play?seq_len=600&batch=64&input_size=256&hidden_size=1024');
  await expect.poll(heard).toContain('status: Values: not computed by themselves, for they take long. Compute is a button there.');
  await playground.values.getByRole('button', { name: 'Compute' }).click();
  await playground.values.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await heard()).at(-1)).toContain('Values: cancelled.');
});

/** What is done in a view, and what is said of it. */
const TOLD: readonly (readonly [what: string, view: string, act: (page: Page) => Promise<void>, said: RegExp])[] = [
  [
    'what a link cannot mean',
    '#lab/packed',
    async (page) => { await page.goto('./#lab/gradients?seq_len=9999'); },
    /status: This link says something that cannot be meant\. It was not obeyed: seq_len=9999 is not between 1 and 500; seq_len=60 is used instead\./,
  ],
  [
    'a run that cannot be started',
    '#lab/train',
    async (page) => { await new TrainPage(page).field('hidden_size').fill('0'); },
    /status: ValueError: hidden_size must be greater than zero\. Why, and \d fix(es)?: at the heading This cannot be run\./,
  ],
  [
    'how far a run of training is',
    '#lab/train?batch=200&hidden_size=32&steps=400',
    async (page) => { await new TrainPage(page).start(); },
    /status: Training: (25|50|75) %\./,
  ],
  [
    'a length beyond the input, with the full stop of PyTorch alone',
    '#lab/packed',
    async (page) => { await page.getByRole('button', { name: 'Longer than the input' }).click(); },
    /status: RuntimeError: start \(12\) \+ length \(1\) exceeds dimension size \(12\)\. Why, and \d fix(es)?: below\./,
  ],
  [
    'a projection that is too wide',
    '#lab/variants?module=LSTM&proj_size=3&hidden_size=4',
    async (page) => { await page.goto('./#lab/variants?module=LSTM&proj_size=4&hidden_size=4'); },
    /alert: ValueError: proj_size has to be smaller than hidden_size\. A button below mends it\./,
  ],
  [
    'weights that are saved',
    '#play',
    async (page) => { await page.locator('gru-weights').getByRole('button', { name: 'safetensors', exact: true }).click(); },
    /status: Saved gru\.safetensors\./,
  ],
  [
    'the first file of weights',
    '#play',
    async (page) => { await page.locator('gru-weights input[type=file]').setInputFiles(join(__dirname, '../golden/weights/gru.pt')); },
    /^status: (Reading gru\.pt\. )?gru\.pt: 16 tensors, saved by torch\.save\. They do not fit this module\. Nothing has been changed\.$/,
  ],
  [
    'the value that keys have led a number field to',
    '#play',
    async (page) => {
      await new PlaygroundPage(page).number('seq_len').focus();
      for (let time = 0; time < 3; time += 1) await page.keyboard.press('ArrowUp');
    },
    /^status: seq_len 8$/m,
  ],
  [
    'the learning rate that a button has led to',
    '#lab/train',
    async (page) => { await new TrainPage(page).button('÷ 10, a tenth of the learning rate').click(); },
    /^status: lr 0\.002$/,
  ],
  [
    'lengths that cannot be read',
    '#lab/packed',
    async (page) => {
      await page.getByRole('textbox', { name: /^lengths/ }).fill('5, x');
      await page.keyboard.press('Enter');
    },
    /^alert: lengths has a number that is not a whole number\.$/,
  ],
  [
    'what other gates do to the gradients',
    '#lab/gradients',
    async (page) => { await page.getByRole('button', { name: /^Close the gates/ }).click(); },
    /^status: Gradients: RNN tanh \w+, RNN relu \w+, LSTM is lost, GRU vanishes\.$/,
  ],
  [
    'how far the four GRUs are apart',
    '#lab/variants',
    async (page) => { await page.getByRole('textbox', { name: 'gain', exact: true }).fill('0'); },
    /^status: Largest difference from nn\.GRU: (.+ [\d.e−⁻-]+, ){2}.+ [\d.e−⁻-]+\.$/,
  ],
  [
    'another module',
    '#lab/variants',
    async (page) => { await page.getByRole('combobox', { name: 'Module' }).selectOption('nn.GRUCell'); },
    /^status: nn\.GRUCell: 336 numbers in 4 parameters\.$/,
  ],
];

for (const [what, view, act, said] of TOLD) {
  test(`it is said: ${what}`, longerUnless(['what a link cannot mean', 'how far a run of training is', 'the first file of weights', 'another module'].includes(what)), async ({ page }) => {
    await page.goto(`./${view}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('gru-code-panel').first()).toContainText('torch.manual_seed');
    const heard = await hear(page);
    await act(page);
    await expect.poll(async () => (await heard()).join('\n')).toMatch(said);
  });
}

test('of lengths that are changed by keys, only where they end is told, once', LONGER, async ({ page }) => {
  await page.goto('./#lab/packed');
  await expect(page.locator('.printed')).toBeVisible();
  await page.clock.install();
  const heard = await hear(page);
  await page.getByRole('slider', { name: 'Length of sample 0' }).focus();
  // Each is an error: first of their order, then of a sample without a step.
  for (const length of [4, 3, 2, 1, 0]) {
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('slider', { name: 'Length of sample 0' })).toHaveAttribute('aria-valuenow', String(length));
    await page.clock.runFor(300);
  }
  await expect(page.locator('.exception')).toBeVisible();
  await expect(async () => {
    await page.clock.runFor(1000);
    expect((await heard()).length).toBeGreaterThan(0);
  }).toPass();
  expect(await heard()).toHaveLength(1);
});

test('that an error is gone is said only where it was said', LONGER, async ({ page }) => {
  await page.goto('./#lab/packed');
  const [exception, unsorted, mended] = [page.locator('.exception'), ...['Unsorted', 'Back to the opening'].map((name) => page.getByRole('button', { name }))] as const;
  await expect(page.locator('.printed')).toBeVisible();
  const heard = await hear(page);
  await unsorted?.click();
  await expect.poll(async () => (await heard()).length).toBe(1);
  await mended?.click();
  await expect.poll(heard).toEqual([expect.stringMatching(/^status: RuntimeError/), 'status: No error.']);
  // Mended before it is said, as long as the machine is not too slow for that: then both are.
  await unsorted?.click();
  await expect(exception).toHaveCount(1);
  await mended?.click();
  await expect(exception).toHaveCount(0);
  await letPass(page, 1000);
  const gone = (await heard()).filter((text) => text === 'status: No error.');
  expect(gone.length).toBe((await heard()).length - gone.length);
});

test('why there are no values is said only where values are shown', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'hide=values');
  const heard = await hear(page);
  await playground.number('hidden_size').fill('20000');
  await expect.poll(heard).toEqual(['status: out (5, 3, 20000), h_n (2, 3, 20000)']);
  await letPass(page, 1500);
  expect(await heard()).toHaveLength(1);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect.poll(async () => (await heard()).join('\n')).toContain('No values: this call needs 14.5 GB');
});

test('a change of view puts the focus on its heading, and names the document', async ({ page }) => {
  await PlaygroundPage.open(page);
  for (const [link, heading, title] of [
    ['Lab', 'Train a GRU', 'Train · Lab · GRU Playground'],
    ['Packed sequences', 'Packed sequences', 'Packed sequences · Lab · GRU Playground'],
    ['Challenge', 'Challenge', 'Challenge · GRU Playground'],
    ['About', 'About', 'About · GRU Playground'],
    // What is explained where it stands is a word in a box of its own, which a name may have a space beside.
    ['Play', /^A GRU ?, gated recurrent unit, reads a sequence one step at a time and carries a state ?\.$/, 'GRU Playground'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused();
    await expect(page).toHaveTitle(title);
  }
});
