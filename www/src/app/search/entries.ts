/** Everything that the page's search finds: its places, its words, its programs and the messages that it can explain. */
import messages from '../../../../crate/paste/messages.json';
import { CLAIMS } from '../../claims/list.js';
import { GALLERY } from '../../code/gallery/list.js';
import { queryOf } from '../../state/codec.js';
import { ROOMS, VIEWS, routeHash } from '../../state/route.js';
import { TERMS, type Term } from '../../words/terms.js';

/** What kind of thing is found, in the order in which kinds are shown where they fit equally well. */
export type EntryKind = 'place' | 'term' | 'program' | 'claim' | 'message';

export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly title: string;
  /** What it is about, in a sentence or less. */
  readonly text: string;
  /** What else it is called. */
  readonly names: string;
  /** What else it is found by. */
  readonly words: string;
  /** Where it leads. */
  readonly href: string;
  /** The texts of a message, with `…` for what differs from one to the next. */
  readonly forms?: readonly string[];
}

/** What stands in a place, for who does not know its name. */
const PLACES: Readonly<Record<string, readonly [text: string, words: string]>> = {
  play: ['Watch a trained GRU read; change a number and see the shapes.', 'playground shapes controls sliders flow values weights parameters opening sentence'],
  'lab/train': ['A GRU learns a task while you watch, or breaks.', 'training loss curve overfit learning rate optimiser'],
  'lab/memory': ['Which of five cells still knows the first token?', 'remember forget rnn lstm gru mingru distance gate bias predict'],
  'lab/series': ['Forecasts of the Nile, of CO2, or of a CSV of yours.', 'time series forecast csv file upload own data naive'],
  'lab/text': ['A GRU learns to write like a text of yours, letter by letter.', 'next character char-rnn language model generate text sample sampling temperature multinomial vocabulary own data upload'],
  'lab/gradients': ['How far back a loss reaches.', 'vanishing exploding backward through time'],
  'lab/variants': ['RNN, LSTM and the GRUs of others beside nn.GRU.', 'lstm rnn keras reset_after variants other cells'],
  'lab/packed': ['Sequences of different lengths in one batch.', 'padding pack_padded_sequence lengths'],
  code: ['Paste an error, or run a program of yours.', 'editor python run notebook paste traceback upload'],
  challenge: ['Five problems and a badge.', 'quiz test exam questions badge'],
  practice: ['Questions without end at your level, and cards of the glossary; what you miss comes back.', 'exercise drill flashcards recall spaced repetition quiz training questions level calibration confidence'],
  claims: ['Twelve claims of courses and posts, put to the test by code that runs.', 'myths misconceptions true false claims proof'],
  mending: ['Broken programs without end: name the fault, mend it, and the core judges.', 'debug bug fix error exercise practice broken silent trap debugging'],
  glossary: ['Every word of the page in one sentence.', 'words terms dictionary'],
  log: ['What you answered on this page, counted, as files, and how it is deleted.', 'log answers attempts results history export csv json teacher learner'],
  measure: ['Five questions before you learn and five after: what you gained.', 'measure learning gain test pretest posttest before after forms'],
  bank: ['A teacher’s own bank of questions: its form is checked and its keys are executed.', 'teacher bank questions toml check keys own quiz author'],
  privacy: ['What is stored in this browser, where and how long, and how it is deleted.', 'privacy storage cookies data delete tracking personal'],
  about: ['What is exact here, and how it is made.', 'licence license equations releases offline source'],
};

function places(): Entry[] {
  const entry = (path: string, name: string, href: string): Entry => {
    const [text, words] = PLACES[path] ?? ['', ''];
    return { id: path, kind: 'place', title: name, text, names: '', words, href };
  };
  const views = VIEWS.filter(({ view }) => view !== 'lab').map(({ view, name }) => entry(view, name, routeHash(view)));
  const rooms = ROOMS.map(({ room, name }) => entry(`lab/${room}`, `Lab: ${name}`, routeHash('lab', '', room)));
  return [...views, ...rooms];
}

function terms(): Entry[] {
  return TERMS.map((term: Term) => ({
    id: `term ${term.id}`,
    kind: 'term',
    title: term.name,
    text: term.sentence,
    names: (term.also ?? []).join(' '),
    words: term.more ?? '',
    href: routeHash('glossary', queryOf([['term', term.id]])),
  }));
}

function programs(): Entry[] {
  return GALLERY.map(({ name, title, sentence }) => ({
    id: `program ${name}`,
    kind: 'program',
    title,
    text: sentence,
    names: name,
    words: `program example code python ${name}`,
    href: routeHash('code', queryOf([['program', name]])),
  }));
}

function claims(): Entry[] {
  return CLAIMS.map(({ name, claim, about }) => ({
    id: `claim ${name}`,
    kind: 'claim',
    title: claim,
    text: about,
    names: '',
    words: 'true false claim',
    href: routeHash('claims', queryOf([['claim', name]])),
  }));
}

function known(): Entry[] {
  return messages.map(({ kind, about, messages: texts, example }) => ({
    id: `message ${kind}`,
    kind: 'message',
    title: texts[0] ?? about,
    // The text that it leads to is not the learner's own.
    text: `${about}: an example, explained`,
    names: '',
    words: [...texts.slice(1), example, 'error message'].join(' '),
    href: explained(example),
    forms: texts,
  }));
}

/** Where a text is explained. */
export function explained(text: string): string {
  return routeHash('code', queryOf([['paste', text]]));
}

export function entries(): Entry[] {
  return [...places(), ...terms(), ...programs(), ...claims(), ...known()];
}
