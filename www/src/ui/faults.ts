/**
 * Catches what one of our elements throws while it draws itself, so that its embedding element can say so in its place.
 *
 * Lit, whose copy here is ours alone, would leave it to the page as an unhandled rejection, and the element half drawn.
 */
import { ReactiveElement } from 'lit';

const FAULT = 'gru-fault';

let catching = false;

export function catchFaults(): void {
  if (catching) return;
  catching = true;
  const prototype = ReactiveElement.prototype as unknown as { performUpdate: (this: ReactiveElement) => void };
  const { performUpdate } = prototype;
  prototype.performUpdate = function (this: ReactiveElement) {
    try {
      performUpdate.call(this);
    } catch (error) {
      this.dispatchEvent(new CustomEvent(FAULT, { detail: error, bubbles: true, composed: true }));
    }
  };
}

/** Tells of faults within an element, and keeps them there. */
export function onFault(within: HTMLElement, listener: (error: unknown) => void): void {
  within.addEventListener(FAULT, (event) => {
    event.stopPropagation();
    listener((event as CustomEvent<unknown>).detail);
  });
}
