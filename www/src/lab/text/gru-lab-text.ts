import { html, nothing, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { LabTasks } from '../../engine/engine.js';
import type { TextPlan, TextSample } from '../../engine/lab/text.js';
import type { Help, Trouble } from '../../engine/lab/train.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/chart/gru-line-chart.js';
import { asSentence } from '../../ui/error-words.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/gru-code-panel.js';
import '../../ui/gru-panel.js';
import { formatCount, plural } from '../../ui/numbers.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { RunController } from '../../ui/run-controller.js';
import { tableBox } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { fieldLength, typedIn } from '../../ui/typed.js';
import '../../words/gru-term.js';
import { Room } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import '../train/gru-trouble.js';
import { trainStyles } from '../train/train.styles.js';
import { guessTable, inNats, lossChart, lossTable } from './charts.js';
import { knownWords, written } from './gru-text-samples.js';
import './gru-text-source.js';
import { wishOf, type TextRun } from './run.js';
import { keepOwn, textOf } from './sources.js';
import { LONGEST_PROMPT, NUMBERS, OPENING, SCHEMA, setupOf, type TextState } from './state.js';
import styles from './gru-lab-text.css?inline';

/** What was on screen when the room was last left. */
let lastLeft: TextRun | undefined;

/** The room of a learner's text: a GRU learns to tell its next character, and writes while it learns. */
@customElement('gru-lab-text')
export class GruLabText extends Room<TextState> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, trainStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;

  /** What was trained last, or is being trained. */
  @state() private _run: TextRun | undefined = lastLeft;
  /** Why a file was not read. */
  @state() private _refusal = '';

  readonly #planning = new RunController<TextPlan>(this, 'What is set', { keeps: true });
  readonly #training = new RunController<TextRun>(this, 'The GRU', { keeps: true });
  readonly #writing = new RunController<LabTasks['writeText']['result']>(this, 'What it writes', { keeps: true });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    lastLeft = this._run;
  }

  protected override updated(): void {
    const { name, text } = textOf(this.settings.text);
    const setup = setupOf(this.settings);
    this.#planning.want({
      key: JSON.stringify([setup, name]),
      beside: text,
      weight: 'heavy',
      run: ({ signal }) => this.engine.lab.ask('textPlan', { text, setup, file: name }, { signal }),
    });
    const run = this._run;
    const end = run?.end;
    const wanted = run && { ...run.setup, ...this.#how };
    this.#writing.want(
      end && wanted && {
        key: JSON.stringify(wanted),
        beside: end,
        weight: 'heavy',
        run: ({ signal }) => this.engine.lab.ask('writeText', { text: run.text, setup: wanted, weights: end.weights }, { signal }),
      },
    );
    this.tell('plan', this.#planning.run, ({ trouble }) => (trouble ? asSentence(`This cannot be trained: ${trouble.message}`) : ''));
    this.tell('writing', this.#writing.run, ({ sample, trouble }) => (trouble ? asSentence(`This cannot be written: ${trouble.message}`) : `It writes: ${sample?.text ?? ''}`));
  }

  /** How it writes: what can be changed after the training, too. */
  get #how() {
    const { temperature, length, prompt, sample_seed } = this.settings;
    return { temperature, length, prompt, sample_seed };
  }

  get #isTraining(): boolean {
    return this._run?.over === false;
  }

  protected override render() {
    const plan = this.#planning.run;
    const trouble = plan?.trouble ?? undefined;
    const run = this._run;
    const { text } = textOf(this.settings.text);
    return html`<h1>Your text</h1>
      <p class="lead">A GRU reads a text character by character and learns to predict the next one. Then it writes: each character that it draws is
        what it reads next. You will see noise become words. Start with the tale below, or give it a text of yours.</p>
      ${this.notices()}
      <div class="layout">
        <gru-panel class="run" heading="What it writes">
          ${this.#bar(trouble !== undefined)}
          ${trouble ? html`<gru-trouble heading="This cannot be trained" .trouble=${trouble} @gru-help=${this.#help}></gru-trouble>` : nothing}
          ${run?.trouble ? html`<gru-trouble heading="The run broke" .trouble=${run.trouble} @gru-help=${this.#help}></gru-trouble>` : nothing}
          ${run?.end ? this.#now() : nothing}
          ${run
            ? html`<gru-text-samples .samples=${run.samples} .count=${run.samples.length}></gru-text-samples>`
            : html`<p class="quiet">Press Train: what it writes before, during and after its training stands here.</p>`}
        </gru-panel>
        <gru-panel class="controls" heading="What is set">${this.#controls(trouble !== undefined)}</gru-panel>
        ${this.#loss(run, plan)}
        <gru-panel heading="The text">
          <gru-text-source
            .text=${text}
            .own=${this.settings.text === 'own'}
            .plan=${plan}
            .refusal=${this._refusal}
            @gru-own-text=${({ detail }: CustomEvent<string>) => { this.#give(detail); }}
            @gru-own-file=${({ detail }: CustomEvent<File>) => void this.#read(detail)}
            @gru-page-text=${() => { this._refusal = ''; this.set({ text: 'tale' }); }}
          ></gru-text-source>
        </gru-panel>
        <div class="code"><gru-code-panel .lines=${plan?.code ?? []}></gru-code-panel></div>
      </div>`;
  }

  #bar(refused: boolean) {
    const training = this.#isTraining;
    const run = this._run;
    return html`<div class="bar">
      <button
        type="button"
        class="button primary"
        ?disabled=${!training && (refused || !this.#planning.run)}
        @click=${() => { if (training) this.#cancel(); else this.#train(); }}
      >
        ${training ? 'Cancel' : run ? 'Train anew' : 'Train'}
      </button>
      ${training && run
        ? html`<progress aria-label="Training steps taken" max=${run.setup.steps} .value=${run.losses.length}></progress>
            <span class="tabular">${formatCount(run.losses.length)} of ${plural(run.setup.steps, 'training step')}</span>`
        : html`<p class="ended">${this.#ended()}</p>`}
    </div>`;
  }

  #ended(): string {
    const run = this._run;
    const { status } = this.#training;
    if (status.kind === 'failed') return asSentence(`This could not be trained: ${status.message}`);
    if (!run) return 'Nothing is trained yet.';
    const taken = `after ${plural(run.losses.length, 'training step')}`;
    if (run.trouble) return asSentence(`The run broke ${taken}: ${run.trouble.message}`);
    return run.end ? `Finished ${taken}.` : `Cancelled ${taken}: what it wrote until then is shown.`;
  }

  /** What the trained model writes as it is now told to. */
  #now() {
    const told = this.#writing.run;
    const sample: TextSample | undefined = told?.sample ?? undefined;
    const refused: Trouble | undefined = told?.trouble ?? undefined;
    return html`<section class="now" aria-label="What it writes now">
      ${refused ? html`<p class="problem">${asSentence(refused.message)}</p>` : html`<p class="quiet">Now, as it is set: ${sample ? knownWords(sample) : ''}</p>${written(sample)}`}
    </section>`;
  }

  #loss(run: TextRun | undefined, plan: TextPlan | undefined) {
    const guesses = run?.guesses ?? plan?.guesses ?? [];
    const judgement = run?.end?.judgement;
    if (guesses.length === 0) return nothing;
    const kinds = plan?.vocabulary.length ?? 0;
    return html`<gru-panel heading="How well it predicts the next character">
      ${judgement
        ? html`<div class="verdicts ${judgement.beats ? 'beats' : ''}">
            <p><b>${judgement.beats ? '✓ Beats counting.' : '✗ Does not beat counting.'}</b> ${judgement.sentences[0]}</p>
            ${judgement.sentences.slice(1).map((sentence) => html`<p>${sentence}</p>`)}
          </div>`
        : html`<p class="say">A guess that gives all ${run ? '' : `${kinds} `}characters the same chance loses ${inNats(guesses[0]?.loss ?? NaN)}, which is ln V. Counting which
            character follows which loses ${inNats(guesses[2]?.loss ?? NaN)}: below that line the GRU has learned more than pairs.</p>`}
      <gru-line-chart
        .chart=${lossChart(run?.losses ?? [], run?.validation ?? [], run?.setup.steps ?? this.settings.steps, guesses)}
        .table=${(whole: boolean) => lossTable(run?.losses ?? [], run?.validation ?? [], whole)}
      ></gru-line-chart>
      ${tableBox(guessTable(guesses, judgement))}
    </gru-panel>`;
  }

  #controls(refused: boolean) {
    return html`<div class="settings">
        ${this.number('steps', NUMBERS.steps)} ${this.number('sample_every', NUMBERS.sample_every)} ${this.number('hidden_size', NUMBERS.hidden_size)}
      </div>
      ${this.more(['seq_len', NUMBERS.seq_len], ['embedding_dim', NUMBERS.embedding_dim], ['batch', NUMBERS.batch], ['lr', NUMBERS.lr], ['seed', NUMBERS.seed])}
      <h3>How it writes</h3>
      <p class="quiet">Change these after the training, too: the trained GRU writes anew at once.</p>
      <div class="row prompt">
        <label for="prompt">prompt</label>
        <input
          id="prompt"
          type="text"
          maxlength=${fieldLength(LONGEST_PROMPT)}
          autocomplete="off"
          spellcheck="false"
          placeholder="first character"
          .value=${live(this.settings.prompt)}
          @input=${(event: Event) => { this.set({ prompt: typedIn(event.target as HTMLInputElement, LONGEST_PROMPT).text }); }}
        />
      </div>
      <div class="settings">
        ${this.number('temperature', NUMBERS.temperature)} ${this.number('length', NUMBERS.length)} ${this.number('sample_seed', NUMBERS.sample_seed)}
      </div>
      <div class="start">
        <button type="button" class="button primary again" ?disabled=${refused || !this.#planning.run || this.#isTraining} @click=${() => { this.#trainInView(); }}>
          Train with these settings
        </button>
      </div>`;
  }

  #give(text: string, name?: string): void {
    this._refusal = '';
    keepOwn(text, name);
    this.set({ text: 'own' });
    this.requestUpdate();
  }

  async #read(file: File): Promise<void> {
    try {
      const { text, trouble } = await this.engine.lab.ask('readText', { file });
      if (trouble) {
        this._refusal = trouble.message;
        announce(this, asSentence(`This cannot be read: ${trouble.message}`), true);
      } else {
        this.#give(text, file.name);
        announce(this, `${file.name} is read.`);
      }
    } catch (error) {
      this._refusal = error instanceof Error ? error.message : String(error);
    }
  }

  #train(): void {
    const plan = this.#planning.run;
    if (!plan || plan.trouble) return;
    const run: TextRun = {
      text: textOf(this.settings.text).text, setup: setupOf(this.settings), guesses: plan.guesses, losses: [], validation: [], samples: [], end: undefined, trouble: undefined, over: false,
    };
    this._run = run;
    this.#training.want(wishOf(this, this.engine, run, () => { this.requestUpdate(); }));
  }

  #cancel(): void {
    this.#training.cancel();
    void this.#keepFocus();
  }

  #trainInView(): void {
    this.#train();
    void this.#keepFocus();
    this.renderRoot.querySelector('.run')?.scrollIntoView({ block: 'start' });
  }

  async #keepFocus(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.bar .primary')?.focus({ preventScroll: true });
  }

  readonly #help = ({ detail: { change } }: CustomEvent<Help>): void => {
    this.set(change as Partial<TextState>);
    void this.#keepFocus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-lab-text': GruLabText;
  }
}
