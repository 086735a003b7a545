import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Mark, MarkState } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import styles from './gru-quiz-marks.css?inline';

const WORDS: Readonly<Record<MarkState, string>> = {
  ahead: 'to come',
  current: 'now',
  solved: 'right',
  failed: 'not solved',
};

/** The way through the challenge: a mark per question. Solved and failed differ in sign and form, not in colour alone. */
@customElement('gru-quiz-marks')
export class GruQuizMarks extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) marks: readonly Mark[] = [];

  protected override render() {
    return html`<ol aria-label="Progress">
      ${this.marks.map(
        (mark) => html`<li class=${mark.state} aria-current=${mark.state === 'current' ? 'step' : nothing}>
          <span class="mark" aria-hidden="true">${sign(mark)}</span>
          <span class="visually-hidden">Problem ${mark.number}, ${mark.kind}: ${WORDS[mark.state]}</span>
        </li>`,
      )}
    </ol>`;
  }
}

/** A tick, a cross or the number. */
function sign({ state, number }: Mark) {
  switch (state) {
    case 'solved':
      return html`<svg viewBox="0 0 16 16"><path d="M3 8.5l3.5 3.5L13 4.5" /></svg>`;
    case 'failed':
      return html`<svg viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8" /></svg>`;
    case 'ahead':
    case 'current':
      return number;
  }
}
