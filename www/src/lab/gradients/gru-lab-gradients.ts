import { html, nothing, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { GradientsSetup, ModuleGradients } from '../../../pkg/gru_lab.js';
import '../../ui/gru-code-panel.js';
import '../../ui/heatmap/gru-heatmap.js';
import type { Cell } from '../../ui/heatmap/matrix.js';
import { tableView } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { formatShape } from '../../state/python.js';
import type { LabTasks } from '../../engine/engine.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { formatValue } from '../../ui/numbers.js';
import type { Chart } from '../../ui/chart/scene.js';
import '../../ui/gru-panel.js';
import { RunController } from '../../ui/run-controller.js';
import { Room, wishFor, type NumberSetting } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import { oneOf, type Schema } from '../../state/codec.js';
import { number } from '../shared/settings.js';
import { stepChart, type StepCurve } from '../shared/step-chart.js';
import { heatMatrix, spanOf, spansOf } from './heat.js';
import { MODULES, fateOf, nameOf, sentenceOf, type ModuleKind } from './words.js';
import '../../words/gru-term.js';
import styles from './gru-lab-gradients.css?inline';

type Loss = GradientsSetup['loss'];

interface Settings {
  readonly seq_len: number;
  readonly gain: number;
  readonly gate_bias: number;
  readonly loss: Loss;
  readonly hidden_size: number;
  readonly input_size: number;
  readonly batch: number;
  readonly seed: number;
  readonly of: 'h' | 'x';
  readonly module: ModuleKind;
}

/** Open gates: what they are for is seen at once, and closing them shows that it is they who do it. */
const OPENING: Settings = {
  seq_len: 60,
  gain: 1,
  gate_bias: 4,
  loss: 'last_step',
  hidden_size: 16,
  input_size: 4,
  batch: 1,
  seed: 0,
  of: 'h',
  module: 'gru',
};

const NUMBERS = {
  seq_len: { min: 1, max: 500, most: 200, whole: true, axis: 'L', help: 'How many steps the gradient has to go back.' },
  gain: {
    min: 0, max: 100, most: 6, step: 0.05, whole: false,
    help: 'What weight_hh_l0 is multiplied by: on every way through W_hh, small weights let gradients fade, and large ones can let them grow.',
  },
  gate_bias: {
    min: -20, max: 20, most: 6, step: 0.25, whole: false,
    help: 'What is added to the biases of the gate that keeps the past: z of the GRU, f of the LSTM. Above 0 it keeps more.',
  },
  hidden_size: { min: 1, max: 64, whole: true, axis: 'H_out', help: 'The units of each module.' },
  input_size: { min: 1, max: 64, whole: true, axis: 'H_in', help: 'The features of each step of the input.' },
  batch: { min: 1, max: 16, whole: true, axis: 'N', help: 'The samples; norms go over all of them.' },
  seed: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true, bare: true, help: 'Given to torch.manual_seed before each module.' },
} as const satisfies Record<string, NumberSetting>;

/** From this mean on, a gate is called open. */
const OPEN = 0.9;

const KINDS = MODULES.map(({ module }) => module);

const SCHEMA: Schema<Settings> = {
  seq_len: number(NUMBERS.seq_len),
  gain: number(NUMBERS.gain),
  gate_bias: number(NUMBERS.gate_bias),
  loss: oneOf(['last_step', 'every_step']),
  hidden_size: number(NUMBERS.hidden_size),
  input_size: number(NUMBERS.input_size),
  batch: number(NUMBERS.batch),
  seed: number(NUMBERS.seed),
  of: oneOf(['h', 'x']),
  module: oneOf(KINDS),
};

/** What any of the trials sets, as it is at the opening: each shows its own effect, whatever was tried before. */
const { seq_len, gain, gate_bias } = OPENING;
const UNTRIED = { seq_len, gain, gate_bias };

/** What there is to try, with what it sets. */
const TRIALS: readonly { readonly name: string; readonly set: Partial<Settings> }[] = [
  { name: 'Close the gates: gate_bias=-4', set: { gate_bias: -4 } },
  { name: "PyTorch's own biases: gate_bias=0", set: { gate_bias: 0 } },
  { name: 'Open the gates: gate_bias=4', set: { gate_bias: 4 } },
  { name: 'Small weights: gain=0.3', set: { gain: 0.3 } },
  { name: 'Large weights: gain=5', set: { gain: 5 } },
  { name: 'Go further: seq_len=200', set: { seq_len: 200 } },
  { name: 'Back to the opening', set: OPENING },
];

