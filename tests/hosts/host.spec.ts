import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect, test } from '../browser/harness';
import { plainText } from '../browser/playground-page';

const HOST = process.env['GRU_HOST'] ?? '';
const PAGE = process.env['GRU_HOST_PAGE'] ?? '';

/** What the page of others looks like, apart from us. */
async function looks(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    ['body', 'h1', 'p'].map((selector) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`no ${selector}`);
      const { font, color, backgroundColor, margin, letterSpacing } = getComputedStyle(element);
      return { font, color, backgroundColor, margin, letterSpacing };
    }),
  );
}

async function expectOut(within: Locator | FrameLocator, shape: string): Promise<void> {
  await expect.poll(() => plainText(within.locator('gru-result dd').first())).toBe(shape);
}

/** Types, gets an error, and fixes it. */
async function breakAndMend(within: Locator | FrameLocator): Promise<void> {
  await expectOut(within, 'torch.Size([7, 3, 20])');
  await within.getByRole('textbox', { name: 'seq_len', exact: true }).fill('9');
  await expectOut(within, 'torch.Size([9, 3, 20])');
  await within.getByRole('textbox', { name: 'input', exact: true }).fill('(9, 3, 8)');
  await expect(within.locator('gru-result .exception')).toContainText('Expected 10, got 8');
  await within.locator('gru-advice button.fix:visible').first().click();
  await expectOut(within, 'torch.Size([9, 3, 20])');
}

test.beforeEach(async ({ page }) => {
  // What these pages ask for beside us: fonts and highlighters of other sites, which tests leave alone, and an icon they lack.
  await page.route((url) => url.hostname !== '127.0.0.1' || url.pathname === '/favicon.ico', (route) => route.fulfill({ body: '' }));
});

test(`${HOST}: the playground as an element: type, get an error, fix it`, async ({ page }) => {
  await page.goto(PAGE);
  const playground = page.locator('gru-playground');
  await breakAndMend(playground);
  await expect(playground.getByRole('grid', { name: /^out / })).toBeVisible();
  await expect(playground.locator('gru-parameters')).toHaveCount(0);
  await page.screenshot({ path: join(__dirname, 'artefacts', `${HOST}.png`), fullPage: true });
});

test(`${HOST}: a question as an element is answered`, async ({ page }) => {
  await page.goto(PAGE);
  const question = page.locator('body > gru-question, main gru-question, .body gru-question, [role=main] gru-question').first();
  await question.locator('label.choice').filter({ hasText: /missing the batch dimension/ }).click();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question.getByRole('heading', { name: 'Right' })).toBeVisible();
});

test(`${HOST}: neither takes over the other's styles`, async ({ page, complaints }) => {
  complaints.expect(/embed\.js|Failed to load resource: net::ERR_FAILED/);
  await page.route('**/*embed*.js', (route) => route.abort());
  await page.goto(PAGE, { waitUntil: 'domcontentloaded' });
  const before = await looks(page);
  await page.unroute('**/*embed*.js');
  await page.goto(PAGE);
  const button = page.getByRole('button', { name: 'Answer' }).first();
  await expect(button).toBeVisible();
  expect(await looks(page)).toEqual(before);
  // Our own sizes, whatever a rem is there.
  await expect(button).toHaveCSS('font-size', '16px');
  await expect(page.locator('gru-question h2').first()).toHaveCSS('font-size', '24px');
  await expect(page.locator('gru-question h2').first()).toHaveCSS('font-family', /Atkinson/);
});

if (!['npm', 'react', 'vue', 'sveltekit'].includes(HOST)) {
  test(`${HOST}: the playground in a frame, which is as high as what it holds`, async ({ page }) => {
    await page.goto(PAGE);
    await page.locator('iframe').scrollIntoViewIfNeeded();
    const frame = page.frameLocator('iframe');
    await breakAndMend(frame);
    const spare = async () =>
      (await page.locator('iframe').evaluate((iframe) => iframe.clientHeight)) -
      (await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height)));
    await expect.poll(spare).toBe(0);
  });
}

if (HOST === 'mdbook') {
  test('mdbook: its keys turn its pages, but not from within an element', async ({ page }) => {
    await page.goto(PAGE);
    const slider = page.locator('gru-playground').getByRole('slider', { name: 'seq_len slider' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('gru-playground')).toHaveAttribute('seq-len', '8');
    await page.locator('gru-playground').getByRole('textbox', { name: 'batch', exact: true }).focus();
    // Letters that mdBook takes for commands.
    await page.keyboard.type('s?');
    await page.keyboard.press('ArrowLeft');
    expect(page.url()).toBe(PAGE);
    await expect(page.locator('#mdbook-search-wrapper, #search-wrapper').first()).toBeHidden();
    await page.locator('h1').last().click();
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/week-4/);
  });

  test('mdbook: the element follows its theme', async ({ page }) => {
    await page.goto(PAGE);
    const ground = () => page.locator('gru-question .ground').evaluate((element) => getComputedStyle(element).backgroundColor);
    await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
    const light = await ground();
    await page.evaluate(() => {
      document.documentElement.classList.replace('light', 'navy');
    });
    await expect.poll(ground).not.toBe(light);
  });
}

