import { expect, hear, letPass, LONGER, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

/** The flow's rows as they stand in its table. */
async function rows(playground: PlaygroundPage): Promise<string[]> {
  const table = playground.flow.locator('gru-flow-table');
  if (!(await table.locator('details').evaluate((details: HTMLDetailsElement) => details.open))) await table.locator('summary').click();
  return table.locator('tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent.trim()).join(' | ')));
}

test('the table tells the whole flow', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  expect(await rows(playground)).toEqual([
    'input | (5, 3, 10) | sequence length 5, batch size 3, input size 10',
    'h_0 (left out, zeros) | (2, 3, 20) | directions times layers 2, batch size 3, hidden size 20',
    'output of layer 0 | (5, 3, 20) | sequence length 5, batch size 3, directions times hidden size 20',
    'output of layer 1 | (5, 3, 20) | sequence length 5, batch size 3, directions times hidden size 20',
    'output | (5, 3, 20) | sequence length 5, batch size 3, directions times hidden size 20',
    'h_n | (2, 3, 20) | directions times layers 2, batch size 3, hidden size 20',
  ]);
  await playground.flag('bidirectional').check();
  await playground.flag('batch_first').check();
  await playground.flag('give h_0').check();
  await expect.poll(() => rows(playground)).toContain('output of layer 0 | (3, 5, 40) | batch size 3, sequence length 5, directions times hidden size 40');
  expect((await rows(playground))[1]).toBe('h_0 | (4, 3, 20) | directions times layers 4, batch size 3, hidden size 20');
});

test('every part of the picture has the same words, and keys go from one to the next', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const picture = playground.flow.getByRole('group', { name: 'Shape flow' });
  await expect(picture.getByRole('img', { name: 'input (5, 3, 10): sequence length 5, batch size 3, input size 10' })).toBeVisible();
  await expect(picture.getByRole('img', { name: 'h_n (2, 3, 20)' })).toBeVisible();
  const layer = picture.getByRole('button', { name: 'layer 0: takes (5, 3, 10), gives (5, 3, 20)' });

  // One stop for the tab key, arrow keys within.
  await expect(picture.locator('[tabindex="0"]')).toHaveCount(1);
  await picture.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(picture.getByRole('img', { name: /^input/ })).toBeFocused();
  await expect(playground.flow.locator('.caption')).toHaveText('input (5, 3, 10): sequence length 5, batch size 3, input size 10.');
  await page.keyboard.press('ArrowRight');
  await expect(layer).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(layer).toHaveAttribute('aria-expanded', 'true');
  await expect(playground.flow.getByRole('heading', { name: 'One step of layer 0' })).toBeVisible();
  await playground.flow.getByRole('button', { name: 'Close' }).click();
  await expect(layer).toBeFocused();
  await expect(layer).toHaveAttribute('aria-expanded', 'false');
});

test('gates whose code does not arrive: the page says so, and asks for it only where a layer opens', LONGER, async ({ page, complaints }) => {
  complaints.expect(/gru-layer-gates|Failed to load resource/);
  await page.route('**/assets/gru-layer-gates*.js', (route) => route.abort());
  const playground = await PlaygroundPage.open(page);
  const layer = playground.flow.getByRole('button', { name: /^layer 0/ });
  await expect(layer).toBeVisible();
  const heard = await hear(page);
  const said = 'alert: What draws the gates did not load. Reload the page.';
  await layer.press('Enter');
  await expect.poll(heard).toEqual([said]);
  await expect(playground.flow).toContainText('What draws the gates did not load. Reload the page.');
  await layer.press('Enter');
  await expect(layer).toHaveAttribute('aria-expanded', 'false');
  await letPass(page, 500);
  expect(await heard()).toEqual([said]);
});

test('a change is drawn: layers come and go, both directions, and what is left out', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const layers = playground.flow.getByRole('button', { name: /^layer/ });
  await expect(layers).toHaveCount(2);
  await playground.slider('num_layers').press('ArrowRight');
  await expect(layers).toHaveCount(3);
  await playground.flag('bidirectional').check();
  await expect(layers.first()).toHaveAccessibleName('layer 0, forward and reverse: takes (5, 3, 10), gives (5, 3, 40)');
  await expect(playground.flow.getByRole('img', { name: /^h_0 .* left out, so zeros$/ })).toBeVisible();
  await playground.number('num_layers').fill('50');
  await expect(playground.flow.getByRole('img', { name: /more layers$/ })).toBeVisible();
  await playground.number('num_layers').fill('1');
  await expect(layers).toHaveCount(1);
});

test('the joint that does not fit is drawn apart, and what comes after it is dimmed', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input=5,3,7');
  const joint = playground.flow.getByRole('img', { name: 'The call stops here: the input has input size 7 where 10 is needed' });
  await expect(joint).toBeVisible();
  const drawn = playground.flow.locator('g.joint');
  await expect(drawn).toContainText('7');
  await expect(drawn).toContainText('10');
  await expect(playground.flow.locator('g.dimmed')).not.toHaveCount(0);
  const all = await rows(playground);
  expect(all[0]).toContain('(5, 3, 7)');
  expect(all.filter((row) => row.includes('not computed')).length).toBeGreaterThan(2);
  await expect(playground.flow.locator('gru-flow-table')).toContainText('The call stops here');
  await playground.fixes.first().click();
  await expect(joint).toHaveCount(0);
  await expect(playground.flow.locator('g.dimmed')).toHaveCount(0);
});

test('nothing moves under reduced motion', LONGER, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page);
  const layers = playground.flow.getByRole('button', { name: /^layer/ });
  await expect(layers).toHaveCount(2);
  // Where a part stands, frame by frame: where it was, then where it belongs, and nowhere between.
  await layers.last().evaluate((part) => {
    const places = new Set<string>();
    Object.assign(window, { places });
    const look = (): void => {
      const { x, y } = part.getBoundingClientRect();
      places.add(`${String(x + scrollX)} ${String(y + scrollY)}`);
      requestAnimationFrame(look);
    };
    look();
  });
  await playground.slider('num_layers').press('ArrowRight');
  await expect(layers).toHaveCount(3);
  await playground.expectValues();
  const places = await page.evaluate(() => [...(window as unknown as { places: Set<string> }).places]);
  expect(places.length, places.join(', ')).toBeLessThanOrEqual(2);
});
