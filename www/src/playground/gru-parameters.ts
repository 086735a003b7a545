import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Bytes, Cost, ParameterCost } from '../engine/engine.js';
import { formatShape } from '../state/python.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formatCount } from '../ui/numbers.js';
import '../ui/gru-shape.js';
import { PrintController } from '../ui/printing.js';
import { tableView, type Cell, type Table } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import styles from './gru-parameters.css?inline';

/** Rows that are shown before more are asked for: two layers with biases. */
const FIRST_ROWS = 8;

/** What the module consists of and what a call of it costs, exactly. */
@customElement('gru-parameters')
export class GruParameters extends LitElement {
  static override styles = [baseStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) cost: Cost | undefined;

  @state() private _all = false;
  readonly #print = new PrintController(this);

  protected override render() {
    const { cost } = this;
    if (!cost) return html`<p class="empty">Nothing to count: the call raises an exception.</p>`;
    const rows = this._all || this.#print.printing ? cost.parameters : cost.parameters.slice(0, FIRST_ROWS);
    return html`<dl class="totals">
        ${this.#total('Parameters', formatCount(cost.total_parameters))}
        ${this.#total('Multiply-adds of one call', formatCount(cost.multiply_adds))}
        ${this.#bytes('Memory of the parameters', cost.parameter_bytes)}
        ${this.#bytes('Memory of one call', cost.activation_bytes)}
      </dl>
      ${tableView(this.#table(rows, cost), () => this.#table(cost.parameters, cost))}
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
    return html`<div><dt>${name}</dt><dd><span class="big">${words}</span> <span class="exact">${formatCount(exact)} bytes</span></dd></div>`;
  }

  #table(rows: readonly ParameterCost[], cost: Cost): Table {
    const hidden = BigInt(cost.parameters.length - rows.length) + cost.unlisted_parameters;
    const count = (value: bigint): Cell => ({ value: String(value), shown: formatCount(value) });
    return {
      label: 'Parameter tensors',
      caption: 'Every parameter tensor, its shape and how many numbers it holds',
      columns: [{ name: 'Name' }, { name: 'Shape' }, { name: 'Numbers', kind: 'number' }],
      rows: [
        ...rows.map((row): Cell[] => [
          { value: row.name, shown: html`<code>${row.name}</code>` },
          { value: formatShape(row.shape), shown: html`<gru-shape .shape=${row.shape} .axes=${row.axes}></gru-shape>` },
          count(row.count),
        ]),
        ...(hidden > 0n ? [[`${formatCount(hidden)} more`, '', '…']] : []),
      ],
      foot: ['In all', '', count(cost.total_parameters)],
    };
  }

  readonly #toggle = (): void => {
    this._all = !this._all;
  };
}
