import type { Locator, Page } from '@playwright/test';
import { expect, LONGER, shown, test } from './harness';
import { roomGolden, shownNumber } from './lab-golden';

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`./#lab/${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The code of a panel is, once it is there, the code that a record ran. */
async function expectCode(panel: Locator, code: string): Promise<void> {
  await expect.poll(() => panel.locator('code').textContent()).toBe(code);
}

/** The rows of the table twin of a plot, as numbers. */
async function tableOf(curves: Locator): Promise<number[][]> {
  await curves.locator('summary').click();
  const rows = await curves.locator('tbody tr').all();
  return Promise.all(rows.map(async (row) => (await row.locator('td').allTextContents()).map(shownNumber)));
}

function expectClose(ours: readonly number[], theirs: readonly number[], relative: number): void {
  expect(ours.length).toBe(theirs.length);
  ours.forEach((value, index) => {
    const expected = theirs[index] ?? NaN;
    expect(Math.abs(value - expected), `[${index}]: ${value}, PyTorch ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected) + 5.1e-5);
  });
}

test.describe('gradients', () => {
  test('the room shows what its code prints in PyTorch', async ({ page }) => {
    const record = roomGolden('gradients', { seq_len: 60, hidden_size: 16, gate_bias: 4 });
    await open(page, 'gradients');
    await expectCode(page.locator('gru-code-panel'), record.code);
    const table = await tableOf(page.locator('gru-line-chart').first());
    const norms = record.printed.filter((line) => line.startsWith('|dL/dh_t|')).map((line) => JSON.parse(line.slice(9)) as number[]);
    norms.forEach((expected, column) => {
      expectClose(table.map((row) => row[column] ?? NaN), expected, 2e-4);
      // Small ones are shown with an exponent, so that they can be compared too.
      const smallest = expected.findIndex((value) => value < 1e-4);
      if (smallest >= 0) expect((table[smallest]?.[column] ?? 0) / (expected[smallest] ?? NaN)).toBeCloseTo(1, 3);
    });
    const parameter = page.getByRole('row', { name: /weight_hh_l0/ });
    const printed = record.printed.filter((line) => line.startsWith('weight_hh_l0')).at(-1) ?? '';
    const norm = shownNumber((await parameter.getByRole('cell').nth(1).textContent()) ?? '');
    expect(norm / Number(printed.split(' ')[1])).toBeCloseTo(1, 3);
  });

  /** What became of each module's gradient, by the panel's own words. */
  async function expectFates(page: Page, fates: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, fate] of Object.entries(fates)) {
      await expect(page.locator('.fates div', { hasText: name }).locator('dt')).toHaveText(new RegExp(`^${name}\\s+${fate}$`));
    }
  }

  test('open gates keep a gradient, closed ones lose it, large weights blow it up; the address keeps it', async ({ page }) => {
    await open(page, 'gradients');
    await expectFates(page, { 'RNN tanh': 'vanishes', 'RNN relu': 'vanishes', LSTM: 'holds', GRU: 'holds' });
    await expect(page.getByText('Lower gate_bias, and the road closes.')).toBeVisible();
    await page.getByRole('button', { name: 'Close the gates: gate_bias=-4' }).click();
    await expectFates(page, { 'RNN tanh': 'vanishes', LSTM: 'is lost', GRU: 'vanishes' });
    await expect(page.getByText('Raise gate_bias, and the road opens.')).toBeVisible();
    await page.getByRole('button', { name: 'Open the gates: gate_bias=4' }).click();
    await page.getByRole('button', { name: 'Large weights: gain=5' }).click();
    await expectFates(page, { 'RNN relu': 'explodes', GRU: 'holds' });
    await expect(page).toHaveURL(/#lab\/gradients\?gain=5&gate_bias=4$/);
    await page.reload();
    await expectFates(page, { 'RNN relu': 'explodes', GRU: 'holds' });
    await page.getByRole('combobox', { name: 'Loss' }).selectOption('(out * R).sum()');
    await expectFates(page, { GRU: 'gets some at every step' });
    // Each trial shows its own effect: what another set is as it was.
    await page.getByRole('button', { name: 'Small weights: gain=0.3' }).click();
    await expect(page).toHaveURL(/\?gain=0\.3&gate_bias=4&loss=every_step$/);
    await page.getByRole('button', { name: 'Close the gates: gate_bias=-4' }).click();
    await expect(page).toHaveURL(/\?gate_bias=-4&loss=every_step$/);
    await page.getByRole('button', { name: 'Back to the opening' }).click();
    await expect(page).toHaveURL(/#lab\/gradients$/);
    await expectFates(page, { 'RNN tanh': 'vanishes', GRU: 'holds' });
  });

  test('a link from when the room opened on biases of its own still means them', LONGER, async ({ page }) => {
    for (const query of ['gain=1.5', 'gate_bias=0', 'loss=last_step']) {
      await open(page, `gradients?${query}`);
      await expect(page.getByRole('textbox', { name: 'gate_bias' })).toHaveValue('0.0');
      await expect(page.locator('gru-code-panel')).toContainText('loss.backward()');
      await expect(page.locator('gru-code-panel')).not.toContainText('bias_ih_l0');
      await expect(page).toHaveURL(query === 'gain=1.5' ? /\?gain=1\.5$/ : /\?gate_bias=0$/);
    }
  });

  test('a step is reached by keys, and everything follows', LONGER, async ({ page }) => {
    await open(page, 'gradients?seq_len=20');
    const slider = page.getByRole('slider', { name: /dL\/dh_t/ });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuenow', '19');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('.readout').first()).toContainText('t=18');
    await expect(page.getByRole('slider', { name: 'The path through z, step' })).toHaveAttribute('aria-valuenow', '18');
  });

  test('what a link cannot mean is told, and a number beyond its bounds stays where it was typed', LONGER, async ({ page }) => {
    await open(page, 'gradients?seq_len=9999&gain=huge&depth=2');
    await expect(page.locator('gru-lab-gradients gru-notices')).toContainText('seq_len=9999 is not between 1 and 500; seq_len=60 is used instead');
    await expect(page.locator('gru-lab-gradients gru-notices')).toContainText('depth=2 is no setting of this room');
    const field = page.getByRole('textbox', { name: 'hidden_size' });
    await page.getByText('Sizes and seed').click();
    await field.fill('1000');
    await expect(page.getByRole('alert')).toContainText('hidden_size is not between 1 and 64');
    await expect(field).toHaveValue('1000');
    await field.fill('8');
    await expect(page).toHaveURL(/hidden_size=8/);
  });
});