/** Chooses options until the question has its verdict. */
async function answer(question: Locator): Promise<void> {
  await expect(question.getByRole('button', { name: 'Answer' })).toBeVisible();
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const answer = question.getByRole('button', { name: 'Answer' });
    if (!(await answer.isVisible())) break;
    await question.getByRole('radio', { disabled: false }).first().check();
    await answer.click();
  }
}

if (HOST === 'npm') {
  test('npm: events are told, and the anywidget module shows its element', async ({ page }) => {
    await page.goto(PAGE);
    await expect(page.locator('#widget').getByRole('heading', { name: 'Choosing GRU for sequence data' })).toBeVisible();
    await answer(page.locator('body > gru-question'));
    await expect(page.locator('#progress')).toHaveText(/question 5: (not )?solved/);
  });

  // torch.manual_seed(0); gru = nn.GRU(10, 20, 2); out = gru(torch.randn(5, 3, 10))[0]
  const OUT = '5, 3, 20: -0.04544';
  for (const [how, address] of [
    ['as Vite builds it', new URL('core.html', PAGE).href],
    ["in Vite's dev server", `${process.env['GRU_HOST_DEV'] ?? ''}core.html`],
    ['as webpack builds it', `${process.env['GRU_HOST_PLAIN'] ?? ''}webpack.html`],
    ['without a bundler', `${process.env['GRU_HOST_PLAIN'] ?? ''}plain.html`],
  ] as const) {
    test(`npm: the core loads itself, ${how}`, async ({ page }) => {
      await page.goto(address);
      await expect(page.locator('#core')).toHaveText(OUT);
    });
  }

  test("npm: the elements in Vite's dev server", async ({ page }) => {
    await page.goto(`${process.env['GRU_HOST_DEV'] ?? ''}index.html`);
    await breakAndMend(page.locator('gru-playground'));
  });
}

if (['react', 'vue', 'sveltekit'].includes(HOST)) {
  test(`${HOST}: events reach its handlers`, async ({ page }) => {
    await page.goto(PAGE);
    await answer(page.locator('gru-question'));
    await expect(page.locator('#progress')).toHaveText(/question 5: (not )?solved/);
  });
}

if (HOST === 'vue') {
  test('vue: what is bound follows, and what a learner sets is told', async ({ page }) => {
    await page.goto(PAGE);
    const element = page.locator('gru-playground');
    await expectOut(element, 'torch.Size([7, 3, 20])');
    await page.getByRole('button', { name: 'Eight steps' }).click();
    await expectOut(element, 'torch.Size([8, 3, 20])');
    await element.getByRole('textbox', { name: 'batch', exact: true }).fill('4');
    await expect(page.locator('#query')).toHaveText(/seq_len=8.*batch=4/);
  });
}

if (HOST === 'sveltekit') {
  test('sveltekit: the server sends the elements, and what the core says there', async ({ page }) => {
    const html = await (await page.request.get(PAGE)).text();
    expect(html).toMatch(/<gru-playground[^>]* seq-len="7"/);
    expect(html).toMatch(/<gru-question[^>]* number="5"/);
    expect(html).toContain('input.size(-1) must be equal to input_size. Expected 10, got 8');
    await page.goto(PAGE);
    await expectOut(page.locator('gru-playground'), 'torch.Size([7, 3, 20])');
    await expect(page.locator('#core')).toHaveText('input.size(-1) must be equal to input_size. Expected 10, got 8');
  });
}

if (HOST === 'react') {
  test('react: every attribute is a prop, by its own name and by that of its property', async ({ page }) => {
    await page.goto(new URL('props.html', PAGE).href);
    const attributes = (id: string) =>
      page.locator(id).evaluate((element) => {
        const { observedAttributes } = element.constructor as unknown as { readonly observedAttributes: readonly string[] };
        return Object.fromEntries(observedAttributes.map((name) => [name, element.getAttribute(name)]));
      });
    const [one, two] = [page.locator('#attributes'), page.locator('#properties')];
    for (const element of [one, two]) {
      await expectOut(element, 'torch.Size([4, 7, 32])');
      await expect(element.locator('gru-result .exception')).toHaveCount(0);
      await expect(element.locator('gru-parameters')).toHaveCount(0);
      await expect(element.locator('gru-notices')).toHaveText('');
    }
    const written = await attributes('#properties');
    expect(Object.values(written)).not.toContain(null);
    expect(written).toMatchObject({ 'seq-len': '7', bias: 'False', 'give-h-0': '1', reverse: '1', hide: 'parameters', theme: 'dark', loading: 'eager' });
    // React writes true as an attribute without a value.
    expect({ ...(await attributes('#attributes')), 'batch-first': 'True', 'give-h-0': '1' }).toEqual(written);
    await expect(page.locator('gru-challenge')).toHaveAttribute('mode', 'no_limit');
    await expect(page.locator('gru-challenge').getByRole('button').first()).toBeVisible();
  });

  test('react: a prop that changes is shown, and one that goes is gone', async ({ page }) => {
    await page.goto(new URL('props.html', PAGE).href);
    const element = page.locator('#changed');
    await expectOut(element, 'torch.Size([7, 4, 20])');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await expectOut(element, 'torch.Size([9, 3, 20])');
    await expect(element).toHaveAttribute('seq-len', '9');
    expect(await element.evaluate((playground) => playground.hasAttribute('batch'))).toBe(false);
  });
}
