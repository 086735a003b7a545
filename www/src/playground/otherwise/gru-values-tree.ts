import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunResult } from '../../engine/engine.js';
import { changeEvent } from '../../state/events.js';
import type { ValuesView } from '../../state/playground-state.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatValue } from '../../ui/numbers.js';
import type { Layout } from '../values/matrix.js';
import { moved, rowsOf, traceOf, typedTo, type Node } from './nodes.js';
import styles from './gru-values-tree.css?inline';

/** Letters that follow each other faster than this are one word. */
const TYPED_MS = 700;

/**
 * The traced values as a tree that is walked by keyboard: layer, direction, step, unit, and what the unit computed.
 *
 * Its rows are made when what they stand in is opened. Enter has all panels show the place.
 *
 * @fires gru-change - another layer, direction or step is to be shown
 * @fires gru-unit - another unit is to be shown
 */
@customElement('gru-values-tree')
export class GruValuesTree extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) layout!: Layout;
  @property({ type: Number }) sample = 0;

  @state() private _open: ReadonlySet<string> = new Set();
  /** The row that the keyboard reaches. */
  @state() private _active = 'l0';
  #rows: readonly Node[] = [];
  #typed = '';
  #typing: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('_active') && changed.size === 1) return;
    const { result, layout, sample } = this;
    this.#rows = rowsOf({ result, layout, sample }, this._open);
    if (!this.#rows.some(({ id }) => id === this._active)) this._active = this.#rows[0]?.id ?? '';
  }

  protected override render() {
    return html`<p id="keys" class="keys">Arrow keys go and open, Home and End lead to the ends, digits to a number. Enter shows the place in all panels.</p>
      <div class="scroll">
        <ul role="tree" aria-label="Values of sample ${this.sample}" aria-describedby="keys" @keydown=${this.#key}>
          ${repeat(this.#rows, ({ id }) => id, (node) => this.#row(node))}
        </ul>
      </div>`;
  }

  #row(node: Node) {
    const { id, level, text, value, name, children, position, siblings } = node;
    const open = this._open.has(id);
    return html`<li
      role="treeitem"
      class="level-${level}"
      data-id=${id}
      aria-label=${name}
      aria-level=${level}
      aria-setsize=${siblings}
      aria-posinset=${position}
      aria-expanded=${children ? String(open) : nothing}
      tabindex=${id === this._active ? 0 : -1}
      @focus=${() => (this._active = id)}
      @click=${() => { this.#press(node); }}
    >
      <span class="mark" aria-hidden="true">${children ? (open ? '\u25be' : '\u25b8') : ''}</span><span>${text}</span>${value === undefined ? nothing : html`<span class="value">${formatValue(value)}</span>`}
    </li>`;
  }

  #press(node: Node): void {
    this.#focus(node.id);
    if (node.children) this.#turn(node, !this._open.has(node.id));
    else this.#show(node);
  }

  #turn(node: Node, open: boolean): void {
    const ids = new Set(this._open);
    if (open) ids.add(node.id);
    else ids.delete(node.id);
    this._open = ids;
    // Of a heavy run only the gates in sight are kept: those of the place are asked for.
    const { layer, reverse } = node.place;
    const { result, layout, sample } = this;
    if (open && (reverse !== undefined || layout.directions === 1) && !traceOf({ result, layout, sample }, node.place)) this.#change({ layer, reverse: reverse ?? false });
  }

  /** All panels show the place. */
  #show({ place: { layer, reverse = false, step, unit } }: Node): void {
    this.#change({ layer, reverse, ...(step !== undefined && { step }) });
    if (unit !== undefined) this.dispatchEvent(new CustomEvent('gru-unit', { detail: unit, bubbles: true, composed: true }));
  }

  #change(view: Partial<ValuesView>): void {
    this.dispatchEvent(changeEvent(view));
  }

  #focus(id: string | undefined): void {
    if (id === undefined) return;
    this._active = id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus());
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#rows.findIndex(({ id }) => id === this._active);
    const node = this.#rows[at];
    if (!node) return;
    const move = moved(this.#rows, at, event.key, this._open);
    if (move) {
      this.#typed = '';
      if (move.open !== undefined) this.#turn(node, true);
      if (move.shut !== undefined) this.#turn(node, false);
      this.#focus(this.#rows[move.to]?.id);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#show(node);
    } else if (/^[\da-z]$/i.test(event.key)) {
      this.#type(event.key.toLowerCase(), at);
    } else return;
    event.preventDefault();
  };

  /** To the next row that begins like what is typed. */
  #type(key: string, at: number): void {
    clearTimeout(this.#typing);
    this.#typed += key;
    this.#typing = setTimeout(() => (this.#typed = ''), TYPED_MS);
    const to = typedTo(this.#rows, at, this.#typed);
    if (to !== undefined) this.#focus(this.#rows[to]?.id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-values-tree': GruValuesTree;
  }
  interface HTMLElementEventMap {
    'gru-unit': CustomEvent<number>;
  }
}
