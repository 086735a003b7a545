import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ColorMap, Engine } from '../../engine/engine.js';
import { baseStyles } from '../base.styles.js';
import { DarkController } from '../theme.js';
import styles from './gru-scale.css?inline';

const STEPS = 61;

/** What the ends of a map stand for. */
export function endsOf({ map, ends }: { readonly map: ColorMap; readonly ends?: readonly [low: string, high: string] | undefined }): readonly [low: string, high: string] {
  return ends ?? (map === 'diverging' ? ['\u22121', '1'] : ['0', '1']);
}

/** The scale of a colour map, with what lies beyond it. */
@customElement('gru-scale')
export class GruScale extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Pick<Engine, 'colorScale'> | undefined;
  @property() map: ColorMap = 'diverging';
  /** What the ends stand for, where they are not the map's own. */
  @property({ attribute: false }) ends: readonly [low: string, high: string] | undefined;
  /** Whether what is shown has values beyond the ends, which have the ends' colours. */
  @property({ type: Boolean }) beyond = false;
  /** Whether what is shown has values that are no numbers. */
  @property({ type: Boolean }) strange = false;

  @query('canvas') private readonly _canvas!: HTMLCanvasElement;
  readonly #theme = new DarkController(this);
  #painted = '';

  protected override updated(): void {
    const wanted = `${this.map} ${String(this.#theme.dark)}`;
    if (!this.engine || wanted === this.#painted) return;
    const colours = this.engine.colorScale(this.map, this.#theme.dark, STEPS);
    this._canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(colours), STEPS, 1), 0, 0);
    this.#painted = wanted;
  }

  protected override render() {
    const diverging = this.map === 'diverging';
    const [low, high] = endsOf(this);
    const words = `Colours from ${this.ends ? low : diverging ? 'minus 1' : '0'} to ${high}${this.beyond ? ', values beyond have the colour of the end' : ''}`;
    return html`<span aria-hidden="true">${this.beyond && diverging ? '\u2264' : ''}${low}</span>
      <canvas width=${STEPS} height="1" role="img" aria-label=${words}></canvas>
      <span aria-hidden="true">${this.beyond ? '\u2265' : ''}${high}</span>
      ${this.strange ? html`<span class="strange">nan, inf</span>` : nothing}`;
  }
}
