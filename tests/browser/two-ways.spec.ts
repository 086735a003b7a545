/** Play's code, edited in its place, and the controls beside it: each shows what is changed in the other. */
import type { Locator, Page } from '@playwright/test';
import { codeIn } from './code-page';
import { expect, LONGER, test } from './harness';
import { PlaygroundPage } from './playground-page';

class TwoWaysPage extends PlaygroundPage {
  readonly panel: Locator;
  readonly editor: Locator;
  readonly output: Locator;
  readonly standing: Locator;

  constructor(page: Page) {
    super(page);
    this.panel = page.locator('gru-code-panel').first();
    this.editor = this.panel.locator('gru-editor .cm-content');
    this.output = this.panel.getByRole('region', { name: 'What the code printed' });
    this.standing = this.panel.locator('.standing');
  }

  /** Opens Play, and its code as an editor. */
  static override async open(page: Page, query = ''): Promise<TwoWaysPage> {
    await PlaygroundPage.open(page, query);
    const both = new TwoWaysPage(page);
    await both.panel.getByRole('button', { name: 'Edit and run the code' }).click();
    await expect(both.editor).toBeFocused();
    await expect(both.output).toContainText('torch.Size');
    return both;
  }

  /** Writes over a piece of the code, as one who selects it and types. */
  async replace(piece: string, text: string): Promise<void> {
    const before = await codeIn(this.page);
    const at = before.indexOf(piece);
    expect(at, piece).toBeGreaterThanOrEqual(0);
    await this.editor.focus();
    await this.page.keyboard.press('Control+Home');
    // Letter by letter: a line may take more than one row.
    for (let letter = at; letter > 0; letter -= 1) await this.page.keyboard.press('ArrowRight');
    for (let length = piece.length; length > 0; length -= 1) await this.page.keyboard.press('Shift+ArrowRight');
    await this.page.keyboard.type(text);
    await expect.poll(() => codeIn(this.page)).toBe(before.slice(0, at) + text + before.slice(at + piece.length));
  }

  async add(line: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.type(line);
  }

  async slide(name: string, key: string, times: number): Promise<void> {
    await this.slider(name).focus();
    for (let time = 0; time < times; time += 1) await this.page.keyboard.press(key);
  }
}

test('a slider writes its numbers into the learner\'s code, and only those', async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.add('print(out.mean() < 1)  # mine');
  await expect(both.output).toContainText('tensor(True)');
  const before = await codeIn(page);
  await both.slide('seq_len', 'ArrowRight', 3);
  await expect.poll(() => codeIn(page)).toBe(before.replace('torch.randn(5, 3, 10)', 'torch.randn(8, 3, 10)'));
  await both.slide('hidden_size', 'ArrowLeft', 2);
  await expect.poll(() => codeIn(page)).toBe(before.replace('torch.randn(5, 3, 10)', 'torch.randn(8, 3, 10)').replace('hidden_size=20', 'hidden_size=18'));
  await expect(both.output).toHaveText('torch.Size([8, 3, 18])\ntorch.Size([2, 3, 18])\ntensor(True)\n');
  await both.flag('bidirectional').check();
  await expect.poll(() => codeIn(page)).toContain('bidirectional=True)');
  await expect(both.output).toContainText('torch.Size([8, 3, 36])');
  // Undo in the editor takes the control back with it.
  await both.editor.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => codeIn(page)).not.toContain('bidirectional');
  await expect(both.flag('bidirectional')).not.toBeChecked();
  expect(await codeIn(page)).toContain('# mine');
});

