import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { dueToday } from './come-back.js';
import { dueWords } from './words.js';
import styles from './gru-come-back.css?inline';

/** A line that says how much is to come back to today; nothing where nothing is. */
@customElement('gru-come-back')
export class GruComeBack extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @state() private _due = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  async #look(): Promise<void> {
    try {
      await this.updateComplete;
      this._due = await dueToday(this.engine);
    } catch {
      // Practice itself says what is wrong when it is opened.
    }
  }

  protected override render() {
    if (this._due === 0) return nothing;
    return html`<p><a href="#practice?due=1">Come back</a> ${dueWords(this._due)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-come-back': GruComeBack;
  }
}
