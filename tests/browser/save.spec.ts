import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, LONGER, test } from './harness';
import { shownNumber } from './lab-golden';
import { PlaygroundPage } from './playground-page';

/** Presses a button of a save menu by its keys, and takes the file. */
async function save(page: Page, menu: Locator, format: 'SVG' | 'PNG' | 'CSV'): Promise<{ name: string; bytes: Buffer }> {
  const button = menu.getByRole('button', { name: new RegExp(` as ${format}$`) });
  const download = page.waitForEvent('download');
  await button.focus();
  await page.keyboard.press('Enter');
  const file = await download;
  const name = file.suggestedFilename();
  await expect(page.locator('.announcer[role="status"]')).toHaveText(`${name} is saved.`);
  return { name, bytes: await readFile(await file.path()) };
}

/** What a file's SVG says of itself, as a browser reads it; nothing of the page's styles is left to need. */
async function parsed(page: Page, file: Buffer): Promise<{ title: string; desc: string; texts: string[]; leftovers: number; width: number }> {
  return page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      title: svg.querySelector('svg > title')?.textContent ?? '',
      desc: svg.querySelector('svg > desc')?.textContent ?? '',
      texts: [...svg.querySelectorAll('text')].map((text) => text.textContent.trim()),
      leftovers: svg.querySelectorAll('parsererror, [class], [style], [tabindex]').length + Number(source.includes('var(')) + Number(source.includes('<!--')),
      width: Number(svg.documentElement.getAttribute('width')),
    };
  }, file.toString('utf8'));
}

/** Width and number of colours of a PNG, by its own bytes and as drawn. */
function pngWidth(file: Buffer): number {
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  return file.readUInt32BE(16);
}

function csvRows(file: Buffer): string[][] {
  return file.toString('utf8').trimEnd().split('\r\n').map((row) => row.split(','));
}

test('a chart is read by keys, and is saved as SVG, PNG and CSV with the numbers of its table', async ({ page }) => {
  await page.goto('./#lab/gradients?seq_len=12');
  const chart = page.locator('gru-line-chart').first();
  const cursor = chart.getByRole('slider', { name: '|dL/dh_t| of four modules, step' });
  await cursor.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^step 10: RNN tanh [\d.e−-]+, RNN relu .+, LSTM .+, GRU /);

  const menu = chart.locator('gru-save');
  const svg = await save(page, menu, 'SVG');
  expect(svg.name).toBe('dl-dh_t-of-four-modules.svg');
  const { title, desc, texts, leftovers, width } = await parsed(page, svg.bytes);
  expect([title, desc, leftovers]).toEqual(['|dL/dh_t| of four modules', '|dL/dh_t| of four modules', 0]);
  expect(texts).toEqual(expect.arrayContaining(['RNN tanh', 'RNN relu', 'LSTM', 'GRU', 'step t', '|dL/dh_t|']));

  const png = await save(page, menu, 'PNG');
  expect(png.name).toBe('dl-dh_t-of-four-modules.png');
  expect(pngWidth(png.bytes)).toBe(2 * width);

  const csv = await save(page, menu, 'CSV');
  const [head, ...rows] = csvRows(csv.bytes);
  expect(head).toEqual(['step', 'RNN tanh', 'RNN relu', 'LSTM', 'GRU']);
  await chart.locator('summary').click();
  const shown = await chart.locator('tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent.trim())));
  expect(rows).toHaveLength(12);
  for (const [step, row] of rows.entries()) {
    for (const [column, value] of row.entries()) {
      const seen = shownNumber(shown[step]?.[column] ?? '');
      expect(Math.abs(Number(value) - seen)).toBeLessThanOrEqual(1e-4 * Math.abs(seen) + 5.1e-5);
    }
  }
});

