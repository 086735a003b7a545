import type { Page } from '@playwright/test';
import { golden } from './golden';
import { expect, LONGER, longerUnless, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

type Setting = (playground: PlaygroundPage) => Promise<void>;

const type =
  (name: string, text: string): Setting =>
  (playground) =>
    playground.number(name).fill(text);
const check =
  (name: string): Setting =>
  (playground) =>
    playground.flag(name).check();
const choose =
  (name: string, option: string): Setting =>
  async (playground) => {
    await playground.choice(name).selectOption(option);
  };

/** From the opening example to each mistake, and which part of the shape flow it breaks. */
const MISTAKES: readonly (readonly [id: string, joint: RegExp, ...settings: Setting[]])[] = [
  ['missing batch', /stops here: the input has input size 10 where 8 is needed/, type('input_size', '8'), type('input', '(4, 10)')],
  ['rank 1', /stops here: the input has/, type('input', '(10,)')],
  ['rank 4', /stops here: the input has/, type('input', '1, 5, 3, 10')],
  ['features', /stops here: the input has input size 7 where 10 is needed/, type('input', '[5, 3, 7]')],
  ['h_0 shape', /stops here: h_0/, check('give h_0'), type('h_0', '(1, 3, 20)')],
  ['h_0 rank', /stops here: h_0/, check('give h_0'), type('h_0', '(3, 20)')],
  ['h_0 rank, unbatched', /stops here: h_0/, check('unbatched'), check('give h_0'), type('h_0', '(2, 1, 20)')],
  ['input dtype', /stops here: the input/, choose('dtype of input', 'float64')],
  ['h_0 dtype', /stops here: h_0/, check('give h_0'), choose('dtype of h_0', 'float64')],
  ['dropout', /stops at an option: dropout=1\.5/, type('dropout', '1.5')],
  ['hidden_size 0', /stops at an option: hidden_size=0/, type('hidden_size', '0')],
  ['hidden_size float', /stops at an option: hidden_size=2\.5/, type('hidden_size', '2.5')],
  ['num_layers 0', /stops at an option: num_layers=0/, type('num_layers', '0')],
  ['empty sequence', /stops here: the input/, type('seq_len', '0')],
];

/** One of each kind: the input, h_0, an option. */
const STAND_FOR_ALL: ReadonlySet<string> = new Set(['missing batch', 'h_0 shape', 'dropout']);

for (const [id, joint, ...settings] of MISTAKES) {
  test(`${id}: PyTorch's message, its place, and fixes that mend it`, longerUnless(STAND_FOR_ALL.has(id)), async ({ page }) => {
    const playground = await PlaygroundPage.open(page);
    for (const set of settings) await set(playground);
    const { code, exception, message } = golden(id);
    const raised = async (): Promise<void> => {
      await playground.expectCode(code);
      await playground.expectException(exception ?? '', message ?? '');
    };
    await raised();
    await expect(playground.values).toContainText('No values: the call raises an exception');
    await expect(playground.advice.locator('.why').first()).not.toBeEmpty();
    // The place: named, underlined in the code, and drawn in the shape flow.
    await expect(playground.advice.getByRole('list', { name: 'Where' }).getByRole('listitem')).not.toHaveCount(0);
    await expect(page.getByRole('region', { name: 'PyTorch code', exact: true }).locator('.wrong')).not.toHaveCount(0);
    await expect(playground.flow.locator('.caption')).toHaveText(joint);

    const count = await playground.fixes.count();
    expect(count).toBeGreaterThan(0);
    for (let index = 0; index < count; index += 1) {
      const fix = playground.fixes.nth(index);
      const written = (await fix.locator('code').innerText()).split('\n').map((line) => line.trim());
      await fix.click();
      await expect(playground.undo).toBeVisible();
      await expect(playground.exception).toHaveCount(0);
      await expect.poll(async () => (await playground.printed()).length).toBe(2);
      // What the button said is what the code says; what it makes of a tensor is drawn in the shape that it then has.
      const lines = (await playground.code()).split('\n').map((line) => line.split('  #')[0]);
      const ofTensor = (line: string): boolean => /^(?:x = .*\bx\b|h_0 = .*\b(?:h_0|x)\b)/.test(line);
      for (const line of written.filter((line) => !ofTensor(line))) expect(lines).toContain(line);
      await playground.undo.click();
      await raised();
      await expect(playground.fixes).toHaveCount(count);
    }
  });
}

/** What an option of nn.GRU may hold that counts nothing. */
const COUNTLESS: readonly (readonly [name: string, text: string, exception: string, message: string])[] = [
  ['num_layers', '1.5', 'TypeError', "'float' object cannot be interpreted as an integer"],
  ['num_layers', '2.0', 'TypeError', "'float' object cannot be interpreted as an integer"],
  ['num_layers', '1e+99', 'TypeError', "'float' object cannot be interpreted as an integer"],
  ['num_layers', '-1.5', 'ValueError', 'num_layers must be greater than zero'],
  ['num_layers', 'None', 'TypeError', "'<=' not supported between instances of 'NoneType' and 'int'"],
  ['hidden_size', '2.5', 'TypeError', 'hidden_size should be of type int, got: float'],
  ['hidden_size', '-1e+99', 'TypeError', 'hidden_size should be of type int, got: float'],
  ['input_size', '-0.5', 'TypeError', 'input_size should be of type int, got: float'],
];

test('whatever an option holds, the flow stops at it, and goes on with the next change', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=1.5');
  for (const [name, text, exception, message] of COUNTLESS) {
    const field = playground.number(name);
    const before = await field.inputValue();
    await field.fill(text);
    await playground.expectException(exception, message);
    await expect(playground.flow.locator('.caption')).toHaveText(`It stops at an option: ${name}=${text}.`);
    await field.fill(before === '1.5' ? '3' : before);
    await expect.poll(async () => (await playground.printed()).length).toBe(2);
    await expect(playground.flow.locator('.caption')).not.toHaveText(/stops/);
  }
  // What is no value of Python's is kept as it is typed, and the call before it stands.
  await playground.number('num_layers').fill('nan');
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([3, 3, 20])');
  await expect(playground.number('num_layers')).toHaveValue('nan');
});

