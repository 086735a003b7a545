import { LitElement, html, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Call, Diagnosis } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { moduleOf } from '../module.js';
import { drawPart, drawWire } from './draw.js';
import { flowStyles } from './flow.styles.js';
import './gru-flow-table.js';
import { layout, sheetsBehind, type Part, type Scene } from './layout.js';
import { flowOf, type FlowModel, type FlowStep } from './model.js';
import { alike, between } from './tween.js';
import { whenResized } from '../../ui/resized.js';
import { foldText, jointText, layerText, tensorText } from './words.js';

/** How long a scene takes to turn into the next. */
const MOTION_MS = 220;
/** How long the pulse along all lines takes, delays included. */
const PULSE_MS = 700;
/** Changes that follow each other faster than this are a motion by themselves: each is drawn as it is. */
const REST_MS = 180;
/** What takes more of the window's height than this is not sure to be in sight whole: above it may stand the result. */
const ROOM = 0.6;
const NO_GATES = 'What draws the gates did not load. Reload the page.';
const NO_WHY = 'Why h_n has this shape did not load. Reload the page.';

/**
 * The shape flow: input, layers, output and h_n, each axis in its colour and letter.
 *
 * Where the call does not fit, the joint is drawn apart and all after it dimmed. A layer opens to show its gates.
 */
@customElement('gru-flow')
export class GruFlow extends LitElement {
  static override styles = [baseStyles, axisStyles, flowStyles];

  @property({ attribute: false }) diagnosis: Diagnosis | undefined;
  @property({ attribute: false }) call: Call | undefined;
  /** What the diagnosis would be after a fix that is pointed at. */
  @property({ attribute: false }) preview: Diagnosis | null = null;

  /** Whether the glossary is there to lead to. */
  @property({ type: Boolean }) linked = false;

  /** The step that is lit, while it is walked through. */
  @property({ attribute: false }) now: FlowStep | undefined;

  @state() private _scene: Scene | undefined;
  @state() private _pulse = false;
  /** The part that the keyboard reaches. */
  @state() private _active = 'input';
  /** The part that the line below the picture tells of. */
  @state() private _told: string | undefined;
  @state() private _open: number | undefined;
  /** Whether what draws an opened layer is there: it is loaded with the first. */
  @state() private _gates: 'loaded' | 'failed' | undefined;

