import type { Page } from '@playwright/test';
import { CodePage, FEATURES } from './code-page';
import { confused, type Rgb } from './colour-vision';
import { expect, inspect, LONGER, longerUnless, overflow, test, WIDE } from './harness';
import { PlaygroundPage } from './playground-page';

/** A program whose lines make shapes, that warns, prints a tensor, and raises what has a fix. */
const RAISES = `import torch
from torch import nn

x = torch.randn(4, 7, 3)
gru = nn.GRU(3, 5, dropout=0.5, batch_first=True)
out, h_n = gru(x)
print(h_n)
fc = nn.Linear(6, 2)
print(fc(out).shape)
`;

/** The page's views, and the states of them that look different. */
const VIEWS: readonly (readonly [name: string, arrive: (page: Page) => Promise<void>])[] = [
  [
    'play',
    async (page) => {
      const playground = await PlaygroundPage.open(page);
      await playground.expectValues();
    },
  ],
  [
    'play-everything',
    async (page) => {
      const playground = await PlaygroundPage.open(
        page,
        'seq_len=7&batch_first=True&bidirectional=True&num_layers=3&dropout=0.5&give_h_0=1&reverse=1&layer=1&step=3&other.device=%27cuda%27',
      );
      await playground.expectValues();
      await playground.values.getByRole('checkbox', { name: 'Show the parts of n' }).check();
      for (const twin of await page.locator('gru-flow-table summary, gru-values-table summary, details.note summary').all()) await twin.click();
      await playground.flow.getByRole('button', { name: /^layer 0/ }).press('Enter');
      await expect(playground.flow.getByRole('heading', { name: /One step of layer 0/ })).toBeVisible();
    },
  ],
  [
    'play-error',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'input_size=8&input=4,10');
      await expect(playground.fixes).not.toHaveCount(0);
    },
  ],
  [
    'play-unreadable',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'seq_len=many&give_h_0=1&h_0=%282,+3&input=%284,+ten%29');
      await playground.number('dropout').fill('half');
      await expect(playground.notice).toBeVisible();
      await expect(playground.result).toContainText('A shape cannot be read');
    },
  ],
  [
    'play-refused',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'hidden_size=20000&num_layers=40');
      await expect(playground.values).toContainText('the limit here is 512 MB');
    },
  ],
  [
    'play-long',
    async (page) => {
      const playground = await PlaygroundPage.open(page, 'seq_len=123456&batch=7890123&hidden_size=45678901&num_layers=40&give_h_0=1');
      await playground.expectPrinted('torch.Size([123456, 7890123, 45678901])', 'torch.Size([40, 7890123, 45678901])');
    },
  ],
  [
    'code-pasted',
    async (page) => {
      const code = await CodePage.open(page);
      await code.paste(FEATURES);
      await expect(code.answer).toContainText('8');
    },
  ],
  [
    'code-raised',
    async (page) => {
      const code = await CodePage.open(page);
      await code.paste(RAISES);
      await expect(code.outcome.getByRole('region', { name: 'Exception' })).toContainText('mat1 and mat2 shapes cannot be multiplied (28x5 and 6x2)');
      await expect(page.locator('gru-editor .made').first()).toBeVisible();
      await expect(code.outcome.getByRole('heading', { name: 'Fixes' })).toBeVisible();
    },
  ],
  [
    'names',
    async (page) => {
      await page.goto('./python.html#torch.nn.GRU');
      await expect(page.locator('code:target')).toHaveText('GRU');
    },
  ],
  [
    'about',
    async (page) => {
      await page.goto('./#about');
      await expect(page.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
      await expect(page.getByRole('region', { name: 'The equations of a GRU' })).toContainText('h = (1 − z) ∗ n + z ∗ h_prev');
    },
  ],
];

for (const [name, arrive] of VIEWS) {
  test(`${name}: axe finds nothing and nothing scrolls sideways, in light and in dark`, longerUnless(['play', 'play-error'].includes(name)), async ({ page }) => {
    await arrive(page);
    await inspect(page, name);
  });
}

