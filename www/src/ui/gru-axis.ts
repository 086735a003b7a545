import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Axis } from '../engine/engine.js';
import { AXES, STACK, axisLetters } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import styles from './gru-axis.css?inline';

/** An axis' letter in its colour, with its one-sentence explanation on hover and, where `focusable`, on focus. */
@customElement('gru-axis')
export class GruAxis extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

  @property() axis: Axis = 'L';
  /** The letters to show where they are more than the axis' own: `D*num_layers`, or `D*` before that name. */
  @property() letters = '';
  /** Whether the keyboard reaches it. */
  @property({ type: Boolean }) focusable = false;

  protected override render() {
    const { letter } = AXES[this.axis];
    const stacked = this.letters === STACK.letters || this.letters === 'D*';
    const { sentence } = stacked ? STACK : AXES[this.axis];
    const letters = html`<span>${axisLetters(this.letters || letter)}</span>`;
    return this.focusable
      ? html`<button type="button" class="axis chip" data-axis=${this.axis} data-tip=${sentence} aria-label=${sentence}>
          ${letters}
        </button>`
      : html`<span class="axis chip" data-axis=${this.axis} data-tip=${sentence}>${letters}</span>`;
  }
}
