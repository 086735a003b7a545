import { html, nothing, type TemplateResult } from 'lit';
import '../ui/gru-notices.js';
import type { Engine, ReleaseRange } from '../engine/engine.js';
import { readCall } from '../state/call.js';
import { without } from '../state/drafts.js';
import type { PlaygroundState } from '../state/playground-state.js';
import type { Notice } from '../state/codec.js';
import { fromQuery, toQuery } from '../state/url.js';
import type { StateDetail } from './api.js';
import { fromAttributes, toAttributes } from './attributes.js';
import { PANELS, Part } from './part.js';
import { TabMemory } from './session.js';

/** What the page's author set in an element that we wrote over since: one that is drawn anew still knows it. */
const authored = new WeakMap<HTMLElement, { readonly opening: PlaygroundState; readonly written: string }>();

/** `<gru-playground>`: its attributes are its state, both ways. */
export class PlaygroundPart extends Part {
  readonly #releases: readonly ReleaseRange[];
  readonly #memory: TabMemory;
  #state: PlaygroundState;
  /** What the page's author set. */
  #opening: PlaygroundState;
  #notices: readonly Notice[];
  #drafts: Readonly<Record<string, string>> = {};
  /** While we write attributes ourselves, their changes are no news. */
  #writing = false;
  #reading = false;
  /** Whether anything has been changed since it was first drawn. */
  #changed = false;

  static async load(): Promise<void> {
    await import('../playground/gru-play-view.js');
  }

  /** It needs nothing of the engine but everyone's. */
  static prepare(): Promise<void> {
    return Promise.resolve();
  }

  constructor(host: HTMLElement, place: HTMLElement, engine: Engine) {
    super(host, place, engine);
    this.#releases = engine.releases();
    const { state, notices } = fromAttributes(host, this.#releases);
    const before = authored.get(host);
    this.#state = state;
    this.#opening = before?.written === toQuery(state) ? before.opening : state;
    this.#notices = notices;
    this.#memory = new TabMemory(host, toQuery(this.#opening));
    const kept = this.#memory.find();
    if (kept) {
      this.#state = fromQuery(kept.query, this.#releases).state;
      this.#drafts = kept.drafts;
      this.#reflect();
    }
  }

  /** Several attributes that are set together are read together. */
  attributeChanged(): void {
    if (this.#writing || this.#reading) return;
    this.#reading = true;
    queueMicrotask(() => {
      this.#reading = false;
      const { state, notices } = fromAttributes(this.host, this.#releases);
      this.#notices = notices;
      if (toQuery(state) === toQuery(this.#state)) {
        this.draw();
        return;
      }
      this.#opening = state;
      this.#drafts = {};
      this.#become(state);
    });
  }

  /** A state that fails as soon as it is drawn would fail for ever: what the page's author set takes its place. */
  override stopped(): void {
    if (this.#changed) return;
    this.#state = this.#opening;
    this.#drafts = {};
    this.#memory.keep({ query: toQuery(this.#state), drafts: this.#drafts });
    this.#reflect();
  }

  protected content(): TemplateResult {
    return html`<gru-notices
        heading="This element's attributes say something that cannot be meant. It was not obeyed:"
        .notices=${this.#notices}
        @gru-dismiss=${this.#dismiss}
      ></gru-notices>
      <gru-play-view
        embedded
        exportparts=${PANELS}
        .engine=${this.engine}
        .state=${this.#state}
        .opening=${this.#opening}
        .drafts=${this.#drafts}
        @gru-change=${this.#change}
        @gru-draft=${this.#draft}
      ></gru-play-view>
      ${this.#memory.keeps ? nothing : html`<p class="kept">This browser keeps nothing here: a reload goes back to the start.</p>`}`;
  }

  #become(state: PlaygroundState): void {
    this.#state = state;
    this.#changed = true;
    this.#memory.keep({ query: toQuery(state), drafts: this.#drafts });
    this.draw();
    const detail: StateDetail = { state, query: toQuery(state), exception: this.#exception() };
    this.host.dispatchEvent(new CustomEvent('gru-state', { detail, bubbles: true, composed: true }));
  }

  #exception(): StateDetail['exception'] {
    const { call } = readCall(this.#state, (text) => this.engine.parseShape(text));
    const error = this.engine.diagnose(call).diagnostics.find(({ severity }) => severity === 'error');
    return error ? { type: error.exception ?? '', message: error.message } : null;
  }

  #reflect(): void {
    this.#writing = true;
    toAttributes(this.host, this.#state, this.#releases);
    this.#writing = false;
    authored.set(this.host, { opening: this.#opening, written: toQuery(this.#state) });
  }

  readonly #change = ({ detail }: CustomEvent<Partial<PlaygroundState>>): void => {
    const state = { ...this.#state, ...detail };
    this.#drafts = without(this.#drafts, Object.keys(detail));
    this.#state = state;
    this.#reflect();
    this.#become(state);
  };

  readonly #draft = ({ detail: { name, text } }: HTMLElementEventMap['gru-draft']): void => {
    this.#drafts = { ...without(this.#drafts, [name]), ...(text !== undefined && { [name]: text }) };
    this.#memory.keep({ query: toQuery(this.#state), drafts: this.#drafts });
    this.draw();
  };

  readonly #dismiss = (): void => {
    this.#notices = [];
    this.draw();
  };
}
