import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import './gru-claim.js';
import type { GruClaim } from './gru-claim.js';
import { CLAIMS, claimOf } from './list.js';
import { tallyWords } from './words.js';
import styles from './gru-claims.css?inline';

/** How much of a name that nothing has is repeated. */
const LONGEST = 80;

/** Claims of courses and posts, each put to the test by a program when the learner has said what they think. */
@customElement('gru-claims')
export class GruClaims extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  /** What the address says: the claim that is led to. */
  @property() query = '';

  /** Whether the learner was right, by claim. */
  @state() private _right: Readonly<Record<string, boolean>> = {};

  get #asked(): string {
    return new URLSearchParams(this.query).get('claim') ?? '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('query') || !claimOf(this.#asked)) return;
    // Once the view has its place and its heading has had the focus.
    requestAnimationFrame(() => {
      const claim = this.renderRoot.querySelector<GruClaim>('.asked');
      claim?.scrollIntoView({ block: 'center' });
      claim?.focusClaim();
    });
  }

  protected override render() {
    const asked = this.#asked;
    const all = Object.values(this._right);
    return html`<h1>Is it true?</h1>
      <p class="lead">
        Twelve claims that courses and posts make about GRUs. Say what you think; then a program puts the claim to the test, here and now. No verdict
        is stored.
      </p>
      ${asked !== '' && !claimOf(asked) ? html`<p>There is no claim “${asked.slice(0, LONGEST)}” here.</p>` : nothing}
      <ol>
        ${CLAIMS.map((claim) => html`<li><gru-claim class=${claim.name === asked ? 'asked' : ''} .engine=${this.engine} .claim=${claim} @gru-judged=${this.#judged}></gru-claim></li>`)}
      </ol>
      <p class="tally">${tallyWords(all.filter((right) => right).length, all.length)}</p>`;
  }

  readonly #judged = ({ detail: { name, right } }: HTMLElementEventMap['gru-judged']): void => {
    this._right = { ...this._right, [name]: right };
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-claims': GruClaims;
  }
}
