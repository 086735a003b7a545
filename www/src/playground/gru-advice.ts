import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Diagnosis, Diagnostic, Fix, Label, Place } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { plural } from '../ui/numbers.js';
import './gru-legend.js';
import { errorOf } from './gru-result.js';
import styles from './gru-advice.css?inline';

/** A place in PyTorch's terms: `x.shape[2]`. */
function nameOfPlace(place: Place): string {
  switch (place.part) {
    case 'option':
      return place.name;
    case 'input':
    case 'h_0':
      return `${place.part === 'input' ? 'x' : 'h_0'}${typeof place.axis === 'number' ? `.shape[${place.axis}]` : ''}`;
    case 'text':
      return 'the typed shape';
  }
}

/**
 * Why PyTorch says what it says, and what would mend it; below, calmly, warnings and notes.
 *
 * @fires gru-fix - a fix is to be applied
 * @fires gru-preview - a fix is looked at, or none any more
 * @fires gru-undo - the last fix is to be undone
 */
@customElement('gru-advice')
export class GruAdvice extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) diagnosis: Diagnosis | undefined;
  /** What is wrong with a typed text, so that there is no call to answer. */
  @property({ attribute: false }) unreadable: Diagnostic | undefined;
  /** What the last fix did, while it can be undone. */
  @property() fixed: string | undefined;
  /** The fix that was said last. */
  #told: string | undefined;
  /** Gives up the room that was kept, once nobody sees what moves up. */
  readonly #seen = new IntersectionObserver((entries) => {
    const { isIntersecting, boundingClientRect } = entries.at(-1) ?? {};
    const above = (boundingClientRect?.top ?? 0) < 0;
    if (isIntersecting || (above && !CSS.supports('overflow-anchor', 'auto'))) return;
    this.#section?.style.removeProperty('min-height');
    this.#seen.disconnect();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
  }

  /** Brings the advice into view, with the focus on it. */
  reveal(): void {
    this.#section?.scrollIntoView({ block: 'start' });
    this.#section?.focus({ preventScroll: true });
  }

  /** Takes the focus where the button that had it is gone. */
  keepFocus(): void {
    this.#section?.focus({ preventScroll: true });
  }

  get #section(): HTMLElement | null {
    return this.renderRoot.querySelector('section');
  }

  /** What a fix mended needs room no more: nothing below moves up under the learner's eyes. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const section = this.#section;
    if (!section || this.fixed === undefined || !changed.has('fixed') || getComputedStyle(this).overflowY !== 'visible') return;
    section.style.minHeight = `${this.offsetHeight}px`;
    this.#seen.disconnect();
    this.#seen.observe(section);
  }

  protected override updated(): void {
    const error = this.unreadable ?? errorOf(this.diagnosis);
    const fixed = error ? undefined : this.fixed;
    // Without a legend beside it there is nothing to see of it.
    this.toggleAttribute('silent', !error && fixed === undefined && this.renderRoot.querySelector('.notes') === null);
    if (fixed !== undefined && fixed !== this.#told) announce(this, `Fixed: ${fixed}. Undo is here.`);
    this.#told = fixed;
  }

  protected override render() {
    const error = this.unreadable ?? errorOf(this.diagnosis);
    const notes = this.unreadable ? [] : (this.diagnosis?.diagnostics ?? []).filter(({ severity }) => severity !== 'error');
    return html`<section tabindex="-1" aria-labelledby="heading">
      <h2 id="heading" class="visually-hidden">Why, and fixes</h2>
      ${this.fixed === undefined || error ? nothing : this.#fixed(this.fixed)}
      ${error ? this.#error(error) : html`<gru-legend .diagnosis=${this.diagnosis}></gru-legend>`}
      ${notes.length === 0
        ? nothing
        : // By code, so that an open note stays open when another comes before it.
          html`<div class="notes">${repeat(notes, ({ code }) => code, (note) => this.#note(note))}</div>`}
    </section>`;
  }

  #fixed(statement: string) {
    return html`<p class="fixed">
      <span>Fixed: ${statement}</span>
      <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-undo', COMPOSED))}>Undo</button>
    </p>`;
  }

  #error({ exception, message, why, labels, notes, help }: Diagnostic) {
    return html`${exception ? html`<p class="exception"><code>${exception}: ${message}</code></p>` : nothing}
      ${why ? html`<p class="why">${why}</p>` : nothing} ${this.#places(labels)}
      ${help.length === 0
        ? nothing
        : html`<div>
            <h3>${plural(help.length, 'fix', 'fixes')}</h3>
            ${this.#fixes(help)}
          </div>`}
      ${notes.map((note) => html`<p class="why circumstance">Note: ${note}</p>`)}`;
  }

  #places(labels: readonly Label[]) {
    const places = labels.filter(({ place }) => place.part !== 'text');
    if (places.length === 0) return nothing;
    return html`<ul class="places" aria-label="Where">
      ${places.map(({ place, text }) => html`<li><code>${nameOfPlace(place)}</code> ${text}</li>`)}
    </ul>`;
  }

  #note({ severity, exception, message, why, notes, help }: Diagnostic) {
    return html`<details class="note">
      <summary>
        <span class="tag ${severity}">${severity}</span>
        <span>${exception ? html`<code>${exception}: ${message}</code>` : message} <span class="more">why</span></span>
      </summary>
      <div class="body">
        <p class="why">${why}</p>
        ${notes.map((note) => html`<p class="why circumstance">${note}</p>`)} ${help.length === 0 ? nothing : this.#fixes(help)}
      </div>
    </details>`;
  }

  #fixes(fixes: readonly Fix[]) {
    return html`<ul class="fixes">
      ${fixes.map(
        (fix) =>
          html`<li>
            <button
              type="button"
              class="button fix"
              @click=${() => this.#apply(fix)}
              @pointerenter=${() => this.#preview(fix)}
              @pointerleave=${() => this.#preview(undefined)}
              @focus=${() => this.#preview(fix)}
              @blur=${() => this.#preview(undefined)}
            >
              <span>${fix.statement}</span> <code>${fix.code}</code>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #apply(fix: Fix): void {
    this.#preview(undefined);
    this.dispatchEvent(new CustomEvent('gru-fix', { ...COMPOSED, detail: fix }));
  }

  #preview(fix: Fix | undefined): void {
    this.dispatchEvent(new CustomEvent('gru-preview', { ...COMPOSED, detail: fix }));
  }

}

const COMPOSED = { bubbles: true, composed: true } as const;

declare global {
  interface HTMLElementTagNameMap {
    'gru-advice': GruAdvice;
  }
  interface HTMLElementEventMap {
    'gru-fix': CustomEvent<Fix>;
    'gru-preview': CustomEvent<Fix | undefined>;
    'gru-undo': CustomEvent<null>;
  }
}
