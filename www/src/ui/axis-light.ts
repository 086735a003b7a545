/**
 * Lights one axis everywhere while it is pointed at or focused anywhere.
 *
 * Whatever carries `data-axis` takes part, in any shadow root, without code of its own: the axis goes to `data-lit` of the
 * document's root, tokens.css turns that into custom properties, and axis.styles.ts into a tint.
 */
import type { Axis } from '../engine/engine.js';
import { attend, type Path } from './attention.js';
import { AXES } from './axes.js';

function isAxis(name: string): name is Axis {
  return name in AXES;
}

/** The innermost axis on a path. */
function axisOf(path: Path): Axis | undefined {
  for (const element of path) {
    const name = element.getAttribute('data-axis');
    if (name !== null && isAxis(name)) return name;
  }
  return undefined;
}

let focused: Axis | undefined;
let pointed: Axis | undefined;
const listeners = new Set<(axis: Axis | undefined) => void>();

/** What came last wins. */
function show(lit: Axis | undefined): void {
  const root = document.documentElement;
  if (root.dataset['lit'] === lit) return;
  if (lit) root.dataset['lit'] = lit;
  else delete root.dataset['lit'];
  for (const listener of listeners) listener(lit);
}

/** Begins to listen; called once, by the page. */
export function followAxes(): void {
  attend({
    pointed(path) {
      pointed = axisOf(path);
      show(pointed ?? focused);
    },
    focused(path) {
      focused = axisOf(path);
      show(focused ?? pointed);
    },
  });
}

/** Tells whoever paints by itself, such as a canvas, which axis is lit; returns how to stop. */
export function onAxisLit(listener: (axis: Axis | undefined) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
