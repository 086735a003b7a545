import type { Locator, Page } from '@playwright/test';
import { elements, expect, SITE, test } from './course-page';
import { LONGER, overflow, PHONE } from './harness';
import { plainText } from './playground-page';

/** A page as teachers have them: with a size of its own, loud styles, and keys that turn its pages. */
const LOUD = `<style>
  html { font-size: 62.5% }
  body { font: 1.8rem/1.4 serif; max-width: 760px; margin: 0 auto; letter-spacing: .1em; text-align: center; text-transform: uppercase }
  button, input, select, a, p, h2, code, label, svg, path, canvas { color: red !important; background: lime !important; font: 40px fantasy !important; fill: lime !important }
</style>
<script>
  globalThis.heard = [];
  for (const type of ['keydown', 'keyup', 'keypress']) document.addEventListener(type, ({ key }) => heard.push(key));
  globalThis.events = [];
  for (const type of ['gru-state', 'gru-answer', 'gru-complete', 'gru-error'])
    document.addEventListener(type, ({ target, detail }) => events.push({ type, id: target.id, detail: JSON.parse(JSON.stringify({ ...detail, cause: undefined })) }));
</script>`;

interface Told {
  readonly type: string;
  readonly id: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

async function told(page: Page): Promise<Told[]> {
  return page.evaluate(() => (globalThis as unknown as { events: Told[] }).events);
}

async function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

function number(playground: Locator, name: string): Locator {
  return playground.getByRole('textbox', { name, exact: true });
}

async function expectOut(playground: Locator, shape: string): Promise<void> {
  await expect.poll(() => plainText(playground.locator('gru-result dd').first())).toBe(shape);
}

/** The option of a question by what it says. */
function option(question: Locator, text: RegExp): Locator {
  return question.locator('label.choice').filter({ hasText: text });
}

const MISSING_BATCH = /missing the batch dimension/;

test('two lines show a playground, on a page of another origin, with values from one worker for all', PHONE, async ({ page, course }) => {
  await page.goto(course.page('/', elements('<gru-playground seq-len="300" batch="8"></gru-playground><gru-playground seq-len="200" batch="8"></gru-playground>')));
  const playground = page.locator('gru-playground').first();
  await page.locator('gru-playground').last().scrollIntoViewIfNeeded();
  await expect(page.locator('gru-playground').last().getByRole('grid', { name: /^out / })).toBeVisible();
  await expectOut(playground, 'torch.Size([300, 8, 20])');
  await expect(playground.getByRole('grid', { name: /^out / })).toBeVisible();
  // The page has the editor, and course pages have what they asked for.
  await expect(playground.getByRole('button', { name: 'Copy the code' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit and run' })).toHaveCount(0);
  expect(page.workers()).toHaveLength(1);
  expect(await overflow(page)).toBe(0);
  expect(course.origin).not.toBe(new URL(SITE).origin);
});

test('nothing but the small script is loaded until an element comes near the window', async ({ page, course }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(course.page('/', elements('<div style="height: 5000px"></div><gru-question number="5"><a href="#">Open</a></gru-question>')));
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual(['/', '/embed/gru-embed.js']);
  // Until then, what its author put into it is there.
  await expect(page.getByRole('link', { name: 'Open' })).toBeVisible();
  await page.evaluate(() => {
    scrollTo(0, 5000);
  });
  await expect(page.getByRole('heading', { name: 'Identifying error in GRU input shape' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open' })).toBeHidden();
});

test('the script that every page loads is tiny', async ({ request }) => {
  const body = await (await request.get(`${SITE}embed/gru-embed.js`)).body();
  expect(body.length).toBeLessThan(6_500);
});

test('several on a page share one engine and disturb neither each other nor the page', async ({ page, course }) => {
  const engines: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('gru_page_bg')) engines.push(request.url());
  });
  await page.goto(
    course.page('/', LOUD + elements(`<p id="text">Text</p>
      <gru-playground id="one" hide="values,flow,parameters"></gru-playground>
      <gru-playground id="two" seq-len="9" hide="values,flow,parameters"></gru-playground>
      <gru-question id="three" number="5"></gru-question>`)),
  );
  const [one, two] = [page.locator('#one'), page.locator('#two')];
  await expectOut(one, 'torch.Size([5, 3, 20])');
  await expectOut(two, 'torch.Size([9, 3, 20])');
  const before = await page.locator('#text').evaluate((text) => JSON.stringify(Object.entries(getComputedStyle(text))));

  // Lit axes and errors stay where they are.
  await number(one, 'seq_len').hover();
  await number(one, 'input').fill('(4, 9)');
  await expect(one.locator('gru-result .exception')).toContainText('RuntimeError');
  await expectOut(two, 'torch.Size([9, 3, 20])');
  await number(two, 'batch').fill('8');
  await expectOut(two, 'torch.Size([9, 8, 20])');
  await expect(one.locator('gru-result .exception')).toBeVisible();

  expect(engines).toHaveLength(1);
  const left = await page.evaluate(() => ({
    hash: location.hash,
    root: document.documentElement.getAttributeNames(),
    heads: document.querySelectorAll('head link, head style').length,
    fonts: [...document.fonts].length,
    sheets: document.adoptedStyleSheets.length,
    globals: Object.keys(globalThis).filter((name) => /gru/i.test(name)),
    ids: document.querySelectorAll('[data-lit], [data-theme]').length,
  }));
  // The course page has its icon and its styles.
  expect(left).toEqual({ hash: '', root: ['lang'], heads: 2, fonts: 0, sheets: 0, globals: [], ids: 0 });
  expect(await page.locator('#text').evaluate((text) => JSON.stringify(Object.entries(getComputedStyle(text))))).toBe(before);
});

test('loud styles of the page do not reach in, and its rem is not ours', LONGER, async ({ page, course }) => {
  const plain = course.page('/plain', `<body style="max-width: 760px; margin: 0 auto">${elements('<gru-question number="5"></gru-question>')}`);
  const loud = course.page('/loud', LOUD + elements('<gru-question number="5"></gru-question>'));
  const look = async (address: string) => {
    await page.goto(address);
    const button = page.getByRole('button', { name: 'Answer' });
    return button.evaluate((element) => {
      const { color, backgroundColor, font, letterSpacing, textTransform, textAlign, minHeight } = getComputedStyle(element);
      return { color, backgroundColor, font, letterSpacing, textTransform, textAlign, minHeight };
    });
  };
  expect(await look(loud)).toEqual(await look(plain));
});

test('keys that are pressed inside stay inside; others are the page\'s', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', LOUD + elements('<gru-playground hide="values"></gru-playground><gru-question number="5"></gru-question>')));
  const slider = page.getByRole('slider', { name: 'seq_len slider' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('gru-playground')).toHaveAttribute('seq-len', '6');
  await number(page.locator('gru-playground'), 'batch').fill('4');
  await page.keyboard.type('2');
  const question = page.locator('gru-question');
  await question.getByRole('radio').first().focus();
  await page.keyboard.press('2');
  await expect(question.getByRole('radio').nth(1)).toBeChecked();
  expect(await heard(page)).toEqual([]);
  // With a modifier, and to leave, they are the page's.
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  expect(await heard(page)).toEqual(expect.arrayContaining(['k', 'Escape']));
  // And the page's own keys do nothing in the question.
  await page.evaluate(() => {
    (document.activeElement as HTMLElement).blur();
  });
  await page.keyboard.press('3');
  await expect(question.getByRole('radio').nth(1)).toBeChecked();
});

test('attributes are the state, both ways, and every change is told', async ({ page, course }) => {
  await page.goto(course.page('/', LOUD + elements('<gru-playground id="p" seq-len="5" bidirectional="true" hide="seed, dropout"></gru-playground>')));
  const playground = page.locator('#p');
  await expectOut(playground, 'torch.Size([5, 3, 40])');
  await number(playground, 'num_layers').fill('3');
  await expect(playground).toHaveAttribute('num-layers', '3');
  // Open, as what it holds differs from the opening example.
  await expect(number(playground, 'hidden_size')).toBeVisible();
  await expect(number(playground, 'seed')).toHaveCount(0);
  await expect(number(playground, 'dropout')).toHaveCount(0);
  await playground.evaluate((element) => {
    element.setAttribute('seq-len', '11');
    element.setAttribute('input', '4,9');
    element.removeAttribute('bidirectional');
  });
  await expect(playground.locator('gru-result .exception')).toContainText('Expected 10, got 9');
  const events = await told(page);
  expect(events.map(({ type }) => type)).toEqual(['gru-state', 'gru-state']);
  expect(events[0]?.detail).toMatchObject({ query: 'num_layers=3&bidirectional=True&hide=dropout,seed', exception: null });
  expect(events[1]?.detail).toMatchObject({
    state: { seq_len: 11, bidirectional: false, input: '(4, 9)' },
    exception: { type: 'RuntimeError', message: 'input.size(-1) must be equal to input_size. Expected 10, got 9' },
  });
});

test('an attribute that cannot be meant is told in its place', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', elements('<gru-playground seq-len="many" hide="values"></gru-playground>')));
  await expect(page.locator('gru-playground')).toContainText('seq-len="many" is not a whole number; seq-len="5" is used instead');
});

test('type, get an error, fix it; a reload keeps it', async ({ page, course }) => {
  await page.goto(course.page('/', elements('<gru-playground hide="values"></gru-playground>')));
  const playground = page.locator('gru-playground');
  await number(playground, 'input').fill('(5, 3, 9)');
  await expect(playground.locator('gru-result .exception')).toContainText('Expected 10, got 9');
  await playground.locator('gru-advice button.fix:visible').first().click();
  await expectOut(playground, 'torch.Size([5, 3, 20])');
  // One of the fixes: the input's features, or input_size.
  await number(playground, 'batch').fill('(');
  await number(playground, 'num_layers').fill('4');
  await page.reload();
  await expect(number(playground, 'num_layers')).toHaveValue('4');
  // What cannot be read is kept as it was typed.
  await expect(number(playground, 'batch')).toHaveValue('(');
  await expect(playground).toHaveAttribute('num-layers', '4');
  await expectOut(playground, 'torch.Size([5, 3, 20])');
});

test('a question: a wrong answer, the right one, both told; the code is tried below; a reload keeps the verdict', PHONE, async ({ page, course }) => {
  await page.goto(course.page('/', LOUD + elements('<gru-question id="q" number="5"></gru-question>')));
  const question = page.locator('#q');
  await question.getByRole('button', { name: 'Try it' }).click();
  await question.getByRole('button', { name: 'Show the answer' }).click();
  await expect(question.getByRole('region', { name: 'Playground' }).locator('gru-result .exception')).toContainText('Expected 8, got 10');
  await question.getByRole('button', { name: 'Close' }).click();
  await option(question, /batch_first=True is missing/).click();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question.getByText('Not this one.')).toBeVisible();
  await option(question, MISSING_BATCH).click();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question.getByRole('heading', { name: 'Right' })).toBeVisible();
  expect(await overflow(page)).toBe(0);
  const events = await told(page);
  expect(events.map(({ type, detail }) => [type, detail['correct'] ?? detail['solved'], detail['attempts_left'] ?? detail['attempts']])).toEqual([
    ['gru-answer', false, 1],
    ['gru-answer', true, 0],
    ['gru-complete', true, 2],
  ]);
  await page.reload();
  await expect(question.getByRole('heading', { name: 'Right' })).toBeVisible();
  expect(await told(page)).toEqual([]);
  await question.getByRole('button', { name: 'Try it again' }).click();
  await expect(question.getByRole('button', { name: 'Answer' })).toBeVisible();
});

test('a whole challenge tells its answers and its end, and is one run on a page that shows it twice', async ({ page, course }) => {
  await page.goto(course.page('/', LOUD + elements('<gru-challenge id="a" mode="no_limit"></gru-challenge><gru-challenge id="b"></gru-challenge>')));
  const challenge = page.locator('#a');
  await expect(challenge.getByRole('radio', { name: 'no time limit' })).toBeChecked();
  await challenge.getByRole('button', { name: 'Start' }).click();
  for (let number = 1; number <= 5; number += 1) {
    await expect(page.locator('#b').getByText(`Problem ${number} of 5:`)).toBeVisible();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const answer = challenge.getByRole('button', { name: 'Answer' });
      if (!(await answer.isVisible())) break;
      await challenge.getByRole('radio', { disabled: false }).first().check();
      await answer.click();
    }
    await challenge.getByRole('button', { name: /^(Next|See the results)$/ }).click();
  }
  const complete = (await told(page)).filter(({ type }) => type === 'gru-complete');
  expect(complete).toHaveLength(1);
  expect(complete[0]).toMatchObject({ id: 'a', detail: { kind: 'challenge', of: 5 } });
  const answers = (await told(page)).filter(({ type }) => type === 'gru-answer');
  expect(answers.filter(({ detail }) => detail['correct'] === true)).toHaveLength(complete[0]?.detail['solved'] as number);
});

