import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { tableTwin } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { LOOKS } from '../shared/step-chart.js';
import { lookOf, type RankingGap } from './settings.js';
import { ROW, slopesOf, type Slope } from './slopes.js';
import styles from './gru-memory-gap.css?inline';

const WIDTH = 340;
const [LEFT, RIGHT] = [140, 200];

/** The gap between the learner's order and what happened: a line a cell, and the same in words. */
@customElement('gru-memory-gap')
export class GruMemoryGap extends LitElement {
  static override styles = [baseStyles, axisStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) gap: RankingGap | undefined;

  protected override render() {
    const { gap } = this;
    if (!gap) return nothing;
    const height = ROW * gap.moves.length;
    return html`<p class="words">${gap.words}</p>
      <div class="heads" aria-hidden="true"><span>you said</span><span>it came</span></div>
      <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Your order at the left, what came at the right. ${gap.words}">
        ${slopesOf(gap).map((slope) => this.#slope(slope))}
      </svg>
      ${tableTwin({
        label: 'Your order and what came',
        columns: [{ name: 'cell' }, { name: 'you said', kind: 'number' }, { name: 'it came', kind: 'number' }, { name: 'in words' }],
        rows: gap.moves.map(({ name, predicted, place, words }) => [name, String(predicted), String(place), words]),
      })}`;
  }

  #slope({ cell, name, predicted, place, from, to, shared }: Slope) {
    const look = LOOKS[lookOf(cell)];
    return svg`<g data-axis=${look?.tone ?? nothing}>
      <text x=${LEFT - 10} y=${from + 5} text-anchor="end">${predicted}  ${name}</text>
      <line x1=${LEFT} y1=${from} x2=${RIGHT} y2=${to} stroke-dasharray=${look?.dash ?? nothing} />
      <circle cx=${LEFT} cy=${from} r="4" />
      <circle cx=${RIGHT} cy=${to} r="4" />
      <text x=${RIGHT + 10} y=${to + 5}>${shared ? `${place}=` : place}  ${name}</text>
    </g>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-memory-gap': GruMemoryGap;
  }
}
