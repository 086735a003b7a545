/** What hosts make of the headers that we document, as far as our rules need it. */

/** The headers of a path below the site's root, by their names in lower case. */
export type Rules = (path: string) => Record<string, string>;

/** `_headers`, as Netlify and Cloudflare Pages read it: what several patterns say of a path is put together. */
export function headersFile(text: string): Rules {
  const rules: { pattern: RegExp; headers: (readonly [string, string])[] }[] = [];
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const [, name = '', value = ''] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== '') rules.at(-1)?.headers.push([name.toLowerCase(), value]);
    else rules.push({ pattern: new RegExp(`^${line.trim().replace(/[.?+^$()[\]{}|\\]/g, '\\$&').replaceAll('*', '.*')}$`), headers: [] });
  }
  return (path) => {
    const found: Record<string, string> = {};
    for (const [name, value] of rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers)) {
      found[name] = name in found ? `${found[name] ?? ''}, ${value}` : value;
    }
    return found;
  };
}

interface Location {
  readonly prefix: string;
  /** Whether it is for that path alone: `location = /`. */
  readonly exact: boolean;
  readonly headers: Record<string, string>;
  readonly parent: Location | undefined;
}

/** A `location` of nginx, for what lies below `root`; the deepest that fits counts, and inherits headers only if it adds none. */
export function nginx(text: string, root: string): Rules {
  const locations: Location[] = [];
  let inner: Location | undefined;
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*/, '').trim());
  for (const line of lines.filter((line) => line !== '')) {
    const words = [...line.replace(/;$/, '').matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    if (words[0] === 'location') {
      const exact = words[1] === '=';
      inner = { prefix: words[exact ? 2 : 1] ?? '', exact, headers: {}, parent: inner };
      locations.push(inner);
    } else if (words[0] === '}') {
      inner = inner?.parent;
    } else if (words[0] === 'add_header' && inner) {
      inner.headers[(words[1] ?? '').toLowerCase()] = words[2] ?? '';
    } else if (words[0] !== 'alias') {
      throw new Error(`not read: ${line}`);
    }
  }
  if (inner) throw new Error('a location is not closed');
  return (path) => {
    const fitting = locations.filter(({ prefix, exact }) => (exact ? `${root}${path.slice(1)}` === prefix : `${root}${path.slice(1)}`.startsWith(prefix)));
    let found = fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0];
    while (found && Object.keys(found.headers).length === 0) found = found.parent;
    return found?.headers ?? {};
  };
}
