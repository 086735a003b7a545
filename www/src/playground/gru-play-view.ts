import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, CodeLine, Cost, Diagnosis, DraftReading, Engine, Fix, ReleaseRange } from '../engine/engine.js';

import { withCall } from '../state/call.js';
import { changeEvent } from '../state/events.js';
import { OPENING, type Hideable, type PlaygroundState, type ValuesView } from '../state/playground-state.js';
import { afterPaint } from '../ui/after-paint.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formatCount } from '../ui/numbers.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { progressStyles } from '../ui/progress.styles.js';
import { RunController, type RunStatus } from '../ui/run-controller.js';
import type { ShownCall } from '../ui/editing.js';
import '../ui/gru-code-panel.js';
import '../ui/gru-panel.js';
import type { FlowStep } from './flow/model.js';
import type { GruFlow } from './flow/gru-flow.js';
import './flow/gru-flow.js';
import type { GruAdvice } from './gru-advice.js';
import './gru-advice.js';
import './gru-controls.js';
import './gru-parameters.js';
import { errorOf } from './gru-result.js';
import './gru-result.js';
import { playgroundStyles } from './playground.styles.js';
import type { Keeper, Kept, Moment } from './keeper.js';
import { moduleOf } from './module.js';

import { see, type Seen } from './seen.js';
import './values/gru-values.js';
import { layoutOf, within } from './values/matrix.js';
import './weights/gru-weights.js';
import { weightsStore } from './weights/store.js';
import { fits, withLoad, type UsedWeights, type WeightsConfig } from './weights/used.js';
import { wishFor, type Run, type Wanted } from './wish.js';

/** The first panels at once, then the flow, the values, the parameters and the weights: below what is there, so that nothing moves. */
const PANELS = 5;


/** What the panels below the first ones show. */
interface Followed {
  readonly call: Call;
  readonly diagnosis: Diagnosis;
  readonly cost: Cost | null;
}

/** A fix that can be undone while nothing else has been changed. */
interface Applied {
  readonly statement: string;
  readonly before: PlaygroundState;
  readonly after: PlaygroundState;
}

/**
 * The playground: controls on one side; code, result, shape flow, values and costs on the other.
 *
 * @csspart controls, result, advice, code, flow, values, parameters - its panels
 */