test('auto is the colour scheme of the place, light and dark are its own', LONGER, async ({ page, course }) => {
  const script = elements('<div id="place"><gru-playground id="auto" hide="values"></gru-playground></div><gru-question id="dark" number="1" theme="dark"></gru-question>');
  await page.goto(course.page('/', script));
  const ground = (id: string) => page.locator(`${id} .ground`).evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect(page.locator('#auto gru-result')).toBeVisible();
  await expect(page.locator('#dark').getByRole('button', { name: 'Answer' })).toBeVisible();
  const [light, dark] = ['rgb(243, 245, 247)', 'rgb(15, 19, 24)'];
  // A page that says nothing of it is light, whatever the system is.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground('#auto')).toBe(light);
  expect(await ground('#dark')).toBe(dark);
  await page.evaluate(() => {
    document.documentElement.style.colorScheme = 'dark';
  });
  expect(await ground('#auto')).toBe(dark);
  await page.evaluate(() => {
    document.documentElement.style.colorScheme = 'light dark';
  });
  expect(await ground('#auto')).toBe(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await ground('#auto')).toBe(light);
  await page.locator('#auto').evaluate((element) => {
    element.setAttribute('theme', 'dark');
  });
  expect(await ground('#auto')).toBe(dark);
});

test('a heatmap is painted anew when the page turns dark', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', elements('<gru-playground></gru-playground>')));
  const canvas = page.locator('gru-heatmap canvas').first();
  await expect(canvas).toBeVisible();
  const pixel = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(element, -20, -20);
      return [...(copy?.getImageData(0, 0, 1, 1).data ?? [])].join();
    });
  await expect.poll(pixel).not.toBe('0,0,0,0');
  const light = await pixel();
  await page.evaluate(() => {
    document.documentElement.style.colorScheme = 'dark';
  });
  await expect.poll(pixel).not.toBe(light);
});

