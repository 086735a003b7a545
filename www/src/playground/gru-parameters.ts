import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Bytes, Cost, Diagnosis, ParameterCost } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formatCount } from '../ui/numbers.js';
import '../ui/gru-shape.js';
import { parameterAxes } from './parameter-axes.js';

/** Rows that are shown before more are asked for: two layers with biases. */
const FIRST_ROWS = 8;

/** What the module consists of and what a call of it costs, exactly. */
@customElement('gru-parameters')
export class GruParameters extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .totals {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(7.75rem, 1fr));
        gap: var(--gru-space-4);
        margin-bottom: var(--gru-space-5);
      }

      dt {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      dd {
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }

      .big {
        font-size: var(--gru-text-l);
        font-weight: 600;
      }

      .exact {
        display: block;
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--gru-text-s);
      }

      caption {
        text-align: start;
      }

      th,
      td {
        padding: var(--gru-space-2) var(--gru-space-4) var(--gru-space-2) 0;
        border-top: 1px solid var(--gru-line);
        text-align: start;
        font-weight: 400;
      }

      thead th {
        border-top: 0;
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      tfoot th,
      tfoot td {
        border-top-color: var(--gru-line-strong);
        font-weight: 600;
      }

      .count {
        padding-inline-end: 0;
        text-align: end;
        font-family: var(--gru-mono);
        font-variant-numeric: tabular-nums;
      }

      .more {
        margin-top: var(--gru-space-3);
      }

      .empty {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-s);
      }
    `,
  ];

  @property({ attribute: false }) cost: Cost | undefined;
  @property({ attribute: false }) module: Diagnosis['module'] | undefined;

  @state() private _all = false;

  protected override render() {
    const { cost, module } = this;
    if (!cost || !module) return html`<p class="empty">Nothing to count: the call raises an exception.</p>`;
    const rows = this._all ? cost.parameters : cost.parameters.slice(0, FIRST_ROWS);
    const hidden = BigInt(cost.parameters.length - rows.length) + cost.unlisted_parameters;
    return html`<dl class="totals">
        ${this.#total('Parameters', formatCount(cost.total_parameters))}
        ${this.#total('Multiply-adds of one call', formatCount(cost.multiply_adds))}
        ${this.#bytes('Memory of the parameters', cost.parameter_bytes)}
        ${this.#bytes('Memory of one call', cost.activation_bytes)}
      </dl>
      <div class="scroll" tabindex="0" role="region" aria-label="Parameter tensors">
        <table>
          <caption class="visually-hidden">Every parameter tensor, its shape and how many numbers it holds</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Shape</th>
              <th scope="col" class="count">Numbers</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => this.#row(row, module))}
            ${hidden > 0n ? html`<tr><td colspan="2">${formatCount(hidden)} more</td><td class="count">…</td></tr>` : nothing}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan="2">In all</th>
              <td class="count">${formatCount(cost.total_parameters)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      ${cost.parameters.length > FIRST_ROWS
        ? html`<button type="button" class="button more" aria-expanded=${this._all ? 'true' : 'false'} @click=${this.#toggle}>
            ${this._all ? 'Show the first layers only' : `Show ${cost.unlisted_parameters > 0n ? 'the first ' : 'all '}${cost.parameters.length}`}
          </button>`
        : nothing}`;
  }

  #total(name: string, value: string) {
    return html`<div><dt>${name}</dt><dd class="big">${value}</dd></div>`;
  }

  #bytes(name: string, { exact, words }: Bytes) {
    return html`<div><dt>${name}</dt><dd><span class="big">${words}</span><span class="exact">${formatCount(exact)} bytes</span></dd></div>`;
  }

  #row({ name, shape, count }: ParameterCost, module: NonNullable<Diagnosis['module']>) {
    return html`<tr>
      <th scope="row"><code>${name}</code></th>
      <td><gru-shape .shape=${shape} .axes=${parameterAxes(name, module)}></gru-shape></td>
      <td class="count">${formatCount(count)}</td>
    </tr>`;
  }

  readonly #toggle = (): void => {
    this._all = !this._all;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-parameters': GruParameters;
  }
}
