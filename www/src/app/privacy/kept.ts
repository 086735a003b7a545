/** What this page keeps in a browser: each thing with its place and how long it stays, what there is of it now, and how all of it goes. */

import { NEW_LEARNER_KEY } from '../new-learner.js';

export type Place = 'this browser' | 'this tab' | 'the address';

export interface Keeping {
  /** What it is, in a learner's words. */
  readonly what: string;
  readonly place: Place;
  /** The names that it has in the place's store, or how they begin. */
  readonly names: readonly string[];
}

/** How every name of ours begins. */
const OURS = 'gru-';

export const KEEPINGS: readonly Keeping[] = [
  { what: 'Which of two forms you were given first, and what you answered', place: 'this browser', names: ['gru-playground:measure:'] },
  { what: 'Your answers, with their times', place: 'this browser', names: ['gru-playground:log:'] },
  { what: 'Your run of the challenge: its questions, your answers and their times', place: 'this browser', names: ['gru-playground:challenge:'] },
  { what: 'What you missed and comes back, and when', place: 'this browser', names: ['gru-playground:come-back:'] },
  { what: 'Your level in practice, and how sure you were against how often you were right', place: 'this browser', names: ['gru-playground:practice:'] },
  { what: 'The text that you gave to the lab', place: 'this browser', names: ['gru-text-'] },
  { what: 'The theme that you chose', place: 'this browser', names: ['gru-playground.theme'] },
  { what: 'Whether you folded the opening of Play', place: 'this browser', names: ['gru-playground.opening-folded'] },
  { what: 'Which of two builds of the engine is faster here', place: 'this browser', names: ['gru-playground.engine'] },
  { what: 'Your sentence in the opening of Play', place: 'this tab', names: ['gru-playground.sentence'] },
  { what: 'Your code', place: 'this tab', names: ['gru-playground.code', 'gru-playground.beside', 'gru-playground.mending'] },
  { what: 'Questions that you wrote', place: 'this tab', names: ['gru-bank-'] },
  { what: 'Data that you gave to the lab', place: 'this tab', names: ['gru-series-'] },
  { what: 'Which tab has the challenge', place: 'this tab', names: ['gru-playground:challenge:'] },
  { what: 'What you set in parts of this page that stand in pages of others', place: 'this tab', names: ['gru-playground:embed:'] },
];

/** Of what is in a store, what no entry names: it is shown and deleted too. */
export const REST = 'Anything else that this page has kept';

/** What can be read of localStorage and sessionStorage. */
export type Store = Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>;

/** Names and sizes, in bytes, of what is ours in a store; none where it is blocked. */
export function ours(store: Store | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!store) return found;
  for (let index = 0; index < store.length; index += 1) {
    const name = store.key(index);
    // Browsers keep two bytes a character.
    if (name?.startsWith(OURS)) found.set(name, 2 * (name.length + (store.getItem(name)?.length ?? 0)));
  }
  return found;
}

/** How many bytes there are of an entry. */
export function bytesOf({ names }: Keeping, found: ReadonlyMap<string, number>): number {
  return sum([...found].filter(([name]) => names.some((begin) => name.startsWith(begin))));
}

/** How many bytes there are of what no entry names. */
export function bytesOfRest(place: Place, found: ReadonlyMap<string, number>): number {
  const known = KEEPINGS.filter((keeping) => keeping.place === place).flatMap(({ names }) => names);
  return sum([...found].filter(([name]) => !known.some((begin) => name.startsWith(begin))));
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((all, [, bytes]) => all + bytes, 0);
}

/** Removes what is ours from a store, and leaves what others on this host have kept. */
export function clear(store: Store | undefined): void {
  for (const name of ours(store).keys()) store?.removeItem(name);
}

/** A store of the browser's, or undefined where it is blocked. */
export function storeOf(place: Place): Storage | undefined {
  try {
    if (place === 'this browser') return localStorage;
    if (place === 'this tab') return sessionStorage;
  } catch {
    // A frame without an origin.
  }
  return undefined;
}

const DATABASE = 'gru-playground';

/** Whether weights from a file are kept. */
export async function hasWeights(): Promise<boolean> {
  try {
    const { createStore, keys } = await import('idb-keyval');
    return (await keys(createStore(DATABASE, 'weights'))).length > 0;
  } catch {
    return false;
  }
}

async function clearWeights(): Promise<void> {
  try {
    const { clear: empty, createStore } = await import('idb-keyval');
    await empty(createStore(DATABASE, 'weights'));
  } catch {
    // Where nothing can be kept, nothing is there.
  }
}

/** The caches of this page's own folder. */
async function ownCaches(): Promise<string[]> {
  try {
    const folder = new URL('./', location.href).href;
    return (await caches.keys()).filter((name) => name.endsWith(folder));
  } catch {
    return [];
  }
}

/** How many files of the page itself are kept for use without a network. */
export async function filesKept(): Promise<number> {
  const counts = (await ownCaches()).map(async (name) => (await (await caches.open(name)).keys()).length);
  return (await Promise.all(counts)).reduce((all, count) => all + count, 0);
}

async function clearFiles(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.getRegistration('./');
    await registration?.unregister();
    await Promise.all((await ownCaches()).map((name) => caches.delete(name)));
  } catch {
    // No worker, no files.
  }
}

/** What belongs to a browser, whoever sits before it. */
const OF_NO_LEARNER = ['gru-playground.theme', 'gru-playground.engine'];

/** Deletes what a learner did here; what is of the browser itself stays. */
export async function forgetLearner(): Promise<void> {
  for (const place of ['this browser', 'this tab'] as const) {
    const store = storeOf(place);
    for (const name of ours(store).keys()) if (!OF_NO_LEARNER.includes(name)) store?.removeItem(name);
  }
  await clearWeights();
  // Other tabs hear it.
  storeOf('this browser')?.setItem(NEW_LEARNER_KEY, 'now');
  storeOf('this browser')?.removeItem(NEW_LEARNER_KEY);
}

/** Deletes all that this page keeps in this browser and in this tab. */
export async function deleteEverything(): Promise<void> {
  clear(storeOf('this browser'));
  clear(storeOf('this tab'));
  await clearWeights();
  await clearFiles();
}
