/**
 * Tells of new sizes in the frame after they came to be.
 *
 * Work in an observer's own callback may change a size once more in the same frame. Browsers tell that to the page, which may be
 * somebody else's, as an error.
 */
export function whenResized(work: (entries: readonly ResizeObserverEntry[]) => void): ResizeObserver {
  return new ResizeObserver((entries) => {
    requestAnimationFrame(() => { work(entries); });
  });
}
