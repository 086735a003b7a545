import { html, nothing, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SeriesPlan, SeriesRead, SeriesSource } from '../../engine/lab/series.js';
import type { Help } from '../../engine/lab/train.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/chart/gru-line-chart.js';
import { asSentence } from '../../ui/error-words.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/gru-code-panel.js';
import '../../ui/gru-panel.js';
import { formatCount, formatValue, plural } from '../../ui/numbers.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { RunController } from '../../ui/run-controller.js';
import { canSave, saveFile } from '../../ui/save-file.js';
import { tableView } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { Room } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import '../train/gru-trouble.js';
import { trainStyles } from '../train/train.styles.js';
import { beyondChart, forecastChart, inUnit, lossChart, lossTable, wholeChart, wholeTable, type Read } from './charts.js';
import './gru-series-file.js';
import { wishOf, type SeriesRun } from './run.js';
import { fileOf, keepFile, keepText } from './sources.js';
import { NAMES, NUMBERS, OPENING, SCHEMA, SUITED, setupOf, type SeriesName, type SeriesState } from './state.js';
import { ABOUT, WHO } from './words.js';
import styles from './gru-lab-series.css?inline';

/** A file as it was read, with its name. */
interface ReadFile extends SeriesRead {
  readonly from: string;
  /** What was wished for. */
  readonly key: string;
}

/** What was on screen when the room was last left. */
let lastLeft: SeriesRun | undefined;

