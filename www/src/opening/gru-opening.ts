import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Engine, SentenceReading, SentenceStep } from '../engine/engine.js';
import { afterPaint } from '../ui/after-paint.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formStyles } from '../ui/form.styles.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { formatCount, plural } from '../ui/numbers.js';
import { PrintController } from '../ui/printing.js';
import { ScrollStops } from '../ui/scroll-stops.js';
import { sliderStyles } from '../ui/slider.styles.js';
import { Slides } from '../ui/slides.js';
import { tableBox } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import { DarkController } from '../ui/theme.js';
import { fieldLength, typedIn } from '../ui/typed.js';
import '../words/gru-term.js';
import styles from './gru-opening.css?inline';
import { keepFolded, keepSentence, keptSentence, wasFolded } from './kept.js';
import { EXAMPLES, FIRST, KINDS, OPINIONS, answer, certainty, hundredths, memorySentence, stepSentence } from './words.js';

/** A word takes this long where there are few, and less where there are many. */
const SLOWEST_MS = 700;
const WHOLE_MS = 15_000;
/** More letters than the words that are read have. */
const LONGEST = 600;

/**
 * What a GRU is, in one sentence, over one sentence of the learner's that goes through one cell, word by word.
 *
 * @fires gru-to-controls - the learner wants to go past it
 */
