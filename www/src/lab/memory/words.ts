/** `93 %`. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u202f%`;
}
