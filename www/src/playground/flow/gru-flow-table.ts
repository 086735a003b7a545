import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import { tableBox } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import type { FlowModel } from './model.js';
import { flowTable, jointText } from './words.js';
import styles from './gru-flow-table.css?inline';

/** The shape flow as a table, and what saves either. */
@customElement('gru-flow-table')
export class GruFlowTable extends LitElement {
  static override styles = [baseStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) model: FlowModel | undefined;
  /** The drawing. */
  @property({ attribute: false }) picture!: () => SVGSVGElement | null;

  protected override render() {
    const { model } = this;
    if (!model) return nothing;
    const table = flowTable(model);
    return html`<gru-save
        file="Shape flow"
        .description=${table.rows.map(([name, shape]) => `${name} ${shape}`).join('; ')}
        .picture=${this.picture}
        .table=${() => table}
      ></gru-save>
      <details>
        <summary>Shape flow as a table</summary>
        ${tableBox(table)}
        ${model.joint ? html`<p>${jointText(model.joint)}.</p>` : nothing}
      </details>`;
  }
}
