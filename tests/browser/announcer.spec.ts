import type { Page } from '@playwright/test';
import { expect, test } from './harness';
import { PlaygroundPage } from './playground-page';

// What a screen reader is told by itself: every change of a live region is written down.

/** From now on, all that is said, with the role of the region that says it. */
async function hear(page: Page): Promise<() => Promise<string[]>> {
  await page.locator('gru-app').evaluate((app) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const region of app.shadowRoot?.querySelectorAll('.announcer') ?? []) {
      new MutationObserver(() => {
        if (region.textContent) heard.push(`${region.getAttribute('role') ?? ''}: ${region.textContent}`);
      }).observe(region, { childList: true });
    }
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

/** Every live region of the page: its element, and what it says. */
async function regions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (element.matches('[role=status], [role=alert], [role=log], [aria-live]')) found.push(`${element.className} ${element.textContent}`.trim());
      }
    };
    visit(document);
    return found;
  });
}

test('a page has one announcer, which is there before it says anything', async ({ page }) => {
  await page.goto('./');
  await new PlaygroundPage(page).expectValues();
  for (const view of ['#play?input=5,3,7', '#lab/gradients', '#lab/packed?lengths=1,5', '#challenge', '#about']) {
    await page.goto(`./${view}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect((await regions(page)).map((region) => region.split(' ')[0]), view).toEqual(['announcer', 'announcer']);
  }
});

test('an error is one announcement, which says that there are fixes and where', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heard = await hear(page);
  await playground.shape('input').fill('(5, 3, 7)');
  const error = 'status: RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 7. Why, and 2 fixes: at the next heading, Why, and fixes.';
  await expect.poll(heard).toEqual([error]);
  await playground.fixes.first().click();
  await expect.poll(async () => (await heard()).length).toBe(3);
  const [, fixed, result] = await heard();
  expect(fixed).toMatch(/^status: Fixed: .*\. Undo is here\.$/);
  expect(result).toBe('status: out (5, 3, 20), h_n (2, 3, 20)');
});

test('a run that is to be asked for says so, and says that it was cancelled', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const heard = await hear(page);
  await page.goto('./#play?seq_len=600&batch=64&input_size=256&hidden_size=1024');
  await expect.poll(heard).toContain('status: Values: not computed by themselves, for they take long. Compute is a button there.');
  await playground.values.getByRole('button', { name: 'Compute' }).click();
  await playground.values.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await heard()).at(-1)).toContain('Values: cancelled.');
});

test('a change of view puts the focus on its heading, and names the document', async ({ page }) => {
  await PlaygroundPage.open(page);
  for (const [link, heading, title] of [
    ['Lab', 'Train a GRU', 'Train · Lab · GRU Playground'],
    ['Packed sequences', 'Packed sequences', 'Packed sequences · Lab · GRU Playground'],
    ['Challenge', 'Challenge', 'Challenge · GRU Playground'],
    ['About', 'About', 'About · GRU Playground'],
    ['Play', 'Change a number. Watch the shapes.', 'GRU Playground'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused();
    await expect(page).toHaveTitle(title);
  }
});
