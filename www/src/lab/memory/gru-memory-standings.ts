import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { tableTwin } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { LOOKS } from '../shared/step-chart.js';
import { lookOf, type MemoryPlan, type MemoryStanding } from './settings.js';
import { percent } from './words.js';
import styles from './gru-memory-standings.css?inline';

/** How often each cell is right: a dot a seed, a bar for their median, on one scale with guessing marked. */
@customElement('gru-memory-standings')
export class GruMemoryStandings extends LitElement {
  static override styles = [baseStyles, axisStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) standings: readonly MemoryStanding[] = [];
  @property({ attribute: false }) plan: MemoryPlan | undefined;
  @property({ type: Number }) seeds = 1;

  protected override render() {
    const cells = this.plan?.cells ?? [];
    const chance = this.plan?.chance ?? 0;
    return html`<ul aria-label="Right answers of each cell">
        ${cells.map(({ cell, name }) => {
          const standing = this.standings.find((entry) => entry.cell === cell);
          return html`<li data-axis=${LOOKS[lookOf(cell)]?.tone ?? nothing}>
            <b>${name}</b>
            ${this.#strip(standing, chance)}
            <span class="told">${standing ? html`<b>${percent(standing.median)}</b> ${standing.words}` : 'not trained yet'}</span>
          </li>`;
        })}
        <li class="scale" aria-hidden="true">
          <span></span>
          <span class="ends"><span>0</span><span>${percent(0.5)}</span><span>${percent(1)}</span></span>
          <span></span>
        </li>
      </ul>
      <p class="legend">Bar: the median. Circles: one a seed. Dashed line: who guesses is right in ${percent(chance)}.</p>
      ${tableTwin({
        label: 'Right answers of each cell',
        columns: [
          { name: 'cell' },
          { name: 'parameters', kind: 'number' },
          { name: 'median', kind: 'number' },
          ...Array.from({ length: this.seeds }, (_, number) => ({ name: `seed ${number + 1}`, kind: 'number' as const })),
          { name: 'place', kind: 'number' },
        ],
        rows: cells.map(({ cell, name, parameters }) => {
          const standing = this.standings.find((entry) => entry.cell === cell);
          const share = (value: number | undefined): string => (value === undefined ? '–' : percent(value));
          return [
            name,
            String(parameters),
            share(standing?.median),
            ...Array.from({ length: this.seeds }, (_, number) => share(standing?.accuracies[number])),
            standing ? String(standing.place) : '–',
          ];
        }),
      })}`;
  }

  #strip(standing: MemoryStanding | undefined, chance: number) {
    const at = (share: number): string => `${(2 + 96 * share).toFixed(2)}%`;
    return html`<svg role="img" aria-label=${standing ? `${percent(standing.median)}; seeds ${standing.accuracies.map(percent).join(', ')}` : 'not trained yet'}>
      <line class="ground" x1=${at(0)} x2=${at(1)} y1="50%" y2="50%" />
      <line class="chance" x1=${at(chance)} x2=${at(chance)} y1="8%" y2="92%" />
      ${standing
        ? svg`<line class="median" x1=${at(0)} x2=${at(standing.median)} y1="50%" y2="50%" />
          ${standing.accuracies.map((accuracy) => svg`<circle cx=${at(accuracy)} cy="50%" r="5.5" />`)}`
        : nothing}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-memory-standings': GruMemoryStandings;
  }
}
