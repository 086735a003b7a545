import { LitElement, html, nothing, svg, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BadgeView, Engine } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { saveFile } from '../ui/save-file.js';
import { badgeScene, dayWords, type BadgePattern, type BadgeScene } from './badge-scene.js';
import { badgeItems } from './badge-svg.js';
import { cardStyles } from './card.styles.js';
import styles from './gru-quiz-badge.css?inline';

/** The badge is a card of its own, with nothing behind its corners. */
const NO_GROUND = '';

/** The earned badge, with the pattern of its own run, to be kept as SVG or PNG. */
@customElement('gru-quiz-badge')
export class GruQuizBadge extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles, unsafeCSS(styles)];

  @property({ attribute: false }) badge!: BadgeView;
  /** How many questions were solved: all of them. */
  @property({ type: Number }) questions = 0;
  @property({ attribute: false }) engine: Engine | undefined;
  @state() private _pattern: BadgePattern | undefined;
  @state() private _failed = '';
  @query('svg') private readonly _svg!: SVGSVGElement;
  #run: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('badge');
    if (changed.has('engine') || (changed.has('badge') && before?.seed !== this.badge.seed)) void this.#compute();
  }

  protected override render() {
    const scene = this.#scene();
    return html`<figure>
      <svg viewBox="0 0 ${scene.width} ${scene.height}" role="img" aria-label=${this.#description()}>
        ${svg`${badgeItems(scene.items)}`}
      </svg>
      <div class="actions">
        <button class="button large" type="button" ?disabled=${!this._pattern} @click=${() => this.#save('SVG')}>Save as SVG</button>
        <button class="button large" type="button" ?disabled=${!this._pattern} @click=${() => this.#save('PNG')}>Save as PNG</button>
      </div>
      <figcaption class="quiet-text">
        No two badges are alike: the pattern is the hidden state <code>h_n</code> of the GRU that your run's seed,
        ${this.badge.seed}, gives. Each band is a layer and a sample, each dot a hidden unit, and a band swells where its unit is
        positive.
      </figcaption>
      ${this._failed ? html`<p class="note error">${this._failed}</p>` : nothing}
    </figure>`;
  }

  #scene(): BadgeScene {
    const { title, date, mode, total, about } = this.badge;
    return badgeScene({ title, date: date ?? '', mode, total, about, questions: this.questions }, this._pattern);
  }

  #description(): string {
    const { title, date, mode, total, about } = this.badge;
    const { questions } = this;
    return `${title}. ${questions} of ${questions} right in ${total}, ${dayWords(date ?? '')}, ${mode}. ${about}`;
  }

  async #compute(): Promise<void> {
    this.#run?.abort();
    this._pattern = undefined;
    this._failed = '';
    if (!this.engine) return;
    const run = new AbortController();
    this.#run = run;
    try {
      const { call, seed } = this.badge;
      const { h_n, h_n_shape } = await this.engine.run({ call, seed }, { signal: run.signal });
      this._pattern = { values: h_n, shape: h_n_shape };
    } catch (error) {
      if (!run.signal.aborted) this.#fail(`The badge's pattern could not be computed: ${message(error)} Reload the page to try again.`);
    }
  }

  #fail(text: string): void {
    this._failed = text;
    announce(this, text, true);
  }

  async #save(format: 'SVG' | 'PNG'): Promise<void> {
    try {
      const { pngFile, svgFile } = await import('../ui/save/picture.js');
      const file =
        format === 'PNG'
          ? await pngFile(this._svg, NO_GROUND)
          : new Blob([svgFile(this._svg, this.badge.title, this.#description(), NO_GROUND)], { type: 'image/svg+xml' });
      saveFile(file, `gru-mastery-badge.${format.toLowerCase()}`);
    } catch (error) {
      this.#fail(`The ${format} could not be made: ${message(error)}`);
    }
  }
}

function message(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
