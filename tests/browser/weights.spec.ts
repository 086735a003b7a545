import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { at, type GoldenTensor } from './golden';
import { expect, hear, inspect, LONGER, overflow, PHONE, test } from './harness';
import { numberOf, PlaygroundPage } from './playground-page';

const FOLDER = join(__dirname, '../golden/weights');
/** Files as people have them; `tests/golden/make_weights_cases.py` makes them. */
const CASES = join(__dirname, '../golden/weights_cases');
const FITTING = 'input_size=3&hidden_size=2&num_layers=2&bidirectional=True';

interface Shown {
  readonly file: string;
  readonly code: string;
  readonly out: GoldenTensor;
  readonly h_n: GoldenTensor;
}

/** What PyTorch does with the code that the page shows; `tests/golden/make_weights.py` makes the records. */
const RECORDS = JSON.parse(readFileSync(join(FOLDER, 'page.json'), 'utf8')) as Shown[];

const NO_STORAGE = (): void => {
  Object.defineProperty(window, 'indexedDB', { value: { open: () => { throw new DOMException('blocked', 'SecurityError'); } } });
};

/** The panel of weights as a learner meets it. */
class WeightsPanel {
  readonly panel: Locator;
  readonly inUse: Locator;
  readonly found: Locator;
  readonly use: Locator;
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.panel = page.locator('gru-weights');
    this.inUse = this.panel.locator('.in-use');
    this.found = this.panel.locator('section');
    this.use = this.panel.getByRole('button', { name: 'Use these weights' });
    this.rows = this.panel.getByRole('region', { name: 'Tensors of the file' }).locator('tbody tr');
  }

  async choose(...files: (string | { name: string; mimeType: string; buffer: Buffer })[]): Promise<void> {
    for (const file of files) {
      await this.panel.locator('input[type=file]').setInputFiles(typeof file === 'string' ? resolve(FOLDER, file) : file);
    }
    await expect(this.found).toBeVisible();
  }

  async save(label: string): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent('download');
    await this.panel.getByRole('button', { name: label, exact: true }).click();
    const saved = await download;
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
  }
}

/** The values shown are those of a record, at a few cells. */
async function expectNumbers(playground: PlaygroundPage, { out, h_n }: Shown): Promise<void> {
  await playground.expectValues();
  for (const [name, tensor] of [['out', out], ['h_n', h_n]] as const) {
    await expect
      .poll(async () => {
        const text = (await playground.readout(name).textContent()) ?? '';
        const index = (/\[([\d, ]+)\]/.exec(text)?.[1] ?? '').split(',').map(Number);
        return Math.abs(numberOf(text.split(' = ')[1] ?? '') - at(tensor, ...index));
      })
      .toBeLessThanOrEqual(0.00006);
  }
}

test('a file that fits is used when that is asked for, and code and numbers are those of PyTorch', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, FITTING);
  await playground.expectValues();
  const drawn = await playground.readout('out').textContent();
  const drawnCode = await playground.code();
  const weights = new WeightsPanel(page);
  for (const record of RECORDS) {
    await weights.choose(record.file);
    await expect(weights.rows).toHaveCount(16);
    await expect(weights.rows.first()).toContainText('weight_ih_l0');
    await expect(weights.rows.first()).toContainText('(6, 3)');
    await weights.use.click();
    await expect(weights.inUse).toContainText(`In use: the weights of ${record.file}`);
    await expect(weights.inUse).toBeFocused();
    await playground.expectCode(record.code);
    await expectNumbers(playground, record);
    await weights.panel.getByRole('button', { name: 'Back to drawn weights' }).click();
    await playground.expectCode(drawnCode);
    await expect(playground.readout('out')).toHaveText(drawn ?? '');
  }
});

test('nothing is changed until the weights are used', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, FITTING);
  await playground.expectValues();
  const before = [await playground.code(), await playground.readout('out').textContent()];
  const weights = new WeightsPanel(page);
  await weights.choose('gru.pt');
  await expect(weights.found).toContainText('They fit this module. Nothing is changed until you use them.');
  expect([await playground.code(), await playground.readout('out').textContent()]).toEqual(before);
  await weights.panel.getByRole('button', { name: 'Close' }).click();
  await expect(weights.found).toHaveCount(0);
  await expect(weights.inUse).toContainText('weights drawn as PyTorch draws them');
});

