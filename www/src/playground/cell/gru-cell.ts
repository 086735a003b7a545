import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formatHundredths, formatShare } from '../../ui/numbers.js';
import { whenResized } from '../../ui/resized.js';
import { tableTwin, type Table } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { DarkController } from '../../ui/theme.js';
import type { Layout, Selection } from '../values/matrix.js';
import { kindOf, type Kind } from './kinds.js';
import { stepNumbers, type StepNumbers, type StepTrace, type StepValues } from './numbers.js';
import { cellPicture, type Paint } from './picture.js';
import type { Where } from './words.js';
import styles from './gru-cell.css?inline';

const SHADES = 61;

/**
 * One step through the cell: x and h_prev, the state before, come in, r, z and n fill with their numbers, z slides h_prev towards the
 * candidate n, h leaves; beside it what each stage does now.
 *
 * @fires gru-stage - the stage gone to by hand
 * @fires gru-unit - the unit that is to be looked at
 */
@customElement('gru-cell')
export class GruCell extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Pick<Engine, 'colorScale'> | undefined;
  @property({ attribute: false }) result: StepValues | undefined;
  @property({ attribute: false }) trace: StepTrace | undefined;
  @property({ attribute: false }) layout: Layout | undefined;
  @property({ attribute: false }) selection: Selection | undefined;
  @property({ attribute: false }) equations: readonly string[] = [];
  /** What x is, continuing `8 numbers that`, where it is no step of a call's input. */
  @property() reads = '';
  /** The stage that the step is at; none where it is over and nothing moves. */
  @property({ attribute: false }) stage: number | undefined;

  @state() private _width = 0;

  readonly #theme = new DarkController(this);
  #shades: { readonly dark: boolean; readonly maps: Readonly<Record<'sequential' | 'diverging', readonly string[]>> } | undefined;
  readonly #resized = whenResized(() => { this.#measure(); });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#measure();
  }

  #measure(): void {
    const stage = this.renderRoot.querySelector<HTMLElement>('.picture');
    if (stage) this._width = Math.floor(stage.clientWidth);
  }

  protected override render() {
    const { result, trace, layout, selection, equations } = this;
    if (!result || !trace || !layout || !selection) return nothing;
    const numbers = stepNumbers(result, trace, layout, selection);
    const kind = kindOf(trace);
    // One step may follow one of another module.
    const stage = Math.min(this.stage ?? kind.stages - 1, kind.stages - 1);
    const where = this.#where(numbers, layout, selection);
    const told = Array.from({ length: kind.stages }, (_, at) => kind.told(at, numbers.chosen, where, equations));
    const now = told[stage];
    const { layer, step, reverse } = selection;
    return html`<section aria-labelledby="title">
      <div class="picture">${this._width > 0 ? this.#picture(kind, numbers, selection, stage) : nothing}</div>
      <div class="beside">
        <h3 id="title">One step of layer ${layer}${layout.directions === 2 ? (reverse ? ', reverse' : ', forward') : ''}, t = ${step}</h3>
        <div class="stages" role="group" aria-label="Stages of the step">
          ${told.map(
            ({ name }, at) => html`<button
              type="button"
              class="button ${at < stage ? 'gone' : ''}"
              aria-pressed=${String(this.stage !== undefined && at === stage)}
              @click=${() => { this.#go(at, told[at]?.sentences ?? []); }}
            >${name}</button>`,
          )}
        </div>
        <div class="told">
          ${this.stage === undefined
            ? html`<p>What one unit does with one step: press play, or a stage above, and watch it being computed.</p>${this.#whole(kind.parts.some(({ draws }) => draws === 'mix'), numbers, selection)}`
            : html`${now?.equations.map((text) => html`<p><code>${text}</code></p>`)} ${now?.sentences.map((text) => html`<p>${text}</p>`)}`}
        </div>
      </div>
      ${tableTwin(this.#table(kind, numbers, selection), 'This step as a table')}
    </section>`;
  }

  #where({ x, of, before }: StepNumbers, { steps, layers, directions }: Layout, { layer, step, unit, reverse }: Selection): Where {
    const isLast = step === (reverse ? 0 : steps - 1);
    const on = isLast ? 'it is the last state, a row of h_n' : `step ${reverse ? step - 1 : step + 1} reads it as its h_prev`;
    const up = layer === layers - 1 ? 'the output has it' : `layer ${layer + 1} reads it as its x`;
    const half = directions === 2 ? `, the ${reverse ? 'second' : 'first'} half of it` : '';
    const reads = this.reads || (layer === 0 ? `the input has at step ${step}` : `layer ${layer - 1} gave at step ${step}`);
    return { unit, features: x.of, hidden: of, before, reads, next: `${on}, and ${up}${half}` };
  }

  #whole(mixes: boolean, { chosen: { z, f, h_prev, h = NaN, c_prev, c } }: StepNumbers, { unit }: Selection) {
    const was = c === undefined ? h_prev : c_prev;
    const keeps = z ?? f;
    const kept = keeps === undefined ? 'kept none of it' : `kept ${formatShare(keeps)} of it`;
    return html`<p>Unit ${unit} ${was === undefined ? '' : `had ${c === undefined ? '' : 'c = '}${formatHundredths(was)}, `}${kept}, and has ${c === undefined ? '' : `c = ${formatHundredths(c)}, h = `}${formatHundredths(h)} now.</p>
      ${mixes ? html`<p>In the mix, a ring is h_prev, a diamond is n, and the disc is h.</p>` : nothing}`;
  }

  #picture(kind: Kind, numbers: StepNumbers, { step, unit }: Selection, stage: number) {
    const plan = kind.plan(this._width);
    const { before } = numbers;
    const old = (name: string) => (before === 'h_0' ? ` = ${name}_0` : `, step ${before}`);
    const places = { x: `, step ${step}`, h_prev: old('h'), c_prev: old('c'), h: `, step ${step}`, c: `, step ${step}` };
    const scene = { kind, plan, numbers, stage, unit, places, isWalking: this.stage !== undefined, paint: this.#paint(), choose: this.#choose };
    return html`<svg width=${plan.width} height=${plan.height} viewBox="0 0 ${plan.width} ${plan.height}" role="img" aria-label=${kind.described}>
      <defs>${svg`<marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0L8 4L0 8z" /></marker>`}</defs>
      ${cellPicture(scene)}
    </svg>`;
  }

  /** The colours of the maps, asked for once a theme. */
  #paint(): Paint {
    const { dark } = this.#theme;
    if (this.#shades?.dark !== dark) {
      const of = (map: 'sequential' | 'diverging') => {
        const rgba = this.engine?.colorScale(map, dark, SHADES) ?? new Uint8Array(4 * SHADES);
        return Array.from({ length: SHADES }, (_, index) => `rgb(${rgba.subarray(4 * index, 4 * index + 3).join(' ')})`);
      };
      this.#shades = { dark, maps: { sequential: of('sequential'), diverging: of('diverging') } };
    }
    const { maps } = this.#shades;
    return (map, value) => {
      const share = map === 'sequential' ? value : (value + 1) / 2;
      return maps[map][Math.round(Math.max(0, Math.min(1, Number.isNaN(share) ? 0 : share)) * (SHADES - 1))] ?? 'none';
    };
  }

  #table({ columns }: Kind, { units, of }: StepNumbers, { step }: Selection): Table {
    const label = `One step, t = ${step}, ${units.length < of ? `units ${units[0]?.unit ?? 0} to ${units.at(-1)?.unit ?? 0} of ${of}` : 'all units'}`;
    return {
      label,
      caption: label,
      captioned: true,
      columns: [{ name: 'Unit' }, ...columns.map((name) => ({ name, kind: 'number' as const }))],
      rows: units.map(({ unit, at }) => [String(unit), ...columns.map((name) => at[name] ?? 'not kept')]),
    };
  }

  #go(stage: number, sentences: readonly string[]): void {
    this.dispatchEvent(new CustomEvent('gru-stage', { detail: stage }));
    announce(this, sentences.join(' '));
  }

  readonly #choose = (unit: number): void => {
    this.dispatchEvent(new CustomEvent('gru-unit', { detail: unit }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-cell': GruCell;
  }
  interface HTMLElementEventMap {
    'gru-stage': CustomEvent<number>;
    'gru-unit': CustomEvent<number>;
  }
}
