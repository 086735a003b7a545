/** What is in the box and in the editor, as long as the tab: a reload, and a fault, leave it as it was. */

const KEY = 'gru-playground.code';

export interface Kept {
  /** What the address said of the code when it was kept. */
  readonly query: string;
  /** What was pasted. */
  readonly text: string;
  readonly code: string | undefined;
}

function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    // Blocked: then the address alone remembers.
    return undefined;
  }
}

export function keep(kept: Kept): void {
  try {
    if (kept.text === '' && kept.code === undefined) storage()?.removeItem(KEY);
    else storage()?.setItem(KEY, JSON.stringify(kept));
  } catch {
    // There is no room for it.
  }
}

/** What was kept, where the address says the same still or nothing. */
export function kept(query: string): Kept | undefined {
  try {
    const found = JSON.parse(storage()?.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    if (typeof found?.query !== 'string' || typeof found.text !== 'string') return undefined;
    const { code } = found;
    if (code !== undefined && typeof code !== 'string') return undefined;
    return query === '' || found.query === query ? { query: found.query, text: found.text, code } : undefined;
  } catch {
    return undefined;
  }
}
