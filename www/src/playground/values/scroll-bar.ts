/** What a thin scroll bar takes of a box; nothing where it lies over what it scrolls. */

let width: number | undefined;

/** In CSS pixels, asked of the browser once. */
export function barWidth(): number {
  if (width !== undefined) return width;
  const probe = document.createElement('div');
  for (const [property, value] of [
    ['position', 'absolute'],
    ['visibility', 'hidden'],
    ['overflow', 'scroll'],
    ['scrollbar-width', 'thin'],
    ['inline-size', '100px'],
  ] as const) {
    probe.style.setProperty(property, value);
  }
  document.body.append(probe);
  width = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return width;
}
