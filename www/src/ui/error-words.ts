import { plural } from './numbers.js';

/** A message as a sentence: some of PyTorch's end with a full stop, and most with none. */
export function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** An error as it is announced: what is raised, and, unless `where` is empty, where the reason and so many fixes stand. */
export function errorWords(exception: string, message: string, fixes: number, where: string): string {
  const said = `${exception === '' ? '' : `${exception}: `}${asSentence(message)}`;
  if (where === '') return said;
  return `${said} ${whyAndFixes(fixes)}: ${where}.`;
}

/** `Why, and 2 fixes`; where there are none, `Why`. */
export function whyAndFixes(fixes: number): string {
  return fixes === 0 ? 'Why' : `Why, and ${plural(fixes, 'fix', 'fixes')}`;
}
