import { expect, type Locator, type Page } from '@playwright/test';

/** The playground as a learner meets it: what can be set, and what it shows. */
export class PlaygroundPage {
  readonly controls: Locator;
  readonly result: Locator;
  readonly exception: Locator;
  readonly advice: Locator;
  readonly fixes: Locator;
  readonly undo: Locator;
  readonly notes: Locator;
  readonly values: Locator;
  readonly flow: Locator;
  readonly notice: Locator;

  constructor(readonly page: Page) {
    // Elements where what stands in a panel is slotted into it: a region's locator does not see that.
    this.controls = page.locator('gru-controls');
    this.result = page.getByRole('region', { name: 'Result' });
    this.exception = this.result.locator('.exception');
    this.advice = page.getByRole('region', { name: 'Why, and fixes' });
    this.fixes = this.advice.locator('button.fix:visible');
    this.undo = this.advice.getByRole('button', { name: 'Undo' });
    this.notes = this.advice.locator('details.note');
    this.values = page.locator('gru-play-view .values');
    this.flow = page.locator('gru-flow');
    this.notice = page.locator('gru-notices section');
  }

  /** Opens the playground as a link would, with the options in sight. */
  static async open(page: Page, query = ''): Promise<PlaygroundPage> {
    await page.goto(query === '' ? './' : `./#play?${query}`);
    const playground = new PlaygroundPage(page);
    await expect(playground.result).toBeVisible();
    await playground.showOptions();
    return playground;
  }

  async showOptions(): Promise<void> {
    const options = this.controls.locator('details');
    if (!(await options.evaluate((details: HTMLDetailsElement) => details.open))) await options.locator('summary').click();
    await expect(this.number('hidden_size')).toBeVisible();
  }

  number(name: string): Locator {
    return this.controls.getByRole('textbox', { name, exact: true });
  }

  slider(name: string): Locator {
    return this.page.getByRole('slider', { name: `${name} slider` });
  }

  flag(name: string): Locator {
    return this.controls.getByRole('checkbox', { name, exact: true });
  }

  choice(name: string): Locator {
    return this.controls.getByRole('combobox', { name, exact: true });
  }

  /** The shape field of `input` or `h_0`. */
  shape(name: 'input' | 'h_0'): Locator {
    return this.number(name);
  }

  /** What the code would print: one line for out and one for h_n; none where it raises. */
  async expectPrinted(...lines: string[]): Promise<void> {
    await expect.poll(() => this.printed(), { message: 'what the code prints' }).toEqual(lines);
  }

  async printed(): Promise<string[]> {
    const shapes = await this.result.locator('dd').all();
    return Promise.all(shapes.map(plainText));
  }

  /** The exception as PyTorch prints it. */
  async expectException(exception: string, message: string): Promise<void> {
    await expect(this.exception).toHaveText(`${exception}: ${message}`);
  }

  /** The code, with its line breaks. */
  async code(): Promise<string> {
    return (await this.page.getByRole('region', { name: 'PyTorch code', exact: true }).textContent()) ?? '';
  }

  async expectCode(code: string): Promise<void> {
    await expect.poll(() => this.code(), { message: 'the code' }).toBe(code);
  }

  /** A line of the code, such as the one that begins with `gru = `. */
  async expectLine(line: string): Promise<void> {
    await expect.poll(async () => (await this.code()).split('\n'), { message: 'the code' }).toContain(line);
  }

  /** One of the totals of parameters and cost, as it stands there without its spaces. */
  async expectTotal(name: string, value: string): Promise<void> {
    const entry = this.page.locator('gru-parameters .totals > div').filter({ has: this.page.getByText(name, { exact: true }) });
    await expect(entry.locator('.big')).toHaveText(value);
  }

  /** The names of the parameters and their shapes, as many as are listed. */
  async parameters(): Promise<string[]> {
    const rows = await this.page.getByRole('region', { name: 'Parameter tensors' }).locator('tbody tr:has(th)').all();
    return Promise.all(
      rows.map(async (row) => `${await plainText(row.locator('th'))} ${await plainText(row.locator('td').first())}`),
    );
  }

  /** Waits until values are shown. */
  async expectValues(): Promise<void> {
    await expect(this.heatmap('out')).toBeVisible();
  }

  /** Every heatmap has its cells as elements, one of them a stop of the tab key: they come once changes have come to rest. */
  async expectCells(): Promise<void> {
    await expect(this.values.locator('[role=gridcell][tabindex="0"]')).toHaveCount(await this.values.locator('gru-heatmap').count());
  }

  /** The heatmap of `out`, `h_n` or a gate, a grid. */
  heatmap(name: string): Locator {
    return this.values.locator('gru-heatmap').getByRole('grid', { name: new RegExp(`^${name} `) });
  }

  /** What stands beside a heatmap: the cell in question and its value. */
  readout(name: string): Locator {
    const heatmap = this.page.getByRole('grid', { name: new RegExp(`^${name} `) });
    return this.values.locator('gru-heatmap').filter({ has: heatmap }).locator('.readout');
  }

  get step(): Locator {
    return this.values.getByRole('slider', { name: 'Time step' });
  }

  /** Which sample, layer or unit is looked at. */
  look(at: 'sample' | 'layer' | 'unit'): Locator {
    return this.values.getByLabel(at, { exact: true });
  }
}

/** The text that everyone sees: without what is there for screen readers alone, or not at all for them. */
export async function plainText(locator: Locator): Promise<string> {
  return locator.evaluate((root) => {
    const text = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (node instanceof Element && (node.matches('[aria-hidden="true"], .visually-hidden, style'))) return '';
      const children = node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
      return Array.from(children, text).join('');
    };
    return text(root).replaceAll(/\s+/g, ' ').trim();
  });
}

/** A number as the page writes it, such as `−0.0454`. */
export function numberOf(text: string): number {
  return Number(text.replace('−', '-'));
}