test('editing the code moves the controls, and what hangs on them; nothing is sent back', async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.replace('hidden_size=20', 'hidden_size=7');
  await expect(both.number('hidden_size')).toHaveValue('7');
  await both.expectPrinted('torch.Size([5, 3, 7])', 'torch.Size([2, 3, 7])');
  await expect(page).toHaveURL(/hidden_size=7/);
  await both.replace('torch.randn(5, 3, 10)', 'torch.randn(5, 4, 9)');
  await both.expectException('RuntimeError', 'input.size(-1) must be equal to input_size. Expected 10, got 9');
  await expect(both.panel.getByRole('region', { name: 'Exception' })).toContainText('Expected 10, got 9');
  const wrong = await codeIn(page);
  expect(wrong).toContain('hidden_size=7');
  // A fix of the page's is written into the code, and its undo too.
  await both.fixes.first().click();
  await expect(both.output).toContainText('torch.Size([5, 4, 7])');
  expect(await codeIn(page)).not.toBe(wrong);
  await both.undo.click();
  await expect.poll(() => codeIn(page)).toBe(wrong);
});

test('code beyond the controls runs, and it is said which part they show', async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.add('for step in range(2):');
  await page.keyboard.press('Enter');
  await page.keyboard.type('print("step", step)');
  await expect(both.output).toContainText('step 0\nstep 1\n');
  await expect(both.standing).toContainText(/The controls show the GRU of line \d+ and its call on line \d+; what else stands on lines \d+ to \d+ runs as it is\./);
  await both.slide('batch', 'ArrowRight', 1);
  await expect(both.output).toHaveText('torch.Size([5, 4, 20])\ntorch.Size([2, 4, 20])\nstep 0\nstep 1\n');
});

test('code without a call of nn.GRU leaves the controls as they are, and says so', async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.editor.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('import torch\nprint(torch.ones(2))');
  await expect(both.output).toHaveText('tensor([1., 1.])\n');
  await expect(both.standing).toContainText('The controls stay as they are');
  await both.slide('seq_len', 'ArrowRight', 1);
  await both.expectPrinted('torch.Size([6, 3, 20])', 'torch.Size([2, 3, 20])');
  expect(await codeIn(page)).toBe('import torch\nprint(torch.ones(2))');
  await expect(both.output).toHaveText('tensor([1., 1.])\n');
});

test('while the syntax is broken the controls stay, and what is typed is kept through a slider and an error', LONGER, async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.replace('hidden_size=20', 'hidden_size=(2');
  await expect(both.panel.getByRole('region', { name: 'Exception' })).toContainText('SyntaxError');
  await expect(both.standing).toHaveText('The controls stay as they are until this code can be read.');
  await expect(both.number('hidden_size')).toHaveValue('20');
  await both.slide('seq_len', 'ArrowRight', 2);
  await both.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
  expect(await codeIn(page)).toContain('hidden_size=(2');
  await both.replace('hidden_size=(2', 'hidden_size=24');
  await expect(both.number('hidden_size')).toHaveValue('24');
  await expect(both.number('seq_len')).toHaveValue('7');
  await expect(both.output).toContainText('torch.Size([7, 3, 24])');
});

test('a reload and another view leave the learner\'s code in the editor', async ({ page }) => {
  const both = await TwoWaysPage.open(page);
  await both.add('print("mine")');
  await both.replace('hidden_size=20', 'hidden_size=6');
  await expect(both.number('hidden_size')).toHaveValue('6');
  await expect(page).toHaveURL(/hidden_size=6/);
  const code = await codeIn(page);
  await page.reload();
  await expect.poll(() => codeIn(page)).toBe(code);
  await expect(both.output).toContainText('mine');
  // It is held to the controls as before.
  await both.slide('seq_len', 'ArrowRight', 1);
  await expect(both.output).toContainText('torch.Size([6, 3, 6])');
  await page.evaluate(() => { location.hash = '#about'; });
  await expect(both.panel).toHaveCount(0);
  await page.evaluate(() => { location.hash = '#play?hidden_size=9'; });
  await expect.poll(() => codeIn(page)).toBe(code.replace('hidden_size=6', 'hidden_size=9'));
  await both.panel.getByRole('button', { name: 'Back to the code that was here' }).click();
  await page.reload();
  await expect(both.panel.getByRole('region', { name: 'PyTorch code' })).toContainText('hidden_size=9');
  await expect(both.panel.locator('gru-editor')).toHaveCount(0);
});
