import type { Locator } from '@playwright/test';
import { at, golden, type GoldenTensor } from './golden';
import { expect, LONGER, PHONE, runUntil, stopTime, test } from './harness';
import { PlaygroundPage, numberOf } from './playground-page';

/** Half a digit of the four shown, and what PyTorch's own builds differ by. */
const TOLERANCE = 5e-5 + 5e-6;

/** A text such as `out[4, 0, 7] = −0.1312`: the tensor, the index and the value. */
function readingOf(text: string): { name: string; index: number[]; value: number } {
  const [, name = '', index = '', value = ''] = /^(.+)\[([\d, ]+)\](?: =)? (\S+)$/.exec(text.trim()) ?? [];
  return { name, index: index.split(', ').map(Number), value: numberOf(value) };
}

/** Holds readings to the golden tensors; returns which cells they were. */
function expectGolden(texts: readonly string[], tensors: Readonly<Record<string, GoldenTensor | undefined>>): string[] {
  return texts.map((text) => {
    const { name, index, value } = readingOf(text);
    const tensor = tensors[name];
    if (!tensor) throw new Error(`nothing to hold '${text}' to`);
    expect(Math.abs(value - at(tensor, ...index)), text).toBeLessThanOrEqual(TOLERANCE);
    return `${name}[${index.join(', ')}]`;
  });
}

function tableOf(playground: PlaygroundPage): Locator {
  return playground.values.locator('gru-values-table');
}

async function openTable(playground: PlaygroundPage, kind: string): Promise<void> {
  const table = tableOf(playground);
  if ((await table.count()) === 0) await playground.values.getByText('Values of this step as a table').click();
  await table.getByLabel('Table of').selectOption(kind);
}

/** The rows of the table as text, once its caption says what it is of. */
async function rows(playground: PlaygroundPage): Promise<string[]> {
  return tableOf(playground).locator('tbody tr').evaluateAll((all) =>
    all.map((row) => Array.from(row.children, (cell) => cell.textContent.trim()).join(' ')),
  );
}

test("every number of out and h_n is PyTorch's own", async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const { out, h_n } = golden('opening');
  const seen = new Set<string>();
  const collect = async (first: string): Promise<void> => {
    await expect(tableOf(playground).locator('tbody th').first()).toHaveText(first);
    for (const cell of expectGolden(await rows(playground), { out, h_n })) seen.add(cell);
  };
  await openTable(playground, 'out');
  for (let sample = 0; sample < 3; sample += 1) {
    await playground.look('sample').selectOption(String(sample));
    for (let step = 0; step < 5; step += 1) {
      await playground.step.fill(String(step));
      await collect(`out[${step}, ${sample}, 0]`);
    }
    await openTable(playground, 'h_n');
    for (let layer = 0; layer < 2; layer += 1) {
      await playground.look('layer').selectOption(String(layer));
      await collect(`h_n[${layer}, ${sample}, 0]`);
    }
    await openTable(playground, 'out');
  }
  expect(seen.size).toBe(5 * 3 * 20 + 2 * 3 * 20);
});

const EVERYTHING = 'seq_len=4&batch=2&input_size=6&hidden_size=3&batch_first=True&bidirectional=True&give_h_0=1&seed=7';

test('with every option too, and a cell is named as PyTorch indexes it', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, EVERYTHING);
  const { code, printed, out, h_n } = golden('everything');
  await playground.expectCode(code);
  await playground.expectPrinted(...printed);
  await playground.expectValues();
  await playground.look('sample').selectOption('1');

  const heatmap = playground.heatmap('out');
  const readout = playground.readout('out');
  await heatmap.focus();
  await heatmap.press('Control+Home');
  const seen: string[] = [];
  for (let step = 0; step < 4; step += 1) {
    for (let column = 0; column < 6; column += 1) {
      const cell = `out[1, ${step}, ${column}]`;
      await expect(readout).toHaveText(new RegExp(`^${cell.replaceAll(/[[\]]/g, '\\$&')} = `));
      seen.push(...expectGolden([await readout.innerText()], { out }));
      await heatmap.press('ArrowRight');
    }
    await heatmap.press('Home');
    await heatmap.press('ArrowDown');
  }
  expect(seen).toHaveLength(24);

  // h_n: rows are layer 0 forward, layer 0 reverse, layer 1 forward, layer 1 reverse.
  await playground.heatmap('h_n').focus();
  await page.keyboard.press('Control+End');
  await expect(playground.readout('h_n')).toHaveText(/^h_n\[3, 1, 2\]/);
  expectGolden([await playground.readout('h_n').innerText()], { h_n });
  await expect(playground.look('layer')).toHaveValue('1');
  await expect(playground.values.getByRole('radio', { name: 'reverse' })).toBeChecked();
});

