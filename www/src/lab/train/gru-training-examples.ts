import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TaskName } from '../../engine/lab/train.js';
import { tableStyles } from '../../ui/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { linePath } from '../../ui/plot.js';
import { exampleRows, type ExampleRow } from './examples.js';

const [WIDTH, HEIGHT] = [112, 28];

/** Samples that the model is not trained on: what it reads, what is right, and what it says. */
@customElement('gru-training-examples')
export class GruTrainingExamples extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
      }

      .scroll {
        max-height: none;
        margin-top: 0;
      }

      tbody th {
        font-family: var(--gru-mono);
        white-space: nowrap;
      }

      .reads {
        display: flex;
        align-items: center;
        gap: var(--gru-space-3);
      }

      svg {
        flex: none;
        fill: none;
        stroke: var(--gru-ink-2);
        stroke-width: 1.5;
      }

      .right {
        color: var(--gru-good);
      }

      .wrong {
        color: var(--gru-error);
      }
    `,
  ];

  @property() task: TaskName = 'adding';
  @property({ attribute: false }) x: readonly number[] = [];
  @property({ attribute: false }) y: readonly number[] = [];
  @property({ attribute: false }) predictions: Float32Array | undefined;

  protected override render() {
    const { x, y, predictions } = this;
    const rows = exampleRows(this.task, { x, y, predictions });
    if (rows.length === 0) return html`<p>These settings have no examples.</p>`;
    const judged = rows.some(({ right }) => right !== undefined);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Examples">
      <table>
        <thead>
          <tr>
            <th scope="col">It reads</th>
            <th scope="col" class="number">Right is</th>
            <th scope="col" class="number">It says</th>
            ${judged ? html`<th scope="col">Verdict</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => this.#row(row))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ input, wave, target, answer, right }: ExampleRow) {
    return html`<tr>
      <th scope="row"><span class="reads">${wave.length > 1 ? this.#wave(wave) : nothing}<span>${input}</span></span></th>
      <td class="number">${target}</td>
      <td class="number">${answer === '' ? 'nothing yet' : answer}</td>
      ${right === undefined ? nothing : html`<td class=${right ? 'right' : 'wrong'}>${right ? '✓ right' : '✗ wrong'}</td>`}
    </tr>`;
  }

  #wave(values: readonly number[]) {
    const points = values.map((value, at) => ({
      x: 2 + ((WIDTH - 4) * at) / (values.length - 1),
      y: HEIGHT / 2 - (HEIGHT / 2 - 3) * Math.max(-1, Math.min(1, value)),
    }));
    return svg`<svg aria-hidden="true" width=${WIDTH} height=${HEIGHT}><path d=${linePath(points)} /></svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-examples': GruTrainingExamples;
  }
}
