// What a browser asks for on its first visit, one JSON object on standard output: `node first-visit.mjs CHROMIUM ADDRESS`.
import { chromium } from '@playwright/test';

const [executablePath, address] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const visit = [];
const stored = [];
context.on('request', (request) => {
  const path = new URL(request.url()).pathname.slice(new URL(address).pathname.length);
  (request.serviceWorker() ? stored : visit).push(path === '' ? 'index.html' : path);
});
const page = await context.newPage();
await page.goto(address);
// The playground can be used when its values are there.
await page.locator('gru-heatmap').first().waitFor();
// The page asks for nothing more once it has seen to its being stored.
await page.evaluate(async () => { await navigator.serviceWorker.ready; });
await page.waitForLoadState('networkidle');
await browser.close();
console.log(JSON.stringify({ visit, stored }));
