import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

/**
 * `cargo xtask test browser` starts the server, finds the browser and tells both here by environment variables.
 */
const baseURL = process.env['GRU_SITE'];
const executablePath = process.env['GRU_CHROMIUM'];
if (baseURL === undefined || executablePath === undefined) {
  throw new Error('GRU_SITE and GRU_CHROMIUM are not set: run the browser tests with `cargo xtask test browser`');
}

const use: NonNullable<PlaywrightTestConfig['use']> = {
  baseURL,
  // A worker goes on with one context and one page, emptied after every test: a new one costs three times as much, for a browser
  // process of its own that compiles everything anew. A file that needs one says so: `test.use({ reuseContext: false })`.
  reuseContext: true,
  locale: 'en-GB',
  timezoneId: 'UTC',
  screenshot: 'only-on-failure',
  // A page that stores itself takes time from every test: offline.spec.ts lets it.
  serviceWorkers: 'block',
  // A trace takes as long as the test itself: `cargo xtask test browser -- --trace on -g NAME` makes one.
  trace: 'off',
  launchOptions: {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  testDir: '.',
  outputDir: 'artefacts/runs',
  fullyParallel: true,
  forbidOnly: true,
  // What passes only when it is tried again is named where the run ends: it is to be mended, but nobody's work waits for it.
  retries: 1,
  workers: 2,
  // A test waits for what it needs, not for a clock: these only end what hangs, on a slow and busy machine too.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use,
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      // What depends on the width, on touch or on a dense screen: the look of everything, and what is marked so.
      grep: /look[-\w]*\.spec|@phone/,
      grepInvert: /@wide/,
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
});
