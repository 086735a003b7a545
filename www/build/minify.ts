/**
 * What Vite leaves as it is written: the styles within our modules lose their indentation and comments. Templates of HTML and SVG
 * stay as they are: what an unquoted attribute and a slash mean is Lit's to say.
 */
import { minifyHTMLLiterals } from 'minify-literals';
import type { Plugin } from 'vite';

export function minifyStyles(): Plugin {
  return {
    name: 'gru-minify-styles',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !code.includes('css`')) return null;
      const minified = await minifyHTMLLiterals(code, { fileName: id, html: false });
      return minified === null ? null : { code: minified.code, map: minified.map as never };
    },
  };
}
