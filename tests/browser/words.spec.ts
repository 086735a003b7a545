import { expect, hear, inspect, overflow, PHONE, test } from './harness';

// The words of the page: what a term says where it stands, the glossary, and the search over words, messages, programs and places.

test('a term says in one sentence what it is, by keyboard and by touch, and leads to the glossary', PHONE, async ({ page }) => {
  await page.goto('./');
  const term = page.locator('gru-opening').getByRole('button', { name: 'state', exact: true });
  const heard = await hear(page);
  await term.focus();
  await expect(term).toHaveAccessibleDescription(/all that it knows of what it has read/);
  await term.press('Enter');
  const says = page.locator('gru-term .says:popover-open');
  await expect(says).toContainText('The state, h, is the numbers that a GRU carries');
  await expect(says).toBeInViewport({ ratio: 1 });
  await expect.poll(async () => (await heard()).join()).toContain('The state, h, is the numbers');
  await page.keyboard.press('Escape');
  await expect(says).toHaveCount(0);
  await term.click();
  await says.getByRole('link', { name: 'In the glossary' }).click();
  await expect(page).toHaveURL(/#glossary\?term=state$/);
  const asked = page.locator('gru-glossary .asked');
  await expect(asked).toContainText('all that it knows');
  await expect(asked).toBeInViewport();
  await expect(asked.locator('dfn')).toBeFocused();
  await expect(page).toHaveTitle('Glossary · GRU Playground');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'glossary');
});

test('the glossary is filtered by names, other names and sentences, and its links lead on', async ({ page }) => {
  await page.goto('./#glossary');
  const glossary = page.locator('gru-glossary');
  const terms = glossary.locator('dt');
  await expect(page.getByRole('heading', { name: 'Glossary', level: 1 })).toBeVisible();
  expect(await terms.count()).toBeGreaterThan(50);
  const heard = await hear(page);
  await glossary.getByRole('searchbox', { name: 'Find a word' }).fill('hidden_size');
  await expect(terms).toHaveText(['unit']);
  await expect.poll(async () => (await heard()).join()).toContain('1 word');
  await glossary.getByRole('searchbox').fill('no such word');
  await expect(glossary).toContainText('No word here has “no such word” in it.');
  await glossary.getByRole('searchbox').fill('bidirectional');
  await glossary.getByRole('link', { name: 'Switch it on in Play' }).click();
  await expect(page).toHaveURL(/#play\?.*bidirectional=True/);
  await expect(page.locator('gru-result')).toContainText('40');
  await page.goto('./#glossary?term=nothing');
  await expect(glossary).toContainText('There is no word “nothing” here.');
});

test('the search finds words, places, programs and messages by keyboard', PHONE, async ({ page }) => {
  await page.goto('./#about');
  await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog', { name: 'Search' });
  const field = search.getByRole('searchbox');
  await expect(field).toBeFocused();
  await inspect(page, 'search');
  await page.keyboard.type('update gate');
  await expect(search.getByRole('link').first()).toContainText('update gate z');
  expect(await overflow(page)).toBe(0);
  await page.keyboard.press('ArrowDown');
  await expect(search.getByRole('link').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await inspect(page, 'search-found');
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
  await expect(page.locator('gru-glossary .asked dfn')).toBeFocused();
  await page.getByRole('button', { name: 'Search' }).click();
  await field.fill('seq2seq');
  await search.getByRole('link', { name: /^Program/ }).first().click();
  await expect(page.locator('gru-program')).toContainText('teacher');
  await page.keyboard.press('Control+k');
  await field.fill('xyzzy');
  await expect(search).toContainText('Nothing here has these words');
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
});

test('each message that is typed is explained with the numbers of the reader, by keyboard', PHONE, async ({ page }) => {
  await page.goto('./#about');
  for (const [message, ...numbers] of [
    ['RuntimeError: Expected hidden size (2, 7, 33), got [2, 9, 33]', '7', '9'],
    ['input.size(-1) must be equal to input_size. Expected 17, got 23', '17', '23'],
    ['RuntimeError: mat1 and mat2 shapes cannot be multiplied (96x64 and 32x10)', '64', '32'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').fill(message);
    await expect(page.getByRole('dialog', { name: 'Search' }).getByRole('link').first()).toContainText('Explain the text that I typed');
    await page.keyboard.press('Enter');
    await expect(page.locator('gru-code-view textarea')).toHaveValue(message);
    for (const number of numbers) await expect(page.locator('gru-pasted .answer')).toContainText(number);
  }
  expect(await overflow(page)).toBe(0);
});

test('a traceback that is pasted into the search keeps its lines', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('Control+k');
  const text = 'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    out, h_n = gru(x)\nRuntimeError: input.size(-1) must be equal to input_size. Expected 17, got 23';
  await page.getByRole('searchbox').evaluate((field, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await page.keyboard.press('Enter');
  await expect(page.locator('gru-code-view textarea')).toHaveValue(text);
});

test('the first screen of a phone leads to the box for errors and code, and cuts no word', PHONE, async ({ page }) => {
  for (const [width, height] of [[390, 844], [360, 740]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('./');
    const link = page.locator('gru-opening').getByRole('link', { name: 'Paste an error or your code' });
    await expect(link).toBeInViewport({ ratio: 1 });
    expect((await link.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(24);
    expect(await link.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  }
  await page.locator('gru-opening').getByRole('link', { name: 'Paste an error or your code' }).click();
  await expect(page.locator('gru-code-view textarea')).toBeVisible();
});

test('a message that is searched for is explained, whatever its numbers are', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Search' }).click();
  const search = page.getByRole('dialog', { name: 'Search' });
  await search.getByRole('searchbox').fill('RuntimeError: Expected hidden size (2, 7, 33), got [2, 9, 33]');
  await search.getByRole('link', { name: /Explain the text that I typed/ }).click();
  await expect(page).toHaveURL(/#code\?paste=/);
  await expect(page.locator('gru-pasted .cause')).toContainText('9');
  await expect(page.locator('gru-code-view textarea')).toHaveValue(/Expected hidden size \(2, 7, 33\)/);
});
