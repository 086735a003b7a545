/** What a page that uses the elements can type: the events, and what they tell. */
import type { Answer, Completion } from '../challenge/outcome.js';
import type { Outcome } from '../code/around.js';
import type { PlaygroundState } from '../state/playground-state.js';
import type { STATE_ATTRIBUTES } from './names.js';

export type { Answer, Completion, PlaygroundState };

/** What is set in a playground, after every change. */
export interface StateDetail {
  readonly state: PlaygroundState;
  /** The state as a link of the page has it after `#play?`; empty for the opening example. */
  readonly query: string;
  /** What PyTorch raises, such as `RuntimeError`, with its message; null where it raises nothing. */
  readonly exception: { readonly type: string; readonly message: string } | null;
}

/** What came of a run of the code in an element. */
export interface RunDetail {
  /**
   * `passed` where it came to its end, the checks too; `failed` where an assertion of the checks does not hold; `raised` where it raised
   * anything else, `refused` where it came to what is not done here, `stopped` where it used up its time, steps or memory.
   */
  readonly outcome: Outcome;
  /** All that it printed. */
  readonly output: string;
  /** What it raised, such as `RuntimeError`, with its message, and the line of the learner's code; null where it raised nothing. */
  readonly exception: {
    readonly type: string;
    readonly message: string;
    /** Null where it was raised in the set-up or the checks. */
    readonly line: number | null;
  } | null;
}

/** Why an element shows a sentence in its place. */
export type Reason =
  /** The browser lacks what the elements are drawn with. */
  | 'old-browser'
  /** A part of the code did not arrive. */
  | 'load'
  /** WebAssembly is missing, lacks SIMD, is forbidden by the page's policy, did not arrive, or did not start. */
  | 'no-wasm'
  | 'no-simd'
  | 'blocked'
  | 'fetch'
  | 'broken'
  /** An attribute names something that there is not, such as a question's number. */
  | 'attribute'
  /** A fault of ours. */
  | 'script';

export interface ErrorDetail {
  readonly reason: Reason;
  /** What the element shows. */
  readonly message: string;
  /** What was thrown, where something was. */
  readonly cause: unknown;
}

/** What the elements have in common. Every property reflects the attribute of its name, as an image's `loading` does. */
export interface GruElement extends HTMLElement {
  /** Its colour scheme; auto is that of the place. */
  theme: 'auto' | 'light' | 'dark';
  /** Whether it waits until it comes near the window. */
  loading: 'lazy' | 'eager';
}

/** `seq-len` is `seqLen`. */
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

type StateAttribute = (typeof STATE_ATTRIBUTES)[number];

/** `<gru-playground>`: the text of each attribute, or null where it is left out. */
export type GruPlaygroundElement = GruElement & { [Name in StateAttribute as Camel<Name>]: string | null };

/** `<gru-challenge>` */
export interface GruChallengeElement extends GruElement {
  mode: string | null;
}

/** `<gru-question>` */
export interface GruQuestionElement extends GruElement {
  number: number;
}

/** `<gru-code>` */
export interface GruCodeElement extends GruElement {
  /** What stands in the editor to begin with; null where a child element has it. */
  code: string | null;
  /** What runs before it, and is not shown. */
  setup: string | null;
  /** What runs after it, and is not shown: an assertion that does not hold is feedback. */
  checks: string | null;
  /** Whether it can be run but not changed. */
  readonly: boolean;
}

/** What may be set: true and false, numbers and lists become the text that the attribute has. */
export type Settable = string | number | boolean | readonly (string | number)[] | null | undefined;

/** Attributes by their own names and by those of their properties. */
type Props<Name extends string> = Partial<Record<Name | Camel<Name>, Settable>> & {
  theme?: GruElement['theme'] | undefined;
  loading?: GruElement['loading'] | undefined;
  'ongru-error'?: (event: CustomEvent<ErrorDetail>) => void;
};

/** What JSX sets on an element, for the types of your framework. */
export type GruPlaygroundProps = Props<StateAttribute> & { 'ongru-state'?: (event: CustomEvent<StateDetail>) => void };
export type GruChallengeProps = Props<'mode'> & QuizEvents;
export type GruQuestionProps = Props<'number'> & QuizEvents;
export type GruCodeProps = Props<'code' | 'setup' | 'checks' | 'readonly'> & { 'ongru-run'?: (event: CustomEvent<RunDetail>) => void };

interface QuizEvents {
  'ongru-answer'?: (event: CustomEvent<Answer>) => void;
  'ongru-complete'?: (event: CustomEvent<Completion>) => void;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-playground': GruPlaygroundElement;
    'gru-challenge': GruChallengeElement;
    'gru-question': GruQuestionElement;
    'gru-code': GruCodeElement;
  }
  interface HTMLElementEventMap {
    'gru-state': CustomEvent<StateDetail>;
    'gru-run': CustomEvent<RunDetail>;
    'gru-error': CustomEvent<ErrorDetail>;
  }
}
