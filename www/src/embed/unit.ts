/**
 * Makes `--gru-unit` a length: `1em` of an element is then so many pixels within it, at whatever size the text there is.
 *
 * The name is registered with the document, once, and is nobody else's.
 */
export function registerUnit(): void {
  try {
    CSS.registerProperty({ name: '--gru-unit', syntax: '<length>', inherits: true, initialValue: '16px' });
  } catch {
    // Registered already, by another version of this.
  }
}
