import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, Diagnosis, Engine, WeightsFound } from '../../engine/engine.js';
import { visible } from '../../state/text.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { saveFile } from '../../ui/save-file.js';
import './gru-weights-export.js';
import { weightsStore } from './store.js';
import { configOf, describe, fits, type WeightsConfig } from './used.js';
import { weightsStyles } from './weights.styles.js';
import { summary } from './words.js';

/** Below this, nothing is shown of the waiting. */
const PATIENCE_MS = 100;
/** Below this, nothing is said of it: what was found comes at once, and is not to be lost behind it. */
const TELL_MS = 1000;

/** A file, and what was found in it for the module of a moment. */
interface Opened {
  readonly file: File;
  /** Which module of the file was chosen. */
  readonly prefix: string | undefined;
  readonly found: WeightsFound | undefined;
  readonly config: WeightsConfig | undefined;
  /** What failed, where nothing was found out. */
  readonly failed: string;
}

const KEEPING = {
  kept: 'Kept in this browser for your next visit.',
  'too-large': 'Too large to be kept: they are gone when you close or reload the page.',
  'no-storage': 'This browser keeps nothing for this page: they are gone when you close or reload it.',
} as const;

/**
 * Weights in and out: a file is read and explained, used when that is asked for, and left again; what is in use is saved.
 *
 * @fires gru-weights-fix - a fix is to be applied to the playground
 * @fires gru-weights-config - the options of the weights in use are to be set
 */
@customElement('gru-weights')
export class GruWeights extends LitElement {
  static override styles = [baseStyles, buttonStyles, weightsStyles];

  @property({ attribute: false }) engine: Engine | undefined;
  @property({ attribute: false }) call: Call | undefined;
  @property({ type: Number }) seed = 0;
  @property({ attribute: false }) module: Diagnosis['module'] | undefined;
  /** The call whose numbers are kept, where they are. */
  @property({ attribute: false }) keptFrom: Call | undefined;
  /** Why the module cannot be saved; empty where it can. */
  @property() reason = '';

  @state() private _opened: Opened | undefined;
  /** The name of a file that is being read for longer than a blink. */
  @state() private _reading = '';
  @state() private _over = false;

  readonly #store = weightsStore();
  #stopListening: (() => void) | undefined;
  #abort: AbortController | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** What was said last of the file that is open. */
  #toldFound = '';
  /** Which weights are in use, as it was said last; none before it is known what was kept. */
  #toldInUse: readonly string[] | undefined;
  /** Whether what is in use gets the focus as soon as it is something else: the button that has it goes then. */
  #leadsToInUse = false;

