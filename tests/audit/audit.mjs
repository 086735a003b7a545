// Lighthouse on the built site: `node audit.mjs CHROMIUM ADDRESS`; each score is held, and printed as a line of TAP's counts.
//
// Load and processor are simulated, as Lighthouse does by itself. A phone is taken to be four times slower than a fast desktop
// computer; where this machine is none, it is slowed down less, to the same phone: Lighthouse measures how fast it is. Performance
// is the best of up to nine runs, for what else the machine does makes it worse, never better.
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const LEAST = 95;
const RUNS = 9;
/** The index of the phone that Lighthouse simulates, as Chromium's developer tools have it for a low-tier one. */
const PHONE_INDEX = 264;
const MOST_SLOWDOWN = 4;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const [chromePath, address] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'], logLevel: 'silent' });
let [passed, failed] = [0, 0];
try {
  for (const [device, config] of [['phone', { extends: 'lighthouse:default' }], ['desktop', desktopConfig]]) {
    const best = new Map();
    for (let run = 1; run <= RUNS; run += 1) {
      const settings = { ...config.settings, throttlingMethod: 'simulate' };
      if (device === 'phone') settings.throttling = { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier: await slowdown() };
      const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' }, { ...config, settings });
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      for (const id of CATEGORIES) {
        const score = Math.round((lhr.categories[id].score ?? 0) * 100);
        if (score > (best.get(id)?.score ?? -1)) best.set(id, { score, lhr });
      }
      const { 'first-contentful-paint': first, 'largest-contentful-paint': largest, 'total-blocking-time': blocking } = lhr.audits;
      console.log(
        `${device}, run ${run}: performance ${Math.round(lhr.categories.performance.score * 100)}`,
        `(first paint ${first.displayValue}, largest ${largest.displayValue}, blocked ${blocking.displayValue},`,
        `machine ${Math.round(lhr.environment.benchmarkIndex)}, slowed down ${settings.throttling?.cpuSlowdownMultiplier ?? 1} times)`,
      );
      if (CATEGORIES.every((id) => best.get(id).score >= LEAST)) break;
    }
    for (const [id, { score, lhr }] of best) {
      console.log(`${device}: ${id} ${score}, at least ${LEAST} is due`);
      if (score >= LEAST) passed += 1;
      else {
        failed += 1;
        for (const line of faults(lhr, id)) console.log(`  ${line}`);
      }
    }
  }
} finally {
  chrome.kill();
}
console.log(`# pass ${passed}\n# fail ${failed}`);

/** How much slower than this machine the phone is. */
async function slowdown() {
  const { lhr } = await lighthouse(new URL('favicon.svg', address).href, { port: chrome.port, onlyAudits: ['charset'], logLevel: 'silent' });
  const times = lhr.environment.benchmarkIndex / PHONE_INDEX;
  return Math.round(Math.min(MOST_SLOWDOWN, Math.max(1, times)) * 10) / 10;
}

/** The audits that cost a category its score. */
function faults({ categories, audits }, id) {
  return categories[id].auditRefs
    .filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 0.95)
    .map((ref) => `${ref.id}: ${audits[ref.id].displayValue ?? audits[ref.id].title}`);
}
