/**
 * What Vite leaves as it is written: the styles within our modules lose their indentation and comments. Templates of HTML and SVG
 * stay as they are: what an unquoted attribute and a slash mean is Lit's to say.
 */
import { transform as minified } from 'lightningcss';
import MagicString from 'magic-string';
import type { Plugin } from 'vite';

/** Styles without anything put in, which ours are; what is within may begin or end no template. */
const STYLES = /\bcss`([^`]*)`/g;

export function minifyStyles(): Plugin {
  return {
    name: 'gru-minify-styles',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id)) return null;
      const text = new MagicString(code);
      for (const { index, 1: styles = '' } of code.matchAll(STYLES)) {
        const start = index + 'css`'.length;
        if (/\\|\$\{/.test(styles)) this.error('these styles are not plain text', start);
        const short = minified({ filename: id, code: Buffer.from(styles), minify: true }).code.toString();
        if (/[\\`]|\$\{/.test(short)) this.error('these styles cannot stand in a template', start);
        text.update(start, start + styles.length, short);
      }
      return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: true }) } : null;
    },
  };
}
