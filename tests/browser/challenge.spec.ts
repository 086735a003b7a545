import { readFile } from 'node:fs/promises';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, inspect, LONGER, longerUnless, PHONE, runUntil, shown, stopTime, test } from './harness';

// Tests that go through a whole run are `slow`: they may take three times as long as others.

const RUN_KEY = 'gru-playground:challenge:1';
const ASIDE_KEY = 'gru-playground:challenge:set-aside';

/** The right answers, as they begin. */
const RIGHT = ['(5, 3, 20)', 'Its gates keep', 'It stacks', 'Overfitting', 'The input tensor is missing'];
/** A wrong one for each. */
const WRONG = ['(2, 3, 20)', 'It reads all words', 'It runs three GRUs', 'Underfitting', 'The call does not pass'];

function option(page: Page, text: string): Locator {
  return page.getByRole('radio', { name: text });
}

async function open(page: Page): Promise<void> {
  await page.goto('./#challenge');
  await expect(page.locator('gru-challenge-view .step')).toBeVisible();
}

/** Starts a run in which no time passes but by `page.clock`, which must have been installed. */
async function startStopped(page: Page, clock: string): Promise<void> {
  await open(page);
  await page.getByRole('radio', { name: clock }).check();
  await stopTime(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await runUntil(page, shown(page, 'Problem 1 of 5'));
}

/** Starts a run, with a clock that does not run out while a slow machine draws. */
async function start(page: Page, clock = '20:00'): Promise<void> {
  await open(page);
  await page.getByRole('radio', { name: clock }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
}

async function answer(page: Page, text: string): Promise<void> {
  await option(page, text).check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
}

function next(page: Page): Locator {
  return page.getByRole('button', { name: /^(Next|See the results)$/ });
}

async function solveAll(page: Page): Promise<void> {
  for (const text of RIGHT) {
    await answer(page, text);
    await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
    await next(page).click();
  }
  await expect(page.getByRole('heading', { name: 'the badge is yours' })).toBeVisible();
}

/** Milliseconds left, as kept. */
async function kept(page: Page): Promise<{ phase: string; records: { remaining_ms: number | null; spent: unknown[]; hint: boolean }[] }> {
  return JSON.parse((await page.evaluate((key) => localStorage.getItem(key), RUN_KEY)) ?? 'null') as never;
}

/** What has the focus, as the accessibility tree gives it to a screen reader. */
async function focused(session: CDPSession): Promise<{ role: string; name: string } | undefined> {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const has = (node: (typeof nodes)[number]): boolean =>
    node.properties?.some(({ name, value }) => name === 'focused' && value.value === true) ?? false;
  const node = nodes.filter((candidate) => !candidate.ignored && has(candidate)).at(-1);
  return node && { role: String(node.role?.value), name: String(node.name?.value ?? '') };
}

test('the start shows the badge to be earned, its two lines and the five problems', PHONE, async ({ page }) => {
  await open(page);
  await expect(page.getByRole('heading', { name: 'GRU Mastery Badge' })).toBeVisible();
  await expect(shown(page, 'Get all challenges correct to earn this badge!')).toBeVisible();
  await expect(shown(page, 'Test your skills under time pressure!')).toBeVisible();
  await expect(page.getByRole('list', { name: 'The problems' }).getByRole('listitem')).toHaveText([
    /Predict Output\s+intermediate/, /Model Choice\s+intermediate/, /Hyperparameter\s+advanced/, /Metrics\s+advanced/, /Debug\s+expert/,
  ]);
  await expect(page.getByRole('radio')).toHaveCount(5);
  await expect(page.getByRole('radio', { name: '2:00' })).toBeChecked();
});

test('five right answers earn a badge that can be kept as SVG and as PNG', async ({ page }) => {
  test.slow();
  await start(page, '2:00');
  await solveAll(page);
  const badge = page.getByRole('img', { name: /GRU Mastery Badge/ });
  await expect(badge).toHaveAttribute('aria-label', /5 of 5 right .*2:00.*self-reported/i);

  const svgButton = page.getByRole('button', { name: 'Save as SVG' });
  await expect(svgButton).toBeEnabled();
  const [svg] = await Promise.all([page.waitForEvent('download'), svgButton.click()]);
  expect(svg.suggestedFilename()).toBe('gru-mastery-badge.svg');
  const text = await readFile(await svg.path(), 'utf8');
  expect(text).toContain('<title>GRU Mastery Badge</title>');
  expect(text).toMatch(/self-reported/i);
  expect(text.match(/<path /g)).toHaveLength(await badge.locator('path').count());
  // It refers to nothing outside itself, and has nothing behind the card's corners.
  expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|url\(|<script|style=|<rect/);

  const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as PNG' }).click()]);
  expect(png.suggestedFilename()).toBe('gru-mastery-badge.png');
  const bytes = await readFile(await png.path());
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1280, 1600]);
  expect(bytes.length).toBeGreaterThan(30_000);

  // The badge is there after a reload, with its pattern.
  const pattern = await badge.locator('path').count();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'the badge is yours' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save as SVG' })).toBeEnabled();
  await expect(badge.locator('path')).toHaveCount(pattern);
});