@customElement('gru-play-view')
export class GruPlayView extends LitElement {
  static override styles = [baseStyles, buttonStyles, progressStyles, playgroundStyles];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) state: PlaygroundState = OPENING;
  /** Texts that could not be read, by field. */
  @property({ attribute: false }) drafts: Readonly<Record<string, string>> = {};
  /** What 'Back to the opening example' leads to. */
  @property({ attribute: false }) opening: PlaygroundState = OPENING;
  /** Whether it stands in a page of others: without its heading. */
  @property({ type: Boolean }) embedded = false;

  @state() private _preview: Diagnosis | null = null;
  @state() private _applied: Applied | undefined;
  /** The call as it was when it was last drawn: flow, costs and weights follow once the result of a change is seen. */
  @state() private _followed!: Followed;

  /** Whether a step is being walked through: the flow lights it. */
  @state() private _walking = false;

  /** What knows of numbers that are others and of those that are kept, once something was changed. */
  #keeper: Keeper | undefined;
  #loading = false;
  /** What was there before the first change. */
  #first: Moment | undefined;
  #kept: Kept | undefined;

  /** How many of the panels are there, in their order: the first are drawn without waiting for the last. */
  @state() private _panels = 1;

  readonly #runs = new RunController<Run>(this, 'Values');
  #seen!: Seen;
  /** What the controls show, for code that is edited beside them. */
  #set!: ShownCall;
  #releases: readonly ReleaseRange[] = [];
  #shownRun: Run | undefined;
  readonly #weights = weightsStore();
  #stopListening: (() => void) | undefined;
  /** What is computed waits until it is known which weights were kept. */
  #weightsReady = false;

  constructor() {
    super();
    new KeepFocus(this, () => { this.#leadFocus(); });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopListening = this.#weights.listen(() => { this.#useWeights(); });
    void this.#weights.ready.then(() => {
      this.#weightsReady = true;
      this.#useWeights();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { engine } = this;
    if (changed.has('engine')) this.#releases = engine.releases();
    if (!changed.has('engine') && !changed.has('state')) {
      this.#keep();
      return;
    }
    const before = this.#seen as Seen | undefined;
    this.#seen = see(engine, this.state, before);
    if (this.#seen !== before) this.#set = { call: this.#seen.reading.call, seed: this.#seen.seed };
    const same = before?.look === this.#seen.look;
    if (!same) this._preview = null;
    if (this._applied && !sameCall(this._applied.after, this.state)) this._applied = undefined;
    const was = changed.get('state');
    if (this.#keeper) this.#keeper.see(this.state, this.#seen);
    else if (this.state.keep !== null || (before && !same)) void this.#loadKeeper(before && was && { state: was, seen: before });
    this.#keep();
    if (!before) this.#follow();
    else if (!same) afterPaint(this.#follow);
    this.#want();
  }


  /** What is kept of another setting, where that is asked for. Weights of a file are as they are. */
  #keep(): void {
    const { keep, release, seed } = this.state;
    this.#kept = undefined;
    if (keep === null) this.#keeper?.forget();
    else if (!this.#used && this.#seen.look.plan) this.#kept = this.#keeper?.of(keep, release, this.#reading.call, seed);
  }

  /** With the first change comes what says why numbers are others, and keeps them; it is told what was there before. */
  async #loadKeeper(first: Moment | undefined): Promise<void> {
    this.#first ??= first;
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { Keeper } = await import('./keeper.js');
      this.#keeper = new Keeper(this, this.engine);
      if (this.#first) this.#keeper.see(this.#first.state, this.#first.seen);
      this.#keeper.see(this.state, this.#seen);
      this.#keep();
      this.#want();
      this.requestUpdate();
    } catch {
      if (this.state.keep === null) return;
      announce(this, 'What keeps the numbers did not load. Reload the page.', true);
      this.dispatchEvent(changeEvent({ keep: null }));
    } finally {
      this.#loading = false;
    }
  }

  get #reading(): DraftReading {
    return this.#seen.reading;
  }

  get #diagnosis(): Diagnosis {
    return this.#seen.look.diagnosis;
  }

  get #cost(): Cost | null {
    return this.#seen.look.cost;
  }

  readonly #follow = (): void => {
    const shown = this._followed as Followed | undefined;
    if (shown?.diagnosis === this.#diagnosis) return;
    this._followed = { call: this.#reading.call, diagnosis: this.#diagnosis, cost: this.#cost };
  };

  /** Weights are the page's own: an element in a course page keeps to what its attributes say. */
  get #takesWeights(): boolean {
    return !this.embedded && this.#shows('weights');
  }

  /** The weights of a file, where they are this module's. */
  get #used(): UsedWeights | undefined {
    if (!this.#takesWeights) return undefined;
    const { used } = this.#weights;
    return used && fits(used, this.#diagnosis.module) ? used : undefined;
  }

  /** Other weights are in use: code and numbers follow. */
  #useWeights(): void {
    if (!this.hasUpdated) return;
    this.#want();
    this.requestUpdate();
  }

  /** Where values go away, their room stays, so that nothing below jumps. */
  protected override update(changed: PropertyValues<this>): void {
    const room = this.renderRoot.querySelector<HTMLElement>('.values');
    const { run } = this.#runs;
    if (this.#shownRun && !run) room?.style.setProperty('min-height', `${room.offsetHeight}px`);
    else if (run && !this.#shownRun) room?.style.removeProperty('min-height');
    this.#shownRun = run;
    super.update(changed);
  }

  /** Each panel is drawn in a task of its own, so that a slow device answers in between. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('_panels') && this._panels < PANELS) setTimeout(() => (this._panels += 1));
  }

  /** The mistake in a typed text, where there is one. */
  get #unreadable() {
    return this.#reading.input ?? this.#reading.h_0 ?? undefined;
  }

  /** The code with the lines that load the weights in use, so that it prints the numbers shown. */
  get #code(): readonly CodeLine[] {
    const used = this.#used;
    return used ? withLoad(this.#seen.lines, used.load) : (this.#kept?.lines ?? this.#seen.lines);
  }

  /** Why the module cannot be saved. */
  get #unsaved(): string {
    if (this.#unreadable) return 'A shape cannot be read: there is nothing to save.';
    if (!this.#diagnosis.trace) return 'The call raises an exception: there is nothing to save.';
    const refusal = this.#cost?.forward_refusal;
    return refusal ? `This call ${refusal}.` : '';
  }

  #want(): void {
    // What is kept is known in a moment.
    if (this.state.keep !== null && !this.#keeper && !this.#used && this.#seen.look.plan) return;
    const wanted = this.#wanted();
    this.#runs.want(wanted && wishFor(this.engine, wanted), this.#refusal);
  }

  /** Why there are no values of a call that is legal, where values are shown. */
  get #refusal(): string {
    const refusal = !this.#shows('values') || this.#unreadable || !this.#diagnosis.trace ? '' : this.#cost?.forward_refusal;
    return refusal ? `No values: this call ${refusal}. Its shapes and costs still hold.` : '';
  }

  #wanted(): Wanted | undefined {
    const { look } = this.#seen;
    const { cost, diagnosis } = look;
    const module = moduleOf(diagnosis);
    if (!this.#shows('values') || !this.#weightsReady || this.#unreadable || !diagnosis.trace || !module || !cost || cost.forward_refusal) return undefined;
    const { layer, reverse, sample } = within(layoutOf(diagnosis.trace, module), { ...this.#view, unit: 0 });
    return {
      call: this.#reading.call,
      seed: this.state.seed,
      look,
      multiplyAdds: cost.multiply_adds,
      inSight: { layer, reverse, sample },
      weights: this.#used?.numbers,
      before: this.#kept?.before,
    };
  }

  protected override render() {
    const unreadable = this.#unreadable;
    const diagnosis = this.#diagnosis;
    const { _followed: followed } = this;
    const labels = unreadable ? [] : (errorOf(diagnosis)?.labels ?? []);
    return html`${this.#intro()}
      <div
        class="layout ${this.#shows('controls') ? '' : 'alone'} ${this.#shows('code') ? '' : 'codeless'}"
        @gru-fix=${this.#fix}
        @gru-undo=${this.#undo}
        @gru-preview=${this.#look}
        @gru-show-advice=${this.#showAdvice}
        @gru-why=${this.#explain}
      >
        ${this.#shows('controls')
          ? html`<gru-panel class="controls" part="controls" heading="Controls">
              <gru-controls
                .state=${this.state}
                .opening=${this.opening}
                .drafts=${this.drafts}
                .releases=${this.#releases}
                .reading=${this.#reading}
                .labels=${labels}
              ></gru-controls>
            </gru-panel>`
          : nothing}
        ${this.#shows('advice')
          ? html`<gru-advice part="advice" .diagnosis=${diagnosis} .unreadable=${unreadable} .fixed=${this._applied?.statement}></gru-advice>`
          : nothing}
        ${this.#shows('code')
          ? html`<gru-code-panel part="code" .lines=${this.#code} .labels=${labels} .shown=${this.#set} ?stale=${unreadable !== undefined} @gru-call=${this.#take}></gru-code-panel>`
          : nothing}
        <gru-result part="result" .diagnosis=${diagnosis} .unreadable=${unreadable} ?advised=${this.#shows('advice')} ?explained=${this.#shows('flow')}></gru-result>
        ${this._panels > 1 && this.#shows('flow')
          ? html`<gru-panel part="flow" heading="Shape flow">
              <gru-flow class=${unreadable ? 'stale' : ''} .diagnosis=${followed.diagnosis} .call=${followed.call} .preview=${this._preview} .now=${this.#now} ?linked=${!this.embedded}></gru-flow>
            </gru-panel>`
          : nothing}
        ${this._panels > 2 && this.#shows('values')
          ? html`<gru-panel part="values" heading="Values"><div class="values" role="group" aria-label="What was computed" tabindex="-1">${this.#values()}</div></gru-panel>`
          : nothing}
        ${this._panels > 3 && this.#shows('parameters')
          ? html`<gru-panel part="parameters" heading="Parameters and cost">
              <gru-parameters .cost=${followed.cost ?? undefined}></gru-parameters>
            </gru-panel>`
          : nothing}
        ${this._panels > 4 && this.#takesWeights
          ? html`<gru-panel heading="Weights" @gru-weights-fix=${this.#fixForWeights} @gru-weights-config=${this.#configForWeights}>
              <gru-weights
                .engine=${this.engine}
                .call=${followed.call}
                .seed=${this.state.seed}
                .keptFrom=${this.#kept?.before}
                .module=${followed.diagnosis.module}
                reason=${this.#unsaved}
              ></gru-weights>
            </gru-panel>`
          : nothing}
      </div>`;
  }

  #shows(part: Hideable): boolean {
    return !this.state.hide.includes(part);
  }

  #intro() {
    if (this.embedded) return nothing;
    const { hide } = this.state;
    return html`<div class="intro">
        <h2 tabindex="-1">Change a number. Watch the shapes.</h2>
        <a class="button" href="#code">Paste an error or your code</a>
      </div>
      ${hide.length > 0
        ? html`<p class="hidden-by">
            This link hides ${hide.join(', ')}.
            <button type="button" class="button" @click=${() => this.dispatchEvent(changeEvent({ hide: [] }))}>Show everything</button>
          </p>`
        : nothing}`;
  }

  #values() {
    const { run, status } = this.#runs;
    return html`<div class="waiting">${this.#waiting(status)}</div>
      <gru-values
        .engine=${this.engine}
        .result=${run?.result}
        .diagnosis=${run?.diagnosis}
        .request=${run?.request}
        .redrawn=${this.#used ? '' : (this.#kept?.words ?? this.#keeper?.redrawn ?? '')}
        .offered=${this.#used ? undefined : this.#keeper?.offered(this.state)}
        ?explained=${this.#shows('flow')}
        .view=${this.#view}
        .edit=${this.state.edit}
        @gru-walk=${({ detail }: CustomEvent<boolean>) => (this._walking = detail)}
      ></gru-values>`;
  }

  /** The step that is walked through. */
  get #now(): FlowStep | undefined {
    const { trace } = this.#diagnosis;
    const module = moduleOf(this.#diagnosis);
    return this._walking && trace && module ? within(layoutOf(trace, module), { ...this.#view, unit: 0 }) : undefined;
  }

  /** What was chosen to look at. */
  get #view(): ValuesView {
    const { sample, layer, reverse, step } = this.state;
    return { sample, layer, reverse, step };
  }

  #waiting(status: RunStatus) {
    if (this.#unreadable) return html`<p>No values: a shape cannot be read.</p>`;
    if (!this.#diagnosis.trace) return html`<p>No values: the call raises an exception.</p>`;
    if (this.#refusal) return html`<p>${this.#refusal}</p>`;
    switch (status.kind) {
      case 'none':
        return nothing;
      case 'settled':
        return this.#runs.run?.result.trace.length === 0 && this.#cost?.trace_refusal
          ? html`<p>Without the gates: keeping every gate ${this.#cost.trace_refusal}.</p>`
          : nothing;
      case 'asked':
        return html`<p>This takes ${formatCount(this.#cost?.multiply_adds ?? 0n)} multiply-adds.</p>
          <button type="button" class="button" @click=${this.#compute}>Compute</button>`;
      case 'running':
        return html`<label for="progress">Computing</label>
          <progress
            id="progress"
            max="1"
            value=${status.share ?? 0}
          ></progress>
          <button type="button" class="button" @click=${this.#cancel}>Cancel</button>`;
      case 'cancelled':
        return html`<p>Cancelled.</p>
          <button type="button" class="button" @click=${this.#compute}>Compute</button>`;
      case 'failed':
        // What is refused for its type is refused again.
        return html`<p>No values. ${status.message}</p>
          ${this.state.dtype === 'float32' ? html`<button type="button" class="button" @click=${this.#compute}>Compute again</button>` : nothing}`;
    }
  }

  readonly #compute = (): void => {
    void this.#runs.start();
  };

  readonly #cancel = (): void => {
    this.#runs.cancel();
  };

  readonly #look = ({ detail: fix }: CustomEvent<Fix | undefined>): void => {
    this._preview = fix && !this.#unreadable ? this.engine.diagnose(this.engine.applyFix(this.#reading.call, fix)) : null;
  };

  readonly #fix = ({ detail: fix }: CustomEvent<Fix>): void => {
    const before = this.state;
    const { call, input, h_0 } = this.#reading;
    // A text that cannot be read is mended as a text.
    const after = input
      ? { ...before, input: fix.code }
      : h_0
        ? { ...before, h_0: fix.code }
        : withCall(this.engine, before, this.engine.applyFix(call, fix));
    this._applied = { statement: fix.statement, before, after };
    this.#change(after);
  };

  readonly #undo = (): void => {
    const applied = this._applied;
    if (!applied) return;
    this._applied = undefined;
    this.#change(applied.before);
  };

  /** The controls follow edited code; what it does not say stays as it is. */
  readonly #take = ({ detail: { call, seed } }: CustomEvent<ShownCall>): void => {
    const { release } = this.#reading.call;
    const after = withCall(this.engine, this.state, { ...call, ...(release !== undefined && { release }) });
    this.dispatchEvent(changeEvent({ ...after, seed }));
  };

  readonly #fixForWeights = ({ detail: fix }: CustomEvent<Fix>): void => {
    const before = this.state;
    const after = withCall(this.engine, before, this.engine.applyFix(this.#reading.call, fix));
    this._applied = { statement: fix.statement, before, after };
    this.dispatchEvent(changeEvent(after));
  };

  readonly #configForWeights = ({ detail }: CustomEvent<WeightsConfig>): void => {
    this.dispatchEvent(changeEvent(detail));
  };

  /** Goes to another state by a button that is gone afterwards. */
  #change(state: PlaygroundState): void {
    this.dispatchEvent(changeEvent(state));
    void this.updateComplete.then(() => this.#advice?.keepFocus());
  }

  readonly #explain = (): void => {
    void this.renderRoot.querySelector<GruFlow>('gru-flow')?.explain();
  };

  readonly #showAdvice = (): void => {
    this.#advice?.reveal();
  };

  /** A button that asked for values or gave them up is gone: to what stands in its stead, or to the values themselves. */
  #leadFocus(): void {
    const next = this.renderRoot.querySelector<HTMLElement>('.waiting button') ?? this.renderRoot.querySelector<HTMLElement>('.values') ?? this.renderRoot.querySelector<HTMLElement>('h2');
    next?.focus({ preventScroll: true });
  }

  /** Leads to its heading, past what stands above. */
  lead(): void {
    const heading = this.renderRoot.querySelector('h2');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView();
  }

  get #advice(): GruAdvice | null {
    return this.renderRoot.querySelector('gru-advice');
  }
}

/** Whether two states mean the same call, whatever is looked at. */
function sameCall(a: PlaygroundState, b: PlaygroundState): boolean {
  const seen = (state: PlaygroundState) => JSON.stringify({ ...state, sample: 0, layer: 0, reverse: false, step: 0, edit: null });
  return seen(a) === seen(b);
}