test('whatever an unknown option is called, PyTorch refuses it, and the nearest is the first fix', LONGER, async ({ page }) => {
  for (const name of ['num_layer', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'other']) {
    const playground = await PlaygroundPage.open(page, `other.${name}=3`);
    await playground.expectException('TypeError', `RNNBase.__init__() got an unexpected keyword argument '${name}'`);
    await playground.expectLine(`gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, ${name}=3)`);
    await expect(playground.flow.locator('.caption')).toHaveText(`It stops at an option: ${name}=3.`);
    const layers = name === 'num_layer' ? 3 : 2;
    await playground.fixes.first().click();
    // A fix under the pointer would be previewed.
    await page.mouse.move(0, 0);
    await playground.expectPrinted('torch.Size([5, 3, 20])', `torch.Size([${layers}, 3, 20])`);
    await playground.expectLine(`gru = nn.GRU(input_size=10, hidden_size=20, num_layers=${layers})`);
  }
  const twice = await PlaygroundPage.open(page, 'other.num_layer=2&other.num_layer=3&num_layers=1');
  await twice.expectException('SyntaxError', 'keyword argument repeated: num_layer');
  await twice.fixes.first().click();
  await twice.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
});

test('a fix keeps the focus where it was asked for, and undo is offered until something else changes', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input=5,3,7');
  await playground.fixes.first().focus();
  await page.keyboard.press('Enter');
  await expect(playground.advice.locator('.fixed')).toContainText('Fixed: ');
  await expect(playground.advice).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(playground.undo).toBeFocused();
  await playground.number('seq_len').press('ArrowUp');
  await expect(playground.undo).toHaveCount(0);
});

test('looking at a fix shows in the flow what it would do', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input=5,3,7');
  await expect(playground.flow.locator('.caption')).toHaveText(/stops here/);
  await playground.fixes.last().focus();
  await expect(playground.flow.getByText('with this fix')).toBeVisible();
  await expect(playground.flow.locator('.caption')).not.toHaveText(/stops here/);
  await playground.number('seq_len').focus();
  await expect(playground.flow.getByText('with this fix')).toHaveCount(0);
  await expect(playground.flow.locator('.caption')).toHaveText(/stops here/);
});

