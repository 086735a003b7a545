import { LitElement, html, unsafeCSS, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Engine, RunValues, SentenceReading, SentenceStep } from '../engine/engine.js';
import '../playground/cell/gru-step.js';
import type { Source } from '../playground/cell/source.js';
import type { Layout } from '../playground/values/matrix.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { RunController } from '../ui/run-controller.js';
import '../words/gru-term.js';
import styles from './gru-word-step.css?inline';
import { whySentence } from './why.js';
import { quoted, stepSentence } from './words.js';

/** What was computed, and of which sentence. */
interface Read {
  readonly text: string;
  readonly values: RunValues;
}

/**
 * One word's step inside the small trained GRU: the same picture and the same arithmetic as a call's, with its own numbers.
 *
 * @fires gru-word - the word that is gone to
 * @fires gru-close - when it is closed
 */
@customElement('gru-word-step')
export class GruWordStep extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'colorScale' | 'diagnose' | 'insideSentence' | 'sentenceValues'>;
  /** The sentence. */
  @property() text = '';
  /** What was read of it. */
  @property({ attribute: false }) reading: SentenceReading = { steps: [], unit: 0, is_cut: false };
  /** The word, counted from 0. */
  @property({ type: Number }) at = 0;

  readonly #runs = new RunController<Read>(this, 'The step', { keeps: true });
  #source: Source | undefined;
  #equations: readonly string[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { engine, text } = this;
    if (!changed.has('text') && !changed.has('engine')) return;
    this.#source = {
      key: text,
      open: (at, edit, options) => engine.insideSentence(text, at, edit, options),
      origin: 'It is one of the 8 numbers that stand for this word, and was learned like the weights.',
      fate: 'The picture shows the changed numbers. This is for looking only: the sentence above was read with the number as it was.',
    };
    this.#equations = this.#equationsOf();
    this.#runs.want({ key: text, weight: 'heavy', run: async ({ signal }) => ({ text, values: await engine.sentenceValues(text, { signal }) }) });
  }

  protected override firstUpdated(): void {
    this.lead();
  }

  /** Leads to its heading. */
  lead(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }

  protected override render() {
    const { reading, at } = this;
    const step = reading.steps[at];
    if (!step) return nothing;
    const { run, status } = this.#runs;
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title" tabindex="-1">Inside the step that reads ${quoted(step.word)}</h2>
        <button type="button" class="button" @click=${this.#close}>Close</button>
      </header>
      <p class="said">${whySentence(reading, at) || stepSentence(reading, at)}</p>
      <p class="said">
        <gru-term of="sigmoid">σ</gru-term> squeezes any number into 0 to 1, <gru-term of="tanh">tanh</gru-term> into −1 to 1. Press a number below the
        picture to open its arithmetic, and to change what goes into it.
      </p>
      ${run?.text === this.text ? this.#inside(run.values, step) : html`<p class="waiting">${status.kind === 'failed' ? status.message : 'Computing'}</p>`}
    </section>`;
  }

  #inside(values: RunValues, { word, h }: SentenceStep) {
    const { reading, at } = this;
    const layout: Layout = { steps: reading.steps.length, batch: 1, batched: true, batchFirst: true, layers: 1, directions: 1, hidden: h.length };
    return html`<gru-step
      .engine=${this.engine}
      .values=${values}
      .source=${this.#source}
      .layout=${layout}
      .equations=${this.#equations}
      .step=${at}
      .reads=${`stand for ${quoted(word)}, learned like the weights`}
      .remembering=${reading.unit}
      @gru-step=${({ detail }: CustomEvent<number>) => { this.dispatchEvent(new CustomEvent('gru-word', { detail })); }}
    ></gru-step>`;
  }

  /** The equations of the call that the sentence is. */
  #equationsOf(): readonly string[] {
    const { steps } = this.reading;
    const config = { input_size: steps[0]?.x.length ?? 1, hidden_size: steps[0]?.h.length ?? 1, batch_first: true };
    const { trace } = this.engine.diagnose({ config, input: { shape: [1, Math.max(1, steps.length), config.input_size] } });
    return trace?.equations.map(({ text }) => text) ?? [];
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('gru-close'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-word-step': GruWordStep;
  }
  interface HTMLElementEventMap {
    'gru-word': CustomEvent<number>;
  }
}
