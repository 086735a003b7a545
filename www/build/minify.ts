/** What Vite leaves as it is written: the templates and styles within our modules lose their indentation and comments. */
import { minifyHTMLLiterals } from 'minify-literals';
import type { Plugin } from 'vite';

export function minifyTemplates(): Plugin {
  return {
    name: 'gru-minify-templates',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !/\b(?:html|css|svg)`/.test(code)) return null;
      // Between words one space stays.
      const minified = await minifyHTMLLiterals(code, { fileName: id, html: { conservativeCollapse: true } });
      return minified === null ? null : { code: minified.code, map: minified.map as never };
    },
  };
}
