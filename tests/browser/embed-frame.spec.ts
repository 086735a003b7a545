import type { FrameLocator, Locator, Page } from '@playwright/test';
import { elements, expect, SITE, test, type Course } from './course-page';
import { inspect, LONGER, overflow, PHONE } from './harness';
import { plainText } from './playground-page';

interface Said {
  readonly origin: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A page that holds one frame and notes what it says. */
function holding(course: Course, query: string, attributes = ''): string {
  return course.page(
    '/',
    `<script>globalThis.said = []; addEventListener('message', ({ origin, data }) => said.push({ origin, data }))</script>
    <body style="margin: 0"><iframe title="Exercise" src="${SITE}embed.html?${query}" style="display: block; border: 0; width: 100%" height="300" ${attributes}></iframe>`,
  );
}

async function said(page: Page): Promise<Said[]> {
  return page.evaluate(() => (globalThis as unknown as { said: Said[] }).said);
}

function number(frame: FrameLocator, name: string) {
  return frame.getByRole('textbox', { name, exact: true });
}

async function expectOut(frame: FrameLocator, shape: string): Promise<void> {
  await expect.poll(() => plainText(frame.locator('gru-result dd').first())).toBe(shape);
}

/** The last height that was told in one of the dialects. */
async function height(page: Page, key: 'type' | 'subject', value: string): Promise<number | undefined> {
  const heights = (await said(page)).filter(({ data }) => data[key] === value).map(({ data }) => data['height'] as number);
  return heights.at(-1);
}

/** Each time the last height told against that of the content, which settles when its typefaces are there. */
async function expectHeightTold(page: Page, frame: FrameLocator, key: 'type' | 'subject', value: string): Promise<void> {
  await expect.poll(async () => ((await height(page, key, value)) ?? NaN) - (await contentHeight(frame)), { message: value }).toBe(0);
}

async function contentHeight(frame: FrameLocator): Promise<number> {
  return frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
}

test('a frame shows what its address names', PHONE, async ({ page, course }) => {
  await page.goto(holding(course, 'view=playground&seq_len=7&bidirectional=True&hide=seed,parameters'));
  const frame = page.frameLocator('iframe');
  await expectOut(frame, 'torch.Size([7, 3, 40])');
  await expect(frame.locator('gru-parameters')).toHaveCount(0);
  await expect(frame.getByRole('grid', { name: /^out / })).toBeVisible();
  await page.goto(holding(course, 'view=question&number=2&theme=dark'));
  await expect(frame.getByRole('heading', { name: 'Choosing GRU for sequence data' })).toBeVisible();
  await expect(frame.locator('.ground')).toHaveCSS('background-color', 'rgb(15, 19, 24)');
  await page.goto(holding(course, 'view=challenge&mode=no_limit'));
  await expect(frame.getByRole('radio', { name: 'no time limit' })).toBeChecked();
  expect(await overflow(page)).toBe(0);
});

test('its height is told in our words and in Canvas\', whenever it changes', async ({ page, course }) => {
  await page.goto(holding(course, 'view=question&number=5'));
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Answer' })).toBeVisible();
  await expectHeightTold(page, frame, 'type', 'gru-height');
  await expectHeightTold(page, frame, 'subject', 'lti.frameResize');
  const before = await contentHeight(frame);
  await frame.getByRole('button', { name: 'Hint' }).click();
  await expect(frame.getByText('Hint.')).toBeVisible();
  await expect.poll(() => height(page, 'type', 'gru-height')).toBeGreaterThan(before);
  await expectHeightTold(page, frame, 'type', 'gru-height');
  await expectHeightTold(page, frame, 'subject', 'lti.frameResize');
});

test('H5P\'s resizer is greeted and obeyed', LONGER, async ({ page, course }) => {
  // What h5p-resizer.js does with a frame's messages.
  const resizer = `<script>addEventListener('message', ({ data, source, origin }) => {
    if (data.context !== 'h5p') return;
    const frame = [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
    const respond = (action) => source.postMessage({ action, context: 'h5p' }, origin);
    if (data.action === 'hello') { addEventListener('resize', () => respond('resize')); respond('hello'); }
    else if (data.action === 'prepareResize' && (frame.clientHeight !== data.scrollHeight || data.scrollHeight !== data.clientHeight)) { frame.style.height = data.clientHeight + 'px'; respond('resizePrepared'); }
    else if (data.action === 'resize') frame.style.height = data.scrollHeight + 'px';
  })</script>`;
  await page.goto(course.page('/', `${resizer}<iframe title="Exercise" src="${SITE}embed.html?view=question&number=5" style="border: 0; width: 100%; height: 100px"></iframe>`));
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Answer' })).toBeVisible();
  const isHigh = async () => (await page.locator('iframe').evaluate((iframe) => iframe.clientHeight)) === (await contentHeight(frame));
  await expect.poll(isHigh).toBe(true);
  await page.setViewportSize({ width: 500, height: 800 });
  await expect.poll(isHigh).toBe(true);
});

test('the script beside a frame gives it its height, and hears nobody else', LONGER, async ({ page, course }) => {
  const stranger = course.page('/stranger', `<script>parent.postMessage({ type: 'gru-height', height: 5000 }, '*')</script>`);
  await page.goto(
    course.page('/', `<script type="module" crossorigin src="${SITE}embed/frame-height.js"></script>
      <iframe id="ours" title="Exercise" src="${SITE}embed.html?view=question&number=5" style="border: 0; width: 100%" height="100"></iframe>
      <iframe id="sandboxed" title="Sandboxed" sandbox="allow-scripts" src="${SITE}embed.html?view=question&number=1" style="border: 0; width: 100%" height="100"></iframe>
      <iframe id="theirs" title="Another" src="${stranger}" height="100"></iframe>`),
  );
  for (const id of ['#ours', '#sandboxed']) {
    const frame = page.frameLocator(id);
    await expect(frame.getByRole('button', { name: 'Answer' })).toBeVisible();
    await expect.poll(async () => (await page.locator(id).evaluate((iframe) => iframe.clientHeight)) - (await contentHeight(frame))).toBe(0);
  }
  expect(await page.locator('#theirs').evaluate((iframe) => iframe.clientHeight)).toBe(100);
});

test('what a learner does is told to the page around alone, and only that page may set the playground', async ({ page, course }) => {
  await page.goto(holding(course, 'view=playground&hide=values'));
  const frame = page.frameLocator('iframe');
  await number(frame, 'seq_len').fill('8');
  const events = async () => (await said(page)).filter(({ data }) => data['type'] === 'gru-event').map(({ data }) => [data['name'], (data['detail'] as { query: string }).query]);
  await expect.poll(events).toEqual([['gru-state', 'seq_len=8&hide=values']]);
  const send = (message: unknown) =>
    page.evaluate((message) => {
      document.querySelector('iframe')?.contentWindow?.postMessage(message, '*');
    }, message);
  // Not of a shape that is heard.
  for (const message of [null, 'gru-set', { type: 'gru-set' }, { type: 'gru-set', query: 7 }, { type: 'set', query: 'seq_len=9' }]) await send(message);
  await expectOut(frame, 'torch.Size([8, 3, 20])');
  await send({ type: 'gru-set', query: 'seq_len=4&batch=6' });
  await expectOut(frame, 'torch.Size([4, 6, 20])');
});

test('with an origin in its address, a frame neither tells nor obeys any other', async ({ page, course, complaints }) => {
  // So the browser says of what it does not deliver.
  complaints.expect(/target origin provided \('https:\/\/lms\.example'\)/);
  await page.goto(holding(course, 'view=playground&hide=values&origin=https://lms.example'));
  const frame = page.frameLocator('iframe');
  await number(frame, 'seq_len').fill('8');
  await page.evaluate(() => {
    document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'gru-set', query: 'seq_len=4' }, '*');
  });
  await number(frame, 'batch').fill('2');
  await expectOut(frame, 'torch.Size([8, 2, 20])');
  expect((await said(page)).filter(({ data }) => data['type'] === 'gru-event')).toEqual([]);
  expect(await height(page, 'type', 'gru-height')).toBeGreaterThan(0);
});

