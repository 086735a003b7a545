import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Axis, Diagnosis } from '../engine/engine.js';
import { AXES, AXIS_ORDER, STACK } from '../ui/axes.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { formatCount } from '../ui/numbers.js';
import '../ui/gru-axis.js';
import styles from './gru-legend.css?inline';

/** What each letter stands for, and how large it is now. */
@customElement('gru-legend')
export class GruLegend extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

  @property({ attribute: false }) diagnosis: Diagnosis | undefined;

  protected override render() {
    const { module, trace } = this.diagnosis ?? {};
    if (!module || !trace) return nothing;
    const sizes: Record<Axis, number | undefined> = {
      L: trace.seq_len,
      N: trace.batched ? trace.batch : undefined,
      H_in: module.input_size,
      H_out: module.hidden_size,
      D: module.bidirectional ? 2 : 1,
    };
    const stacked = trace.tensors.find(({ role }) => role === 'h_n')?.shape[0];
    return html`<dl>
      ${AXIS_ORDER.map((axis) => {
        const size = sizes[axis];
        return html`<div class="entry" data-axis=${axis}>
          <dt><gru-axis axis=${axis} focusable></gru-axis></dt>
          <dd class="words">${AXES[axis].words}</dd>
          <dd><span class="axis size">${size === undefined ? 'none' : formatCount(size)}</span></dd>
        </div>`;
      })}
      <div class="entry stack" data-axis="D">
        <dt><gru-axis axis="D" letters=${STACK.letters} focusable></gru-axis></dt>
        <dd class="words">${STACK.words}</dd>
        <dd><span class="axis size">${stacked === undefined ? 'none' : formatCount(stacked)}</span></dd>
      </div>
    </dl>`;
  }
}
