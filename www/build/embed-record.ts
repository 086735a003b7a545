import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** The scripts that a page of others names, and what they are called in the record. */
const SCRIPTS = { elements: 'embed/gru-embed.js', height: 'embed/frame-height.js', widget: 'embed/widget.js' };

/**
 * Beside each script that pages name, a copy whose name has its hash: a page can ask for that very code, by an integrity attribute.
 * `embed.json` names them for the dialogue that writes snippets.
 */
export function embedRecord(): Plugin {
  return {
    name: 'embed-record',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const record: Record<string, { path: string; integrity: string }> = {};
        for (const [name, file] of Object.entries(SCRIPTS)) {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk') throw new Error(`the build has no ${file}`);
          // One that is checked by its hash must not bring along what is not.
          if (name !== 'widget' && chunk.imports.length > 0) throw new Error(`${file} is not whole: it imports ${chunk.imports.join(', ')}`);
          const hash = createHash('sha384').update(chunk.code).digest();
          const path = file.replace(/\.js$/, `-${hash.toString('hex').slice(0, 8)}.js`);
          this.emitFile({ type: 'asset', fileName: path, source: chunk.code });
          record[name] = { path, integrity: `sha384-${hash.toString('base64')}` };
        }
        this.emitFile({ type: 'asset', fileName: 'embed.json', source: `${JSON.stringify(record, undefined, 2)}\n` });
      },
    },
  };
}
