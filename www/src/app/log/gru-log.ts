import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AttemptSource, AttemptTools, Engine, ItemCount } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { plural } from '../../ui/numbers.js';
import { canSave, saveFile } from '../../ui/save-file.js';
import { ScrollStops } from '../../ui/scroll-stops.js';
import { tableBox, type Cell } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { fieldLength, typedIn } from '../../ui/typed.js';
import { forgetLearner } from '../privacy/kept.js';
import { LOG_KEY, keeper } from './keeper.js';
import styles from './gru-log.css?inline';

const LONGEST_NAME = 80;
/** A larger file is no log; the core says so of what is just below. */
const MOST_BYTES = 20_000_000;

const SOURCES: Readonly<Record<AttemptSource, string>> = {
  challenge: 'Challenge',
  practice: 'Practice',
  station: 'Path',
  placement: 'Placement',
  form: 'Before and after',
};

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** What the learner answered on this page, counted; the files of it, and how all of it goes. */
@customElement('gru-log')
export class GruLog extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'attempts'>;

  /** What is asked before it is done. */
  @state() private _asked: 'delete' | 'learner' | undefined;
  /** What became of a file. */
  @state() private _told: readonly string[] = [];

  #stopListening: (() => void) | undefined;

  constructor() {
    super();
    new KeepFocus(this);
    new ScrollStops(this, '.scroll');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // An answer may still be on its way into the log.
    this.#stopListening = keeper.listen(() => { this.requestUpdate(); });
    addEventListener('storage', this.#heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    removeEventListener('storage', this.#heard);
  }

  /** Another tab wrote it. */
  readonly #heard = ({ key }: StorageEvent): void => {
    if (key === LOG_KEY || key === null) this.requestUpdate();
  };

  get #tools(): AttemptTools {
    return this.engine.attempts;
  }

  protected override render() {
    const counts = this.#tools.count(keeper.text);
    const { answered, right, items, learner } = counts;
    return html`<h1 tabindex="-1">Your answers</h1>
      <p>
        What you answer on this page is kept in this browser and goes nowhere else, unless you hand a file of it to somebody.
        ${keeper.keeps ? nothing : html`<strong>This browser keeps nothing for this page: the answers are gone when you close this tab.</strong>`}
      </p>
      <p class="sum">${answered === 0 ? 'There are no answers yet.' : `${plural(answered, 'answer')}, ${right} right.`}</p>
      ${answered === 0 ? html`<p><a class="button primary" href="#challenge">Take the challenge</a> <a class="button" href="#measure">Before and after</a></p>` : this.#table(items)}
      <div class="name">
        <label for="learner">Your name, for the files; it may stay empty</label>
        <input id="learner" type="text" autocomplete="off" maxlength=${fieldLength(LONGEST_NAME)} .value=${live(learner)} @change=${this.#name} />
      </div>
      ${this.#files(answered)} ${this.#ends(answered)}`;
  }

  #table(items: readonly ItemCount[]) {
    const row = ({ source, item, answered, right, last, last_right: lastRight }: ItemCount): Cell[] => [
      { value: item, shown: html`<code>${item}</code>` },
      SOURCES[source],
      { value: answered, shown: String(answered) },
      { value: right, shown: String(right) },
      lastRight ? 'right' : 'wrong',
      { value: last, shown: html`<time datetime=${last}>${WHEN.format(new Date(last))}</time>` },
    ];
    return tableBox({
      label: 'Your answers by question',
      caption: 'Each question with how often you answered it, how often rightly, and the last answer',
      columns: [{ name: 'question' }, { name: 'where' }, { name: 'answered', kind: 'number' }, { name: 'right', kind: 'number' }, { name: 'last' }, { name: 'when' }],
      rows: items.map(row),
    });
  }

  #files(answered: number) {
    const saves = canSave();
    return html`<section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <p>A spreadsheet reads CSV. JSON has everything, and this page takes it in again, in this browser or another.</p>
      <div class="buttons">
        <button type="button" class="button" ?disabled=${answered === 0 || !saves} @click=${() => { this.#save('csv'); }}>Save as CSV</button>
        <button type="button" class="button" ?disabled=${answered === 0 || !saves} @click=${() => { this.#save('json'); }}>Save as JSON</button>
        <button type="button" class="button" @click=${this.#choose}>Take in a JSON file</button>
        <input type="file" hidden accept=".json,application/json" @change=${this.#chosen} />
      </div>
      ${saves ? nothing : html`<p>This browser takes no downloads from here.</p>`}
      ${keeper.aside === undefined
        ? nothing
        : html`<p>
            Answers that this version of the page could not read were set aside unchanged.
            <button type="button" class="button" ?disabled=${!saves} @click=${() => { saveFile(new Blob([keeper.aside ?? ''], { type: 'application/json' }), 'gru-playground-answers-set-aside.json'); }}>Save them as a file</button>
          </p>`}
      ${this._told.length > 0 ? html`<ul class="told">${this._told.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}
    </section>`;
  }

  #ends(answered: number) {
    if (this._asked === 'delete') {
      return html`<section class="ends" aria-label="Delete the answers">
        <p>${plural(answered, 'answer')} will be gone. Your run of the challenge and your settings stay.</p>
        <button type="button" class="button primary" @click=${this.#delete}>Delete the answers</button>
        <button type="button" class="button" @click=${this.#unask}>Keep them</button>
      </section>`;
    }
    if (this._asked === 'learner') {
      return html`<section class="ends" aria-label="A new learner">
        <p>
          Answers, the run of the challenge, and all else that the last learner did here are deleted from this browser, so that the next
          learner sees nothing of it. ${answered > 0 ? 'Whoever wants to keep the answers saves them as a file first.' : nothing}
        </p>
        ${answered > 0 && canSave() ? html`<button type="button" class="button primary" @click=${this.#saveAndBegin}>Save as JSON, then begin anew</button>` : nothing}
        <button type="button" class="button" @click=${this.#begin}>Begin anew without a file</button>
        <button type="button" class="button" @click=${this.#unask}>Go on as before</button>
      </section>`;
    }
    return html`<section class="ends" aria-labelledby="ends">
      <h2 id="ends">Do others use this computer?</h2>
      <p>Who opens this page in this browser after you sees your answers, until they are deleted.</p>
      <button type="button" class="button" @click=${() => { void this.#ask('learner'); }}>A new learner begins</button>
      ${answered > 0 ? html`<button type="button" class="button" @click=${() => { void this.#ask('delete'); }}>Delete the answers</button>` : nothing}
      <p><a href="#privacy">What this page keeps</a></p>
    </section>`;
  }

  readonly #name = ({ target }: Event): void => {
    keeper.write(this.#tools.name(keeper.text, typedIn(target as HTMLInputElement, LONGEST_NAME).text));
    this.requestUpdate();
  };

  #save(kind: 'csv' | 'json'): void {
    const text = kind === 'csv' ? this.#tools.csv(keeper.text) : (keeper.text ?? '');
    saveFile(new Blob([text], { type: kind === 'csv' ? 'text/csv' : 'application/json' }), `gru-playground-answers.${kind}`);
    announce(this, `The answers are saved as ${kind.toUpperCase()}.`);
  }

  readonly #choose = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #chosen = async ({ target }: Event): Promise<void> => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (!file) return;
    const { refusal, change } = this.#tools.take(keeper.text, file.size > MOST_BYTES ? ' '.repeat(MOST_BYTES) : await file.text());
    if (change) keeper.write(change);
    const told = change
      ? [
          change.added === 0 ? 'The file has no answer that is not here already.' : `${plural(change.added, 'answer')} came in.`,
          ...(change.left > 0 ? [`${plural(change.left, 'answer')} of the oldest left: no more than 5\u202f000 are kept.`] : []),
          ...change.faults,
        ]
      : [refusal ?? ''];
    this._told = told.slice(0, 12);
    if (told.length > 12) this._told = [...this._told, `${told.length - 12} more are like that.`];
    announce(this, told.slice(0, 3).join(' '), refusal !== null);
  };

  async #ask(what: 'delete' | 'learner'): Promise<void> {
    this._asked = what;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.ends button')?.focus();
  }

  readonly #unask = async (): Promise<void> => {
    this._asked = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.ends button')?.focus();
  };

  readonly #delete = async (): Promise<void> => {
    keeper.forget();
    this._told = [];
    announce(this, 'The answers are deleted.');
    await this.#unask();
  };

  readonly #saveAndBegin = (): void => {
    this.#save('json');
    void this.#begin();
  };

  readonly #begin = async (): Promise<void> => {
    keeper.forget();
    // A page that is loaded anew before that would keep the weights.
    await forgetLearner();
    announce(this, 'Everything of the last learner is deleted; the page is loaded anew.');
    // What the tab has set goes with the entry of its history; a download that was asked for goes on.
    history.replaceState(null, '', location.pathname + location.search);
    location.reload();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-log': GruLog;
  }
}
