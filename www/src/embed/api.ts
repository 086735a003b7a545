/** What a page that uses the elements can type: the events, and what they tell. */
import type { Answer, Completion } from '../challenge/outcome.js';
import type { PlaygroundState } from '../state/playground-state.js';

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

/** A `<gru-playground>`, `<gru-challenge>` or `<gru-question>`: its attributes are its whole interface. */
export type GruElement = HTMLElement;

declare global {
  interface HTMLElementTagNameMap {
    'gru-playground': GruElement;
    'gru-challenge': GruElement;
    'gru-question': GruElement;
  }
  interface HTMLElementEventMap {
    'gru-state': CustomEvent<StateDetail>;
    'gru-error': CustomEvent<ErrorDetail>;
  }
}
