/** Numbers as the page writes them. */

const THIN_SPACE = '\u202f';

/** A whole number with thin spaces between thousands: `1 260`. */
export function formatCount(count: bigint | number): string {
  return count.toString().replace(/\B(?=(?:\d{3})+$)/g, THIN_SPACE);
}

/** A number and its noun: `1 step`, `5 steps`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}
