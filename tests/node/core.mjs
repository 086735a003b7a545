// The built package as any script would load it: no page, no bundler.
import './relaxed.mjs';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as lab from '../../www/pkg/gru_lab.js';
import * as page from '../../www/pkg/gru_page.js';
import * as runs from '../../www/pkg/gru_run.js';

const published = (name) => readFileSync(new URL(`../../www/pkg/${name}_bg.wasm`, import.meta.url));

/** What computes is built twice; GRU_BUILD=relaxed takes the builds with relaxed SIMD. */
const computing = (name) => published(process.env.GRU_BUILD === 'relaxed' ? `${name}_relaxed` : name);

/** The module for scripts as it is published. */
export const bytes = published('gru_lab');

page.initSync({ module: published('gru_page') });
runs.initSync({ module: computing('gru_run') });
lab.initSync({ module: computing('gru_lab') });

/** The module for scripts has everything, and is the lab's. */
export { lab as core, lab, page, runs };

/** The top of the tree. */
export const top = fileURLToPath(new URL('../../', import.meta.url));

/** The records of a golden file. */
export function goldens(name) {
  const text = readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** A golden's tensor as the package takes it. */
export function tensor({ shape, data }) {
  return { shape, data: Float32Array.from(data) };
}

/** The largest absolute difference, infinite where the lengths differ or a number is none. */
export function maxDifference(values, expected) {
  if (values.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = Math.abs(values[i] - expected[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
