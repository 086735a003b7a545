import type { Page } from '@playwright/test';
import { expect, hear, inspect, overflow, PHONE, test } from './harness';

// Practice without end: a question, how sure the learner is, the verdict, and what comes back.

const COME_BACK_KEY = 'gru-playground:come-back:1';
const PROGRESS_KEY = 'gru-playground:practice:1';
const DAY_MS = 86_400_000;

/** The right option of the question that is open, by the shape that its code gives: (L, N, H) of a GRU with these sizes. */
async function rightOut(page: Page): Promise<string> {
  const code = (await page.locator('gru-practice-question gru-listing pre').textContent()) ?? '';
  const hidden = /hidden_size=(\d+)/.exec(code)?.[1] ?? '';
  const [, steps = '', batch = ''] = /randn\((\d+), (\d+), (\d+)\)/.exec(code) ?? [];
  return `(${steps}, ${batch}, ${hidden})`;
}

function option(page: Page, name: string) {
  return page.getByRole('radio', { name, exact: true });
}

/** Answers what is open: `shapes/out`, whose right option the code says. */
async function answer(page: Page, right: boolean, sure = 'Sure'): Promise<void> {
  const key = await rightOut(page);
  const options = page.locator('gru-practice-question .options .choice');
  if (right) await option(page, key).check();
  else await options.filter({ hasNotText: key }).first().click();
  await option(page, sure).check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(page.locator('gru-practice-question .verdict h3')).toHaveText(right ? '✓ Right' : '✗ Not this one');
}

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`./#practice${query}`);
  await expect(page.locator('gru-practice-view h1, gru-practice-view .lead').first()).toBeVisible();
}

test('a question asks how sure one is, then says what was right, why, and what follows', PHONE, async ({ page }) => {
  await open(page, '?item=shapes/out&seed=3');
  const question = page.locator('gru-practice-question');
  await expect(question.getByRole('heading', { name: 'What is the shape of out?' })).toBeVisible();
  await expect(question).not.toContainText('Why');
  const heard = await hear(page);
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(question).toContainText('Choose an option first.');
  await option(page, await rightOut(page)).check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(question).toContainText('Say how sure you are first.');
  await option(page, 'Rather sure').check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(question.locator('.verdict h3')).toHaveText('✓ Right');
  await expect(question.locator('.verdict h3')).toBeFocused();
  await expect(question).toContainText('You said: rather sure.');
  await expect(question).toContainText('the last layer\'s state');
  await expect.poll(async () => (await heard()).join()).toContain('Right.');
  await expect(page.locator('gru-calibration')).toContainText('After five answers');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'practice');
});

test('a wrong option says what is right about it, and the same call is opened in Play', async ({ page }) => {
  await open(page, '?item=shapes/out&seed=3');
  const key = await rightOut(page);
  await answer(page, false, 'A guess');
  const question = page.locator('gru-practice-question');
  await expect(question).toContainText('but you');
  await expect(question).toContainText(`Right is: ${key}`);
  await expect(question).toContainText('A new variant of it comes back tomorrow.');
  await page.getByRole('button', { name: 'Make it happen in Play' }).click();
  await expect(page.locator('gru-play-view')).toContainText(key.slice(1, -1));
  await page.goBack();
  await expect(page.locator('gru-practice-question')).toContainText('What is the shape of out?');
});

test('two right in a row lead a level up, a miss leads one down, and a reload keeps the level and the question', async ({ page }) => {
  await open(page, '?item=shapes/out&seed=3');
  const level = page.locator('gru-practice-view > .level, .level');
  await expect(level).toHaveText('Level 1 of 4');
  await answer(page, true);
  await page.getByRole('button', { name: 'Another like this' }).click();
  await answer(page, true);
  await expect(page.locator('gru-practice-question')).toContainText('Level 2 now: two right in a row.');
  await expect(level).toHaveText('Level 2 of 4');
  await page.getByRole('button', { name: 'Another like this' }).click();
  await expect(page).toHaveURL(/item=shapes%2Fout|item=shapes\/out/);
  const code = await page.locator('gru-practice-question gru-listing pre').textContent();
  await page.reload();
  await expect(level).toHaveText('Level 2 of 4');
  await expect(page.locator('gru-practice-question gru-listing pre')).toHaveText(code ?? '');
  await answer(page, false);
  await expect(level).toHaveText('Level 1 of 4');
});