  /** What tells why h_n has its shape, wherever nothing else is told. */
  @state() private _why: ((model: FlowModel) => string) | undefined;
  /** The part that has the focus: told of whenever the pointer is on no other. */
  #focused: string | undefined;
  #model: FlowModel | undefined;
  #target: Scene | undefined;
  #width = 0;
  #frame = 0;
  /** When the call last changed. */
  #changedAt = -Infinity;
  #pulseTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #resized = whenResized(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#place(false);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#pulseTimer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('diagnosis') && !changed.has('preview') && !changed.has('call')) return;
    const { diagnosis, preview, call } = this;
    if (!diagnosis || !call) return;
    this.#model = flowOf(preview ?? diagnosis, call);
    const { layers, num_layers } = this.#model;
    // The first picture has its size at once, so that nothing jumps.
    if (!this.hasUpdated && this.#width === 0) this.#width = Math.floor(this.clientWidth);
    if (this._open !== undefined && (this._open >= num_layers || !this.#shownDiagnosis?.trace)) this._open = undefined;
    if (this._active.startsWith('layer-') && !layers.some(({ key }) => key === this._active)) this._active = 'input';
    const isNew = changed.has('diagnosis') && changed.get('diagnosis') !== undefined;
    const now = performance.now();
    if (this.#width > 0) this.#place(isNew && now - this.#changedAt > REST_MS);
    if (!isNew) return;
    this.#changedAt = now;
    clearTimeout(this.#pulseTimer);
    this._pulse = false;
    if (diagnosis.trace) this.#pulseTimer = setTimeout(() => { this.#pulse(); }, REST_MS);
  }

  get #shownDiagnosis(): Diagnosis | undefined {
    return this.preview ?? this.diagnosis;
  }

  /** Lays the model out and moves there from what is shown. */
  #place(smooth: boolean): void {
    if (!this.#model) return;
    const target = layout(this.#model, this.#width);
    const from = this._scene;
    cancelAnimationFrame(this.#frame);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!from || !smooth || still || (this.#target && alike(this.#target, target) && alike(from, target))) {
      this.#target = this._scene = target;
      return;
    }
    this.#target = target;
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, Math.max(0, (now - start) / MOTION_MS));
      this._scene = between(from, target, t);
      if (t < 1) this.#frame = requestAnimationFrame(step);
    };
    // What stays shows its new numbers at once; only places move.
    this._scene = between(from, target, 0);
    this.#frame = requestAnimationFrame(step);
  }

  /** One pulse along the lines, once changes have come to rest. */
  #pulse(): void {
    this._pulse = true;
    this.#pulseTimer = setTimeout(() => {
      this._pulse = false;
    }, PULSE_MS);
  }

  protected override render() {
    const { _scene: scene } = this;
    const model = this.#model;
    if (!model || !scene) return html`<div class="stage"></div>`;
    const across = scene.orientation === 'across';
    const parts = new Map(scene.parts.map((part) => [part.key, part]));
    const order = this.#order(scene);
    const active = order.includes(this._active) ? this._active : order[0];
    let turn = 0;
    const legal = Boolean(this.diagnosis?.trace);
    return html`<div class="stage">
        <div class="picture">
          <svg
            class="flow ${this.preview ? 'preview' : ''} ${model.joint?.at === 'option' ? 'unbuilt' : ''}"
            width=${scene.width}
            height=${scene.height}
            viewBox="0 0 ${scene.width} ${scene.height}"
            aria-hidden="true"
          >
            ${scene.wires.map((wire) =>
              drawWire(wire, parts, across, this._pulse && legal && wire.kind === 'data' ? Math.min(5, turn++) : undefined),
            )}
            ${order.map((key) => this.#drawn(parts.get(key), model, scene))}
            ${scene.parts.filter(({ key }) => !order.includes(key)).map((part) => this.#leaving(part, model, scene))}
          </svg>
          <div role="group" aria-label="Shape flow. Arrow keys go from part to part${legal ? '; Enter opens a layer.' : '.'}" @keydown=${this.#onKey}>
            <ol class="walk" role="list">
              ${repeat(
                order.filter((key) => parts.has(key)),
                (key) => key,
                (key) => html`<li>${this.#stop(parts.get(key), model, key === active)}</li>`,
              )}
            </ol>
          </div>
        </div>
        ${this.preview ? html`<p class="previewed">with this fix</p>` : nothing}
      </div>
      ${this.#caption(model, parts)} ${this.#gates()}
      <gru-flow-table .model=${model} .picture=${this.#picture}></gru-flow-table>`;
  }

  readonly #picture = (): SVGSVGElement | null => this.renderRoot.querySelector<SVGSVGElement>('svg.flow');

  /** The keys of the parts in reading order. */
  #order(scene: Scene): string[] {
    const target = this.#target ?? scene;
    const keys = target.parts.map(({ key }) => key).filter((key) => key !== 'h_0' && key !== 'h_n');
    return ['h_0', ...keys, 'h_n'];
  }

  #isOpen(part: Part): boolean {
    return part.kind === 'layer' && part.layer.index === this._open;
  }

  #drawn(part: Part | undefined, model: FlowModel, scene: Scene) {
    if (!part) return nothing;
    const { key, kind, dimmed } = part;
    const told = this._told === key ? 'told' : '';
    return svg`<g
      class="part ${kind} ${dimmed ? 'dimmed' : ''} ${this.#isOpen(part) ? 'open' : ''} ${told}"
      data-key=${key}
      opacity=${part.at.opacity}
      @pointerenter=${() => (this._told = key)}
      @pointerleave=${() => (this._told = this.#focused)}
      @click=${() => this.#onClick(part)}
    >${drawPart(part, model, scene, this._open === undefined ? undefined : `layer-${this._open}`, this.now)}</g>`;
  }

  /** A part in the list: what is read of it, and what has the focus. */
  #stop(part: Part | undefined, model: FlowModel, active: boolean) {
    if (!part) return nothing;
    const words = this.#words(part, model);
    const tabindex = active ? 0 : -1;
    const focus = () => this.#onFocus(part.key);
    const blur = () => (this._told = this.#focused = undefined);
    return part.kind === 'layer' && this.#shownDiagnosis?.trace
      ? html`<button
          type="button"
          data-stop=${part.key}
          tabindex=${tabindex}
          aria-label=${words}
          aria-expanded=${String(this.#isOpen(part))}
          @focus=${focus}
          @blur=${blur}
          @click=${() => this.#onOpen(part)}
        ></button>`
      : html`<span data-stop=${part.key} tabindex=${tabindex} role="img" aria-label=${words} @focus=${focus} @blur=${blur}></span>`;
  }

  /** Each stop lies over the part that is drawn. */
  protected override updated(): void {
    const parts = new Map(this._scene?.parts.map((part) => [part.key, part.at]));
    for (const stop of this.renderRoot.querySelectorAll<HTMLElement>('[data-stop]')) {
      const at = parts.get(stop.dataset['stop'] ?? '');
      if (!at) continue;
      const behind = sheetsBehind(at.sheets);
      const place = { left: at.x, top: at.y - behind.y, width: at.w + behind.x, height: at.h + behind.y };
      for (const [side, length] of Object.entries(place)) stop.style.setProperty(side, `${length}px`);
    }
  }

  /** A part on its way out: seen, but no longer there for keyboard and screen reader. */
  #leaving(part: Part, model: FlowModel, scene: Scene) {
    return svg`<g class="part ${part.kind}" opacity=${part.at.opacity}>
      ${drawPart(part, model, scene, undefined)}
    </g>`;
  }

  #words(part: Part, model: FlowModel): string {
    switch (part.kind) {
      case 'tensor':
        return tensorText(part.tensor);
      case 'layer':
        return layerText(model, part.layer);
      case 'fold':
        return foldText(part.hidden);
      case 'joint':
        return jointText(part.joint);
    }
  }

  #caption(model: FlowModel, parts: ReadonlyMap<string, Part>) {
    const told = this._told === undefined ? undefined : parts.get(this._told);
    if (this._why && model.h_n.shape && (!told || told.key === 'h_n')) {
      return html`<p class="caption">${this._why(model)}${this.linked ? html` <a href="#glossary?term=h-n">h_n in the glossary</a>` : nothing}</p>`;
    }
    if (told) {
      const more = told.kind === 'layer' && this.#shownDiagnosis?.trace ? ' Press it to see its gates.' : '';
      return html`<p class="caption ${told.kind === 'joint' ? 'error' : ''}">${this.#words(told, model)}.${more}</p>`;
    }
    if (model.joint) return html`<p class="caption error">${jointText(model.joint)}.</p>`;
    return html`<p class="caption">
      Each block is a tensor: its sheets are samples, its rows steps, its width features. Press a layer to see its gates.
    </p>`;
  }

  #gates() {
    const { _open: layer } = this;
    const shown = this.#shownDiagnosis;
    const module = shown && moduleOf(shown);
    if (layer === undefined || !shown?.trace || !module || !this._gates) return nothing;
    if (this._gates === 'failed') return html`<p>${NO_GATES}</p>`;
    return html`<gru-layer-gates
      .trace=${shown.trace}
      .module=${module}
      .layer=${layer}
      @gru-close=${this.#onClose}
    ></gru-layer-gates>`;
  }

  async #loadGates(): Promise<void> {
    try {
      await import('./gru-layer-gates.js');
      this._gates = 'loaded';
    } catch {
      this._gates = 'failed';
      announce(this, NO_GATES, true);
    }
  }

  /** Tells why h_n has its shape, where its states leave the layers. */
  async explain(): Promise<void> {
    try {
      this._why = (await import('./why.js')).finalText;
    } catch {
      announce(this, NO_WHY, true);
      return;
    }
    await this.updateComplete;
    this.#focusPart('h_n');
    const part = this.renderRoot.querySelector('g[data-key="h_n"]');
    const caption = this.renderRoot.querySelector<HTMLElement>('.caption');
    for (const shown of [part, caption]) shown?.scrollIntoView({ block: 'nearest' });
    announce(this, caption?.textContent.trim() ?? '');
  }

  #onFocus(key: string): void {
    if (key !== 'h_n') this._why = undefined;
    this._active = this._told = this.#focused = key;
  }

  #onClick(part: Part): void {
    this.#focusPart(part.key);
    this.#onOpen(part);
  }

  #onOpen(part: Part): void {
    this._active = part.key;
    if (part.kind !== 'layer' || !this.#shownDiagnosis?.trace) return;
    this._open = this._open === part.layer.index ? undefined : part.layer.index;
    if (this._open !== undefined) void this.#showGates();
  }

  /** Brings what was opened into view: whole where it fits, else from its beginning. */
  async #showGates(): Promise<void> {
    if (this._gates !== 'loaded') await this.#loadGates();
    await this.updateComplete;
    // It is drawn by its width, which it is told after its first frame.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const gates = this.renderRoot.querySelector<HTMLElement>('gru-layer-gates');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    gates?.scrollIntoView({ block: gates.offsetHeight < ROOM * innerHeight ? 'nearest' : 'start', behavior: still ? 'auto' : 'smooth' });
  }

  #onClose(): void {
    const key = this._open === undefined ? undefined : `layer-${this._open}`;
    this._open = undefined;
    void this.updateComplete.then(() => this.#focusPart(key));
  }

  #focusPart(key: string | undefined): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-stop="${key ?? ''}"]`)?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (!this._scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const order = this.#order(this._scene);
    const at = order.indexOf(this._active);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: order.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const key = order[Math.max(0, Math.min(order.length - 1, to))];
      if (key !== undefined) this._active = key;
      void this.updateComplete.then(() => this.#focusPart(key));
      event.preventDefault();
    }
  }
}
