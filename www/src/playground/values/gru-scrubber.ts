import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { sliderStyles } from '../../ui/slider.styles.js';
import styles from './gru-scrubber.css?inline';

/** One step takes this long where there are few, and less where there are many. */
const SLOWEST_MS = 700;
const FASTEST_MS = 60;
const WHOLE_MS = 12_000;

/**
 * The time step: a slider with buttons for one step, and one that plays all steps in the order in which they are read.
 *
 * @fires gru-step - the step gone to
 */
@customElement('gru-scrubber')
export class GruScrubber extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, sliderStyles, unsafeCSS(styles)];

  @property({ type: Number }) step = 0;
  @property({ type: Number }) steps = 1;
  /** Whether the steps are read from the last to the first. */
  @property({ type: Boolean }) reverse = false;

  @state() private _playing = false;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#still.addEventListener('change', this.#stilled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#still.removeEventListener('change', this.#stilled);
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('steps') && this.steps <= 1) this.#stop();
  }

  protected override updated(): void {
    this.style.setProperty('--filled', `${(100 * this.step) / Math.max(1, this.steps - 1)}%`);
  }

  protected override render() {
    const { step, steps, reverse, _playing: playing } = this;
    const last = steps - 1;
    const still = this.#still.matches;
    return html`${
        still
          ? nothing
          : html`<button
              type="button"
              class="button"
              ?disabled=${last < 1}
              aria-label=${playing ? 'Pause' : `Play the steps ${reverse ? 'from the last to the first' : 'in order'}`}
              @click=${this.#toggle}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d=${playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3.5 1.8v12.4L14 8z'} />
              </svg>
            </button>`
      }
      <button type="button" class="button" aria-label="One step back" ?disabled=${step <= 0} @click=${() => this.#by(-1)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M11 2v12L3 8zM13 2h-1.5v12H13z" /></svg>
      </button>
      <input
        type="range"
        aria-label="Time step"
        aria-valuetext="step ${step} of 0 to ${last}"
        data-axis="L"
        min="0"
        max=${last}
        .value=${live(String(step))}
        ?disabled=${last < 1}
        @input=${this.#slide}
      />
      <button type="button" class="button" aria-label="One step on" ?disabled=${step >= last} @click=${() => this.#by(1)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5 2v12l8-6zM3 2h1.5v12H3z" /></svg>
      </button>
      <span class="step axis" data-axis="L">t = ${step}</span>`;
  }

  #go(step: number): void {
    const to = Math.max(0, Math.min(this.steps - 1, step));
    if (to !== this.step) this.dispatchEvent(new CustomEvent('gru-step', { detail: to }));
  }

  #by(steps: number): void {
    this.#stop();
    this.#go(this.step + steps);
  }

  readonly #slide = (event: Event): void => {
    this.#stop();
    this.#go((event.target as HTMLInputElement).valueAsNumber);
  };

  readonly #toggle = (): void => {
    if (this._playing) {
      this.#stop();
      return;
    }
    this._playing = true;
    const [first, last] = this.reverse ? [this.steps - 1, 0] : [0, this.steps - 1];
    // From the end it starts over.
    if (this.step === last) this.#go(first);
    this.#wait();
  };

  #wait(): void {
    const each = Math.max(FASTEST_MS, Math.min(SLOWEST_MS, WHOLE_MS / this.steps));
    // Very long sequences are played in strides, so that they end.
    const stride = Math.max(1, Math.round((each * this.steps) / (5 * WHOLE_MS)));
    this.#timer = setTimeout(() => {
      const last = this.reverse ? 0 : this.steps - 1;
      this.#go(this.step + (this.reverse ? -stride : stride));
      if (this.step === last) this.#stop();
      else this.#wait();
    }, each);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this._playing = false;
  }

  readonly #stilled = (): void => {
    this.#stop();
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-scrubber': GruScrubber;
  }
  interface HTMLElementEventMap {
    'gru-step': CustomEvent<number>;
  }
}
