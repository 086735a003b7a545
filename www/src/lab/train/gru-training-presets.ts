import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Preset } from '../../engine/lab/train.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import styles from './gru-training-presets.css?inline';

/**
 * Experiments that show one thing each.
 *
 * @fires gru-preset - an experiment is to be set and run
 */
@customElement('gru-training-presets')
export class GruTrainingPresets extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) presets: readonly Preset[] = [];

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override render() {
    return html`<ul aria-label="Experiments">
      ${this.presets.map(
        (preset) => html`<li>
          <button
            type="button"
            class="button"
            aria-describedby="about-${preset.code}"
            @click=${() => this.dispatchEvent(new CustomEvent('gru-preset', { detail: preset }))}
          >
            ${preset.name}
          </button>
          <p id="about-${preset.code}">${preset.sentence}</p>
        </li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-presets': GruTrainingPresets;
  }
  interface HTMLElementEventMap {
    'gru-preset': CustomEvent<Preset>;
  }
}
