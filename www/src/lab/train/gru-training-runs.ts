import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { plural } from '../../ui/numbers.js';
import type { Run } from './runs.js';
import { namesOf } from './state.js';
import styles from './gru-training-runs.css?inline';

/**
 * The runs whose curves are drawn, with what tells them apart.
 *
 * @fires gru-run-settings - the settings of a run are to be set again
 * @fires gru-run-forget - a run is no longer wanted
 */
@customElement('gru-training-runs')
export class GruTrainingRuns extends LitElement {
  static override styles = [baseStyles, buttonStyles, axisStyles, unsafeCSS(styles)];

  @property({ attribute: false }) runs: readonly Run[] = [];
  /** Changes with every step that is told, for the runs are the same objects. */
  @property({ type: Number }) told = 0;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override render() {
    const { runs } = this;
    const names = namesOf(runs.map(({ setup }) => setup));
    return html`<p class="key">Solid: the loss of each training step. Dashed: validation, every 5 training steps. The figures are those of the last fifth of a run.</p>
      <ul aria-label="Runs">
        ${repeat(runs, ({ letter }) => letter, (run, index) => this.#run(run, names[index] ?? ''))}
      </ul>`;
  }

  #run(run: Run, name: string) {
    const { letter, tone } = run;
    return html`<li data-axis=${tone}>
      <span class="letter">${letter}</span><span class="line"></span>
      <span class="what"><code>${name}</code></span>
      <span class="end tabular ${run.status === 'broken' ? 'broken' : ''}">${ending(run)}</span>
      <button type="button" class="button" aria-label="Use its settings: run ${letter}" @click=${() => this.#tell('gru-run-settings', run)}>
        Use its settings
      </button>
      <button type="button" class="button" aria-label="Forget run ${letter}" @click=${() => this.#tell('gru-run-forget', run)}>Forget</button>
    </li>`;
  }

  #tell(name: 'gru-run-settings' | 'gru-run-forget', run: Run): void {
    this.dispatchEvent(new CustomEvent(name, { detail: run }));
  }
}

/** How far a run came, with its figures once it has ended. */
function ending({ status, losses, report }: Run): string {
  const steps = plural(losses.length, 'training step');
  if (status === 'broken') return `broke after ${steps}`;
  const figures = report?.finding.figures;
  return figures ? `${steps}: training ${figures.training_text}, validation ${figures.validation_text === '' ? 'none' : figures.validation_text}` : steps;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-training-runs': GruTrainingRuns;
  }
  interface HTMLElementEventMap {
    'gru-run-settings': CustomEvent<Run>;
    'gru-run-forget': CustomEvent<Run>;
  }
}
