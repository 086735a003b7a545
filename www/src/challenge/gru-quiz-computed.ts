import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ComputedView, Engine, ResultLine, Role, ShapeTrace } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import '../ui/gru-shape.js';
import { emit } from './events.js';
import styles from './gru-quiz-computed.css?inline';

/** The tensors whose axes the trace names. */
const ROLES: Readonly<Record<string, Role | undefined>> = { 'out.shape': 'output', 'h_n.shape': 'h_n' };

/** Something that the core computed just now, with the call to be opened in the playground. */
@customElement('gru-quiz-computed')
export class GruQuizComputed extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

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
