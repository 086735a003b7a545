import { html, nothing, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Engine } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/chart/gru-line-chart.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/gru-code-panel.js';
import '../../ui/gru-panel.js';
import '../../ui/heatmap/gru-heatmap.js';
import type { Cell } from '../../ui/heatmap/matrix.js';
import { formatCount, plural } from '../../ui/numbers.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { RunController, type RunOptions } from '../../ui/run-controller.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { Room } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import { OPENING as TRAIN, setupOf as trainSetupOf, toQuery as trainQuery, type TrainState } from '../train/state.js';
import { routeHash } from '../../state/route.js';
import './gru-memory-gap.js';
import './gru-memory-ranking.js';
import './gru-memory-standings.js';
import { gradientChart, learningChart, stateMatrix, type Seen } from './pictures.js';
import { CELLS, NUMBERS, OPENING, SCHEMA, setupOf, type MemoryCell, type MemoryGoal, type MemoryOutcome, type MemoryPlan, type MemoryReport, type MemorySettings, type MemorySetup } from './settings.js';
import { percent } from './words.js';
import styles from './gru-lab-memory.css?inline';

/** What is known before anything is trained. */
interface Known {
  readonly plan: MemoryPlan;
  /** A sequence that no cell trains on. */
  readonly tokens: readonly number[];
}

/** A comparison that was begun: what was set, what was predicted, and what has arrived. */
interface Comparison {
  readonly setup: MemorySetup;
  readonly ranking: readonly MemoryCell[];
  readonly plan: MemoryPlan;
  readonly outcomes: readonly MemoryOutcome[];
  readonly report: MemoryReport | undefined;
}

/** The last comparison that was seen to its end: who leaves the room finds it there again. */
let kept: Comparison | undefined;

/** The comparison that shows the plain RNN winning. */
const NAIVE = { seq_len: 20, steps: 200, gate_bias: 0, bias_all: false, seeds: 3, seed: 1 } as const;