test('a cell tells its index and its value: by key, by pointer, and to a screen reader', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const { out } = golden('opening');
  const heatmap = playground.heatmap('out');
  await heatmap.focus();
  await heatmap.press('End');
  await heatmap.press('ArrowDown');
  await expect(playground.readout('out')).toHaveText(/^out\[1, 0, 19\] = /);
  const told = await playground.readout('out').innerText();
  expectGolden([told], { out });
  await expect(heatmap.getByRole('gridcell', { name: told, exact: true })).toBeFocused();
  await expect(playground.step).toHaveValue('1');
  // The edge holds.
  await heatmap.press('ArrowRight');
  await heatmap.press('Control+End');
  await heatmap.press('ArrowDown');
  await expect(playground.readout('out')).toHaveText(/^out\[4, 0, 19\] = /);

  const canvas = heatmap.locator('canvas');
  await canvas.hover({ position: { x: 3, y: 3 } });
  await expect(playground.readout('out')).toHaveText(/^out\[0, 0, 0\] = /);
  expectGolden([await playground.readout('out').innerText()], { out });
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(playground.readout('out')).toHaveText(/^out\[4, 0, 19\] = /);
  await canvas.click({ position: { x: 3, y: 3 } });
  await expect(playground.step).toHaveValue('0');
  await expect(playground.readout('h')).toHaveText(/^h\[0, 0, 0\] = /);
});

test('time moves every panel at once', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  for (const [move, step] of [
    [() => playground.step.press('ArrowRight'), 1],
    [() => page.getByRole('button', { name: 'One step on' }).click(), 2],
    [() => playground.step.press('End'), 4],
    [() => page.getByRole('button', { name: 'One step back' }).click(), 3],
  ] as const) {
    await move();
    for (const name of ['out', 'r', 'z', 'n', 'h']) {
      await expect(playground.readout(name)).toHaveText(new RegExp(`^${name}\\[${step}, 0, 0\\] = `));
    }
    await expect(playground.values.getByRole('heading', { name: `at t = ${step}` })).toBeVisible();
    await expect(playground.values.getByText(`t = ${step}`, { exact: true })).toBeVisible();
  }
  await expect(page).toHaveURL(/step=3/);
  // A shorter sequence shows its last step, and remembers which one was chosen.
  await playground.number('seq_len').fill('2');
  await expect(playground.readout('out')).toHaveText(/^out\[1, 0, 0\] = /);
  await playground.number('seq_len').fill('9');
  await expect(playground.readout('out')).toHaveText(/^out\[3, 0, 0\] = /);
});

test('the steps are played in the order in which they are read', LONGER, async ({ page }) => {
  await page.clock.install();
  const playground = await PlaygroundPage.open(page, 'seq_len=3&bidirectional=True');
  await playground.expectValues();
  await stopTime(page);
  const inOrder = page.getByRole('button', { name: 'Play the steps in order' });
  const pause = page.getByRole('button', { name: 'Pause' });
  await inOrder.click();
  await expect(playground.step).toHaveValue('0');
  for (const step of ['1', '2']) {
    await expect(pause).toBeVisible();
    await page.clock.runFor(3000);
    await expect(playground.step).toHaveValue(step);
  }
  // Then it stops by itself.
  await page.clock.runFor(3000);
  await expect(inOrder).toBeVisible();
  await expect(playground.step).toHaveValue('2');
  await playground.values.getByRole('radio', { name: 'reverse' }).check();
  await page.getByRole('button', { name: 'Play the steps from the last to the first' }).click();
  for (const step of ['1', '0']) {
    await expect(pause).toBeVisible();
    await page.clock.runFor(3000);
    await expect(playground.step).toHaveValue(step);
  }
  await page.clock.runFor(3000);
  await expect(pause).toHaveCount(0);
  await expect(playground.step).toHaveValue('0');
});

