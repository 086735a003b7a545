import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Advice, DoctorReport, Evidence, Finding } from '../../engine/lab/train.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { formatCount } from '../../ui/numbers.js';
import type { Axis } from '../../engine/engine.js';
import styles from './gru-training-doctor.css?inline';

/** A sign for each verdict, so that its colour is not the only one. */
const SIGNS: Readonly<Record<Finding['verdict'], string>> = {
  learned: '✓', guessing: '?', underfits: '↓', overfits: '!', diverged: '✗', noisy: '~', early: '…',
};

/**
 * What the doctor sees in a run, where it is marked on the plot, whether the last change helped, and one thing to try.
 *
 * @fires gru-advice - the advice is to be tried
 */
@customElement('gru-training-doctor')
export class GruTrainingDoctor extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, unsafeCSS(styles)];

  @property() letter = 'A';
  @property() tone: Axis = 'L';
  @property({ attribute: false }) report: DoctorReport | undefined;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override render() {
    const { report, letter, tone } = this;
    if (!report) return nothing;
    const { finding: { verdict, title, sentences, evidence, advice }, comparison, goal } = report;
    return html`<section class=${verdict} aria-label="What the doctor sees in run ${letter}" data-axis=${tone}>
      <h3><span class="sign" aria-hidden="true">${SIGNS[verdict]}</span> Run ${letter}: ${title}</h3>
      ${comparison
        ? html`<div class="compared ${comparison.helped === true ? 'helped' : ''}">
            ${comparison.sentences.map((sentence) => html`<p>${sentence}</p>`)}
            <p>${comparison.parted.text}</p>
          </div>`
        : nothing}
      <p>${sentences.join(' ')}</p>
      ${evidence.length === 0
        ? nothing
        : html`<ol aria-label="Marked on the plot">${evidence.map((seen) => html`<li>${placeOf(seen)}: ${seen.text}</li>`)}</ol>`}
      ${advice ? this.#advice(advice) : nothing}
      <p class="goal"><strong>The goal.</strong> ${goal.reached ? html`<span aria-hidden="true">✓ </span>` : nothing}${goal.words} ${goal.missing.join(' ')}</p>
    </section>`;
  }

  #advice(advice: Advice) {
    const { why, sure, help } = advice;
    return html`<p>${why}</p>
      <button type="button" class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('gru-advice', { detail: advice }))}>
        ${sure ? 'Cure' : 'Try'}: ${help.text}
      </button>
      <code class="change">${help.code}</code>`;
  }
}

function placeOf({ from, to }: Evidence): string {
  return from === to ? `Training step ${formatCount(from)}` : `Training steps ${formatCount(from)} to ${formatCount(to)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-doctor': GruTrainingDoctor;
  }
  interface HTMLElementEventMap {
    'gru-advice': CustomEvent<Advice>;
  }
}