test.describe('other cells', () => {
  test('the GRUs part as the code says in PyTorch, and the modules are drawn alike', async ({ page }) => {
    const record = roomGolden('variants', { seq_len: 24, give_h_0: true, gain: 2 });
    await open(page, 'variants');
    await expectCode(page.locator('gru-code-panel').last(), record.code);
    const table = await tableOf(page.locator('gru-line-chart'));
    const lists = record.printed.filter((line) => line.startsWith('[')).map((line) => JSON.parse(line) as number[]);
    lists.forEach((expected, column) => { expectClose(table.map((row) => row[column] ?? NaN), expected, 1e-4); });
    await expect(page.locator('mark')).toHaveCount(4);

    await page.getByRole('combobox', { name: 'Module' }).selectOption('nn.LSTM');
    await open(page, 'variants?hidden_size=5&input_size=3&seq_len=4&seed=9&proj_size=2&module=LSTM');
    const lstm = roomGolden('modules', { module: 'LSTM', proj_size: 2 });
    await expectCode(page.locator('gru-code-panel').first(), lstm.code);
    for (const line of lstm.printed.filter((text) => text.startsWith('weight'))) {
      const row = page.getByRole('row', { name: line.split(' ')[0] ?? '' });
      await expect(row).toContainText(line.slice(line.indexOf('tensor(')));
    }
  });

  test('a projection that is too wide is refused with a fix', LONGER, async ({ page }) => {
    await open(page, 'variants?proj_size=8');
    await expect(page.locator('.problem')).toContainText('ValueError: proj_size has to be smaller than hidden_size');
    await expect(page.locator('.announcer[role="alert"]')).toContainText('ValueError: proj_size has to be smaller than hidden_size');
    await page.getByRole('button', { name: 'proj_size=7' }).click();
    await expect(page.locator('.problem')).toHaveCount(0);
    await expect(page.getByRole('row', { name: 'weight_hr_l0' })).toBeVisible();
  });
});

