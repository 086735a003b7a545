/**
 * The page's two typefaces with no more than the page writes: the characters that stand in its sources, and the weights from 400
 * to 700. Whatever else a learner types is shown in the system's typeface.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const WWW = fileURLToPath(new URL('..', import.meta.url));
const MADE = join(WWW, 'node_modules/.gru-fonts');

/** Where sentences stand: the page's own, and the core's. */
const SOURCES = ['index.html', 'src', '../crate'];

const FONTS = ['next', 'mono'].map((name) => ({
  from: join(WWW, `node_modules/@fontsource-variable/atkinson-hyperlegible-${name}/files/atkinson-hyperlegible-${name}-latin-wght-normal.woff2`),
  to: join(MADE, `${name}.woff2`),
}));

/** Figures of one width, and what makes marks and pairs of letters fit. */
const FEATURES = ['tnum', 'kern', 'mark', 'mkmk', 'ccmp'];

function* texts(path: string): Generator<string> {
  if (/\.(?:html|ts|rs|toml|css)$/.test(path)) yield readFileSync(path, 'utf8');
  else if (!/\.\w+$/.test(path)) for (const name of readdirSync(path)) yield* texts(join(path, name));
}

/** ASCII, and every other character that the sources write, as itself or escaped. */
function characters(): string {
  const found = new Set(Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)));
  for (const source of SOURCES) {
    for (const text of texts(join(WWW, source))) {
      for (const [character] of text.matchAll(/[^\0-\x7F]/gu)) found.add(character);
      for (const [, code = ''] of text.matchAll(/\\u\{?([\dA-Fa-f]{4,5})/g)) found.add(String.fromCodePoint(Number.parseInt(code, 16)));
    }
  }
  return [...found].sort().join('');
}

/** Makes the files that `fonts.css` names, below `~fonts/`. */
export function fonts(): Plugin {
  return {
    name: 'gru-fonts',
    config: () => ({ resolve: { alias: { '~fonts': MADE } } }),
    async buildStart() {
      const text = characters();
      for (const { from, to } of FONTS) {
        const subset = await subsetFont(readFileSync(from), text, {
          targetFormat: 'woff2',
          variationAxes: { wght: { min: 400, max: 700 } },
          keepFeatures: FEATURES,
        });
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, subset);
      }
    },
  };
}
