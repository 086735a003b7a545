import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, Engine, WeightsFormat } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { saveFile } from '../../ui/save-file.js';
import { weightsStyles } from './weights.styles.js';

const FILES: readonly { readonly format: WeightsFormat; readonly label: string; readonly name: string; readonly type: string }[] = [
  { format: 'safetensors', label: 'safetensors', name: 'gru.safetensors', type: 'application/octet-stream' },
  { format: 'onnx', label: 'ONNX', name: 'gru.onnx', type: 'application/octet-stream' },
  { format: 'python', label: 'Python file', name: 'gru.py', type: 'text/x-python' },
];

/** Saves the module with the weights in use: drawn ones, or those of a file. */
@customElement('gru-weights-export')
export class GruWeightsExport extends LitElement {
  static override styles = [baseStyles, buttonStyles, weightsStyles];

  @property({ attribute: false }) engine: Engine | undefined;
  @property({ attribute: false }) call: Call | undefined;
  @property({ type: Number }) seed = 0;
  /** In place of those that the seed draws. */
  @property({ attribute: false }) weights: Float32Array | undefined;
  /** The call whose numbers are kept, where they are. */
  @property({ attribute: false }) keptFrom: Call | undefined;
  /** Why nothing can be saved; empty where it can. */
  @property() reason = '';

  @state() private _said = '';
  #abort: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  protected override render() {
    return html`<div class="row" role="group" aria-label="Save the weights in use">
      <span>Save ${this.weights ? 'these weights' : this.keptFrom ? 'the kept weights' : 'the drawn weights'} as</span>
      ${FILES.map(
        (file) =>
          html`<button type="button" class="button" ?disabled=${this.reason !== ''} @click=${() => this.#save(file)}>${file.label}</button>`,
      )}
      <span class="quiet">${this.reason || this._said}</span>
    </div>`;
  }

  async #save({ format, name, type }: (typeof FILES)[number]): Promise<void> {
    const { keptFrom: before, engine, call, seed, weights } = this;
    if (!engine || !call) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this._said = '';
    try {
      const { bytes, beside } = await engine.lab.ask('writeWeights', { format, call, seed, weights, before }, { signal: abort.signal });
      saveFile(new Blob([bytes], { type }), name);
      this.#say(`Saved ${name}.${beside ? ' It loads gru.safetensors: save that beside it.' : ''}`);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#say(`Nothing was saved. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #say(text: string): void {
    this._said = text;
    announce(this, text);
  }
}
