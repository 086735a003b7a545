import { defineConfig } from '@playwright/test';
import browser from '../browser/playwright.config';

/** The pages of others, in the browser and with the patience of the other tests. */
export default defineConfig({
  ...browser,
  testDir: '.',
  testMatch: process.env['GRU_HOST'] === 'deployed' ? 'deployed.spec.ts' : 'host.spec.ts',
  outputDir: 'artefacts/runs',
  projects: [{ name: 'desktop', use: { viewport: { width: 1280, height: 800 } } }],
});
