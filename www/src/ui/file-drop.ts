import type { ReactiveController, ReactiveElement } from 'lit';

/** Takes a file that is dropped on its host, and tells whether one is held above it. */
export class FileDrop implements ReactiveController {
  /** Whether a file is held above the host. */
  above = false;
  readonly #host: ReactiveElement;
  readonly #take: (file: File) => void;

  constructor(host: ReactiveElement, take: (file: File) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('dragover', this.#over);
    this.#host.addEventListener('dragleave', this.#leave);
    this.#host.addEventListener('drop', this.#drop);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('dragover', this.#over);
    this.#host.removeEventListener('dragleave', this.#leave);
    this.#host.removeEventListener('drop', this.#drop);
  }

  #set(above: boolean): void {
    if (above === this.above) return;
    this.above = above;
    this.#host.requestUpdate();
  }

  readonly #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#set(true);
  };

  readonly #leave = (): void => {
    this.#set(false);
  };

  readonly #drop = (event: DragEvent): void => {
    this.#set(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.#take(file);
  };
}
