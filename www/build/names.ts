/**
 * `python.html`: every name of Python and PyTorch that runs, runs in part or is refused, from `docs/python.md`, which the runner's
 * tests write of the library itself. A plain page without scripts; each name has an address, and refusals of programs lead to it.
 */
import { readFileSync } from 'node:fs';
import { Marked } from 'marked';
import type { Plugin } from 'vite';
import { FRAMEABLE_POLICY } from './policy.js';

const LIST = new URL('../../docs/python.md', import.meta.url);
const STYLES = ['../src/ui/tokens.css', './names.css'].map((file) => new URL(file, import.meta.url));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** What the list says, as the page's main part: each module and each of its names with the address that PyTorch calls it by. */
export function mainOf(list: string): string {
  const modules: string[] = [];
  const given = new Set<string>();
  let module = '';
  let isListed = false;
  const addressed = (id: string): string => {
    if (given.has(id)) return '';
    given.add(id);
    return ` id="${escaped(id)}"`;
  };
  const reader = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const words = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${words}</h1>\n`;
        module = text.replaceAll('`', '');
        isListed = false;
        modules.push(module);
        return `<h2${addressed(module)}>${words}</h2>\n`;
      },
      paragraph({ tokens, text }) {
        isListed = module !== '' && /^(?:Runs|Refused)\b/.test(text);
        return `<p>${this.parser.parseInline(tokens)}</p>\n`;
      },
      codespan({ text }) {
        const id = module === 'builtins' ? text : `${module}.${text}`;
        return `<code${isListed ? addressed(id) : ''}>${escaped(text)}</code>`;
      },
      html: () => '',
    },
  });
  const words = reader.parse(list, { async: false });
  const contents = modules.map((name) => `<li><a href="#${escaped(name)}"><code>${escaped(name)}</code></a></li>`).join('');
  return words.replace('<h2', () => `<nav aria-label="Modules and types"><ul>${contents}</ul></nav>\n<h2`);
}

export function names(): Plugin {
  return {
    name: 'gru-names',
    apply: 'build',
    generateBundle() {
      const source = STYLES.map((file) => readFileSync(file, 'utf8')).join('\n');
      const styles = this.getFileName(this.emitFile({ type: 'asset', name: 'python.css', source }));
      const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${FRAMEABLE_POLICY}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" type="image/svg+xml" href="./favicon.svg" />
    <link rel="stylesheet" href="./${styles}" />
    <title>What of Python and PyTorch runs here · GRU Playground</title>
  </head>
  <body>
    <header><a href="./#code">GRU Playground: run your own code</a></header>
    <main>${mainOf(readFileSync(LIST, 'utf8'))}</main>
  </body>
</html>
`;
      this.emitFile({ type: 'asset', fileName: 'python.html', source: page });
    },
  };
}
