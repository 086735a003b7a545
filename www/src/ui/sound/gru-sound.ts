import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../announcer.js';
import { baseStyles } from '../base.styles.js';
import { buttonStyles } from '../button.styles.js';
import { formStyles } from '../form.styles.js';
import { sliderStyles } from '../slider.styles.js';
import styles from './gru-sound.css?inline';
import { NoSound, Player } from './player.js';
import { pieceOf, type Track } from './tones.js';

/**
 * Numbers that can be heard: nothing sounds before a press, one button stops it, and how loud it is can be set.
 *
 * With `tracks` it plays them once, all at a time. With `live` it sounds each `value` as it comes, for as long as it is switched on;
 * what shows a number that changes, such as a loss, sets `value`, `low` and `high`. What is heard stands beside it as text: the slot.
 */
@customElement('gru-sound')
export class GruSound extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, sliderStyles, unsafeCSS(styles)];

  /** What is heard, as it follows 'Hear': `the gates`. */
  @property() what = '';
  @property({ attribute: false }) tracks: readonly Track[] = [];
  /** Whether numbers are heard as they come. */
  @property({ type: Boolean }) live = false;
  /** The number that came last. */
  @property({ attribute: false }) value: number | undefined;
  /** What sounds lowest and highest of what comes. */
  @property({ type: Number }) low = 0;
  @property({ type: Number }) high = 1;

  @state() private _on = false;
  @state() private _volume = 50;
  @state() private _fault = '';
  readonly #player = new Player();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player.close();
    this._on = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Other numbers than those that sound.
    if (changed.has('tracks') && changed.get('tracks') !== undefined && this._on && !this.live) this.#stop();
    if (changed.has('value') && this._on && this.live && this.value !== undefined) this.#player.say(this.value, this.low, this.high);
    this.style.setProperty('--filled', `${this._volume}%`);
  }

  protected override render() {
    const { _on: on, what } = this;
    return html`<div class="row">
        <button type="button" class="button" @click=${on ? this.#stop : this.#start}>${on ? 'Stop' : html`Hear ${what}`}</button>
        <span class="loud">
          <label for="volume">volume</label>
          <input id="volume" type="range" min="0" max="100" step="5" .value=${String(this._volume)} aria-valuetext="${this._volume} %" @input=${this.#louder} />
        </span>
      </div>
      ${this._fault === '' ? nothing : html`<p class="fault">${this._fault}</p>`}
      <slot></slot>`;
  }

  readonly #start = async (): Promise<void> => {
    this._fault = '';
    this._on = true;
    const volume = this._volume / 100;
    try {
      if (this.live) await this.#player.listen(volume);
      else await this.#player.play(pieceOf(this.tracks), volume, this.#ended);
    } catch (error) {
      this._on = false;
      this._fault = error instanceof NoSound ? error.message : 'The browser did not let it sound.';
      announce(this, this._fault, true);
    }
  };

  readonly #ended = (): void => {
    this._on = false;
  };

  readonly #stop = (): void => {
    this.#player.stop();
    this._on = false;
  };

  readonly #louder = (event: Event): void => {
    this._volume = Number((event.target as HTMLInputElement).value);
    this.#player.volume = this._volume / 100;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-sound': GruSound;
  }
}
