import type { ReactiveController, ReactiveControllerHost } from 'lit';

const media = matchMedia('print');

/**
 * Updates its host when the page goes to paper and when it comes back, for whoever draws more there, or by itself.
 *
 * A browser prints what stands there right after `beforeprint`; a page that is only shown as it would be printed has no such event.
 */
export class PrintController implements ReactiveController {
  /** Whether what is drawn now is for paper. */
  printing = media.matches;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.printing = media.matches;
    addEventListener('beforeprint', this.#begin);
    addEventListener('afterprint', this.#end);
    media.addEventListener('change', this.#look);
  }

  hostDisconnected(): void {
    removeEventListener('beforeprint', this.#begin);
    removeEventListener('afterprint', this.#end);
    media.removeEventListener('change', this.#look);
  }

  readonly #begin = (): void => { this.#set(true); };
  readonly #end = (): void => { this.#set(false); };
  readonly #look = (): void => { this.#set(media.matches); };

  #set(printing: boolean): void {
    if (printing === this.printing) return;
    this.printing = printing;
    this.#host.requestUpdate();
  }
}