test('under reduced motion nothing plays by itself', LONGER, async ({ page }) => {
  await page.clock.install();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  await stopTime(page);
  await expect(page.getByRole('button', { name: /Play the steps/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect(playground.step).toHaveValue('1');
  // The wish can come while it plays.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await playground.number('seq_len').fill('30');
  await runUntil(page, playground.heatmap('out').and(page.getByRole('grid', { name: /30 steps/ })));
  await page.getByRole('button', { name: 'Play the steps in order' }).click();
  await page.clock.runFor(1400);
  await expect(playground.step).toHaveValue('3');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
  await page.clock.runFor(10_000);
  await expect(playground.step).toHaveValue('3');
});

test('the tables say what the heatmaps show', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, `${EVERYTHING}&sample=1&layer=1&reverse=1&step=2`);
  await playground.expectValues();
  const readings = async (name: string): Promise<string> => (await playground.readout(name).innerText()).split(' = ')[1] ?? '';

  await openTable(playground, 'gates');
  await expect(tableOf(playground).locator('caption')).toHaveText('Gates of layer 1, reverse at step 2, sample 1');
  await expect(tableOf(playground).getByRole('columnheader')).toHaveText(['Unit', 'r', 'z', 'n', 'h_prev', 'h']);
  const gates = await rows(playground);
  expect(gates).toHaveLength(3);
  for (const [unit, row] of gates.entries()) {
    await playground.look('unit').selectOption(String(unit));
    await expect(playground.readout('h')).toHaveText(new RegExp(`^h\\[2, 1, ${unit}\\] = `));
    const [r, z, n, h] = [await readings('r'), await readings('z'), await readings('n'), await readings('h')];
    const [, shown_r, shown_z, shown_n, before, shown_h] = row.split(' ');
    expect([String(unit), shown_r, shown_z, shown_n, shown_h]).toEqual([String(unit), r, z, n, h]);
    // h = (1 - z) n + z h_prev, to the digits shown; and the last layer's reverse half of out is h.
    const [zs, ns, hs] = [numberOf(z), numberOf(n), numberOf(before ?? '')];
    expect(Math.abs((1 - zs) * ns + zs * hs - numberOf(h))).toBeLessThan(2e-4);
    await expect(playground.readout('out')).toHaveText(`out[1, 2, ${3 + unit}] = ${h}`);
  }
  await openTable(playground, 'out');
  const last = (await rows(playground)).slice(3).map((row) => readingOf(row).value);
  expect(last).toEqual(gates.map((row) => numberOf(row.split(' ').at(-1) ?? '')));
});

test('the parts of n add up', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'step=2');
  await playground.expectValues();
  await playground.values.getByRole('checkbox', { name: 'Show the parts of n' }).check();
  const value = async (name: string): Promise<number> => numberOf((await playground.readout(name).innerText()).split(' = ')[1] ?? '');
  const [r, n] = [await value('r'), await value('n')];
  const [input, hidden] = [await value('W_in x \\+ b_in'), await value('W_hn h \\+ b_hn')];
  expect(Math.abs(Math.tanh(input + r * hidden) - n)).toBeLessThan(3e-4);
});

/** The colour in the middle of a heatmap's cell, as it is painted. */
async function colour(heatmap: Locator, row: number, column: number, [rows, columns]: readonly [number, number]): Promise<number[]> {
  return heatmap.locator('canvas').evaluate(
    (canvas: HTMLCanvasElement, [y, x]) => {
      const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      probe?.drawImage(canvas, Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1, 0, 0, 1, 1);
      return Array.from(probe?.getImageData(0, 0, 1, 1).data ?? []);
    },
    [(row + 0.5) / rows, (column + 0.5) / columns] as const,
  );
}

test('signs have colours of their own, in sharp cells', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'sample=1&step=4');
  await playground.expectValues();
  const { out } = golden('opening');
  if (!out) throw new Error('no numbers');
  // The strongest cells of either sign in rows that no mark covers.
  const cells = [0, 1, 2].flatMap((row) => Array.from({ length: 20 }, (_, column) => ({ row, column, value: at(out, row, 1, column) })));
  cells.sort((a, b) => a.value - b.value);
  const [negative, positive] = [cells[0], cells.at(-1)];
  if (!negative || !positive) throw new Error('no cells');
  const heatmap = playground.heatmap('out');
  const paint = async ({ row, column }: { row: number; column: number }) => colour(heatmap, row, column, [5, 20]);
  await expect.poll(async () => (await paint(positive))[3], { message: 'painted' }).toBe(255);
  const [below, above] = [await paint(negative), await paint(positive)];
  const warmth = ([red = 0, , blue = 0]: number[]): number => red - blue;
  expect(Math.sign(warmth(below))).toBe(-Math.sign(warmth(above)));
  expect(below).not.toEqual(above);
  const sharp = await heatmap.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.getBoundingClientRect().width / devicePixelRatio);
  expect(sharp).toBeCloseTo(1, 1);
});

test('a large matrix scrolls within itself, and the keys go on beyond what is seen', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=300&hidden_size=200&num_layers=1');
  await playground.expectValues();
  const heatmap = playground.heatmap('out');
  await heatmap.focus();
  await heatmap.press('Control+End');
  await expect(playground.readout('out')).toHaveText(/^out\[299, 0, 199\] = /);
  expect(await heatmap.evaluate((box) => [box.scrollTop > 0, box.scrollLeft > 0])).toEqual([true, true]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  // Many samples, layers or units are typed rather than listed.
  await playground.look('unit').fill('17');
  await playground.look('unit').press('Enter');
  await expect(playground.readout('out')).toHaveText(/^out\[299, 0, 17\] = /);
  await openTable(playground, 'out');
  await expect(tableOf(playground).getByText('Page 1 of 10')).toBeVisible();
  await tableOf(playground).getByRole('button', { name: 'Next' }).click();
  await expect(tableOf(playground).locator('tbody th').first()).toHaveText('out[299, 0, 20]');
});

test('an empty batch is legal and has nothing to show', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'batch=0');
  await playground.expectPrinted('torch.Size([5, 0, 20])', 'torch.Size([2, 0, 20])');
  await expect(playground.values).toContainText('The batch is empty: there are no values to show.');
});
