/** Finds entries by words, also by their beginnings and with a slip in them. */
import MiniSearch from 'minisearch';
import { entries, explained, type Entry } from './entries.js';

/** So many are shown at most. */
const MOST = 12;
/** A text from so many letters on may be a message that is not known by its words. */
const LIKE_A_MESSAGE = 24;

/** A message has so many letters at least that are the same in every text. */
const LEAST_LITERAL = 10;

/** What a question has that says nothing of what it is about. */
const OF_QUESTIONS: ReadonlySet<string> = new Set('a an and are can do does explain for how i in is it mean means my of on or the to what when where which why with'.split(' '));

/** Words and names: `h_n` and `batch_first` are found whole and by their parts; numbers differ from message to message. */
function wordsOf(text: string): string[] {
  const words = text.normalize('NFKD').toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const parts = words.flatMap((word) => (word.includes('_') ? [word, ...word.split('_')] : [word]));
  return parts.filter((word) => word !== '' && !/^\d+$/.test(word));
}

/** Without what is only how it is set: capitals, and how much space there is. */
function flatOf(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ');
}

/** Whether the parts of a message stand in a text, one after the other. */
function isIn(parts: readonly string[], text: string): boolean {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  // A few letters stand in many a text.
  return parts.join('').length >= LEAST_LITERAL;
}

export class Search {
  readonly #index = new MiniSearch<Entry>({
    fields: ['title', 'names', 'text', 'words'],
    tokenize: wordsOf,
    searchOptions: {
      boost: { title: 4, names: 4, words: 1.5 },
      boostDocument: (_, __, stored) => (stored?.['kind'] === 'message' ? 0.6 : 1),
      prefix: (word) => word.length > 1,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
    },
    storeFields: ['kind'],
  });
  readonly #entries: ReadonlyMap<string, Entry>;
  /** The messages of each entry, in the parts that stand between what differs from text to text. */
  readonly #forms: readonly (readonly [id: string, forms: readonly (readonly string[])[]])[];

  constructor(all: readonly Entry[] = entries()) {
    this.#entries = new Map(all.map((entry) => [entry.id, entry]));
    this.#forms = all.flatMap(({ id, forms }) => (forms ? [[id, forms.map((form) => flatOf(form).split('…').filter((part) => part.trim() !== ''))] as const] : []));
    this.#index.addAll(all);
  }

  /** What fits best comes first; a message and a long text can be explained whatever they are. `said` is the text as it was pasted. */
  find(text: string, said = text): Entry[] {
    const words = wordsOf(text);
    // Of a long text not every word must be there: it has names and numbers of its own.
    const combineWith = words.length > 4 ? 'OR' : 'AND';
    const hits = this.#index.search(text, { combineWith, processTerm: (word) => (OF_QUESTIONS.has(word) ? null : word) }).slice(0, MOST);
    const found = hits.flatMap(({ id }) => this.#entries.get(String(id)) ?? []);
    const own = this.#own(text);
    if (text.trim().length < LIKE_A_MESSAGE && own.size === 0) return found;
    const explain = { id: 'explain', kind: 'message', title: 'Explain the text that I typed', text: 'with its own numbers: an error, a warning or code', names: '', words: '', href: explained(said.trim()) } as const;
    // An example beside it would explain the same with numbers that are not the reader's.
    return [explain, ...found.filter(({ id }) => !own.has(id))];
  }

  /** The messages that a text is, whatever its numbers are. */
  #own(text: string): ReadonlySet<string> {
    const flat = flatOf(text);
    return new Set(this.#forms.filter(([, forms]) => forms.some((form) => isIn(form, flat))).map(([id]) => id));
  }
}
