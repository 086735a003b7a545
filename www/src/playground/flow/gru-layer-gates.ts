import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ShapeTrace } from '../../engine/engine.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/gru-shape.js';
import type { Module } from '../module.js';
import { equations, stepShapes, type Sized } from './gates.js';
import { gatesLayout, gatesPicture } from './gates-picture.js';

/**
 * One step of one layer, opened: the products, the gates and the blend, with their equations and shapes.
 *
 * @fires gru-close - when the learner closes it
 */
@customElement('gru-layer-gates')
export class GruLayerGates extends LitElement {
  static override styles = [
    baseStyles,
    axisStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        margin-block: var(--gru-space-2) var(--gru-space-3);
        padding: var(--gru-space-4);
        border: 1px solid var(--gru-line);
        border-radius: var(--gru-radius-m);
        background: var(--gru-sunken);
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gru-space-2);
        margin-bottom: var(--gru-space-3);
      }

      h3 {
        font-size: var(--gru-text-s);
        font-weight: 600;
      }

      svg {
        display: block;
        margin: 0 auto var(--gru-space-4);
        font: 500 13px var(--gru-mono);
        overflow: visible;
      }

      rect {
        fill: var(--gru-panel);
        stroke: var(--axis);
        stroke-width: calc(1.25px + var(--axis-lit) * 1.5px);
      }

      .product rect {
        fill: color-mix(in srgb, var(--axis) 5%, var(--gru-panel));
        stroke: color-mix(in srgb, var(--axis) 40%, transparent);
        stroke-width: 1;
      }

      .frame {
        fill: none;
        stroke: var(--axis-H_out);
      }

      svg text {
        fill: var(--gru-ink);
      }

      .product text {
        font-size: 12px;
      }

      .times {
        font-size: 12px;
        paint-order: stroke;
        stroke: var(--gru-sunken);
        stroke-width: 5px;
      }

      .link {
        fill: none;
        stroke: var(--gru-line-strong);
        stroke-width: 1.5;
      }

      .link.reset,
      .link.state {
        stroke-dasharray: 4 3;
      }

      .link.state {
        stroke: var(--axis-H_out);
      }

      ul {
        display: grid;
        gap: var(--gru-space-1) var(--gru-space-4);
        font-size: var(--gru-text-s);
      }

      li {
        display: grid;
        grid-template-columns: minmax(0, 27rem) minmax(0, 1fr);
        align-items: baseline;
        gap: 0 var(--gru-space-4);
      }

      .words {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      .shapes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gru-space-2) var(--gru-space-5);
        margin-block: var(--gru-space-4) 0;
        padding-top: var(--gru-space-3);
        border-top: 1px solid var(--gru-line);
      }

      dt {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      dt code {
        color: var(--gru-ink);
      }

      dd gru-shape {
        font-size: var(--gru-text-s);
      }

      @media (max-width: 48rem) {
        :host {
          padding: var(--gru-space-3);
        }

        li {
          grid-template-columns: minmax(0, 1fr);
          margin-bottom: var(--gru-space-2);
        }
      }
    `,
  ];

  @property({ attribute: false }) trace: ShapeTrace | undefined;
  @property({ attribute: false }) module: Module | undefined;
  @property({ type: Number }) layer = 0;

  @state() private _width = 0;

  readonly #resized = new ResizeObserver(([entry]) => {
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

  protected override render() {
    const { trace, module, layer } = this;
    const shapes = trace && stepShapes(trace, layer, false);
    if (!module || !shapes) return nothing;
    const plan = gatesLayout(this._width);
    const { bias, bidirectional } = module;
    const [ih, hh] = bias ? ['W_ih x + b_ih', 'W_hh h + b_hh'] : ['W_ih x', 'W_hh h'];
    return html`<section aria-labelledby="title">
      <header>
        <h3 id="title">One step of layer ${layer}${bidirectional ? ', the same in both directions' : ''}</h3>
        <button type="button" class="button quiet" @click=${this.#close}>Close</button>
      </header>
      <svg width=${plan.width} height=${plan.height} role="img" aria-label=${PICTURE}>
        ${gatesPicture(plan, bias, layer === 0)}
      </svg>
      <ul>
        ${equations(module).map(
          ({ text, words }) => html`<li><code>${text}</code><span class="words">${words}</span></li>`,
        )}
      </ul>
      <dl class="shapes">
        ${this.#shape('x', layer === 0 ? 'one step of the input' : `one step of layer ${layer - 1}`, shapes.x)}
        ${this.#shape(ih, 'all steps at once, r, z, n stacked', shapes.inputProduct)}
        ${this.#shape(hh, 'step by step, r, z, n stacked', shapes.hiddenProduct)}
        ${this.#shape("r, z, n, h, h'", 'each', shapes.h)}
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
  'x and the old state h are each multiplied into three parts. The first parts make the reset gate r, the second the update ' +
  "gate z, the third the new state n, whose part of h is first multiplied by r. The state after the step, h', blends n and h by z.";

declare global {
  interface HTMLElementTagNameMap {
    'gru-layer-gates': GruLayerGates;
  }
}
