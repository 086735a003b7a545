import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Axis, Diagnosis } from '../engine/engine.js';
import { AXES, AXIS_ORDER, STACK } from '../ui/axes.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { formatCount } from '../ui/numbers.js';
import '../ui/gru-axis.js';
import styles from './gru-legend.css?inline';

/** What an axis counts, where there is room for it: its sentence without what stands beside it. */
function sentence({ sentence: whole }: { readonly sentence: string }) {
  return html`<dd class="sentence">${/: (.*?\.)/.exec(whole)?.[1]}</dd>`;
}

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
          <dt><gru-axis axis=${axis}></gru-axis></dt>
          <dd class="words">${AXES[axis].words}</dd>
          <dd><span class="axis size">${size === undefined ? 'none' : formatCount(size)}</span></dd>
          ${sentence(AXES[axis])}
        </div>`;
      })}
      <div class="entry stack" data-axis="D">
        <dt><gru-axis axis="D" letters=${STACK.letters}></gru-axis></dt>
        <dd class="words">${STACK.words}</dd>
        <dd><span class="axis size">${stacked === undefined ? 'none' : formatCount(stacked)}</span></dd>
        ${sentence(STACK)}
      </div>
    </dl>`;
  }
}
