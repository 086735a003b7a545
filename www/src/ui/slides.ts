import type { ReactiveController, ReactiveElement } from 'lit';

/** A finger that has gone so far to the side means what it lies on, not the page. */
const MEANT_PX = 8;

interface Held {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  /** What the slider said before the touch. */
  readonly before: string;
  /** What the touch would make it say. */
  after?: string;
}

/**
 * Hears the sliders of its host. A browser sets a slider as soon as a finger touches it, even where the touch turns out to scroll
 * the page: so a touch counts once it has moved along the slider, or has ended without a scroll.
 */
export class Slides implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #slide: (slider: HTMLInputElement) => void;
  #held: Held | undefined;

  constructor(host: ReactiveElement, slide: (slider: HTMLInputElement) => void) {
    this.#host = host;
    this.#slide = slide;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of TYPES) this.#host.renderRoot.addEventListener(type, this.#hear);
  }

  hostDisconnected(): void {
    for (const type of TYPES) this.#host.renderRoot.removeEventListener(type, this.#hear);
    this.#held = undefined;
  }

  readonly #hear = (event: Event): void => {
    const { target: slider } = event;
    if (!(slider instanceof HTMLInputElement) || slider.type !== 'range') return;
    if (event instanceof PointerEvent) this.#point(event, slider);
    else if (this.#held) {
      this.#held.after = slider.value;
      slider.value = this.#held.before;
    } else this.#slide(slider);
  };

  #point(event: PointerEvent, slider: HTMLInputElement): void {
    const { type, pointerType, pointerId: pointer, clientX: x, clientY: y } = event;
    if (type === 'pointerdown') this.#held = pointerType === 'touch' && !slider.disabled ? { pointer, x, y, before: slider.value } : undefined;
    const held = this.#held;
    if (held?.pointer !== pointer) return;
    if (type === 'pointercancel') this.#held = undefined;
    else if (type === 'pointerup' || (type === 'pointermove' && isMeant(x - held.x, y - held.y))) {
      this.#held = undefined;
      if (held.after === undefined) return;
      slider.value = held.after;
      this.#slide(slider);
    }
  }
}

const TYPES = ['input', 'pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const;

function isMeant(along: number, across: number): boolean {
  return Math.abs(along) >= MEANT_PX && Math.abs(along) > Math.abs(across);
}
