import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine, Equation, GateTrace, RunResult } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { whenResized } from '../../ui/resized.js';
import { tableTwin, type Table } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { DarkController } from '../../ui/theme.js';
import { DONE, STAGES } from '../values/known.js';
import type { Layout, Selection } from '../values/matrix.js';
import { stepNumbers, type StepNumbers } from './numbers.js';
import { cellPicture, type Paint } from './picture.js';
import { planFor } from './plan.js';
import { stateName, toldOf, type Where } from './words.js';
import styles from './gru-cell.css?inline';

const SHADES = 61;

/**
 * One step through the cell: x and the old state come in, r, z and n fill with their numbers, z slides the old state towards the new
 * one, h' leaves; beside it what each stage does now.
 *
 * @fires gru-stage - the stage gone to by hand
 * @fires gru-unit - the unit that is to be looked at
 */
@customElement('gru-cell')
export class GruCell extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Pick<Engine, 'colorScale'> | undefined;
  @property({ attribute: false }) result: RunResult | undefined;
  @property({ attribute: false }) trace: GateTrace | undefined;
  @property({ attribute: false }) layout: Layout | undefined;
  @property({ attribute: false }) selection: Selection | undefined;
  @property({ attribute: false }) equations: readonly Equation[] = [];
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
    const stage = this.stage ?? DONE;
    const where = this.#where(numbers, layout, selection);
    const told = STAGES.map((_, at) => toldOf(at, numbers.chosen, where, equations));
    const now = told[stage];
    const { layer, step, reverse } = selection;
    return html`<section aria-labelledby="title">
      <div class="picture">${this._width > 0 ? this.#picture(numbers, selection, stage) : nothing}</div>
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
            ? html`<p>What one unit does with one step: press play, or a stage above, and watch it being computed.</p>${this.#whole(numbers, selection)}`
            : html`${now?.equations.map((text) => html`<p><code>${text}</code></p>`)} ${now?.sentences.map((text) => html`<p>${text}</p>`)}`}
        </div>
      </div>
      ${tableTwin(this.#table(numbers, selection), 'This step as a table')}
    </section>`;
  }

  #where({ x, of }: StepNumbers, { steps, layers, directions }: Layout, { layer, step, unit, reverse }: Selection): Where {
    const isLast = step === (reverse ? 0 : steps - 1);
    const on = isLast ? 'it is the last state, a row of h_n' : `step ${reverse ? step - 1 : step + 1} reads it as its old state`;
    const up = layer === layers - 1 ? 'the output has it' : `layer ${layer + 1} reads it as its x`;
    const half = directions === 2 ? `, the ${reverse ? 'second' : 'first'} half of it` : '';
    return { layer, step, unit, reverse, features: x.of, hidden: of, next: `${on}, and ${up}${half}` };
  }

  #whole({ chosen: { z, h_prev, h } }: StepNumbers, { unit }: Selection) {
    const kept = Math.round(100 * z);
    return html`<p>Unit ${unit} ${h_prev === undefined ? '' : `had ${h_prev.toFixed(2)}, `}kept ${kept}\u202f% of it, and has ${h.toFixed(2)} now.</p>`;
  }

  #picture(numbers: StepNumbers, { step, unit }: Selection, stage: number) {
    const plan = planFor(this._width);
    const names = { x: `x, step ${step}`, before: numbers.chosen.before === 'h_0' ? 'h_0' : `h, step ${numbers.chosen.before}`, h: `h', step ${step}` };
    const scene = { plan, numbers, stage, unit, names, isWalking: this.stage !== undefined, paint: this.#paint(), choose: this.#choose };
    return html`<svg width=${plan.width} height=${plan.height} viewBox="0 0 ${plan.width} ${plan.height}" role="img" aria-label=${PICTURE}>
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

  #table({ units, of, chosen }: StepNumbers, { step }: Selection): Table {
    const label = `One step, t = ${step}, ${units.length < of ? `units ${units[0]?.unit ?? 0} to ${units.at(-1)?.unit ?? 0} of ${of}` : 'all units'}`;
    const number = (name: string) => ({ name, kind: 'number' }) as const;
    return {
      label,
      caption: label,
      captioned: true,
      columns: [{ name: 'Unit' }, number(stateName(chosen.before)), number('r'), number('z'), number('n'), number("h'")],
      rows: units.map(({ unit, at: { h_prev, r, z, n, h } }) => [String(unit), h_prev ?? 'not kept', r, z, n, h]),
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

const PICTURE =
  'One step of a GRU. x and the old state go into the reset gate r and the update gate z. x, and as much of the old state as r lets ' +
  "through, make the new state n. z mixes the old state and n: the nearer z is to 1, the more of the old state stays. That is h', which " +
  'leaves.';

declare global {
  interface HTMLElementTagNameMap {
    'gru-cell': GruCell;
  }
  interface HTMLElementEventMap {
    'gru-stage': CustomEvent<number>;
    'gru-unit': CustomEvent<number>;
  }
}
