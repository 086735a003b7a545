/**
 * What the pointer is over and what has the focus, through all shadow roots.
 *
 * `pointerover` and `focusin` do not leave a shadow root in which both ends of the move lie, and the whole page lies in one:
 * so this looks at what every pointer move and every key is dispatched to.
 */

/** The element that is pointed at or focused, and its ancestors through shadow roots, innermost first. */
export type Path = readonly Element[];

export interface Attention {
  pointed?(path: Path): void;
  /** `byKey` where the focus is to be shown. */
  focused?(path: Path, byKey: boolean): void;
}

const listeners = new Set<Attention>();
let pointed: Element | undefined;
let focused: Element | undefined;

function pathOf(element: Element | undefined): Path {
  const path: Element[] = [];
  for (let node: Node | null | undefined = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof Element) path.push(node);
  }
  return path;
}

function focusedElement(): Element | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === document.body ? undefined : (active ?? undefined);
}

function point(element: Element | undefined): void {
  if (element === pointed) return;
  pointed = element;
  const path = pathOf(element);
  for (const listener of listeners) listener.pointed?.(path);
}

const onPointer = (event: Event): void => {
  const [target] = event.composedPath();
  point(target instanceof Element ? target : undefined);
};

const onLeave = (): void => {
  point(undefined);
};

const onFocus = (): void => {
  const element = focusedElement();
  if (element === focused) return;
  focused = element;
  const path = pathOf(element);
  for (const listener of listeners) listener.focused?.(path, element?.matches(':focus-visible') ?? false);
};

/** Tells a listener of every change, until the returned function is called. */
export function attend(listener: Attention): () => void {
  if (listeners.size === 0) {
    document.addEventListener('pointermove', onPointer, { passive: true });
    document.addEventListener('pointerdown', onPointer, { passive: true });
    document.documentElement.addEventListener('pointerleave', onLeave);
    for (const event of ['focusin', 'focusout', 'keyup', 'click']) document.addEventListener(event, onFocus);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('pointermove', onPointer);
    document.removeEventListener('pointerdown', onPointer);
    document.documentElement.removeEventListener('pointerleave', onLeave);
    for (const event of ['focusin', 'focusout', 'keyup', 'click']) document.removeEventListener(event, onFocus);
  };
}
