import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ComputedView, Engine, ResultLine, Role, ShapeTrace } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import '../ui/gru-shape.js';
import { emit } from './events.js';

/** The tensors whose axes the trace names. */
const ROLES: Readonly<Record<string, Role | undefined>> = { 'out.shape': 'output', 'h_n.shape': 'h_n' };

/** Something that the core computed just now, with the call to be opened in the playground. */
@customElement('gru-quiz-computed')
export class GruQuizComputed extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }

      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        gap: var(--gru-space-1) var(--gru-space-3);
        padding: var(--gru-space-3) var(--gru-space-4);
        border: 1px solid var(--gru-line);
        border-radius: var(--gru-radius-s);
        background: var(--gru-sunken);
      }

      figcaption {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-s);
      }

      .button {
        /* The bar with Next does not cover it when it has the focus. */
        scroll-margin-block-end: 6rem;
        grid-row: 1 / span 2;
        grid-column: 2;
      }

      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 0 var(--gru-space-4);
        font: 400 var(--gru-text-s) / 1.75 var(--gru-mono);
        font-variant-numeric: tabular-nums;
      }

      dt {
        color: var(--gru-ink-2);
      }

      .error {
        color: var(--gru-error);
        font: 500 var(--gru-text-s) / 1.5 var(--gru-mono);
        overflow-wrap: anywhere;
      }

      @media (max-width: 30rem) {
        figure {
          grid-template-columns: minmax(0, 1fr);
        }

        .button {
          grid-area: auto;
          justify-self: start;
        }

        dl {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) computed!: ComputedView;
  @property({ attribute: false }) engine: Engine | undefined;

  protected override render() {
    const { label, call, results, error } = this.computed;
    return html`<figure>
      <figcaption>${label}</figcaption>
      ${error
        ? html`<p class="error">${error}</p>`
        : html`<dl>
            ${results.map((line) => html`<dt>${line.expression}</dt><dd>${this.#value(line)}</dd>`)}
          </dl>`}
      <button class="button" type="button" aria-label="Try it: ${label}" @click=${() => { emit(this, 'gru-try', call); }}>
        Try it
      </button>
    </figure>`;
  }

  /** A printed shape in its axes' colours, where the trace knows the tensor; any other value as it is. */
  #value({ expression, text }: ResultLine) {
    const role = ROLES[expression];
    const tensor = role && this.#trace()?.tensors.find((traced) => traced.role === role);
    if (!tensor || `torch.Size([${tensor.shape.join(', ')}])` !== text) return text;
    return html`<gru-shape form="size" annotated .shape=${tensor.shape} .axes=${tensor.axes}></gru-shape>`;
  }

  #trace(): ShapeTrace | null | undefined {
    return this.engine?.diagnose(this.computed.call).trace;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-computed': GruQuizComputed;
  }
}
