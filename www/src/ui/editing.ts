/** The editor of programs: the page offers it to what it shows, and pages of others do without. */
import type { Call } from '../engine/engine.js';

/** What controls beside a program show. */
export interface ShownCall {
  readonly call: Call;
  readonly seed: number;
}

let load: (() => Promise<unknown>) | undefined;

/** Says how the editor's code is loaded: rooms do not import each other. */
export function offerEditor(loading: () => Promise<unknown>): void {
  load = loading;
}

/** What loads the editor, where there is one. */
export function offeredEditor(): (() => Promise<unknown>) | undefined {
  return load;
}

/** What the tab keeps of code under a name: a reload leaves it as it was. */
export function keptCode(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    // Blocked: then a reload begins anew.
    return null;
  }
}

/** Keeps a text under a name, or with null nothing any more. */
export function keepCode(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // There is no room for it, or storage is blocked.
  }
}
