import type { Locator, Page } from '@playwright/test';
import { expect, LONGER, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

// What a screen reader reads, from the tree that the browser gives it.

interface Node {
  readonly nodeId: string;
  readonly role: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The tree of the whole page in the order in which it is read, without what is left out of it. */
async function accessibilityTree(page: Page): Promise<Node[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = (id: string): Node[] => {
    const node = byId.get(id);
    if (!node) return [];
    const below = (node.childIds ?? []).flatMap(read);
    if (node.ignored) return below;
    const properties = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value as unknown]));
    return [{ nodeId: id, role: String(node.role?.value), name: String(node.name?.value ?? ''), properties }, ...below];
  };
  return nodes[0] ? read(nodes[0].nodeId) : [];
}

/** The nodes between a node of such a name and the next that is of the same role. */
function within(nodes: readonly Node[], role: string, name: RegExp): Node[] {
  const start = nodes.findIndex((node) => node.role === role && name.test(node.name));
  const length = nodes.slice(start + 1).findIndex((node) => node.role === role);
  return start < 0 ? [] : nodes.slice(start, length < 0 ? undefined : start + 1 + length);
}

/** A cell that has the focus, by its row and column as PyTorch counts them. */
function cell(heatmap: Locator, row: number, column: number): Locator {
  return heatmap.locator(`[aria-rowindex="${row + 1}"] > [aria-colindex="${column + 1}"]`);
}

test('a heatmap is a grid: rows, and cells that are named by index and value', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heatmap = playground.heatmap('out');
  await heatmap.scrollIntoViewIfNeeded();
  await expect(heatmap.getByRole('gridcell')).toHaveCount(5 * 20);
  const grid = within(await accessibilityTree(page), 'grid', /^out last layer: 5 steps of 20 units$/);
  expect(grid.filter(({ role }) => role === 'row')).toHaveLength(5);
  const names = grid.filter(({ role }) => role === 'gridcell').map(({ name }) => name);
  expect(names).toHaveLength(100);
  for (const [index, name] of names.entries()) expect(name).toMatch(new RegExp(`^out\\[${Math.floor(index / 20)}, 0, ${index % 20}\\] = \u2212?\\d\\.\\d{4}$`));
  await expect(heatmap).toHaveAttribute('aria-rowcount', '5');
  await expect(heatmap).toHaveAttribute('aria-colcount', '20');
});

test('keys take the focus from cell to cell, and one cell is a stop of the tab key', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heatmap = playground.heatmap('out');
  await heatmap.focus();
  const at = async (row: number, column: number): Promise<void> => {
    await expect(cell(heatmap, row, column)).toBeFocused();
    await expect(cell(heatmap, row, column)).toHaveAccessibleName(new RegExp(`^out\\[${row}, 0, ${column}\\] = `));
    await expect(heatmap.locator('[tabindex="0"]')).toHaveCount(1);
  };
  await at(0, 0);
  for (const [key, row, column] of [
    ['ArrowRight', 0, 1],
    ['ArrowDown', 1, 1],
    ['End', 1, 19],
    ['PageDown', 4, 19],
    ['Home', 4, 0],
    ['PageUp', 0, 0],
    ['Control+End', 4, 19],
    ['Control+Home', 0, 0],
  ] as const) {
    await page.keyboard.press(key);
    await at(row, column);
  }
  await page.keyboard.press('Tab');
  await expect(heatmap.locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await at(0, 0);
});

test('a screen reader that puts the focus on a cell selects it, and reading goes on beyond what is in sight', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=300&hidden_size=200&num_layers=1');
  await playground.expectValues();
  const heatmap = playground.heatmap('out');
  await heatmap.focus();
  await expect(cell(heatmap, 0, 1)).toBeAttached();
  // What a reader does in its own mode: the next cell in the tree gets the focus, without a key that the page hears.
  for (let column = 1; column <= 60; column += 1) {
    await cell(heatmap, 0, column).evaluate((element: HTMLElement) => { element.focus(); });
    await expect(cell(heatmap, 0, column)).toBeFocused();
  }
  await expect(playground.readout('out')).toHaveText(/^out\[0, 0, 60\] = /);
  for (let row = 1; row <= 30; row += 1) {
    await cell(heatmap, row, 60).evaluate((element: HTMLElement) => { element.focus(); });
    await expect(cell(heatmap, row, 60)).toBeFocused();
  }
  await expect(playground.step).toHaveValue('30');
  // Only what is near has elements.
  expect(await heatmap.locator('[role=gridcell]').count()).toBeLessThan(1_500);
});

test('a slider that moves leaves the focus in a heatmap alone', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heatmap = playground.heatmap('out');
  await heatmap.focus();
  await page.keyboard.press('ArrowRight');
  await playground.slider('seq_len').focus();
  for (const steps of [6, 7, 8]) {
    await page.keyboard.press('ArrowRight');
    await expect(heatmap).toHaveAccessibleName(new RegExp(`${steps} steps`));
    await expect(playground.slider('seq_len')).toBeFocused();
  }
  await expect(heatmap).toHaveAttribute('aria-rowcount', '8');
  await expect(heatmap.getByRole('row')).toHaveCount(8);
});

test('the shape flow is read as a list, from h_0 to h_n, with nothing between', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await expect(playground.flow.getByRole('list')).toMatchAriaSnapshot(`
    - list:
      - listitem:
        - img /^h_0/
      - listitem:
        - img /^input/
      - listitem:
        - button /^layer 0/
      - listitem:
        - img /^output of layer 0/
      - listitem:
        - button /^layer 1/
      - listitem:
        - img /^output/
      - listitem:
        - img /^h_n/
  `);
  const [list] = within(await accessibilityTree(page), 'list', /^$/);
  expect(list).toBeDefined();
  // To focus one part, as a reader does, leaves every part where it is.
  const parts = playground.flow.locator('[data-stop]');
  const handles = await parts.elementHandles();
  for (const handle of handles) {
    await handle.evaluate((part) => { (part as HTMLElement).focus(); });
    expect(await handle.evaluate((part) => part.isConnected && (part as HTMLElement).matches(':focus'))).toBe(true);
  }
  expect(await parts.count()).toBe(handles.length);
});
