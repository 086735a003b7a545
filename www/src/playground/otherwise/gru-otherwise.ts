import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GateTrace, RunResult } from '../../engine/engine.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/sound/gru-sound.js';
import type { Track } from '../../ui/sound/tones.js';
import type { Layout, Selection } from '../values/matrix.js';
import styles from './gru-otherwise.css?inline';
import './gru-values-tree.js';
import { tracksOf, type VoiceName } from './tracks.js';

const VOICES: readonly (readonly [name: VoiceName, words: string])[] = [
  ['r', 'r, left ear, a soft tone'],
  ['z', 'z, right ear, a brighter tone'],
  ['h', 'h, in the middle, a buzz'],
];

/** The values without looking: as a tree that is walked by keyboard, and as sound. */
@customElement('gru-otherwise')
export class GruOtherwise extends LitElement {
  static override styles = [baseStyles, formStyles, unsafeCSS(styles)];

  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) trace: GateTrace | undefined;
  @property({ attribute: false }) layout!: Layout;
  @property({ attribute: false }) selection!: Selection;

  @state() private _voices: readonly VoiceName[] = ['r', 'z', 'h'];
  /** The same numbers stay the same tracks, so that what sounds goes on. */
  #tracks: { readonly key: string; readonly of: GateTrace; readonly tracks: readonly Track[] } | undefined;

  protected override render() {
    const { result, layout, selection, trace } = this;
    return html`<section aria-labelledby="tree">
        <h4 id="tree">As a tree</h4>
        <gru-values-tree .result=${result} .layout=${layout} .sample=${selection.sample}></gru-values-tree>
      </section>
      ${trace ? this.#sound(trace) : nothing}`;
  }

  #sound(trace: GateTrace) {
    const { layout, selection } = this;
    const { layer, reverse, unit, sample } = selection;
    const key = JSON.stringify([sample, unit, this._voices]);
    if (this.#tracks?.key !== key || this.#tracks.of !== trace) this.#tracks = { key, of: trace, tracks: tracksOf(trace, layout, selection, this._voices) };
    const way = layout.directions === 2 ? (reverse ? ', reverse' : ', forward') : '';
    return html`<section aria-labelledby="sound">
      <h4 id="sound">As sound</h4>
      <gru-sound what="this unit" .tracks=${this.#tracks.tracks}>
        <p>
          Unit ${unit} of layer ${layer}${way}, sample ${sample}, step by step in the order in which they are read. The higher the tone, the
          larger the number: r and z from 0, closed, to 1, open; h from −1 to 1. A low z with an h that moves is a unit that takes in;
          a high z with an h that stays is one that keeps.
        </p>
      </gru-sound>
      <div class="voices" role="group" aria-label="What is heard">
        ${VOICES.map(([name, words]) => html`<label><input type="checkbox" .checked=${this._voices.includes(name)} @change=${() => { this.#toggle(name); }} />${words}</label>`)}
      </div>
    </section>`;
  }

  #toggle(name: VoiceName): void {
    const voices = this._voices.includes(name) ? this._voices.filter((voice) => voice !== name) : [...this._voices, name];
    this._voices = voices;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-otherwise': GruOtherwise;
  }
}
