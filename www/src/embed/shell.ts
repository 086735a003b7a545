/**
 * An element as a page of others has it: small, and nothing more until it comes near the window.
 *
 * Whatever the page's author put into it is seen until then, and where it cannot run. Written without the newest syntax: an old
 * browser must get as far as the sentence that says so.
 */
import type { ErrorDetail, Reason } from './api.js';
import { failureOf, showFailure, type Failure } from './failure.js';
import type { Mounted } from './mount.js';
import type * as partModule from './mount.js';
import { ATTRIBUTES, type Kind } from './names.js';
import { reflect, takeUp } from './reflect.js';

/** How near the window an element comes before it is loaded. */
const NEAR = '600px 0px';

/** The page that this code is published with; none in the npm package. */
const SITE = import.meta.env.MODE === 'package' ? undefined : new URL(/* @vite-ignore */ '../', import.meta.url).href;

type PartModule = typeof partModule;

/** Loads what draws an element, by the name that this version has for it. */
export function importPart(): Promise<PartModule> {
  return import('./mount.js');
}

/** The same; where its file is gone because a newer version was published meanwhile, that version's own. */
async function newestPart(): Promise<PartModule> {
  try {
    return await importPart();
  } catch (error) {
    // A package is of one version.
    if (import.meta.env.MODE === 'package') throw error;
    const address = new URL(import.meta.url);
    address.search = `?${Date.now()}`;
    const newest = (await import(/* @vite-ignore */ address.href)) as { readonly importPart: typeof importPart };
    return newest.importPart();
  }
}

/** What the elements are drawn with, and what an old browser lacks. */
function isOld(): boolean {
  return (
    typeof IntersectionObserver === 'undefined' ||
    !('adoptedStyleSheets' in Document.prototype) ||
    !('showPopover' in HTMLElement.prototype) ||
    !CSS.supports('color', 'light-dark(#000, #fff)') ||
    !CSS.supports('container-type', 'inline-size')
  );
}

/** The element of a kind. */
export function elementOf(kind: Kind): CustomElementConstructor {
  // Truly private: a page may set any property, and frameworks set those that they find.
  class GruElement extends HTMLElement {
    readonly #shadow = this.attachShadow({ mode: 'open' });
    #observer: IntersectionObserver | undefined;
    #mounted: Mounted | undefined;
    #loads = false;
    #failed: Reason | undefined;

    static get observedAttributes(): string[] {
      return ['theme', 'loading', ...ATTRIBUTES[kind]];
    }

    constructor() {
      super();
      this.#shadow.append(document.createElement('slot'));
    }

    connectedCallback(): void {
      takeUp(this, kind);
      if (this.#mounted || this.#loads) return;
      if (isOld()) this.#fail(failureOf('old-browser'));
      else if (this.#isEager()) void this.#load();
      else this.#wait();
    }

    disconnectedCallback(): void {
      this.#stopWaiting();
      // Where it is moved, it is in the document again by then.
      queueMicrotask(() => {
        if (!this.isConnected) this.#unmount();
      });
    }

    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (before === now) return;
      if (name === 'loading') {
        if (this.#observer && this.#isEager()) void this.#load();
        return;
      }
      this.#mounted?.attributeChanged(name);
      // What was wrong may be mended.
      if ((this.#failed === 'attribute' || this.#failed === 'script') && !this.#loads) void this.#load();
    }

    #isEager(): boolean {
      return this.getAttribute('loading')?.toLowerCase() === 'eager';
    }

    #wait(): void {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':host { display: block }');
      this.#shadow.adoptedStyleSheets = [sheet];
      this.#observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) void this.#load();
        },
        { rootMargin: NEAR },
      );
      this.#observer.observe(this);
    }

    #stopWaiting(): void {
      this.#observer?.disconnect();
      this.#observer = undefined;
    }

    async #load(): Promise<void> {
      this.#stopWaiting();
      this.#loads = true;
      this.#failed = undefined;
      try {
        const { mount } = await newestPart();
        const mounted = await mount(kind, this, this.#shadow, ({ reason, cause, message }) => this.#fail(failureOf(reason, cause, message)));
        if (this.isConnected && !this.#hasFailed()) this.#mounted = mounted;
        else mounted?.unmount();
      } catch (error) {
        this.#fail(failureOf('load', error));
      }
      this.#loads = false;
    }

    /** Asked of the element anew: it may have failed while something was waited for. */
    #hasFailed(): boolean {
      return this.#failed !== undefined;
    }

    #unmount(): void {
      this.#mounted?.unmount();
      this.#mounted = undefined;
      this.#shadow.replaceChildren(document.createElement('slot'));
    }

    #fail(failure: Failure): void {
      this.#mounted?.unmount();
      this.#mounted = undefined;
      const page = SITE === undefined ? undefined : `${SITE}#${kind === 'playground' ? 'play' : kind === 'code' ? kind : 'challenge'}`;
      showFailure(this, this.#shadow, failure, page, () => {
        this.#shadow.replaceChildren(document.createElement('slot'));
        void this.#load();
      });
      this.#failed = failure.reason;
      const detail: ErrorDetail = { ...failure };
      this.dispatchEvent(new CustomEvent('gru-error', { detail, bubbles: true, composed: true }));
    }
  }
  reflect(GruElement.prototype, kind);
  return GruElement;
}
