/** The editor of programs: the page offers it to what it shows, and pages of others do without. */

let load: (() => Promise<unknown>) | undefined;

/** Says how the editor's code is loaded: rooms do not import each other. */
export function offerEditor(loading: () => Promise<unknown>): void {
  load = loading;
}

/** What loads the editor, where there is one. */
export function offeredEditor(): (() => Promise<unknown>) | undefined {
  return load;
}
