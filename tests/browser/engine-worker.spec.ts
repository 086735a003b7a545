import type { Page, Worker } from '@playwright/test';
import { expect, LONGER, test } from './harness';
import { PlaygroundPage } from './playground-page';

/** Minutes of work, within the memory that is allowed: nobody waits for its end. */
const LONG = 'seq_len=4000&batch=32&input_size=256&hidden_size=256&num_layers=2';

async function compute(playground: PlaygroundPage): Promise<void> {
  await playground.values.getByRole('button', { name: 'Compute', exact: true }).click();
  await expect(playground.values.getByRole('progressbar', { name: 'Computing' })).toBeVisible();
}

/** The page's one worker, once it is there. */
async function worker(page: Page): Promise<Worker> {
  await expect.poll(() => page.workers().length).toBe(1);
  const [only] = page.workers();
  if (!only) throw new Error('no worker');
  return only;
}

test('a large call is asked for, shows its progress, leaves the page at hand and can be cancelled', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, LONG);
  await playground.expectPrinted('torch.Size([4000, 32, 256])', 'torch.Size([2, 32, 256])');
  await expect(playground.values).toContainText('multiply-adds');
  expect(page.workers()).toHaveLength(0);
  await compute(playground);
  const progress = playground.values.getByRole('progressbar');
  const share = () => progress.evaluate((bar: HTMLProgressElement) => bar.value / bar.max);
  await expect.poll(share).toBeGreaterThan(0);
  const early = await share();
  await expect.poll(share).toBeGreaterThan(early);
  expect(await share()).toBeLessThan(1);

  // The page answers meanwhile: a disclosure, a table, another theme.
  await playground.flow.getByText('Shape flow as a table').click();
  await expect(playground.flow.getByRole('rowheader', { name: 'output of layer 0' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect(progress).toBeVisible();

  await playground.values.getByRole('button', { name: 'Cancel' }).click();
  await expect(playground.values).toContainText('Cancelled');
  await expect(progress).toHaveCount(0);
  await compute(playground);
  await playground.values.getByRole('button', { name: 'Cancel' }).click();
  await expect(playground.values).toContainText('Cancelled');

  // Shapes never wait, and small calls are computed as ever.
  await playground.page.getByRole('button', { name: 'Back to the opening example' }).click();
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await playground.expectValues();
});

test('another wish takes the place of a run', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, LONG);
  await compute(playground);
  await playground.number('seq_len').fill('3');
  await expect(playground.values.getByRole('progressbar')).toHaveCount(0);
  await playground.number('hidden_size').fill('4');
  await playground.expectValues();
  await expect(playground.heatmap('out')).toHaveAccessibleName(/3 steps of 4 units/);
});

test('more than 512 MB is refused with its size in words; shapes and counts still hold', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'hidden_size=20000');
  await playground.expectPrinted('torch.Size([5, 3, 20000])', 'torch.Size([2, 3, 20000])');
  await expect(playground.values).toContainText('No values: this call needs 14.5 GB, the limit here is 512 MB.');
  // 3H(I + H) + 3H(H + H) + 12H, exactly.
  await playground.expectTotal('Parameters', '3 600 840 000');
  await expect(playground.flow.getByRole('button', { name: 'layer 1: takes (5, 3, 20000), gives (5, 3, 20000)' })).toBeVisible();
  // Any size is answered at once.
  await playground.number('hidden_size').fill('1000000');
  await expect(playground.values).toContainText('No values: this call needs 36.1 TB, the limit here is 512 MB.');
  await playground.expectPrinted('torch.Size([5, 3, 1000000])', 'torch.Size([2, 3, 1000000])');
  expect(page.workers()).toHaveLength(0);
  await playground.number('hidden_size').fill('20');
  await playground.expectValues();
});

test('where only the gates would need too much, the rest is shown', LONGER, async ({ page }) => {
  // Out and what it is made of take 154 MB, all gates of all steps 2.1 GB; what was asked for is not done anew for others.
  const playground = await PlaygroundPage.open(page, 'seq_len=1000&batch=2400&input_size=1&hidden_size=8&num_layers=3');
  await playground.values.getByRole('button', { name: 'Compute' }).click();
  await playground.expectValues();
  await expect(playground.values).toContainText(/Without the gates: keeping every gate needs \S+ GB, the limit here is 512 MB/);
  await expect(playground.heatmap('r')).toHaveCount(0);
});

