/**
 * For a page that holds our frames: gives each the height that it reports.
 *
 * Only a frame of this page is heard, and only if its address is of the site that this script is from.
 */
import { reportedHeight } from './reported-height.js';

const { origin: site } = new URL(import.meta.url);

/** A sandboxed frame has no origin of its own, but still an address. */
function isOurs(frame: HTMLIFrameElement): boolean {
  try {
    return new URL(frame.src).origin === site;
  } catch {
    return false;
  }
}

addEventListener('message', ({ data, source, origin }: MessageEvent<unknown>) => {
  const height = reportedHeight(data);
  if (height === undefined || (origin !== site && origin !== 'null')) return;
  const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
  if (frame && isOurs(frame)) frame.style.setProperty('height', `${height}px`);
});
