import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { LitElement, html, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TaskName } from '../../engine/lab/train.js';
import { tableView } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { exampleRows, type StepShown } from './examples.js';
import styles from './gru-training-examples.css?inline';

/** Which steps count, in words. */
const SAY: Readonly<Record<TaskName, string>> = {
  recall: 'The framed token, the first, is the one to tell; all others only push it out of memory.',
  adding: 'Two numbers are framed: those are marked in the input, and their sum is to be told.',
  order: 'The two framed values are the marks, +1 and \u22121; all others are noise.',
  sine: 'Every time step counts: from the values so far the next one follows.',
};

const [WIDTH, HEIGHT] = [112, 28];

/** Samples that the model is not trained on: what it reads, what is right, and what it says. */
@customElement('gru-training-examples')
export class GruTrainingExamples extends LitElement {
  static override styles = [baseStyles, tableStyles, unsafeCSS(styles)];

  @property() task: TaskName = 'adding';
  @property({ attribute: false }) x: readonly number[] = [];
  @property({ attribute: false }) y: readonly number[] = [];
  /** The steps of each from which the answer follows. */
  @property({ attribute: false }) counts: readonly (readonly number[])[] = [];
  @property({ attribute: false }) predictions: Float32Array | undefined;

  protected override render() {
    const { x, y, counts, predictions } = this;
    const rows = exampleRows(this.task, { x, y, counts, predictions });
    if (rows.length === 0) return html`<p>These settings have no examples.</p>`;
    const judged = rows.some(({ right }) => right !== undefined);
    return html`<p class="say">${SAY[this.task]}</p>${tableView({
      label: 'Examples',
      columns: [{ name: 'It reads' }, { name: 'Right is', kind: 'number' }, { name: 'It says', kind: 'number' }, ...(judged ? [{ name: 'Verdict' }] : [])],
      rows: rows.map(({ steps, input, wave, target, answer, right }) => [
        {
          value: wave.length > 1 ? wave.join(' ') : input,
          shown: html`<span class="reads">${wave.length > 1 ? this.#wave(wave) : nothing}
            <span class="steps">${steps.map((step) => html`${this.#step(step)} `)}</span>
            ${this.task === 'adding' || this.task === 'order' ? html`<span class="what">${input}</span>` : nothing}</span>`,
        },
        target,
        { value: answer, shown: answer === '' ? 'nothing yet' : answer },
        ...(right === undefined
          ? []
          : [{ value: right ? 'right' : 'wrong', shown: html`<span class=${right ? 'right' : 'wrong'}>${right ? '✓ right' : '✗ wrong'}</span>` }]),
      ]),
    })}`;
  }

  /** A step's value; one that counts is framed and pointed at, for its colour alone would not say it. */
  #step(step: StepShown) {
    if ('skipped' in step) return html`<span class="skipped">… ${step.skipped} more …</span>`;
    return html`<span class=${step.counts ? 'step counts' : 'step'}>${step.text}${step.counts ? html`<span class="visually-hidden"> (counts)</span>` : nothing}</span>`;
  }

  #wave(values: readonly number[]) {
    const x = scaleLinear([0, values.length - 1], [2, WIDTH - 2]);
    const y = scaleLinear([-1, 1], [HEIGHT - 3, 3]).clamp(true);
    const path = line<number>((_, at) => x(at), (value) => y(value)).digits(1)(values);
    return svg`<svg aria-hidden="true" width=${WIDTH} height=${HEIGHT}><path d=${path} /></svg>`;
  }
}
