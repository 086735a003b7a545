import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ShapeTrace } from '../../engine/engine.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/gru-shape.js';
import type { Module } from '../module.js';
import { stepShapes, type Sized } from './gates.js';
import { gatesLayout, gatesPicture } from './gates-picture.js';
import { whenResized } from '../../ui/resized.js';
import styles from './gru-layer-gates.css?inline';

/**
 * One step of one layer, opened: the products, the gates and the blend, with their equations and shapes.
 *
 * @fires gru-close - when the learner closes it
 */
@customElement('gru-layer-gates')
export class GruLayerGates extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) trace: ShapeTrace | undefined;
  @property({ attribute: false }) module: Module | undefined;
  @property({ type: Number }) layer = 0;

  @state() private _width = 0;

  readonly #resized = whenResized(([entry]) => {
    this._width = Math.floor(entry?.contentRect.width ?? 0);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** The first picture has its size at once, so that nothing jumps. */
  protected override willUpdate(): void {
    if (this.hasUpdated || this._width > 0) return;
    const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(this);
    this._width = Math.floor(this.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd));
  }

  protected override render() {
    const { trace, module, layer } = this;
    const shapes = trace && stepShapes(trace, layer, false);
    if (!module || !shapes) return nothing;
    const plan = gatesLayout(this._width);
    const { bias, bidirectional } = module;
    const [ih, hh] = bias ? ['W_ih x + b_ih', 'W_hh h_prev + b_hh'] : ['W_ih x', 'W_hh h_prev'];
    return html`<section aria-labelledby="title">
      <header>
        <h3 id="title">One step of layer ${layer}${bidirectional ? ', the same in both directions' : ''}</h3>
        <button type="button" class="button quiet" @click=${this.#close}>Close</button>
      </header>
      <svg
        class=${plan.slim ? 'slim' : ''}
        width=${plan.width}
        height=${plan.height}
        viewBox="0 0 ${plan.width} ${plan.height}"
        role="img"
        aria-label=${PICTURE}
      >
        ${gatesPicture(plan, bias, layer === 0)}
      </svg>
      <ul>
        ${trace.equations.map(
          ({ text, words }) => html`<li><code>${text}</code><span class="words">${words}</span></li>`,
        )}
      </ul>
      <dl class="shapes">
        ${this.#shape('x', layer === 0 ? 'one step of the input' : `one step of layer ${layer - 1}`, shapes.x)}
        ${this.#shape(ih, 'all steps at once, r, z, n stacked', shapes.inputProduct)}
        ${this.#shape(hh, 'step by step, r, z, n stacked', shapes.hiddenProduct)}
        ${this.#shape('r, z, n, h_prev, h', 'each', shapes.h)}
      </dl>
    </section>`;
  }

  #shape(name: string, words: string, { shape, axes }: Sized) {
    return html`<div>
      <dt><code>${name}</code> ${words}</dt>
      <dd><gru-shape annotated .shape=${shape} .axes=${axes}></gru-shape></dd>
    </div>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gru-close'));
  }
}

const PICTURE =
  'x and h_prev, the state before, are each multiplied into three parts. The first parts make the reset gate r, the second the update ' +
  'gate z, the third the candidate n, whose part of h_prev is first multiplied by r. The state after the step, h, mixes n and h_prev by z.';
