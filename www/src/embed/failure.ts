/** The sentence in an element's place where it cannot run; plain, so that it comes even where nothing else does. */
import type { Reason } from './api.js';

const SENTENCES = {
  'old-browser': 'This browser is too old to show this exercise. Any current Firefox, Chrome, Edge or Safari can.',
  load: 'A part of this exercise did not arrive. The connection may be lost, or this page may not allow code from there.',
  script: 'This exercise has stopped, which is a fault of ours. The rest of the page is not touched.',
} as const;

/** Trying again can help where something did not arrive or stopped. */
const WORTH_TRYING: readonly Reason[] = ['load', 'fetch', 'broken', 'script'];

/** Why an element cannot run. */
export interface Failure {
  readonly reason: Reason;
  /** For the learner. */
  readonly message: string;
  readonly cause: unknown;
}

/** What is known of a failure where it happens: its sentence where there is none of that reason here. */
export type Cause = Pick<Failure, 'reason' | 'cause'> & { readonly message: string | undefined };

export function failureOf(reason: Reason, cause?: unknown, message?: string): Failure {
  return { reason, cause, message: message ?? SENTENCES[reason as keyof typeof SENTENCES] };
}

/**
 * Writes the sentence into an element's shadow root, with what the page's author put into the element, or else a link to the
 * full page.
 */
export function showFailure(host: HTMLElement, root: ShadowRoot, failure: Failure, page: string | undefined, again: () => void): void {
  const paragraph = document.createElement('p');
  paragraph.setAttribute('part', 'failure');
  paragraph.setAttribute('role', 'status');
  // Styled by properties, not by an attribute, which a page's policy may forbid.
  const { style } = paragraph;
  style.margin = '0';
  style.padding = '0.75em 1em';
  style.border = '1px solid currentcolor';
  style.borderRadius = '0.5em';
  paragraph.append(failure.message, ' ');
  if (page !== undefined && host.querySelector('a[href]') === null) {
    const link = document.createElement('a');
    link.href = page;
    link.target = '_blank';
    link.rel = 'noopener';
    link.textContent = 'Open it in the GRU Playground';
    paragraph.append(link, '. ');
  }
  if (WORTH_TRYING.includes(failure.reason)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Try again';
    button.addEventListener('click', again);
    paragraph.append(button);
  }
  root.replaceChildren(paragraph, document.createElement('slot'));
}
