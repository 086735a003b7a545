/** Keeps the whole page for use without a network, and tells when a newer version waits. */
import { Workbox } from 'workbox-window';
import { scriptUrl } from '../engine/trusted.js';

/** How often an open page asks for a newer version, at most. */
const ASK_MS = 600_000;

/**
 * Registers the service worker. A page is answered from one version alone: a newer one is stored whole beside it and waits
 * until the learner takes it, or until no page is open.
 */
export function keepOffline(waits: (take: () => void) => void): void {
  const workers = serviceWorkers();
  if (!workers) return;
  // Whoever takes the newer version takes it for every open tab: none goes on with parts of both.
  let controlled = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (controlled) location.reload();
    // The first one of all begins to serve the page that registered it.
    controlled = true;
  });
  const workbox = new Workbox(scriptUrl('./sw.js'), { scope: './' });
  const offer = (): void => {
    // What offers it is loaded with the first version that waits.
    import('./gru-update.js').then(() => { waits(() => { workbox.messageSkipWaiting(); }); }, () => undefined);
  };
  workbox.addEventListener('waiting', offer);
  // One that another tab found.
  workbox.addEventListener('installed', ({ isUpdate, isExternal }) => {
    if (isUpdate === undefined && isExternal) offer();
  });
  workbox.register({ immediate: true }).then(
    (registration) => {
      if (!registration) return;
      askNowAndThen(registration);
      if (controlled) void leaveWhereCleared(registration);
    },
    // The page works without.
    () => undefined,
  );
}

/** None in a frame without an origin, or on a page that did not come safely. */
function serviceWorkers(): ServiceWorkerContainer | undefined {
  try {
    return (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  } catch {
    return undefined;
  }
}

/** A worker whose store was cleared fills it no more: it goes, and the next visit, as a first one, stores everything anew. */
async function leaveWhereCleared(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    const kept = await caches.match(new URL('index.html', location.href).href, { ignoreSearch: true });
    if (!kept) await registration.unregister();
  } catch {
    // Where there is no store to look into, nothing was cleared.
  }
}

function askNowAndThen(registration: ServiceWorkerRegistration): void {
  let asked = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || performance.now() - asked < ASK_MS) return;
    asked = performance.now();
    // Without a network there is nothing newer to be had.
    registration.update().catch(() => undefined);
  });
}
