import { defineConfig } from '@playwright/test';
import browser from '../browser/playwright.config';

/** The pages of others, in the browser and with the patience of the other tests. */
export default defineConfig({
  ...browser,
  testDir: '.',
  outputDir: 'artefacts/runs',
  projects: [{ name: 'desktop', use: { viewport: { width: 1280, height: 800 } } }],
});
