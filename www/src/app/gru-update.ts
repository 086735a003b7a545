import { LitElement, html, unsafeCSS } from 'lit';
import { customElement } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import styles from './gru-update.css?inline';

/**
 * Says that a newer version waits.
 *
 * @fires gru-update - the learner takes it
 * @fires gru-dismiss - the learner goes on with this one
 */
@customElement('gru-update')
export class GruUpdate extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  protected override firstUpdated(): void {
    announce(this, 'A newer version of this page is here: Reload is a button at the top of the content.');
  }

  protected override render() {
    return html`<section aria-label="Update">
      <span>
        <h2>A newer version of this page is here.</h2>
        What you set stays; a challenge goes on where it is.
      </span>
      <div>
        <button type="button" class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('gru-update'))}>Reload</button>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-dismiss'))}>Later</button>
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-update': GruUpdate;
  }
  interface HTMLElementEventMap {
    'gru-update': CustomEvent<null>;
  }
}
