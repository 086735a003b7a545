/** In a page that is not shown no frame comes: then it is this long until what waits for one goes on. */
const UNSEEN_MS = 100;

/** Does something once what has just changed is on screen. */
export function afterPaint(work: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(unseen);
    work();
  };
  const unseen = setTimeout(once, UNSEEN_MS);
  requestAnimationFrame(() => {
    // A frame's callbacks come before it is drawn, a message after.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = once;
    port2.postMessage(undefined);
  });
}
