/**
 * Lights one axis everywhere while it is pointed at or focused anywhere.
 *
 * Whatever carries `data-axis` takes part, in any shadow root, without code of its own: the axis goes to `data-lit` of the
 * document's root, tokens.css turns that into custom properties, and axis.styles.ts into a tint.
 */
import type { Axis } from '../engine/engine.js';
import { AXES } from './axes.js';

function isAxis(name: string): name is Axis {
  return name in AXES;
}

/** The innermost axis on an event's way, through shadow roots. */
function axisOf(event: Event): Axis | undefined {
  for (const target of event.composedPath()) {
    const name = target instanceof Element ? target.getAttribute('data-axis') : null;
    if (name !== null && isAxis(name)) return name;
  }
  return undefined;
}

let focused: Axis | undefined;
let pointed: Axis | undefined;
const listeners = new Set<(axis: Axis | undefined) => void>();

function show(): void {
  const lit = pointed ?? focused;
  const root = document.documentElement;
  if (root.dataset['lit'] === lit) return;
  if (lit) root.dataset['lit'] = lit;
  else delete root.dataset['lit'];
  for (const listener of listeners) listener(lit);
}

/** Begins to listen; called once, by the page. */
export function followAxes(): void {
  document.addEventListener('pointerover', (event) => {
    pointed = axisOf(event);
    show();
  });
  document.documentElement.addEventListener('pointerleave', () => {
    pointed = undefined;
    show();
  });
  document.addEventListener('focusin', (event) => {
    focused = axisOf(event);
    show();
  });
  document.addEventListener('focusout', () => {
    focused = undefined;
    show();
  });
}

/** Tells whoever paints by itself, such as a canvas, which axis is lit; returns how to stop. */
export function onAxisLit(listener: (axis: Axis | undefined) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
