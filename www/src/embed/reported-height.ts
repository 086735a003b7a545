/** The height that a frame reports; undefined for whatever is no report. */
export function reportedHeight(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, height } = data as { readonly type?: unknown; readonly height?: unknown };
  return type === 'gru-height' && typeof height === 'number' && Number.isFinite(height) && height > 0 ? height : undefined;
}
