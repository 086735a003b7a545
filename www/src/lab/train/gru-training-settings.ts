import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Axis, Value } from '../../engine/engine.js';
import type { Setup, TrainingPlan, Trouble } from '../../engine/lab/train.js';
import { controlsStyles } from '../../ui/controls.styles.js';
import type { Drafts } from '../../state/codec.js';
import { formatPython } from '../../state/python.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/gru-number.js';
import { formatValue, plural } from '../../ui/numbers.js';
import { CELLS, OPENING, OPTIMIZERS, TASKS, numberOf, optionsOf, withOptimizer, type TrainState } from './state.js';
import { LOSSES, WORDS } from './words.js';
import styles from './gru-training-settings.css?inline';

/** The settings that are numbers, and how each is set. */
interface NumberField {
  readonly axis?: Axis;
  readonly letters?: string;
  readonly kind?: 'whole' | 'real';
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly bare?: boolean;
}

const NUMBERS = {
  seq_len: { axis: 'L', min: 2, max: 60 },
  batch: { axis: 'N', min: 1, max: 256 },
  gate_bias: { kind: 'real', min: -4, max: 6, step: 0.5 },
  train_size: { min: 1, max: 2048 },
  hidden_size: { axis: 'H_out', min: 1, max: 64 },
  num_layers: { axis: 'D', letters: 'D*', min: 1, max: 4 },
  dropout: { kind: 'real', min: 0, max: 1, step: 0.05 },
  lr: { kind: 'real', bare: true },
  momentum: { kind: 'real', min: 0, max: 1, step: 0.05 },
  beta_1: { kind: 'real', bare: true },
  beta_2: { kind: 'real', bare: true },
  alpha: { kind: 'real', bare: true },
  lr_decay: { kind: 'real', bare: true },
  weight_decay: { kind: 'real', bare: true },
  clip_grad_norm: { kind: 'real', bare: true },
  patience: { min: 1, max: 40 },
  steps: { min: 10, max: 1000, step: 10 },
  seed: { bare: true },
} as const satisfies Partial<Record<keyof Setup, NumberField>>;

type NumberName = keyof typeof NUMBERS;

/**
 * Everything that a learner sets of a run.
 *
 * @fires gru-train-state - what is set now
 */
