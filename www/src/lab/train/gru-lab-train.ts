import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../ui/gru-notices.js';
import type { Engine, Label } from '../../engine/engine.js';
import type { Advice, DoctorReport, Help, Preset, TrainingPlan, Trouble } from '../../engine/lab/train.js';
import '../../ui/gru-code-panel.js';
import type { Drafts, Notice } from '../../state/codec.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { asSentence, errorWords } from '../../ui/error-words.js';
import { formStyles } from '../../ui/form.styles.js';
import { progressStyles } from '../../ui/progress.styles.js';
import '../../ui/chart/gru-line-chart.js';
import '../../ui/gru-panel.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { formatCount, formatShare, formatValue, plural } from '../../ui/numbers.js';
import '../../ui/sound/gru-sound.js';
import './gru-training-doctor.js';
import '../../words/gru-term.js';
import './gru-training-examples.js';
import './gru-training-presets.js';
import './gru-training-runs.js';
import './gru-training-settings.js';
import './gru-trouble.js';
import { Runs, type Run } from './runs.js';
import { chartOf, tableOf } from './runs-chart.js';
import { OPENING, fromQuery, setupOf, stateOf, toQuery, type TrainState } from './state.js';
import { trainStyles } from './train.styles.js';

/** By how much a finished run goes on. */
const MORE_STEPS = 200;
/** Of a run that is over sooner, no progress is said. */
const TELL_MS = 1000;
/** What cannot be run is said where a dragged slider rests. */
const QUIET_MS = 700;

/**
 * The training room: a GRU learns a small task, as the script beside it does in PyTorch.
 *
 * @fires gru-query - what is set, as its part of the address
 */
