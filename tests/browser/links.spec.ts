import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, longerUnless, test } from './harness';
import { numberOf, PlaygroundPage } from './playground-page';

interface Link {
  readonly query: string;
  readonly state: { readonly hide?: readonly string[] };
  readonly printed?: string[];
  readonly exception?: string;
  /** The element that is looked at, and its value. */
  readonly shown?: readonly [element: string, value: number];
}

const { links } = JSON.parse(readFileSync(join(__dirname, '../links.json'), 'utf8')) as { links: readonly Link[] };

/** One of each kind: the opening, a text with a mistake, and all that a look around sets. */
const STAND_FOR_ALL: ReadonlySet<string> = new Set(['', 'hidden_size=16&input=4,10', 'v=1&seq_len=9&batch=2&bidirectional=True&sample=1&layer=1&reverse=1&step=4']);

for (const { query, printed, exception, shown, state } of links) {
  test(`a link given away once opens the same, with the same numbers: ${query}`, longerUnless(STAND_FOR_ALL.has(query)), async ({ page }) => {
    await page.goto(query === '' ? './' : `./#play?${query}`);
    const playground = new PlaygroundPage(page);
    if (printed) await playground.expectPrinted(...printed);
    if (exception !== undefined) await expect(playground.exception).toHaveText(exception);
    if (shown !== undefined) {
      const [element, value] = shown;
      const readout = playground.readout('out');
      await expect(readout).toContainText(`${element} = `);
      const read = numberOf((await readout.innerText()).split('=')[1]?.trim() ?? '');
      expect(Math.abs(read - value), `${String(read)} is PyTorch's ${String(value)} to four decimals`).toBeLessThan(6e-5);
    }
    if (state.hide?.includes('flow')) await expect(playground.flow).toHaveCount(0);
    await expect(playground.notice).toHaveCount(0);
  });
}
