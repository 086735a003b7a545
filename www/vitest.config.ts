import { defineConfig } from 'vitest/config';

// Unit tests cover what needs no page; whatever does is tested in a real browser, below `tests/browser/`.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
  },
});
