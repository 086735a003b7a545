import { golden } from './golden';
import { expect, letPass, LONGER, PHONE, shown, stopTime, test } from './harness';
import { PlaygroundPage } from './playground-page';

test('what is set stands in the address, and survives a reload', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.number('seq_len').fill('7');
  await playground.flag('bidirectional').check();
  await playground.choice('PyTorch').selectOption('1.13');
  await playground.flag('give h_0').check();
  await playground.number('dropout').fill('0.25');
  await playground.number('seed').fill('12');
  await playground.expectValues();
  await playground.step.press('ArrowRight');
  await expect(page).toHaveURL(/#play\?seq_len=7&dropout=0\.25&bidirectional=True&give_h_0=1&seed=12&release=1\.13&step=1$/);
  const code = await playground.code();
  expect(code).toContain('bidirectional=True');

  await page.reload();
  await playground.expectCode(code);
  await playground.expectPrinted('torch.Size([7, 3, 40])', 'torch.Size([4, 3, 20])');
  await expect(playground.step).toHaveAttribute('aria-valuetext', 'step 1 of 0 to 6');
  // What a closed disclosure would hide is in sight.
  await expect(playground.flag('bidirectional')).toBeChecked();
  await expect(playground.choice('PyTorch')).toHaveValue(/^1\.13/);
  await expect(playground.notice).toHaveCount(0);
});

test('a shared link opens the very same, the last change included', PHONE, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Where the device has a sheet for sharing, it is used instead of the clipboard.
  await page.addInitScript(() => {
    const host = window as unknown as { shared?: string };
    Object.defineProperty(Navigator.prototype, 'share', {
      configurable: true,
      value: ({ url }: { url: string }) => {
        host.shared = url;
        return Promise.resolve();
      },
    });
  });
  await page.clock.install();
  const playground = await PlaygroundPage.open(page);
  await playground.shape('input').fill('(4, 10)');
  await playground.number('hidden_size').fill('16');
  await stopTime(page);
  // Narrow, it is in a menu.
  const menu = page.getByRole('button', { name: 'Menu' });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  let link = await page.evaluate(() => (window as unknown as { shared?: string }).shared);
  if (link === undefined) {
    await expect(page.locator('gru-header').getByText('Link copied')).toBeVisible();
    link = await page.evaluate(() => navigator.clipboard.readText());
  }
  await page.clock.resume();
  await context.clearPermissions();
  expect(link).toMatch(/#play\?v=1&hidden_size=16&input=4,10$/);

  const other = await context.newPage();
  await other.goto(link);
  const opened = new PlaygroundPage(other);
  await opened.expectPrinted('torch.Size([4, 16])', 'torch.Size([2, 16])');
  await opened.expectCode(await playground.code());
  await expect(opened.shape('input')).toHaveValue('(4, 10)');
  await expect(opened.notice).toHaveCount(0);
});

test('nonsense in the address is told, not obeyed, and repaired once and for all', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=abc&bidirectional=True&colour=red&hidden_size=os.remove&release=0.4&batch=4&batch=5');
  await expect(playground.notice.getByRole('listitem')).toHaveText([
    'seq_len=abc is not a whole number; seq_len=5 is used instead',
    'colour=red is no setting of the playground; ignored',
    'hidden_size=os.remove is not a Python value; hidden_size=20 is used instead',
    'release=0.4 is not a PyTorch release known here; ignored',
    'batch=5 is there twice; ignored',
  ]);
  // What is sound beside it holds.
  await playground.expectPrinted('torch.Size([5, 4, 40])', 'torch.Size([4, 4, 20])');
  await expect(page).toHaveURL(/#play\?batch=4&bidirectional=True$/);
  await playground.notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(playground.notice).toHaveCount(0);
  await page.reload();
  await playground.expectPrinted('torch.Size([5, 4, 40])', 'torch.Size([4, 4, 20])');
  await expect(playground.notice).toHaveCount(0);
});

test('an address of no view opens the playground and says so', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, '');
  await page.evaluate(() => (location.hash = '#train'));
  await expect(playground.notice.getByRole('listitem')).toHaveText('#train is no view of this page; #play is used instead');
  await playground.expectCode(golden('opening').code);
});

test('text from an address stays text', async ({ page }) => {
  const markup = '<img src=x onerror=alert(1)>';
  const playground = await PlaygroundPage.open(page, `input=${encodeURIComponent(markup)}&other.x=${encodeURIComponent(`'${markup}'`)}`);
  await expect(playground.shape('input')).toHaveValue(markup);
  await expect(playground.result).toContainText('A shape cannot be read');
  await playground.shape('input').fill('(5, 3, 10)');
  await expect(playground.exception).toContainText('TypeError');
  expect(await playground.code()).toContain(`x='${markup}'`);
  await expect(page.locator('img')).toHaveCount(0);
});

test('an address changed by hand is followed', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=7');
  await playground.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
  await page.evaluate(() => (location.hash = '#play?seq_len=9&batch=2'));
  await playground.expectPrinted('torch.Size([9, 2, 20])', 'torch.Size([2, 2, 20])');
  await page.goBack();
  await playground.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
});

