import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import { addedProduct, bracketed, formatShare, formatValue } from '../../ui/numbers.js';
import { PrintController } from '../../ui/printing.js';
import type { UnitStep } from './unit.js';
import styles from './gru-unit.css?inline';

/** The line from -1 to 1, in its own units. */
const LINE = { width: 320, height: 58, left: 12, right: 308, y: 32 };

/** A number that was pressed, and how the focus goes back to it. */
export interface PressedPart {
  readonly what: 'r' | 'z' | 'n' | 'i' | 'f' | 'g' | 'o' | 'c' | 'h';
  readonly giveBack: () => void;
}

/**
 * The arithmetic of one unit at one step: the equations with the numbers put in, and the mix as a picture.
 *
 * @fires gru-part - the part whose number was pressed
 */
@customElement('gru-unit')
export class GruUnit extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) numbers: UnitStep | undefined;

  /** On paper there is nothing to press. */
  readonly #print = new PrintController(this);

  protected override render() {
    const { numbers } = this;
    if (!numbers) return nothing;
    const { pre_r, pre_z, n_input, n_hidden, r, z, n, h, h_prev, before } = numbers;
    const old = h_prev === undefined ? ` + ${formatValue(z)} \u2217 h_prev` : addedProduct(z, h_prev);
    const from = before === 'h_0' ? 'h_0' : `step ${before}`;
    const show = (value: number) => html`<b>${formatValue(value)}</b>`;
    const part = (what: PressedPart['what'], value: number) =>
      this.#print.printing ? show(value) : html`<button type="button" class="number" aria-label="Open ${what} = ${formatValue(value)}" @click=${this.#press} value=${what}>${formatValue(value)}</button>`;
    return html`<dl>
        <dt>r</dt>
        <dd>= \u03c3(${formatValue(pre_r)}) = ${part('r', r)}</dd>
        <dt>z</dt>
        <dd>= \u03c3(${formatValue(pre_z)}) = ${part('z', z)}</dd>
        <dt>n</dt>
        <dd>= tanh(${formatValue(n_input)}${addedProduct(r, n_hidden)}) = ${part('n', n)}</dd>
        <dt>h_prev</dt>
        <dd>= ${h_prev === undefined ? 'not kept' : show(h_prev)} <span class="old">from ${from}</span></dd>
        <dt>h</dt>
        <dd>
          = (1 \u2212 z) \u2217 n + z \u2217 h_prev<br />= ${formatValue(1 - z)} \u2217 ${bracketed(n)}${old} = ${part('h', h)}
        </dd>
      </dl>
      ${h_prev === undefined ? nothing : this.#blend(n, h_prev, h, z)}`;
  }

  readonly #press = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLButtonElement;
    const detail: PressedPart = { what: button.value as PressedPart['what'], giveBack: () => { button.focus(); } };
    this.dispatchEvent(new CustomEvent('gru-part', { detail }));
  };

  /** Where n, h_prev and h lie: h divides the way from n to h_prev as z does. */
  #blend(n: number, old: number, h: number, z: number) {
    const reach = Math.max(1, Math.abs(n), Math.abs(old), Math.abs(h));
    if (!Number.isFinite(reach)) return nothing;
    const { width, height, left, right, y } = LINE;
    const at = (value: number) => left + ((value / reach + 1) / 2) * (right - left);
    const apart = Math.abs(at(n) - at(old));
    const label = (value: number, other: number, text: string) => {
      // Names that would stand on one another are moved apart.
      const shift = apart >= 36 ? 0 : (36 - apart) / 2;
      const x = at(value) + (value < other || (value === other && text === 'n') ? -shift : shift);
      return svg`<text x=${x} y=${y - 13} text-anchor="middle">${text}</text>`;
    };
    const end = reach === 1 ? '1' : formatValue(reach);
    return html`<figure>
      <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
        <path class="scale" d="M${left} ${y}H${right}M${left} ${y - 4}v8M${(left + right) / 2} ${y - 4}v8M${right} ${y - 4}v8" />
        <path class="way" d="M${at(n)} ${y}H${at(old)}" />
        <circle class="point" cx=${at(n)} cy=${y} r="5" />
        <circle class="point" cx=${at(old)} cy=${y} r="5" />
        <circle class="result" cx=${at(h)} cy=${y} r="4" />
        ${label(n, old, 'n')} ${label(old, n, 'h_prev')}
        <text x=${at(h)} y=${y + 19} text-anchor="middle">h</text>
        ${Math.abs(at(h) - left) > 22 ? svg`<text class="tick" x=${left} y=${y + 19} text-anchor="middle">\u2212${end}</text>` : nothing}
        ${Math.abs(at(h) - right) > 22 ? svg`<text class="tick" x=${right} y=${y + 19} text-anchor="middle">${end}</text>` : nothing}
      </svg>
      <figcaption>z keeps ${formatShare(z)} of h_prev and replaces ${formatShare(1 - z)} with the candidate n.</figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    'gru-part': CustomEvent<PressedPart>;
  }
}
