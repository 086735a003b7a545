/** What the address asks of practice: `#practice?tags=shapes,gates&item=shapes/out&seed=7`, `#practice?cards=1`, `#practice?due=1`. */
import { queryOf } from '../state/codec.js';

export interface Asked {
  /** The topics; all where none is named. */
  readonly tags: readonly string[];
  /** The question that is open. */
  readonly item: string | undefined;
  readonly seed: number | undefined;
  /** Whether words of the glossary are recalled. */
  readonly cards: boolean;
  /** Whether it begins with what is due. */
  readonly due: boolean;
}

/** The largest seed that the core takes. */
const LARGEST = 2 ** 32 - 1;

export function readAsked(query: string): Asked {
  const all = new URLSearchParams(query);
  const seed = all.get('seed') ?? '';
  const number = /^\d{1,10}$/.test(seed) ? Number(seed) : NaN;
  const tags = (all.get('tags') ?? '').split(',').filter((tag) => tag !== '');
  return {
    tags: [...new Set(tags)].slice(0, 20),
    item: all.get('item') ?? undefined,
    seed: number <= LARGEST ? number : undefined,
    cards: all.get('cards') === '1',
    due: all.get('due') === '1',
  };
}

export function writeAsked({ tags, item, seed, cards, due }: Asked): string {
  const pairs: [string, string][] = [];
  if (tags.length > 0) pairs.push(['tags', tags.join(',')]);
  if (due) pairs.push(['due', '1']);
  if (cards) pairs.push(['cards', '1']);
  else if (item !== undefined && seed !== undefined) pairs.push(['item', item], ['seed', String(seed)]);
  return queryOf(pairs);
}
