import { LitElement, html, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GateTrace, RunResult } from '../../engine/engine.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { tableView } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { finalMatrix, outputMatrix, type Layout, type Selection } from './matrix.js';
import { gatesPage, rowPage, type TablePage } from './table-rows.js';
import styles from './gru-values-table.css?inline';

const KINDS = {
  out: 'out at this step',
  gates: 'gates of this layer at this step',
  h_n: 'h_n of this layer',
} as const;

type Kind = keyof typeof KINDS;

/** The values of the chosen step as a table; loaded when it is unfolded. */
@customElement('gru-values-table')
export class GruValuesTable extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) result: RunResult | undefined;
  @property({ attribute: false }) trace: GateTrace | undefined;
  @property({ attribute: false }) layout!: Layout;
  @property({ attribute: false }) selection!: Selection;


  @state() private _kind: Kind = 'out';
  @state() private _page = 0;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trace') && !this.trace && this._kind === 'gates') this._kind = 'out';
  }

  protected override render() {
    return this.#table();
  }

  #pageOf(page?: number): TablePage | undefined {
    const { result, trace, layout, selection } = this;
    const { sample, step, layer, reverse } = selection;
    if (!result) return undefined;
    switch (this._kind) {
      case 'out':
        return rowPage(outputMatrix(result, layout, sample), step, page);
      case 'h_n':
        return rowPage(finalMatrix(result, layout, sample), layer * layout.directions + Number(reverse), page);
      case 'gates':
        return trace && gatesPage(trace, layout, selection, result.h_0, page);
    }
  }

  #table() {
    const shown = this.#pageOf(this._page);
    if (!shown) return '';
    const { table, page, pages } = shown;
    const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'gates' || this.trace);
    return html`<div class="choice">
        <label for="kind">Table of</label>
        <select id="kind" @change=${this.#choose}>
          ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this._kind}>${KINDS[kind]}</option>`)}
        </select>
      </div>
      ${tableView(table, () => this.#pageOf()?.table ?? table)}
      <div class="pages">
        <button type="button" class="button" ?disabled=${page === 0} @click=${() => this.#turn(page - 1)}>Previous</button>
        <span class="tabular">Page ${page + 1} of ${pages}</span>
        <button type="button" class="button" ?disabled=${page === pages - 1} @click=${() => this.#turn(page + 1)}>Next</button>
      </div>`;
  }


  readonly #choose = (event: Event): void => {
    this._kind = (event.target as HTMLSelectElement).value as Kind;
    this._page = 0;
  };

  #turn(page: number): void {
    this._page = page;
  }
}
