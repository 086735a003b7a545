import type { Page } from '@playwright/test';
import { expect, hear, test } from './harness';
import { PlaygroundPage } from './playground-page';

// A fault of ours in one part of the site's own page: the rest goes on, and the part comes back.

const SENTENCE = 'This part of the page has stopped, which is a fault of the page, not of yours.';

/** From here on an element throws while it draws itself, whenever a condition on it holds. */
async function failWhere(page: Page, name: string, condition: string): Promise<void> {
  await page.evaluate(
    ([name, condition]) => {
      const { prototype } = customElements.get(name) as unknown as { prototype: { render: () => unknown } };
      const { render } = prototype;
      const fails = {
        'hidden_size 13': (it: { call?: { config: { hidden_size: number } } }) => it.call?.config.hidden_size === 13,
        'a layer is open': (it: { _open?: number }) => it._open !== undefined,
        once: (it: object) => {
          const first = !('failed' in prototype);
          if (first) Object.assign(prototype, { failed: it });
          return first;
        },
      }[condition] as (it: object) => boolean;
      prototype.render = function () {
        if (fails(this)) throw new Error('on purpose');
        return render.call(this);
      };
    },
    [name, condition] as const,
  );
}

test('a part that cannot be drawn says so once, stops nothing else, and comes back at the next change', async ({ page, complaints }) => {
  complaints.expect(/on purpose/);
  const playground = await PlaygroundPage.open(page);
  await failWhere(page, 'gru-flow', 'hidden_size 13');
  const heard = await hear(page);
  await playground.number('hidden_size').fill('13');
  await expect(playground.flow).toContainText(SENTENCE);
  await expect(playground.flow.locator('svg')).toHaveCount(0);
  await expect(playground.result).toContainText('hidden size 13');
  await playground.number('seq_len').fill('6');
  await expect(playground.result).toContainText('sequence length 6');
  await expect(playground.flow.getByText(SENTENCE)).toHaveCount(1);
  expect((await heard()).filter((line) => line.includes(SENTENCE))).toHaveLength(1);
  await playground.number('hidden_size').fill('14');
  await expect(playground.flow.locator('svg.flow')).toBeVisible();
  await expect(playground.flow.getByText(SENTENCE)).toHaveCount(0);
  await expect(playground.flow.getByRole('group', { name: /^Shape flow/ })).toHaveCount(1);
});

test('what a part had kept does not stop it for ever: Try again begins with what the address says', async ({ page, complaints }) => {
  complaints.expect(/on purpose/);
  const playground = await PlaygroundPage.open(page, 'hidden_size=7');
  await failWhere(page, 'gru-flow', 'a layer is open');
  await playground.flow.getByRole('button', { name: /^layer 0/ }).press('Enter');
  await expect(playground.flow).toContainText(SENTENCE);
  await playground.flow.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.flow.locator('svg.flow')).toBeVisible();
  await expect(page.locator('.stopped')).toHaveCount(0);
  await expect(page).toHaveURL(/hidden_size=7/);
  await expect(playground.result).toContainText('hidden size 7');
  // The button is gone: reading goes on at the top of the view.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await playground.showOptions();
  await playground.number('seq_len').fill('6');
  await expect(playground.result).toContainText('sequence length 6');
});

test('a view and the header come back too', { tag: '@longer' }, async ({ page, complaints }) => {
  complaints.expect(/on purpose/);
  await page.goto('./#about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const [name, view] of [['gru-header', 'lab'], ['gru-about', 'about']] as const) {
    await failWhere(page, name, 'once');
    await page.evaluate((view) => { location.hash = view; }, view);
    await expect(page.locator(name).getByText(SENTENCE)).toBeVisible();
    await page.locator(name).getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('.stopped')).toHaveCount(0);
    await expect(page.getByRole('banner').getByRole('link', { name: 'Lab' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});