/** Which cell still knows the first token? The learner says it first, and then sees it. */
@customElement('gru-lab-memory')
export class GruLabMemory extends Room<MemorySettings> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;

  @state() private _comparison: Comparison | undefined = kept;
  @state() private _step = 0;
  @state() private _unit = 0;
  #turn = 0;

  readonly #known = new RunController<Known>(this, 'The comparison', { keeps: true });
  readonly #runs = new RunController<true>(this, 'Training of five cells', { keeps: true });

  protected override updated(): void {
    const { engine, settings } = this;
    const [setup, cell] = [setupOf(settings), settings.cell];
    this.#known.want({ key: JSON.stringify([setup, cell]), weight: 'light', run: () => known(engine, setup, cell) });
  }

  /** Whether what is shown is of other settings than those that are set. */
  get #isStale(): boolean {
    return this._comparison !== undefined && JSON.stringify(this._comparison.setup) !== JSON.stringify(setupOf(this.settings));
  }

  get #isRunning(): boolean {
    return this.#runs.status.kind === 'running';
  }

  protected override render() {
    const { settings } = this;
    const comparison = this._comparison;
    return html`<h1>Memory</h1>
      <p class="intro">
        A token passes, then ${formatCount(settings.seq_len - 1)} others. Then the question: <b>which one came first?</b> Five cells of 16 units learn to
        answer it, from the same data and seeds. Say first which cell will still know it. Then train them, and see what kept the token. (The GRU that
        Play opens on keeps a word over twenty others too, but it was trained for 2${'\u202f'}500 steps; here each cell has ${formatCount(settings.steps)}.)
      </p>
      ${this.notices()}
      ${comparison?.report && !this.#isStale
        ? html`<p class="strip">${comparison.report.standings.map(({ name, median }) => html`<span>${name} <b>${percent(median)}</b></span>`)}</p>`
        : nothing}
      <div class="layout">
        <div class="controls">
          <gru-panel heading="Who will remember?">${this.#prediction(comparison)}</gru-panel>
          <gru-panel heading="What is set">${this.#controls()}</gru-panel>
        </div>
        <div class="stage">
          ${this.#question()} ${this.#goalPanel(comparison)} ${comparison?.report ? this.#shown(comparison, comparison.report) : nothing}
          ${this.#code()}
        </div>
      </div>`;
  }

  #prediction(comparison: Comparison | undefined) {
    const locked = this.#isRunning || (comparison !== undefined && !this.#isStale);
    const known = this.#known.run;
    return html`<p class="quiet">
        ${locked ? 'Your prediction is locked.' : 'Best memory first. Move a cell by its buttons, or by the arrow keys on them.'}
      </p>
      <gru-memory-ranking
        .ranking=${this.settings.ranking}
        .names=${namesOf(known?.plan)}
        ?locked=${locked}
        @gru-ranking=${({ detail }: CustomEvent<readonly MemoryCell[]>) => { this.set({ ranking: detail }); }}
      ></gru-memory-ranking>
      ${this.#bar(comparison, known?.plan)}`;
  }

  #bar(comparison: Comparison | undefined, plan: MemoryPlan | undefined) {
    const { status } = this.#runs;
    const [done, all] = [comparison?.outcomes.length ?? 0, CELLS.length * (comparison?.setup.seeds ?? 1)];
    const fresh = comparison === undefined || this.#isStale;
    if (status.kind === 'running') {
      return html`<div class="bar">
        <button type="button" class="button primary" @click=${() => { this.#runs.cancel(); }}>Cancel</button>
        <progress max="1" .value=${status.share ?? 0} aria-label="Training of five cells"></progress>
        <span class="tabular">${done} of ${plural(all, 'run')}</span>
      </div>`;
    }
    return html`<div class="bar">
      <button type="button" class="button primary" ?disabled=${plan?.trouble !== null} @click=${() => { this.#again(fresh); }}>
        ${fresh ? 'Lock my prediction and train' : done < all ? 'Go on training' : 'Predict anew'}
      </button>
      ${status.kind === 'cancelled' && !fresh ? html`<span class="quiet">Cancelled. ${done} of ${plural(all, 'run')} are kept.</span>` : nothing}
      ${status.kind === 'failed' ? html`<span class="problem">This could not be computed: ${status.message}</span>` : nothing}
    </div>`;
  }

  /** Begins, goes on, or opens the prediction again. */
  #again(fresh: boolean): void {
    const comparison = this._comparison;
    if (fresh) this.#train();
    else if (comparison && comparison.outcomes.length < CELLS.length * comparison.setup.seeds) void this.#runs.start();
    else {
      this._comparison = kept = undefined;
      this.#runs.want(undefined);
      announce(this, 'Your prediction is open again.');
    }
  }

  #train(): void {
    const plan = this.#known.run?.plan;
    if (!plan) return;
    this._comparison = { setup: setupOf(this.settings), ranking: this.settings.ranking, plan, outcomes: [], report: undefined };
    this.#turn += 1;
    const turn = this.#turn;
    this.#runs.want({ key: String(turn), weight: 'heavy', run: (options) => this.#trainAll(turn, options) });
    // What was shown of the comparison before is gone: to where the new one will stand.
    void this.updateComplete.then(() => {
      const stage = this.renderRoot.querySelector('.stage');
      if (stage && stage.getBoundingClientRect().top < 0) stage.scrollIntoView({ block: 'start' });
    });
  }

  /** Trains what has not arrived yet, in as many workers as there are. */
  async #trainAll(turn: number, { signal, onProgress }: RunOptions): Promise<true> {
    const comparison = this._comparison;
    if (!comparison) return true;
    const { setup, outcomes } = comparison;
    const all = CELLS.flatMap(({ cell }) => Array.from({ length: setup.seeds }, (_, number) => ({ cell, number })));
    const left = all.filter(({ cell, number }) => !outcomes.some((outcome) => outcome.cell === cell && outcome.number === number));
    const shares = left.map(() => 0);
    const ended = new AbortController();
    signal.addEventListener('abort', () => { ended.abort(); }, { once: true });
    const tell = (at: number, share: number): void => {
      shares[at] = share;
      onProgress((outcomes.length + shares.reduce((sum, one) => sum + one, 0)) / all.length);
    };
    let next = 0;
    const work = async (client: Engine['lab']): Promise<void> => {
      for (;;) {
        const at = next;
        const job = left[at];
        next += 1;
        if (!job) return;
        const outcome = await client.ask('memoryRun', { setup, ...job }, { signal: ended.signal, onProgress: (share) => { tell(at, share); } });
        tell(at, 1);
        await this.#arrive(turn, outcome);
      }
    };
    try {
      await Promise.all(this.engine.labPool.map(work));
    } catch (error) {
      ended.abort();
      throw error;
    }
    kept = this._comparison;
    const report = kept?.report;
    if (report && this.#turn === turn) announce(this, `${report.gap.words} ${report.goal.words}`);
    return true;
  }

  /** Takes an outcome in, and has the core judge what is known by now. */
  async #arrive(turn: number, outcome: MemoryOutcome): Promise<void> {
    if (this.#turn !== turn || !this._comparison) return;
    const { setup, ranking } = this._comparison;
    const outcomes = [...this._comparison.outcomes, outcome];
    this._comparison = { ...this._comparison, outcomes };
    const report = await this.engine.lab.ask('memoryReport', { setup, ranking, outcomes });
    // What has arrived meanwhile is judged by a later report.
    if (this.#turn === turn && this._comparison.outcomes.length === outcomes.length) this._comparison = { ...this._comparison, report };
  }

  #controls() {
    return html`<div class="settings">
      ${this.number('seq_len', NUMBERS.seq_len)} ${this.number('steps', NUMBERS.steps)} ${this.number('gate_bias', NUMBERS.gate_bias)}
      <p class="quiet">
        The bias is added to the gate that keeps the old state, of the GRU that is named after it. 0 is PyTorch's own start; at 3 the gate
        starts at 0.95.
      </p>
      ${this.check('bias_all', 'LSTM and minGRU are given the same bias.', 'LSTM and minGRU too')} ${this.number('seeds', NUMBERS.seeds)}
      ${this.more(['seed', NUMBERS.seed])}
      <div class="row" role="group" aria-label="To try">
        <button type="button" class="button" @click=${() => { this.set(NAIVE); }}>The naive comparison</button>
        <button type="button" class="button" @click=${() => { this.set({ ...setupOf(OPENING) }); }}>Back to the opening</button>
      </div>
    </div>`;
  }

  /** The task as it is seen by a cell. */
  #question() {
    const tokens = this.#known.run?.tokens ?? [];
    return html`<gru-panel heading="The question">
      <ol class="tokens" aria-label="A sequence: token ${tokens[0]} comes first, then ${tokens.slice(1).join(', ')}">
        ${tokens.map((token, step) => html`<li class=${step === 0 ? 'first' : ''} aria-hidden="true">${token}</li>`)}
        <li class="ask" aria-hidden="true">first?</li>
      </ol>
      <p class="quiet">
        Eight kinds of tokens. The answer is read from the last state alone, so a cell has to carry the first token through
        ${plural(Math.max(0, tokens.length - 1), 'step')}. A guess is right in ${percent(this.#known.run?.plan.chance ?? 0)}.
      </p>
    </gru-panel>`;
  }

  #goalPanel(comparison: Comparison | undefined) {
    const goal: MemoryGoal | undefined = (this.#isStale ? undefined : comparison?.report?.goal) ?? this.#known.run?.plan.goal;
    if (!goal) return nothing;
    return html`<gru-panel class="goal" heading="A goal">
      <p class=${goal.reached ? 'reached' : 'open'}>${goal.reached ? html`<span aria-hidden="true">✓ </span>` : nothing}${goal.words}</p>
      ${goal.missing.length === 0 ? nothing : html`<ul>${goal.missing.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
      ${this.settings.seq_len === goal.distance
        ? nothing
        : html`<button type="button" class="button" @click=${() => { this.set({ seq_len: goal.distance }); }}>
            Set the goal's distance: seq_len=${goal.distance}
          </button>`}
    </gru-panel>`;
  }

  #shown(comparison: Comparison, report: MemoryReport) {
    const { setup, plan, outcomes } = comparison;
    const names = namesOf(plan);
    const seen: Seen[] = CELLS.flatMap(({ cell }) => {
      const inside = outcomes.find((outcome) => outcome.cell === cell && outcome.inside !== null)?.inside;
      return inside ? [{ cell, name: names.get(cell) ?? cell, inside }] : [];
    });
    return html`<gru-panel heading="Who still knows the first token">
        ${this.#isStale
          ? html`<p class="quiet">This is of ${setup.seq_len} steps, trained for ${setup.steps}, with gate_bias=${setup.gate_bias}. What is set now is not trained yet.</p>`
          : nothing}
        <gru-memory-standings .standings=${report.standings} .plan=${plan} .seeds=${setup.seeds}></gru-memory-standings>
      </gru-panel>
      <gru-panel heading="Your prediction and what happened"><gru-memory-gap .gap=${report.gap}></gru-memory-gap></gru-panel>
      <gru-panel heading="Why">
        ${report.why.length === 0
          ? html`<p class="said">${outcomes.length < CELLS.length * setup.seeds ? 'Not enough has arrived to say why.' : 'The cells differ too little here to say why: go further, or train for fewer steps.'}</p>`
          : html`<ul class="why">${report.why.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
        ${this.#trap(setup)}
        <h3>Right answers while they are trained</h3>
        <gru-line-chart .chart=${learningChart(outcomes, names, setup.steps, plan.chance)}></gru-line-chart>
      </gru-panel>
      ${seen.length === 0 ? nothing : this.#within(seen)}`;
  }

  /** Why a comparison of what PyTorch makes misleads. */
  #trap(setup: MemorySetup) {
    const isSet = JSON.stringify(setup) === JSON.stringify(NAIVE);
    return html`<p class="said">
        <b>The naive comparison.</b> Take RNN and GRU as PyTorch makes them, at distance 20, for 200 steps: the RNN comes out ahead. That is no
        proof against gates. A new GRU's gate starts half open, halves the trace of the token at every step, and so hides it from training; one
        bias of +3 lets it through.
      </p>
      ${isSet
        ? html`<button type="button" class="button" @click=${() => { this.set({ gate_bias: 3 }); }}>Now open the gate: gate_bias=3</button>`
        : html`<button type="button" class="button" @click=${() => { this.set(NAIVE); }}>Set up the naive comparison</button>`}`;
  }

  /** What is kept within each cell, and what of the loss reaches back. */
  #within(seen: readonly Seen[]) {
    const { when } = this.settings;
    const steps = seen[0]?.inside.tokens.length ?? 1;
    const step = Math.min(this._step, steps - 1);
    const unit = Math.min(this._unit, (seen[0]?.inside.states.length ?? 0) / steps - 1);
    const first = seen[0]?.inside.tokens[0];
    return html`<gru-panel heading="What reaches back: the gradient by the state of each step">
        ${this.choice('when', 'When', [
          ['before', 'before the first step of training'],
          ['after', 'once it is trained'],
        ])}
        <p class="said">
          ${when === 'before'
            ? html`The loss stands at the last step. What of its gradient reaches step 0, before anything is learned, is all that can teach a cell to
                keep the first token. A line that stays high is a gate that is open.`
            : html`Once it is trained, a cell that remembers is one whose last answer still hangs on its first state: its line stays high all the way
                back.`}
        </p>
        <gru-line-chart
          .chart=${gradientChart(seen, when)}
          .at=${step}
          @gru-step=${({ detail }: CustomEvent<number>) => (this._step = detail)}
        ></gru-line-chart>
      </gru-panel>
      <gru-panel heading="What is kept: the state after each step">
        <p class="said">
          One sequence that starts with token ${first}, read by each trained cell. Where a row keeps its colour from left to right, a unit carries
          something along; where every column is another, the past is written over. Of the LSTM it is the cell state c.
        </p>
        <div class="heatmaps">
          ${seen.map(
            ({ name, inside }) => html`<div>
              <gru-heatmap
                .engine=${this.engine}
                .matrix=${stateMatrix(inside)}
                words=${name}
                rowNoun="units"
                columnNoun="steps"
                .row=${unit}
                .column=${step}
                @gru-cell=${({ detail }: CustomEvent<Cell>) => { this.#go(detail); }}
              ></gru-heatmap>
              <p class="quiet">
                It says ${inside.answer}: ${inside.answer === first ? 'right' : 'wrong'}. It gives the right token ${percent(inside.probability)}.
              </p>
            </div>`,
          )}
        </div>
      </gru-panel>`;
  }

  #go({ row, column }: Cell): void {
    this._unit = row;
    this._step = column;
  }

  #code() {
    const plan = this.#known.run?.plan;
    if (!plan) return nothing;
    const { cell, seq_len, steps, seed } = this.settings;
    const open = plan.cells.find((entry) => entry.cell === cell);
    const names = plan.cells.map((entry) => [entry.cell, entry.name] as const);
    return html`<gru-panel heading="The same in PyTorch">
      ${this.choice('cell', 'Cell', names)}
      <p class="quiet">
        ${open ? `${plural(open.parameters, 'number')} to learn. ` : nothing}The run of its first seed:
        <a href=${routeHash('lab', trainQuery({ ...trainState(this.settings, cell), seq_len, steps, seed }), 'train')}>watch it in Train</a>.
      </p>
      <gru-code-panel .lines=${plan.code}></gru-code-panel>
    </gru-panel>`;
  }
}

