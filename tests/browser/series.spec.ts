/** The room of real series: train, forecast, one's own CSV, cancel. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { inspect, LONGER, PHONE, test } from './harness';
import { numberOf } from './playground-page';

interface SeriesGolden {
  readonly id: string;
  readonly setup: Readonly<Record<string, string | number | boolean>>;
  readonly script: readonly string[];
  readonly losses: readonly number[];
  readonly validation: readonly number[];
  readonly forecast: readonly number[];
  readonly beyond: readonly number[];
}

function golden(id: string): SeriesGolden {
  const lines = readFileSync(join(__dirname, '../golden/scripts/series.jsonl'), 'utf8').split('\n').filter(Boolean);
  const record = lines.map((line) => JSON.parse(line) as SeriesGolden).find((candidate) => candidate.id === id);
  if (!record) throw new Error(`tests/golden/scripts/series.jsonl has no record '${id}'`);
  return record;
}

class SeriesPage {
  readonly room: Locator;
  readonly status: Locator;
  readonly verdicts: Locator;
  readonly box: Locator;

  constructor(readonly page: Page) {
    this.room = page.locator('gru-lab-series');
    this.status = this.room.locator('.bar .ended');
    this.verdicts = page.getByRole('list', { name: 'Does it beat naive forecasts?' }).getByRole('listitem');
    this.box = this.room.getByRole('textbox', { name: /^Paste a CSV/ });
  }

  static async open(page: Page, query = ''): Promise<SeriesPage> {
    await page.goto(`./#lab/series${query === '' ? '' : `?${query}`}`);
    const room = new SeriesPage(page);
    await expect(page.getByRole('heading', { name: 'Real series' })).toBeVisible();
    return room;
  }

  button(name: string): Locator {
    return this.room.getByRole('button', { name, exact: true });
  }

  /** The rows of a chart's table, each a list of texts, by what the picture is called. */
  async rows(heading: RegExp): Promise<string[][]> {
    const chart = this.room.locator('gru-line-chart').filter({ has: this.page.getByRole('slider', { name: heading }) });
    if (!(await chart.locator('details').evaluate((details: HTMLDetailsElement) => details.open))) await chart.locator('summary').click();
    return chart.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  }
}

/** Waves in a file of a learner's, with a comma in each number and one line that has none. */
const OWN = ['day;price', ...Array.from({ length: 90 }, (_, day) => `day ${day};${day === 11 ? 'n/a' : (10 + 2 * Math.sin(day / 3)).toFixed(2).replace('.', ',')}`)].join('\n');

test('the Nile is learned, forecast and judged, with the losses that the script has in PyTorch', PHONE, async ({ page }) => {
  const { setup, script, losses, validation, forecast, beyond } = golden('nile');
  const query = new URLSearchParams(Object.entries(setup).map(([name, value]) => [name, String(value)]));
  const room = await SeriesPage.open(page, query.toString());
  await expect(room.button('Train')).toBeEnabled();
  await inspect(page, 'lab-series-before');
  await room.button('Train').click();
  await expect(room.status).toHaveText('Trained on volume, finished after 40 training steps.');
  await expect(room.verdicts).toHaveText([/Next value, 15 unseen ones: the GRU is off by \d/, /10 values ahead, in 6 forecasts: the GRU is off by \d/]);
  for (const verdict of await room.verdicts.allTextContents()) {
    expect(verdict.includes('✓ Beats naive.'), verdict).toBe(verdict.includes('is better by'));
  }
  const code = await page.getByRole('region', { name: 'PyTorch code', exact: true }).textContent();
  expect(code?.split('\n')).toEqual(script);

  const taken = await room.rows(/^Loss/);
  expect(taken.map(([step]) => Number(step))).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
  for (const [index, row] of taken.entries()) {
    expect(Math.abs(numberOf(row[1] ?? '') - (losses[5 * index + 4] ?? NaN))).toBeLessThan(2e-4);
    expect(Math.abs(numberOf(row[2] ?? '') - (validation[index] ?? NaN))).toBeLessThan(2e-4);
  }
  const told = (await room.rows(/^Forecast of volume/)).filter(([, , gru]) => gru !== '');
  expect(told.map(([year]) => year)).toEqual(Array.from({ length: 10 }, (_, index) => String(1956 + index)));
  for (const [index, row] of told.entries()) expect(Math.abs(numberOf(row[2] ?? '') - (forecast[index] ?? NaN))).toBeLessThan(0.3);
  // Beyond the last year, apart from what was tested, and said to be untested.
  await expect(page.getByRole('region', { name: 'Beyond the data', exact: true })).toContainText('Beyond the data: untested');
  const untested = (await room.rows(/^Beyond the data: volume/)).filter(([, , gru]) => gru !== '');
  expect(untested.map(([year, came]) => [year, came])).toEqual(Array.from({ length: 10 }, (_, index) => [`+${index + 1}`, '']));
  for (const [index, row] of untested.entries()) expect(Math.abs(numberOf(row[2] ?? '') - (beyond[index] ?? NaN))).toBeLessThan(0.3);
  await inspect(page, 'lab-series-trained');
});

