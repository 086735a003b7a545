import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Mark, MarkState } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';

const WORDS: Readonly<Record<MarkState, string>> = {
  ahead: 'to come',
  current: 'now',
  solved: 'right',
  failed: 'not solved',
};

/** The way through the challenge: a mark per question. Solved and failed differ in sign and form, not in colour alone. */
@customElement('gru-quiz-marks')
export class GruQuizMarks extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ol {
        display: flex;
        align-items: center;
      }

      li {
        position: relative;
        display: flex;
        align-items: center;
      }

      li + li::before {
        content: '';
        width: clamp(0.5rem, 2vw, 1.25rem);
        height: 2px;
        background: var(--gru-line);
      }

      .mark {
        display: grid;
        place-items: center;
        width: 1.75rem;
        height: 1.75rem;
        border: 2px solid var(--gru-line-strong);
        border-radius: 50%;
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        line-height: 1;
        transition:
          background-color var(--gru-motion) var(--gru-ease),
          border-color var(--gru-motion) var(--gru-ease);
      }

      .current .mark {
        border-color: var(--gru-fill);
        background: var(--gru-fill);
        color: var(--gru-on-fill);
      }

      .solved .mark {
        border-color: var(--gru-good);
        color: var(--gru-good);
        background: color-mix(in srgb, var(--gru-good) 12%, transparent);
      }

      .failed .mark {
        border-color: var(--gru-error);
        border-style: dashed;
        color: var(--gru-error);
      }

      svg {
        width: 0.9rem;
        height: 0.9rem;
        fill: none;
        stroke: currentcolor;
        stroke-width: 2.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
    `,
  ];

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

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-marks': GruQuizMarks;
  }
}
