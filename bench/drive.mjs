// Drives a real Chromium through the bench's page; results go to standard output as JSON, progress to standard error.
import { createRequire } from 'node:module';

const [address, task, options] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../www/package.json', import.meta.url))('@playwright/test');
const browser = await chromium.launch({
  executablePath: process.env.GRU_CHROMIUM,
  // A bench in the background would be slowed down by the browser itself.
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
});

/** A page without anything kept from before. */
async function fresh(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  page.on('console', (message) => { process.stderr.write(`      ${message.text()}\n`); });
  page.on('pageerror', (error) => { process.stderr.write(`      ${error.message}\n`); });
  await page.goto(new URL(path, address).href);
  return { page, close: () => context.close() };
}

async function cold({ engines, call, large, rounds }) {
  const report = [];
  const visit = async (engine, of) => {
    const { page, close } = await fresh(`cold.html?engine=${encodeURIComponent(engine)}&call=${of}`);
    await page.waitForFunction(() => window.cold);
    const seen = await page.evaluate(() => window.cold);
    await close();
    return seen;
  };
  for (const engine of engines) {
    const visits = [];
    for (let round = 0; round < rounds; round += 1) visits.push(await visit(engine, call));
    const { memory } = await visit(engine, large);
    report.push({ engine, milliseconds: visits.map(({ milliseconds }) => milliseconds), files: visits[0].files, memory });
  }
  return report;
}

try {
  const wanted = JSON.parse(options);
  let report;
  if (task === 'cold') {
    report = await cold(wanted);
  } else {
    const { page } = await fresh('index.html');
    await page.waitForFunction(() => window.bench);
    report = await page.evaluate(([name, given]) => window.bench[name](given), [task, wanted]);
  }
  process.stdout.write(JSON.stringify({ browser: browser.version(), report }));
} finally {
  await browser.close();
}
