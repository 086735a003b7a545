import { CodePage, FEATURES, PRINTS } from './code-page';
import { expect, hear, LONGER, overflow, PHONE, shown, test } from './harness';

test.describe('a pasted text', () => {
  test('an error gets its cause, its sizes and its mend, and its call is set up in Play', async ({ page }) => {
    const code = await CodePage.open(page);
    const heard = await hear(page);
    await code.paste(FEATURES);
    await expect(code.answer.getByRole('heading', { name: 'Why' })).toBeVisible();
    await expect(code.answer.locator('.cause')).not.toBeEmpty();
    const sizes = code.answer.getByRole('region', { name: 'Sizes in the text' });
    await expect(sizes).toContainText('10');
    await expect(sizes).toContainText('8');
    await expect(code.answer.getByRole('region', { name: 'PyTorch code that mends it' })).toContainText('nn.GRU');
    const cause = await code.answer.locator('.cause').textContent();
    await expect.poll(heard).toEqual([`status: ${cause ?? ''}`]);
    await code.answer.getByRole('button', { name: 'Set up in Play' }).click();
    await expect(page).toHaveURL(/#play\?/);
    await expect(page.locator('gru-result .exception')).toContainText('Expected 10, got 8');
    // Back, it stands there as it was.
    await page.goBack();
    await expect(code.box).toHaveValue(FEATURES);
    await expect(code.answer.locator('.cause')).toHaveText(cause ?? '');
  });

  test('what is not known is said so, and survives a reload as it was typed', async ({ page }) => {
    const code = await CodePage.open(page);
    await code.box.fill('FrobnicationError: the widget is not frobnicated');
    await expect(code.answer.getByRole('heading', { name: 'Not known here' })).toBeVisible();
    await page.reload();
    await expect(code.box).toHaveValue('FrobnicationError: the widget is not frobnicated');
    await expect(code.answer.getByRole('heading', { name: 'Not known here' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear the box' }).click();
    await expect(code.box).toHaveValue('');
    await expect(code.box).toBeFocused();
    await expect(code.answer).toHaveCount(0);
    await page.reload();
    await expect(code.box).toHaveValue('');
  });

  test('one that is too long is refused before it is in the box', LONGER, async ({ page }) => {
    const code = await CodePage.open(page);
    await code.paste('x'.repeat(10_000_000));
    await expect(page.locator('gru-code-view .problem')).toContainText('10 000 000 bytes'.replaceAll(' ', '\u202f').replace('\u202fbytes', ' bytes'));
    await expect(code.box).toHaveValue('');
    await code.paste(FEATURES);
    await expect(code.answer).toBeVisible();
    await expect(page.locator('gru-code-view .problem')).toBeEmpty();
  });

  test('code is run at once, and its address carries it', async ({ page }) => {
    const code = await CodePage.open(page);
    await code.paste(PRINTS);
    await expect(code.outcome).toContainText('torch.Size([4, 7, 3])');
    await expect(code.box).toHaveValue('');
    await expect(page).toHaveURL(/#code\?c=[\w-]+$/);
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await expect(code.outcome).toContainText('torch.Size([4, 7, 3])');
  });

  test('a damaged link is told, and the page is there', LONGER, async ({ page }) => {
    const code = await CodePage.open(page, 'c=AAAA&depth=3');
    await expect(page.locator('gru-code-view gru-notices')).toContainText('c=AAAA is no code: the link is damaged or cut off');
    await expect(page.locator('gru-code-view gru-notices')).toContainText('depth=3 is no setting of this view');
    await code.paste(PRINTS);
    await expect(code.outcome).toContainText('torch.Size([4, 7, 3])');
  });
});

test('nothing of it is loaded before a text or code is touched', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const code = await CodePage.open(page);
  const ours = (): string[] => asked.filter((url) => /gru_code|gru-editor/.test(url));
  expect(ours()).toEqual([]);
  await code.paste(FEATURES);
  await expect(code.answer).toBeVisible();
  expect(ours().length).toBeGreaterThan(0);
});

test('every view is reached from the header, whose parts stand in one row', PHONE, async ({ page }) => {
  for (const width of [320, 360, 390, 600, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('./');
    const links = page.locator('gru-header nav a:visible');
    const second = ['Practice', 'Mend it', 'Is it true?', 'Glossary', 'About'];
    await expect(links).toHaveText(['Play', 'Lab', 'Code', 'Challenge', ...(width > 1000 ? second : [])]);
    expect(await overflow(page), `at ${width}`).toBe(0);
    const tops = await links.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top));
    expect(new Set(tops).size, `at ${width}`).toBe(1);
    expect((await page.locator('gru-header header').boundingBox())?.height, `at ${width}`).toBeLessThan(70);
    if (width > 1000) continue;
    // What has no room in the row stands in the menu.
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('navigation', { name: 'More views' }).getByRole('link')).toHaveText(second);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('navigation', { name: 'More views' })).toBeHidden();
  }
  await page.getByRole('link', { name: 'Paste an error or your code' }).click();
  await expect(shown(page, 'Bring your own error or code')).toBeVisible();
  await expect(page).toHaveTitle('Code · GRU Playground');
});
