/** The code view's part of the address: `#code?c=...`. */
import { queryOf, type Notice } from '../state/codec.js';
import { packed, unpacked } from './link.js';

export interface FromAddress {
  /** None where the address names none. */
  readonly code: string | undefined;
  readonly notices: readonly Notice[];
}

/** What an address says, and what of it was not obeyed. */
export async function fromAddress(query: string): Promise<FromAddress> {
  const notices: Notice[] = [];
  let code: string | undefined;
  for (const [name, text] of new URLSearchParams(query)) {
    const refuse = (problem: string): void => {
      notices.push({ given: `${name}=${text.length > 20 ? `${text.slice(0, 17)}...` : text}`, problem, instead: undefined });
    };
    if (name !== 'c') refuse('is no setting of this view');
    else if (code !== undefined) refuse('is there twice');
    else {
      try {
        code = await unpacked(text);
      } catch {
        refuse('is no code: the link is damaged or cut off');
      }
    }
  }
  return { code, notices };
}

/** What the address says of code; undefined where it is too long for one. */
export async function toAddress(code: string | undefined): Promise<string | undefined> {
  if (code === undefined) return '';
  const text = await packed(code);
  return text === undefined ? undefined : queryOf([['c', text]]);
}
