// What a learner feels of the built site: from a slider to new shapes and to new heatmaps on screen, by real key strokes.
import { createRequire } from 'node:module';

const [address, options] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../www/package.json', import.meta.url))('@playwright/test');
const { strokes, scenes } = JSON.parse(options);

/** Runs in the page: notes for each `input` event how long its answers took to be drawn. */
function observe() {
  /** All elements of a kind, in shadow trees too. */
  const all = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].flatMap((element) => (element.shadowRoot ? all(selector, element.shadowRoot) : [])),
  ];
  const text = (node) => [...node.childNodes].map((child) => (child.nodeType === Node.TEXT_NODE ? child.data : text(child))).join('') + (node.shadowRoot ? text(node.shadowRoot) : '');
  /** Elements stay where they are: each is looked for once. */
  const found = new Map();
  const find = (name, look) => {
    if (!found.has(name)) found.set(name, look());
    return found.get(name);
  };
  /** What is drawn now: the printed shapes, and the name of the heatmap of `out`, which tells its size and a value. */
  const shown = {
    shapes: () => text(find('result', () => all('gru-result')[0]).shadowRoot),
    heatmap: () => find('heatmap', () => all('[role=group]').find((group) => /^out /.test(group.ariaLabel))).ariaLabel,
  };
  const felt = { shapes: [], heatmap: [], long: [] };
  new PerformanceObserver((list) => {
    felt.long.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
  /** After the frame that is about to be drawn. */
  const drawn = () => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  });
  window.addEventListener('input', (event) => {
    const waited = performance.now() - event.timeStamp;
    const before = Object.fromEntries(Object.entries(shown).map(([name, read]) => [name, read()]));
    // What reading took is ours, not the page's.
    const began = performance.now() - waited;
    void (async () => {
      const open = new Set(Object.keys(shown));
      while (open.size > 0 && performance.now() - began < 5000) {
        await drawn();
        const now = performance.now();
        for (const name of open) {
          if (shown[name]() === before[name]) continue;
          felt[name].push(now - began);
          open.delete(name);
        }
      }
      felt.done = (felt.done ?? 0) + 1;
    })();
  }, { capture: true });
  window.felt = felt;
}

async function measure(browser, { name: setting, query, slider: name, keys }) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(observe);
  await page.goto(`${address}#play?${query}`);
  const slider = page.getByRole('slider', { name: `${name} slider` });
  await page.getByRole('group', { name: /^out / }).waitFor();
  await slider.focus();
  // Loading is another matter: once the page has stored itself for use without a network, it rests.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(1000);
  const session = await page.context().newCDPSession(page);
  // What the main thread itself worked: the same however busy the machine is.
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name: of }) => of === 'TaskDuration').value * 1000;
  };
  const work = [];
  await page.evaluate(() => window.felt.long.splice(0));
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const before = await worked();
    await page.keyboard.press(keys[stroke % keys.length]);
    await page.waitForFunction((done) => window.felt.done >= done, stroke + 1);
    work.push((await worked()) - before);
    // Nobody types in time with the screen.
    await page.waitForTimeout(20 + ((stroke * 7) % 40));
  }
  const { shapes, heatmap, long: during } = await page.evaluate(() => window.felt);
  await page.context().close();
  return { setting, query, shapes, heatmap, work, long: during };
}

/** A screen draws a frame every 16.7 ms, whenever a key is pressed; what waiting for it costs is nothing that the page could mend. */
const PACES = { 'at the pace of a screen': [], 'without waiting for it': ['--disable-frame-rate-limit', '--disable-gpu-vsync'] };

const report = [];
let version = '';
for (const [pace, flags] of Object.entries(PACES)) {
  const browser = await chromium.launch({
    executablePath: process.env.GRU_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', ...flags],
  });
  version = browser.version();
  try {
    for (const scene of scenes) report.push({ pace, ...(await measure(browser, scene)) });
  } finally {
    await browser.close();
  }
}
process.stdout.write(JSON.stringify({ browser: version, report }));
