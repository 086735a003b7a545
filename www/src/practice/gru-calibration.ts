import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ConfidenceStep, PracticeProgress } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import '../ui/chart/gru-line-chart.js';
import type { Chart } from '../ui/chart/scene.js';
import { formatShare } from '../ui/numbers.js';
import { tableTwin, type Table } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import styles from './gru-calibration.css?inline';
import { calibrationWords } from './words.js';

/** How often the learner was right, against how sure they said to be. */
@customElement('gru-calibration')
export class GruCalibration extends LitElement {
  static override styles = [baseStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) progress!: PracticeProgress;
  @property({ attribute: false }) steps: readonly ConfidenceStep[] = [];

  protected override render() {
    const { progress, steps } = this;
    if (progress.tallies.every(({ said }) => said === 0)) return nothing;
    return html`<section aria-labelledby="said">
      <h2 id="said">Said and right</h2>
      <p>${calibrationWords(progress, steps.map(({ share }) => share))}</p>
      ${this.#chart()}
    </section>`;
  }

  /** A picture needs two points; a table has each. */
  #chart() {
    const rows = this.#rows.filter(({ said }) => said > 0);
    const table: Table = {
      label: 'How sure you said to be, and how often you were right',
      columns: [{ name: 'You said' }, { name: 'Stands for', kind: 'number' }, { name: 'Answers', kind: 'number' }, { name: 'Right', kind: 'number' }],
      rows: this.#rows.map(({ words, share, said, right }) => [words, formatShare(share), String(said), said === 0 ? 'none yet' : formatShare(right / said)]),
    };
    if (rows.length < 2) return tableTwin(table, 'As a table');
    const percent = (value: number): string => `${value} %`;
    const chart: Chart = {
      title: 'Right answers by how sure you were',
      description: 'On the line “as said” you would be right just as often as you say.',
      x: { title: 'how sure you said to be', noun: 'said', from: 25, to: 95, text: percent },
      y: { title: 'right', span: [0, 100], format: (value) => `${Math.round(value)} %` },
      series: [
        { name: 'as said', tone: 'L', dash: '7 5', thin: true, points: asSaid(this.steps) },
        { name: 'right', tone: 'N', marker: 'square', points: rows.map(({ share, said, right }) => ({ x: Math.round(100 * share), y: (100 * right) / said })) },
      ],
    };
    return html`<gru-line-chart .chart=${chart} .table=${() => table}></gru-line-chart>`;
  }

  get #rows() {
    return this.steps.map(({ words, share }, step) => ({ words, share, ...(this.progress.tallies[step] ?? { said: 0, right: 0 }) }));
  }
}

function asSaid(steps: readonly ConfidenceStep[]) {
  return steps.map(({ share }) => ({ x: Math.round(100 * share), y: Math.round(100 * share) }));
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-calibration': GruCalibration;
  }
}