test('another release says it in its own words', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input=1,5,3,10');
  for (const [release, exception, message] of [
    ['2.11 to 2.15', 'ValueError', 'GRU: Expected input to be 2D or 3D, got 4D instead'],
    ['2.0', 'AssertionError', 'GRU: Expected input to be 2-D or 3-D but received 4-D tensor'],
    ['1.13', 'RuntimeError', 'input must have 3 dimensions, got 5'],
  ] as const) {
    await playground.choice('PyTorch').selectOption({ label: release });
    await playground.expectException(exception, message);
  }
  await playground.shape('input').fill('(5, 3, 10)');
  await playground.choice('dtype of input').selectOption('float64');
  for (const [release, exception, message] of [
    ['2.2 to 2.10', 'ValueError', 'input must have the type torch.float32, got type torch.float64'],
    ['2.0', 'RuntimeError', 'mat1 and mat2 must have the same dtype'],
    ['1.11', 'RuntimeError', 'expected scalar type Double but found Float'],
  ] as const) {
    await playground.choice('PyTorch').selectOption({ label: release });
    await playground.expectException(exception, message);
  }
});

/** Texts that are no shape, what is said of them, and the part that is meant. */
const UNREADABLE: readonly (readonly [text: string, said: string, marked: string | undefined])[] = [
  ['(4, x)', "'x' is not a number", 'x'],
  ['(4,, 10)', "no size stands before this ','", ','],
  ['(4, 10', "this '(' is never closed", '('],
  ['(4, 10.0)', "'10.0' is not a whole number", '10.0'],
  ['', 'there is no shape here', undefined],
];

test('a text that is no shape is answered where it stands, and nothing of it is lost', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const field = playground.shape('input');
  await field.fill('(6, 2, 10)');
  for (const [text, said, marked] of UNREADABLE) {
    await field.fill(text);
    await expect(playground.result).toContainText(`A shape cannot be read: ${said}`);
    await expect(playground.controls).toContainText(said);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    if (marked !== undefined) await expect(playground.controls.locator('mark')).toHaveText(marked);
    await expect(playground.values).toContainText('No values: a shape cannot be read');
    // The code is that of the shape before, and says so.
    await playground.expectLine('x = torch.randn(6, 2, 10)  # (seq_len, batch, input_size)');
    await expect(page.getByText('Without the shape that cannot be read')).toBeVisible();
    await field.blur();
    await expect(field).toHaveValue(text);
  }
  await field.fill('(4, 2, 10)');
  await playground.expectPrinted('torch.Size([4, 2, 20])', 'torch.Size([2, 2, 20])');
  await expect(playground.controls.locator('.problem')).toHaveCount(0);
});

test('the fix of a text writes the text, and undo brings the old one back', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const field = playground.shape('input');
  await field.fill('(4,, 10)');
  await playground.fixes.filter({ hasText: 'write (4, 10)' }).click();
  await expect(field).toHaveValue('(4, 10)');
  await playground.expectPrinted('torch.Size([4, 20])', 'torch.Size([2, 20])');
  await playground.undo.click();
  await expect(field).toHaveValue('(4,, 10)');
  await expect(playground.result).toContainText('A shape cannot be read');
  await page.getByRole('button', { name: 'Follow the numbers above again' }).click();
  await expect(field).toBeFocused();
  await playground.expectPrinted(...golden('opening').printed);
});

test('a text for h_0 is answered in the same way', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.flag('give h_0').check();
  await playground.shape('h_0').fill('(2, 3');
  await expect(playground.result).toContainText("A shape cannot be read: this '(' is never closed");
  await playground.fixes.filter({ hasText: 'write (2, 3)' }).click();
  await expect(playground.shape('h_0')).toHaveValue('(2, 3)');
  await playground.expectException('RuntimeError', 'For batched 3-D input, hx should also be 3-D but got 2-D tensor');
});

test('the result is spoken once the numbers stand still', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const said = page.locator('.announcer[role="status"]');
  await expect(said).toHaveText('');
  await playground.number('seq_len').fill('9');
  await expect(said).toHaveText('out (9, 3, 20), h_n (2, 3, 20)');
  await playground.shape('input').fill('(9, 3, 7)');
  await expect(said).toHaveText('RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 7. Why, and 2 fixes: at the next heading, Why, and fixes.');
});

test('from the result on top the way leads to why and fixes', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input=5,3,7');
  const way = playground.result.getByRole('button', { name: 'Why, and 2 fixes' });
  // Where there is room, they stand beside it.
  if (await isWide(page)) {
    await expect(way).toBeHidden();
    await expect(playground.fixes.first()).toBeInViewport();
  } else {
    await way.click();
    await expect(playground.advice).toBeFocused();
    await expect(playground.fixes.first()).toBeInViewport();
  }
});

async function isWide(page: Page): Promise<boolean> {
  return page.evaluate(() => innerWidth >= 1100);
}
