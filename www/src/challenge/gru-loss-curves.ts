import { LitElement, css, html, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CurvesView } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { linePath } from '../ui/plot.js';
import { layoutCurves, lowest, marked, type CurvesLayout, type Point } from './curves-layout.js';
import { disclosureStyles } from './disclosure.styles.js';

const MARKER_GAP = 22;

/**
 * Training and validation loss by epoch. The two differ in colour, in dash, in marker and by the name at their end; a table
 * has the same numbers.
 */
@customElement('gru-loss-curves')
export class GruLossCurves extends LitElement {
  static override styles = [
    baseStyles,
    disclosureStyles,
    css`
      :host {
        display: block;
        --training: var(--axis-L);
        --validation: var(--axis-N);
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
        stroke-width: 1;
      }

      .axis-line {
        stroke: var(--gru-line-strong);
        stroke-width: 1;
      }

      .curve {
        fill: none;
        stroke-width: 2.25;
        stroke-linejoin: round;
        stroke-linecap: round;
      }

      .training {
        stroke: var(--training);
      }

      .validation {
        stroke: var(--validation);
      }

      .validation.curve {
        stroke-dasharray: 7 5;
      }

      .marker {
        fill: var(--gru-panel);
        stroke-width: 2;
      }

      .name {
        font-weight: 650;
      }

      text.training {
        fill: var(--training);
        stroke: none;
      }

      text.validation {
        fill: var(--validation);
        stroke: none;
      }

      .turn {
        stroke: var(--gru-ink-2);
        stroke-dasharray: 2 4;
      }

      summary {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-s);
      }

      .scroll {
        max-height: 16rem;
        overflow: auto;
        border: 1px solid var(--gru-line);
        border-radius: var(--gru-radius-s);
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--gru-text-s);
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--gru-space-1) var(--gru-space-3);
        text-align: end;
        border-block-start: 1px solid var(--gru-line);
      }

      thead th {
        position: sticky;
        inset-block-start: 0;
        border: 0;
        background: var(--gru-sunken);
        font-weight: 600;
      }

      tbody th {
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) curves: CurvesView | undefined;
  /** Whether to mark where validation loss is lowest: part of the answer. */
  @property({ type: Boolean }) explained = false;
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The first picture has its size at once, so that nothing jumps.
    if (changed.has('curves') && this._width === 0) this._width = this.clientWidth;
  }

  protected override render() {
    const { curves } = this;
    if (!curves) return nothing;
    return html`<figure>
        ${this._width > 0 ? this.#plot(layoutCurves(curves.training, curves.validation, this._width), curves) : nothing}
      </figure>
      <details>
        <summary>The same as a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Loss by epoch">
          <table>
            <thead>
              <tr>
                <th scope="col">Epoch</th>
                <th scope="col">Training loss</th>
                <th scope="col">Validation loss</th>
              </tr>
            </thead>
            <tbody>
              ${curves.training.map(
                (loss, index) => html`<tr>
                  <th scope="row">${index + 1}</th>
                  <td>${loss.toFixed(2)}</td>
                  <td>${curves.validation[index]?.toFixed(2) ?? ''}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>`;
  }

  #plot(plot: CurvesLayout, curves: CurvesView) {
    const turn = this.explained ? lowest(plot.validation) : undefined;
    return svg`<svg role="img" aria-label=${curves.description} height=${plot.height} viewBox="0 0 ${plot.width} ${plot.height}">
      ${plot.losses.map(
        ({ at, text }) => svg`<line class="grid" x1=${plot.left} x2=${plot.right} y1=${at} y2=${at} />
          <text x=${plot.left - 8} y=${at + 4} text-anchor="end">${text}</text>`,
      )}
      <line class="axis-line" x1=${plot.left} x2=${plot.right} y1=${plot.bottom} y2=${plot.bottom} />
      ${plot.epochs.map(({ at, text }) => svg`<text x=${at} y=${plot.bottom + 17} text-anchor="middle">${text}</text>`)}
      <text x=${(plot.left + plot.right) / 2} y=${plot.height - 4} text-anchor="middle">epoch</text>
      ${turn ? this.#turn(plot, turn) : nothing}
      <path class="curve training" d=${linePath(plot.training)} />
      <path class="curve validation" d=${linePath(plot.validation)} />
      ${marked(plot.training, MARKER_GAP).map(({ x, y }) => svg`<circle class="marker training" cx=${x} cy=${y} r="3.5" />`)}
      ${marked(plot.validation, MARKER_GAP).map(
        ({ x, y }) => svg`<rect class="marker validation" x=${x - 3.2} y=${y - 3.2} width="6.4" height="6.4" />`,
      )}
      ${this.#name('training', plot.training.at(-1))} ${this.#name('validation', plot.validation.at(-1))}
    </svg>`;
  }

  #name(name: 'training' | 'validation', end: Point | undefined) {
    return end ? svg`<text class="name ${name}" x=${end.x + 10} y=${end.y + 4}>${name}</text>` : nothing;
  }

  #turn(plot: CurvesLayout, { x, epoch }: Point) {
    const left = x > (plot.left + plot.right) / 2;
    return svg`<line class="turn" x1=${x} x2=${x} y1=${plot.top} y2=${plot.bottom} />
      <text class="validation" x=${left ? x - 6 : x + 6} y=${plot.top + 10} text-anchor=${left ? 'end' : 'start'}>lowest after epoch ${epoch}</text>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-loss-curves': GruLossCurves;
  }
}
