/**
 * The code view's part of the address: `#code?c=...` is code, `#code?program=shapes` one of the gallery's, and `#code?paste=...` a text
 * that is explained.
 */
import { queryOf, type Notice } from '../state/codec.js';
import { GALLERY, type ProgramName } from './gallery/list.js';
import { packed, unpacked } from './link.js';

/** So many letters of a text are taken from an address: beyond, a text is pasted by hand. */
const MOST_PASTED = 4000;

export interface FromAddress {
  /** None where the address names none. */
  readonly code: string | undefined;
  /** A text for the box. */
  readonly pasted: string | undefined;
  /** A program of the gallery. */
  readonly program: ProgramName | undefined;
  readonly notices: readonly Notice[];
}

/** What an address says, and what of it was not obeyed. */
export async function fromAddress(query: string): Promise<FromAddress> {
  const notices: Notice[] = [];
  let code: string | undefined;
  let pasted: string | undefined;
  let program: ProgramName | undefined;
  for (const [name, text] of new URLSearchParams(query)) {
    const refuse = (problem: string): void => {
      notices.push({ given: `${name}=${text.length > 20 ? `${text.slice(0, 17)}...` : text}`, problem, instead: undefined });
    };
    if (name === 'paste' && pasted === undefined) pasted = text.slice(0, MOST_PASTED);
    else if (name === 'program' && program === undefined) {
      program = GALLERY.find((entry) => entry.name === text)?.name;
      if (program === undefined) refuse('is no program of the gallery');
    } else if (name !== 'c' && name !== 'paste' && name !== 'program') refuse('is no setting of this view');
    else if (name !== 'c') refuse('is there twice');
    else if (code !== undefined) refuse('is there twice');
    else {
      try {
        code = await unpacked(text);
      } catch {
        refuse('is no code: the link is damaged or cut off');
      }
    }
  }
  return { code, pasted, program, notices };
}

/** What the address says of code; undefined where it is too long for one. */
export async function toAddress(code: string | undefined): Promise<string | undefined> {
  if (code === undefined) return '';
  const text = await packed(code);
  return text === undefined ? undefined : queryOf([['c', text]]);
}
