import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { SITE } from './course-page';
import { expect, inspect, LONGER, shown, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

// What a page keeps that comes from a disk is not emptied between tests.
test.use({ reuseContext: false });

/** The page in one file, as it lies on a disk. */
const FILE = pathToFileURL(join(__dirname, '../../dist-single/gru-playground.html')).href;

test.describe('the page in one file, opened from a disk', () => {

  test('computes small calls at once and large ones in its worker, with typefaces, and asks for nothing', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:') && !request.url().startsWith('blob:')) asked.push(request.url());
    });
    await page.goto(`${FILE}#play?seq_len=7`);
    const playground = new PlaygroundPage(page);
    await playground.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
    await playground.expectValues();
    await expect.poll(() => page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length)).toBe(2);
    expect(page.workers()).toHaveLength(0);

    await playground.showOptions();
    await playground.number('hidden_size').fill('300');
    await playground.expectPrinted('torch.Size([7, 3, 300])', 'torch.Size([2, 3, 300])');
    await expect(playground.heatmap('out')).toHaveAccessibleName(/7 steps of 300 units/);
    expect(page.workers()).toHaveLength(1);
    await playground.shape('input').fill('(7, 3, 9)');
    await playground.expectException('RuntimeError', 'input.size(-1) must be equal to input_size. Expected 10, got 9');
    await playground.fixes.first().click();
    await expect(playground.exception).toHaveCount(0);
    expect(asked).toEqual([`${FILE}#play?seq_len=7`.replace(/#.*/, '')]);
  });

  test('keeps what is set over a reload, and has the challenge', LONGER, async ({ page }) => {
    await page.goto(FILE);
    const playground = new PlaygroundPage(page);
    await playground.number('batch').fill('4');
    await expect(page).toHaveURL(/#play\?batch=4$/);
    await page.reload();
    await playground.expectPrinted('torch.Size([5, 4, 20])', 'torch.Size([2, 4, 20])');
    await page.getByRole('link', { name: 'Challenge', exact: true }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
    await page.getByRole('radio').first().check();
    await page.reload();
    await expect(shown(page, 'Problem 1 of 5')).toBeVisible();
    await inspect(page, 'single-file');
  });

  test('trains in the lab, in its worker', async ({ page }) => {
    await page.goto(`${FILE}#lab/train?task=order&steps=20&seq_len=6&batch=8`);
    const room = new TrainPage(page);
    await room.start();
    await expect(room.status).toHaveText(/^Run A finished after 20 training steps/);
    expect(page.workers()).toHaveLength(1);
  });

  test('saved from the page, its Embed gives the address of the published page', LONGER, async ({ page }, info) => {
    await page.goto(`${SITE}#about`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'gru-playground.html' }).click()]);
    const saved = info.outputPath('saved.html');
    await download.saveAs(saved);
    for (const [file, site] of [[pathToFileURL(saved).href, SITE], [FILE, undefined]] as const) {
      await page.goto(`${file}#play?seq_len=7`);
      await page.getByRole('button', { name: 'Embed' }).click();
      const dialog = page.getByRole('dialog', { name: 'Embed' });
      for (const [form, snippet] of [['Element', `src="${SITE}embed/gru-embed.js"`], ['Frame', `src="${SITE}embed.html?view=playground&amp;seq_len=7"`], ['Link', `href="${SITE}#play?seq_len=7"`]] as const) {
        await dialog.getByRole('radio', { name: form }).check();
        if (site !== undefined) await expect(dialog.getByRole('region', { name: 'Paste this' })).toContainText(snippet);
        else await expect(dialog).toContainText('This file does not know where the page is published.');
        await expect(dialog).not.toContainText('file:');
      }
    }
  });

  test('says what it may: nothing from anywhere, no script but its own', async ({ page, complaints }) => {
    complaints.expect(/Content Security Policy/i);
    await page.goto(FILE);
    await new PlaygroundPage(page).expectValues();
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.inline = "ran"';
      document.head.append(script);
      const fetched = await fetch('data:text/plain,hello').then(() => 'fetched', () => 'refused');
      return [document.documentElement.dataset['inline'], fetched];
    });
    expect(ran).toEqual([undefined, 'refused']);
  });
});
