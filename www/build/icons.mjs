// Draws the app's icons from favicon.svg: `node build/icons.mjs CHROMIUM`; what it makes is kept in public/.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const svg = readFileSync(at('../public/favicon.svg'), 'utf8');
// A mask may cut a fifth off each side: the ground goes to the edges, the drawing stays in the middle.
const whole = svg.replace(' rx="7"', '').replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace('<rect width="32" height="32"', '<rect x="-4" y="-4" width="40" height="40"');

const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
for (const [name, size, drawing] of [
  ['icon-192.png', 192, svg],
  ['icon-512.png', 512, svg],
  ['icon-maskable-512.png', 512, whole],
  ['icon-apple-180.png', 180, whole],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
  await page.screenshot({ path: at(`../public/${name}`), omitBackground: true });
  await page.close();
}
await browser.close();
