import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatValue } from '../../ui/format.js';
import { tableStyles } from '../../ui/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatCount } from '../../ui/numbers.js';
import { linePath } from '../../ui/plot.js';
import { plotRuns, type CurveOfRun, type CurvesPlot } from './curves.js';
import { runColours } from './run.styles.js';
import type { Run } from './runs.js';

/** The table has about as many rows, however long the runs. */
const ROWS = 40;

/**
 * Training and validation loss of some runs by step. Each run has a colour and a letter, validation is dashed; a table has
 * the same numbers.
 */
@customElement('gru-training-curves')
export class GruTrainingCurves extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    runColours,
    css`
      :host {
        display: block;
      }

      figure {
        min-height: 13.75rem;
      }

      svg {
        display: block;
        width: 100%;
        font: 400 12.5px var(--gru-sans);
        font-variant-numeric: tabular-nums;
      }

      text {
        fill: var(--gru-ink-2);
      }

      .grid {
        stroke: var(--gru-line);
      }

      .axis-line {
        stroke: var(--gru-line-strong);
      }

      .chance {
        stroke: var(--gru-ink-2);
        stroke-dasharray: 2 4;
      }

      .curve {
        fill: none;
        stroke: var(--run);
        stroke-width: 1.5;
        stroke-linejoin: round;
        stroke-linecap: round;
      }

      .newest .curve {
        stroke-width: 2.25;
      }

      .validation.curve {
        stroke-dasharray: 6 5;
      }

      .name {
        fill: var(--run);
        font-weight: 700;
      }

      .broken line {
        stroke: var(--gru-error);
        stroke-width: 1.5;
        stroke-dasharray: 4 3;
      }

      .broken path {
        stroke: var(--gru-error);
        stroke-width: 2.5;
        fill: none;
      }

      .broken text {
        fill: var(--gru-error);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly Run[] = [];
  @property({ type: Boolean }) log = false;
  /** What the best answer loses that does not look at the input. */
  @property({ type: Number }) chance: number | undefined;
  /** Changes with every step that is told, for the runs are the same objects. */
  @property({ type: Number }) told = 0;
  @state() private _width = 0;

  readonly #watch = new ResizeObserver((entries) => {
    this._width = Math.round(entries[0]?.contentRect.width ?? 0);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override willUpdate(): void {
    // The first picture has its size at once, so that nothing jumps.
    if (this._width === 0) this._width = this.clientWidth;
  }

  protected override render() {
    const { runs, log, chance, _width: width } = this;
    return html`<figure>${width > 0 ? this.#plot(plotRuns(runs, { width, log, chance })) : nothing}</figure>
      ${runs.length === 0 ? nothing : this.#table()}`;
  }

  #plot(plot: CurvesPlot) {
    const { left, right, top, bottom, width, height, chance } = plot;
    return svg`<svg role="img" aria-label=${this.#description()} height=${height} viewBox="0 0 ${width} ${height}">
      <clipPath id="inside"><rect x=${left} y=${top - 2} width=${right - left} height=${bottom - top + 4} /></clipPath>
      ${plot.losses.map(
        ({ at, text }) => svg`<line class="grid" x1=${left} x2=${right} y1=${at} y2=${at} />
          <text x=${left - 8} y=${at + 4} text-anchor="end">${text}</text>`,
      )}
      <line class="axis-line" x1=${left} x2=${right} y1=${bottom} y2=${bottom} />
      ${plot.steps.map(({ at, text }) => svg`<text x=${at} y=${bottom + 17} text-anchor="middle">${text}</text>`)}
      <text x=${(left + right) / 2} y=${height - 4} text-anchor="middle">steps taken</text>
      ${
        chance === undefined
          ? nothing
          : svg`<line class="chance" x1=${left} x2=${right} y1=${chance} y2=${chance} />
            <text x=${right} y=${chance < top + 20 ? chance + 15 : chance - 6} text-anchor="end">guessing</text>`
      }
      ${plot.curves.map((curve, index) => this.#curve(curve, plot, index === plot.curves.length - 1))}
    </svg>`;
  }

  #curve({ letter, training, validation, name, broken }: CurveOfRun, { top, bottom, left, right }: CurvesPlot, newest: boolean) {
    return svg`<g class=${newest ? 'newest' : ''} data-run=${letter}>
      <path class="training curve" clip-path="url(#inside)" d=${linePath(training)} />
      <path class="validation curve" clip-path="url(#inside)" d=${linePath(validation)} />
      ${
        broken
          ? svg`<g class="broken">
            <line x1=${broken.x} x2=${broken.x} y1=${top} y2=${bottom} />
            <path d="M${broken.x - 6} ${broken.y - 6}l12 12m0 -12l-12 12" />
            <text x=${broken.x > (left + right) / 2 ? broken.x - 9 : broken.x + 9} y=${top + 12}
              text-anchor=${broken.x > (left + right) / 2 ? 'end' : 'start'}>${letter} broke here</text>
          </g>`
          : name
            ? svg`<text class="name" x=${name.x} y=${name.y}>${letter}</text>`
            : nothing
      }
    </g>`;
  }

  #description(): string {
    const runs = this.runs.map(({ letter, losses, status }) => {
      const [first, last] = [losses[0], losses.at(-1)];
      if (first === undefined || last === undefined) return `run ${letter} has not taken a step`;
      const end = status === 'broken' ? ' and then broke' : '';
      return `run ${letter}: from ${formatValue(first)} to ${formatValue(last)} in ${losses.length} steps${end}`;
    });
    return `Loss by step. ${runs.length === 0 ? 'Nothing is trained yet' : runs.join('; ')}.`;
  }

  #table() {
    const { runs } = this;
    const longest = Math.max(...runs.map(({ losses }) => losses.length));
    const every = Math.max(5, 5 * Math.ceil(longest / (5 * ROWS)));
    const rows = Array.from({ length: Math.floor(longest / every) }, (_, index) => (index + 1) * every);
    return html`<details>
      <summary>The same as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Loss by step">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">Steps taken</th>
              ${runs.map(
                ({ letter }) => html`<th scope="col" class="number">${letter} training</th>
                  <th scope="col" class="number">${letter} validation</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (steps) => html`<tr>
                <th scope="row" class="number">${formatCount(steps)}</th>
                ${runs.map(({ losses, validation }) => {
                  // The loss that the validation loss stands beside in what the script prints.
                  const loss = losses[steps - 1];
                  const validated = validation[steps / 5 - 1];
                  return html`<td class="number">${loss === undefined ? '' : formatValue(loss)}</td>
                    <td class="number">${validated ? formatValue(validated.loss) : ''}</td>`;
                })}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-curves': GruTrainingCurves;
  }
}
