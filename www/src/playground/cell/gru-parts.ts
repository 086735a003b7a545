import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import { addedProduct, bracketed, formatValue } from '../../ui/numbers.js';
import { PrintController } from '../../ui/printing.js';
import styles from '../values/gru-unit.css?inline';
import type { PressedPart } from '../values/gru-unit.js';
import type { UnitNumbers } from './numbers.js';
import { equationOf } from './source.js';

type Part = PressedPart['what'];

/**
 * The arithmetic of one unit of an LSTM or an RNN at one step: its equations with the numbers put in.
 *
 * @fires gru-part - the part whose number was pressed
 */
@customElement('gru-parts')
export class GruParts extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) numbers: UnitNumbers | undefined;
  @property({ attribute: false }) equations: readonly string[] = [];

  /** On paper there is nothing to press. */
  readonly #print = new PrintController(this);

  protected override render() {
    const { numbers } = this;
    if (!numbers) return nothing;
    return html`<dl>${'f' in numbers ? this.#lstm(numbers) : this.#rnn(numbers)}</dl>`;
  }

  #lstm({ pre_i = NaN, pre_f = NaN, pre_g = NaN, pre_o = NaN, i = NaN, f = NaN, g = NaN, o = NaN, c_prev = NaN, c = NaN, h = NaN }: UnitNumbers) {
    return html`${this.#line('i', `\u03c3(${formatValue(pre_i)})`, i)} ${this.#line('f', `\u03c3(${formatValue(pre_f)})`, f)}
    ${this.#line('g', `tanh(${formatValue(pre_g)})`, g)} ${this.#line('o', `\u03c3(${formatValue(pre_o)})`, o)}
    ${this.#line('c', `${formatValue(f)} \u2217 ${bracketed(c_prev)}${addedProduct(i, g)}`, c)}
    ${this.#line('h', `${formatValue(o)} \u2217 tanh(${formatValue(c)})`, h)}`;
  }

  #rnn({ pre = NaN, h = NaN, h_prev }: UnitNumbers) {
    const squeeze = equationOf(this.equations, 'h')?.includes('relu(') ? 'relu' : 'tanh';
    return html`<dt>h_prev</dt>
      <dd>= ${h_prev === undefined ? 'not kept' : formatValue(h_prev)}</dd>
      ${this.#line('h', `${squeeze}(${formatValue(pre)})`, h)}`;
  }

  #line(name: Part, text: string, value: number) {
    if (this.#print.printing) return html`<dt>${name}</dt><dd>= ${text} = <b>${formatValue(value)}</b></dd>`;
    return html`<dt>${name}</dt>
      <dd>= ${text} = <button type="button" class="number" aria-label="Open ${name} = ${formatValue(value)}" value=${name} @click=${this.#press}>${formatValue(value)}</button></dd>`;
  }

  readonly #press = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLButtonElement;
    const detail: PressedPart = { what: button.value as Part, giveBack: () => { button.focus(); } };
    this.dispatchEvent(new CustomEvent('gru-part', { detail }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-parts': GruParts;
  }
}
