import { LitElement, html, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModuleSetup, RunValues } from '../../../pkg/gru_lab.js';
import type { Engine } from '../../engine/engine.js';
import '../../playground/cell/gru-step.js';
import type { Source } from '../../playground/cell/source.js';
import type { Layout } from '../../playground/values/matrix.js';
import { baseStyles } from '../../ui/base.styles.js';
import { RunController } from '../../ui/run-controller.js';
import '../../words/gru-term.js';
import styles from './gru-module-step.css?inline';

/** What was computed, and of which setup. */
interface Computed {
  readonly key: string;
  readonly values: RunValues;
}

/** The inside of one step of an RNN, an LSTM or a GRU, with the numbers of the call that the room shows. */
@customElement('gru-module-step')
export class GruModuleStep extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'colorScale' | 'lab'>;
  @property({ attribute: false, hasChanged: (setup, before) => JSON.stringify(setup) !== JSON.stringify(before) }) setup!: ModuleSetup;
  @property({ attribute: false }) equations: readonly string[] = [];

  @state() private _step = 0;

  readonly #runs = new RunController<Computed>(this, 'The step', { keeps: true });
  #source: Source | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { engine, setup } = this;
    if (!changed.has('setup') && !changed.has('engine')) return;
    const key = JSON.stringify(setup);
    this.#source = {
      key,
      open: (at, edit, options) => engine.lab.ask('insideModule', { setup, at, edit }, options),
      origin: 'It was drawn by torch.randn.',
      fate: 'The picture shows the changed numbers. This is for looking only: the tables keep the number as it was.',
    };
    this.#runs.want({ key, weight: 'heavy', run: async ({ signal }) => ({ key, values: await engine.lab.ask('moduleValues', setup, { signal }) }) });
  }

  protected override render() {
    const { run, status } = this.#runs;
    if (!run || run.key !== this.#source?.key) return html`<p class="waiting">${status.kind === 'failed' ? status.message : 'Computing'}</p>`;
    const { seq_len, batch, hidden_size } = this.setup;
    const layout: Layout = { steps: seq_len, batch, batched: true, batchFirst: false, layers: 1, directions: 1, hidden: hidden_size };
    return html`<p class="said">
        <gru-term of="sigmoid">σ</gru-term> squeezes any number into 0 to 1, <gru-term of="tanh">tanh</gru-term> into −1 to 1. Press a number below the
        picture to open its arithmetic, and to change what goes into it.
      </p>
      <gru-step
        .engine=${this.engine}
        .values=${run.values}
        .source=${this.#source}
        .layout=${layout}
        .equations=${this.equations}
        .step=${Math.min(this._step, seq_len - 1)}
        @gru-step=${({ detail }: CustomEvent<number>) => (this._step = detail)}
      ></gru-step>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-module-step': GruModuleStep;
  }
}
