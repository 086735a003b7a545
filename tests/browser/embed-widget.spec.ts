import type { Page } from '@playwright/test';
import { expect, SITE, test, type Course } from './course-page';
import { LONGER } from './harness';
import { plainText } from './playground-page';

/** A notebook's part: a model with traits and listeners, and an output to show the widget in. */
function notebook(course: Course, traits: Readonly<Record<string, unknown>>): string {
  return course.page(
    '/',
    `<div id="output"></div><script type="module">
      import widget from '${SITE}embed/widget.js';
      const traits = new Map(Object.entries(${JSON.stringify(traits)}));
      const listeners = new Map();
      globalThis.saved = 0;
      globalThis.model = {
        get: (name) => traits.get(name),
        set: (name, value) => {
          if (Object.is(traits.get(name), value)) return;
          traits.set(name, value);
          for (const listener of listeners.get('change:' + name) ?? []) listener();
        },
        on: (name, listener) => listeners.set(name, [...(listeners.get(name) ?? []), listener]),
        off: (name, listener) => listeners.set(name, (listeners.get(name) ?? []).filter((other) => other !== listener)),
        save_changes: () => { globalThis.saved += 1 },
      };
      globalThis.heard = () => [...listeners.values()].flat().length;
      globalThis.end = widget.render({ model, el: document.querySelector('#output') });
    </script>`,
  );
}

async function trait(page: Page, name: string): Promise<unknown> {
  return page.evaluate((name) => (globalThis as unknown as { model: { get(name: string): unknown } }).model.get(name), name);
}

test('a notebook sets the playground, and hears what is set there', async ({ page, course }) => {
  await page.goto(notebook(course, { seq_len: 7, bidirectional: true, hide: ['values', 'seed'], batch: 3 }));
  const playground = page.locator('gru-playground');
  const out = () => plainText(playground.locator('gru-result dd').first());
  await expect.poll(out).toBe('torch.Size([7, 3, 40])');
  await page.evaluate(() => {
    (globalThis as unknown as { model: { set(name: string, value: unknown): void } }).model.set('seq_len', 11);
  });
  await expect.poll(out).toBe('torch.Size([11, 3, 40])');
  await playground.getByRole('textbox', { name: 'batch', exact: true }).fill('2');
  await expect.poll(() => trait(page, 'batch')).toBe('2');
  expect(await trait(page, 'query')).toBe('seq_len=11&batch=2&bidirectional=True&hide=seed,values');
  expect(await page.evaluate(() => (globalThis as unknown as { saved: number }).saved)).toBeGreaterThan(0);
  // A trait that the model does not have is not made up.
  expect(await trait(page, 'dropout')).toBeUndefined();
});

test('code in a notebook tells what came of it', LONGER, async ({ page, course }) => {
  await page.goto(notebook(course, { view: 'code', code: 'print(x + 1)', setup: 'x = 41', readonly: true }));
  const code = page.locator('gru-code');
  await expect(code.locator('gru-outcome .printed')).toContainText('42');
  await expect.poll(() => trait(page, 'run')).toEqual({ outcome: 'passed', output: '42\n', exception: null });
  expect(await code.evaluate((host) => (host as HTMLElement & { readonly: boolean }).readonly)).toBe(true);
});

test('a question in a notebook tells its answers, and goes without a trace', async ({ page, course }) => {
  await page.goto(notebook(course, { view: 'question', number: 5 }));
  const question = page.locator('gru-question');
  await question.locator('label.choice').filter({ hasText: /missing the batch dimension/ }).click();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect.poll(() => trait(page, 'answer')).toMatchObject({ number: 5, correct: true });
  expect(await trait(page, 'completion')).toMatchObject({ kind: 'question', solved: true });
  await page.evaluate(() => {
    (globalThis as unknown as { end(): void }).end();
  });
  await expect(question).toHaveCount(0);
  expect(await page.evaluate(() => (globalThis as unknown as { heard(): number }).heard())).toBe(0);
});
