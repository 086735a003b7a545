import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Axis } from '../engine/engine.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import { formStyles } from './form.styles.js';
import { formatCount } from './numbers.js';
import { fieldLength, typedIn } from './typed.js';
import styles from './gru-choice.css?inline';

/** More than this are not listed but typed. */
const LISTED = 40;

/**
 * One of a number of things, counted from 0: a list where they are few, a field where they are many.
 *
 * @fires gru-choice - the number chosen
 */
@customElement('gru-choice')
export class GruChoice extends LitElement {
  static override styles = [baseStyles, axisStyles, formStyles, unsafeCSS(styles)];

  @property() name = '';
  @property() axis: Axis | undefined;
  @property({ type: Number }) value = 0;
  @property({ type: Number }) count = 1;

  protected override render() {
    const { name, axis, value, count } = this;
    const field =
      count <= LISTED
        ? html`<select id="choice" ?disabled=${count <= 1} @change=${this.#choose}>
            ${Array.from(
              { length: Math.max(1, count) },
              (_, index) => html`<option value=${index} .selected=${index === value}>${index}</option>`,
            )}
          </select>`
        : html`<input
            id="choice"
            type="number"
            maxlength=${fieldLength()}
            inputmode="numeric"
            min="0"
            max=${count - 1}
            .value=${live(String(value))}
            @change=${this.#choose}
          />`;
    return html`<label for="choice" class=${axis ? 'axis' : ''} data-axis=${axis ?? nothing}>${name}</label> ${field}
      ${count > LISTED ? html`<span class="of">of 0 to ${formatCount(count - 1)}</span>` : nothing}`;
  }

  readonly #choose = (event: Event): void => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    const typed = Number(field instanceof HTMLInputElement ? typedIn(field).text : field.value);
    const value = Number.isFinite(typed) ? Math.max(0, Math.min(this.count - 1, Math.round(typed))) : this.value;
    if (value === this.value) this.requestUpdate();
    else this.dispatchEvent(new CustomEvent('gru-choice', { detail: value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-choice': GruChoice;
  }
  interface HTMLElementEventMap {
    'gru-choice': CustomEvent<number>;
  }
}
