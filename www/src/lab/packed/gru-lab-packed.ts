import { html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { LengthsKind, Packing, PackingDiagnostic, PackingFix, PackingSetup, PackingView } from '../../../pkg/gru_lab.js';
import type { LabTasks } from '../../engine/engine.js';
import '../../ui/gru-code-panel.js';
import { announce } from '../../ui/announcer.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { errorWords } from '../../ui/error-words.js';
import { formStyles } from '../../ui/form.styles.js';
import { progressStyles } from '../../ui/progress.styles.js';
import '../../ui/gru-panel.js';
import { cutWords, fieldLength, typedIn } from '../../ui/typed.js';
import { RunController } from '../../ui/run-controller.js';
import { Room, wishFor, type NumberSetting } from '../shared/room.js';
import { roomStyles } from '../shared/room.styles.js';
import { flag, oneOf, type Schema } from '../../state/codec.js';
import { number, wholes } from '../shared/settings.js';
import './gru-last-states.js';
import './gru-packing-grid.js';
import '../../words/gru-term.js';
import styles from './gru-lab-packed.css?inline';

/** An error is said where a dragged end rests. */
const QUIET_MS = 700;

const MOST_SAMPLES = 64;
const LENGTHS = { min: -9, max: 64, whole: true } as const;

interface Settings {
  readonly lengths: readonly number[];
  readonly seq_len: number;
  readonly enforce_sorted: boolean;
  readonly bidirectional: boolean;
  readonly batch_first: boolean;
  readonly input_batch_first: boolean;
  readonly hidden_size: number;
  readonly input_size: number;
  readonly seed: number;
  /** What the lengths are when they are packed. */
  readonly lengths_are: LengthsKind;
}

const OPENING: Settings = {
  lengths: [5, 3, 2, 1],
  seq_len: 6,
  enforce_sorted: true,
  bidirectional: true,
  batch_first: false,
  input_batch_first: false,
  hidden_size: 4,
  input_size: 3,
  seed: 0,
  lengths_are: 'int64',
};

const NUMBERS = {
  seq_len: { min: 1, max: 64, most: 24, whole: true, axis: 'L', help: 'The steps of the padded input.' },
  hidden_size: { min: 1, max: 32, whole: true, axis: 'H_out', help: 'The units of each direction.' },
  input_size: { min: 1, max: 32, whole: true, axis: 'H_in', help: 'The features of each step.' },
  seed: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true, bare: true, help: 'Given to torch.manual_seed.' },
} as const satisfies Record<string, NumberSetting>;

const lengths = wholes(MOST_SAMPLES, LENGTHS);

const SCHEMA: Schema<Settings> = {
  lengths,
  seq_len: number(NUMBERS.seq_len),
  enforce_sorted: flag,
  bidirectional: flag,
  batch_first: flag,
  input_batch_first: flag,
  hidden_size: number(NUMBERS.hidden_size),
  input_size: number(NUMBERS.input_size),
  seed: number(NUMBERS.seed),
  lengths_are: oneOf(['int64', 'float32', 'cuda']),
};

/** What there is to break, with what it sets. */
const TRIALS: readonly { readonly name: string; readonly set: Partial<Settings> }[] = [
  { name: 'Unsorted', set: { lengths: [2, 5, 3, 1], enforce_sorted: true } },
  { name: 'An empty sample', set: { lengths: [5, 3, 2, 0] } },
  { name: 'Longer than the input', set: { lengths: [8, 3, 2, 1], seq_len: 6 } },
  { name: 'Forget batch_first', set: { input_batch_first: true, batch_first: false } },
  { name: 'Lengths on the GPU', set: { lengths_are: 'cuda' } },
  { name: 'Lengths as floats', set: { lengths_are: 'float32' } },
  { name: 'Back to the opening', set: OPENING },
];

