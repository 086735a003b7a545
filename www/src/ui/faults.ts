/**
 * Catches what one of our elements throws while it draws itself, so that a sentence can stand in its place.
 *
 * Lit, whose copy here is ours alone, would leave it to the page as an unhandled rejection, and the element half drawn.
 */
import { nothing, ReactiveElement, render, type LitElement } from 'lit';
import { announce } from './announcer.js';

const FAULT = 'gru-fault';
const SENTENCE = 'This part of the page has stopped, which is a fault of the page, not of yours. It is drawn anew at the next change.';

let catching = false;

/** What stands in the place of an element that failed when it was last drawn. */
const standing = new WeakMap<ReactiveElement, HTMLElement>();

export function catchFaults(): void {
  if (catching) return;
  catching = true;
  const prototype = ReactiveElement.prototype as unknown as { performUpdate: (this: ReactiveElement) => void };
  const { performUpdate } = prototype;
  prototype.performUpdate = function (this: ReactiveElement) {
    if (this.isUpdatePending) standing.get(this)?.remove();
    try {
      performUpdate.call(this);
      standing.delete(this);
    } catch (error) {
      this.dispatchEvent(new CustomEvent(FAULT, { detail: error, bubbles: true, composed: true }));
    }
  };
}

/** Tells of faults within an element, and keeps them there. */
export function onFault(within: HTMLElement, listener: (error: unknown, element: LitElement) => void): void {
  within.addEventListener(FAULT, (event) => {
    event.stopPropagation();
    listener((event as CustomEvent<unknown>).detail, event.composedPath()[0] as LitElement);
  });
}

/**
 * Says in an element's place that it has stopped, until it is drawn again: its next change begins with nothing of what was drawn
 * before, and `again` is asked for all that is around it.
 */
export function standIn(element: LitElement, again: () => void): void {
  const paragraph = document.createElement('p');
  paragraph.className = 'stopped';
  // Styled by properties: the element's own styles know nothing of it.
  const { style } = paragraph;
  style.margin = '0';
  style.padding = '0.75em 1em';
  style.border = '1px solid currentcolor';
  style.borderRadius = '0.5em';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = 'Try again';
  button.addEventListener('click', again);
  paragraph.append(SENTENCE, ' ', button);
  render(nothing, element.renderRoot, element.renderOptions);
  element.renderRoot.append(paragraph);
  if (!standing.has(element)) announce(element, SENTENCE, true);
  standing.set(element, paragraph);
}
