import type { Page } from '@playwright/test';

/** How much a page's scripts did. The counts are those of the code, so they are the same on a slow machine as on a fast one. */
export interface Work {
  /** How often a block of JavaScript ran: a function, a branch, the body of a loop. */
  readonly blocks: number;
  /** The scripts that ran, by their names without hashes. */
  readonly scripts: readonly string[];
}

/** Counts what the page's scripts do while `act` runs. Workers are not counted: they do not block the page. */
export async function workOf(page: Page, act: () => Promise<void>): Promise<Work> {
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  await act();
  const entries = await page.coverage.stopJSCoverage();
  const ran = entries.map(({ url, functions }) => ({
    name: plainName(url),
    blocks: functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0),
  }));
  return {
    blocks: ran.reduce((sum, { blocks }) => sum + blocks, 0),
    scripts: ran.flatMap(({ name, blocks }) => (blocks > 0 ? [name] : [])).sort(),
  };
}

/** A file's name without the hash that the build puts into it. */
export function plainName(url: string): string {
  return (new URL(url).pathname.split('/').pop() ?? '').replace(/-[\w-]{8}(?=\.\w+$)/, '');
}