/** Packing a padded batch: what goes where, PyTorch's errors, and every sample's true last state. */
@customElement('gru-lab-packed')
export class GruLabPacked extends Room<Settings> {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, progressStyles, roomStyles, unsafeCSS(styles)];

  protected override readonly opening = OPENING;
  protected override readonly schema = SCHEMA;

  /** What is typed as lengths and cannot be meant, with why. */
  @state() private _typed: { readonly text: string; readonly problem: string } | undefined;
  /** What was set before a fix, and by it. */
  @state() private _mended: { readonly before: Settings; readonly after: Settings } | undefined;

  readonly #asked = new RunController<LabTasks['packing']['result']>(this, 'Packing', { keeps: true });

  /** The error that was said last; empty where none was, or that it is gone. */
  #told = '';
  /** What is to be said, or was, of what is shown. */
  #toTell = '';
  #telling: ReturnType<typeof setTimeout> | undefined;

  protected get setup(): PackingSetup {
    return { ...this.settings, lengths: [...this.settings.lengths] };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#telling);
    this.#toTell = this.#told;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('settings')) this._typed = undefined;
  }

  protected override updated(): void {
    this.#tell(this.#asked.run?.packing);
    this.#asked.want(wishFor(this.engine, 'packing', this.setup));
  }

  protected override render() {
    const { run: result } = this.#asked;
    return html`<h1>Packed sequences</h1>
      <p class="intro">
        Samples of different lengths share a <gru-term of="batch">batch</gru-term> by <gru-term of="padding">padding</gru-term>.
        <gru-term of="packed">Packing</gru-term> takes the padding out again, so that every sample ends at its true last
        step. Drag the ends of the samples; break it, and read what PyTorch says.
      </p>
      ${this.notices()} ${result ? this.#strip(result.packing) : nothing}
      <div class="layout">
        <gru-panel class="controls" heading="What is set">${this.#controls()}</gru-panel>
        <div class="stage">
          ${this.waiting(this.#asked, 'Packing')}
          <div class="saying">${this.#said(result?.packing)}</div>
          ${result ? this.#shown(result) : nothing}
          ${result ? html`<gru-code-panel .lines=${result.code}></gru-code-panel>` : nothing}
        </div>
      </div>`;
  }

  #controls() {
    const typed = this._typed;
    return html`<div class="settings">
      <div class="lengths">
        <label for="lengths"><span class="mono">lengths</span>, one for each sample</label>
        <input
          id="lengths"
          type="text"
          inputmode="text"
          autocomplete="off"
          spellcheck="false"
          maxlength=${fieldLength(lengths.longest)}
          aria-invalid=${typed ? 'true' : 'false'}
          aria-describedby="lengths-problem"
          .value=${typed?.text ?? this.settings.lengths.join(', ')}
          @change=${(event: Event) => { this.#type(event.target as HTMLInputElement); }}
        />
        <p id="lengths-problem" class=${typed ? 'problem' : ''}>
          ${typed ? `lengths ${typed.problem}. ${this.settings.lengths.join(',')} stands until then.` : nothing}
        </p>
      </div>
      ${this.number('seq_len', NUMBERS.seq_len)}
      <div>
        ${this.check('enforce_sorted', 'PyTorch’s default: the longest sample must stand first.')}
        ${this.check('bidirectional', 'Whether a second direction reads each sample from its end.')}
        ${this.check('input_batch_first', 'Whether the input is (batch, seq_len, input_size).', 'input is (N, L, H_in)')}
        ${this.check('batch_first', 'What packing, the GRU and padding are told of the input.')}
      </div>
      <div class="row" role="group" aria-label="To try">
        ${TRIALS.map(({ name, set }) => html`<button type="button" class="button" @click=${() => { this.set(set); }}>${name}</button>`)}
      </div>
      ${this.more(['hidden_size', NUMBERS.hidden_size], ['input_size', NUMBERS.input_size], ['seed', NUMBERS.seed])}
    </div>`;
  }

  #strip({ diagnostics, packed }: Packing) {
    const [first] = diagnostics;
    if (!first) return html`<p class="strip"><b>packed.data</b> ${packed?.printed_shape}, <b>batch_sizes</b> ${packed?.batch_sizes.join(', ')}</p>`;
    return html`<p class="strip wrong"><span><b class="class">${first.exception ?? 'Silent trap'}:</b> ${first.message}</span></p>`;
  }

  #type(field: HTMLInputElement): void {
    const { text, wasCut } = typedIn(field, lengths.longest);
    if (wasCut) announce(this, cutWords(lengths.longest), true);
    const read = lengths.read(text.replace(/^\s*[[(]|[\])]\s*$/g, ''));
    if ('value' in read) this.set({ lengths: read.value });
    else {
      this._typed = { text, problem: read.problem };
      announce(this, `lengths ${read.problem}.`, true);
    }
  }

  /** Says an error, or that it is gone, where a dragged end rests. */
  #tell(packing: Packing | undefined): void {
    if (!packing) return;
    const [first] = packing.diagnostics;
    const words = first ? errorWords(first.exception ?? 'Silent trap', first.message, first.help.length, 'below') : '';
    if (words === this.#toTell) return;
    this.#toTell = words;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      if (words === this.#told) return;
      this.#told = words;
      announce(this, words || 'No error.');
    }, QUIET_MS);
  }

  #said(packing: Packing | undefined) {
    if (!packing) return nothing;
    if (packing.diagnostics.length > 0) return packing.diagnostics.map((diagnostic) => this.#diagnostic(diagnostic));
    const mended = this._mended;
    // Whatever is set afterwards is no longer the fix.
    if (mended?.after !== this.settings) return nothing;
    return html`<p class="fixed">
      Fixed. <button type="button" class="button" @click=${() => { this.set(mended.before); }}>Undo</button>
    </p>`;
  }

  #diagnostic({ raises, exception, message, line, why, help }: PackingDiagnostic) {
    const place = line === 'pack' ? 'pack_padded_sequence(...)' : 'gru(packed)';
    return html`<div class="diagnostic ${raises ? '' : 'silent'}">
      <p class="quiet">${raises ? 'Raised by' : 'Not raised by'} <code>${place}</code></p>
      <p class="exception"><span class="class">${exception ?? 'Silent trap'}:</span> ${message}</p>
      <p>${why}</p>
      <div class="fixes">
        ${help.map((fix) => html`<button type="button" class="button fix" @click=${() => { this.#fix(fix); }}>${fix.text}</button>`)}
      </div>
    </div>`;
  }

  #fix({ setup }: PackingFix): void {
    const before = this.settings;
    this.set(setup);
    this._mended = { before, after: this.settings };
  }

  #shown({ packing, indexing }: PackingView) {
    const { settings } = this;
    const { packed, readings, padded } = packing;
    const { last, forward, reverse } = indexing;
    const bothWays = (words: unknown) => (settings.bidirectional ? words : nothing);
    return html`<gru-panel heading="From padded to packed">
        <gru-packing-grid
          .packing=${packing}
          .lengths=${settings.lengths}
          .steps=${settings.seq_len}
          @gru-length=${({ detail }: HTMLElementEventMap['gru-length']) => { this.#length(detail); }}
        ></gru-packing-grid>
        ${packed
          ? html`<pre class="printed" tabindex="0" role="region" aria-label="What the packed sequence prints"><span>packed.data.shape       </span>${packed.printed_shape}
<span>packed.batch_sizes      </span>${indent(packed.printed_batch_sizes)}
<span>packed.sorted_indices   </span>${indent(packed.printed_sorted)}
<span>packed.unsorted_indices </span>${indent(packed.printed_unsorted)}${padded
              ? html`
<span>padded.shape            </span>${padded.printed_shape}
<span>padded_lengths          </span>${indent(padded.printed_lengths)}`
              : nothing}</pre>`
          : nothing}
        ${packed?.reordered
          ? html`<p class="said">
              Samples of equal length have changed places: from 17 samples on, the sort that PyTorch uses need not keep their order. This is the
              order of PyTorch on Linux; on macOS and Windows it can be another. Unpadded and in <code>h_n</code> every sample is back in its
              place, so that nothing but the rows of <code>data</code> depends on it.
            </p>`
          : nothing}
      </gru-panel>
      ${readings.length > 0
        ? html`<gru-panel heading="The true last step">
            <p class="said">
              <code>h_n</code> has every sample's state after its own last step${bothWays(', and of the reverse direction after step 0')}, in the
              order of the batch. <code>padded${last}</code> is zero where a sample is shorter than the
              longest${bothWays(', and its reverse half is what that direction said first')}. Without packing, <code>gru(x)</code> reads the
              padding to the end${bothWays(', and its reverse direction begins with it')}.
            </p>
            <gru-last-states .states=${readings} last=${last}></gru-last-states>
            <p class="said">
              Out of the padded output itself, the last forward state of every sample is
              <code>${forward}</code>${reverse ? html`, and the reverse one <code>${reverse}</code>` : nothing}.
            </p>
          </gru-panel>`
        : nothing}`;
  }

  #length({ sample, length }: HTMLElementEventMap['gru-length']['detail']): void {
    this.set({ lengths: this.settings.lengths.map((before, index) => (index === sample ? length : before)) });
  }
}

/** The further lines of what is printed, below its first. */
function indent(text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(24)}`);
}
