// What a learner feels of built sites, by real keys and clicks: from a slider to new shapes and heatmaps on screen, and from a click to
// a view and to the first curve of a training. Of two sites each stroke and each visit is done on both before the next.
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../www/package.json', import.meta.url))('@playwright/test');
const { sites, strokes, visits, scenes } = JSON.parse(process.argv[2]);

/** The heatmap of `out`: a grid, and a group in sites that were built before. */
const OUT = '[role=grid][aria-label^="out "], [role=group][aria-label^="out "]';

/** Runs in the page: notes for each `input` event how long its answers took to be drawn. */
function observe(selector) {
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
    heatmap: () => find('heatmap', () => all(selector)[0]).ariaLabel,
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
  /** From the next click until something is drawn, in milliseconds. */
  const awaited = {
    heading: () => text(all('main h1')[0] ?? all('h1')[0] ?? document.createElement('p')),
    curve: () => String(all('gru-line-chart').some((chart) => chart.shadowRoot.querySelector('path.curve') !== null)),
  };
  window.fromClick = (what) => {
    const read = awaited[what];
    const before = read();
    window.answer = new Promise((resolve) => {
      window.addEventListener('click', (event) => {
        void (async () => {
          while (read() === before && performance.now() - event.timeStamp < 20_000) await drawn();
          resolve(performance.now() - event.timeStamp);
        })();
      }, { capture: true, once: true });
    });
  };
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

/** A page on which one scene is measured, stroke by stroke. */
async function open(browser, { address }, { query, slider: name, keys }) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(observe, OUT);
  await page.goto(`${address}#play?${query}`);
  const slider = page.getByRole('slider', { name: `${name} slider` });
  await page.locator(OUT).first().waitFor();
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
  return {
    async stroke(count) {
      const before = await worked();
      await page.keyboard.press(keys[count % keys.length]);
      await page.waitForFunction((done) => window.felt.done >= done, count + 1);
      work.push((await worked()) - before);
    },
    async end() {
      const { shapes, heatmap, long } = await page.evaluate(() => window.felt);
      await page.context().close();
      return { shapes, heatmap, work, long };
    },
  };
}

/** The sites in turns, the other one first each time. */
const inTurns = (turn) => (turn % 2 === 0 ? [...sites.keys()] : [...sites.keys()].reverse());

async function measure(browser, scene) {
  const pages = [];
  for (const site of sites) pages.push(await open(browser, site, scene));
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    for (const index of inTurns(stroke)) {
      await pages[index].stroke(stroke);
      // Nobody types in time with the screen.
      await new Promise((resolve) => setTimeout(resolve, 20 + ((stroke * 7) % 40)));
    }
  }
  const found = [];
  for (const page of pages) found.push(await page.end());
  return found.map((samples, site) => ({ site, setting: scene.name, ...samples }));
}

/** What is clicked on a visit, and what is waited for. */
const CLICKS = [
  ['the lab', 'link', 'Lab', 'heading'],
  ['the first curve of a training', 'button', 'Start', 'curve'],
  ['the challenge', 'link', 'Challenge', 'heading'],
  ['the view of code', 'link', 'Code', 'heading'],
  ['about', 'link', 'About', 'heading'],
];

/** Every view, opened for the first time by who has never been there. */
async function visit(browser, { address }) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(observe, OUT);
  await page.goto(`${address}#play`);
  await page.locator(OUT).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(500);
  const took = [];
  for (const [, role, name, what] of CLICKS) {
    const target = page.getByRole(role, { name, exact: true }).first();
    await target.waitFor();
    // A button that waits for its plan can be pressed once that is there.
    await target.isEnabled().then(async (enabled) => enabled || page.waitForTimeout(500));
    await page.evaluate((what) => window.fromClick(what), what);
    await target.click();
    took.push(await page.evaluate(() => window.answer));
  }
  await page.context().close();
  return took;
}

async function openings(browser) {
  const found = sites.map(() => CLICKS.map(() => []));
  for (let turn = 0; turn < visits; turn += 1) {
    for (const index of inTurns(turn)) {
      (await visit(browser, sites[index])).forEach((took, click) => found[index][click].push(took));
    }
  }
  return found.flatMap((clicks, site) => clicks.map((took, click) => ({ site, opened: CLICKS[click][0], took })));
}

/** A screen draws a frame every 16.7 ms, whenever a key is pressed; what waiting for it costs is nothing that the page could mend. */
const PACES = { 'at the pace of a screen': [], 'without waiting for it': ['--disable-frame-rate-limit', '--disable-gpu-vsync'] };

const report = { strokes: [], openings: [] };
let version = '';
for (const [pace, flags] of Object.entries(PACES)) {
  const browser = await chromium.launch({
    executablePath: process.env.GRU_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', ...flags],
  });
  version = browser.version();
  try {
    for (const scene of scenes) report.strokes.push(...(await measure(browser, scene)).map((samples) => ({ pace, ...samples })));
    if (flags.length === 0) report.openings = await openings(browser);
  } finally {
    await browser.close();
  }
}
process.stdout.write(JSON.stringify({ browser: version, report }));