test('nothing scrolls sideways at any width', WIDE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'bidirectional=True&num_layers=4&seq_len=12');
  await playground.expectValues();
  const wide: string[] = [];
  const measure = async (state: string): Promise<void> => {
    for (const width of [320, 360, 480, 640, 641, 768, 900, 1099, 1100, 1279, 1280, 1600, 2200]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await overflow(page);
      if (over > 0) wide.push(`${state} at ${width}: ${over} px`);
    }
  };
  await measure('legal');
  await playground.shape('input').fill('(12, 3, 9)');
  await expect(playground.exception).toBeVisible();
  await measure('error');
  expect(wide).toEqual([]);
});

test('the code hides no argument at any width, and is broken after its commas', WIDE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=3&dropout=0.2&bidirectional=True&batch_first=True&give_h_0=1');
  const region = page.getByRole('region', { name: 'PyTorch code', exact: true });
  await expect(region).toContainText('dropout=0.2');
  const code = await playground.code();
  for (const width of [320, 360, 480, 510, 640, 641, 768, 1099, 1100, 1280, 2200]) {
    await page.setViewportSize({ width, height: 800 });
    const { beyond, broken } = await region.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const beyond: string[] = [];
      // The characters that begin a line on the screen, with what stands before them in the text.
      const broken: string[] = [];
      let before = '';
      let bottom = -Infinity;
      while (texts.nextNode()) {
        const text = texts.currentNode as Text;
        for (let at = 0; at < text.length; at += 1) {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          const box = range.getBoundingClientRect();
          const character = text.data[at] ?? '';
          if (character.trim() !== '') {
            if (box.left < left - 0.5 || box.right > right + 0.5 || box.width === 0) beyond.push(character);
            if (box.top >= bottom - 1) broken.push(before.slice(-12));
            bottom = Math.max(bottom, box.bottom);
          }
          before += character;
        }
      }
      return { beyond, broken };
    });
    expect(beyond, `characters beyond the code at ${width}`).toEqual([]);
    // Comments are prose: they are broken between words.
    expect(broken.filter((before) => !/(^|\n *|, )$/.test(before) && !code.split('\n').some((line) => line.includes('#') && line.includes(before.trimStart()))), `breaks at ${width}`).toEqual([]);
  }
});

test('every label of the shape flow stands whole in the page, whatever the sizes', async ({ page }) => {
  const cut: string[] = [];
  for (const query of ['', 'bidirectional=True&num_layers=3&give_h_0=1', 'seq_len=123456&batch=7890123&hidden_size=45678901&num_layers=40']) {
    const playground = await PlaygroundPage.open(page, query);
    await expect(playground.flow.locator('svg')).toBeVisible();
    expect(await overflow(page), query).toBe(0);
    const beyond = await playground.flow.locator('svg text').evaluateAll((all) =>
      all.flatMap((text) => {
        const { left, right } = text.getBoundingClientRect();
        return left < 0 || right > document.documentElement.clientWidth ? [`'${text.textContent}' from ${left} to ${right}`] : [];
      }),
    );
    cut.push(...beyond.map((text) => `${query}: ${text}`));
  }
  expect(cut).toEqual([]);
});

test('a theme is chosen, kept, and painted', WIDE, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('dark');
  expect(await ground()).toBe(dark);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('system');
  await expect.poll(ground).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).toBe(dark);
});

test('printed, it is ink on white in the dark theme too', { tag: [WIDE.tag, LONGER.tag] }, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  // A corner of the outline of the cell in question, which is larger on paper.
  const pixel = (canvas = 'canvas', at = 20) =>
    page.locator(`gru-heatmap ${canvas}`).first().evaluate((element: HTMLCanvasElement, corner) => {
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(element, -corner, -corner);
      return [...(copy?.getImageData(0, 0, 1, 1).data ?? [])].join();
    }, at);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  // The outline of the cell in question, in ink.
  await expect.poll(() => pixel()).toBe('230,235,240,255');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
  await expect(playground.result).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(playground.result).toHaveCSS('color', 'rgb(0, 0, 0)');
  // What paints by itself follows.
  await expect(page.locator('gru-heatmap canvas.paper').first()).toBeVisible();
  await expect.poll(() => pixel('canvas.paper', 22)).toBe('0,0,0,255');
  await page.emulateMedia({ media: null });
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('system');
});

