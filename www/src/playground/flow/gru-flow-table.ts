import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import { tableStyles } from '../../ui/table.styles.js';
import type { FlowModel } from './model.js';
import { flowRows, jointText } from './words.js';

/** The shape flow as a table. */
@customElement('gru-flow-table')
export class GruFlowTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) model: FlowModel | undefined;

  protected override render() {
    const { model } = this;
    if (!model) return nothing;
    return html`<details>
      <summary>Shape flow as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Shape flow as a table">
        <table>
          <caption class="visually-hidden">
            Every tensor from the input to the results, with its shape and what its axes mean
          </caption>
          <thead>
            <tr>
              <th scope="col">Tensor</th>
              <th scope="col">Shape</th>
              <th scope="col">Axes</th>
            </tr>
          </thead>
          <tbody>
            ${flowRows(model).map(
              ({ name, shape, axes }) => html`<tr>
                <th scope="row">${name}</th>
                <td class="mono">${shape}</td>
                <td>${axes}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${model.joint ? html`<p>${jointText(model.joint)}.</p>` : nothing}
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-flow-table': GruFlowTable;
  }
}