/** What is known before anything is trained. */
async function known(engine: Engine, setup: MemorySetup, cell: MemoryCell): Promise<Known> {
  const { seq_len, seed } = setup;
  const [plan, examples] = await Promise.all([
    engine.lab.ask('memoryPlan', { setup, cell }),
    engine.lab.ask('trainingPlan', trainSetupOf({ ...TRAIN, task: 'recall', seq_len, seed })),
  ]);
  return { plan, tokens: [...examples.x.slice(0, seq_len)] };
}

/** The run of a cell as the training room has it. */
function trainState(settings: MemorySettings, cell: MemoryCell): TrainState {
  const biased = cell === 'gru_open' || (settings.bias_all && (cell === 'lstm' || cell === 'min_gru'));
  const module = { rnn: 'RNN', gru: 'GRU', gru_open: 'GRU', lstm: 'LSTM', min_gru: 'MinGRU' } as const;
  return { ...TRAIN, task: 'recall', cell: module[cell], gate_bias: biased ? settings.gate_bias : 0 };
}

function namesOf(plan: MemoryPlan | undefined): ReadonlyMap<MemoryCell, string> {
  return new Map(plan?.cells.map(({ cell, name }) => [cell, name]) ?? []);
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-lab-memory': GruLabMemory;
  }
}
