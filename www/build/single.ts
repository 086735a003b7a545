/**
 * The whole page in one HTML file that opens from a disk, where a page may fetch nothing: the script and the wasm modules are
 * packed into it, workers start from text, typefaces stand in the styles.
 *
 * Its policy names both scripts by their hashes and lets nothing out: `'self'` means nothing to a file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compress } from 'lzma1';
import { build, type Plugin } from 'vite';
import { licences, licencesText, partsOfOthers } from './licences.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The lab's module has all that the others have, but for programs, which have one of their own. */
const TOGETHER = 'gru_lab';
const TOGETHER_WITH = /gru_(?:page|quiz|run|lab)(?:_relaxed)?(?=\.js$|_bg\.wasm)/;

/** Leads to that module whoever asks for another's JavaScript. */
function together(): Plugin {
  return {
    name: 'gru-together',
    enforce: 'pre',
    resolveId(source, importer, options) {
      const own = source.replace(TOGETHER_WITH, TOGETHER);
      return own === source || source.includes('?') ? null : this.resolve(own, importer, { ...options, skipSelf: true });
    },
  };
}

/** A script as one text. */
async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    plugins: [together(), licences({ writes: false })],
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const chunk = 'output' in result ? result.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`no script was made of ${entry}`);
  return chunk.code;
}

/** Compressed by LZMA, which makes a quarter less of it than what browsers unpack by themselves; four bytes as five characters. */
function pack(name: string, bytes: Uint8Array): string {
  const packed = compress(bytes, 9);
  const fill = (4 - (packed.length % 4)) % 4;
  const words = Buffer.concat([packed, Buffer.alloc(fill)]);
  const text = Buffer.alloc((words.length / 4) * 5);
  for (let from = 0, to = 0; from < words.length; from += 4, to += 5) {
    let word = words.readUInt32BE(from);
    for (let place = 4; place >= 0; place -= 1) {
      const code = 40 + (word % 85);
      text[to + place] = code === 60 ? 126 : code;
      word = Math.floor(word / 85);
    }
  }
  return `<script type="text/plain" id="pack-${name}" data-fill="${String(fill)}">${text.toString('latin1')}</script>`;
}

/** The published page's address, where whoever builds knows it: what About adds to a file that is saved there. */
function publishedAddress(): string | undefined {
  const address = process.env['GRU_PUBLISHED'] ?? '';
  return address === '' ? undefined : new URL('./', address).href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

async function page(app: string, modules: ReadonlyMap<string, string>): Promise<string> {
  const boot = (await bundled(at('boot.js'))).trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hashed(boot)} ${hashed(app)} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const icon = readFileSync(at('../public/favicon.svg'), 'utf8').replaceAll(/\s+/g, ' ');
  const packs = [...modules].map(([name, file]) => pack(name, readFileSync(file)));
  packs.push(pack('app', Buffer.from(app)));
  packs.push(pack('licences', Buffer.from(licencesText(partsOfOthers()))));
  const published = publishedAddress();
  const parts: Record<string, string> = {
    PUBLISHED: published === undefined ? '' : `\n    <meta name="gru-published" content="${published}" />`,
    POLICY: policy,
    ICON: `data:image/svg+xml,${encodeURIComponent(icon)}`,
    PACKS: packs.join('\n    '),
    BOOT: boot,
  };
  return readFileSync(at('single.html'), 'utf8').replaceAll(/%([A-Z]+)%/g, (whole, name: string) => parts[name] ?? whole);
}

export function single(fileName: string): Plugin[] {
  const modules = new Map<string, string>();
  const packer: Plugin = {
    name: 'gru-single',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (/(?:\.wasm\?url|\?worker&url)$/.test(source)) {
        const [path = '', query = ''] = source.replace(TOGETHER_WITH, TOGETHER).split('?');
        const file = await this.resolve(path, importer, { ...options, skipSelf: true });
        return file && `\0${query}:${file.id}`;
      }
      const own = source.replace(/\/bytes\.js$/, '/bytes-packed.js');
      return own === source ? null : this.resolve(own, importer, { ...options, skipSelf: true });
    },
    async load(id) {
      const [, query, file] = /^\0(url|worker&url):(.*)$/.exec(id) ?? [];
      if (file === undefined) return null;
      if (query === 'url') {
        const name = basename(file, '_bg.wasm');
        modules.set(name, file);
        return `export default ${JSON.stringify(name)}`;
      }
      const source = JSON.stringify(await bundled(file));
      return `export default URL.createObjectURL(new Blob([${source}], { type: 'text/javascript' }))`;
    },
    generateBundle: {
      // Vite's own part in it is to be done.
      order: 'post',
      async handler(_, bundle) {
        const [entry] = Object.values(bundle).filter((output) => output.type === 'chunk');
        if (!entry) throw new Error('the page has no script');
        // Within one file there is nowhere else to look for anything.
        for (const name of Object.keys(bundle)) Reflect.deleteProperty(bundle, name);
        this.emitFile({ type: 'asset', fileName, source: await page(entry.code.trim(), modules) });
      },
    },
  };
  return [together(), packer];
}
