/** Pages of others that are strict, hostile or broken: the elements work there, or leave what the page's author put into them. */
import type { Page } from '@playwright/test';
import { elements, expect, SITE, test } from './course-page';
import { letPass, LONGER, longerUnless } from './harness';

const PLAYGROUND = '<gru-playground loading="eager"><a href="https://example.org/">See the notes of week 3</a></gru-playground>';
/** What docs/embedding.md asks a page to allow, long runs in a worker included. */
const SCRIPTS = `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' ${SITE}; connect-src ${SITE}; worker-src blob: ${SITE}`;

/** From now on, every error event of the page. */
async function hearErrors(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const errors: string[] = [];
    Object.assign(globalThis, { errors });
    addEventListener('error', (event) => errors.push(event.message));
    addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
  });
  return () => page.evaluate(() => (globalThis as unknown as { errors: string[] }).errors);
}

test.describe('a page that requires Trusted Types', () => {
  // A page of others may have a policy of Lit's name already, and allow each name once.
  for (const [which, policies, before] of [
    ['and allows our policy alone', 'gru-playground', ''],
    ['and has Lit itself', 'lit-html gru-playground', `<script>trustedTypes.createPolicy('lit-html', { createHTML: (html) => html })</script>`],
  ] as const) {
    test(`${which}: every element works, and its worker`, longerUnless(policies === 'gru-playground'), async ({ page, course }) => {
      const errors = await hearErrors(page);
      const policy = `${SCRIPTS}; require-trusted-types-for 'script'; trusted-types ${policies}`;
      await page.goto(course.page('/', `${before}${elements(`<gru-playground loading="eager" hidden-size="300"></gru-playground><gru-question loading="eager" number="5"></gru-question>`)}`, { 'content-security-policy': policy }));
      await expect(page.locator('gru-playground').getByRole('grid', { name: /^out / })).toBeVisible();
      expect(page.workers()).toHaveLength(1);
      await page.locator('gru-question').getByRole('button', { name: 'Hint' }).click();
      await expect(page.locator('gru-question').getByText('Hint.')).toBeVisible();
      expect(await errors()).toEqual([]);
    });
  }

  test('and does not allow ours: one sentence says what to allow, and the fallback stays', async ({ page, course, complaints }) => {
    complaints.expect(/Trusted|gru-playground/);
    const policy = `${SCRIPTS}; require-trusted-types-for 'script'; trusted-types theirs`;
    await page.goto(course.page('/', elements(PLAYGROUND), { 'content-security-policy': policy }));
    await expect(page.locator('gru-playground [part=failure]')).toContainText('Whoever runs the page can allow it with trusted-types gru-playground.');
    await expect(page.getByRole('link', { name: 'See the notes of week 3' })).toBeVisible();
  });

  test('of nobody, but names its policies: the elements work without one', LONGER, async ({ page, course, complaints }) => {
    complaints.expect(/Trusted|gru-playground/);
    await page.goto(course.page('/', elements(PLAYGROUND), { 'content-security-policy': `${SCRIPTS}; trusted-types theirs` }));
    await expect(page.locator('gru-playground gru-result')).toBeVisible();
  });
});

test('no page around hears an error event, however its window and its columns change', async ({ page, course }) => {
  const errors = await hearErrors(page);
  await page.goto(course.page('/', `<main id="column">${elements(`<gru-playground loading="eager"></gru-playground>`)}</main>
    <iframe src="${SITE}embed.html?view=playground&amp;seq_len=7" title="A frame" width="100%" height="640"></iframe><script type="module" src="${SITE}embed/frame-height.js"></script>`));
  const playground = page.locator('gru-playground');
  await expect(playground.getByRole('grid', { name: /^out / })).toBeVisible();
  await playground.getByRole('button', { name: /^layer 0/ }).press('Enter');
  await expect(playground.locator('gru-layer-gates')).toBeVisible();
  for (const width of [1280, 900, 640, 400, 320, 1100]) {
    await page.setViewportSize({ width, height: 800 });
    for (const share of [1, 0.5, 0.8]) {
      await page.evaluate((share) => { document.querySelector('main')?.style.setProperty('width', `${100 * share}%`); }, share);
      await letPass(page, 60);
    }
  }
  await playground.evaluate((element) => { for (let steps = 1; steps < 30; steps += 1) element.setAttribute('seq-len', String(steps)); });
  await letPass(page, 300);
  expect(await errors()).toEqual([]);
});

test.describe('a page whose customElements.define throws', () => {
  test('whatever is defined: the fallback stays, and the page hears nothing', LONGER, async ({ page, course }) => {
    const errors = await hearErrors(page);
    await page.addInitScript(() => {
      customElements.define = () => { throw new TypeError('not in this page'); };
    });
    await page.goto(course.page('/', elements(`${PLAYGROUND}<gru-question><a href="https://example.org/q">The question as text</a></gru-question>`)));
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('link', { name: 'See the notes of week 3' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'The question as text' })).toBeVisible();
    expect(await errors()).toEqual([]);
  });

  test('for one of ours: the others work', async ({ page, course }) => {
    const errors = await hearErrors(page);
    await page.addInitScript(() => {
      const define = customElements.define.bind(customElements);
      customElements.define = (name, ...rest) => {
        if (name === 'gru-playground') throw new TypeError('taken');
        define(name, ...rest);
      };
    });
    await page.goto(course.page('/', elements(`${PLAYGROUND}<gru-question loading="eager" number="2"></gru-question>`)));
    await expect(page.locator('gru-question').getByRole('button', { name: 'Answer' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'See the notes of week 3' })).toBeVisible();
    expect(await errors()).toEqual([]);
  });

  test('for a part within: a sentence, and the fallback', LONGER, async ({ page, course }) => {
    const errors = await hearErrors(page);
    await page.addInitScript(() => {
      const define = customElements.define.bind(customElements);
      customElements.define = (name, ...rest) => {
        if (name === 'gru-panel') throw new TypeError('taken');
        define(name, ...rest);
      };
    });
    await page.goto(course.page('/', elements(PLAYGROUND)));
    await expect(page.locator('gru-playground [part=failure]')).toContainText('did not arrive');
    await expect(page.getByRole('link', { name: 'See the notes of week 3' })).toBeVisible();
    expect(await errors()).toEqual([]);
  });

  test('in a frame: the way to the full page stays', LONGER, async ({ page }) => {
    await page.addInitScript(() => {
      customElements.define = () => { throw new TypeError('not in this page'); };
    });
    await page.goto(`${SITE}embed.html?view=question`);
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('link', { name: 'open the GRU Playground' })).toBeVisible();
  });
});

test('a worker that vanishes without a word is noticed, and another one computes', async ({ page }) => {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, { workers });
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        workers.push(this);
      }
    };
  });
  await page.goto(`${SITE}#play?seq_len=4000&batch=32&input_size=256&hidden_size=256`);
  await page.getByRole('button', { name: 'Compute', exact: true }).click();
  await expect.poll(() => page.getByRole('progressbar', { name: 'Computing' }).evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0);
  // As a browser that runs out of memory does.
  await page.evaluate(() => { (globalThis as unknown as { workers: Worker[] }).workers.forEach((worker) => { worker.terminate(); }); });
  await expect(page.locator('.waiting')).toContainText('No values. The worker stopped.');
  await page.goto(`${SITE}#play?hidden_size=300`);
  await expect(page.getByRole('grid', { name: /^out / })).toBeVisible();
});
