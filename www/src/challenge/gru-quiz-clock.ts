import { LitElement, html, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClockView } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import styles from './gru-quiz-clock.css?inline';

/** From here on the ring is drawn as short of time. */
const SHORT_MS = 20_000;
const RADIUS = 29;
const LENGTH = 2 * Math.PI * RADIUS;

/** What is said of a clock on demand. */
export function clockWords(clock: ClockView | null | undefined): string {
  if (!clock) return 'No time limit.';
  const seconds = Math.ceil(clock.remaining_ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [
    minutes > 0 ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '',
    rest > 0 || minutes === 0 ? `${rest} ${rest === 1 ? 'second' : 'seconds'}` : '',
  ];
  return `${parts.filter((part) => part !== '').join(' ')} left.`;
}

/** A calm ring that empties, with the time left as text. A screen reader reads it when asked, and is not told each second. */
@customElement('gru-quiz-clock')
export class GruQuizClock extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  /** The clock; none without a limit. */
  @property({ attribute: false }) clock: ClockView | null | undefined = null;

  protected override render() {
    const { clock } = this;
    if (!clock) {
      return html`<div class="clock endless">${ring(1)}<span>no<br />limit</span></div>`;
    }
    const short = clock.remaining_ms <= SHORT_MS;
    return html`<div class="clock ${short ? 'short' : ''}" role="timer" aria-label="Time left">
      ${ring(clock.limit_ms > 0 ? clock.remaining_ms / clock.limit_ms : 0)}<span>${clock.text}</span>
    </div>`;
  }
}

function ring(part: number) {
  return svg`<svg viewBox="0 0 68 68" aria-hidden="true">
    <circle class="track" cx="34" cy="34" r=${RADIUS} />
    <circle class="left" cx="34" cy="34" r=${RADIUS}
      stroke-dasharray=${LENGTH.toFixed(2)} stroke-dashoffset=${(LENGTH * (1 - part)).toFixed(2)} />
  </svg>`;
}