test('topics filter what is asked, by keyboard too', async ({ page }) => {
  await open(page, '');
  const nav = page.getByRole('navigation', { name: 'Topics' });
  await nav.getByRole('link', { name: 'Packing' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/tags=packing/);
  await expect(nav.getByRole('link', { name: 'Packing' })).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveURL(/item=packing/);
  // By keyboard alone: the first option, how sure, the answer.
  await page.locator('gru-practice-question input[name=option]').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('gru-practice-question .verdict h3')).toBeFocused();
  await page.getByRole('button', { name: 'Next', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('gru-practice-question h2')).toBeFocused();
  await expect(page).toHaveURL(/item=packing/);
  await page.goto('./#practice?tags=nothing');
  await expect(page.locator('gru-practice-view')).toContainText('There is no topic “nothing” here.');
});

test('what was missed comes back after a day, three days and a week as another variant, and then leaves', async ({ page }) => {
  test.slow();
  await page.clock.install({ time: new Date(2026, 4, 3, 12) });
  await open(page, '?item=shapes/out&seed=3');
  const before = await page.locator('gru-practice-question gru-listing pre').textContent();
  await answer(page, false);
  for (const [days, last] of [[1, false], [3, false], [7, true]] as const) {
    // The day before, nothing is due.
    const now = await page.evaluate(() => Date.now());
    await page.clock.setSystemTime(now + (days - 1) * DAY_MS);
    await page.goto('./#about');
    await page.goto('./#practice');
    await expect(page.locator('gru-practice-question h2')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Come back' })).toHaveCount(0);
    await page.clock.setSystemTime(now + days * DAY_MS);
    await page.goto('./#play');
    await page.reload();
    await expect(page.locator('gru-come-back')).toContainText('1 thing that you missed is due today.');
    await page.locator('gru-come-back').getByRole('link', { name: 'Come back' }).click();
    await expect(page.locator('gru-practice-question h2')).toContainText('What is the shape of out?');
    expect(await page.locator('gru-practice-question gru-listing pre').textContent()).not.toBe(before);
    await answer(page, true);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.locator('gru-practice-view')).toContainText('You have come back to all that was due today.');
    if (last) expect(await page.evaluate((key) => localStorage.getItem(key), COME_BACK_KEY)).toBeNull();
  }
});

test('a card of the glossary is recalled, turned and judged, and comes back where it was not known', PHONE, async ({ page }) => {
  await open(page, '?cards=1');
  const card = page.locator('gru-recall-card');
  const word = (await card.locator('h2').textContent()) ?? '';
  await expect(card.getByRole('link')).toHaveCount(0);
  await page.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    addEventListener('gru-attempt', (event) => told.push((event as CustomEvent).detail));
  });
  await card.getByRole('button', { name: 'Turn the card' }).click();
  await expect(card.getByRole('link', { name: 'In the glossary' })).toBeVisible();
  await card.getByRole('button', { name: 'Not yet' }).click();
  await expect(card.locator('h2')).not.toHaveText(word);
  await expect(card.locator('h2')).toBeFocused();
  const told = await page.evaluate(() => (window as unknown as { told: { item: string; source: string; right: boolean }[] }).told);
  expect(told).toMatchObject([{ source: 'practice', right: false }]);
  expect(told[0]?.item).toMatch(/^card\//);
  expect(await page.evaluate((key) => localStorage.getItem(key), COME_BACK_KEY)).toContain(told[0]?.item);
  expect(await overflow(page)).toBe(0);
});

test('how sure one was stands against how often one was right, as a picture and as a table', async ({ page }) => {
  await page.addInitScript(
    ([key]) => {
      const tallies = [{ said: 4, right: 1 }, { said: 0, right: 0 }, { said: 4, right: 3 }, { said: 10, right: 5 }];
      localStorage.setItem(key, JSON.stringify({ level: 3, row: 1, tallies, recent: ['shapes/out'] }));
    },
    [PROGRESS_KEY] as const,
  );
  await open(page, '');
  const calibration = page.locator('gru-calibration');
  await expect(page.locator('.level')).toHaveText('Level 3 of 4');
  await expect(calibration).toContainText('You are surer than you are right');
  await expect(calibration.locator('gru-line-chart svg').first()).toBeVisible();
  await calibration.locator('summary').click();
  await expect(calibration.getByRole('row')).toHaveText([/You said/, /A guess.*25.*4.*25/, /Rather unsure.*none yet/, /Rather sure.*75.*4.*75/, /Sure.*95.*10.*50/]);
});

test('what is kept of practice and cannot be read is begun anew', async ({ page }) => {
  await page.addInitScript(
    (keys) => { for (const key of keys) localStorage.setItem(key, '{"level":"high"}'); },
    [COME_BACK_KEY, PROGRESS_KEY],
  );
  await open(page, '?item=shapes/out&seed=3');
  await expect(page.locator('.level')).toHaveText('Level 1 of 4');
  await answer(page, true);
});
