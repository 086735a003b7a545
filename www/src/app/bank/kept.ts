/** What a teacher wrote, kept in the tab, so that a reload loses nothing of it. */
const KEY = 'gru-bank-text';

export function keptBank(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    // Cookies are blocked: nothing is kept.
    return undefined;
  }
}

export function keepBank(text: string): void {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // A bank that is too large for it is a file already.
  }
}
