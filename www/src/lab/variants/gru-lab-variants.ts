import { html, nothing, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ModuleSetup, VariantOutput, VariantsSetup } from '../../../pkg/gru_lab.js';
import type { LabTasks } from '../../engine/engine.js';
import { flag, oneOf, type Schema } from '../../state/codec.js';
import { number } from '../shared/settings.js';
import '../../ui/gru-choice.js';
import '../../ui/gru-code-panel.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import '../../ui/heatmap/gru-heatmap.js';
import type { Cell, Matrix } from '../../ui/heatmap/matrix.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { formatValue, plural } from '../../ui/numbers.js';
import '../../ui/gru-panel.js';
import { RunController } from '../../ui/run-controller.js';
import { Room, wishFor, type NumberSetting } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import { stepChart, type StepCurve } from '../shared/step-chart.js';
import './gru-module-card.js';
import { VARIANTS } from './words.js';
import '../../words/gru-term.js';
import styles from './gru-lab-variants.css?inline';

type ModuleName = ModuleSetup['module'];

const TOO_WIDE = 'ValueError: proj_size has to be smaller than hidden_size.';
const MODULES: readonly (readonly [ModuleName, string])[] = [
  ['RNN', 'nn.RNN'],
  ['RNN relu', 'nn.RNN, nonlinearity="relu"'],
  ['LSTM', 'nn.LSTM'],
  ['GRU', 'nn.GRU'],
  ['RNNCell', 'nn.RNNCell'],
  ['LSTMCell', 'nn.LSTMCell'],
  ['GRUCell', 'nn.GRUCell'],
];

interface Settings {
  readonly seq_len: number;
  readonly gain: number;
  readonly num_layers: number;
  readonly hidden_size: number;
  readonly input_size: number;
  readonly batch: number;
  readonly give_h_0: boolean;
  readonly seed: number;
  readonly module: ModuleName;
  readonly proj_size: number;
  /** Whether the inside of a step is open. */
  readonly inside: boolean;
}

const OPENING: Settings = {
  seq_len: 24,
  gain: 2,
  num_layers: 1,
  hidden_size: 8,
  input_size: 4,
  batch: 2,
  give_h_0: true,
  seed: 0,
  module: 'LSTM',
  proj_size: 0,
  inside: false,
};

const NUMBERS = {
  seq_len: { min: 1, max: 200, most: 64, whole: true, axis: 'L', help: 'How many steps the GRUs have to part.' },
  gain: {
    min: 0, max: 100, most: 6, step: 0.05, whole: false,
    help: 'What every weight_hh is multiplied by. The reset gate acts on W_hn h: larger weights give it more to act on.',
  },
  num_layers: { min: 1, max: 4, whole: true, axis: 'D', help: 'Layers on top of each other.' },
  hidden_size: { min: 1, max: 64, whole: true, axis: 'H_out', help: 'The units of each layer.' },
  input_size: { min: 1, max: 64, whole: true, axis: 'H_in', help: 'The features of each step of the input.' },
  batch: { min: 1, max: 16, whole: true, axis: 'N', help: 'The samples.' },
  seed: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true, bare: true, help: 'Given to torch.manual_seed.' },
  proj_size: { min: 0, max: 63, most: 16, whole: true, help: 'What the LSTM projects its hidden state to, below hidden_size; 0 for none.' },
} as const satisfies Record<string, NumberSetting>;

const SCHEMA: Schema<Settings> = {
  seq_len: number(NUMBERS.seq_len),
  gain: number(NUMBERS.gain),
  num_layers: number(NUMBERS.num_layers),
  hidden_size: number(NUMBERS.hidden_size),
  input_size: number(NUMBERS.input_size),
  batch: number(NUMBERS.batch),
  give_h_0: flag,
  seed: number(NUMBERS.seed),
  module: oneOf(MODULES.map(([module]) => module)),
  proj_size: number(NUMBERS.proj_size),
  inside: flag,
};

