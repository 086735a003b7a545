/** The page's views and their addresses: `#play?...`, `#challenge`, `#about`. */

export type View = 'play' | 'challenge' | 'about';

export interface Route {
  readonly view: View;
  readonly query: string;
  /** The view that the address names where there is none of that name. */
  readonly unknown: string | undefined;
}

export const VIEWS: readonly { readonly view: View; readonly name: string; readonly title: string }[] = [
  { view: 'play', name: 'Play', title: 'GRU Playground' },
  { view: 'challenge', name: 'Challenge', title: 'Challenge · GRU Playground' },
  { view: 'about', name: 'About', title: 'About · GRU Playground' },
];

export function parseRoute(hash: string): Route {
  const [, name = '', query = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(hash) ?? [];
  const known = VIEWS.find(({ view }) => view === name);
  if (known) return { view: known.view, query, unknown: undefined };
  return { view: 'play', query, unknown: name === '' ? undefined : name.slice(0, 40) };
}

export function routeHash(view: View, query = ''): string {
  return query === '' ? `#${view}` : `#${view}?${query}`;
}
