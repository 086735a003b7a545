// Lighthouse on the built site: `node audit.mjs CHROMIUM ADDRESS` visits it once as a phone and once as a desktop.
//
// What is held does not depend on how fast the machine is: the scores of the pages' content, and the counts of the first visit.
// Times, and the performance score that Lighthouse makes of them, are printed only.
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const LEAST = 95;
const HELD = ['accessibility', 'best-practices', 'seo'];

/** The most that a first visit may cost: the page's own requests, without those of its service worker; headers count here. */
const MOST = {
  requests: { most: 20, of: (lhr) => requests(lhr).length },
  'KB received': { most: 343, of: (lhr) => requests(lhr).reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000 },
  // What is counted as good; a slow machine shows every stage of the page, a fast one leaves some out and shifts less.
  'cumulative layout shift': { most: 0.1, of: (lhr) => lhr.audits['cumulative-layout-shift'].numericValue },
};

const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index'];

const [chromePath, address] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'], logLevel: 'silent' });
let [passed, failed] = [0, 0];
try {
  for (const [device, config] of [['phone', { extends: 'lighthouse:default' }], ['desktop', desktopConfig]]) {
    const settings = { ...config.settings, throttlingMethod: 'simulate' };
    const flags = { port: chrome.port, onlyCategories: ['performance', ...HELD], logLevel: 'error' };
    const { lhr } = await lighthouse(address, flags, { ...config, settings });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const times = TIMES.map((id) => `${lhr.audits[id].title} ${lhr.audits[id].displayValue}`).join(', ');
    console.log(`${device}: performance ${score(lhr, 'performance')} on this machine, which is not held (${times}, benchmark ${lhr.environment.benchmarkIndex})`);
    for (const id of HELD) {
      const good = score(lhr, id) >= LEAST;
      hold(good, `${device}: ${id} ${score(lhr, id)}, at least ${LEAST} is due`, good ? [] : faults(lhr, id));
    }
    for (const [what, { most, of }] of Object.entries(MOST)) {
      const count = of(lhr);
      const good = count <= most;
      hold(good, `${device}: ${Math.round(count * 1000) / 1000} ${what}, at most ${most}`, good ? [] : requests(lhr).map(({ url, transferSize }) => `${transferSize} bytes: ${url}`));
    }
  }
} finally {
  chrome.kill();
}
console.log(`# pass ${passed}\n# fail ${failed}`);

/** Counts one check, and prints what it is about. */
function hold(good, line, details) {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${line}`);
  for (const detail of details) console.log(`  ${detail}`);
}

function score(lhr, id) {
  return Math.round((lhr.categories[id].score ?? 0) * 100);
}

/** What the page asked for itself. */
function requests(lhr) {
  return lhr.audits['network-requests'].details.items.filter(({ sessionTargetType, url }) => sessionTargetType === 'page' && /^https?:/.test(url));
}

/** The audits that cost a category its score. */
function faults({ categories, audits }, id) {
  return categories[id].auditRefs
    .filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 0.95)
    .map((ref) => `${ref.id}: ${audits[ref.id].displayValue ?? audits[ref.id].title}`);
}
