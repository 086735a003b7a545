import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Diagnosis, Diagnostic, TracedTensor } from '../engine/engine.js';
import { formatShape } from '../state/python.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { asSentence, errorWords, whyAndFixes } from '../ui/error-words.js';
import { plural } from '../ui/numbers.js';
import '../ui/gru-shape.js';
import { ScrollStops } from '../ui/scroll-stops.js';
import styles from './gru-result.css?inline';

/** A screen reader hears the result once the numbers stand still. */
const QUIET_MS = 700;

/** The error of a diagnosis, which is its first diagnostic where there is one. */
export function errorOf(diagnosis: Diagnosis | undefined): Diagnostic | undefined {
  return diagnosis?.diagnostics.find(({ severity }) => severity === 'error');
}

/**
 * What the code prints: the shapes of out and h_n, or the exception.
 *
 * @fires gru-show-advice - the way to why and fixes is asked for, where they are not beside it
 * @fires gru-why - why h_n has its shape is asked for
 */
@customElement('gru-result')
export class GruResult extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) diagnosis: Diagnosis | undefined;
  /** What is wrong with a typed text, so that there is no call to answer. */
  @property({ attribute: false }) unreadable: Diagnostic | undefined;

  /** Whether why and fixes stand beside it. */
  @property({ type: Boolean }) advised = false;

  /** Whether it can be told why h_n has its shape. */
  @property({ type: Boolean }) explained = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new ScrollStops(this, 'dd, .exception');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('diagnosis') && !changed.has('unreadable')) return;
    clearTimeout(this.#timer);
    // The first result is read with the page; only changes are spoken.
    if (this.hasUpdated) this.#timer = setTimeout(() => { announce(this, this.#words()); }, QUIET_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    const error = this.unreadable ?? errorOf(this.diagnosis);
    return html`<section aria-labelledby="heading" class=${error ? 'error' : ''}>
      <h2 id="heading" class="visually-hidden">Result</h2>
      ${error ? this.#exception(error) : html`<dl class="printed">${this.#tensors().map((tensor) => this.#printed(tensor))}</dl>`}
    </section>`;
  }

  #tensors(): TracedTensor[] {
    const { tensors = [] } = this.diagnosis?.trace ?? {};
    return tensors.filter(({ role }) => role === 'output' || role === 'h_n');
  }

  #printed({ role, shape, axes }: TracedTensor) {
    return html`<div class="entry">
      <dt>${nameOf(role)}.shape ${role === 'h_n' && this.explained ? html`<button type="button" class="why" aria-label="Why h_n has this shape" @click=${this.#why}>why</button>` : nothing}</dt>
      <dd><gru-shape form="size" annotated .shape=${shape} .axes=${axes}></gru-shape></dd>
    </div>`;
  }

  #exception({ exception, message, help }: Diagnostic) {
    return html`${exception
        ? html`<p class="exception"><span class="class">${exception}:</span> ${message}</p>`
        : html`<p class="unreadable">A shape cannot be read: ${asSentence(message)}</p>`}
      ${help.length === 0
        ? html`<button type="button" class="button more" @click=${this.#showAdvice}>Why</button>`
        : html`<button type="button" class="button more" aria-label=${whyAndFixes(help.length)} @click=${this.#showAdvice}>
            ${plural(help.length, 'fix', 'fixes')}
          </button>`}`;
  }

  #words(): string {
    const error = this.unreadable ?? errorOf(this.diagnosis);
    if (error) {
      const { exception, message, help } = error;
      return errorWords(exception ?? 'A shape cannot be read', message, help.length, this.advised ? 'at the next heading, Why, and fixes' : '');
    }
    return this.#tensors()
      .map(({ role, shape }) => `${nameOf(role)} ${formatShape(shape)}`)
      .join(', ');
  }

  readonly #why = (): void => {
    this.dispatchEvent(new CustomEvent('gru-why', { bubbles: true, composed: true }));
  };

  readonly #showAdvice = (): void => {
    this.dispatchEvent(new CustomEvent('gru-show-advice', { bubbles: true, composed: true }));
  };
}

function nameOf(role: TracedTensor['role']): string {
  return role === 'h_n' ? 'h_n' : 'out';
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-result': GruResult;
  }
  interface HTMLElementEventMap {
    'gru-show-advice': CustomEvent<null>;
    'gru-why': CustomEvent<null>;
  }
}
