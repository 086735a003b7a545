/** The badge as SVG. */
import { svg, nothing, type TemplateResult } from 'lit';
import type { BadgeItem } from './badge-scene.js';

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
