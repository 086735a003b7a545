import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Packing } from '../../../pkg/gru_lab.js';
import { baseStyles } from '../../ui/base.styles.js';
import { blocks, paddedCells } from './grid.js';
import styles from './gru-packing-grid.css?inline';

/** The colours repeat after so many samples; the sample's number is always there. */
const HUES = 5;

/**
 * The padded batch above, the packed data below. Whatever is pointed at in one is marked in the other.
 *
 * @fires gru-length - a sample's new length: where its bar was dragged, clicked or moved by keys
 */
@customElement('gru-packing-grid')
export class GruPackingGrid extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) packing: Packing | undefined;
  @property({ attribute: false }) lengths: readonly number[] = [];
  @property({ type: Number }) steps = 1;
  /** The largest length that can be set. */
  @property({ type: Number }) most = 64;

  /** What is pointed at: `sample step`. */
  @state() private _lit = '';
  /** Where a finger lies that has not moved along the row. */
  #held: { readonly sample: number; readonly length: number } | undefined;

  protected override render() {
    const packed = this.packing?.packed ?? null;
    return html`<h3>The padded batch: a line for each sample, its steps to the right</h3>
      <div class="scroll" @pointerup=${this.#lift} @pointercancel=${() => (this.#held = undefined)}>
        ${paddedCells(this.lengths.length, this.steps, packed).map((cells, sample) => {
          const length = this.lengths[sample] ?? 0;
          return html`<div
            class="line hue-${sample % HUES}"
            tabindex="0"
            role="slider"
            aria-label="Length of sample ${sample}"
            aria-valuemin="0"
            aria-valuemax=${this.most}
            aria-valuenow=${length}
            aria-valuetext="${length} of ${this.steps} steps"
            @keydown=${(event: KeyboardEvent) => { this.#key(event, sample, length); }}
          >
            <span class="name">${sample}: ${length}</span>
            ${cells.map(({ step, row }) => {
              const key = `${sample} ${step}`;
              const within = step < length;
              return html`<span
                class="cell ${within ? '' : 'padding'} ${step === length - 1 ? 'last' : ''} ${this._lit === key ? 'lit' : ''}"
                @pointerdown=${(event: PointerEvent) => { this.#press(event, sample, step + 1); }}
                @pointerenter=${(event: PointerEvent) => { this.#enter(event, sample, step); }}
                @pointerleave=${() => (this._lit = '')}
                >${within ? (row ?? '·') : 'pad'}</span
              > `;
            })}
          </div>`;
        })}
      </div>
      ${packed ? this.#data(packed) : nothing}`;
  }

  #data(packed: NonNullable<Packing['packed']>) {
    return html`<h3>The packed data: its rows in blocks of one step each, sample and step within</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="The packed data">
        <div class="data">
          ${blocks(packed).map((block, t) => {
            const size = packed.batch_sizes[t] ?? 0;
            return html`<div class="block">
              ${block.map(({ sample, step, row }) => {
                const key = `${sample} ${step}`;
                return html`<span
                  class="cell hue-${sample % HUES} ${this._lit === key ? 'lit' : ''}"
                  data-tip="data[${row}] is step ${step} of sample ${sample}"
                  @pointerenter=${() => (this._lit = key)}
                  @pointerleave=${() => (this._lit = '')}
                  >${sample}·${step}</span
                > `;
              })}
              <span class="size ${block.length < size ? 'promised' : ''}"
                >${block.length < size ? html`${size}, has ${block.length}` : size}</span
              >
            </div>`;
          })}
        </div>
      </div>`;
  }

  /** A finger may be about to scroll: its touch counts once it has moved along the row, or has ended without a scroll. */
  #press(event: PointerEvent, sample: number, length: number): void {
    // So that the pointer is heard where it goes next.
    (event.target as HTMLElement).releasePointerCapture(event.pointerId);
    if (event.pointerType === 'touch') this.#held = { sample, length };
    else this.#give(sample, length);
  }

  #enter(event: PointerEvent, sample: number, step: number): void {
    this._lit = `${sample} ${step}`;
    if (event.buttons !== 1) return;
    if (event.pointerType === 'touch') {
      // What a touch begins on is entered before it is pressed.
      if (this.#held?.sample !== sample) return;
      this.#held = { sample, length: step + 1 };
    }
    this.#give(sample, step + 1);
  }

  readonly #lift = (): void => {
    const held = this.#held;
    this.#held = undefined;
    if (held) this.#give(held.sample, held.length);
  };

  #key(event: KeyboardEvent, sample: number, length: number): void {
    const to = {
      ArrowLeft: length - 1,
      ArrowRight: length + 1,
      Home: 1,
      End: this.steps,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#give(sample, Math.max(0, Math.min(this.most, to)));
  }

  #give(sample: number, length: number): void {
    if (this.lengths[sample] !== length) this.dispatchEvent(new CustomEvent('gru-length', { detail: { sample, length } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-packing-grid': GruPackingGrid;
  }
  interface HTMLElementEventMap {
    'gru-length': CustomEvent<{ readonly sample: number; readonly length: number }>;
  }
}
