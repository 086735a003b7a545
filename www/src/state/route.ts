/** The page's views and their addresses: `#play?...`, `#lab/train?...`, `#code?...`, `#challenge`, `#practice?tags=...`, `#mending?case=...`, `#claims?claim=...`, `#log`, `#measure`, `#bank`, `#glossary?term=...`, `#about`, `#privacy`. */
import { visible } from './text.js';
import { toSharedQuery } from './url.js';

export type View = 'play' | 'lab' | 'code' | 'challenge' | 'practice' | 'mending' | 'claims' | 'log' | 'measure' | 'bank' | 'glossary' | 'about' | 'privacy';

/** The lab's rooms, in the order of its tabs. */
export type Room = 'train' | 'memory' | 'gradients' | 'series' | 'text' | 'variants' | 'packed';

export interface Route {
  readonly view: View;
  /** The room of the lab. */
  readonly room: Room;
  readonly query: string;
  /** What the address names where there is nothing of that name. */
  readonly unknown: string | undefined;
}

const SITE_NAME = 'GRU Playground';

export const VIEWS: readonly { readonly view: View; readonly name: string }[] = [
  { view: 'play', name: 'Play' },
  { view: 'lab', name: 'Lab' },
  { view: 'code', name: 'Code' },
  { view: 'challenge', name: 'Challenge' },
  { view: 'practice', name: 'Practice' },
  { view: 'mending', name: 'Mend it' },
  { view: 'claims', name: 'Is it true?' },
  { view: 'log', name: 'Your answers' },
  { view: 'measure', name: 'Before and after' },
  { view: 'bank', name: 'Check your questions' },
  { view: 'glossary', name: 'Glossary' },
  { view: 'about', name: 'About' },
  { view: 'privacy', name: 'What this page keeps' },
];

export const ROOMS: readonly { readonly room: Room; readonly name: string }[] = [
  { room: 'train', name: 'Train' },
  { room: 'memory', name: 'Memory' },
  { room: 'gradients', name: 'Gradients' },
  { room: 'series', name: 'Real series' },
  { room: 'text', name: 'Your text' },
  { room: 'variants', name: 'Other cells' },
  { room: 'packed', name: 'Packed sequences' },
];

const FIRST_ROOM: Room = 'train';

/** The title of the document: every room of the lab has its own. */
export function titleOf(view: View, room: Room): string {
  const names = [VIEWS.find((entry) => entry.view === view)?.name, SITE_NAME];
  if (view === 'lab') names.unshift(ROOMS.find((entry) => entry.room === room)?.name);
  return view === 'play' ? SITE_NAME : names.join(' \u00b7 ');
}

export function parseRoute(hash: string): Route {
  const [, name = '', inner, query = ''] = /^#?\/?([^/?]*)(?:\/([^?]*))?\??(.*)$/s.exec(hash) ?? [];
  const unknown = (): string => visible((inner === undefined ? name : `${name}/${inner}`).slice(0, 40));
  const known = VIEWS.find(({ view }) => view === name);
  if (!known) return { view: 'play', room: FIRST_ROOM, query, unknown: name === '' && inner === undefined ? undefined : unknown() };
  if (inner === undefined) return { view: known.view, room: FIRST_ROOM, query, unknown: undefined };
  const room = known.view === 'lab' ? ROOMS.find((entry) => entry.room === inner)?.room : undefined;
  return { view: known.view, room: room ?? FIRST_ROOM, query: room ? query : '', unknown: room ? undefined : unknown() };
}

export function routeHash(view: View, query = '', room: Room = FIRST_ROOM): string {
  const path = view === 'lab' ? `${view}/${room}` : view;
  return query === '' ? `#${path}` : `#${path}?${query}`;
}

/** The address of a page as a link to be kept or sent, which tells the version of what it says. */
export function sharedAddress(address: string): string {
  const { view, query, unknown } = parseRoute(new URL(address).hash);
  // The other views' parts are their own, and have a version of theirs where they need one.
  if (view !== 'play' || unknown !== undefined) return address;
  return new URL(routeHash('play', toSharedQuery(query)), address).href;
}
