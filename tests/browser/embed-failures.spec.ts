import type { Page } from '@playwright/test';
import { elements, expect, SITE, test } from './course-page';
import { LONGER } from './harness';

/** What a course page has beside the element, and must go on having. */
const BESIDE = `<p id="beside">The rest of the page</p><button onclick="this.textContent = 'pressed'">Press</button>`;
const PLAYGROUND = '<gru-playground hide="values"></gru-playground>';

/** The element says one sentence with a way out, and the page around is as it was. */
async function expectSentence(page: Page, sentence: string | RegExp, element = 'gru-playground'): Promise<void> {
  const failure = page.locator(`${element} [part=failure]`);
  await expect(failure).toContainText(sentence);
  await expect(failure.getByRole('link', { name: 'Open it in the GRU Playground' })).toHaveAttribute('href', new RegExp(`^${SITE}#`));
  await expect(page.locator('#beside')).toBeVisible();
  const press = page.getByRole('button', { name: 'Press' });
  await press.click();
  await expect(page.getByRole('button', { name: 'pressed' })).toBeVisible();
}

async function reasons(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { reasons: string[] }).reasons);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const reasons: string[] = [];
    Object.assign(globalThis, { reasons });
    document.addEventListener('gru-error', (event) => reasons.push((event as CustomEvent<{ reason: string }>).detail.reason));
  });
});

test('a browser without WebAssembly', async ({ page, course }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
  });
  await page.goto(course.page('/', BESIDE + elements(PLAYGROUND)));
  await expectSentence(page, 'This browser has no WebAssembly');
  expect(await reasons(page)).toEqual(['no-wasm']);
});

test('a page whose policy forbids WebAssembly', LONGER, async ({ page, course, complaints }) => {
  complaints.expect(/WebAssembly|wasm|Content Security Policy/i);
  const policy = `script-src 'self' 'unsafe-inline' ${SITE}; connect-src ${SITE}; worker-src 'none'`;
  await page.goto(course.page('/', BESIDE + elements(PLAYGROUND), { 'content-security-policy': policy }));
  await expectSentence(page, "content security policy blocks WebAssembly. Whoever runs the site can allow it with script-src 'wasm-unsafe-eval'");
  expect(await reasons(page)).toEqual(['blocked']);
});

test('a page whose policy forbids workers from memory: runs are done beside the page', LONGER, async ({ page, course, complaints }) => {
  complaints.expect(/Content Security Policy|blob:/i);
  const policy = `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' ${SITE}; connect-src ${SITE}; worker-src 'none'`;
  await page.goto(course.page('/', BESIDE + elements('<gru-playground seq-len="300" batch="8"></gru-playground>'), { 'content-security-policy': policy }));
  const playground = page.locator('gru-playground');
  await expect(playground.getByRole('grid', { name: /^out / })).toBeVisible();
  expect(page.workers()).toHaveLength(0);
  expect(await reasons(page)).toEqual([]);
  // And a run of minutes can be cancelled.
  await playground.evaluate((element) => {
    for (const [name, value] of Object.entries({ 'seq-len': '4000', batch: '32', 'input-size': '256', 'hidden-size': '256' })) element.setAttribute(name, value);
  });
  await playground.getByRole('button', { name: 'Compute', exact: true }).click();
  await expect.poll(() => playground.getByRole('progressbar', { name: 'Computing' }).evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0);
  await playground.getByRole('button', { name: 'Cancel' }).click();
  await expect(playground.locator('.waiting')).toContainText('Cancelled');
});

test('a very old browser gets as far as the sentence', LONGER, async ({ page, course }) => {
  await page.addInitScript(() => {
    const supports = CSS.supports.bind(CSS) as (property: string, value: string) => boolean;
    Object.assign(CSS, { supports: (property: string, value: string) => !value.includes('light-dark') && supports(property, value) });
  });
  await page.goto(course.page('/', BESIDE + elements(PLAYGROUND)));
  await expectSentence(page, 'This browser is too old to show this exercise.');
  expect(await reasons(page)).toEqual(['old-browser']);
});

test('a browser that takes no modules shows what the author put into the element', LONGER, async ({ page, course }) => {
  const snippet = elements('<gru-playground><a href="https://example.org/">Open the GRU Playground</a></gru-playground>').replace('type="module"', 'type="a-language-of-tomorrow"');
  await page.goto(course.page('/', BESIDE + snippet));
  await expect(page.getByRole('link', { name: 'Open the GRU Playground' })).toBeVisible();
});

