/** What the opening keeps in the browser: the sentence for the tab, and whether it is folded for the visits to come. */

const SENTENCE = 'gru-playground.sentence';
const FOLDED = 'gru-playground.opening-folded';

export function keptSentence(): string | null {
  try {
    return sessionStorage.getItem(SENTENCE);
  } catch {
    return null;
  }
}

export function keepSentence(text: string): void {
  try {
    sessionStorage.setItem(SENTENCE, text);
  } catch {
    // Without storage it holds until the page is left.
  }
}

export function wasFolded(): boolean {
  try {
    return localStorage.getItem(FOLDED) !== null;
  } catch {
    return false;
  }
}

export function keepFolded(folded: boolean): void {
  try {
    if (folded) localStorage.setItem(FOLDED, 'yes');
    else localStorage.removeItem(FOLDED);
  } catch {
    // Without storage it holds until the page is left.
  }
}