test('Back undoes what was set, a drag and a typed number as one step each, and looking around as none', async ({ page }) => {
  // The browser keeps 50 entries, which the tests before this one may have filled: its length tells nothing then.
  await page.addInitScript(() => {
    const host = window as unknown as { entries: number };
    host.entries = 0;
    const push = history.pushState.bind(history);
    history.pushState = (...what) => {
      host.entries += 1;
      push(...what);
    };
  });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const entries = () => page.evaluate(() => (window as unknown as { entries: number }).entries);
  const first = await entries();
  await playground.number('batch').focus();
  await page.keyboard.press('Control+a');
  for (const digit of '12') {
    await page.keyboard.type(digit);
    await letPass(page, 1500);
  }
  await playground.expectPrinted('torch.Size([5, 12, 20])', 'torch.Size([2, 12, 20])');
  await expect.poll(entries).toBe(first + 1);
  await playground.slider('seq_len').focus();
  await letPass(page, 2500);
  await playground.slider('seq_len').evaluate((slider: HTMLInputElement) => {
    for (const value of ['6', '7', '8']) {
      slider.value = value;
      slider.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
  });
  await playground.expectPrinted('torch.Size([8, 12, 20])', 'torch.Size([2, 12, 20])');
  await expect.poll(entries).toBe(first + 2);
  await playground.expectValues();
  await letPass(page, 1500);
  await playground.step.press('ArrowRight');
  await expect(page).toHaveURL(/step=1$/);
  expect(await entries()).toBe(first + 2);
  await page.goBack();
  await playground.expectPrinted('torch.Size([5, 12, 20])', 'torch.Size([2, 12, 20])');
  await page.goBack();
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await page.goForward();
  await playground.expectPrinted('torch.Size([5, 12, 20])', 'torch.Size([2, 12, 20])');
});

test('Back undoes what was set in a room of the lab, down to where nothing was', LONGER, async ({ page }) => {
  await page.goto('./#lab/train');
  const log = page.getByRole('checkbox', { name: 'log axis' });
  await expect(log).toBeChecked();
  await log.uncheck();
  await expect(page).toHaveURL(/#lab\/train\?log=0$/);
  await page.goBack();
  await expect(page).toHaveURL(/#lab\/train$/);
  await expect(log).toBeChecked();
});

test('a fix puts no release into the address that nobody chose', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'input_size=8&input=4,10');
  await playground.fixes.first().click();
  await expect(playground.undo).toBeVisible();
  await expect(page).toHaveURL(/#play\?(?!.*release)[^#]*$/);
  await expect(playground.choice('PyTorch')).toHaveValue('');
});

test('steps to go back are bounded, and what a link needs repaired is none', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'colour=red&batch=04');
  await expect(page).toHaveURL(/#play\?batch=4$|#play$/);
  const first = await page.evaluate(() => history.length);
  await page.evaluate(() => { history.replaceState({ ...(history.state as object), depth: 50 }, ''); });
  await playground.flag('bidirectional').check();
  await expect(page).toHaveURL(/bidirectional=True/);
  expect(await page.evaluate(() => history.length)).toBe(first);
});

test('an address that is opened right after a change is not written over', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.number('batch').fill('4');
  await playground.expectPrinted('torch.Size([5, 4, 20])', 'torch.Size([2, 4, 20])');
  await page.evaluate(() => {
    location.hash = '#play?hidden_size=30';
    // What is about to be written is written at once, before the page has heard of the new address.
    dispatchEvent(new Event('pagehide'));
  });
  await playground.expectPrinted('torch.Size([5, 3, 30])', 'torch.Size([2, 3, 30])');
  await expect(page).toHaveURL(/#play\?hidden_size=30$/);
});

test('nothing typed is lost by a reload or by another view, even what cannot be read', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.number('seq_len').fill('12x');
  await playground.number('hidden_size').fill('2**5');
  await playground.shape('input').fill('(4, x');
  await expect(page).toHaveURL(/input=/);
  await page.reload();
  const expectAll = async (): Promise<void> => {
    await expect(playground.number('seq_len')).toHaveValue('12x');
    await expect(shown(page, 'seq_len needs a whole number. It stays 5')).toBeVisible();
    await expect(playground.number('hidden_size')).toHaveValue('2**5');
    await expect(playground.shape('input')).toHaveValue('(4, x');
    await expect(playground.result).toContainText("'x' is not a number");
  };
  await playground.showOptions();
  await expectAll();
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Play', exact: true }).click();
  await playground.showOptions();
  await expectAll();
  await page.getByRole('link', { name: 'Challenge', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'GRU Mastery Badge' })).toBeVisible();
  await page.goBack();
  await playground.showOptions();
  await expectAll();
});

test('two tabs side by side do not disturb each other', async ({ page, context }) => {
  const one = await PlaygroundPage.open(page, 'seq_len=6');
  const tab = await context.newPage();
  const two = await PlaygroundPage.open(tab, 'num_layers=3');
  await one.number('batch').fill('4');
  await two.number('batch').fill('2');
  await one.expectPrinted('torch.Size([6, 4, 20])', 'torch.Size([2, 4, 20])');
  await two.expectPrinted('torch.Size([5, 2, 20])', 'torch.Size([3, 2, 20])');
  await Promise.all([one.expectValues(), two.expectValues()]);
  await Promise.all([page.reload(), tab.reload()]);
  await one.expectPrinted('torch.Size([6, 4, 20])', 'torch.Size([2, 4, 20])');
  await two.expectPrinted('torch.Size([5, 2, 20])', 'torch.Size([3, 2, 20])');
});
