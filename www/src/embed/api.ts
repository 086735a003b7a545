/** What a page that uses the elements can type: the events, and what they tell. */
import type { Answer, Completion } from '../challenge/outcome.js';
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

interface QuizEvents {
  'ongru-answer'?: (event: CustomEvent<Answer>) => void;
  'ongru-complete'?: (event: CustomEvent<Completion>) => void;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-playground': GruPlaygroundElement;
    'gru-challenge': GruChallengeElement;
    'gru-question': GruQuestionElement;
  }
  interface HTMLElementEventMap {
    'gru-state': CustomEvent<StateDetail>;
    'gru-error': CustomEvent<ErrorDetail>;
  }
}