test('weights of another module are explained, and its options set by a button', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=7&hidden_size=4&give_h_0=1');
  const weights = new WeightsPanel(page);
  await weights.choose('gru.safetensors');
  await expect(weights.use).toHaveCount(0);
  const exception = weights.panel.getByRole('region', { name: 'What load_state_dict raises' });
  await expect(exception).toContainText('RuntimeError: Error(s) in loading state_dict for GRU:');
  await expect(exception).toContainText(
    'size mismatch for weight_ih_l0: copying a param with shape torch.Size([6, 3]) from checkpoint, the shape in current model is torch.Size([12, 7]).',
  );
  await expect(weights.panel).toContainText('hidden_size is 4 here and 2 in the file');
  await expect(weights.rows.first()).toContainText('another shape');
  expect(await overflow(page)).toBe(0);
  const fix = weights.panel.locator('button.fix');
  await expect(fix).toContainText('set input_size=3, hidden_size=2, bidirectional=True, as in the file');
  await fix.focus();
  await page.keyboard.press('Enter');
  await playground.expectLine('gru = nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True)');
  await playground.expectLine('x = torch.randn(5, 3, 3)  # (seq_len, batch, input_size)');
  await playground.expectLine('h_0 = torch.randn(4, 3, 2)  # (D * num_layers, batch, hidden_size)');
  await expect(weights.use).toBeVisible();
  await expect(weights.panel.locator('h3')).toBeFocused();
  await weights.use.click();
  await expect(weights.inUse).toContainText('In use: the weights of gru.safetensors');
  // The change is undone like any other; the weights wait.
  await playground.undo.click();
  await expect(weights.inUse).toContainText('In use: drawn weights, for those of gru.safetensors fit');
  await weights.panel.getByRole('button', { name: 'Set these options' }).click();
  await playground.expectLine('gru.load_state_dict(load_file(\'gru.safetensors\'))');
});

test('weights in use outlive a reload and a change of module', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, FITTING);
  const weights = new WeightsPanel(page);
  await weights.choose('gru.pt');
  await weights.use.click();
  await expect(weights.inUse).toContainText('Kept in this browser for your next visit.');
  const [, record] = RECORDS;
  if (!record) throw new Error('no record');
  await page.reload();
  await expect(weights.inUse).toContainText('In use: the weights of gru.pt');
  await playground.expectCode(record.code);
  await expectNumbers(playground, record);
  await playground.showOptions();
  await playground.number('hidden_size').fill('5');
  await playground.number('hidden_size').blur();
  await expect(weights.inUse).toContainText('fit nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True) only. They are not lost.');
  expect(await playground.code()).not.toContain('load');
  await playground.number('hidden_size').fill('2');
  await playground.number('hidden_size').blur();
  await playground.expectCode(record.code);
  // Another view and back.
  await page.goto('./#about');
  await page.goto(`./#play?${FITTING}`);
  await expect(weights.inUse).toContainText('In use: the weights of gru.pt');
});

/** From now on, what the line of what is in use says whenever it gets the focus. */
async function readOnFocus({ inUse }: WeightsPanel): Promise<() => Promise<string[]>> {
  await inUse.evaluate((line) => {
    const read: string[] = [];
    Object.assign(window, { read });
    line.addEventListener('focus', () => read.push(line.textContent.replaceAll(/\s+/g, ' ').trim()));
  });
  return () => inUse.evaluate(() => (window as unknown as { read: string[] }).read);
}

test('which weights are in use is said when it changes, and read when it has the focus', LONGER, async ({ page }) => {
  await page.addInitScript(NO_STORAGE);
  const playground = await PlaygroundPage.open(page, FITTING);
  const weights = new WeightsPanel(page);
  await expect(weights.inUse).toBeVisible();
  const [heard, read] = [await hear(page), await readOnFocus(weights)];
  const hears = (said: string) => expect.poll(async () => (await heard()).join('\n')).toContain(said);
  await weights.choose('gru.pt');
  await weights.use.click();
  await hears('This browser keeps nothing for this page: they are gone when you close or reload it.');
  await hears('In use: the weights of gru.pt.');
  await playground.number('hidden_size').fill('5');
  await playground.number('hidden_size').blur();
  await hears('In use: drawn weights, for those of gru.pt fit nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True) only.');
  await weights.panel.getByRole('button', { name: 'Set these options' }).click();
  await expect(weights.inUse).toBeFocused();
  await weights.panel.getByRole('button', { name: 'Back to drawn weights' }).click();
  await hears('In use: drawn weights.');
  expect((await heard()).join('\n').split('In use: the weights of gru.pt.')).toHaveLength(3);
  expect(await read()).toEqual(['In use: the weights of gru.pt', 'In use: the weights of gru.pt', 'In use: weights drawn as'].map((words) => expect.stringContaining(words)));
});