test('parts and custom properties are styled from outside', LONGER, async ({ page, course }) => {
  const styles = '<style>gru-playground { --gru-ground: rgb(1, 2, 3) } gru-playground::part(code) { outline: 3px solid rgb(4, 5, 6) }</style>';
  await page.goto(course.page('/', styles + elements('<gru-playground hide="values"></gru-playground>')));
  await expect(page.locator('gru-code-panel')).toHaveCSS('outline-color', 'rgb(4, 5, 6)');
  await expect(page.locator('.ground')).toHaveCSS('background-color', 'rgb(1, 2, 3)');
});

test('an element is moved, removed and put back', LONGER, async ({ page, course }) => {
  await page.goto(course.page('/', elements('<div id="a"><gru-playground hide="values"></gru-playground></div><div id="b"></div>')));
  const playground = page.locator('gru-playground');
  await number(playground, 'seq_len').fill('8');
  await expectOut(playground, 'torch.Size([8, 3, 20])');
  await page.evaluate(() => {
    document.querySelector('#b')?.append(document.querySelector('gru-playground') ?? '');
  });
  await expectOut(playground, 'torch.Size([8, 3, 20])');
  await page.evaluate(async () => {
    const element = document.querySelector('gru-playground');
    element?.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector('#a')?.append(element ?? '');
  });
  await expectOut(playground, 'torch.Size([8, 3, 20])');
});
