import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CodeLine, Label } from '../engine/engine.js';
import { baseStyles } from './base.styles.js';
import type { ShownCall } from './editing.js';
import './gru-listing.js';
import './gru-panel.js';
import styles from './gru-code-panel.css?inline';

/** The PyTorch code for what is set, in a panel of its own. */
@customElement('gru-code-panel')
export class GruCodePanel extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) lines: readonly CodeLine[] = [];
  @property({ attribute: false }) labels: readonly Label[] = [];
  /** Whether a typed text cannot be read, so that the code is not what was meant. */
  @property({ type: Boolean }) stale = false;
  /** Which code it is, where a page has more than one: `of the module`. */
  @property() name = '';
  /** What the controls beside it show, where they and the code hold each other once it is edited. */
  @property({ attribute: false }) shown: ShownCall | undefined;

  protected override render() {
    return html`<gru-panel heading="Code ${this.name}" untitled>
      <gru-listing .lines=${this.lines} .labels=${this.labels} .shown=${this.shown} name=${this.name} ?stale=${this.stale}></gru-listing>
    </gru-panel>`;
  }
}
