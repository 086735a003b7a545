import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { LOOKS } from '../shared/step-chart.js';
import { CELLS, OPENING, lookOf, movedTo, type MemoryCell } from './settings.js';
import styles from './gru-memory-ranking.css?inline';

/**
 * The learner's order of the cells, best first: two buttons a cell, or the arrow keys on either of them.
 *
 * @fires gru-ranking - the order that is meant now
 */
@customElement('gru-memory-ranking')
export class GruMemoryRanking extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) ranking: readonly MemoryCell[] = OPENING.ranking;
  /** What each cell is called. */
  @property({ attribute: false }) names: ReadonlyMap<MemoryCell, string> = new Map();
  /** Whether the order can no longer be changed, because the answer is known. */
  @property({ type: Boolean }) locked = false;

  protected override render() {
    const last = this.ranking.length - 1;
    return html`<ol aria-label="Your order, best memory first">
      ${this.ranking.map((cell, place) => {
        const name = this.#name(cell);
        return html`<li data-axis=${LOOKS[lookOf(cell)]?.tone ?? nothing} data-cell=${cell}>
          <span class="place" aria-hidden="true">${place + 1}</span>
          <span class="cell"><b>${name}</b> <code>${CELLS.find((entry) => entry.cell === cell)?.rule}</code>
            <small>${CELLS.find((entry) => entry.cell === cell)?.about}</small></span>
          ${this.locked
            ? nothing
            : html`<span class="moves">
                ${this.#button(cell, place, -1, `Move ${name} up`, place === 0)} ${this.#button(cell, place, 1, `Move ${name} down`, place === last)}
              </span>`}
        </li>`;
      })}
    </ol>`;
  }

  #name(cell: MemoryCell): string {
    return this.names.get(cell) ?? CELLS.find((entry) => entry.cell === cell)?.name ?? cell;
  }

  /** One that cannot go on stays in reach of the keyboard, so that the focus is not lost at the end. */
  #button(cell: MemoryCell, place: number, by: -1 | 1, label: string, ends: boolean) {
    return html`<button
      type="button"
      class="button"
      data-by=${by}
      aria-label=${label}
      aria-disabled=${ends ? 'true' : nothing}
      @click=${() => { this.#move(cell, place, place + by, by); }}
      @keydown=${(event: KeyboardEvent) => {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (step === 0) return;
        event.preventDefault();
        this.#move(cell, place, place + step, by);
      }}
    >
      <span aria-hidden="true">${by < 0 ? '↑' : '↓'}</span>
    </button>`;
  }

  #move(cell: MemoryCell, from: number, to: number, by: -1 | 1): void {
    const ranking = movedTo(this.ranking, from, to);
    if (ranking === this.ranking) return;
    this.ranking = ranking;
    this.dispatchEvent(new CustomEvent('gru-ranking', { detail: ranking }));
    announce(this, `${this.#name(cell)}: place ${to + 1} of ${ranking.length}.`);
    // The cell's own button, wherever it now is: who goes on pressing moves the same cell.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-cell="${cell}"] [data-by="${by}"]`)?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-memory-ranking': GruMemoryRanking;
  }
  interface HTMLElementEventMap {
    'gru-ranking': CustomEvent<readonly MemoryCell[]>;
  }
}
