import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { sliderStyles } from '../../ui/slider.styles.js';
import { Slides } from '../../ui/slides.js';
import styles from './gru-scrubber.css?inline';

/** One step takes this long where there are few, and less where there are many. */
const SLOWEST_MS = 3000;
const FASTEST_MS = 60;
const WHOLE_MS = 20_000;
/** Nobody sees what stays for less: then a step is shown at its end alone. */
const LEAST_STAGE_MS = 90;
const SPEEDS = [0.5, 1, 2, 4];

/** A place in time. */
export interface Time {
  readonly step: number;
  /** How far within the step; none where all steps are shown as they ended. */
  readonly stage: number | undefined;
}

/**
 * The one control of time: a slider with buttons for one step, and one that plays all steps in the order in which they are read,
 * each in its stages.
 *
 * @fires gru-time - the step gone to, and the stage within it
 */
@customElement('gru-scrubber')
export class GruScrubber extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, formStyles, sliderStyles, unsafeCSS(styles)];

  @property({ type: Number }) step = 0;
  @property({ type: Number }) steps = 1;
  /** Whether the steps are read from the last to the first. */
  @property({ type: Boolean }) reverse = false;
  /** How many stages a step has. */
  @property({ type: Number }) stages = 1;
  /** The stage within the step; none where all steps are shown as they ended. */
  @property({ attribute: false }) stage: number | undefined;

  @state() private _playing = false;
  @state() private _speed = 1;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new KeepFocus(this);
    new Slides(this, (slider) => { this.#slide(slider); });
  }

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
      ${still
        ? nothing
        : html`<select aria-label="Speed" ?disabled=${last < 1} @change=${this.#hasten}>
            ${SPEEDS.map((speed) => html`<option value=${speed} .selected=${speed === this._speed}>${speed}\u00d7</option>`)}
          </select>`}
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
      />
      <button type="button" class="button" aria-label="One step on" ?disabled=${step >= last} @click=${() => this.#by(1)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5 2v12l8-6zM3 2h1.5v12H3z" /></svg>
      </button>
      <span class="step axis" data-axis="L">t = ${step}</span>`;
  }

  #tell(time: Time): void {
    this.dispatchEvent(new CustomEvent('gru-time', { detail: time }));
  }

  /** To the end of a step: by hand nobody waits for its stages. Where nothing is walked through, nothing is hidden. */
  #go(step: number): void {
    const to = Math.max(0, Math.min(this.steps - 1, step));
    if (to !== this.step) this.#tell({ step: to, stage: this.stage === undefined ? undefined : this.stages - 1 });
  }

  /** Stands still, wherever it is. */
  pause(): void {
    this.#stop();
  }

  readonly #hasten = (event: Event): void => {
    this._speed = Number((event.target as HTMLSelectElement).value);
  };

  #by(steps: number): void {
    this.#stop();
    this.#go(this.step + steps);
  }

  #slide({ valueAsNumber }: HTMLInputElement): void {
    this.#stop();
    this.#go(valueAsNumber);
  }

  readonly #toggle = (): void => {
    if (this._playing) {
      this.#stop();
      return;
    }
    this._playing = true;
    const { stage, stages } = this;
    const isOver = stage === undefined || (this.step === this.#last && stage >= stages - 1);
    // From the end it starts over.
    if (isOver) this.#tell({ step: this.step === this.#last ? this.#first : this.step, stage: this.#isStaged ? 0 : stages - 1 });
    this.#wait();
  };

  /** The first step that is read, and the last. */
  get #first(): number {
    return this.reverse ? this.steps - 1 : 0;
  }

  get #last(): number {
    return this.reverse ? 0 : this.steps - 1;
  }

  get #each(): number {
    return Math.max(FASTEST_MS, Math.min(SLOWEST_MS, WHOLE_MS / this.steps) / this._speed);
  }

  /** Whether the stages of a step can be seen at this speed. */
  get #isStaged(): boolean {
    return this.#each / this.stages >= LEAST_STAGE_MS;
  }

  #wait(): void {
    const each = this.#each;
    const { stages } = this;
    const ends = stages - 1;
    this.#timer = setTimeout(() => {
      const stage = this.stage ?? ends;
      if (this.#isStaged && stage < ends) this.#tell({ step: this.step, stage: stage + 1 });
      else if (this.step === this.#last) {
        this.#stop();
        this.#tell({ step: this.step, stage: undefined });
        return;
      } else {
        // Very long sequences are played in strides, so that they end.
        const stride = Math.max(1, Math.round((each * this.steps) / (5 * WHOLE_MS)));
        const to = Math.max(0, Math.min(this.steps - 1, this.step + (this.reverse ? -stride : stride)));
        this.#tell({ step: to, stage: this.#isStaged ? 0 : ends });
      }
      this.#wait();
    }, this.#isStaged ? each / stages : each);
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
    'gru-time': CustomEvent<Time>;
  }
}
