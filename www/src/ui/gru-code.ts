import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CodeLine, Label, Place, Segment } from '../engine/engine.js';
import { AXES } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';

/** Whether a label's place takes in a segment's: `input` without an axis takes in all of its axes. */
export function covers(label: Place, place: Place): boolean {
  switch (label.part) {
    case 'option':
      return place.part === 'option' && place.name === label.name;
    case 'input':
    case 'h_0':
      return place.part === label.part && (typeof label.axis !== 'number' || place.axis === label.axis);
    case 'text':
      return false;
  }
}

/** The text of code, as it is copied. */
export function codeText(lines: readonly CodeLine[]): string {
  return lines.map(({ segments }) => segments.map(({ text }) => text).join('')).join('\n');
}

/** Python in which every size has its axis' colour, with the labelled places underlined. */
@customElement('gru-code')
export class GruCode extends LitElement {
  static override styles = [
    baseStyles,
    axisStyles,
    css`
      :host {
        display: block;
      }

      pre {
        margin: 0;
        padding: 0;
        overflow-x: auto;
        font: 400 var(--gru-text-s) / 1.65 var(--gru-mono);
        font-variant-ligatures: none;
        letter-spacing: -0.02em;
        font-variant-numeric: tabular-nums;
        tab-size: 4;
      }

      pre:focus-visible {
        outline-offset: 4px;
      }

      code {
        display: block;
        width: max-content;
        min-width: 100%;
      }

      .line {
        display: block;
        min-height: 1lh;
      }

      .keyword {
        font-weight: 650;
      }

      .comment,
      .operator {
        color: var(--gru-ink-2);
      }

      .axis {
        font-weight: 600;
      }

      .comment.axis {
        color: var(--axis);
        font-weight: 400;
      }

      .wrong {
        text-decoration: underline wavy var(--gru-error) 1.5px;
        text-underline-offset: 0.3em;
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly CodeLine[] = [];
  /** What to underline; a label's text is its tooltip. */
  @property({ attribute: false }) labels: readonly Label[] = [];
  /** The name of the code for screen readers. */
  @property() label = 'PyTorch code';

  protected override render() {
    return html`<pre tabindex="0" role="region" aria-label=${this.label}><code>${this.lines.map(
      ({ segments }) => html`<span class="line">${segments.map((segment) => this.#segment(segment))}</span>`,
    )}</code></pre>`;
  }

  #segment({ text, kind, axis, place }: Segment) {
    const label = place ? this.labels.find((candidate) => covers(candidate.place, place)) : undefined;
    if (kind === 'plain' && !axis && !label) return text;
    return html`<span
      class="${kind} ${axis ? 'axis' : ''} ${label ? 'wrong' : ''}"
      data-axis=${axis ?? nothing}
      data-tip=${label?.text ?? (axis ? AXES[axis].sentence : nothing)}
      >${text}</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-code': GruCode;
  }
}