test('again shuffles every problem anew', LONGER, async ({ page }) => {
  test.slow();
  const orders = async (): Promise<string[][]> => {
    const all: string[][] = [];
    for (const text of RIGHT) {
      all.push(await page.locator('gru-quiz-question .choice').allInnerTexts());
      await answer(page, text);
      await next(page).click();
    }
    return all;
  };
  await start(page, 'No time limit');
  const first = await orders();
  await page.getByRole('button', { name: /^Again/ }).click();
  await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
  const second = await orders();
  expect(second).toHaveLength(5);
  for (const [index, order] of second.entries()) {
    expect(order).not.toEqual(first[index]);
    expect([...order].map((text) => text.split('\n')[0]).sort()).toEqual([...(first[index] ?? [])].map((text) => text.split('\n')[0]).sort());
  }
});

test('the whole challenge can be taken by keyboard alone', async ({ page }) => {
  test.slow();
  await open(page);
  for (let presses = 0; presses < 40; presses++) {
    if (await page.getByRole('radio', { name: '2:00' }).evaluate((radio) => radio.matches(':focus'))) break;
    await page.keyboard.press('Tab');
  }
  await expect(page.getByRole('radio', { name: '2:00' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '3:00' })).toBeChecked();
  await page.keyboard.press('Enter');
  for (const [index, text] of RIGHT.entries()) {
    await expect(shown(page, `Problem ${index + 1} of 5`)).toBeVisible();
    await expect(page.locator('gru-quiz-problem h2')).toBeFocused();
    const names = await page.locator('gru-quiz-question .choice').allInnerTexts();
    const number = names.findIndex((name) => name.startsWith(text)) + 1;
    // Another one first: choosing answers nothing.
    await page.keyboard.press(String((number % names.length) + 1));
    await page.keyboard.press(String(number));
    await expect(option(page, text)).toBeChecked();
    await expect(option(page, text)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
    await expect(next(page)).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { name: 'the badge is yours' })).toBeFocused();
});

