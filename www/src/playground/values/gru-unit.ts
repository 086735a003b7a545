import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import { bracketed, formatShare, formatValue } from '../../ui/numbers.js';
import type { UnitStep } from './unit.js';
import styles from './gru-unit.css?inline';

/** The line from -1 to 1, in its own units. */
const LINE = { width: 320, height: 58, left: 12, right: 308, y: 32 };

/** The arithmetic of one hidden unit at one step: the equations with the numbers put in, and the blend as a picture. */
@customElement('gru-unit')
export class GruUnit extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) numbers: UnitStep | undefined;

  protected override render() {
    const { numbers } = this;
    if (!numbers) return nothing;
    const { pre_r, pre_z, n_input, n_hidden, r, z, n, h, h_prev, before } = numbers;
    const old = h_prev === undefined ? 'h' : bracketed(h_prev);
    const from = before === 'h_0' ? 'h_0' : `step ${before}`;
    const show = (value: number) => html`<b>${formatValue(value)}</b>`;
    return html`<dl>
        <dt>r</dt>
        <dd>= \u03c3(${formatValue(pre_r)}) = ${show(r)}</dd>
        <dt>z</dt>
        <dd>= \u03c3(${formatValue(pre_z)}) = ${show(z)}</dd>
        <dt>n</dt>
        <dd>= tanh(${formatValue(n_input)} + ${formatValue(r)} \u2217 ${bracketed(n_hidden)}) = ${show(n)}</dd>
        <dt>h</dt>
        <dd>= ${h_prev === undefined ? 'not kept' : show(h_prev)} <span class="old">from ${from}</span></dd>
        <dt>h'</dt>
        <dd>
          = (1 \u2212 z) \u2217 n + z \u2217 h<br />= ${formatValue(1 - z)} \u2217 ${bracketed(n)} + ${formatValue(z)} \u2217 ${old} =
          ${show(h)}
        </dd>
      </dl>
      ${h_prev === undefined ? nothing : this.#blend(n, h_prev, h, z)}`;
  }

  /** Where n, h and h' lie: h' divides the way from n to h as z does. */
  #blend(n: number, old: number, h: number, z: number) {
    const reach = Math.max(1, Math.abs(n), Math.abs(old), Math.abs(h));
    if (!Number.isFinite(reach)) return nothing;
    const { width, height, left, right, y } = LINE;
    const at = (value: number) => left + ((value / reach + 1) / 2) * (right - left);
    const apart = Math.abs(at(n) - at(old));
    const label = (value: number, other: number, text: string) => {
      // Names that would stand on one another are moved apart.
      const shift = apart >= 18 ? 0 : (18 - apart) / 2;
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
        ${label(n, old, 'n')} ${label(old, n, 'h')}
        <text x=${at(h)} y=${y + 19} text-anchor="middle">h'</text>
        ${Math.abs(at(h) - left) > 22 ? svg`<text class="tick" x=${left} y=${y + 19} text-anchor="middle">\u2212${end}</text>` : nothing}
        ${Math.abs(at(h) - right) > 22 ? svg`<text class="tick" x=${right} y=${y + 19} text-anchor="middle">${end}</text>` : nothing}
      </svg>
      <figcaption>z keeps ${formatShare(z)} of the old state h and takes ${formatShare(1 - z)} of the new n.</figcaption>
    </figure>`;
  }
}
