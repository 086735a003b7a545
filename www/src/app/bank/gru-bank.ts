import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { BankCheck, BankFinding, Engine } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { FileDrop } from '../../ui/file-drop.js';
import { formStyles } from '../../ui/form.styles.js';
import { plural } from '../../ui/numbers.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { RunController, type RunStatus } from '../../ui/run-controller.js';
import { keepBank, keptBank } from './kept.js';
import styles from './gru-bank.css?inline';

/** A larger file is no bank: the check would refuse it. */
const MOST_BYTES = 16_000_000;
/** So many findings are shown; who mends them sees the next. */
const MOST_SHOWN = 100;

/** A bank that was checked. */
interface Checked {
  readonly text: string;
  readonly report: BankCheck;
}

/** A teacher's own questions, checked as `cargo xtask quiz check` does: their form, and their keys, which the core executes. */
@customElement('gru-bank')
export class GruBank extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, progressStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'lab'>;

  @state() private _text = keptBank() ?? '';
  /** Why a file was not read. */
  @state() private _refusal = '';

  readonly #runs = new RunController<Checked>(this, 'The check');
  readonly #file = new FileDrop(this, (file) => { void this.#read(file); });

  protected override render() {
    const { run, status } = this.#runs;
    return html`<h1 tabindex="-1">Check your questions</h1>
      <p>
        Paste a bank of questions or drop its file here. Its form is checked, and its keys are executed: a wrong answer key is told with its line. It is
        read in this browser and goes nowhere. The questions of this page’s own challenge show the form.
      </p>
      <div class=${this.#file.above ? 'dropping' : ''}>
        <label for="text">The bank, in TOML</label>
        <textarea id="text" rows="14" spellcheck="false" autocomplete="off" wrap="off" .value=${live(this._text)} @input=${this.#type}></textarea>
        <div class="actions">
          <button type="button" class="button primary" ?disabled=${this._text.trim() === ''} @click=${this.#check}>Check it</button>
          <button type="button" class="button" @click=${this.#choose}>Choose a file</button>
          ${this._text.trim() === '' ? html`<button type="button" class="button" @click=${() => { void this.#example(); }}>Begin with the challenge’s own</button>` : nothing}
          <input type="file" hidden accept=".toml,.txt,text/plain" @change=${this.#chosen} />
          ${this.#waiting(status)}
        </div>
      </div>
      ${this._refusal === '' ? nothing : html`<p class="problem">${this._refusal}</p>`}
      ${run && status.kind === 'settled' ? this.#report(run) : nothing}`;
  }

  #waiting(status: RunStatus) {
    if (status.kind === 'running') return html`<span>Checking</span> <button type="button" class="button" @click=${() => { this.#runs.cancel(); }}>Cancel</button>`;
    if (status.kind === 'cancelled') return html`<span>Cancelled.</span>`;
    return status.kind === 'failed' ? html`<span class="problem">${status.message}</span>` : nothing;
  }

  #report({ text, report }: Checked) {
    const { questions, computed, findings } = report;
    const shown = findings.slice(0, MOST_SHOWN);
    return html`<section aria-labelledby="report">
      <h2 id="report" tabindex="-1">${summary(report)}</h2>
      ${questions > 0 ? html`<p>${plural(questions, 'question')}; the core computes the key of ${computed}.</p>` : nothing}
      ${text === this._text ? nothing : html`<p class="stale">The text has changed since; check it again.</p>`}
      ${shown.length === 0
        ? nothing
        : html`<ol class="findings">
            ${shown.map(
              (finding) => html`<li class=${finding.severity}>
                <button type="button" class="button place" @click=${() => { this.#go(finding); }}>Line ${finding.line}, column ${finding.column}</button>
                <span><b>${finding.severity === 'error' ? 'Error' : 'Note'}</b>${whose(finding)}: ${finding.message}</span>
              </li>`,
            )}
          </ol>`}
      ${findings.length > MOST_SHOWN ? html`<p>${findings.length - MOST_SHOWN} more are not shown.</p>` : nothing}
    </section>`;
  }

  readonly #type = ({ target }: Event): void => {
    this._text = (target as HTMLTextAreaElement).value;
    this._refusal = '';
    keepBank(this._text);
  };

  readonly #choose = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #chosen = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) void this.#read(file);
  };

  /** The bank of the challenge is an ordinary one. */
  async #example(): Promise<void> {
    this._text = (await import('../../../../crate/quiz/src/bank.toml?raw')).default;
    keepBank(this._text);
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  async #read(file: File): Promise<void> {
    if (file.size > MOST_BYTES) {
      this._refusal = `${file.name} has more than 16 MB; a bank has at most that.`;
      announce(this, this._refusal, true);
      return;
    }
    this._text = await file.text();
    this._refusal = '';
    keepBank(this._text);
    this.#check();
  }

  readonly #check = (): void => {
    const text = this._text;
    const { lab } = this.engine;
    this.#runs.want({
      key: text,
      weight: 'heavy',
      run: async ({ signal }) => {
        const report = await lab.ask('checkBank', text, { signal });
        announce(this, summary(report));
        return { text, report };
      },
    });
  };

  /** Leads to the place in the text. */
  #go({ line, column }: BankFinding): void {
    const area = this.renderRoot.querySelector('textarea');
    if (!area) return;
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const from = start + column - 1;
    area.focus();
    area.setSelectionRange(from, start + (lines[line - 1]?.length ?? 0));
    area.scrollTop = ((line - 3) * area.scrollHeight) / lines.length;
  }
}

/** What came of a check, in a sentence. */
function summary({ findings }: BankCheck): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const notes = findings.length - errors;
  if (errors > 0) return `${plural(errors, 'error')}${notes > 0 ? `, ${plural(notes, 'note')}` : ''}`;
  return notes > 0 ? `No error; ${plural(notes, 'note')}` : 'No error';
}

function whose({ question, option }: BankFinding): string {
  if (question === null) return '';
  return option === null ? ` in question “${question}”` : ` in question “${question}”, option “${option}”`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-bank': GruBank;
  }
}