  constructor() {
    super();
    new KeepFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopListening = this.#store.listen(() => { this.requestUpdate(); });
    void this.#store.ready.then(() => { this.#toldInUse = this.#inUseWords(); });
    // A file that misses the panel must not replace the page.
    addEventListener('dragover', this.#dragOver);
    addEventListener('dragleave', this.#dragLeave);
    addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#stop();
    removeEventListener('dragover', this.#dragOver);
    removeEventListener('dragleave', this.#dragLeave);
    removeEventListener('drop', this.#drop);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What was found holds for a module: for another one the file is read again.
    const before = changed.get('call');
    const { file, prefix, found } = this._opened ?? {};
    if (!file || !found || found.refusal) return;
    const isOfAnother = before !== undefined && JSON.stringify(before) !== JSON.stringify(this.call);
    // The seed draws what an ONNX model is held against nn.GRU on.
    if (isOfAnother || (changed.has('seed') && found.distance !== null)) void this.#read(file, prefix);
  }

  protected override updated(): void {
    if (!this.#toldInUse) return;
    const words = this.#inUseWords();
    const news = words.filter((sentence) => !this.#toldInUse?.includes(sentence));
    this.#toldInUse = words;
    if (news.length === 0) return;
    announce(this, news.join(' '));
    if (this.#leadsToInUse) this.#focus('.in-use');
    this.#leadsToInUse = false;
  }

  protected override render() {
    return html`<div class="stack" @gru-weights-prefix=${this.#choosePrefix} @gru-weights-fix=${this.#fixed}>
      ${this.#inUse()}
      <div class="drop ${this._over ? 'over' : ''}">
        <p>
          Drop a file of weights here: <strong>safetensors</strong>, a <strong>state_dict</strong> that torch.save wrote,
          <strong>NumPy</strong> arrays or an <strong>ONNX</strong> model. It is read in this browser and goes nowhere; nothing in it is
          executed.
        </p>
        <button type="button" class="button" @click=${this.#choose}>Choose a file</button>
        <input type="file" hidden accept=".safetensors,.pt,.pth,.bin,.ckpt,.npz,.npy,.onnx" @change=${this.#chosen} />
      </div>
      ${this.#waiting()} ${this.#found()}
      <gru-weights-export
        .engine=${this.engine}
        .call=${this.call}
        .seed=${this.seed}
        .weights=${this.#usedHere?.numbers}
        .keptFrom=${this.keptFrom}
        reason=${this.reason}
      ></gru-weights-export>
    </div>`;
  }

  /** The weights of a file, where they are this module's. */
  get #usedHere() {
    const { used } = this.#store;
    return used && fits(used, this.module) ? used : undefined;
  }

  #inUse() {
    const { used, keeping } = this.#store;
    const leave = html`<button type="button" class="button" @click=${this.#leave}>Back to drawn weights</button>`;
    let text;
    if (!used) text = html`<p>In use: weights drawn as PyTorch draws them after <code>torch.manual_seed(${this.seed})</code>${this.keptFrom ? ', those of the module before kept' : ''}.</p>`;
    else if (this.#usedHere) text = html`<p>In use: the weights of <strong>${visible(used.name)}</strong>. <span class="quiet">${KEEPING[keeping]}</span></p>${leave}`;
    else {
      text = html`<p>
          In use: drawn weights, for those of <strong>${visible(used.name)}</strong> fit <code>${describe(this.engine, used.config)}</code> only. They are not lost.
        </p>
        <button type="button" class="button" @click=${this.#restoreConfig}>Set these options</button>${leave}`;
    }
    return html`<div class="in-use" tabindex="-1">${text}</div>`;
  }

  /** What is in use, in sentences that are announced. That it is kept is none: until it is tried, only the page hopes so. */
  #inUseWords(): string[] {
    const { used, keeping } = this.#store;
    if (!used) return ['In use: drawn weights.'];
    if (!this.#usedHere) return [`In use: drawn weights, for those of ${visible(used.name)} fit ${describe(this.engine, used.config)} only.`];
    return [`In use: the weights of ${visible(used.name)}.`, ...(keeping === 'kept' ? [] : [KEEPING[keeping]])];
  }

  #waiting() {
    if (this._reading === '') return nothing;
    return html`<div class="row">
      <label for="progress">Reading ${this._reading}</label>
      <progress id="progress"></progress>
      <button type="button" class="button" @click=${this.#cancel}>Cancel</button>
    </div>`;
  }

  #found() {
    const opened = this._opened;
    if (!opened) return nothing;
    const { file, found } = opened;
    const report = found?.report ?? undefined;
    const refusal = found?.refusal ?? undefined;
    const said = saidOf(opened);
    return html`<section class="stack" aria-labelledby="found">
      <div>
        <h3 id="found" tabindex="-1">${visible(file.name)}</h3>
        <p>${said}</p>
      </div>
      <div class="row">
        ${report?.usable
          ? html`<button type="button" class="button primary" @click=${this.#use}>
              ${report.proposed ? 'Agree and use these weights' : 'Use these weights'}
            </button>`
          : nothing}
        <button type="button" class="button" @click=${this.#close}>Close</button>
      </div>
      ${found ? this.#equations(found) : nothing}
      <gru-weights-report .report=${report} .refusal=${refusal}></gru-weights-report>
    </section>`;
  }

  /** Which GRU an ONNX model computes, and how it becomes `nn.GRU`. */
  #equations({ report, weights, distance, mended }: WeightsFound) {
    if (!report?.equations) return nothing;
    if (report.equations === 'nn.GRU') return html`<p class="equations">The model has the equations of <code>nn.GRU</code>.</p>`;
    let far = 'How far that is from nn.GRU is computed once the module and the call are ones that its weights fit.';
    if (distance !== null) {
      far = `On the input drawn here, output and h_n differ by up to ${distance.toPrecision(2)} from those of nn.GRU with the same weights.`;
    } else if (weights) far = 'How far that is from nn.GRU is not computed for so large or no legal call.';
    return html`<div class="equations said warning">
      <p>
        <strong>Another GRU than nn.GRU:</strong> its reset gate acts before the product, n = tanh(W_in x + b_in + W_hn (r * h) + b_hn), as
        <code>linear_before_reset=0</code> says. ${far}
      </p>
      ${mended
        ? html`<p>If it was exported from an nn.GRU, the exporter made it another one. The mended model has linear_before_reset=1.</p>
            <button type="button" class="button" @click=${this.#saveMended}>Save the mended model</button>`
        : nothing}
    </div>`;
  }

  /** Reads a file for the module of now; what was found before stays until then. */
  async #read(file: File, prefix: string | undefined): Promise<void> {
    const { engine, call, module, seed } = this;
    if (!engine || !call) return;
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#patience = setTimeout(() => (this._reading = visible(file.name)), PATIENCE_MS);
    // What is read again because the module is another one is spoken of only where something else is found.
    if (this.#toldFound === '') this.#telling = setTimeout(() => { announce(this, `Reading ${visible(file.name)}.`); }, TELL_MS);
    const config = module ? configOf(module) : undefined;
    let opened: Opened = { file, prefix, found: undefined, config, failed: '' };
    try {
      // What shows it is loaded with the first file.
      const [found] = await Promise.all([
        engine.lab.ask('readWeights', { file, call, prefix, seed }, { signal: abort.signal }),
        import('./gru-weights-report.js'),
      ]);
      opened = { ...opened, found };
    } catch (error) {
      if (abort.signal.aborted) return;
      opened = { ...opened, failed: error instanceof Error ? error.message : String(error) };
    }
    this.#stop();
    this._opened = opened;
    const words = `${visible(file.name)}: ${saidOf(opened)}`;
    if (words !== this.#toldFound) announce(this, words);
    this.#toldFound = words;
  }

  /** Reads what somebody chose, and says what was found even if it is what was found before. */
  #open(file: File, prefix?: string): void {
    this.#toldFound = '';
    void this.#read(file, prefix);
  }

  #stop(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#telling);
    this.#abort?.abort();
    this.#abort = undefined;
    this._reading = '';
  }

  readonly #cancel = (): void => {
    announce(this, `${this._reading}: cancelled.`);
    this.#stop();
  };

  readonly #choose = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #chosen = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file may be chosen again, after it was saved anew.
    input.value = '';
    if (file) this.#open(file);
  };

  readonly #dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this._over = true;
  };

  readonly #dragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this._over = false;
  };

  readonly #drop = (event: DragEvent): void => {
    this._over = false;
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (!file) return;
    this.scrollIntoView({ block: 'nearest' });
    this.#open(file);
  };

  readonly #choosePrefix = ({ detail }: CustomEvent<string>): void => {
    if (this._opened) this.#open(this._opened.file, detail);
  };

  /** The playground applies it; the button that had the focus is gone then. */
  readonly #fixed = (): void => {
    void this.#focusUpdated('#found');
  };

  readonly #use = (): void => {
    const { file, found, config } = this._opened ?? {};
    if (!file || !found?.weights || !found.report || !config) return;
    void this.#store.use({ name: file.name, config, numbers: found.weights, load: found.report.load });
    this.#close();
  };

  readonly #saveMended = (): void => {
    const { file, found } = this._opened ?? {};
    if (!file || !found?.mended) return;
    const name = `${file.name.replace(/\.onnx$/i, '')}-mended.onnx`;
    saveFile(new Blob([found.mended], { type: 'application/octet-stream' }), name);
    announce(this, `Saved ${visible(name)}.`);
  };

  readonly #close = (): void => {
    this.#stop();
    this._opened = undefined;
    void this.#focusUpdated('.in-use');
  };

  readonly #leave = (): void => {
    void this.#store.forget();
    void this.#focusUpdated('.in-use');
  };

  readonly #restoreConfig = (): void => {
    const detail = this.#store.used?.config;
    this.#leadsToInUse = true;
    if (detail) this.dispatchEvent(new CustomEvent('gru-weights-config', { bubbles: true, composed: true, detail }));
  };

  /** What is focused is read: so it must say what is so now. */
  async #focusUpdated(selector: string): Promise<void> {
    await this.updateComplete;
    this.#focus(selector);
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }
}

/** What became of a file, in a sentence. */
function saidOf({ found, failed }: Opened): string {
  if (found?.report) return summary(found.report);
  return found?.refusal ? 'This file gives no weights. Nothing has been changed.' : `It could not be read. ${failed}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-weights': GruWeights;
  }
  interface HTMLElementEventMap {
    'gru-weights-config': CustomEvent<WeightsConfig>;
  }
}
