import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Axis } from '../engine/engine.js';
import { AXES, STACK, axisLetters } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import styles from './gru-axis.css?inline';

/** An axis' letter in its colour, with its one-sentence explanation on hover. It does nothing, and so is no stop of the tab key. */
@customElement('gru-axis')
export class GruAxis extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

  @property() axis: Axis = 'L';
  /** The letters to show where they are more than the axis' own: `D*num_layers`, or `D*` before that name. */
  @property() letters = '';

  protected override render() {
    const { letter } = AXES[this.axis];
    const stacked = this.letters === STACK.letters || this.letters === 'D*';
    const { sentence } = stacked ? STACK : AXES[this.axis];
    return html`<span class="axis chip" data-axis=${this.axis} data-tip=${sentence}><span>${axisLetters(this.letters || letter)}</span></span>`;
  }
}
