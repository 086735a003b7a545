/** Where the series come from: two that the page has, and the learner's own. */
import co2 from './data/co2.csv?raw';
import nile from './data/nile.csv?raw';
import type { SeriesName } from './state.js';

/** A file as the core reads it, and its name in the script. */
export interface SeriesFileChoice {
  readonly name: string;
  readonly file: Blob;
  /** What was pasted or typed; empty for a file. */
  readonly text: string;
}

const of = (name: string, text: string): SeriesFileChoice => ({ name, file: new Blob([text], { type: 'text/csv' }), text });

const SHIPPED: Readonly<Record<Exclude<SeriesName, 'own'>, SeriesFileChoice>> = { nile: of('nile.csv', nile), co2: of('co2.csv', co2) };

/** Where the tab keeps what was pasted, so that a reload loses nothing; larger texts are kept as long as the page is open. */
const KEY = 'gru-series-own';
const MOST_KEPT = 1_000_000;

let own: SeriesFileChoice | undefined;

/** The learner's own, if there is any. */
export function ownFile(): SeriesFileChoice | undefined {
  if (!own) {
    const kept = stored();
    if (kept) own = of('own.csv', kept);
  }
  return own;
}

export function keepText(text: string): void {
  own = text.trim() === '' ? undefined : of('own.csv', text);
  store(text);
}

export function keepFile(file: File): void {
  own = { name: file.name, file, text: '' };
  store('');
}

export function fileOf(series: SeriesName): SeriesFileChoice | undefined {
  return series === 'own' ? ownFile() : SHIPPED[series];
}

function stored(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    // A page without storage keeps it while it is open.
    return '';
  }
}

function store(text: string): void {
  try {
    if (text === '' || text.length > MOST_KEPT) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    // As above.
  }
}
