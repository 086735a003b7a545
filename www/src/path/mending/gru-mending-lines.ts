import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../ui/base.styles.js';
import styles from './gru-mending-lines.css?inline';

/**
 * A program whose lines may be pressed; the arrow keys go from line to line.
 *
 * @fires gru-line - the line that was pressed, from 1
 */
@customElement('gru-mending-lines')
export class GruMendingLines extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property() code = '';
  /** The lines that were named in vain. */
  @property({ attribute: false }) wrong: readonly number[] = [];
  /** The line that was named rightly: then no other is asked for. */
  @property({ attribute: false }) right: number | undefined;

  /** The line that Tab leads to. */
  @state() private _at = 1;

  protected override render() {
    const lines = this.code.trimEnd().split('\n');
    return html`<ol aria-label="The lines of the program" @keydown=${this.#key}>
      ${lines.map((line, index) => html`<li>${line.trim() === '' ? html`<span class="blank">${index + 1}</span>` : this.#line(line, index + 1)}</li>`)}
    </ol>`;
  }

  #line(line: string, number: number) {
    const kind = number === this.right ? 'right' : this.wrong.includes(number) ? 'wrong' : '';
    const sign = kind === 'right' ? '✓' : kind === 'wrong' ? '✗' : '';
    const said = kind === 'right' ? 'at fault: ' : kind === 'wrong' ? 'not at fault: ' : '';
    return html`<button
      type="button"
      class=${kind}
      data-line=${number}
      tabindex=${number === this._at ? 0 : -1}
      aria-disabled=${this.right === undefined ? 'false' : 'true'}
      @focus=${() => (this._at = number)}
      @click=${() => { this.#press(number); }}
    ><span class="number">${number}</span><span class="visually-hidden"> ${said}</span><code>${line}</code><span class="sign" aria-hidden="true">${sign}</span></button>`;
  }

  #press(number: number): void {
    if (this.right === undefined) this.dispatchEvent(new CustomEvent('gru-line', { detail: number }));
  }

  readonly #key = (event: KeyboardEvent): void => {
    const all = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button')];
    const at = all.findIndex((button) => button === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-mending-lines': GruMendingLines;
  }
}
