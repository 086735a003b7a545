import { join } from 'node:path';
import { expect, SITE, test } from './course-page';
import { inspect, longerUnless, PHONE } from './harness';
import { plainText, PlaygroundPage } from './playground-page';

test('the dialogue writes what is on the screen, and what it writes works', async ({ page, course }) => {
  await PlaygroundPage.open(page, 'seq_len=7&bidirectional=True');
  await page.getByRole('button', { name: 'Embed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Embed' });
  const snippet = dialog.getByRole('region', { name: 'Paste this' });
  await expect(snippet).toContainText('<gru-playground seq-len="7" bidirectional="True">');
  await dialog.getByRole('checkbox', { name: 'values' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'parameters and cost' }).uncheck();
  await expect(snippet).toContainText('<gru-playground seq-len="7" bidirectional="True" hide="values,parameters">');
  const preview = dialog.frameLocator('iframe');
  await expect.poll(() => plainText(preview.locator('gru-result dd').first())).toBe('torch.Size([7, 3, 40])');
  await expect(preview.locator('gru-values')).toHaveCount(0);

  const element = (await snippet.textContent()) ?? '';
  await dialog.getByRole('radio', { name: 'Frame' }).check();
  await expect(snippet).toContainText('embed.html?view=playground&amp;seq_len=7');
  const frame = (await snippet.textContent()) ?? '';
  await dialog.getByRole('radio', { name: 'Link' }).check();
  const link = (await snippet.textContent()) ?? '';
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // The script's address is the one that every version has.
  expect(element).toContain(`src="${SITE}embed/gru-embed.js"`);
  await page.goto(course.page('/', `${element}${frame}${link}`));
  await expect.poll(() => plainText(page.locator('gru-playground gru-result dd').first())).toBe('torch.Size([7, 3, 40])');
  await expect.poll(() => plainText(page.frameLocator('iframe').locator('gru-result dd').first())).toBe('torch.Size([7, 3, 40])');
  await expect.poll(() => page.locator('iframe').evaluate((iframe) => iframe.clientHeight)).not.toBe(640);
  await page.getByRole('link', { name: 'Open the GRU Playground' }).last().click();
  await expect.poll(() => plainText(page.locator('gru-result dd').first())).toBe('torch.Size([7, 3, 40])');
  expect(page.url()).toContain(`${SITE}#play?`);
});

test('from the challenge it offers the whole of it or one problem', async ({ page }) => {
  await page.goto('./#challenge');
  await page.getByRole('button', { name: 'Embed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Embed' });
  const snippet = dialog.getByRole('region', { name: 'Paste this' });
  await expect(snippet).toContainText('<gru-challenge>');
  await dialog.getByLabel('What').selectOption('Problem 5 alone');
  await expect(snippet).toContainText('<gru-question number="5">');
  await expect(dialog.frameLocator('iframe').getByRole('heading', { name: 'Identifying error in GRU input shape' })).toBeVisible();
  await dialog.getByLabel('Theme').selectOption('Dark');
  await expect(snippet).toContainText('<gru-question number="5" theme="dark">');
});

for (const [how, answer] of [
  ['no scripts', { status: 404, body: '' }],
  ['a page in their place', { status: 200, contentType: 'text/html', body: '<!doctype html>' }],
] as const) {
  test(`a copy with ${how} beside it offers the link alone`, longerUnless(how === 'no scripts'), async ({ page, complaints }) => {
    complaints.expect(/embed\/gru-embed\.js|404|Failed to load/);
    await page.route('**/embed/gru-embed.js', (route) => route.fulfill(answer));
    await PlaygroundPage.open(page);
    await page.getByRole('button', { name: 'Embed' }).click();
    const dialog = page.getByRole('dialog', { name: 'Embed' });
    await expect(dialog).toContainText('This copy of the page has no scripts for other pages beside it');
    await dialog.getByRole('radio', { name: 'Link' }).check();
    await expect(dialog.getByRole('region', { name: 'Paste this' })).toContainText('#play');
  });
}

test('the look of the dialogue', PHONE, async ({ page }) => {
  await PlaygroundPage.open(page);
  const menu = page.getByRole('button', { name: 'Menu' });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('button', { name: 'Embed', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Embed' });
  await expect(dialog.frameLocator('iframe').locator('gru-result')).toBeVisible();
  await page.screenshot({ path: join(__dirname, 'artefacts', `embed-preview-${test.info().project.name}.png`) });
  // The preview has the page's own regions once more, which axe takes for doubles: it is looked at in a page of its own.
  await dialog.getByRole('radio', { name: 'Link' }).check();
  await inspect(page, 'embed-dialog');
});