@customElement('gru-lab-train')
export class GruLabTrain extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, progressStyles, trainStyles];

  @property({ attribute: false }) engine!: Engine;
  @property() query = '';

  @state() private _state: TrainState = OPENING;
  @state() private _drafts: Drafts = {};
  @state() private _notices: readonly Notice[] = [];
  @state() private _plan: TrainingPlan | undefined;
  @state() private _failure = '';
  readonly #runs = new Runs(this);
  /** The address as we last said it, so that our own changes are told from others'. */
  #said: string | undefined;
  /** What was said last of the newest run, of its progress, and of what cannot be run. */
  #told: { readonly status: string; readonly progress: string; readonly refusal: string; readonly seen: string } | undefined;
  #begunAt = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  #asked: Promise<void> | undefined;

  constructor() {
    super();
    new KeepFocus(this, () => void this.#keepFocus());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('query') && this.query !== this.#said) {
      const { state, drafts, notices } = fromQuery(this.query);
      this._state = state;
      this._drafts = drafts;
      this._notices = notices;
      this.#said = this.query;
      this.#asked = this.#ask();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#telling);
  }

  /** Says that a run has begun, each quarter of one that takes long, how it ended, and that what is set cannot be run. */
  protected override updated(): void {
    const run = this.#runs.newest;
    const before = this.#told;
    const told = { status: this.#status(run), progress: progressOf(run), refusal: refusalOf(this._plan?.trouble), seen: seenIn(run?.report) };
    this.#told = told;
    if (before && told.status !== before.status) {
      this.#begunAt = performance.now();
      announce(this, told.status, this._failure !== '' || run?.status === 'failed');
    } else if (before && told.progress !== before.progress && performance.now() - this.#begunAt > TELL_MS) announce(this, told.progress);
    if (before && told.seen !== before.seen) announce(this, told.seen);
    if (told.refusal === (before?.refusal ?? '')) return;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => { announce(this, told.refusal); }, QUIET_MS);
  }

  #status(run: Run | undefined): string {
    return this._failure === '' ? ended(run) : asSentence(`The lab did not load: ${this._failure}`);
  }

  /** Asks what the settings mean; the newest wish counts. */
  async #ask(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const plan = await this.engine.lab.ask('trainingPlan', setupOf(this._state));
      if (asking.signal.aborted) return;
      this._plan = plan;
      this._failure = '';
    } catch (error) {
      if (!asking.signal.aborted) this._failure = error instanceof Error ? error.message : String(error);
    }
  }

  protected override render() {
    const { _state: state, _plan: plan } = this;
    const run = this.#runs.newest;
    const broken = this.#broken;
    const wrong = plan?.trouble ?? undefined;
    return html`<h1>Train a GRU</h1>
      <p class="lead">Learn to read a <gru-term of="loss">loss</gru-term> curve: press Start, or one of the four experiments. When a run ends, the doctor says what it sees and
        offers one thing to try; press that, and the new curve beside the old one shows whether it helped.</p>
      <gru-training-presets
        .presets=${plan?.presets ?? []}
        @gru-preset=${({ detail }: CustomEvent<Preset>) => this.#run(stateOf(detail.setup, state))}
      ></gru-training-presets>
      <gru-notices .notices=${this._notices} @gru-dismiss=${() => (this._notices = [])}></gru-notices>
      <div class="layout">
        <gru-panel class="run" heading="Loss">
          <label slot="actions" class="check">
            <input type="checkbox" name="log" .checked=${state.log} @change=${() => this.#set({ ...state, log: !state.log })} />
            <span>log axis</span>
          </label>
          ${this.#bar(run, wrong)} ${this.#figures(run)}
          <gru-line-chart
            .chart=${chartOf(this.#runs.list, { log: state.log, chance: this.#chance, evidence: run?.report?.finding.evidence ?? [] })}
            .table=${(whole: boolean) => tableOf(this.#runs.list, whole, run?.report?.finding.evidence)}
          ></gru-line-chart>
          <gru-training-doctor
            letter=${run?.letter ?? 'A'}
            tone=${run?.tone ?? 'L'}
            .report=${run?.report}
            @gru-advice=${({ detail }: CustomEvent<Advice>) => { if (run) this.#run({ ...stateOf(run.setup, state), ...detail.help.change }); }}
          ></gru-training-doctor>
          ${wrong ? html`<gru-trouble heading="This cannot be run" .trouble=${wrong} @gru-help=${this.#help}></gru-trouble>` : nothing}
          ${run?.trouble
            ? html`<gru-trouble heading="You broke run ${run.letter}: training step ${run.losses.length}" .trouble=${this.#ofBroken(run, run.trouble)} @gru-help=${this.#help}></gru-trouble>`
            : nothing}
          ${plan?.warnings.map((warning) => html`<gru-trouble heading="A warning" .trouble=${warning} @gru-help=${this.#help}></gru-trouble>`)}
          ${this.#runs.list.length === 0
            ? nothing
            : html`<gru-training-runs
                .runs=${this.#runs.list}
                .told=${told(run)}
                @gru-run-settings=${({ detail }: CustomEvent<Run>) => this.#set(stateOf(detail.setup, state))}
                @gru-run-forget=${({ detail }: CustomEvent<Run>) => this.#runs.forget(detail)}
              ></gru-training-runs>`}
        </gru-panel>
        <gru-panel class="controls" heading="Settings">
          <gru-training-settings
            .state=${state}
            .drafts=${this._drafts}
            .plan=${plan}
            .trouble=${wrong ?? broken}
            @gru-train-state=${({ detail }: HTMLElementEventMap['gru-train-state']) => this.#set(detail.state, detail.drafts)}
          ></gru-training-settings>
          <div class="start"><button type="button" class="button primary again" ?disabled=${!plan || wrong !== undefined} @click=${() => this.#startInView()}>
            Run these settings
          </button></div>
        </gru-panel>
        <gru-panel class="examples" heading="Sequences that it has not seen">
          ${plan
            ? html`<gru-training-examples
                .task=${state.task}
                .x=${plan.x}
                .y=${plan.y}
                .counts=${plan.counts}
                .predictions=${this.#predictions(run)}
              ></gru-training-examples>`
            : nothing}
        </gru-panel>
        <div class="code">
          <p class="lead">The same run in PyTorch: the same seed, sequences and weights, and so the same losses, but for
            float32's last digits. A run whose losses jump, as with a large learning rate, multiplies such a difference from step to step: its
            curve is the same at first, and then only of the same kind; it may break some steps earlier or later.</p>
          <gru-code-panel .lines=${plan?.code ?? []} .labels=${labels(wrong ?? broken)}></gru-code-panel>
        </div>
      </div>`;
  }

  /** What guessing loses, where the runs on screen are of the task that is set: what it loses at another says nothing of them. */
  get #chance(): number | undefined {
    return this.#runs.list.every(({ setup }) => setup.task === this._state.task) ? this._plan?.chance_loss : undefined;
  }

  /** What broke the newest run, while its settings are still set. */
  get #broken(): Trouble | undefined {
    const run = this.#runs.newest;
    return run?.trouble && this.#isSet(run) ? run.trouble : undefined;
  }

  /** What broke a run. What mends it is offered once: by the doctor, or where it has nothing to offer, here. */
  #ofBroken(run: Run, trouble: Trouble): Trouble {
    return run.report && !run.report.finding.advice ? trouble : { ...trouble, help: [] };
  }

  /** Whether what is set is what the run is of, but for the number of steps. */
  #isSet(run: Run): boolean {
    return JSON.stringify({ ...run.setup, steps: 0 }) === JSON.stringify({ ...setupOf(this._state), steps: 0 });
  }

  /** What the newest run says of the examples, if they are those of its own setup. */
  #predictions(run: Run | undefined): Float32Array | undefined {
    if (!run) return undefined;
    const { task, seq_len, batch, fresh, train_size = null, seed } = run.setup;
    const { _state: state } = this;
    const same = task === state.task && seq_len === state.seq_len && seed === state.seed && fresh === state.fresh;
    return same && (fresh || (train_size ?? batch) === (state.train_size ?? state.batch)) ? run.predictions : undefined;
  }

  #bar(run: Run | undefined, wrong: Trouble | undefined) {
    const running = run?.status === 'running';
    const status = this.#status(run);
    // One button throughout, so that the focus stays on it.
    return html`<div class="bar">
      <button
        type="button"
        class="button primary"
        ?disabled=${!running && (!this._plan || wrong !== undefined)}
        @click=${() => (running ? this.#runs.stop() : this.#start())}
      >
        ${running ? 'Stop' : run ? 'Start anew' : 'Start'}
      </button>
      ${running ? this.#progress(run) : this.#more(run, wrong)}
      <p class=${running ? 'visually-hidden' : 'ended'}>${status}</p>
    </div>`;
  }

  #progress(run: Run) {
    const taken = run.again ?? run.losses.length;
    return html`<progress aria-label="Training steps taken" max=${run.setup.steps} .value=${taken}></progress>
      <span class="tabular">${formatCount(taken)} of ${plural(run.setup.steps, 'training step')}</span>`;
  }

  /** The button that lets a run go on, where it can. */
  #more(run: Run | undefined, wrong: Trouble | undefined) {
    const { steps } = this._state;
    const taken = run?.losses.length ?? 0;
    if (!run || !this.#isSet(run) || run.status === 'broken' || run.stoppedEarly || wrong || taken === 0) return nothing;
    const until = steps > taken ? steps : taken + MORE_STEPS;
    return html`<button type="button" class="button" @click=${() => this.#goOn(until)}>
      ${steps > taken ? `Continue to training step ${formatCount(until)}` : `${MORE_STEPS} more training steps`}
    </button>`;
  }

  /** The numbers of the moment, which have their places before the first run. */
  #figures(run: Run | undefined) {
    const last = run?.validation.at(-1);
    const number = (value: number | undefined): string => (value === undefined ? '–' : formatValue(value));
    // Of a run that has ended, what is said of it everywhere; while it trains, the last that was told.
    const told = run?.report?.finding.figures;
    const accuracy = told ? told.accuracy : last?.accuracy;
    const figures: [string, string][] = [
      ['training loss', told?.training_text ?? number(run?.losses.at(-1))],
      ['validation loss', told ? told.validation_text || '–' : number(last?.loss)],
      ['grad norm', number(run?.gradNorms.at(-1))],
      ['training steps/s', run && run.stepsPerSecond > 0 ? formatCount(Math.round(run.stepsPerSecond)) : '–'],
    ];
    if (typeof this._plan?.chance_accuracy === 'number') figures.splice(2, 0, ['accuracy', typeof accuracy === 'number' ? formatShare(accuracy) : '–']);
    return html`<dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <p class="meaning">${told ? told.meaning : (run?.meaning ?? '')}</p>
      ${this.#sound(run)}`;
  }

  /** The training loss as sound, off until it is asked for. */
  #sound(run: Run | undefined) {
    const [first, last] = [run?.losses[0], run?.losses.at(-1)];
    return html`<details class="hear">
      <summary>Hear it</summary>
      <gru-sound live what="the loss" .value=${Number.isFinite(last) ? last : undefined} .high=${Number.isFinite(first) ? first : (this.#chance ?? 1)}>
        <p>Each training loss is a tone, as it comes. The higher the tone, the larger the loss: from 0 to that of the first training step.</p>
      </gru-sound>
    </details>`;
  }

  #start(): void {
    void this.#runs.start(this.engine.lab, setupOf(this._state));
  }

  /** Starts from the end of the settings, where a narrow window does not show the run. */
  #startInView(): void {
    this.#start();
    void this.#keepFocus();
    this.renderRoot.querySelector('.run')?.scrollIntoView({ block: 'start' });
  }

  /** Sets what is to be tried and runs it at once, in view. */
  #run(state: TrainState): void {
    this.#set(state);
    this.#startInView();
  }

  #goOn(steps: number): void {
    // The script and the address say how far it goes.
    this.#set({ ...this._state, steps });
    void this.#runs.goOn(this.engine.lab, steps);
    void this.#keepFocus();
  }

  /** The button that was pressed is gone, or out of sight. */
  async #keepFocus(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.bar .primary')?.focus({ preventScroll: true });
  }

  /** Applies a fix; where a run broke, it is tried at once. */
  readonly #help = ({ detail: { change } }: CustomEvent<Help>): void => {
    const runs = this.#broken !== undefined;
    this.#set({ ...this._state, ...change });
    if (runs) {
      this.#start();
      void this.#keepFocus();
    } else {
      // What could not be started can be once the settings have been judged again.
      void this.#asked?.then(() => this.#keepFocus());
    }
  };

  #set(state: TrainState, drafts: Drafts = {}): void {
    const setup = JSON.stringify(setupOf(state)) !== JSON.stringify(setupOf(this._state));
    this._state = state;
    this._drafts = drafts;
    this._notices = [];
    this.#said = toQuery(state, drafts);
    this.dispatchEvent(new CustomEvent('gru-query', { detail: this.#said, bubbles: true, composed: true }));
    if (setup) this.#asked = this.#ask();
  }
}

/** Changes whenever the newest run has told something. */
function told(run: Run | undefined): number {
  return run ? run.losses.length + (run.status === 'running' ? 0 : 0.5) + (run.report ? 0.25 : 0) : 0;
}

/** What is said aloud of what the doctor sees. */
function seenIn(report: DoctorReport | undefined): string {
  if (!report) return '';
  const { finding, comparison } = report;
  return [`The doctor: ${finding.title}.`, comparison?.sentences[0] ?? '', finding.sentences[0] ?? ''].join(' ').trim();
}

/** The places in the code that a trouble is about. */
function labels(trouble: Trouble | undefined): Label[] {
  const names: Partial<Record<string, string>> = { clip_grad_norm: 'max_norm', beta_1: 'betas', beta_2: 'betas' };
  return (trouble?.settings ?? []).map((name) => ({ place: { part: 'option', name: names[name] ?? name }, text: trouble?.message ?? '' }));
}

/** How many quarters of a run are done. */
function progressOf(run: Run | undefined): string {
  if (run?.status !== 'running') return '';
  const quarters = Math.floor((4 * (run.again ?? run.losses.length)) / run.setup.steps);
  return quarters > 0 && quarters < 4 ? `Training: ${25 * quarters} %.` : '';
}

function refusalOf(trouble: Trouble | null | undefined): string {
  return trouble ? errorWords(trouble.exception ?? '', trouble.message, trouble.help.length, 'at the heading This cannot be run') : '';
}

function ended(run: Run | undefined): string {
  if (!run) return 'Nothing is trained yet.';
  const after = `after ${plural(run.losses.length, 'training step')}`;
  switch (run.status) {
    case 'running':
      return 'Training';
    case 'stopped':
      return `Run ${run.letter} stopped ${after}.`;
    case 'finished':
      if (run.stoppedEarly && run.best) {
        return `Run ${run.letter} stopped early ${after}. The best is kept: that of training step ${formatCount(run.best.steps)}.`;
      }
      return `Run ${run.letter} finished ${after}.`;
    case 'broken':
      return asSentence(`Run ${run.letter} broke: ${run.trouble?.message ?? ''}`);
    case 'failed':
      return asSentence(`Run ${run.letter} failed: ${run.message}`);
  }
}
