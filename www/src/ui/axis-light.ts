/**
 * Lights one axis everywhere within an element while it is pointed at or focused anywhere in it.
 *
 * Whatever carries `data-axis` takes part, in any shadow root, without code of its own: the axis goes to `data-lit` of the
 * element, tokens.css turns that into custom properties, and axis.styles.ts into a tint.
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

/** Lights axes of `scope`, the page's root or an element that carries the tokens, until the returned function is called. */
export function followAxes(scope: HTMLElement): () => void {
  let focused: Axis | undefined;
  let pointed: Axis | undefined;

  const show = (lit: Axis | undefined): void => {
    if (scope.dataset['lit'] === lit) return;
    if (lit) scope.dataset['lit'] = lit;
    else delete scope.dataset['lit'];
  };
  const stop = attend(scope, {
    // What came last wins.
    pointed(path) {
      pointed = axisOf(path);
      show(pointed ?? focused);
    },
    focused(path) {
      focused = axisOf(path);
      show(focused ?? pointed);
    },
  });
  return () => {
    stop();
    show(undefined);
  };
}
