import { defineConfig } from 'vitest/config';

// Unit tests cover what needs no page; whatever does is tested in a real browser, below `tests/browser/`.
export default defineConfig({
  // Tests that ask the core have its module within their own.
  assetsInclude: ['**/*.wasm'],
  test: {
    environment: 'node',
    // tokens.css is read as text, to check its contrasts.
    css: true,
    // It only ends what hangs: a slow machine is no failure.
    testTimeout: 120_000,
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
  },
});
