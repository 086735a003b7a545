/** The locks that pages and workers of an origin share, as far as they are used; none where the page did not come safely. */
export interface Locks {
  request(name: string, work: () => Promise<void>): Promise<unknown>;
  request(name: string, options: { readonly signal: AbortSignal }, work: () => void): Promise<unknown>;
}

export function locksHere(): Locks | undefined {
  try {
    return (globalThis as { readonly navigator?: { readonly locks?: Locks } }).navigator?.locks;
  } catch {
    return undefined;
  }
}