@customElement('gru-opening')
export class GruOpening extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, sliderStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'colorScale' | 'diagnose' | 'heatmap' | 'insideSentence' | 'readSentence' | 'sentenceValues'>;

  @state() private _text = keptSentence() ?? FIRST;
  /** The word after which the state is looked at. */
  @state() private _at = Infinity;
  @state() private _playing = false;
  @state() private _open = !wasFolded();
  @state() private _tabled = false;
  /** Whether the step of the word is looked into: what draws it is loaded when it is first asked for. */
  @state() private _inside = false;

  readonly #theme = new DarkController(this);
  /** On paper there is nothing to press. */
  readonly #print = new PrintController(this);
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  #reading: SentenceReading = { steps: [], unit: 0, is_cut: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #painted: readonly unknown[] = [];

  constructor() {
    super();
    new KeepFocus(this);
    new ScrollStops(this, '.scroll');
    new Slides(this, ({ valueAsNumber }) => { this.#go(valueAsNumber); });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  get #last(): number {
    return this.#reading.steps.length - 1;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('engine') || changed.has('_text')) this.#reading = this.engine.readSentence(this._text);
    this._at = Math.max(0, Math.min(this.#last, this._at));
    if (this.#last < 0) this._inside = false;
  }

  protected override updated(changed: PropertyValues): void {
    this.style.setProperty('--filled', `${(100 * this._at) / Math.max(1, this.#last)}%`);
    this.style.setProperty('--unit', String(this.#reading.unit));
    this.#paint();
    if (changed.has('_at') || changed.has('_text') || changed.has('_open')) this.#show(changed.has('engine'));
  }

  /** Paints the state after each word, and draws the gate's bars. */
  #paint(): void {
    const { dark } = this.#theme;
    const [canvas] = this.renderRoot.querySelectorAll<HTMLCanvasElement>('.state canvas');
    const wanted = [this.#reading, dark, canvas];
    if (!canvas || wanted.every((part, index) => part === this.#painted[index])) return;
    this.#painted = wanted;
    const { steps, unit } = this.#reading;
    const units = steps[0]?.h.length ?? 0;
    const image = this.engine.heatmap(Float32Array.from(steps.flatMap(({ h }) => h)), 0, units, 1, steps.length, units, 'diverging', dark);
    for (const [index, column] of this.renderRoot.querySelectorAll('.words > li').entries()) {
      // Of the picture of all states, a canvas shows its own column.
      column.querySelector('canvas')?.getContext('2d')?.putImageData(image, -index, 0);
      column.querySelector<HTMLElement>('.gate')?.style.setProperty('--z', String(steps[index]?.z[unit] ?? 0));
    }
  }

  /** Brings the word that was gone to into sight, within the box that scrolls: once it is drawn. */
  #show(atOnce: boolean): void {
    afterPaint(() => {
      const box = this.renderRoot.querySelector<HTMLElement>('.board');
      const word = box?.querySelector<HTMLElement>('.now');
      if (!box || !word || box.scrollWidth <= box.clientWidth) return;
      const left = word.offsetLeft - (box.clientWidth - word.offsetWidth) / 2;
      box.scrollTo({ left, behavior: atOnce || this.#still.matches ? 'auto' : 'smooth' });
    });
  }

  protected override render() {
    return html`<div class="head">
        <h1 tabindex="-1">A <gru-term of="gru">GRU</gru-term>, gated recurrent unit, reads a <gru-term of="sequence">sequence</gru-term> one <gru-term of="step">step</gru-term> at a time and carries a <gru-term of="state">state</gru-term>.</h1>
        <a class="button primary" href="#challenge">Take the challenge</a>
        <a class="own" href="#code">Paste an error or your code</a>
      </div>
      <section aria-label="One sentence through a cell">
        <button type="button" class="button past" @click=${this.#past}>Skip to controls</button>
        <details class="fold" .open=${live(this._open)} @toggle=${this.#fold}>
          <summary>Watch it judge</summary>
          ${this._open ? this.#content() : nothing}
        </details>
      </section>`;
  }

  #content() {
    const { steps, unit, is_cut: isCut } = this.#reading;
    const at = this._at;
    const word = steps[at]?.word.text ?? '';
    return html`<div class="parts">
        <div class="set">
          <div class="typed">
            <label for="sentence">Your own sentence</label><span class="cut">${isCut ? `The first ${steps.length} words are read.` : nothing}</span>
            <input
              id="sentence"
              type="text"
              autocomplete="off"
              spellcheck="false"
              maxlength=${fieldLength(LONGEST)}
              .value=${live(this._text)}
              @input=${this.#type}
              @change=${this.#say}
            />
            <div class="examples" role="group" aria-label="Examples">
              ${EXAMPLES.map(([name, text]) => html`<button type="button" class="button" aria-pressed=${text === this._text ? 'true' : 'false'} @click=${() => { this.#take(text); }}>${name}</button>`)}
            </div>
          </div>
          <div class="steps" role="group" aria-label="Steps">
            <button type="button" class="button" aria-label=${this._playing ? 'Pause' : 'Play the sentence'} ?disabled=${this.#last < 1} @click=${this.#toggle}>
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${this._playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3.5 1.8v12.4L14 8z'} /></svg>
            </button>
            <button type="button" class="button" aria-label="One word back" ?disabled=${at <= 0} @click=${() => { this.#by(-1); }}>
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M11 2v12L3 8zM13 2h-1.5v12H13z" /></svg>
            </button>
            <input
              type="range"
              aria-label="Word"
              aria-valuetext="${word}, word ${at + 1} of ${steps.length}"
              min="0"
              max=${Math.max(0, this.#last)}
              .value=${live(String(at))}
              ?disabled=${this.#last < 1}
            />
            <button type="button" class="button" aria-label="One word on" ?disabled=${at >= this.#last} @click=${() => { this.#by(1); }}>
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5 2v12l8-6zM3 2h1.5v12H3z" /></svg>
            </button>
          </div>
          <p class="step">${stepSentence(this.#reading, at)}</p>
        </div>
        <div class="seen">
          <div class="board scroll" role="region" aria-label="The sentence, word by word">
            <div class="names" aria-hidden="true">
              <span></span><span></span><span class="state">state h<b>unit ${unit}</b></span><span>z of unit ${unit}</span><span>it would say</span>
            </div>
            <ol class="words" @keydown=${this.#walk}>
              ${steps.map((step, index) => this.#column(step, index))}
            </ol>
          </div>
          <p class="key">
            The <gru-term of="update-gate">update gate z</gru-term> says how much of the state before is kept: 1 is all of it, 0 nothing. Of the
            state, blue is below 0 and orange above. Press a word to see inside its step.
          </p>
          <p class="memory">${steps.length > 0 ? memorySentence(this.#reading) : nothing}</p>
          <p class="answer">${answer(this.#reading, at)}</p>
        </div>
        <p class="task">It judges a sentence: good, bad or neither. <b>Recurrent</b>: one cell reads every word. <b>Gated</b>: its gates decide how much of the state stays.</p>
      </div>
      ${this._inside
        ? html`<gru-word-step
            .engine=${this.engine}
            .text=${this._text}
            .reading=${this.#reading}
            .at=${at}
            @gru-word=${({ detail }: CustomEvent<number>) => { this.#go(detail); }}
            @gru-close=${this.#shut}
          ></gru-word-step>`
        : nothing}
      <details class="twin" @toggle=${(event: Event) => (this._tabled = (event.target as HTMLDetailsElement).open)}>
        <summary>The same as a table</summary>
        ${this._tabled ? this.#table() : nothing}
      </details>
      <p class="origin">
        A GRU of 12 <gru-term of="unit">units</gru-term>, <gru-term of="training">trained</gru-term> on random sentences by this page’s own
        trainer, from <gru-term of="seed">seed</gru-term> 0: ${formatCount(2500)} training steps. Below is the
        call that makes one in PyTorch; its <gru-term of="random-weights">weights are random</gru-term>: a seed draws them and nothing has
        trained them, so the maps there show noise. <a href="#lab/train">Train one</a>
      </p>`;
  }

  #column(step: SentenceStep, index: number) {
    const { word, h, z, opinion } = step;
    const [sign, kind] = KINDS[word.kind];
    const at = index < this._at ? '' : index === this._at ? 'now' : 'later';
    const gate = (z[this.#reading.unit] ?? NaN).toFixed(2);
    const said = html`<span class="word" title=${word.text}>${word.text}</span> <span class="kind">${sign} <span>${kind}</span></span>`;
    return html`<li class=${`${at} ${word.kind}`} aria-current=${at === 'now' ? 'step' : nothing}>
      ${this.#print.printing ? html`<span class="press">${said}</span>` : html`<button type="button" class="press" tabindex=${at === 'now' ? 0 : -1} @click=${() => { void this.#look(index); }}>${said}</button>`}
      <span class="state" aria-hidden="true"><canvas width="1" height=${h.length}></canvas></span>
      <span class="gate">z ${gate}</span>
      <span class="says"><b>${OPINIONS[opinion]}</b> ${hundredths(certainty(step))}</span>
    </li>`;
  }

  #table() {
    const { steps, unit } = this.#reading;
    const units = steps[0]?.h.map((_, index) => ({ name: `h of unit ${index}`, kind: 'number' as const })) ?? [];
    return tableBox({
      label: 'The sentence, word by word, as a table',
      caption: 'What each word did: the update gate of the unit that remembers, what would be said if the sentence ended here, and the state after the word',
      columns: [{ name: 'word' }, { name: 'kind' }, { name: `z of unit ${unit}`, kind: 'number' }, { name: 'it would say' }, ...units],
      rows: steps.map((step) => [step.word.text, KINDS[step.word.kind][1], step.z[unit] ?? NaN, `${OPINIONS[step.opinion]}, ${hundredths(certainty(step))}`, ...step.h]),
    });
  }

  readonly #type = ({ target }: Event): void => {
    this.#read(typedIn(target as HTMLInputElement, LONGEST).text);
  };

  #take(text: string): void {
    this.#read(text);
    void this.updateComplete.then(this.#say);
  }

  #read(text: string): void {
    this.#stop();
    this._text = text;
    this._at = Infinity;
    keepSentence(text);
  }

  readonly #say = (): void => {
    announce(this, `${plural(this.#last + 1, 'word')} read. ${answer(this.#reading)}`);
  };

  #go(at: number): void {
    this.#stop();
    this._at = at;
  }

  #by(words: number): void {
    const at = this._at + words;
    this.#go(at);
    announce(this, stepSentence(this.#reading, at));
  }

  /** Looks into the step that reads a word. */
  async #look(index: number): Promise<void> {
    this.#go(index);
    try {
      await import('./gru-word-step.js');
      this._inside = true;
    } catch {
      announce(this, 'What draws the step did not load. Reload the page.', true);
    }
  }

  /** Arrows go from word to word; the tab key finds the one that is looked at. */
  readonly #walk = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = this._at + by;
    if (by === 0 || to < 0 || to > this.#last) return;
    event.preventDefault();
    this.#by(by);
    this.#focusWord();
  };

  #focusWord(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.now .press')?.focus({ preventScroll: true }));
  }

  readonly #shut = (): void => {
    this._inside = false;
    this.#focusWord();
  };

  readonly #toggle = (): void => {
    if (this._playing) {
      this.#stop();
      return;
    }
    this._playing = true;
    // From the end it starts over.
    if (this._at >= this.#last) this._at = 0;
    this.#wait();
  };

  #wait(): void {
    this.#timer = setTimeout(() => {
      this._at += 1;
      if (this._at < this.#last) this.#wait();
      else this._playing = false;
    }, Math.min(SLOWEST_MS, WHOLE_MS / this.#reading.steps.length));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this._playing = false;
  }

  readonly #fold = ({ target }: Event): void => {
    const { open } = target as HTMLDetailsElement;
    if (open === this._open) return;
    if (!open) this.#stop();
    this._open = open;
    keepFolded(!open);
  };

  readonly #past = (): void => {
    this.dispatchEvent(new CustomEvent('gru-to-controls'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-opening': GruOpening;
  }
  interface HTMLElementEventMap {
    'gru-to-controls': CustomEvent<undefined>;
  }
}
