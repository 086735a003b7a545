import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AxisMeaning } from '../engine/engine.js';
import { AXES, axisLetters } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import styles from './gru-shape.css?inline';

/**
 * A shape as Python prints it, each number in its axis' colour.
 *
 * With `annotated`, the letters stand below the numbers; without, they are in the tooltip and in the text for screen readers.
 */
@customElement('gru-shape')
export class GruShape extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

  @property({ attribute: false }) shape: readonly (number | bigint)[] = [];
  /** The meaning of each axis; without it the numbers stay without colour. */
  @property({ attribute: false }) axes: readonly AxisMeaning[] = [];
  /** `torch.Size([5, 3])` or `(5, 3)`. */
  @property() form: 'size' | 'tuple' = 'tuple';
  @property({ type: Boolean, reflect: true }) annotated = false;
  /** Axes to underline as wrong. */
  @property({ attribute: false }) wrong: readonly number[] = [];

  protected override render() {
    const { shape, form } = this;
    const [open, close] = form === 'size' ? ['torch.Size([', '])'] : ['(', shape.length === 1 ? ',)' : ')'];
    return html`<span class="shape"
        ><span class="word">${open}</span>${shape.map((size, index) => this.#size(size, index))}<span class="word"
          >${close}</span
        ></span
      ><span class="visually-hidden">${this.#words()}</span>`;
  }

  #size(size: number | bigint, index: number) {
    const meaning = this.axes[index];
    const last = this.shape.length - 1;
    const side = index === 0 && last > 0 ? 'first' : index === last ? 'last' : '';
    const wrong = this.wrong.includes(index) ? 'wrong' : '';
    const separator = index === 0 ? nothing : html`<span class="word">, </span>`;
    if (!meaning) return html`${separator}<span class="size ${wrong}">${size}</span>`;
    return html`${separator}<span
        class="axis size ${side} ${wrong}"
        data-axis=${meaning.axis}
        data-tip="${meaning.letters} = ${size}. ${AXES[meaning.axis].sentence}"
        >${size}${this.annotated
          ? html`<span class="letters" aria-hidden="true">${axisLetters(meaning.letters)}</span>`
          : nothing}</span
      >`;
  }

  #words(): string {
    return this.axes.length === 0 ? '' : `: ${this.axes.map(({ words }, index) => `${words} ${this.shape[index] ?? ''}`).join(', ')}`;
  }
}
