/** One kind of element, as it is drawn into its place. */
import { html, render, type TemplateResult } from 'lit';
import type { Call, Engine } from '../engine/engine.js';
import { withCall } from '../state/call.js';
import { OPENING, type PlaygroundState } from '../state/playground-state.js';
import { without } from '../state/drafts.js';

/** The playground's panels, as `::part` reaches them from outside. */
export const PANELS = 'controls, result, advice, code, flow, values, parameters';

export abstract class Part {
  protected readonly host: HTMLElement;
  protected readonly engine: Engine;
  readonly #place: HTMLElement;

  constructor(host: HTMLElement, place: HTMLElement, engine: Engine) {
    this.host = host;
    this.#place = place;
    this.engine = engine;
  }

  abstract attributeChanged(name: string): void;
  protected abstract content(): TemplateResult;

  draw(): void {
    render(this.content(), this.#place);
  }

  /** Something in it has failed: whatever it is drawn from next should be sound. */
  stopped(): void {
    // Most have nothing that could be at fault.
  }

  /** It leaves the page. */
  disconnect(): void {
    render('', this.#place);
  }
}

/** What a question's code is opened in, below the question: the page around has no playground to go to. */
export class Tried {
  readonly #engine: Engine;
  readonly #changed: () => void;
  #state: PlaygroundState | undefined;
  #opening: PlaygroundState = OPENING;
  #drafts: Readonly<Record<string, string>> = {};

  constructor(engine: Engine, changed: () => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  open(call: Call): void {
    this.#state = this.#opening = withCall(this.#engine, OPENING, call);
    this.#drafts = {};
    // Where it does not arrive, the playground below stays empty and the question works.
    void import('../playground/gru-play-view.js').then(this.#changed, () => undefined);
  }

  draw(): TemplateResult {
    if (!this.#state) return html``;
    return html`<section class="tried" aria-label="Playground">
      <div class="bar">
        <h2>Playground</h2>
        <button type="button" class="button" @click=${this.#close}>Close</button>
      </div>
      <gru-play-view
        embedded
        exportparts=${PANELS}
        .engine=${this.#engine}
        .state=${this.#state}
        .opening=${this.#opening}
        .drafts=${this.#drafts}
        @gru-change=${this.#change}
        @gru-draft=${this.#draft}
      ></gru-play-view>
    </section>`;
  }

  readonly #close = (): void => {
    this.#state = undefined;
    this.#changed();
  };

  readonly #change = ({ detail }: CustomEvent<Partial<PlaygroundState>>): void => {
    if (!this.#state) return;
    this.#state = { ...this.#state, ...detail };
    this.#drafts = without(this.#drafts, Object.keys(detail));
    this.#changed();
  };

  readonly #draft = ({ detail: { name, text } }: HTMLElementEventMap['gru-draft']): void => {
    this.#drafts = { ...without(this.#drafts, [name]), ...(text !== undefined && { [name]: text }) };
    this.#changed();
  };
}
