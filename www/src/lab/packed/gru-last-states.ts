import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LastState } from '../../../pkg/gru_lab.js';
import { tableView, type Cell } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatValue } from '../../ui/numbers.js';
import styles from './gru-last-states.css?inline';

/** How many numbers of each state are shown. */
const SHOWN = 3;

/** Every sample's true last state in each direction, beside what is read in its stead. */
@customElement('gru-last-states')
export class GruLastStates extends LitElement {
  static override styles = [baseStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) states: readonly LastState[] = [];
  /** `[-1]` or `[:, -1]`. */
  @property() last = '[-1]';

  protected override render() {
    return tableView({
      label: 'Last states',
      columns: ['sample', 'direction', 'h_n, the true last state', `padded${this.last}`, `gru(x)[0]${this.last}`].map((name, index) => ({
        name,
        ...(index > 1 && { kind: 'mono' as const }),
      })),
      rows: this.states.map(({ sample, reverse, true_last, padded_last, unpacked_last, padded_off, unpacked_off }) => [
        String(sample),
        reverse ? 'reverse' : 'forward',
        state(true_last),
        state(padded_last, padded_off),
        state(unpacked_last, unpacked_off),
      ]),
    });
  }
}

/** The first numbers of a state, and all of them where it is saved. */
function state(values: readonly number[], off?: number): Cell {
  const first = values.slice(0, SHOWN).map(formatValue).join(' ') + (values.length > SHOWN ? ' …' : '');
  return { value: values.join(' '), shown: html`${first} ${off === undefined ? nothing : verdict(off)}` };
}

/** Rounding alone is no difference. */
function verdict(off: number) {
  return off < 1e-6 ? html`<span class="right">right</span>` : html`<span class="off">off by ${formatValue(off)}</span>`;
}