test('of a heavy run the gates in sight are kept, and others when they are chosen', LONGER, async ({ page }) => {
  // 871 million multiply-adds; the gates of all layers would be 691 MB.
  const playground = await PlaygroundPage.open(page, 'seq_len=500&batch=600&input_size=8&hidden_size=8&num_layers=8&bidirectional=False');
  await playground.expectValues();
  await playground.step.fill('499');
  for (const [layer, sample] of [[0, 0], [7, 0], [7, 599], [3, 21]]) {
    await playground.look('layer').selectOption(String(layer));
    await playground.look('sample').fill(String(sample));
    await playground.look('sample').press('Enter');
    await expect(playground.values.getByRole('heading', { name: `Inside layer ${layer}` })).toBeVisible();
    await expect(playground.readout('h')).toHaveText(new RegExp(`^h\\[499, ${sample}, 0\\] = `));
    // The state after the last step is what h_n has of that layer.
    await expect(playground.readout('h_n')).toHaveText(new RegExp(`^h_n\\[${layer}, ${sample}, 0\\] = `));
    const [inside, last] = await Promise.all(['h', 'h_n'].map((name) => playground.readout(name).innerText()));
    expect(inside?.split(' = ')[1]).toBe(last?.split(' = ')[1]);
  }
  await expect(playground.values).not.toContainText('Without the gates');
});

test('a worker that fails is replaced, and nothing that was set is lost', async ({ page, complaints }) => {
  complaints.expect(/gave up on purpose/);
  const playground = await PlaygroundPage.open(page, LONG);
  await compute(playground);
  const failing = await worker(page);
  const gone = new Promise((resolve) => failing.once('close', resolve));
  await failing.evaluate(() => {
    setTimeout(() => {
      throw new Error('gave up on purpose');
    });
  });
  await expect(playground.values).toContainText(/No values\. .*gave up on purpose/);
  await gone;
  await playground.expectPrinted('torch.Size([4000, 32, 256])', 'torch.Size([2, 32, 256])');
  await expect(playground.number('seq_len')).toHaveValue('4000');
  await playground.number('seq_len').fill('5');
  await playground.number('hidden_size').fill('16');
  await playground.expectValues();
  expect(page.workers()).toHaveLength(1);
});

test('a worker that falls silent can be cancelled and is replaced', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, LONG);
  await compute(playground);
  await (await worker(page)).evaluate(() => {
    self.close();
  });
  await playground.values.getByRole('button', { name: 'Cancel' }).click();
  await expect(playground.values).toContainText('Cancelled');
  await compute(playground);
  const progress = playground.values.getByRole('progressbar');
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0);
  await playground.values.getByRole('button', { name: 'Cancel' }).click();
});

test('a panic of the core in the worker costs one run', async ({ page }) => {
  // The worker's own WebAssembly: its first run ends as a panic does.
  await page.route('**/assets/worker*.js', async (route) => {
    const response = await route.fetch();
    const panicking = `
      const Real = WebAssembly.Instance;
      WebAssembly.Instance = function (module, imports) {
        const { exports } = new Real(module, imports);
        const patched = { ...exports };
        patched.experiment_advance = () => { throw new WebAssembly.RuntimeError('unreachable'); };
        return { exports: patched };
      };`;
    await route.fulfill({ response, body: `${panicking}\n${await response.text()}` });
  }, { times: 1 });
  const playground = await PlaygroundPage.open(page, 'hidden_size=300');
  await expect(playground.values).toContainText('No values. unreachable');
  await playground.expectPrinted('torch.Size([5, 3, 300])', 'torch.Size([2, 3, 300])');
  await playground.values.getByRole('button', { name: 'Compute again' }).click();
  await playground.expectValues();
});

test('without its worker the page still answers shapes and mistakes', async ({ page, complaints }) => {
  complaints.expect(/worker/);
  await page.route('**/assets/worker*.js', (route) => route.abort());
  const playground = await PlaygroundPage.open(page, 'hidden_size=300');
  await expect(playground.values).toContainText('No values. ');
  await playground.number('seq_len').fill('6');
  await playground.expectPrinted('torch.Size([6, 3, 300])', 'torch.Size([2, 3, 300])');
  // What is small needs none.
  await playground.number('hidden_size').fill('20');
  await playground.expectValues();
  await playground.shape('input').fill('(6, 3, 9)');
  await playground.expectException('RuntimeError', 'input.size(-1) must be equal to input_size. Expected 10, got 9');
});
