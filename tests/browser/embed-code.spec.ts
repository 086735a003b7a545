/** `<gru-code>`: a teacher's editor in a page of others, with what stands hidden before and after the code. */
import type { Locator, Page } from '@playwright/test';
import { elements, expect, SITE, test, type Course } from './course-page';
import { inspect, LONGER, overflow, PHONE } from './harness';

interface Run {
  readonly outcome: string;
  readonly output: string;
  readonly exception: { readonly type: string; readonly message: string; readonly line: number | null } | null;
}

const CODE = 'gru = nn.GRU(8, 16)\nout, h_n = gru(x)\nprint(out.shape)';
/** As its author writes it: the code to be seen, the rest never. */
const EXERCISE = `<gru-code id="one" loading="eager">
  <script type="text/x-python" data-part="setup">
    import torch
    from torch import nn
    hidden_word = 'swordfish'
    x = torch.randn(5, 3, 8)
  </script>
  <pre>
    ${CODE.replaceAll('\n', '\n    ')}
  </pre>
  <template data-part="checks">
    expected_shape = (5, 3, 32)
    assert out.shape == expected_shape, f'out should have 32 features, but has {out.shape[-1]}'
  </template>
</gru-code>`;

/** A course page that notes every run that bubbles up to it. */
function noting(course: Course, html: string): string {
  return course.page('/', `<script>globalThis.runs = []; addEventListener('gru-run', ({ detail }) => runs.push(detail))</script><main><h1>Week 3</h1>${elements(html)}</main>`);
}

async function runs(page: Page): Promise<Run[]> {
  return page.evaluate(() => (globalThis as unknown as { runs: Run[] }).runs);
}

async function lastRun(page: Page): Promise<Run | undefined> {
  return (await runs(page)).at(-1);
}