test('what was found in a file is said once, however often the module changes', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=7&hidden_size=4');
  const weights = new WeightsPanel(page);
  const heard = await hear(page);
  /** How often something was said. */
  const times = async (said: string) => (await heard()).join('\n').split(said).length - 1;
  await weights.choose('gru.safetensors');
  for (const size of ['5', '6', '8']) {
    await playground.number('hidden_size').fill(size);
    await playground.number('hidden_size').blur();
    await expect(weights.panel).toContainText(`hidden_size is ${size} here and 2 in the file`);
  }
  expect(await times('They do not fit this module.')).toBe(1);
  await weights.panel.locator('button.fix').click();
  await expect.poll(() => times('They fit this module.')).toBe(1);
  // Whoever chooses it again hears it again.
  await weights.choose('gru.safetensors');
  await expect.poll(() => times('They fit this module.')).toBe(2);
});

test('without storage weights are used, and the page says that they are not kept', LONGER, async ({ page }) => {
  await page.addInitScript(NO_STORAGE);
  const playground = await PlaygroundPage.open(page, FITTING);
  const weights = new WeightsPanel(page);
  await weights.choose('gru.pt');
  await weights.use.click();
  await expect(weights.inUse).toContainText('This browser keeps nothing for this page');
  await playground.expectLine("gru.load_state_dict(torch.load('gru.pt', weights_only=True))");
});

test('what is saved is what is in use, and comes back', async ({ page }) => {
  await PlaygroundPage.open(page, FITTING);
  const weights = new WeightsPanel(page);
  await weights.choose('shared.pt');
  await weights.use.click();
  const safetensors = await weights.save('safetensors');
  expect(safetensors.name).toBe('gru.safetensors');
  expect(safetensors.bytes.equals(readFileSync(join(FOLDER, 'gru.safetensors'))), 'what save_file writes').toBe(true);
  const onnx = await weights.save('ONNX');
  expect(onnx.name).toBe('gru.onnx');
  expect(onnx.bytes.includes('linear_before_reset')).toBe(true);
  const python = await weights.save('Python file');
  expect(python.name).toBe('gru.py');
  expect(python.bytes.toString()).toContain('"weight_ih_l0": torch.tensor([');
  await weights.panel.getByRole('button', { name: 'Back to drawn weights' }).click();
  await weights.choose({ name: safetensors.name, mimeType: '', buffer: safetensors.bytes });
  await expect(weights.found).toContainText('They fit this module.');
});

test('bad files are refused in words and change nothing', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, FITTING);
  await playground.expectValues();
  const before = await playground.code();
  const weights = new WeightsPanel(page);
  for (const [file, message] of [
    ['malicious.pt', "Not used: the file's pickle names posix.system."],
    ['module.pt', "The whole module was saved, not its weights: its pickle holds the module's class."],
    ['bare.pkl', 'this is a bare pickle, not a file that torch.save wrote'],
    ['encrypted.pt', 'is compressed or encrypted within the archive'],
  ] as const) {
    await weights.choose(file);
    await expect(weights.found).toContainText(message);
    await expect(weights.found).toContainText('This file gives no weights. Nothing has been changed.');
    await expect(weights.found).toContainText('save_file(model.state_dict(), "gru.safetensors")');
    await expect(weights.use).toHaveCount(0);
  }
  const cut = readFileSync(join(FOLDER, 'gru.safetensors')).subarray(0, 1500);
  await weights.choose({ name: 'cut.safetensors', mimeType: '', buffer: cut });
  await expect(weights.found).toContainText('the tensors listed do not end where the file ends');
  const claims = Buffer.alloc(64, '{');
  claims.writeBigUInt64LE(1n << 60n);
  await weights.choose({ name: 'huge.safetensors', mimeType: '', buffer: claims });
  await expect(weights.found).toContainText('the list of tensors claims 1.2 EB, the limit here is 1 MB');
  expect(await playground.code()).toBe(before);
  // The worker lives.
  await weights.choose('gru.pt');
  await expect(weights.found).toContainText('They fit this module.');
});

