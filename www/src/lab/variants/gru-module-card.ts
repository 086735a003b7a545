import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModuleCard } from '../../../pkg/gru_lab.js';
import { tableView } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { formatShape } from '../../state/python.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatCount } from '../../ui/numbers.js';
import styles from './gru-module-card.css?inline';

/** One module or cell: its equations, its parameters, and what a call of it gives. */
@customElement('gru-module-card')
export class GruModuleCard extends LitElement {
  static override styles = [baseStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) card!: ModuleCard;
  @property() name = '';

  protected override render() {
    const { equations, rows, parameters, count, results } = this.card;
    return html`<pre tabindex="0" role="region" aria-label="The equations of ${this.name}">${equations.join('\n')}</pre>
      <p>
        ${formatCount(count)} numbers in ${parameters.length} parameters${rows === '' ? '' : html`; the rows of each are packed <code>${rows}</code>`}.
        Below them, what a call gives.
      </p>
      ${tableView({
        label: `Parameters and results of ${this.name}`,
        columns: ['tensor', 'shape', '.flatten()[:3]'].map((name) => ({ name, kind: 'mono' })),
        rows: [...parameters, ...results].map(({ name, shape, first }, index) => [
          { value: name, shown: index < parameters.length ? name : html`<b>${name}</b>` },
          formatShape(shape),
          first,
        ]),
      })}`;
  }
}