/** The room of real series: a GRU learns to forecast one, beside forecasts that learn nothing. */
@customElement('gru-lab-series')
export class GruLabSeries extends Room<SeriesState> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, trainStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;

  /** What was trained last, or is being trained. */
  @state() private _run: SeriesRun | undefined = lastLeft;
  /** Counts what was given of the learner's own. */
  @state() private _given = 0;

  readonly #reading = new RunController<ReadFile>(this, 'The series', { keeps: true });
  readonly #planning = new RunController<SeriesPlan>(this, 'What is set', { keeps: true });
  readonly #training = new RunController<SeriesRun>(this, 'Forecast', { keeps: true });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    lastLeft = this._run;
  }

  protected override updated(): void {
    this.#ask();
    this.tell('reading', this.#reading.run, ({ file, values }) => {
      const refusal = file.problems.find(({ severity }) => severity === 'error');
      if (refusal) return asSentence(`This cannot be read: ${refusal.message}`);
      return `${plural(values.length, 'value')} read${file.bad_rows === 0 ? '' : `, ${plural(file.bad_rows, 'row')} left out`}.`;
    });
    this.tell('plan', this.#planning.run, ({ trouble }) => (trouble ? asSentence(`This cannot be trained: ${trouble.message}`) : ''));
  }

  /** Reads what is chosen, and asks what is set means for it. */
  #ask(): void {
    const { series, column } = this.settings;
    const choice = fileOf(series);
    const key = this.#readKey;
    this.#reading.want(
      choice && {
        key,
        weight: 'heavy',
        run: async ({ signal }) => ({
          ...(await this.engine.lab.ask('readSeries', { file: choice.file, column: series === 'own' && column !== '' ? column : undefined }, { signal })),
          from: choice.name,
          key,
        }),
      },
    );
    const read = this.#read;
    const setup = setupOf(this.settings);
    this.#planning.want(
      read && read.values.length > 0
        ? {
            key: JSON.stringify(setup),
            beside: read,
            weight: 'heavy',
            run: ({ signal }) => this.engine.lab.ask('seriesPlan', { values: read.values, setup, source: sourceOf(read) }, { signal }),
          }
        : undefined,
    );
  }

  /** What names what is chosen. */
  get #readKey(): string {
    const { series, column } = this.settings;
    return series === 'own' ? `own ${this._given} ${column}` : series;
  }

  /** What is chosen, once it is read. */
  get #read(): ReadFile | undefined {
    const { run } = this.#reading;
    return run?.key === this.#readKey && fileOf(this.settings.series) ? run : undefined;
  }

  get #plan(): SeriesPlan | undefined {
    return (this.#read?.values.length ?? 0) > 0 ? this.#planning.run : undefined;
  }

  get #isTraining(): boolean {
    return this._run?.over === false;
  }

  protected override render() {
    const plan = this.#plan;
    const trouble = plan?.trouble ?? undefined;
    const shown = this.#read;
    return html`<h1>Real series</h1>
      <p class="lead">A GRU reads the last values of a series and tells the next one; here it learns that from real numbers. You will see
        whether it forecasts years that it has never seen better than someone who only repeats what was.</p>
      ${this.notices()}
      <div class="layout">
        <gru-panel class="run" heading="Forecast">
          ${this.#bar(trouble !== undefined)}
          ${trouble ? html`<gru-trouble heading="This cannot be trained" .trouble=${trouble} @gru-help=${this.#help}></gru-trouble>` : nothing}
          ${this._run ? this.#forecast(this._run) : html`<p class="quiet">${this.#hint}</p>`}
        </gru-panel>
        <gru-panel class="controls" heading="What is set">${this.#controls(trouble !== undefined)}</gru-panel>
        <gru-panel heading="The series">
          ${this.#about()}
          ${this.waiting(this.#reading, 'Reading the series')}
          ${shown && shown.values.length > 0
            ? html`<gru-line-chart .chart=${wholeChart(readOf(shown), plan?.parts ?? null)} .table=${(whole: boolean) => wholeTable(readOf(shown), whole)}></gru-line-chart>`
            : nothing}
          ${plan?.parts ? this.#parts(plan.parts) : nothing}
        </gru-panel>
        ${this._run ? this.#loss(this._run) : nothing}
        <div class="code">
          <p class="lead">The same run in PyTorch: the same seed, split and windows, and so the same losses and forecasts, but for float32's last
            digits. It reads ${shown?.from ?? 'the file'}${this.settings.series === 'own' ? ', as you gave it' : ', which the button above saves'}.</p>
          <gru-code-panel .lines=${plan?.code ?? []}></gru-code-panel>
        </div>
      </div>`;
  }

  /** What to do first. */
  get #hint(): string {
    if (this.settings.series === 'own' && !this.#plan) return 'Give it a series first: paste a CSV, or choose a file, under What is set.';
    return 'Press Train: the forecast of the test part stands here, beside what came.';
  }

  #bar(refused: boolean) {
    const training = this.#isTraining;
    const run = this._run;
    const ready = this.#plan !== undefined && !refused;
    return html`<div class="bar">
      <button type="button" class="button primary" ?disabled=${!training && !ready} @click=${() => { if (training) this.#cancel(); else this.#train(); }}>
        ${training ? 'Cancel' : this._run ? 'Train anew' : 'Train'}
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
    return run.judgement ? `Trained on ${run.read.name}, finished ${taken}.` : `Cancelled ${taken}: what it had learned until then is shown.`;
  }

  #forecast(run: SeriesRun) {
    const { judgement, forecast, beyond, read, trouble } = run;
    return html`${trouble ? html`<gru-trouble heading="The run broke" .trouble=${trouble} @gru-help=${this.#help}></gru-trouble>` : nothing}
      ${judgement
        ? html`<ul class="verdicts" aria-label="Does it beat naive forecasts?">
              ${judgement.sentences.map(
                (sentence, index) => html`<li class=${judgement.beats[index] ? 'beats' : ''}><b>${judgement.beats[index] ? '✓ Beats naive.' : '✗ Does not beat naive.'}</b> ${sentence}</li>`,
              )}
            </ul>`
        : nothing}
      ${forecast ? html`<gru-line-chart .chart=${forecastChart(read, forecast)}></gru-line-chart>` : nothing}
      ${judgement
        ? tableView({
              label: 'How far forecasts are off on values that were not seen',
              caption: 'How far forecasts are off on the test part: the root of the mean square, in the unit of the series',
              captioned: true,
              columns: [{ name: 'who' }, { name: 'next value', kind: 'number' }, { name: `${run.setup.horizon} ahead`, kind: 'number' }],
              rows: judgement.scores.map(({ who, next, horizon }) => [WHO[who].name, next, horizon]),
              format: inUnit,
            })
        : nothing}
      ${judgement && beyond
        ? html`<section class="beyond" aria-label="Beyond the data">
            <h3>Beyond the data: untested</h3>
            <p class="say">The same GRU goes on from the last value. No value has come yet that could judge it: how far it is off may be guessed from the test part
              alone, if what comes is as what was.</p>
            <gru-line-chart .chart=${beyondChart(read, beyond)}></gru-line-chart>
          </section>`
        : nothing}`;
  }

  #loss({ losses, validation, setup, guessing }: SeriesRun) {
    return html`<gru-panel heading="Loss">
      <p class="say">1 is as far off as always telling the mean of the training part, whose standard deviation is 1 after standardising.
        ${guessing === undefined ? nothing : html`The best naive forecast loses ${formatValue(guessing)} on the validation part: above that line the GRU has learned nothing of use there.`}
        Where training falls and validation rises, it learns the training part by heart: take fewer training steps or units.</p>
      <gru-line-chart
        .chart=${lossChart(losses, validation, setup.steps, guessing)}
        .table=${(whole: boolean) => lossTable(losses, validation, whole)}
      ></gru-line-chart>
    </gru-panel>`;
  }

  #controls(refused: boolean) {
    const { series } = this.settings;
    return html`<div class="choices">
        <fieldset>
          <legend>Series</legend>
          ${NAMES.map(
            ([name, text]) => html`<label class="check">
              <input type="radio" name="series" value=${name} .checked=${name === series} @change=${() => { this.#choose(name); }} />
              <span>${text}</span>
            </label>`,
          )}
        </fieldset>
        ${series === 'own' ? this.#own() : nothing}
        ${this.check('difference', 'Learn the change from one value to the next instead of the value itself: it helps where a series rises beyond all that it was in training.', 'learn the change')}
        <div class="settings">
          ${this.number('seq_len', NUMBERS.seq_len)} ${this.number('hidden_size', NUMBERS.hidden_size)} ${this.number('steps', NUMBERS.steps)}
          ${this.number('horizon', NUMBERS.horizon)} ${this.number('season', NUMBERS.season)}
        </div>
        ${this.#proposal()}
        ${this.more(['lr', NUMBERS.lr], ['batch', NUMBERS.batch], ['seed', NUMBERS.seed])}
      </div>
      <button type="button" class="button primary again" ?disabled=${refused || this.#plan === undefined || this.#isTraining} @click=${() => { this.#trainInView(); }}>
        Train with these settings
      </button>`;
  }

  /** The learner's own file, where it is chosen. */
  #own() {
    return html`<gru-series-file
      .choice=${fileOf('own')}
      .read=${this.#read?.file}
      @gru-series-text=${({ detail }: CustomEvent<string>) => { keepText(detail); this._given += 1; }}
      @gru-series-file=${({ detail }: CustomEvent<File>) => { keepFile(detail); this._given += 1; }}
      @gru-series-column=${({ detail }: CustomEvent<string>) => { this.set({ column: detail }); }}
    ></gru-series-file>`;
  }

  /** A season that the series seems to have, where another is set. */
  #proposal() {
    const season = this.#plan?.season;
    if (!season || season.season === this.settings.season) return nothing;
    return html`<div class="proposal" role="group" aria-label="A proposal">
      <p>${season.text}</p>
      <button type="button" class="button" @click=${() => { this.set({ season: season.season }); }}>Take it: season=${season.season}</button>
    </div>`;
  }

  #about() {
    const { series } = this.settings;
    const choice = fileOf(series);
    if (series === 'own') return nothing;
    const { what, source } = ABOUT[series];
    return html`<p>${what}</p>
      <p class="source">${source}</p>
      ${choice && canSave() ? html`<p class="source"><button type="button" class="button" @click=${() => { saveFile(choice.file, choice.name); }}>Save ${choice.name}</button></p>` : nothing}`;
  }

  #parts({ windows: [train, validation, test], mean, std }: NonNullable<SeriesPlan['parts']>) {
    return html`<p class="say">Split in time, not at random: ${plural(train, 'window')} to train on, then ${validation} to validate, then ${test} that
      it never sees. Mean ${inUnit(mean)} and standard deviation ${inUnit(std)} of the training part alone standardise all of it: those of the whole would tell
      the GRU something of the future.</p>`;
  }

  #choose(series: SeriesName): void {
    this.set({ series, column: '', ...SUITED[series] });
  }

  #train(): void {
    const read = this.#read;
    if (!read || !this.#plan) return;
    const run: SeriesRun = {
      read: readOf(read), setup: setupOf(this.settings), guessing: this.#plan.guessing ?? undefined, losses: [], validation: [], forecast: undefined, beyond: undefined, judgement: undefined, trouble: undefined, over: false,
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
    this.set(change as Partial<SeriesState>);
    void this.#keepFocus();
  };
}

function readOf({ values, labels, file }: SeriesRead): Read {
  return { values, labels, name: file.columns[file.column]?.name ?? '' };
}

function sourceOf({ file, from }: ReadFile): SeriesSource {
  const { column, columns, delimiter, decimal_comma, header, bad_rows } = file;
  return { file: from, name: columns[column]?.name ?? '', column, delimiter, decimal_comma, header, bad_rows: bad_rows > 0 };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-lab-series': GruLabSeries;
  }
}