@customElement('gru-training-settings')
export class GruTrainingSettings extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, controlsStyles, unsafeCSS(styles)];

  @property({ attribute: false }) state: TrainState = OPENING;
  @property({ attribute: false }) drafts: Drafts = {};
  @property({ attribute: false }) plan: TrainingPlan | undefined;
  /** What is wrong with the settings, or with the last run of them. */
  @property({ attribute: false }) trouble: Trouble | undefined;

  protected override render() {
    const { state } = this;
    return html`<div class="groups">
      <fieldset>
        <legend>Task</legend>
        <div class="tasks">${TASKS.map(({ task, name }) => this.#task(task, name))}</div>
        <p class="say">${TASKS.find(({ task }) => task === state.task)?.sentence} ${this.#loss()}</p>
      </fieldset>
      <section aria-labelledby="cell-heading">
        <h3 id="cell-heading">Cell</h3>
        <div class="front">${this.#cell()}</div>
        <p class="say">${this.#gate()}</p>
      </section>
      <section aria-labelledby="optimizer-heading">
        <h3 id="optimizer-heading">Optimiser</h3>
        <div class="front">${this.#optimizer()} ${this.#rate()} ${this.#clip()}</div>
      </section>
      <section aria-labelledby="sizes-heading">
        <h3 id="sizes-heading">Sizes</h3>
        <div class="front">
          ${this.#number('seq_len')} ${this.#number('batch')} ${this.#number('hidden_size')} ${this.#number('num_layers')}
          ${this.#number('steps')}
        </div>
        <p class="say">${typeof this.plan?.parameters === 'number' ? `${plural(this.plan.parameters, 'number')} to learn.` : nothing}</p>
      </section>
      <section aria-labelledby="overfit-heading">
        <h3 id="overfit-heading">Against learning by heart</h3>
        <div class="front">
          ${this.#flag('fresh', 'new sequences in every training step')} ${state.fresh ? nothing : this.#number('train_size')}
          ${this.#number('weight_decay')} ${this.#number('dropout')} ${this.#early()}
        </div>
      </section>
      <details ?open=${this.#startsOpen}>
        <summary>
          <span>More options</span>
          <span class="differs">${this.#differs().join(', ')}</span>
        </summary>
        <div class="more">
          ${optionsOf(state.optimizer).filter((name) => name !== 'weight_decay').map((name) => (name === 'nesterov' ? this.#flag('nesterov', 'nesterov') : this.#number(name as NumberName)))}
          ${this.#number('seed')}
          <button type="button" class="button reset" @click=${() => this.#tell(OPENING)}>Back to the opening run</button>
        </div>
      </details>
    </div>`;
  }

  #task(task: TrainState['task'], name: string) {
    return html`<label class="task">
      <input type="radio" name="task" value=${task} .checked=${this.state.task === task} @change=${() => this.#change({ task })} />
      <span>${name}</span>
    </label>`;
  }

  #loss() {
    const { plan } = this;
    if (!plan) return nothing;
    const accuracy = typeof plan.chance_accuracy === 'number' ? ` and is right ${Math.round(100 * plan.chance_accuracy)}\u202f% of the time` : '';
    return html`The loss is <code>nn.${plan.loss}</code>, ${LOSSES[plan.loss]}. Guessing loses ${formatValue(plan.chance_loss)}${accuracy}.`;
  }

  #cell() {
    const { cell } = this.state;
    return html`<div class="row">
        <label for="cell">recurrent module</label>
        <select
          id="cell"
          @change=${(event: Event) => {
            const chosen = CELLS.find(({ name }) => name === (event.target as HTMLSelectElement).value);
            if (chosen) this.#change({ cell: chosen.name });
          }}
        >
          ${CELLS.map(({ name, written }) => html`<option value=${name} .selected=${name === cell}>${written}</option>`)}
        </select>
      </div>
      ${this.#gateOf === undefined ? nothing : this.#number('gate_bias')}`;
  }

  /** Which gate keeps the old state, and where. */
  get #gateOf(): string | undefined {
    return CELLS.find(({ name }) => name === this.state.cell)?.gate;
  }

  /** Why the gate's bias matters. */
  #gate() {
    return this.#gateOf === undefined
      ? html`An RNN has no gate: every time step writes over its whole state.`
      : html`<code>${this.#gateOf}</code> keeps the old state. At 0 a new cell forgets about half of it at every time step; at 3 it keeps
          19 parts of 20, so that a loss far away can teach it what to remember.`;
  }

  #optimizer() {
    return html`<div class="row">
      <label for="optimizer">torch.optim</label>
      <select
        id="optimizer"
        @change=${(event: Event) => {
          const chosen = OPTIMIZERS.find(({ name }) => name === (event.target as HTMLSelectElement).value);
          if (chosen) this.#change(withOptimizer(this.state, chosen.name));
        }}
      >
        ${OPTIMIZERS.map(({ name }) => html`<option value=${name} ?selected=${name === this.state.optimizer}>${name}</option>`)}
      </select>
    </div>`;
  }

  #rate() {
    const by = (factor: number): void => this.#rateOf(Number((this.state.lr * factor).toPrecision(12)));
    return html`<div class="rate">
      ${this.#number('lr')}
      <button type="button" class="button" aria-label="÷ 10, a tenth of the learning rate" @click=${() => by(0.1)}>÷ 10</button>
      <button type="button" class="button" aria-label="× 10, ten times the learning rate" @click=${() => by(10)}>× 10</button>
    </div>`;
  }

  /** Sets the learning rate by a button, which does not say by itself what became of it. */
  #rateOf(lr: number): void {
    this.#change({ lr });
    announce(this, `lr ${formatPython({ float: lr })}`);
  }

  #clip() {
    const clips = this.state.clip_grad_norm !== null;
    return html`<div>
      <label class="check" data-tip=${WORDS.clip_grad_norm ?? nothing}>
        <input
          type="checkbox"
          name="clip"
          .checked=${clips}
          @change=${() => this.#change({ clip_grad_norm: clips ? null : 1 })}
        />
        <span class="mono">clip_grad_norm_</span>
      </label>
      ${clips ? this.#number('clip_grad_norm', 'max_norm') : nothing}
    </div>`;
  }

  #early() {
    const stops = this.state.patience !== null;
    return html`<div>
      <label class="check" data-tip=${WORDS.patience ?? nothing}>
        <input type="checkbox" name="early" .checked=${stops} @change=${() => this.#change({ patience: stops ? null : 6 })} />
        <span>early stopping</span>
      </label>
      ${stops ? this.#number('patience') : nothing}
    </div>`;
  }

  #number(name: NumberName, label: string = name) {
    const { axis, letters = '', kind = 'whole', min = 1, max = 10, step = 1, bare = false }: NumberField = NUMBERS[name];
    // Without a size of its own, the training set is one batch.
    const value = this.state[name] ?? (name === 'train_size' ? this.state.batch : 1);
    return html`<gru-number
      name=${label}
      axis=${axis ?? nothing}
      letters=${letters}
      kind=${kind}
      min=${min}
      max=${max}
      step=${step}
      help=${WORDS[name] ?? ''}
      ?bare=${bare}
      .value=${kind === 'real' && Number.isInteger(value) ? { float: value } : value}
      .draft=${this.drafts[name]}
      .wrong=${this.trouble?.settings.includes(name) ? this.trouble.message : undefined}
      @gru-number=${(event: CustomEvent<Value>) => this.#set(name, numberOf(event.detail))}
      @gru-draft=${(event: HTMLElementEventMap['gru-draft']) => this.#draft(event, name)}
    ></gru-number>`;
  }

  #flag(name: 'nesterov' | 'fresh', label: string) {
    return html`<label class="check" data-tip=${WORDS[name] ?? nothing}>
      <input type="checkbox" name=${name} .checked=${this.state[name]} @change=${() => this.#change({ [name]: !this.state[name] })} />
      <span class=${name === 'nesterov' ? 'mono' : ''}>${label}</span>
    </label>`;
  }

  /** Whether a link or a reload has set something that a closed disclosure would hide. */
  get #startsOpen(): boolean {
    return this.hasUpdated ? (this.renderRoot.querySelector('details')?.open ?? false) : this.#differs().length > 0;
  }

  /** What is set within the disclosure and differs from the usual. */
  #differs(): string[] {
    const { state } = this;
    const usual = { ...OPENING, weight_decay: OPTIMIZERS.find(({ name }) => name === state.optimizer)?.weight_decay ?? 0 };
    const names: (keyof Setup)[] = [...optionsOf(state.optimizer).filter((name) => name !== 'weight_decay'), 'seed'];
    return names.flatMap((name) => (state[name] === usual[name] ? [] : [name === 'nesterov' ? name : `${name}=${String(state[name])}`]));
  }

  #set(name: NumberName, value: number | undefined): void {
    // No size is negative: what is typed stays in the field.
    const refused = value === undefined || (value < 0 && name !== 'seed' && !('kind' in NUMBERS[name]));
    if (refused) this.#tell(this.state, { ...this.drafts, [name]: String(value) });
    else this.#change({ [name]: value });
  }

  #draft(event: HTMLElementEventMap['gru-draft'], name: NumberName): void {
    event.stopPropagation();
    const { text } = event.detail;
    const others = Object.entries(this.drafts).filter(([other]) => other !== name);
    this.#tell(this.state, Object.fromEntries(text === undefined ? others : [...others, [name, text]]));
  }

  #change(change: Partial<TrainState>): void {
    const kept = Object.entries(this.drafts).filter(([name]) => !(name in change));
    this.#tell({ ...this.state, ...change }, Object.fromEntries(kept));
  }

  #tell(state: TrainState, drafts: Drafts = {}): void {
    // Several fields may speak before what they said comes back.
    this.state = state;
    this.drafts = drafts;
    this.dispatchEvent(new CustomEvent('gru-train-state', { detail: { state, drafts } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-settings': GruTrainingSettings;
  }
  interface HTMLElementEventMap {
    'gru-train-state': CustomEvent<{ readonly state: TrainState; readonly drafts: Drafts }>;
  }
}