async function write(page: Page, element: Locator, code: string): Promise<void> {
  await element.locator('.cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(code);
}

const outcome = (element: Locator): Locator => element.locator('gru-outcome');

test('a check that fails gives its message, the mended code passes, and the page hears of both', PHONE, async ({ page, course }) => {
  await page.goto(noting(course, EXERCISE));
  const element = page.locator('gru-code');
  await expect(outcome(element).locator('.failed')).toHaveText('Not yet: out should have 32 features, but has 16');
  await expect(outcome(element)).toContainText('torch.Size([5, 3, 16])');
  await expect(element.locator('.cm-line').first()).toContainText('gru = nn.GRU(8, 16)');
  expect(await lastRun(page)).toEqual({
    outcome: 'failed',
    output: 'torch.Size([5, 3, 16])\n',
    exception: { type: 'AssertionError', message: 'out should have 32 features, but has 16', line: null },
  });
  await write(page, element, CODE.replace('16', '32'));
  await expect(outcome(element).locator('.passed')).toHaveText('Passed: the checks hold.');
  await expect.poll(() => lastRun(page)).toEqual({ outcome: 'passed', output: 'torch.Size([5, 3, 32])\n', exception: null });
  expect(await overflow(page)).toBe(0);
  // Nothing of the set-up and the checks is anywhere to be read, but what the code itself uses.
  const shown = await element.evaluate((host) => {
    const text = (node: Node): string => (node instanceof Text ? node.data : [...(node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : []), ...node.childNodes].map(text).join(''));
    return text(host.shadowRoot as unknown as Node);
  });
  expect(shown).not.toMatch(/swordfish|hidden_word|expected_shape/);
  expect(shown).toContain('torch.Size([5, 3, 32])');
  await inspect(page, 'embed-code');
});

test('lines are the learner\'s own, and a mistake in what is hidden says where it is and shows none of it', async ({ page, course }) => {
  await page.goto(noting(course, EXERCISE));
  const element = page.locator('gru-code');
  await write(page, element, 'gru = nn.GRU(9, 16)\nout, h_n = gru(x)');
  await expect(outcome(element).getByRole('region', { name: 'Exception' })).toHaveText('RuntimeError: input.size(-1) must be equal to input_size. Expected 9, got 8');
  await expect(outcome(element).getByRole('button', { name: 'line 2' })).toBeVisible();
  await expect(element.locator('.cm-line.raised')).toContainText('out, h_n = gru(x)');
  expect(await lastRun(page)).toMatchObject({ outcome: 'raised', exception: { type: 'RuntimeError', line: 2 } });
  // A fix is for the code alone, and passes the exception.
  await outcome(element).locator('button.fix').first().click();
  await expect(outcome(element).locator('.failed')).toContainText('out should have 32 features');
  // Half a program is the learner's mistake, though Python would find it among the checks.
  await write(page, element, 'out = x\nif True:');
  await expect(outcome(element).getByRole('button', { name: 'line 2' })).toBeVisible();
  expect((await lastRun(page))?.exception?.type).toBe('IndentationError');
  await write(page, element, 'pass');
  await expect(outcome(element).locator('.where')).toHaveText('the checks');
  await expect(outcome(element).getByRole('region', { name: 'Exception' })).toHaveText("NameError: name 'out' is not defined");
  await expect(outcome(element)).not.toContainText('expected_shape');
  expect(await lastRun(page)).toMatchObject({ outcome: 'raised', exception: { type: 'NameError', line: null } });
  await element.evaluate((host) => { host.setAttribute('setup', 'secret = 1\nraise ValueError("no data today")'); });
  await expect(outcome(element).locator('.where')).toHaveText('the set-up');
  await expect(outcome(element)).toContainText('ValueError: no data today');
  await expect(outcome(element)).not.toContainText('secret');
});

test('readonly code is run and not changed; what was typed is kept through a reload, and can be given up', async ({ page, course }) => {
  const address = noting(course, `${EXERCISE}<gru-code id="two" loading="eager" readonly code="import torch&#10;print(torch.ones(2))"></gru-code>`);
  await page.goto(address);
  const [one, two] = [page.locator('#one'), page.locator('#two')];
  await expect(outcome(two)).toContainText('tensor([1., 1.])');
  await two.locator('.cm-content').focus();
  await page.keyboard.type('x');
  await page.keyboard.press('Control+Enter');
  await expect(two.locator('.cm-content')).toHaveText(/^import torchprint\(torch\.ones\(2\)\)$/);
  expect(await two.evaluate((host) => (host as HTMLElement & { readonly: boolean }).readonly)).toBe(true);
  await write(page, one, CODE.replace('16', '32'));
  await expect(outcome(one).locator('.passed')).toBeVisible();
  await page.reload();
  await expect(outcome(one).locator('.passed')).toBeVisible();
  await one.getByRole('button', { name: 'Back to the code that was here' }).click();
  await expect(outcome(one).locator('.failed')).toBeVisible();
  await expect(one.locator('.cm-content')).toBeFocused();
  await expect(one.getByRole('button', { name: 'Back to the code that was here' })).toHaveCount(0);
  // It can be had again, as all that is undone.
  await page.keyboard.press('Control+z');
  await expect(outcome(one).locator('.passed')).toBeVisible();
});

test('a frame shows the code of its address and tells the page that holds it what came of it', async ({ page, course }) => {
  const query = new URLSearchParams({ view: 'code', code: 'y = x + 1\nprint(y)', setup: 'x = 41', checks: "assert y == 43, 'one more'" }).toString();
  await page.goto(
    course.page(
      '/',
      `<script>globalThis.said = []; addEventListener('message', ({ data }) => said.push(data))</script>
      <body style="margin: 0"><iframe title="Exercise" src="${SITE}embed.html?${query}" style="border: 0; width: 100%" height="700"></iframe>`,
    ),
  );
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('gru-outcome .failed')).toHaveText('Not yet: one more');
  const told = (): Promise<unknown[]> => page.evaluate(() => (globalThis as unknown as { said: { name?: string; detail?: unknown }[] }).said.filter(({ name }) => name === 'gru-run').map(({ detail }) => detail));
  await expect.poll(told).toEqual([{ outcome: 'failed', output: '42\n', exception: { type: 'AssertionError', message: 'one more', line: null } }]);
  await page.evaluate(() => {
    document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'gru-set', query: 'code=print(7)&readonly=1' }, '*');
  });
  await expect(frame.locator('gru-outcome')).toContainText('7');
  await expect.poll(async () => (await told()).at(-1)).toEqual({ outcome: 'passed', output: '7\n', exception: null });
});

test('what the runner does not do, and a loop without an end, are told as what they are', LONGER, async ({ page, course }) => {
  await page.goto(noting(course, '<gru-code loading="eager" checks="assert True"><pre>async def f():\n    pass</pre></gru-code>'));
  const element = page.locator('gru-code');
  await expect(outcome(element).locator('.refused')).toBeVisible();
  await expect.poll(() => lastRun(page)).toMatchObject({ outcome: 'refused', exception: null });
  await write(page, element, 'while True: pass');
  await expect(outcome(element).locator('.stopped')).toContainText('line 1');
  await expect.poll(() => lastRun(page)).toMatchObject({ outcome: 'stopped', exception: null });
});

test('the Embed dialogue of the code view writes the code that is there', LONGER, async ({ page }) => {
  await page.goto('./#code');
  await page.getByRole('button', { name: 'Write code' }).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('print("a < b")');
  await expect(page.locator('gru-outcome')).toContainText('a < b');
  await expect(page).toHaveURL(/#code\?c=/);
  await page.getByRole('button', { name: 'Embed' }).click();
  const snippet = page.getByRole('region', { name: 'Paste this' });
  await expect(snippet).toContainText('<gru-code code="import torch&#10;from torch import nn&#10;&#10;print(&quot;a &lt; b&quot;)"><a href="');
  await expect(page.frameLocator('iframe[title="Preview"]').locator('gru-outcome')).toContainText('a < b');
});