test.describe('with a keyboard', () => {
  // A touch screen alone is shown no keys.
  test.use({ isMobile: false, hasTouch: false });

  test('keys: Enter without a choice says so, T tells the time, P pauses, and they can be switched off', async ({ page }) => {
    await start(page, '2:00');
    await page.keyboard.press('Enter');
    await expect(shown(page, 'Choose an option first.')).toBeVisible();
    expect((await kept(page)).records[0]?.spent).toEqual([]);
    await page.keyboard.press('t');
    // What is told in one moment is told together.
    await expect(page.getByRole('status')).toHaveText(/(?:^|\. )(?:\d minutes?( \d+ seconds?)?|\d+ seconds?) left\.$/);
    await page.getByRole('checkbox', { name: 'Keys' }).uncheck();
    await page.keyboard.press('p');
    await page.keyboard.press('1');
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Keys' })).not.toBeChecked();
    await page.getByRole('checkbox', { name: 'Keys' }).check();
    await page.keyboard.press('p');
    await expect(page.getByRole('heading', { name: 'Problem 1 waits' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Go on' })).toBeFocused();
  });
});

test.describe('a button that goes when it is pressed', () => {
  /** Presses it by keyboard; then the focus is on something of the challenge, and a screen reader is told what. */
  async function press(page: Page, name: string | RegExp, expected: RegExp): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const got = async (): Promise<string> => {
      const { role = 'nothing', name: called = '' } = (await focused(session)) ?? {};
      return `${role}: ${called}`;
    };
    await expect.poll(got, { message: `after ${String(name)}` }).toMatch(expected);
    await session.detach();
  }

  test('leads the focus to what it opens, all through a run', async ({ page }) => {
    test.slow();
    await open(page);
    await page.getByRole('radio', { name: 'No time limit' }).check();
    await press(page, 'Start', /^heading: Output shape of nn\.GRU layer$/);
    await press(page, 'Hint', /^note: Hint\. Remember that the GRU output shape is/);
    // On from there are the options, not the top of the page.
    await page.keyboard.press('Tab');
    await expect(page.locator('gru-quiz-question .options input:focus')).toHaveCount(1);
    await press(page, 'Pause', /^button: Go on$/);
    await press(page, 'Give up this run', /^note: Give up this run\? Its answers so far are lost\.$/);
    await press(page, 'Keep it', /^button: Give up this run$/);
    await press(page, 'Go on', /^heading: Output shape of nn\.GRU layer$/);
    await option(page, '(2, 3, 20)').check();
    await press(page, 'Answer', /^note: Not this one\. .*this is the shape of h_n/);
    await option(page, '(3, 5, 20)').check();
    await press(page, 'Answer', /^button: Next$/);
    for (const text of RIGHT.slice(1)) {
      await press(page, 'Next', /^heading: ./);
      await option(page, text).check();
      await press(page, 'Answer', /^button: (Next|See the results)$/);
    }
    await press(page, 'See the results', /^heading: 4 of 5 right$/);
    await press(page, /^Again/, /^heading: Output shape of nn\.GRU layer$/);
    await press(page, 'Pause', /^button: Go on$/);
    await press(page, 'Give up this run', /^note: Give up this run\? Its answers so far are lost\.$/);
    await press(page, 'Give up', /^heading: GRU Mastery Badge$/);
  });

  test('leads it on where it is not in a run: what was read, and a run of another tab', LONGER, async ({ page, context }) => {
    await page.addInitScript(([key, value]) => { localStorage.setItem(key, value); }, [RUN_KEY, '{"score":12}'] as const);
    await open(page);
    await expect(page.locator('gru-challenge-view .notices')).toContainText('set aside');
    await press(page, 'Understood', /^heading: GRU Mastery Badge$/);
    await press(page, 'Start', /^heading: Output shape of nn\.GRU layer$/);
    const other = await context.newPage();
    await open(other);
    await press(other, 'Continue here', /^heading: Output shape of nn\.GRU layer$/);
  });

  test('pressed by a mouse where buttons do not take the focus, Hint leads it too', LONGER, async ({ page }) => {
    await start(page, 'No time limit');
    // As Safari does.
    await page.evaluate(() => { addEventListener('mousedown', (event) => { event.preventDefault(); }, { capture: true }); });
    await page.getByRole('button', { name: 'Hint' }).click();
    await expect(page.getByRole('note', { name: /^Hint\. Remember/ })).toBeFocused();
  });
});

test('a wrong answer gets its own reply, and two close the problem with what is right first', PHONE, async ({ page }) => {
  test.slow();
  await start(page);
  await page.getByRole('button', { name: 'Hint' }).click();
  await expect(shown(page, 'Remember that the GRU output shape')).toBeVisible();
  await answer(page, '(2, 3, 20)');
  const notice = page.locator('gru-quiz-question .notice');
  await expect(notice).toContainText('this is the shape of h_n');
  await expect(notice).toBeFocused();
  await expect(option(page, '(2, 3, 20)')).toBeDisabled();
  await expect(shown(page, '1 attempt left')).toBeVisible();
  await answer(page, '(3, 5, 20)');
  await expect(page.getByRole('heading', { name: 'Not solved' })).toBeVisible();
  await expect(page.locator('gru-quiz-verdict .said p').first()).toContainText('(5, 3, 20)');
  await expect(page.locator('gru-quiz-verdict .said p')).toHaveCount(3);
  await expect(page.getByRole('status')).toContainText(/^Not solved\. .*\(5, 3, 20\)/);
  await expect(next(page)).toBeFocused();
  // What the core computed just now.
  await expect(page.locator('gru-quiz-computed').first()).toContainText('out.shape');
  await expect(page.locator('gru-quiz-computed').first()).toContainText(/torch\.Size\(\[5\D+3\D+20\D*\]\)/);
  await expect(page.locator('gru-quiz-computed gru-shape').first()).toContainText('sequence length 5, batch size 3');
  await inspect(page, 'challenge-not-solved');

  await next(page).click();
  for (const text of RIGHT.slice(1)) {
    await answer(page, text);
    await next(page).click();
  }
  await expect(page.getByRole('heading', { name: '4 of 5 right' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save as SVG' })).toHaveCount(0);
  await inspect(page, 'challenge-no-badge');
  const first = page.locator('gru-quiz-results .result').first();
  await expect(first).toContainText('Not solved');
  await expect(first).toContainText('2 attempts');
  await expect(first).toContainText('hint used');
  await page.getByRole('button', { name: /^Open in the playground/ }).first().click();
  await expect(page.locator('gru-play-view')).toBeVisible();
});

test('the last problem shows the message of every PyTorch, from the core', PHONE, async ({ page }) => {
  test.slow();
  await start(page, 'No time limit');
  for (const text of RIGHT.slice(0, 4)) {
    await answer(page, text);
    await next(page).click();
  }
  await answer(page, WRONG[4] ?? '');
  await answer(page, RIGHT[4] ?? '');
  const computed = page.locator('gru-quiz-computed');
  await expect(computed.nth(0)).toContainText('RuntimeError: input must have 3 dimensions, got 2');
  await expect(computed.nth(1)).toContainText('RuntimeError: input.size(-1) must be equal to input_size. Expected 8, got 10');
  // The run that decides: 8 features alone are enough since 1.11.
  await expect(computed.nth(2)).toContainText('RuntimeError: input must have 3 dimensions, got 2');
  await expect(computed.nth(3)).toContainText('since PyTorch 1.11: one sequence');
  await expect(computed.nth(3)).toContainText(/torch\.Size\(\[4\D+16\D*\]\)/);
  await inspect(page, 'challenge-debug');
});

test('the loss curves can be told apart without colour and read as a table', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  await start(page, 'No time limit');
  for (const text of RIGHT.slice(0, 3)) {
    await answer(page, text);
    await next(page).click();
  }
  const plot = page.getByRole('img', { name: /loss/i });
  await expect(plot.locator('text', { hasText: /^training$/ })).toBeVisible();
  await expect(plot.locator('text', { hasText: /^validation$/ })).toBeVisible();
  expect(await plot.locator('[data-series=validation] .curve').evaluate((path) => getComputedStyle(path).strokeDasharray)).not.toBe('none');
  // Where validation loss turns is part of the answer.
  await expect(plot.getByText('lowest after epoch')).toHaveCount(0);
  await shown(page, 'The same as a table').click();
  await expect(page.getByRole('row')).toHaveCount(21);
  await inspect(page, 'challenge-curves');
  await answer(page, RIGHT[3] ?? '');
  await expect(plot.getByText('lowest after epoch 9')).toBeVisible();
});

test('time: announced at 60 and 20 seconds, and running out spends an attempt and says so', PHONE, async ({ page }) => {
  await page.clock.install();
  await startStopped(page, '2:00');
  const said = page.getByRole('status');
  await page.clock.runFor(50_000);
  await expect(said).toHaveText('Problem 1 of 5, 2 minutes.');
  await page.clock.runFor(11_000);
  await expect(said).toHaveText(/60 seconds/);
  await page.clock.runFor(40_000);
  await expect(said).toHaveText(/20 seconds/);
  await page.clock.runFor(20_000);
  await expect(page.getByRole('heading', { name: 'Out of time on problem 1' })).toBeVisible();
  await expect(shown(page, 'One attempt is left.')).toBeVisible();
  await page.clock.resume();
  await inspect(page, 'challenge-out-of-time');
  await expect(shown(page, 'what is the shape of the output tensor')).toHaveCount(0);
  // Waiting here costs nothing.
  await page.clock.runFor(600_000);
  await stopTime(page);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('timer')).toHaveText('2:00');
  await page.clock.runFor(1000);
  await expect(said).toHaveText(/^Problem 1 of 5, 2 minutes\.$/);
  await page.clock.runFor(121_000);
  await expect(page.getByRole('heading', { name: 'Not solved' })).toBeVisible();
  // No button was pressed: with the verdict comes the answer.
  await page.clock.runFor(1000);
  await expect(said).toHaveText(/^Not solved\. The answer: \(5, 3, 20\)\./);
});

test('without a limit no time runs out', LONGER, async ({ page }) => {
  await page.clock.install();
  await start(page, 'No time limit');
  await page.clock.fastForward(3_600_000);
  await page.clock.runFor(1000);
  await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
  await answer(page, RIGHT[0] ?? '');
  await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
});

test('a pause hides the question and stops the clock', PHONE, async ({ page }) => {
  await page.clock.install();
  await startStopped(page, '2:00');
  await page.clock.runFor(10_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(shown(page, 'what is the shape of the output tensor')).toHaveCount(0);
  const left = (await kept(page)).records[0]?.remaining_ms;
  await page.clock.runFor(600_000);
  expect((await kept(page)).records[0]?.remaining_ms).toBe(left);
  await page.clock.resume();
  await inspect(page, 'challenge-pause');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(shown(page, 'what is the shape of the output tensor')).toBeVisible();
});

test('a reload gives back neither time nor attempts, and takes none', async ({ page }) => {
  await page.clock.install();
  await startStopped(page, '2:00');
  await answer(page, '(2, 3, 20)');
  await page.getByRole('button', { name: 'Hint' }).click();
  await page.clock.runFor(3000);
  await expect(page.getByRole('timer')).toHaveText('1:57');
  const before = (await kept(page)).records[0]?.remaining_ms ?? 0;
  await page.reload();
  await runUntil(page, shown(page, '1 attempt left'));
  const after = await kept(page);
  const left = after.records[0]?.remaining_ms ?? 0;
  expect(left).toBeLessThanOrEqual(before);
  expect(left).toBeGreaterThan(before - 1000);
  expect(after.records[0]?.spent).toHaveLength(1);
  await expect(option(page, '(2, 3, 20)')).toBeDisabled();
  await expect(shown(page, 'Remember that the GRU output shape')).toBeVisible();
});

test("a page that comes back from the browser's cache goes on where it was", LONGER, async ({ page }) => {
  await page.clock.install();
  await startStopped(page, '20:00');
  await answer(page, '(2, 3, 20)');
  await page.clock.runFor(2000);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  const away = (await kept(page)).records[0]?.remaining_ms ?? 0;
  // Another page in the meantime could play it; time does not pass.
  await page.clock.runFor(5000);
  expect((await kept(page)).records[0]?.remaining_ms).toBe(away);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await runUntil(page, shown(page, '1 attempt left'));
  await page.clock.runFor(2000);
  await expect.poll(async () => (await kept(page)).records[0]?.remaining_ms).toBeLessThan(away);
});

test("the machine's clock plays no part", LONGER, async ({ page }) => {
  await page.clock.install();
  await startStopped(page, '20:00');
  const left = async (): Promise<number> => (await kept(page)).records[0]?.remaining_ms ?? 0;
  await page.clock.runFor(5000);
  for (const days of [-1, 2]) {
    const before = await left();
    await page.evaluate((shift) => {
      const { now } = Date;
      Date.now = () => now() + shift;
    }, days * 86_400_000);
    await page.clock.runFor(10_000);
    // What was taken is what passed.
    expect(before - (await left())).toBe(10_000);
  }
});

test('two tabs: one plays the run, the other can take it over, and nothing counts twice', PHONE, async ({ page, context }) => {
  test.slow();
  await start(page);
  await answer(page, '(2, 3, 20)');
  const other = await context.newPage();
  await open(other);
  await expect(other.getByRole('heading', { name: 'This run is open in another tab' })).toBeVisible();
  await inspect(other, 'challenge-elsewhere');
  await expect(shown(page, '1 attempt left')).toBeVisible();

  await other.getByRole('button', { name: 'Continue here' }).click();
  await expect(shown(other, '1 attempt left')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This run is open in another tab' })).toBeVisible();
  const before = (await kept(other)).records[0]?.remaining_ms ?? 0;
  await expect(async () => {
    expect((await kept(other)).records[0]?.remaining_ms).toBeLessThan(before);
  }).toPass();

  await page.getByRole('button', { name: 'Continue here' }).click();
  await expect(shown(page, '1 attempt left')).toBeVisible();
  await expect(other.getByRole('heading', { name: 'This run is open in another tab' })).toBeVisible();
  expect((await kept(page)).records[0]?.remaining_ms ?? 0).toBeLessThan(before);
  expect((await kept(page)).records[0]?.spent).toHaveLength(1);

  // A tab that closes lets go.
  await page.close();
  await expect(other.getByRole('heading', { name: 'not open in another tab any more' })).toBeVisible();
  await inspect(other, 'challenge-nowhere');
  await other.getByRole('button', { name: 'Continue here' }).click();
  await expect(shown(other, '1 attempt left')).toBeVisible();
});

test('two tabs without Web Locks, as on plain http', LONGER, async ({ page, context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
  await start(page);
  const other = await context.newPage();
  await open(other);
  await expect(other.getByRole('heading', { name: 'This run is open in another tab' })).toBeVisible();
  await other.getByRole('button', { name: 'Continue here' }).click();
  await expect(shown(other, '2 attempts left')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This run is open in another tab' })).toBeVisible();
});

test('without storage it works and says that it will not be kept', LONGER, async ({ page }) => {
  test.slow();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await start(page);
  await expect(shown(page, 'This browser keeps nothing for this page')).toBeVisible();
  await page.getByRole('button', { name: 'Understood' }).click();
  await expect(shown(page, 'This browser keeps nothing for this page')).toHaveCount(0);
  // The playground and back: the tab remembers.
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await expect(page.locator('gru-play-view')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Problem 1 waits' })).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await solveAll(page);
});

test.describe('what is kept', () => {
  for (const [what, text] of [
    ['damaged', '{"version":1,"phase":"op'],
    ['of another program', '{"score":12}'],
    ['of a newer page', '{"version":99,"phase":"open","anything":[1]}'],
    ['impossible', '{"version":1,"bank":"0000000000000000","phase":"finished","mode":"standard","seed":1,"records":[],"date":"2026-11-22"}'],
  ] as const) {
    test(`${what} is set aside with a notice`, longerUnless(what === 'damaged'), async ({ page }) => {
      await page.addInitScript(([key, value]) => { localStorage.setItem(key, value); }, [RUN_KEY, text] as const);
      await open(page);
      await expect(shown(page, 'set aside')).toBeVisible();
      if (what === 'damaged') await inspect(page, 'challenge-set-aside');
      await expect(page.getByRole('heading', { name: 'GRU Mastery Badge' })).toBeVisible();
      expect(await page.evaluate((key) => localStorage.getItem(key), ASIDE_KEY)).toBe(text);
      await page.getByRole('button', { name: 'Start' }).click();
      await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
    });
  }
});

test('a panic of the core costs nothing but a notice', async ({ page }) => {
  await page.addInitScript(() => {
    const Real = WebAssembly.Instance;
    const host = window as unknown as { panics: number };
    host.panics = 0;
    WebAssembly.Instance = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
      const exports = { ...new Real(module, imports).exports } as Record<string, (...values: unknown[]) => unknown>;
      const dispatch = exports['quiz_dispatch'];
      exports['quiz_dispatch'] = (...values) => {
        if (host.panics-- > 0) throw new WebAssembly.RuntimeError('unreachable');
        return dispatch?.(...values);
      };
      return { exports };
    } as unknown as typeof WebAssembly.Instance;
  });
  await start(page);
  await answer(page, '(2, 3, 20)');
  await page.evaluate(() => { (window as unknown as { panics: number }).panics = 1; });
  await expect(shown(page, 'The quiz engine stopped')).toBeVisible();
  await inspect(page, 'challenge-panic');
  await expect(shown(page, '1 attempt left')).toBeVisible();
  await answer(page, RIGHT[0] ?? '');
  await expect(page.getByRole('heading', { name: 'Right, after a wrong choice', exact: true })).toBeVisible();
});

test('Try it says first that it shows the answer, then opens the code in the playground while the run waits', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(shown(page, 'it shows the answer')).toBeFocused();
  expect((await kept(page)).phase).toBe('open');
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show the answer' }).press('Enter');
  await expect(page.locator('gru-play-view')).toBeVisible();
  await expect(page).toHaveURL(/#play/);
  const state = await kept(page);
  expect(state.phase).toBe('paused');
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Problem 1 waits' })).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await answer(page, RIGHT[0] ?? '');
  await next(page).click();
  await expect(shown(page, 'Problem 2 of 5')).toBeVisible();
});

test('a run can be given up, after asking', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Give up this run' }).click();
  await inspect(page, 'challenge-give-up');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Give up this run' }).click();
  await page.getByRole('button', { name: 'Give up', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'GRU Mastery Badge' })).toBeFocused();
});

test('axe finds nothing on any step', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  test.slow();
  await open(page);
  await inspect(page, 'challenge-start');
  await start(page);
  for (const [index, text] of RIGHT.entries()) {
    await expect(shown(page, `Problem ${index + 1} of 5`)).toBeVisible();
    if (index === 0) {
      await page.getByRole('button', { name: 'Hint' }).click();
      await answer(page, WRONG[0] ?? '');
      await expect(shown(page, '1 attempt left')).toBeVisible();
    }
    await inspect(page, `challenge-problem-${index + 1}`);
    await answer(page, text);
    await expect(next(page)).toBeVisible();
    await shown(page, 'The problem and all its options').click();
    await inspect(page, `challenge-verdict-${index + 1}`);
    await next(page).click();
  }
  await expect(page.getByRole('button', { name: 'Save as SVG' })).toBeEnabled();
  await inspect(page, 'challenge-results');
});

test('every Why ends in settings that make it happen, and each is a place of the page that says nothing against them', PHONE, async ({ page }) => {
  await start(page, 'No time limit');
  const places: string[] = [];
  for (const right of RIGHT) {
    await answer(page, right);
    const happen = page.getByRole('button', { name: 'Make it happen' });
    await expect(happen).toBeVisible();
    const closed = page.url();
    await happen.click();
    await expect(page).not.toHaveURL(closed);
    await expect(page.locator('gru-play-view, gru-lab')).toBeVisible();
    await expect(page.locator('gru-notices').getByRole('listitem')).toHaveCount(0);
    places.push(new URL(page.url()).hash);
    await page.goBack();
    await next(page).click();
  }
  expect(new Set(places).size).toBe(RIGHT.length);
  await expect(page.getByRole('heading', { name: 'All 5 right: the badge is yours' })).toBeVisible();
});