/** How one loss' gradient fades or grows on its way back through RNN, LSTM and GRU. */
@customElement('gru-lab-gradients')
export class GruLabGradients extends Room<Settings> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;
  /** The room once opened on PyTorch's own biases, and links were given away that name only what differed. */
  protected override readonly absent = { gate_bias: 0 };

  @state() private _step = 0;
  @state() private _unit = 0;

  readonly #asked = new RunController<LabTasks['gradients']['result']>(this, 'Gradients', { keeps: true });

  protected get setup(): GradientsSetup {
    const { seq_len, gain, gate_bias, loss, hidden_size, input_size, batch, seed } = this.settings;
    return { seq_len, gain, gate_bias, loss, hidden_size, input_size, batch, seed };
  }

  protected override updated(): void {
    this.tell('gradients', this.#asked.run, ({ modules }) => `Gradients: ${modules.map((entry) => `${nameOf(entry.module)} ${fateOf(entry, this.settings.loss)}`).join(', ')}.`);
    this.#asked.want(wishFor(this.engine, 'gradients', this.setup));
  }

  protected override render() {
    const { run: result } = this.#asked;
    return html`<h1>Gradients through time</h1>
      <p class="intro">
        One <gru-term of="loss">loss</gru-term>, four modules from the same <gru-term of="seed">seed</gru-term> and of the same sizes.
        <code>loss.backward()</code> walks back from the last <gru-term of="step">step</gru-term> to the first. See how much of the
        <gru-term of="gradient">gradient</gru-term> arrives: where it <gru-term of="vanishing">vanishes</gru-term>, early steps teach nothing. The room opens with the gates of LSTM and GRU wide open: close them, go further back or
        change the weights, and see what arrives then.
      </p>
      ${this.notices()}
      ${result
        ? html`<p class="strip">
            ${result.modules.map(
              (entry) => html`<span>${nameOf(entry.module)} <b class=${entry.fate === 'holds' ? '' : 'bad'}>${fateOf(entry, this.settings.loss)}</b></span>`,
            )}
          </p>`
        : nothing}
      <div class="layout">
        <gru-panel class="controls" heading="What is set">${this.#controls()}</gru-panel>
        <div class="stage">
          ${this.waiting(this.#asked, 'Walking back through four modules')}
          ${result ? this.#shown(result.modules) : nothing}
          ${result ? html`<gru-code-panel .lines=${result.code}></gru-code-panel>` : nothing}
        </div>
      </div>`;
  }

  #controls() {
    return html`<div class="settings">
      ${this.number('seq_len', NUMBERS.seq_len)} ${this.number('gain', NUMBERS.gain)} ${this.number('gate_bias', NUMBERS.gate_bias)}
      ${this.choice('loss', 'Loss', [
        ['last_step', 'out[-1].sum()'],
        ['every_step', '(out * R).sum()'],
      ])}
      <div class="row" role="group" aria-label="To try">
        ${TRIALS.map(({ name, set }) => html`<button type="button" class="button" @click=${() => { this.set({ ...UNTRIED, ...set }); }}>${name}</button>`)}
      </div>
      ${this.more(
        ['hidden_size', NUMBERS.hidden_size],
        ['input_size', NUMBERS.input_size],
        ['batch', NUMBERS.batch],
        ['seed', NUMBERS.seed],
      )}
    </div>`;
  }

  #shown(modules: readonly ModuleGradients[]) {
    const steps = modules[0]?.grad_h.length ?? 1;
    const step = Math.min(this._step, steps - 1);
    const hidden = (modules[0]?.units.length ?? 0) / steps;
    const unit = Math.min(this._unit, hidden - 1);
    const { of, module, loss } = this.settings;
    const curves = modules.map(({ module: kind, grad_h, grad_x }, index): StepCurve => ({
      name: nameOf(kind),
      values: of === 'h' ? grad_h : grad_x,
      look: index as StepCurve['look'],
    }));
    const spans = spansOf(modules);
    const chosen = modules.find((entry) => entry.module === module);
    return html`<gru-panel heading="How much of the gradient arrives">
        ${this.choice('of', 'Gradient by', [
          ['h', 'the hidden state: |dL/dh_t|'],
          ['x', 'the input: |dL/dx_t|'],
        ])}
        ${this.#chart(stepChart(`|dL/d${of}_t| of four modules`, `|dL/d${of}_t|`, curves, true), step)}
        <dl class="fates">
          ${modules.map(
            (entry) => html`<div>
              <dt>${nameOf(entry.module)} <span class=${entry.fate === 'holds' ? '' : 'bad'}>${fateOf(entry, loss)}</span></dt>
              <dd>${sentenceOf(entry, steps, loss)}</dd>
            </div>`,
          )}
        </dl>
      </gru-panel>
      <gru-panel heading="Every unit, every step, first sample">
        <p class="quiet">The size of <code>dL/dh_t</code> by powers of ten, the same colours ${spans.some(({ own }) => own) ? 'in all that do not explode' : 'in all four'}. The last step is at the right.</p>
        <div class="heatmaps">
          ${modules.map(
            (entry, index) => html`<gru-heatmap
              .engine=${this.engine}
              .matrix=${heatMatrix(entry, steps, spans[index]?.span ?? spanOf([entry]))}
              words=${spans[index]?.own ? `${nameOf(entry.module)}, on a scale of its own` : nameOf(entry.module)}
              rowNoun="units"
              columnNoun="steps"
              .row=${unit}
              .column=${step}
              @gru-cell=${({ detail }: CustomEvent<Cell>) => { this.#go(detail); }}
            ></gru-heatmap>`,
          )}
        </div>
      </gru-panel>
      ${chosen ? this.#chosen(chosen, step) : nothing}`;
  }

  #go({ row, column }: Cell): void {
    this._unit = row;
    this._step = column;
  }

  /** One module closer: why, and its parameters. */
  #chosen(entry: ModuleGradients, step: number) {
    return html`<gru-panel heading="Why, and what the parameters get">
      ${this.choice('module', 'Module', MODULES.map(({ module, name }) => [module, name] as const))} ${this.#why(entry, step)}
      <h3>Gradients of the parameters</h3>
      ${tableView({
        label: `Gradients of the parameters of ${nameOf(entry.module)}`,
        columns: [{ name: 'parameter', kind: 'mono' }, { name: 'shape', kind: 'mono' }, { name: '.grad.norm()', kind: 'number' }, { name: '.grad.flatten()[:3]', kind: 'mono' }],
        rows: [
          ...entry.parameters.map(({ tensor, norm }) => [tensor.name, formatShape(tensor.shape), norm, tensor.first]),
          [
            { value: 'all together', shown: html`<span class="words">all together</span>` },
            '',
            entry.total_norm,
            { value: '', shown: html`<span class="words">what <code>clip_grad_norm_</code> returns, and scales down to its bound</span>` },
          ],
        ],
      })}
    </gru-panel>`;
  }

  #why({ module, gate, grad_h, grad_c }: ModuleGradients, step: number) {
    if (!gate) {
      return html`<p class="said">
          ${module === 'rnn_tanh'
            ? html`At every step back the gradient is multiplied by the slope of tanh, at most 1, and by <code>W_hh</code> transposed. The same
                matrix again and again: what it shrinks is soon gone, and where it grows only a slope near 0 holds it.`
            : html`The slope of relu is 0 or 1, so nothing but <code>W_hh</code> decides. The state has no bound: with large weights
                <code>h</code> itself overflows, and the gradient with it.`}
        </p>
        <pre tabindex="0" role="region" aria-label="The way back">
dL/dh_(t-1) = W_hhᵀ (dL/dh_t * ${module === 'rnn_tanh' ? '(1 - h_t²)' : '(h_t > 0)'})</pre
        >`;
    }
    const isGru = module === 'gru';
    const letter = isGru ? 'z' : 'f';
    const whole = isGru ? grad_h : (grad_c ?? []);
    const curves: StepCurve[] = [
      { name: isGru ? '|dL/dh_t|' : '|c.grad|', values: whole, look: isGru ? 3 : 2 },
      { name: `by ${letter} alone`, values: gate.carried, look: 0 },
      { name: `product of ${letter}`, values: gate.product, look: 1 },
    ];
    const [mean, product] = [gate.mean[step], gate.product[step]];
    return html`<p class="said">
        ${isGru
          ? html`<code>z</code> is the gradient's open road: from <code>h_t</code> to the state before it the gradient is multiplied by
              <code>z_t</code>, and passes no matrix on this way. What also goes through <code>n</code>, <code>r</code> and <code>z</code>
              itself meets <code>W_hh</code> and slopes below 1.`
          : html`<code>f</code> is the gradient's open road: from <code>c_t</code> to the cell state before it the gradient is multiplied by
              <code>f_t</code>, and passes no matrix on this way. What goes through <code>h</code> and the gates meets <code>W_hh</code>.`}
        At step ${step} the mean of <code>${letter}</code> is ${formatValue(mean ?? NaN)}; of its product over all later steps,
        ${formatValue(product ?? NaN)}. ${(mean ?? 0) > OPEN
          ? html`Lower <code>gate_bias</code>, and the road closes.`
          : html`Raise <code>gate_bias</code>, and the road opens.`}
      </p>
      <pre tabindex="0" role="region" aria-label="The way back">
${isGru ? 'dL/dh_(t-1) = z_t * dL/dh_t + what comes through n, r and z' : 'dL/dc_(t-1) = f_t * dL/dc_t + what comes through h_(t-1)'}</pre
      >
      ${this.#chart(stepChart(`The path through ${letter}`, 'size', curves, true), step)}`;
  }

  #chart(chart: Chart, step: number) {
    return html`<gru-line-chart
      .chart=${chart}
      .at=${step}
      @gru-step=${({ detail }: CustomEvent<number>) => (this._step = detail)}
    ></gru-line-chart>`;
  }
}
