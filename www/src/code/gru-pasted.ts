import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Call, PastedAnswer } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { plainLines } from '../ui/gru-listing.js';
import '../ui/gru-panel.js';
import { tableBox } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import styles from './gru-pasted.css?inline';

/**
 * What a pasted text is: the cause first, then its sizes, what is tried in vain, and the mend.
 *
 * @fires gru-try - a call to be opened in the playground
 * @fires gru-program - code in the text that is to be run
 */
@customElement('gru-pasted')
export class GruPasted extends LitElement {
  static override styles = [baseStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) answer!: PastedAnswer;

  protected override render() {
    const { known, cause, vain, sizes, mend, call, program } = this.answer;
    return html`<gru-panel heading=${known ? 'Why' : 'Not known here'}>
      <div class="answer">
        <p class="cause">${cause}</p>
        ${sizes.length === 0
          ? nothing
          : tableBox({
              label: 'Sizes in the text',
              columns: [{ name: 'in the text' }, { name: 'is', kind: 'mono' }],
              rows: sizes.map(({ name, text }) => [{ value: name, shown: html`<code>${name}</code>` }, { value: text, shown: html`<code>${text}</code>` }]),
            })}
        ${vain === '' ? nothing : html`<p class="vain"><strong>In vain:</strong> ${vain}</p>`}
        ${mend === null
          ? nothing
          : html`<div class="mend">
              <h3>What mends it</h3>
              <gru-listing still .lines=${plainLines(mend)} name="that mends it"></gru-listing>
            </div>`}
        ${call === null && program === null
          ? nothing
          : html`<p class="ways">
              ${program === null ? nothing : html`<button type="button" class="button" @click=${() => this.#emit('gru-program', program)}>Run the code in it</button>`}
              ${call === null ? nothing : html`<button type="button" class="button" @click=${() => this.#emit('gru-try', call)}>Set up in Play</button>`}
            </p>`}
      </div>
    </gru-panel>`;
  }

  #emit(name: 'gru-program' | 'gru-try', detail: string | Call): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-pasted': GruPasted;
  }
  interface HTMLElementEventMap {
    'gru-program': CustomEvent<string>;
  }
}
