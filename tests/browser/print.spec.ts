import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, LONGER, longerUnless, test } from './harness';
import { TrainPage } from './lab-train-page';
import { PlaygroundPage } from './playground-page';

// What a teacher hands out: ink on white, nothing cut, nothing to press. An A4 sheet with its margins is so wide.
const SHEET = { width: 700, height: 1000 };

const VIEWS: readonly (readonly [name: string, arrive: (page: Page) => Promise<unknown>, says: readonly string[]])[] = [
  [
    'play',
    async (page) => { await (await PlaygroundPage.open(page, 'bidirectional=True&give_h_0=1&layer=1&step=3&num_layers=3')).expectValues(); },
    // Of the parameters all are listed, not the first.
    ['nn.GRU(input_size=10', 'Input and results of sample 0', 'unit 0', 'bias_hh_l2_reverse'],
  ],
  [
    'an opened layer',
    async (page) => {
      const { flow } = await PlaygroundPage.open(page);
      await flow.getByRole('button', { name: /^layer 0/ }).press('Enter');
      await expect(flow.getByRole('heading', { name: /One step of layer 0/ })).toBeVisible();
    },
    ['n = tanh(W_in x + b_in + r \u2217 (W_hn h_prev + b_hn))'],
  ],
  [
    'an error',
    async (page) => { await expect((await PlaygroundPage.open(page, 'input_size=8&input=4,10')).fixes).not.toHaveCount(0); },
    ['input.size(-1) must be equal to input_size. Expected 8, got 10', 'set input_size=10 to match x'],
  ],
  [
    'weights',
    async (page) => {
      await PlaygroundPage.open(page);
      await page.locator('gru-weights input[type=file]').setInputFiles(join(__dirname, '../golden/weights/gru.pt'));
      await expect(page.getByRole('region', { name: 'Tensors of the file' })).toBeVisible();
    },
    ['16 tensors, saved by torch.save', 'weight_hh_l1_reverse'],
  ],
  [
    'gradients',
    async (page) => {
      await page.goto('./#lab/gradients?module=lstm');
      await expect(page.locator('gru-heatmap')).toHaveCount(4);
    },
    ['Gradients through time', 'LSTM', 'loss.backward()'],
  ],
  [
    'packed',
    async (page) => {
      await page.goto('./#lab/packed?lengths=64,40,3,1&seq_len=64');
      await expect(page.locator('.printed')).toBeVisible();
    },
    ['packed.batch_sizes', '3: 1'],
  ],
  [
    'a mistake in packing',
    async (page) => {
      await page.goto('./#lab/packed?lengths=2,5');
      await expect(page.locator('.exception')).toBeVisible();
    },
    ['must be sorted in decreasing order', 'lengths = [5, 2]'],
  ],
  [
    'other cells',
    async (page) => {
      await page.goto('./#lab/variants');
      await expect(page.locator('gru-module-card')).toBeVisible();
    },
    ['reset before', 'nn.LSTM'],
  ],
  [
    'training',
    async (page) => {
      const room = await TrainPage.open(page, 'steps=20&seq_len=4&batch=8');
      await room.start();
      await expect(room.status).toHaveText(/^Run A finished/);
    },
    ['Run A finished after 20 training steps', 'optimizer.step()'],
  ],
  [
    'the start of the challenge',
    async (page) => {
      await page.goto('./#challenge');
      await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
    },
    ['GRU Mastery Badge', 'Hyperparameter'],
  ],
  [
    'a question',
    async (page) => {
      await page.goto('./#challenge');
      await page.getByRole('button', { name: 'Start' }).click();
      await expect(page.getByRole('radio')).toHaveCount(5);
    },
    ['what is the shape of the output tensor', '(2, 3, 20)'],
  ],
  [
    'a verdict',
    async (page) => {
      await page.goto('./#challenge');
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByRole('radio', { name: '(5, 3, 20)' }).check();
      await page.getByRole('button', { name: 'Answer', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
    },
    // The problem stands with its answer, though the screen has it folded.
    ['Right', 'what is the shape of the output tensor', '(2, 3, 20)'],
  ],
];

interface Sheet {
  readonly text: string;
  readonly controls: readonly string[];
  readonly cut: readonly string[];
  readonly pale: readonly string[];
}

/** What stands on the sheet, and what is wrong with it. */
async function readSheet(page: Page): Promise<Sheet> {
  return page.evaluate((width) => {
    const [words, controls, cut, pale]: string[][] = [[], [], [], []];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const luminance = (colour: string): number => {
      if (!canvas) return NaN;
      canvas.fillStyle = '#ffffff';
      canvas.fillRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => (byte / 255) ** 2.2);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const name = (element: Element): string => `${element.localName}.${element.getAttribute('class') ?? ''} ${element.textContent.trim().slice(0, 30)}`;
    const visit = (root: Node, hidden: boolean): void => {
      for (const node of root.childNodes) {
        if (node instanceof Text) {
          const text = node.data.trim();
          const parent = node.parentElement;
          if (text === '' || hidden || !parent?.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
          words?.push(text);
          const style = getComputedStyle(parent);
          if (luminance(parent instanceof SVGElement ? style.fill : style.color) > 0.15) pale?.push(name(parent));
          const range = document.createRange();
          range.selectNodeContents(node);
          const box = range.getBoundingClientRect();
          // Half of a margin is still on the sheet.
          if (box.right > width + 20 || box.left < -20) cut?.push(`${name(parent)} from ${box.left} to ${box.right}`);
        } else if (node instanceof Element && !['style', 'script'].includes(node.localName)) {
          const style = getComputedStyle(node);
          // For screen readers alone; and the medal, which is a picture.
          const out = hidden || style.clipPath.startsWith('inset') || node.matches('svg.medal');
          if (!out && node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 1) {
            // Options are drawn to be ticked with a pencil, notes and what is unfolded keep their titles.
            const kept = '.fix, .choice input, .note > summary, .unfolded > summary';
            if (node.matches('button, a.button, input, select, summary, progress') && !node.matches(kept)) controls?.push(name(node));
            const hides = (axis: 'overflowX' | 'overflowY') => style[axis] !== 'visible';
            if (node instanceof HTMLElement && ((hides('overflowX') && node.scrollWidth > node.clientWidth + 1) || (hides('overflowY') && node.scrollHeight > node.clientHeight + 1))) cut?.push(name(node));
          }
          if (node.shadowRoot) visit(node.shadowRoot, out);
          visit(node, out);
        }
      }
    };
    visit(document.body, false);
    return { text: (words ?? []).join(' ').replaceAll(/\s+/g, ' '), controls: controls ?? [], cut: cut ?? [], pale: pale ?? [] };
  }, SHEET.width);
}

for (const [name, arrive, says] of VIEWS) {
  test(`printed, ${name} is a sheet: ink on white, nothing cut, nothing to press`, longerUnless(['play', 'a verdict'].includes(name)), async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await arrive(page);
    await page.setViewportSize(SHEET);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.locator('gru-app .on-paper').first()).toBeVisible();
    await expect.poll(async () => (await readSheet(page)).cut, 'what is cut').toEqual([]);
    const { text, controls, pale } = await readSheet(page);
    for (const words of says) expect(text.replaceAll(' ', '')).toContain(words.replaceAll(' ', ''));
    expect(controls, 'what cannot be pressed on paper').toEqual([]);
    expect(pale, 'what is no ink').toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null });
  });
}

test('a browser that prints finds all cells of a heatmap painted, in ink on white, before it asks for a frame', LONGER, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const playground = await PlaygroundPage.open(page, 'seq_len=100&hidden_size=90&num_layers=1');
  await playground.expectValues();
  const painted = await playground.values.locator('gru-heatmap').nth(1).evaluate(async (heatmap) => {
    dispatchEvent(new Event('beforeprint'));
    // What a browser lets run before it prints: no timer, no frame.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const paper = heatmap.shadowRoot?.querySelector<HTMLCanvasElement>('canvas.paper');
    const context = paper?.getContext('2d');
    const pixel = [...(context?.getImageData((paper?.width ?? 0) - 4, (paper?.height ?? 0) - 4, 1, 1).data ?? [])];
    dispatchEvent(new Event('afterprint'));
    return { width: paper?.width ?? 0, height: paper?.height ?? 0, pixel };
  });
  // Squares: 90 units across, 100 steps down, the last of them with a colour of the light theme.
  expect(painted.width / 90).toBe(painted.height / 100);
  expect(painted.width).toBeGreaterThanOrEqual(90);
  expect(Math.max(...painted.pixel.slice(0, 3))).toBeGreaterThan(160);
  await page.emulateMedia({ colorScheme: null });
});
