import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TextSample } from '../../engine/lab/text.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatCount, plural } from '../../ui/numbers.js';
import styles from './gru-text-samples.css?inline';

/** What a model wrote at points of its training, from noise to words. */
@customElement('gru-text-samples')
export class GruTextSamples extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) samples: readonly TextSample[] = [];
  /** How many there are: the list itself only grows. */
  @property({ type: Number }) count = 0;

  protected override render() {
    return html`<ol aria-label="What it wrote as it learned">
      ${this.samples.slice(0, this.count).map(
        (sample) => html`<li>
          <p class="when"><b>${sample.steps === 0 ? 'before training' : `after ${plural(sample.steps, 'training step')}`}</b> ${knownWords(sample)}</p>
          ${written(sample)}
        </li>`,
      )}
    </ol>`;
  }
}

/** How many of its words are words. */
export function knownWords({ words, known }: TextSample): string {
  if (words === 0) return 'no whole word';
  return `${formatCount(known)} of ${plural(words, 'word')} ${known === 1 ? 'is a word' : 'are words'} of the text`;
}

/** What it went on from, and what it wrote. */
export function written(sample: TextSample | undefined) {
  return sample ? html`<p class="written"><b>${sample.prompt}</b>${sample.text}</p>` : nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-text-samples': GruTextSamples;
  }
}
