import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ROOMS, routeHash, type Room } from '../state/route.js';
import type { Engine } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import styles from './gru-lab.css?inline';

/** A room of the lab: everything set in it stands in its part of the address. */
export interface LabRoom extends HTMLElement {
  engine: Engine;
  /** Its part of the address, without a question mark. */
  query: string;
}

interface RoomEntry {
  readonly load: () => Promise<unknown>;
  readonly render: (engine: Engine, query: string) => TemplateResult;
}

/** What is behind each tab; its code is loaded when it is first entered. */
const ENTRIES: Partial<Readonly<Record<Room, RoomEntry>>> = {
  train: {
    load: () => import('./train/gru-lab-train.js'),
    render: (engine, query) => html`<gru-lab-train .engine=${engine} .query=${query}></gru-lab-train>`,
  },
  memory: {
    load: () => import('./memory/gru-lab-memory.js'),
    render: (engine, query) => html`<gru-lab-memory .engine=${engine} .query=${query}></gru-lab-memory>`,
  },
  gradients: {
    load: () => import('./gradients/gru-lab-gradients.js'),
    render: (engine, query) => html`<gru-lab-gradients .engine=${engine} .query=${query}></gru-lab-gradients>`,
  },
  series: {
    load: () => import('./series/gru-lab-series.js'),
    render: (engine, query) => html`<gru-lab-series .engine=${engine} .query=${query}></gru-lab-series>`,
  },
  text: {
    load: () => import('./text/gru-lab-text.js'),
    render: (engine, query) => html`<gru-lab-text .engine=${engine} .query=${query}></gru-lab-text>`,
  },
  variants: {
    load: () => import('./variants/gru-lab-variants.js'),
    render: (engine, query) => html`<gru-lab-variants .engine=${engine} .query=${query}></gru-lab-variants>`,
  },
  packed: {
    load: () => import('./packed/gru-lab-packed.js'),
    render: (engine, query) => html`<gru-lab-packed .engine=${engine} .query=${query}></gru-lab-packed>`,
  },
};

/** The lab: one experiment a room, each a tab with an address of its own. */
@customElement('gru-lab')
export class GruLab extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @property() room: Room = 'train';
  /** What each room has in the address. */
  @property({ attribute: false }) queries: Partial<Readonly<Record<Room, string>>> = {};

  @state() private _loaded: ReadonlySet<Room> = new Set();
  @state() private _failed = '';
  #loading: Promise<void> | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('room')) this.#loading = this.#load(this.room);
  }

  /** Complete once the room is drawn. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#loading;
    const complete = await super.getUpdateComplete();
    const room = this.renderRoot.lastElementChild;
    if (room instanceof LitElement) await room.updateComplete;
    return complete;
  }

  async #load(room: Room): Promise<void> {
    this._failed = '';
    try {
      await ENTRIES[room]?.load();
      this._loaded = new Set([...this._loaded, room]);
    } catch (error) {
      this._failed = error instanceof Error ? error.message : String(error);
      announce(this, 'This room did not load. Reload the page.', true);
    }
  }

  protected override render() {
    return html`<nav aria-label="Rooms of the lab">
        <ul>
          ${ROOMS.filter(({ room }) => ENTRIES[room]).map(
            ({ room, name }) =>
              html`<li>
                <a href=${routeHash('lab', this.queries[room], room)} aria-current=${room === this.room ? 'page' : nothing}>${name}</a>
              </li>`,
          )}
        </ul>
      </nav>
      ${this._failed === '' ? nothing : html`<p>This room did not load. Reload the page. (${this._failed})</p>`}
      ${this._loaded.has(this.room) ? ENTRIES[this.room]?.render(this.engine, this.queries[this.room] ?? '') : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-lab': GruLab;
  }
  interface HTMLElementEventMap {
    'gru-query': CustomEvent<string>;
  }
}
