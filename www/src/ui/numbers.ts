/** Numbers as the page writes them. */

const THIN_SPACE = '\u202f';
const MINUS = '\u2212';

/** A whole number with thin spaces between thousands: `1 260`. */
export function formatCount(count: bigint | number): string {
  return count.toString().replace(/\B(?=(?:\d{3})+$)/g, THIN_SPACE);
}

/** A number and its noun: `1 step`, `5 steps`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}

/** Four decimals as in a printed tensor; very large and very small values with an exponent. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : `${MINUS}inf`;
  const size = Math.abs(value);
  const [mantissa, exponent] = value.toExponential(4).split('e');
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e5)
      ? `${mantissa ?? ''}e${Number(exponent) < 0 ? '-' : '+'}${String(Math.abs(Number(exponent))).padStart(2, '0')}`
      : value.toFixed(4);
  return text.replace(/^-/, MINUS);
}

/** A negative value in brackets, as it stands within a sum or product. */
export function bracketed(value: number): string {
  const text = formatValue(value);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** Two decimals, with a real minus: where a number stands within a sentence. */
export function formatHundredths(value: number): string {
  return value.toFixed(2).replace(/^-/, MINUS);
}

/** A value as a further part of a sum, its sign before it: ` + 0.5000`, ` \u2212 0.5000`. */
export function added(value: number): string {
  return value < 0 ? ` ${MINUS} ${formatValue(-value)}` : ` + ${formatValue(value)}`;
}

/** A product as a further part of a sum, which stays the sum that its equation is: ` + 0.5000 \u2217 (\u22120.2500)`. */
export function addedProduct(factor: number, value: number): string {
  return ` + ${formatValue(factor)} \u2217 ${bracketed(value)}`;
}

/** A share as a whole number of hundredths: `58 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Math.round(100 * share)}\u202f%` : 'nan';
}
