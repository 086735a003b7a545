import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** A script of a training run and what real PyTorch made of it; `tests/golden/make_training.py` makes the records. */
export interface TrainingGolden {
  readonly id: string;
  readonly setup: Readonly<Record<string, string | number | boolean>>;
  readonly script: readonly string[];
  readonly losses: readonly number[];
  readonly validation: readonly number[];
}

export function trainingGolden(id: string): TrainingGolden {
  const lines = readFileSync(join(__dirname, '../golden/scripts/training.jsonl'), 'utf8').split('\n').filter(Boolean);
  const record = lines.map((line) => JSON.parse(line) as TrainingGolden).find((candidate) => candidate.id === id);
  if (!record) throw new Error(`tests/golden/scripts/training.jsonl has no record '${id}'`);
  return record;
}

/** The training room as a learner meets it. */
export class TrainPage {
  readonly room: Locator;
  readonly status: Locator;
  readonly runs: Locator;
  readonly examples: Locator;
  readonly picture: Locator;
  readonly broken: Locator;

  constructor(readonly page: Page) {
    this.room = page.locator('gru-lab-train');
    this.status = this.room.locator('.bar > p');
    this.runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
    this.examples = page.getByRole('region', { name: 'Examples' }).locator('tbody tr');
    this.picture = page.locator('gru-line-chart').getByRole('img');
    this.broken = page.getByRole('region', { name: /^You broke run/ });
  }

  static async open(page: Page, query = ''): Promise<TrainPage> {
    await page.goto(`./#lab/train${query === '' ? '' : `?${query}`}`);
    const room = new TrainPage(page);
    // The code comes from the lab's worker.
    await expect(page.getByRole('region', { name: 'PyTorch code', exact: true })).toContainText('torch.manual_seed');
    return room;
  }

  button(name: string | RegExp): Locator {
    return this.room.getByRole('button', { name });
  }

  field(name: string): Locator {
    return this.room.getByRole('textbox', { name, exact: true });
  }

  async start(): Promise<void> {
    await this.button(/^Start( anew)?$/).click();
  }

  async code(): Promise<string[]> {
    return ((await this.page.getByRole('region', { name: 'PyTorch code', exact: true }).textContent()) ?? '').split('\n');
  }

  /** A column of the curves' table, by its heading. */
  async column(heading: string): Promise<string[]> {
    return this.#cells(heading, 'tbody');
  }

  /** What stands below it. */
  async foot(heading: string): Promise<string> {
    return (await this.#cells(heading, 'tfoot')).join(' ').trim();
  }

  async #cells(heading: string, part: 'tbody' | 'tfoot'): Promise<string[]> {
    const curves = this.page.locator('gru-line-chart');
    if (!(await curves.locator('details').evaluate((details: HTMLDetailsElement) => details.open))) await curves.locator('summary').click();
    const headings = await curves.locator('thead th').allTextContents();
    const place = headings.map((text) => text.trim()).indexOf(heading);
    expect(place, `a column ${heading}`).toBeGreaterThan(0);
    return curves.locator(`${part} tr > :nth-child(${place + 1})`).allTextContents();
  }
}