/** A text that stands in the frame to be read: its announcer may say the same. */
function seen(frame: FrameLocator, text: string): Locator {
  return frame.getByText(text).and(frame.locator(':not(.announcer)'));
}

test('a sandboxed frame without storage works, and says what is not kept', async ({ page, course, complaints }) => {
  // Its policy lets no worker in that is not of its own origin, and it has none: runs are done beside the page.
  complaints.expect(/Content Security Policy|blob:/i);
  await page.goto(holding(course, 'view=playground', 'sandbox="allow-scripts"'));
  const frame = page.frameLocator('iframe');
  await number(frame, 'input').fill('(5, 3, 9)');
  await expect(frame.locator('gru-result .exception')).toContainText('Expected 10, got 9');
  await frame.locator('gru-advice button.fix:visible').first().click();
  await expect(frame.getByRole('grid', { name: /^out / })).toBeVisible();
  await expect(seen(frame, 'This browser keeps nothing here: a reload goes back to the start.')).toBeVisible();
  // Its downloads would be dropped without a word.
  await expect(frame.getByRole('button', { name: 'Copy the code' })).toBeVisible();
  await expect(frame.getByRole('button', { name: /Save the code/ })).toHaveCount(0);
  await page.goto(holding(course, 'view=question&number=5', 'sandbox="allow-scripts"'));
  await expect(seen(frame, 'This browser keeps nothing here: a reload asks the question anew.')).toBeVisible();
  await frame.locator('label.choice').filter({ hasText: /missing the batch dimension/ }).click();
  await frame.getByRole('button', { name: 'Answer' }).click();
  await expect(frame.getByRole('heading', { name: 'Right' })).toBeVisible();
  await page.goto(holding(course, 'view=challenge&mode=no_limit', 'sandbox="allow-scripts"'));
  await expect(seen(frame, 'This browser keeps nothing for this page.')).toBeVisible();
  await frame.getByRole('button', { name: 'Start' }).click();
  await expect(frame.getByText('Problem 1 of 5:')).toBeVisible();
});