/** The same weights through the GRUs that people meet, and every other recurrent module from the same seed. */
@customElement('gru-lab-variants')
export class GruLabVariants extends Room<Settings> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;

  @state() private _step = 0;
  @state() private _unit = 0;
  @state() private _sample = 0;
  /** Whether what draws a step is there: it is loaded when it is first asked for. */
  @state() private _steps: 'loaded' | 'failed' | undefined;

  readonly #asked = new RunController<LabTasks['variants']['result']>(this, 'Four GRUs', { keeps: true });
  readonly #module = new RunController<LabTasks['module']['result']>(this, 'Module', { keeps: true });

  #asksSteps = false;
  /** Whether the projection was too wide when it was last drawn. */
  #refused = false;

  get #moduleName(): string {
    const { module } = this.settings;
    return MODULES.find(([value]) => value === module)?.[1] ?? module;
  }

  get #projectsTooWide(): boolean {
    const { module, proj_size, hidden_size } = this.settings;
    return module === 'LSTM' && proj_size >= hidden_size;
  }

  protected get setup(): VariantsSetup {
    const { input_size, hidden_size, num_layers, seq_len, batch, seed, give_h_0, gain } = this.settings;
    return { input_size, hidden_size, num_layers, seq_len, batch, seed, give_h_0, gain };
  }

  protected get moduleSetup(): ModuleSetup {
    const { module, input_size, hidden_size, proj_size, seq_len, batch, seed } = this.settings;
    const projects = module === 'LSTM' && proj_size < hidden_size;
    return { module, input_size, hidden_size, proj_size: projects ? proj_size : 0, seq_len: Math.min(seq_len, 64), batch, seed };
  }

  protected override updated(): void {
    if (this.settings.inside && !this.#asksSteps) void this.#loadSteps();
    const projects = this.#projectsTooWide;
    if (projects && !this.#refused) announce(this, `${TOO_WIDE} A button below mends it.`, true);
    this.#refused = projects;
    this.tell('variants', this.#asked.run, ({ outputs }) => `Largest difference from nn.GRU: ${outputs.slice(1).map(({ largest }, index) => `${VARIANTS[index + 1]?.name ?? ''} ${formatValue(largest)}`).join(', ')}.`);
    this.tell('module', this.#module.run, ({ card }) => `${this.#moduleName}: ${plural(card.count, 'number')} in ${plural(card.parameters.length, 'parameter')}.`);
    this.#asked.want(wishFor(this.engine, 'variants', this.setup));
    this.#module.want(wishFor(this.engine, 'module', this.moduleSetup));
  }

  protected override render() {
    const { run: result } = this.#asked;
    return html`<h1>Other cells</h1>
      <p class="intro">
        PyTorch's <gru-term of="rnn">RNN</gru-term>, <gru-term of="lstm">LSTM</gru-term> and their single
        <gru-term of="cell">cells</gru-term> beside the GRU, from the same <gru-term of="seed">seed</gru-term>. Below: not every GRU is PyTorch's. The same weights,
        input and <code>h_0</code> go through four of them: see which line differs and how far they part.
      </p>
      ${this.notices()}
      ${result
        ? html`<p class="strip">
            ${result.outputs
              .slice(1)
              .map(({ largest }, index) => html`<span><b>${VARIANTS[index + 1]?.name}</b> at most ${formatValue(largest)} off</span>`)}
          </p>`
        : nothing}
      <div class="layout">
        <gru-panel class="controls" heading="What is set">
          <div class="settings">
            ${this.number('seq_len', NUMBERS.seq_len)} ${this.number('gain', NUMBERS.gain)} ${this.number('num_layers', NUMBERS.num_layers)}
            ${this.number('hidden_size', NUMBERS.hidden_size)} ${this.number('input_size', NUMBERS.input_size)}
            ${this.number('batch', NUMBERS.batch)} ${this.number('seed', NUMBERS.seed)}
            ${this.check('give_h_0', 'Whether a first state is drawn and given; else it is zero.', 'give h_0')}
            <div class="row">
              <button type="button" class="button" @click=${() => { this.set(OPENING); }}>Back to the opening</button>
            </div>
          </div>
        </gru-panel>
        <div class="stage">
          ${this.#modules()} ${this.waiting(this.#asked, 'Running four GRUs')}
          ${result ? this.#shown(result.outputs) : nothing}
          ${result ? html`<gru-code-panel name="of the four GRUs" .lines=${result.code}></gru-code-panel>` : nothing}
        </div>
      </div>`;
  }

  #shown(outputs: readonly VariantOutput[]) {
    const steps = outputs[0]?.difference.length ?? 1;
    const hidden = this.#hidden(outputs);
    const batch = (outputs[0]?.output.length ?? 0) / (steps * hidden);
    const step = Math.min(this._step, steps - 1);
    const sample = Math.min(this._sample, batch - 1);
    const unit = Math.min(this._unit, hidden - 1);
    const curves = outputs.slice(1).map(
      ({ difference }, index): StepCurve => ({ name: VARIANTS[index + 1]?.name ?? '', values: difference, look: (index + 1) as StepCurve['look'] }),
    );
    return html`<gru-panel heading="How far they part from nn.GRU">
        <p class="said">
          The largest difference of <code>out</code> over units and samples at every step. Everything else is the same: no error tells you that
          weights went into another GRU, only the numbers do.
        </p>
        <gru-line-chart
          .chart=${stepChart('Largest difference from nn.GRU', 'difference', curves)}
          .at=${step}
          @gru-step=${({ detail }: CustomEvent<number>) => (this._step = detail)}
        ></gru-line-chart>
      </gru-panel>
      <gru-panel heading="The four GRUs">
        ${batch > 1
          ? html`<gru-choice
              slot="actions"
              name="sample"
              axis="N"
              .value=${sample}
              .count=${batch}
              @gru-choice=${({ detail }: CustomEvent<number>) => (this._sample = detail)}
            ></gru-choice>`
          : nothing}
        <div class="variants">
          ${outputs.map((output, index) => this.#variant(output, index, { torch: outputs[0]?.equations ?? [], steps, batch, hidden, step, sample, unit }))}
        </div>
      </gru-panel>`;
  }

  /** The units of the outputs shown, which may be older than what is set. */
  #hidden(outputs: readonly VariantOutput[]): number {
    const [first] = outputs;
    return first?.last.shape.at(-1) ?? 1;
  }

  #variant(
    output: VariantOutput,
    index: number,
    at: { torch: VariantOutput['equations']; steps: number; batch: number; hidden: number; step: number; sample: number; unit: number },
  ) {
    const words = VARIANTS[index];
    if (!words) return nothing;
    const matrix: Matrix = {
      name: 'out',
      values: Float32Array.from(output.output),
      offset: at.sample * at.hidden,
      rows: at.hidden,
      rowStride: 1,
      columns: at.steps,
      columnStride: at.batch * at.hidden,
      map: 'diverging',
      rowAxis: 'H_out',
      columnAxis: 'L',
      split: undefined,
      index: (row, column) => [column, at.sample, row],
    };
    return html`<article>
      <h3>${words.name}</h3>
      <pre tabindex="0" role="region" aria-label="What ${words.name} computes">
${output.equations.map(({ text }, line) => (text === at.torch[line]?.text ? html`${text}\n` : html`<mark>${text}</mark>\n`))}</pre
      >
      <p class="quiet">${words.where}</p>
      <div>
        <gru-heatmap
          .engine=${this.engine}
          .matrix=${matrix}
          words=${words.name}
          rowNoun="units"
          columnNoun="steps"
          .row=${at.unit}
          .column=${at.step}
          @gru-cell=${({ detail }: CustomEvent<Cell>) => { this.#go(detail); }}
        ></gru-heatmap>
        <p class="quiet">
          <code>out[-1, 0, :3]</code> is <code>${output.last.first}</code>${index === 0
            ? '.'
            : html`, at most ${formatValue(output.largest)} from <code>nn.GRU</code>.`}
        </p>
      </div>
    </article>`;
  }

  #go({ row, column }: Cell): void {
    this._unit = row;
    this._step = column;
  }

  /** The inside of a step of the module: one that takes steps, without a projection. */
  #inside(equations: readonly string[]) {
    const { inside, module, proj_size } = this.settings;
    const cell = module.endsWith('Cell') ? module.slice(0, -4) : undefined;
    return html`<details class="inside" .open=${inside} @toggle=${this.#toggleInside}>
      <summary>See inside a step</summary>
      ${!inside
        ? nothing
        : cell !== undefined
          ? html`<p class="said"><code>nn.${module}</code> is one step of <code>nn.${cell}</code>: choose that above to see inside its steps.</p>`
          : module === 'LSTM' && proj_size > 0
            ? html`<p class="said">The picture has no projection. Set <code>proj_size=0</code> to see inside a step.</p>`
            : this._steps === 'failed'
              ? html`<p class="said">What draws the step did not load. Reload the page.</p>`
              : this._steps === 'loaded'
                ? html`<gru-module-step .engine=${this.engine} .setup=${this.moduleSetup} .equations=${equations}></gru-module-step>`
                : html`<p class="said">Loading</p>`}
    </details>`;
  }

  readonly #toggleInside = ({ target }: Event): void => {
    const { open } = target as HTMLDetailsElement;
    if (open !== this.settings.inside) this.set({ inside: open });
  };

  async #loadSteps(): Promise<void> {
    this.#asksSteps = true;
    try {
      await import('./gru-module-step.js');
      this._steps = 'loaded';
    } catch {
      this._steps = 'failed';
    }
  }

  /** The other modules: one at a time. */
  #modules() {
    const { run: result } = this.#module;
    const { module, hidden_size } = this.settings;
    const name = this.#moduleName;
    return html`<gru-panel heading="Every recurrent module, from the same seed">
        ${this.choice('module', 'Module', MODULES)}
        ${module === 'LSTM' ? this.number('proj_size', NUMBERS.proj_size) : nothing}
        ${this.#projectsTooWide
          ? html`<p class="problem">
              ${TOO_WIDE} Without a projection it is:
              <button type="button" class="button" @click=${() => { this.set({ proj_size: hidden_size - 1 }); }}>proj_size=${hidden_size - 1}</button>
            </p>`
          : nothing}
        ${this.waiting(this.#module, 'Drawing the module')}
        ${result ? html`<gru-module-card .card=${result.card} name=${name}></gru-module-card>` : nothing}
        ${result ? this.#inside(result.card.equations) : nothing}
      </gru-panel>
      ${result ? html`<gru-code-panel name="of the module" .lines=${result.code}></gru-code-panel>` : nothing}`;
  }
}