test.describe('packed sequences', () => {
  test('breaks as PyTorch breaks, and is fixed and broken again', async ({ page }) => {
    await open(page, 'packed?lengths=2,4,1&seq_len=5&bidirectional=0');
    const record = roomGolden('packing', { lengths: [2, 4, 1], enforce_sorted: true });
    await expect(page.locator('.exception')).toHaveText(`${record.exception ?? ''}: ${record.message ?? ''}`);
    await expectCode(page.locator('gru-code-panel'), record.code);
    await page.getByRole('button', { name: 'let it sort: enforce_sorted=False' }).click();
    await expect(page.locator('.exception')).toHaveCount(0);
    await expect(page).toHaveURL(/enforce_sorted=0/);
    await expect(page.locator('.printed')).toContainText('tensor([1, 0, 2])');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('.exception')).toHaveCount(1);
  });

  test('a length beyond the input is packed in silence and fails in the call', LONGER, async ({ page }) => {
    await open(page, 'packed?lengths=7,6,2&seq_len=5&bidirectional=0');
    const record = roomGolden('packing', { lengths: [7, 6, 2] });
    await expect(page.locator('.diagnostic')).toContainText('Raised by gru(packed)');
    await expect(page.locator('.exception')).toHaveText(`${record.exception ?? ''}: ${record.message ?? ''}`);
    await expect(page.locator('.printed')).toContainText(record.printed[1] ?? '-');
    await page.getByRole('button', { name: /^cut the lengths/ }).click();
    await expect(page.locator('.exception')).toHaveCount(0);
  });

  test('the true last states are those of PyTorch, and the others are off', async ({ page }) => {
    await open(page, 'packed?lengths=3,1,5,5&seq_len=5&enforce_sorted=0&batch_first=1&input_batch_first=1');
    const record = roomGolden('packing', { lengths: [3, 1, 5, 5] });
    await expectCode(page.locator('gru-code-panel'), record.code);
    const rows = page.locator('gru-last-states tbody tr');
    await expect(rows).toHaveCount(8);
    // The first sample's line of h_n[-2].
    const at = record.printed.findIndex((line) => line.startsWith('tensor([['));
    const expected = (record.printed[at]?.match(/-?\d\.\d+/g) ?? []).slice(0, 3).map(Number);
    const shown = (await rows.first().locator('td').nth(1).textContent()) ?? '';
    expectClose(shown.split(' ').slice(0, 3).map(shownNumber), expected, 0);
    await expect(rows.nth(1)).toContainText('off by');
    await expect(rows.nth(4)).toContainText('right');
    await expect(rows.nth(5)).toContainText('off by');
  });

  test('a reverse direction is spoken of only where there is one', LONGER, async ({ page }) => {
    const lastStep = page.locator('gru-panel', { hasText: 'The true last step' });
    await open(page, 'packed');
    await expect(lastStep).toContainText('its reverse half');
    await expect(lastStep).toContainText('and the reverse one');
    await open(page, 'packed?bidirectional=0');
    await expect(lastStep).toContainText('after its own last step');
    await expect(lastStep).not.toContainText('reverse');
  });

  test('lengths are typed, and moved by keys', LONGER, async ({ page }) => {
    await open(page, 'packed');
    const field = page.getByRole('textbox', { name: 'lengths' });
    await field.fill('[6, 4, many]');
    await field.press('Enter');
    await expect(page.locator('#lengths-problem')).toContainText('has a number that is not a whole number');
    await expect(field).toHaveValue('[6, 4, many]');
    await field.fill('6, 4, 2');
    await field.press('Enter');
    await expect(page).toHaveURL(/lengths=6,4,2/);
    await page.getByRole('slider', { name: 'Length of sample 1' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(/lengths=6,3,2/);
    await expect(page.locator('.printed')).toContainText('tensor([3, 3, 2, 1, 1, 1])');
  });

  test('more than 16 equal lengths change places as in PyTorch, and the page says so', LONGER, async ({ page }) => {
    await open(page, `packed?lengths=${Array(20).fill(5).join(',')}&seq_len=5&bidirectional=0&enforce_sorted=0`);
    const record = roomGolden('packing', { enforce_sorted: false, lengths: Array(20).fill(5) });
    await expect(page.locator('.printed')).toContainText('10, 19, 18, 17');
    expect(record.printed[2]).toContain('10, 19, 18, 17');
    await expect(shown(page, 'Samples of equal length have changed places')).toBeVisible();
  });
});
