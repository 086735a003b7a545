/**
 * The page's styles as they hold in a page of others.
 *
 * There a rem is the host's, who may have set it to anything, and the window says nothing of the room that an element has. So
 * lengths follow `--gru-unit`, and what asks for the window's width asks for that of the element.
 */
import type { Plugin } from 'vite';

/** The container that an embedded element is. */
export const CONTAINER = 'gru-embed';
/** What a rem is in a media query, whatever the document says. */
const REM_PX = 16;

/** The index of the brace that closes the one at `open`. */
function closing(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a block is not closed: ${css.slice(open, open + 60)}`);
}

function lengths(css: string): string {
  return css.replace(/(-?\d*\.?\d+)rem\b/g, 'calc($1 * var(--gru-unit))');
}

/** A condition that asks of one of our own boxes already. */
function inPixels(condition: string): string {
  return condition.replace(/(\d*\.?\d+)rem\b/g, (_, rem: string) => `${Number(rem) * REM_PX}px`);
}

/** A block under one or more conditions, any of which is enough. */
function conditional(conditions: string, block: string): string {
  const widths: string[] = [];
  const others: string[] = [];
  for (const condition of conditions.split(',').map((text) => text.trim())) {
    const [, side, rem] = /^\((min|max)-width: ([\d.]+)rem\)$/.exec(condition) ?? [];
    if (side !== undefined) widths.push(`(${side}-width: ${Number(rem) * REM_PX}px)`);
    else if (/width|height/.test(condition)) throw new Error(`a condition that cannot be asked of an element: ${condition}`);
    else others.push(condition);
  }
  const container = widths.length > 0 ? `@container ${CONTAINER} ${widths.join(' or ')} {${block}}` : '';
  const media = others.length > 0 ? `@media ${others.join(', ')} {${block}}` : '';
  return [container, media].filter((rule) => rule !== '').join('\n');
}

export function embeddedCss(css: string): string {
  const [found] = css.matchAll(/@(media|container)\b/g);
  if (!found) return lengths(css);
  const open = css.indexOf('{', found.index);
  const close = closing(css, open);
  const block = embeddedCss(css.slice(open + 1, close));
  const conditions = css.slice(found.index + found[0].length, open);
  const rule = found[1] === 'media' ? conditional(conditions, block) : `@container${inPixels(conditions)}{${block}}`;
  return lengths(css.slice(0, found.index)) + rule + embeddedCss(css.slice(close + 1));
}

export function embeddedStyles(): Plugin {
  return {
    name: 'embedded-styles',
    enforce: 'pre',
    transform(code, id) {
      const isOfAnElement = /^[^?]*\/src\/[^?]*\.css\?inline$/.test(id);
      return isOfAnElement || id.endsWith('/tokens.css') ? { code: embeddedCss(code), map: null } : undefined;
    },
  };
}