test('every step of a run is saved, also those that its table leaves out', LONGER, async ({ page }) => {
  await page.goto('./#lab/train?steps=12&batch=8');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('gru-lab-train .bar .ended')).toHaveText(/finished after 12 training steps/);
  await expect(page.getByRole('region', { name: 'What the doctor sees in run A' })).toBeVisible();
  const chart = page.locator('gru-line-chart');
  const [head, ...rows] = csvRows((await save(page, chart.locator('gru-save'), 'CSV')).bytes);
  expect(head).toEqual(['Training step', 'A training', 'A validation', 'Seen in A']);
  expect(rows.map(([step, , validation]) => [step, validation !== ''])).toEqual(Array.from({ length: 12 }, (_, index) => [String(index + 1), (index + 1) % 5 === 0]));
  const cursor = chart.getByRole('slider', { name: 'Loss, training steps taken' });
  await cursor.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^training steps taken 0: A \d/);
  await expect(chart.locator('.readout')).toHaveText(/^\s*training steps taken 0\s+A [\d.]+\s*$/);
});

test('the shape flow is saved as it stands, and tables as CSV', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const menu = playground.flow.locator('gru-save');
  const svg = await parsed(page, (await save(page, menu, 'SVG')).bytes);
  expect([svg.title, svg.leftovers]).toEqual(['Shape flow', 0]);
  expect(svg.desc).toContain('(5, 3, 10)');
  expect(svg.texts).toEqual(expect.arrayContaining(['layer 0', 'layer 1', '10']));
  expect(pngWidth((await save(page, menu, 'PNG')).bytes)).toBe(2 * svg.width);
  expect(csvRows((await save(page, menu, 'CSV')).bytes)[0]).toEqual(['Tensor', 'Shape', 'Axes']);

  const parameters = csvRows((await save(page, page.locator('gru-parameters gru-save'), 'CSV')).bytes);
  expect(parameters[1]).toEqual(['weight_ih_l0', '"(60', ' 10)"', '600']);
  await page.getByText('Values of this step as a table').click();
  // All 20 units of a step, whatever page is shown.
  expect(csvRows((await save(page, page.locator('gru-values-table gru-save'), 'CSV')).bytes)).toHaveLength(21);
});

test('all of a heatmap is saved, whatever of it is in sight', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=200&hidden_size=8&num_layers=1');
  await playground.expectValues();
  const heatmap = page.locator('gru-heatmap').filter({ has: page.getByRole('grid', { name: /^out / }) });
  await heatmap.locator('summary').click();
  const menu = heatmap.locator('gru-save');
  const { title, desc, leftovers, width } = await parsed(page, (await save(page, menu, 'SVG')).bytes);
  expect([title.split(' ')[0], desc, leftovers]).toEqual(['out', '200 steps of 8 units', 0]);
  const png = (await save(page, menu, 'PNG')).bytes;
  expect(pngWidth(png)).toBe(width);
  // A line of words, cells as large as on the page at most, and the scale.
  expect(png.readUInt32BE(20)).toBe(200 * 22 + 2 * 32);
  const [head, ...rows] = csvRows((await save(page, menu, 'CSV')).bytes);
  expect(head).toEqual(['steps', ...Array.from({ length: 8 }, (_, unit) => String(unit))]);
  expect(rows).toHaveLength(200);
  expect(shownNumber((await playground.readout('out').textContent())?.split('= ')[1] ?? '')).toBeCloseTo(Number(rows[0]?.[1]), 3);
});

test('a heatmap too large for a picture says so, and is saved as CSV', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=20000&batch=1&input_size=1&hidden_size=2&num_layers=1');
  await playground.expectValues();
  const heatmap = page.locator('gru-heatmap').filter({ has: page.getByRole('grid', { name: /^out / }) });
  await heatmap.locator('summary').click();
  await heatmap.getByRole('button', { name: / as PNG$/ }).click();
  await expect(heatmap.locator('gru-save .told')).toContainText('could not be made: it has 20\u202f000 × 2 cells, too many for a picture. CSV has all of them.');
  expect(csvRows((await save(page, heatmap.locator('gru-save'), 'CSV')).bytes)).toHaveLength(20_001);
});
