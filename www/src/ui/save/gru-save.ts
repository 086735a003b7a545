import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../announcer.js';
import { baseStyles } from '../base.styles.js';
import { buttonStyles } from '../button.styles.js';
import { saveFile } from '../save-file.js';
import { csvFile, type Numbers } from './csv.js';
import type { Picture } from './picture.js';
import styles from './gru-save.css?inline';

type Format = 'SVG' | 'PNG' | 'CSV';

/** Saves a picture as SVG or PNG, and its numbers as CSV; without a picture, a table alone. */
@customElement('gru-save')
export class GruSave extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  /** What is saved, in words: the picture's title, and the files' name. */
  @property() file = '';
  /** What a reader of the picture learns from it. */
  @property() description = '';
  @property({ attribute: false }) picture: (() => Picture | null | Promise<Picture>) | undefined;
  @property({ attribute: false }) table!: () => Numbers | Promise<Numbers>;
  @state() private _told = '';

  protected override render() {
    return html`<span aria-hidden="true" part="word">Save</span>
      ${this.picture ? html`${this.#button('SVG')}${this.#button('PNG')}` : nothing}${this.#button('CSV')}
      <span class="told">${this._told}</span>`;
  }

  #button(format: Format) {
    return html`<button type="button" class="button quiet" aria-label="Save ${this.file} as ${format}" @click=${() => this.#save(format)}>
      ${format}
    </button>`;
  }

  async #save(format: Format): Promise<void> {
    const name = `${this.file.toLowerCase().replace(/[^a-z0-9_']+/g, '-').replace(/^-|-$/g, '')}.${format.toLowerCase()}`;
    try {
      saveFile(await this.#made(format), name);
      this._told = `${name} is saved.`;
    } catch (error) {
      this._told = `${name} could not be made: ${error instanceof Error ? error.message : String(error)}`;
    }
    announce(this, this._told);
  }

  async #made(format: Format): Promise<Blob> {
    if (format === 'CSV') return new Blob(csvFile(await this.table()), { type: 'text/csv' });
    const { pngFile, svgFile } = await import('./picture.js');
    const picture = await this.picture?.();
    if (!picture) throw new Error('there is no picture');
    if (format === 'PNG') return pngFile(picture);
    return new Blob([svgFile(picture, this.file, this.description)], { type: 'image/svg+xml' });
  }
}