test('a file can be dropped anywhere', LONGER, async ({ page }) => {
  await PlaygroundPage.open(page, FITTING);
  const weights = new WeightsPanel(page);
  const bytes = [...readFileSync(join(FOLDER, 'dataparallel.pt'))];
  const transfer = await page.evaluateHandle((numbers) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([new Uint8Array(numbers)], 'dropped.pt'));
    return dropped;
  }, bytes);
  const heading = page.getByRole('heading', { level: 1 });
  await heading.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(weights.panel.locator('.drop')).toHaveClass(/over/);
  await heading.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(weights.found).toContainText("every name begins with 'module.'");
  await expect(weights.panel.locator('.drop')).not.toHaveClass(/over/);
});

test('of several modules in a file one is chosen', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=3&hidden_size=2&num_layers=1');
  const weights = new WeightsPanel(page);
  await weights.choose('model.safetensors');
  await expect(weights.found).toContainText('6 of another part of the model are left alone.');
  await weights.panel.getByLabel('The module in the file').selectOption('decoder.gru.');
  await expect(weights.panel).toContainText('input_size is 3 here and 4 in the file');
  await weights.panel.locator('button.fix').click();
  await weights.use.click();
  await playground.expectLine("state = {name[12:]: state[name] for name in state if name.startswith('decoder.gru.')}");
});

test('a state dict among others is chosen by its place, and the code has its keys', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=4&hidden_size=3&num_layers=1');
  const weights = new WeightsPanel(page);
  await weights.choose(join(CASES, 'two.pt'));
  const places = weights.panel.getByLabel('The module in the file');
  await expect(places.locator('option')).toHaveText(['encoder: nn.GRU(4, 3)', 'decoder: nn.GRU(4, 3)']);
  await places.selectOption('decoder.');
  await weights.panel.locator('button.fix').click();
  await weights.use.click();
  await playground.expectLine("gru.load_state_dict(torch.load('two.pt', weights_only=True)['decoder'])");
});

test('tensors under names of their own are used once that is agreed to', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=3&hidden_size=3&num_layers=1');
  const weights = new WeightsPanel(page);
  await expect(weights.panel.locator('input[type=file]')).toHaveAttribute('accept', /\.npz,\.npy,\.onnx$/);
  await weights.choose(join(CASES, 'own_names.npz'));
  await expect(weights.found).toContainText('Nothing is changed until you agree.');
  await expect(weights.rows.first()).toContainText('enc_w_ih');
  await expect(weights.rows.first()).toContainText('weight_ih_l0');
  expect(await playground.code()).not.toContain('load');
  await weights.panel.getByRole('button', { name: 'Agree and use these weights' }).click();
  await expect(weights.inUse).toContainText('In use: the weights of own_names.npz');
});

test('an ONNX model says which GRU it is, how far from nn.GRU, and is mended', PHONE, async ({ page }) => {
  await PlaygroundPage.open(page, 'input_size=6&hidden_size=9&num_layers=1&batch_first=True');
  const weights = new WeightsPanel(page);
  await weights.choose(join(CASES, 's062-one-dynamo.onnx'));
  const equations = weights.panel.locator('.equations');
  await expect(equations).toContainText('Another GRU than nn.GRU');
  await expect(equations).toContainText(/differ by up to 0\.\d+ from those of nn\.GRU with the same weights/);
  expect(await overflow(page)).toBe(0);
  const mended = await weights.save('Save the mended model');
  expect(mended.name).toBe('s062-one-dynamo-mended.onnx');
  await weights.choose({ name: mended.name, mimeType: '', buffer: mended.bytes });
  await expect(equations).toHaveText('The model has the equations of nn.GRU.');
  await expect(weights.panel.getByRole('button', { name: 'Save the mended model' })).toHaveCount(0);
});

test('weights look well', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  await PlaygroundPage.open(page, 'input_size=7&hidden_size=4');
  const weights = new WeightsPanel(page);
  await inspect(page, 'weights-idle');
  await weights.choose('gru.safetensors');
  await inspect(page, 'weights-misfit');
  await weights.panel.locator('button.fix').click();
  await weights.choose('nan.safetensors');
  await inspect(page, 'weights-fit');
  await weights.choose('malicious.pt');
  await inspect(page, 'weights-refused');
});
