import { LitElement, html, nothing, svg, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { axisStyles } from '../axis.styles.js';
import { baseStyles } from '../base.styles.js';
import { formatValue } from '../numbers.js';
import '../save/gru-save.js';
import { tableTwin, type Table } from '../table/table.js';
import { tableStyles } from '../table/table.styles.js';
import { apart, layoutChart, valueAt, type Chart, type Curve, type Mark, type Scene } from './scene.js';
import { whenResized } from '../resized.js';
import styles from './gru-line-chart.css?inline';

/** Lines of two marks are so far apart that both are seen. */
const MARK_GAP = 5;

/**
 * Curves over whole numbers. They differ in colour, in dash and by the name at their end; arrow keys read them number by number,
 * a table has the same numbers, and both can be saved.
 *
 * @fires gru-step - the number of the axis that a click or a key leads to
 */
@customElement('gru-line-chart')
export class GruLineChart extends LitElement {
  static override styles = [baseStyles, axisStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) chart: Chart | undefined;
  /** The number of the axis that is read; where none is given, the last. */
  @property({ type: Number }) at: number | undefined;
  /** The table, and with `true` the whole of it, where rows are left out on the page. */
  @property({ attribute: false }) table: (whole: boolean) => Table = () => this.#table();

  /** Where this chart's own cursor was put. */
  @state() private _at: number | undefined;
  @state() private _width = 0;
  @query('svg') private readonly _picture!: SVGSVGElement | null;
  #scene: Scene | undefined;
  readonly #watch = whenResized((entries) => {
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
    if (changed.has('chart') && this._width === 0) this._width = this.clientWidth;
    this.#scene = this.chart && this._width > 0 ? layoutChart(this.chart, this._width) : undefined;
  }

  get #cursor(): number | undefined {
    return this.at ?? this._at;
  }

  protected override render() {
    const { chart } = this;
    if (!chart) return nothing;
    const { title, description = title, x, y, series } = chart;
    const at = Math.max(x.from, Math.min(x.to, this.#cursor ?? x.to));
    const place = (x.text ?? String)(at);
    const read = series.flatMap((entry) => {
      const value = valueAt(entry, at);
      return value === undefined ? [] : [{ name: entry.name, tone: entry.tone, text: (y.format ?? formatValue)(value) }];
    });
    return html`<figure class="plot">
        ${this.#scene ? this.#picture(chart, this.#scene) : nothing}
        ${series.length === 0
          ? nothing
          : html`<div
              class="cursor"
              tabindex="0"
              role="slider"
              aria-label="${title}, ${x.noun}"
              aria-orientation="horizontal"
              aria-valuemin=${x.from}
              aria-valuemax=${x.to}
              aria-valuenow=${at}
              aria-valuetext="${x.noun} ${place}: ${read.map(({ name, text }) => `${name} ${text}`).join(', ')}"
              @keydown=${this.#key}
              @pointerdown=${this.#point}
              @pointermove=${this.#drag}
            ></div>`}
      </figure>
      ${series.length === 0
        ? nothing
        : html`<p class="readout">
              <span>${x.sign ?? `${x.noun} `}${place}</span>
              ${read.map(({ name, tone, text }) => html` <span data-axis=${tone}><b>${name}</b> ${text}</span>`)}
            </p>
            <gru-save .file=${title} .description=${description} .picture=${() => this._picture} .table=${() => this.table(true)}></gru-save>
            ${tableTwin(this.table(false))}`}`;
  }

  #picture({ title, description = title, x, y, limit, marks = [] }: Chart, scene: Scene) {
    const { width, height, left, right, top, bottom } = scene;
    const limited = limit && scene.y(limit.y);
    const places = apart(marks.map((mark) => scene.x(mark.x)), MARK_GAP, scene.right);
    return svg`<svg role="img" aria-label=${description} height=${height} viewBox="0 0 ${width} ${height}">
      <clipPath id="inside"><rect x=${left} y=${top - 2} width=${right - left} height=${bottom - top + 4} /></clipPath>
      <text x="0" y="11">${y.title}</text>
      ${scene.yTicks.map(
        ({ at, text }) => svg`<line class="grid" x1=${left} x2=${right} y1=${at} y2=${at} />
          <text x=${left - 8} y=${at + 4} text-anchor="end">${text}</text>`,
      )}
      <line class="axis-line" x1=${left} x2=${right} y1=${bottom} y2=${bottom} />
      ${scene.xTicks.map(({ at, text }) => svg`<text x=${at} y=${bottom + 17} text-anchor="middle">${text}</text>`)}
      <text x=${(left + right) / 2} y=${height - 4} text-anchor="middle">${x.title}</text>
      ${
        limit && limited !== undefined
          ? svg`<line class="rule" x1=${left} x2=${right} y1=${limited} y2=${limited} />
            <text x=${right} y=${limited < top + 20 ? limited + 15 : limited - 6} text-anchor="end">${limit.text}</text>`
          : nothing
      }
      ${scene.curves.map((curve) => this.#curve(curve))}
      ${marks.map((mark, index) => this.#mark(mark, index, places[index] ?? scene.x(mark.x), scene))}
      ${this.#reading(scene)}
    </svg>`;
  }

  #curve({ series, path, markers, end }: Curve) {
    const { name, tone, label = name, dash, thin, marker } = series;
    return svg`<g data-axis=${tone} data-series=${name}>
      <path class="curve ${thin ? 'thin' : ''}" clip-path="url(#inside)" stroke-dasharray=${dash ?? nothing} d=${path} />
      ${markers.map(({ x, y }) =>
        marker === 'square'
          ? svg`<rect class="marker" x=${x - 3.2} y=${y - 3.2} width="6.4" height="6.4" />`
          : svg`<circle class="marker" cx=${x} cy=${y} r="3.5" />`,
      )}
      ${end ? svg`<text class="name" x=${end.x} y=${end.y}>${label}</text>` : nothing}
    </g>`;
  }

  /** A mark and its words, on the side that has more room, below those of the marks before. */
  #mark({ x: at, to, cross, text, tone }: Mark, index: number, place: number, { x, y, left, right, top, bottom }: Scene) {
    const before = place > (left + right) / 2;
    const height = cross === undefined ? undefined : Math.max(top, Math.min(bottom, y(cross) ?? top));
    return svg`<g class="mark ${tone === 'error' ? tone : ''}" data-axis=${tone === 'error' ? nothing : tone}>
      ${to === undefined || to <= at
        ? nothing
        : svg`<rect class="band" x=${place} y=${top} width=${Math.max(0, x(to) - place)} height=${bottom - top} />
          <line class="rule" x1=${x(to)} x2=${x(to)} y1=${top} y2=${bottom} />`}
      <line class="rule" x1=${place} x2=${place} y1=${top} y2=${bottom} />
      ${height === undefined ? nothing : svg`<path d="M${place - 6} ${height - 6}l12 12m0 -12l-12 12" />`}
      <text x=${before ? place - 9 : place + 9} y=${top + 12 + 14 * index} text-anchor=${before ? 'end' : 'start'}>${text}</text>
    </g>`;
  }

  /** The line at the number that is read, and a dot on each curve. */
  #reading({ x, y, top, bottom, curves }: Scene) {
    const at = this.#cursor;
    if (at === undefined) return nothing;
    return svg`<line class="rule" x1=${x(at)} x2=${x(at)} y1=${top} y2=${bottom} />
      ${curves.map(({ series }) => {
        const height = y(valueAt(series, at) ?? NaN);
        return height === undefined || height < top
          ? nothing
          : svg`<circle class="marker" data-axis=${series.tone} cx=${x(at)} cy=${height} r="3.5" />`;
      })}`;
  }

  /** A row for every number of the axis. */
  #table(): Table {
    const { title, x, y, series } = this.chart ?? { title: '', x: { noun: '', from: 0, to: -1 }, y: {}, series: [] };
    const values = series.map(({ points }) => new Map(points.map((point) => [point.x, point.y])));
    return {
      label: `${title} by ${x.noun}`,
      columns: [{ name: x.noun }, ...series.map(({ name }) => ({ name, kind: 'number' as const }))],
      rows: Array.from({ length: x.to - x.from + 1 }, (_, index) => {
        const at = x.from + index;
        return [(x.text ?? String)(at), ...values.map((column) => column.get(at) ?? '')];
      }),
      ...(y.format && { format: y.format }),
    };
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { from, to } = this.chart?.x ?? { from: 0, to: 0 };
    const at = this.#cursor ?? to;
    const jump = Math.max(1, Math.round((to - from) / 10));
    const next = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - jump,
      PageUp: at + jump,
      Home: from,
      End: to,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#go(next);
  };

  readonly #drag = (event: PointerEvent): void => {
    if (event.buttons === 1) this.#point(event);
  };

  readonly #point = (event: PointerEvent): void => {
    const scene = this.#scene;
    if (!this.chart || !scene) return;
    const { from, to } = this.chart.x;
    const share = (event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left - scene.left) / (scene.right - scene.left);
    this.#go(Math.round(from + share * Math.max(to - from, 1)));
  };

  #go(to: number): void {
    const { x } = this.chart ?? { x: { from: 0, to: 0 } };
    const at = Math.max(x.from, Math.min(x.to, to));
    if (at === this.#cursor) return;
    this._at = at;
    this.dispatchEvent(new CustomEvent('gru-step', { detail: at }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-line-chart': GruLineChart;
  }
  interface HTMLElementEventMap {
    'gru-step': CustomEvent<number>;
  }
}
