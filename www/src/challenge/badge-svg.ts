/** The badge as SVG: on the page, and as a file. */
import { svg, nothing, type TemplateResult } from 'lit';
import { BADGE_FONT, type BadgeItem, type BadgeScene } from './badge-scene.js';

/** The items as elements of a page's SVG. */
export function badgeItems(items: readonly BadgeItem[]): TemplateResult[] {
  return items.map((item) =>
    item.kind === 'path'
      ? svg`<path d=${item.d} fill=${item.fill ?? 'none'} stroke=${item.stroke ?? nothing}
          stroke-width=${item.width ?? nothing} opacity=${item.opacity ?? nothing} />`
      : svg`<text x=${item.x} y=${item.y} fill=${item.fill} font-size=${item.size} font-weight=${item.weight}
          text-anchor="middle">${item.text}</text>`,
  );
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function element(item: BadgeItem): string {
  const attributes: readonly [string, string | number | undefined][] =
    item.kind === 'path'
      ? [['d', item.d], ['fill', item.fill ?? 'none'], ['stroke', item.stroke], ['stroke-width', item.width], ['opacity', item.opacity]]
      : [['x', item.x], ['y', item.y], ['fill', item.fill], ['font-size', item.size], ['font-weight', item.weight], ['text-anchor', 'middle']];
  const written = attributes
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  return item.kind === 'path' ? `<path${written}/>` : `<text${written}>${escaped(item.text)}</text>`;
}

/** A file that stands alone, with its texts as title and description. */
export function badgeFile(scene: BadgeScene, title: string, description: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}" font-family="${escaped(BADGE_FONT)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    ...scene.items.map(element),
    '</svg>',
    '',
  ].join('\n');
}
