import type { Page } from '@playwright/test';
import { expect, PHONE, test } from './harness';
import { PlaygroundPage } from './playground-page';

interface Box {
  readonly top: number;
  readonly bottom: number;
}

/** Scrolls the controls to the top and tells where the parts of Play stand then. */
async function places(page: Page): Promise<Readonly<Record<'controls' | 'slider' | 'shapes' | 'picture' | 'code', Box>>> {
  return page.locator('gru-play-view').evaluate((view) => {
    const root = view.shadowRoot;
    const inner = (selector: string, within: ParentNode | null | undefined = root) => within?.querySelector<HTMLElement>(selector);
    const controls = inner('.controls');
    // The controls stick: where they stand without that, their row begins.
    scrollTo({ top: scrollY + (inner('.layout')?.getBoundingClientRect().top ?? 0), behavior: 'instant' });
    const box = (element: Element | null | undefined) => {
      const { top, bottom } = element?.getBoundingClientRect() ?? { top: NaN, bottom: NaN };
      return { top, bottom };
    };
    const field = inner('gru-controls')?.shadowRoot?.querySelector('gru-number[name="num_layers"]');
    return {
      controls: box(controls),
      slider: box(field?.shadowRoot?.querySelector('input[type="range"]')),
      shapes: box(inner('gru-result')?.shadowRoot?.querySelector('.printed')),
      picture: box(inner('gru-flow')?.shadowRoot?.querySelector('svg.flow')),
      code: box(inner('gru-code-panel')),
    };
  });
}

test('controls, result and flow are in one screen of 1280 by 800', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const query of ['', 'bidirectional=True&give_h_0=1&num_layers=3', 'batch=12&hidden_size=64&seq_len=30']) {
    await page.goto(`./#play?${query}`);
    await expect(page.locator('gru-flow svg.flow')).toBeVisible();
    await expect(page.locator('gru-heatmap').first()).toBeVisible();
    const { controls, shapes, picture } = await places(page);
    for (const [name, { top, bottom }] of Object.entries({ shapes, picture })) {
      expect(controls.top).toBeGreaterThanOrEqual(0);
      expect(top, `${name} of ${query}`).toBeGreaterThanOrEqual(0);
      expect(bottom, `${name} of ${query}`).toBeLessThanOrEqual(800);
    }
  }
});

test('a slider and the shapes that it changes are in one view of a phone', PHONE, async ({ page }) => {
  for (const [width, height] of [[390, 844], [360, 740]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('./#play?seq_len=5');
    await expect(page.locator('gru-heatmap').first()).toBeVisible();
    const { slider, shapes } = await places(page);
    for (const { top, bottom } of [slider, shapes]) {
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height);
    }
    expect(slider.top, 'the shapes cover no slider').toBeGreaterThan(shapes.bottom);
  }
});

test('no room is kept for what is not there', PHONE, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#play?seq_len=5');
  await expect(page.locator('gru-heatmap').first()).toBeVisible();
  const { code, controls } = await places(page);
  expect(code.top - controls.bottom, 'px between the controls and the code').toBeLessThanOrEqual(24);
  const gap = await page.locator('gru-play-view').evaluate((view) => {
    const values = view.shadowRoot?.querySelector('.values');
    const first = view.shadowRoot?.querySelector('gru-values');
    return (first?.getBoundingClientRect().top ?? NaN) - (values?.getBoundingClientRect().top ?? NaN);
  });
  expect(gap, 'px below the heading of the values').toBeLessThanOrEqual(8);
});

test('a result and an exception take the same room', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const before = await places(page);
  for (const [name, value] of [['input_size', '8'], ['hidden_size', '2.5'], ['num_layers', "'two'"]] as const) {
    await playground.number(name).fill(value);
    if (name === 'input_size') await playground.shape('input').fill('4, 10');
    await expect(playground.exception).toBeVisible();
    expect(Math.abs((await places(page)).picture.top - before.picture.top), `px that ${name} moves the flow`).toBeLessThan(1);
  }
});