test('nothing jumps while numbers change', LONGER, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  // From the top of the page, where nothing sticks.
  const places = () =>
    page.locator('gru-result, gru-controls, gru-code-panel, gru-flow').evaluateAll((all) => {
      scrollTo(0, 0);
      return all.map((element) => `${element.localName} ${element.getBoundingClientRect().top}`);
    });
  const before = await places();
  await playground.number('seq_len').fill('30');
  await playground.number('batch').fill('12');
  await playground.number('hidden_size').fill('64');
  await playground.expectPrinted('torch.Size([30, 12, 64])', 'torch.Size([2, 12, 64])');
  await expect(playground.heatmap('out')).toHaveAccessibleName(/30 steps of 64 units/);
  expect(await places()).toEqual(before);
});

test('the axes are told apart on chips, sliders and in text, in every colour vision and both themes', WIDE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'give_h_0=1');
  await playground.expectValues();
  // Whatever draws an axis: the letter and border of its chip, its slider's track and knob, sizes in code, shapes and fields.
  const looks = {
    'chips': ['gru-controls gru-axis .chip', 'color'],
    'borders of chips': ['gru-controls gru-axis .chip', 'borderTopColor'],
    'sliders': ['gru-controls input[type="range"]', '--axis'],
    'fields': ['gru-controls .field[data-axis] input[type="text"]', 'color'],
    'code': ['gru-listing .axis', 'color'],
    'shapes': ['gru-result .axis', 'color'],
    'edges of the flow': ['gru-flow .edge', 'stroke'],
  } as const;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [where, [selector, property]] of Object.entries(looks)) {
      const found = await page.locator(selector).evaluateAll((all, property) => {
        const axisOf = (element: Element | null): string | null => element?.closest('[data-axis]')?.getAttribute('data-axis') ?? null;
        // A canvas turns any colour that the browser knows into bytes.
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        if (!canvas) throw new Error('no canvas');
        return all.flatMap((element) => {
          const axis = axisOf(element);
          const style = getComputedStyle(element);
          let colour = property.startsWith('--') ? '' : style[property as 'color'];
          if (property.startsWith('--')) {
            const probe = document.createElement('i');
            probe.style.color = `var(${property})`;
            element.after(probe);
            colour = getComputedStyle(probe).color;
            probe.remove();
          }
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data;
          return axis === null ? [] : [[axis, [r, g, b]] as const];
        });
      }, property);
      const colours = new Map<string, Rgb>(found);
      // num_layers has no slider or edge of its own everywhere; where it has, it is D's.
      expect(colours.size, `axes among ${where}`).toBeGreaterThanOrEqual(where === 'edges of the flow' ? 3 : 4);
      expect(confused(colours), `${where}, ${colorScheme}`).toEqual([]);
    }
  }
});

test('an axis that is looked at lights up everywhere', WIDE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const lit = () => page.evaluate(() => document.documentElement.dataset['lit']);
  await playground.result.locator('[data-axis="N"]').first().hover();
  await expect.poll(lit).toBe('N');
  await playground.controls.locator('[data-axis="H_out"]').first().hover();
  await expect.poll(lit).toBe('H_out');
});

test('the directions and what num_layers makes of them are told apart', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'num_layers=3&bidirectional=True');
  const badge = (name: string) => playground.controls.locator(`gru-number[name=${name}] gru-axis`);
  await expect(badge('seq_len')).toHaveText('L');
  // With the name beside it: D·num_layers, as below h_n.
  await expect(badge('num_layers')).toHaveText('D·');
  await expect(playground.result.locator('.letters').filter({ hasText: 'num_layers' })).toHaveText('D·num_layers');
  const legend = playground.advice.locator('gru-legend');
  // Where there is no room for the legend, the letters below the shapes say it.
  if (await legend.isVisible()) {
    await expect(legend.locator('.entry')).toHaveText([
      'L sequence length 5',
      'N batch size 3',
      'Hin input size 10',
      'Hout hidden size 20',
      'D directions 2',
      'D·num_layers directions times layers 6',
    ]);
  }
});

test('touch targets are large enough for a finger', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const coarse = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
  const least = coarse ? 44 : 24;
  const small = await page.evaluate((limit) => {
    const found: string[] = [];
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button, select, summary, nav a, input[type=text], input[type=number], input[type=range]')) continue;
        const { width, height } = element.getBoundingClientRect();
        if (width > 1 && height > 1 && height < limit - 0.5) found.push(`${element.localName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent.trim().slice(0, 30)}: ${height} px`);
      }
    };
    visit(document);
    return found;
  }, least);
  expect(small).toEqual([]);
});
