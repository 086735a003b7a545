import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LastState } from '../../../pkg/gru_lab.js';
import { tableStyles } from '../../ui/table.styles.js';
import { formatValue } from '../../ui/format.js';
import { baseStyles } from '../../ui/base.styles.js';

/** How many numbers of each state are shown. */
const SHOWN = 3;

/** Every sample's true last state in each direction, beside what is read in its stead. */
@customElement('gru-last-states')
export class GruLastStates extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .off,
      .right {
        display: block;
      }

      .off {
        color: var(--gru-error);
        font-weight: 650;
      }

      .right {
        color: var(--gru-good);
      }

      td.number {
        text-align: start;
      }
    `,
  ];

  @property({ attribute: false }) states: readonly LastState[] = [];
  /** `[-1]` or `[:, -1]`. */
  @property() last = '[-1]';

  protected override render() {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Last states">
      <table>
        <thead>
          <tr>
            <th scope="col">sample</th>
            <th scope="col">direction</th>
            <th scope="col">h_n, the true last state</th>
            <th scope="col">padded${this.last}</th>
            <th scope="col">gru(x)[0]${this.last}</th>
          </tr>
        </thead>
        <tbody>
          ${this.states.map(
            ({ sample, reverse, true_last, padded_last, unpacked_last, padded_off, unpacked_off }) => html`<tr>
              <th scope="row">${sample}</th>
              <td>${reverse ? 'reverse' : 'forward'}</td>
              <td class="number">${shown(true_last)}</td>
              <td class="number">${shown(padded_last)} ${verdict(padded_off)}</td>
              <td class="number">${shown(unpacked_last)} ${verdict(unpacked_off)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function shown(values: readonly number[]): string {
  return values.slice(0, SHOWN).map(formatValue).join(' ') + (values.length > SHOWN ? ' …' : '');
}

/** Rounding alone is no difference. */
function verdict(off: number) {
  return off < 1e-6 ? html`<span class="right">right</span>` : html`<span class="off">off by ${formatValue(off)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-last-states': GruLastStates;
  }
}
