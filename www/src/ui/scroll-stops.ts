import { whenResized } from './resized.js';
import type { ReactiveController, ReactiveElement } from 'lit';

/** Nobody reaches for the keyboard sooner after a change, and who drags a slider is not held up. */
const REST_MS = 200;

/** Gives what scrolls within its host a place in the tab order, for as long as there is more of it than one sees. */
export class ScrollStops implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #selector: string;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #resized = whenResized(() => {
    this.#look();
  });

  constructor(host: ReactiveElement, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostConnected(): void {
    this.#resized.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resized.disconnect();
    clearTimeout(this.#rest);
  }

  /** What stands in the host draws itself right after it; only then is its width known. */
  hostUpdated(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { this.#look(); }, REST_MS);
  }

  #look(): void {
    for (const element of this.#host.renderRoot.querySelectorAll<HTMLElement>(this.#selector)) {
      const more = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
      if (more) element.tabIndex = 0;
      // Who reads here with the keyboard is not sent away.
      else if (!element.matches(':focus')) element.removeAttribute('tabindex');
    }
  }
}
