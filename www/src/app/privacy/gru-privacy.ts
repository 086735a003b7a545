import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { plural } from '../../ui/numbers.js';
import { tableBox, type Cell } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { KEEPINGS, REST, bytesOf, bytesOfRest, deleteEverything, filesKept, hasWeights, ours, storeOf, type Place } from './kept.js';
import styles from './gru-privacy.css?inline';

const STAYS: Readonly<Record<Place, string>> = {
  'this browser': 'until you delete it',
  'this tab': 'until the tab is closed',
  'the address': 'as long as you keep the address',
};

/** What this page keeps, where and how long, what there is of it now, and the way to delete all of it. */
@customElement('gru-privacy')
export class GruPrivacy extends LitElement {
  static override styles = [baseStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @state() private _weights = false;
  @state() private _files = 0;
  @state() private _asked = false;
  @state() private _deleting = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  async #look(): Promise<void> {
    [this._weights, this._files] = await Promise.all([hasWeights(), filesKept()]);
  }

  protected override render() {
    return html`<h1>What this page keeps</h1>
      <p>
        No server takes part: nothing that you type, drop or answer leaves this browser, and nobody is counted. What the page keeps, it keeps here.
        Who uses this computer after you can see it, unless you delete it.
      </p>
      ${tableBox({
        label: 'What is kept',
        columns: [{ name: 'What' }, { name: 'Where' }, { name: 'How long' }, { name: 'Now' }],
        rows: this.#rows(),
      })}
      <p>
        What you set in Play and in the lab stands in the address: a link, a bookmark and the history of your browser have it, and this page cannot
        delete it there.
      </p>
      <div class="delete">
        ${this._asked
          ? html`<p id="sure">Everything in the table is deleted, and the page is loaded anew.</p>
              <button type="button" class="button primary" aria-describedby="sure" ?disabled=${this._deleting} @click=${this.#delete}>Delete everything now</button>
              <button type="button" class="button" @click=${this.#keep}>Keep it</button>`
          : html`<button type="button" class="button ask" @click=${this.#ask}>Delete everything here</button>`}
      </div>`;
  }

  #rows(): Cell[][] {
    const now = (bytes: number): string => (bytes === 0 ? 'nothing' : plural(bytes, 'byte'));
    const rows: Cell[][] = [];
    for (const place of ['this browser', 'this tab'] as const) {
      const found = ours(storeOf(place));
      for (const keeping of KEEPINGS.filter((entry) => entry.place === place)) rows.push([keeping.what, place, STAYS[place], now(bytesOf(keeping, found))]);
      const rest = bytesOfRest(place, found);
      if (rest > 0) rows.push([REST, place, STAYS[place], now(rest)]);
    }
    rows.push(['Weights from a file, while they are in use', 'this browser', STAYS['this browser'], this._weights ? 'weights' : 'nothing']);
    const files = this._files === 0 ? 'nothing' : plural(this._files, 'file');
    rows.push(['The page itself, for use without a network', 'this browser', 'until you delete it; a visit keeps it again', files]);
    rows.push(['Your settings in Play and in the lab', 'the address', STAYS['the address'], 'in the address']);
    return rows;
  }

  readonly #ask = async (): Promise<void> => {
    this._asked = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.delete .primary')?.focus();
  };

  readonly #keep = async (): Promise<void> => {
    this._asked = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.ask')?.focus();
  };

  readonly #delete = async (): Promise<void> => {
    this._deleting = true;
    announce(this, 'Everything is deleted; the page is loaded anew.');
    await deleteEverything();
    // What the tab has set goes with the entry of its history.
    history.replaceState(null, '', '#privacy');
    location.reload();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-privacy': GruPrivacy;
  }
}
