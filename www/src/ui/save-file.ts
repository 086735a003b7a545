/** Whether the browser takes downloads from here: from a frame without an origin, a sandboxed one, it takes none and says nothing. */
export function canSave(): boolean {
  return self.origin !== 'null' || location.protocol === 'file:';
}

/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}