test('the author\'s own way out is shown instead of ours', LONGER, async ({ page, course, complaints }) => {
  complaints.expect(/mount|Failed to (load|fetch)/);
  await page.route('**/assets/mount-*.js', (route) => route.abort());
  await page.goto(course.page('/', BESIDE + elements('<gru-playground><a href="https://example.org/">See the notes of week 3</a></gru-playground>')));
  await expect(page.locator('gru-playground [part=failure]')).toContainText('A part of this exercise did not arrive');
  await expect(page.getByRole('link', { name: 'See the notes of week 3' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open it in the GRU Playground' })).toHaveCount(0);
});

test('a part that does not arrive, and then does', async ({ page, course, complaints }) => {
  complaints.expect(/\.wasm|Failed to load/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(course.page('/', BESIDE + elements(PLAYGROUND)));
  await expectSentence(page, 'The engine could not be loaded.');
  expect(await reasons(page)).toEqual(['fetch']);
  await page.unroute('**/*.wasm');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('gru-playground gru-result')).toBeVisible();
});

test('a fault in one element stops that one alone', async ({ page, course }) => {
  await page.goto(course.page('/', BESIDE + elements(`${PLAYGROUND}<gru-question number="5"></gru-question>`)));
  await expect(page.locator('gru-playground gru-result')).toBeVisible();
  // The shape flow fails at what it is to draw next.
  await page.locator('gru-playground gru-flow').evaluate((flow) => {
    Object.defineProperty(flow, 'render', { value: () => { throw new Error('on purpose'); } });
  });
  await page.locator('gru-playground').getByRole('textbox', { name: 'seq_len', exact: true }).fill('9');
  await expectSentence(page, 'This exercise has stopped, which is a fault of ours.');
  expect(await reasons(page)).toEqual(['script']);
  await page.locator('gru-question').getByRole('button', { name: 'Hint' }).click();
  await expect(page.locator('gru-question').getByText('Hint.')).toBeVisible();
  // What was set is not lost.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('gru-playground').getByRole('textbox', { name: 'seq_len', exact: true })).toHaveValue('9');
});

test('no option kills an element, whatever it holds or is called, not even after a reload', async ({ page, course }) => {
  await page.goto(course.page('/', BESIDE + elements('<gru-playground></gru-playground><gru-playground other="constructor=2, __proto__=1"></gru-playground>')));
  const [first, second] = [page.locator('gru-playground').first(), page.locator('gru-playground').last()];
  await first.getByRole('textbox', { name: 'num_layers', exact: true }).fill('1.5');
  for (const reload of [false, true]) {
    if (reload) await page.reload();
    await expect(first.locator('gru-result .exception')).toHaveText("TypeError: 'float' object cannot be interpreted as an integer");
    await expect(first.locator('gru-flow .caption')).toHaveText('It stops at an option: num_layers=1.5.');
    await second.scrollIntoViewIfNeeded();
    await expect(second.locator('gru-result .exception')).toContainText("unexpected keyword argument 'constructor'");
    await expect(second.locator('gru-flow .caption')).toHaveText('It stops at an option: constructor=2.');
  }
  await first.getByRole('textbox', { name: 'num_layers', exact: true }).fill('3');
  await expect(first.locator('gru-flow .caption')).not.toHaveText(/stops/);
  expect(await reasons(page)).toEqual([]);
});

/** From here on nothing of this hidden_size can be drawn. */
async function failAt(page: Page, hidden: number): Promise<void> {
  await page.evaluate((hidden) => {
    const { prototype } = customElements.get('gru-flow') as unknown as { prototype: { render: (this: { call: { config: { hidden_size: number } } }) => unknown } };
    const { render } = prototype;
    prototype.render = function () {
      if (this.call.config.hidden_size === hidden) throw new Error('on purpose');
      return render.call(this);
    };
  }, hidden);
}

test('an element that has stopped is drawn again at the next change of its attributes', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', BESIDE + elements(PLAYGROUND)));
  const playground = page.locator('gru-playground');
  await expect(playground.locator('gru-flow')).toBeVisible();
  await failAt(page, 13);
  await playground.evaluate((element) => { element.setAttribute('hidden-size', '13'); });
  await expectSentence(page, 'This exercise has stopped, which is a fault of ours.');
  await playground.evaluate((element) => { element.setAttribute('hidden-size', '14'); });
  await expect(playground.locator('gru-flow .caption')).toBeVisible();
  await expect(playground.locator('[part=failure]')).toHaveCount(0);
  await expect(playground.getByRole('textbox', { name: 'num_layers', exact: true })).toHaveValue('2');
});

test('a state that cannot be drawn does not come back for ever: the second Try again begins anew', async ({ page, course }) => {
  await page.goto(course.page('/', BESIDE + elements('<gru-playground hide="values" seq-len="7"></gru-playground>')));
  const playground = page.locator('gru-playground');
  const hidden = playground.getByRole('textbox', { name: 'hidden_size', exact: true });
  await expect(playground.locator('gru-flow')).toBeVisible();
  await failAt(page, 13);
  await playground.getByText('Sizes and options').click();
  await hidden.fill('13');
  // Once with what was set, which may have been innocent.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => reasons(page)).toEqual(['script', 'script']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.locator('gru-flow .caption')).toBeVisible();
  await expect(playground.getByRole('textbox', { name: 'seq_len', exact: true })).toHaveValue('7');
  await expect(playground).not.toHaveAttribute('hidden-size');
  expect(await reasons(page)).toEqual(['script', 'script']);
});

test('a question that there is not is told, and mended by its attribute', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', BESIDE + elements('<gru-question number="6"></gru-question>')));
  await expectSentence(page, 'There is no question 6: they are numbered from 1 to 5.', 'gru-question');
  expect(await reasons(page)).toEqual(['attribute']);
  await page.locator('gru-question').evaluate((question) => {
    question.setAttribute('number', '4');
  });
  await expect(page.locator('gru-question').getByRole('button', { name: 'Answer' })).toBeVisible();
});

test('the script twice, from two addresses: the first one counts', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', elements('', 'embed/gru-embed.js') + elements(PLAYGROUND, 'embed/gru-embed.js?again')));
  await expect(page.locator('gru-playground gru-result')).toBeVisible();
});
