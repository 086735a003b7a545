import { LitElement, css, html, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatValue } from '../../ui/format.js';
import { tableStyles } from '../../ui/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { linearScale, logScale, pathOf, spread, stepTicks } from './scale.js';

/** A number for every step. */
export interface StepCurve {
  readonly name: string;
  readonly values: readonly number[];
  /** Which of the four looks it has. */
  readonly look: 0 | 1 | 2 | 3;
  /** Whether it goes with another of the same look: dotted. */
  readonly beside?: boolean;
}

const DASHES = [nothing, '8 4', '3 3', '10 3 2 3'];
const LABEL_GAP = 14;

/**
 * Numbers over steps. Curves differ in colour, in dash and by the name at their end; a table has the same numbers.
 *
 * @fires gru-step - the step that a click or a key leads to
 */
@customElement('gru-step-curves')
export class GruStepCurves extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .plot {
        display: block;
        cursor: crosshair;
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

      .curve {
        fill: none;
        stroke-width: 2.25;
        stroke-linejoin: round;
      }

      .look-0 {
        --look: var(--axis-L);
      }

      .look-1 {
        --look: var(--axis-N);
      }

      .look-2 {
        --look: var(--axis-H_in);
      }

      .look-3 {
        --look: var(--axis-H_out);
      }

      path.curve {
        stroke: var(--look);
      }

      text.name {
        fill: var(--look);
        font-weight: 650;
      }

      .beside {
        stroke-width: 1.5;
        stroke-dasharray: 1.5 3.5;
        stroke-linecap: round;
      }

      .cursor {
        stroke: var(--gru-ink-2);
        stroke-dasharray: 2 4;
      }

      circle {
        fill: var(--gru-panel);
        stroke: var(--look);
        stroke-width: 2;
      }

      .readout {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gru-space-4);
        min-height: 1.6em;
        font: 400 var(--gru-text-xs) / 1.6 var(--gru-mono);
        font-variant-numeric: tabular-nums;
      }

      .readout b {
        color: var(--look, inherit);
        font-weight: 650;
      }
    `,
  ];

  @property({ attribute: false }) curves: readonly StepCurve[] = [];
  /** What the numbers are, for the label and the table. */
  @property() words = '';
  @property({ type: Boolean }) log = false;
  /** The selected step. */
  @property({ type: Number }) step = 0;

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

  get #count(): number {
    return Math.max(...this.curves.map(({ values }) => values.length), 1);
  }

  protected override render() {
    if (this.curves.length === 0) return nothing;
    const told = this.curves.map(({ name, values }) => `${name} ${formatValue(values[this.step] ?? NaN)}`).join(', ');
    return html`<div
        class="plot"
        tabindex="0"
        role="slider"
        aria-label="${this.words}, step"
        aria-orientation="horizontal"
        aria-valuemin="0"
        aria-valuemax=${this.#count - 1}
        aria-valuenow=${this.step}
        aria-valuetext="step ${this.step}: ${told}"
        @keydown=${this.#key}
        @pointerdown=${this.#point}
        @pointermove=${this.#drag}
      >
        ${this._width > 0 ? this.#plot(this._width) : nothing}
      </div>
      <p class="readout">
        <span>t=${this.step}</span>
        ${this.curves.map(
          ({ name, values, look }) => html`<span class="look-${look}"><b>${name}</b> ${formatValue(values[this.step] ?? NaN)}</span>`,
        )}
      </p>
      <details>
        <summary>The same as a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="${this.words} by step">
          <table>
            <thead>
              <tr>
                <th scope="col">step</th>
                ${this.curves.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${Array.from(
                { length: this.#count },
                (_, step) => html`<tr>
                  <th scope="row">${step}</th>
                  ${this.curves.map(({ values }) => html`<td class="number">${formatValue(values[step] ?? NaN)}</td>`)}
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>`;
  }

  /** The plot's edges; the right one leaves room for the names. */
  #edges(width: number) {
    const longest = Math.max(...this.curves.map(({ name }) => name.length));
    return { left: 46, right: Math.max(width - 14 - 7.2 * longest, 110), top: 10 };
  }

  #plot(width: number) {
    const height = Math.round(Math.min(300, Math.max(200, width * 0.42)));
    const { left, right, top } = this.#edges(width);
    const bottom = height - 38;
    const count = this.#count;
    const x = (step: number): number => left + ((right - left) * step) / Math.max(count - 1, 1);
    const all = this.curves.flatMap(({ values }) => values);
    const { y, ticks } = (this.log ? logScale : linearScale)(all, top, bottom);
    const ends = this.curves.map(({ values }) => {
      const last = values.findLast((value) => y(value) !== undefined);
      return (last === undefined ? undefined : y(last)) ?? bottom;
    });
    const names = spread(ends, LABEL_GAP, top + 6, bottom);
    return svg`<svg aria-hidden="true" height=${height} viewBox="0 0 ${width} ${height}">
      ${ticks.map(
        ({ at, text }) => svg`<line class="grid" x1=${left} x2=${right} y1=${at} y2=${at} />
          <text x=${left - 6} y=${at + 4} text-anchor="end">${text}</text>`,
      )}
      <line class="axis-line" x1=${left} x2=${right} y1=${bottom} y2=${bottom} />
      ${stepTicks(count, x, width < 420 ? 4 : 8).map(({ at, text }) => svg`<text x=${at} y=${bottom + 16} text-anchor="middle">${text}</text>`)}
      <text x=${(left + right) / 2} y=${height - 4} text-anchor="middle">step t</text>
      <line class="cursor" x1=${x(this.step)} x2=${x(this.step)} y1=${top} y2=${bottom} />
      ${this.curves.map(
        ({ values, look, beside }) => svg`<path
          class="curve look-${look} ${beside ? 'beside' : ''}"
          stroke-dasharray=${beside ? nothing : DASHES[look]}
          d=${pathOf(values, x, y)}
        />`,
      )}
      ${this.curves.map(({ values, look }) => {
        const at = y(values[this.step] ?? NaN);
        return at === undefined ? nothing : svg`<circle class="look-${look}" cx=${x(this.step)} cy=${at} r="3.5" />`;
      })}
      ${this.curves.map(
        ({ name, look }, index) => svg`<text class="name look-${look}" x=${right + 8} y=${(names[index] ?? 0) + 4}>${name}</text>`,
      )}
    </svg>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const last = this.#count - 1;
    const jump = Math.max(1, Math.round(last / 10));
    const to = {
      ArrowLeft: this.step - 1,
      ArrowDown: this.step - 1,
      ArrowRight: this.step + 1,
      ArrowUp: this.step + 1,
      PageDown: this.step - jump,
      PageUp: this.step + jump,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(to);
  };

  readonly #drag = (event: PointerEvent): void => {
    if (event.buttons === 1) this.#point(event);
  };

  readonly #point = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { left, right } = this.#edges(box.width);
    this.#go(Math.round(((event.clientX - box.left - left) / (right - left)) * (this.#count - 1)));
  };

  #go(to: number): void {
    const step = Math.max(0, Math.min(this.#count - 1, to));
    if (step !== this.step) this.dispatchEvent(new CustomEvent('gru-step', { detail: step }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-step-curves': GruStepCurves;
  }
  interface HTMLElementEventMap {
    'gru-step': CustomEvent<number>;
  }
}
