import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AxisMeaning } from '../engine/engine.js';
import { AXES, axisLetters } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';

/**
 * A shape as Python prints it, each number in its axis' colour.
 *
 * With `annotated`, the letters stand below the numbers; without, they are in the tooltip and in the text for screen readers.
 */
@customElement('gru-shape')
export class GruShape extends LitElement {
  static override styles = [
    baseStyles,
    axisStyles,
    css`
      /* What is for screen readers alone scrolls and is cut off with it. */
      :host {
        position: relative;
        display: inline-block;
        font-family: var(--gru-mono);
        font-variant-numeric: tabular-nums;
        font-variant-ligatures: none;
        letter-spacing: -0.025em;
      }

      .shape {
        white-space: nowrap;
      }

      :host([annotated]) .shape {
        display: inline-block;
        padding-bottom: 1.15em;
      }

      .word {
        color: var(--gru-ink-2);
      }

      .size {
        position: relative;
        display: inline-block;
        font-weight: 600;
      }

      .wrong {
        text-decoration: underline wavy var(--gru-error) 0.08em;
        text-underline-offset: 0.22em;
      }

      /* The outer letters hang outwards, so that long ones such as D·num_layers do not push the numbers apart. */
      .letters {
        position: absolute;
        inset-block-start: calc(100% + 0.15em);
        inset-inline-start: 50%;
        translate: -50% 0;
        font-size: max(0.5em, 0.75rem);
        font-weight: 500;
        line-height: 1.2;
        user-select: none;
      }

      :host([annotated]) .size::after {
        content: '';
        position: absolute;
        inset-inline: 0;
        inset-block-end: -0.06em;
        height: 2px;
        border-radius: 1px;
        background: currentcolor;
      }

      /* The line below the number is there already. */
      :host([annotated]) .size {
        box-shadow: 0 0 0 0.1em var(--tint);
      }

      :host([annotated]) .size.wrong::after {
        content: none;
      }

      .first .letters {
        inset-inline: auto 0;
        translate: none;
      }

      .last .letters {
        inset-inline: 0 auto;
        translate: none;
      }
    `,
  ];

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

declare global {
  interface HTMLElementTagNameMap {
    'gru-shape': GruShape;
  }
}
