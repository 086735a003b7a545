import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModuleCard } from '../../../pkg/gru_lab.js';
import { tableStyles } from '../../ui/table.styles.js';
import { formatShape } from '../../state/python.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatCount } from '../../ui/numbers.js';

/** One module or cell: its equations, its parameters, and what a call of it gives. */
@customElement('gru-module-card')
export class GruModuleCard extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      pre {
        overflow-x: auto;
        padding-block: var(--gru-space-2);
        font: 400 var(--gru-text-s) / 1.7 var(--gru-mono);
        font-variant-ligatures: none;
      }

      p {
        margin-block: var(--gru-space-1);
        color: var(--gru-ink-2);
        font-size: var(--gru-text-s);
      }

      .result th {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) card!: ModuleCard;
  @property() name = '';

  protected override render() {
    const { equations, rows, parameters, count, results } = this.card;
    return html`<pre tabindex="0" role="region" aria-label="The equations of ${this.name}">${equations.join('\n')}</pre>
      <p>
        ${formatCount(count)} numbers in ${parameters.length} parameters${rows === '' ? '' : html`; the rows of each are packed <code>${rows}</code>`}.
        Below them, what a call gives.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Parameters and results of ${this.name}">
        <table>
          <thead>
            <tr>
              <th scope="col">tensor</th>
              <th scope="col">shape</th>
              <th scope="col">.flatten()[:3]</th>
            </tr>
          </thead>
          <tbody>
            ${[...parameters, ...results].map(
              ({ name, shape, first }, index) => html`<tr class=${index < parameters.length ? '' : 'result'}>
                <th scope="row" class="mono">${name}</th>
                <td class="mono">${formatShape(shape)}</td>
                <td class="mono">${first}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-module-card': GruModuleCard;
  }
}
