/** What a frame says to the page around it, and hears from it; checked by shape here, by origin where it is heard. */

/** What we say: a height, or an event of the element. */
export type FromFrame =
  | { readonly type: 'gru-height'; readonly height: number }
  | { readonly type: 'gru-event'; readonly name: string; readonly detail: unknown };

/** What we hear: the playground is to be set, or the height is asked for. */
export type ToFrame = { readonly type: 'gru-set'; readonly query: string } | { readonly type: 'gru-ask-height' };

/** The longest query that is heard. */
const LONGEST = 4000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What a message to a frame says; undefined for whatever is none. */
export function heardByFrame(data: unknown): ToFrame | undefined {
  if (!isRecord(data)) return undefined;
  const { type, query } = data;
  if (type === 'gru-ask-height') return { type };
  if (type === 'gru-set' && typeof query === 'string' && query.length <= LONGEST) return { type, query };
  return undefined;
}

/** What H5P's resizer says to a frame that has greeted it. */
export type FromResizer = 'hello' | 'resize' | 'resizePrepared';

export function heardFromResizer(data: unknown): FromResizer | undefined {
  if (!isRecord(data) || data['context'] !== 'h5p') return undefined;
  const { action } = data;
  return action === 'hello' || action === 'resize' || action === 'resizePrepared' ? action : undefined;
}

/** The origin of the page around: what `origin` of the address names, or where the frame was opened from. */
export function originAround(query: URLSearchParams, referrer: string): string | undefined {
  for (const text of [query.get('origin'), referrer]) {
    if (text === null || text === '') continue;
    try {
      const { origin } = new URL(text);
      if (origin !== 'null') return origin;
    } catch {
      // Not an address.
    }
  }
  return undefined;
}
