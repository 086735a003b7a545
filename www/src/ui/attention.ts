/**
 * What the pointer is over and what has the focus within an element, through all shadow roots.
 *
 * `pointerover` and `focusin` do not leave a shadow root in which both ends of the move lie, and the whole page lies in one:
 * so this looks at what every pointer move and every key is dispatched to. It listens on the element alone: where that stands
 * in a page of others, nothing of theirs is listened to.
 */

/** The element that is pointed at or focused, and its ancestors through shadow roots, innermost first. */
export type Path = readonly Element[];

export interface Attention {
  pointed?(path: Path): void;
  /** `byKey` where a key led the focus there and it is to be shown: a field that is clicked shows it too. */
  focused?(path: Path, byKey: boolean): void;
}

/** An element and its ancestors through shadow roots, as far as `scope`; empty for what is not within it. */
function pathOf(element: Element | undefined, scope: Element): Path {
  const path: Element[] = [];
  for (let node: Node | null | undefined = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof Element) path.push(node);
    if (node === scope) return path;
  }
  return [];
}

function focusedElement(): Element | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === document.body ? undefined : (active ?? undefined);
}

const FOCUS_EVENTS = ['focusin', 'focusout', 'keyup', 'click'] as const;
/** What is written in shows its focus however that came. */
const WRITTEN_IN = 'input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, [contenteditable]';

/** Tells a listener of every change within `scope`, until the returned function is called. */
export function attend(scope: HTMLElement, listener: Attention): () => void {
  let pointed: Element | undefined;
  let focused: Element | undefined;
  let keyed = false;

  const point = (element: Element | undefined): void => {
    if (element === pointed) return;
    pointed = element;
    listener.pointed?.(pathOf(element, scope));
  };
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
    const byKey = element?.matches(':focus-visible') === true && (keyed || !element.matches(WRITTEN_IN));
    listener.focused?.(pathOf(element, scope), byKey);
  };
  const onKey = (): void => {
    keyed = true;
  };
  const onPress = (): void => {
    keyed = false;
  };

  scope.addEventListener('pointermove', onPointer, { passive: true });
  scope.addEventListener('pointerdown', onPointer, { passive: true });
  scope.addEventListener('pointerleave', onLeave);
  scope.addEventListener('keydown', onKey, { capture: true });
  scope.addEventListener('pointerdown', onPress, { capture: true, passive: true });
  for (const event of FOCUS_EVENTS) scope.addEventListener(event, onFocus);
  return () => {
    scope.removeEventListener('pointermove', onPointer);
    scope.removeEventListener('pointerdown', onPointer);
    scope.removeEventListener('pointerleave', onLeave);
    scope.removeEventListener('keydown', onKey, { capture: true });
    scope.removeEventListener('pointerdown', onPress, { capture: true });
    for (const event of FOCUS_EVENTS) scope.removeEventListener(event, onFocus);
  };
}