test('a CSV of one\'s own is read as it is written, a line without a number is told, and nothing is lost', PHONE, async ({ page }) => {
  const room = await SeriesPage.open(page);
  // It is offered first, in view.
  const choices = room.room.getByRole('radio');
  await expect(choices).toHaveCount(3);
  await expect(choices.first()).toHaveAccessibleName('Your own CSV');
  await expect(choices.first()).toBeInViewport();
  await choices.first().check();
  await expect(room.box).toBeInViewport();
  await expect(room.button('Train')).toBeDisabled();
  await expect(room.room).toContainText('Give it a series first');
  await room.box.fill(OWN);
  const bad = page.getByRole('group', { name: 'Rows that are left out' });
  await expect(bad).toContainText('1 row of 90 is left out');
  await expect(bad.getByRole('listitem')).toHaveText(['line 13: "n/a" is no number']);
  await expect(room.room).toContainText('semicolons between values, a decimal comma');
  await expect(room.room).toContainText('It stays on this device');
  await inspect(page, 'lab-series-own');
  await room.button('Train').click();
  await expect(room.status).toHaveText(/^Trained on price, finished after 200 training steps/, { timeout: 20_000 });
  expect(await room.rows(/^Forecast of price/)).toContainEqual(expect.arrayContaining(['day 85']));

  // What is no CSV is refused in words, and stays to be mended.
  await room.box.fill('<img src=x onerror=alert(1)>');
  await expect(room.room).toContainText('This cannot be read: no row has a number');
  await expect(room.box).toHaveValue('<img src=x onerror=alert(1)>');
  expect(await room.room.locator('img').count()).toBe(0);
  await expect(room.button('Train anew')).toBeDisabled();
  await page.reload();
  await expect(room.box).toHaveValue('<img src=x onerror=alert(1)>');
  expect(page.url()).not.toContain('onerror');
});

test('a file is chosen, and another of its columns', LONGER, async ({ page }) => {
  const room = await SeriesPage.open(page, 'series=own');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), room.button('Choose a file').click()]);
  const rows = Array.from({ length: 80 }, (_, row) => `${row},${row % 7},${(row * 13) % 17}`);
  await chooser.setFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFFday,sold,rain\r\n${rows.join('\r\n')}\r\n`) });
  const column = room.room.getByRole('combobox', { name: 'Column' });
  await expect(column.locator('option')).toHaveText(['day (80 numbers)', 'sold (80 numbers)', 'rain (80 numbers)']);
  await expect(column).toHaveValue('1');
  await column.selectOption('2');
  await expect(page).toHaveURL(/column=rain/);
  await expect(page.getByRole('region', { name: 'PyTorch code', exact: true })).toContainText('with open("shop.csv"');
  await expect(page.getByRole('region', { name: 'PyTorch code', exact: true })).toContainText('# rain');
});

test('a run is cancelled by keyboard, and what it had learned stays', async ({ page }) => {
  // So many steps that no machine is through with them before the key is pressed.
  const room = await SeriesPage.open(page, 'series=co2&seq_len=100&hidden_size=64&batch=256&steps=5000');
  await expect(room.button('Train')).toBeEnabled();
  await room.button('Train').focus();
  await page.keyboard.press('Enter');
  await expect(room.button('Cancel')).toBeFocused();
  await expect(room.room.getByRole('img', { name: /^Loss by training step, from/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(room.status).toHaveText(/^Cancelled after [\d\u202f]+ training steps?: what it had learned until then is shown\.$/);
  await expect(room.button('Train anew')).toBeFocused();
});

test('what cannot be trained is told, and a fix lets it go', LONGER, async ({ page }) => {
  const room = await SeriesPage.open(page, 'seq_len=65');
  const trouble = page.getByRole('region', { name: 'This cannot be trained' });
  await expect(trouble).toContainText('with seq_len = 65 that is 5 windows, and 10 are the least');
  await expect(room.button('Train')).toBeDisabled();
  await trouble.getByRole('button', { name: 'Read shorter windows' }).click();
  await expect(trouble).toHaveCount(0);
  await expect(room.button('Train')).toBeEnabled();
  await expect(room.room.getByRole('textbox', { name: 'seq_len', exact: true })).toHaveValue('10');
});

test('a season is proposed from the data and taken by its button, and none where there is none', LONGER, async ({ page }) => {
  const room = await SeriesPage.open(page, 'series=co2&season=0&difference=1&seq_len=24');
  const proposal = page.getByRole('group', { name: 'A proposal' });
  await expect(proposal).toContainText('repeat themselves most after 12 values: their autocorrelation there is 0.9');
  await expect(proposal).toContainText('That is a proposal');
  await proposal.getByRole('button', { name: 'Take it: season=12' }).click();
  await expect(proposal).toHaveCount(0);
  await expect(page).toHaveURL(/season=12/);
  await room.room.getByRole('radio', { name: /^The Nile/ }).check();
  await expect(page.getByRole('region', { name: 'PyTorch code', exact: true })).toContainText('nile.csv');
  await expect(proposal).toHaveCount(0);
});
