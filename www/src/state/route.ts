/** The page's views and their addresses: `#play?...`, `#lab/train?...`, `#code?...`, `#challenge`, `#claims?claim=...`, `#glossary?term=...`, `#about`, `#privacy`. */
import { visible } from './text.js';
import { toSharedQuery } from './url.js';

export type View = 'play' | 'lab' | 'code' | 'challenge' | 'claims' | 'glossary' | 'about' | 'privacy';

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

export const VIEWS: readonly { readonly view: View; readonly name: string; readonly title: string }[] = [
  { view: 'play', name: 'Play', title: 'GRU Playground' },
  { view: 'lab', name: 'Lab', title: 'Lab · GRU Playground' },
  { view: 'code', name: 'Code', title: 'Code · GRU Playground' },
  { view: 'challenge', name: 'Challenge', title: 'Challenge · GRU Playground' },
  { view: 'claims', name: 'Is it true?', title: 'Is it true? · GRU Playground' },
  { view: 'glossary', name: 'Glossary', title: 'Glossary · GRU Playground' },
  { view: 'about', name: 'About', title: 'About · GRU Playground' },
  { view: 'privacy', name: 'What this page keeps', title: 'What this page keeps · GRU Playground' },
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
  const title = VIEWS.find((entry) => entry.view === view)?.title ?? '';
  return view === 'lab' ? `${ROOMS.find((entry) => entry.room === room)?.name ?? ''} \u00b7 ${title}` : title;
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