test('code is saved from a frame', LONGER, async ({ page, course }) => {
  await page.goto(holding(course, 'view=playground&hide=values'));
  const download = page.waitForEvent('download');
  await page.frameLocator('iframe').getByRole('button', { name: 'Save the code as .ipynb' }).click();
  expect((await download).suggestedFilename()).toBe('gru.ipynb');
});

test('a frame without its code names the way to the page', LONGER, async ({ page, course, complaints }) => {
  complaints.expect(/frame\.js|Failed to load/);
  await page.route('**/embed/frame.js', (route) => route.abort());
  await page.goto(holding(course, 'view=question&number=5'));
  await expect(page.frameLocator('iframe').getByRole('link', { name: 'open the GRU Playground' })).toBeVisible();
});

test('the look of a question in a page', { tag: [PHONE.tag, LONGER.tag] }, async ({ page, course }) => {
  await page.goto(course.page('/', `<meta name="viewport" content="width=device-width"><body style="color-scheme: light dark; background: Canvas; color: CanvasText; font: 1rem/1.5 sans-serif; max-width: 46rem; margin: 0 auto; padding: 0 1rem"><main><h1>Week 3</h1><p>What does this code say?</p>${elements('<gru-question number="5"></gru-question>')}<p>Now look at the shapes.</p><gru-playground hide="values,parameters"></gru-playground></main>`));
  await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
  await expect(page.locator('gru-result')).toBeVisible();
  await inspect(page, 'embed-page');
});
