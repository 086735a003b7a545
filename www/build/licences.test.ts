import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryOf, licencesText, packageOf, partsOfOthers, unlisted, type Part } from './licences.js';

const PART: Part = { kind: 'npm package', name: 'lit', version: '3.0.0', licence: 'BSD-3-Clause', texts: ['Do as you like.'] };

describe('what of others goes with the page', () => {
  const parts = partsOfOthers();

  it('has a licence and its text, each', () => {
    expect(parts.length).toBeGreaterThan(60);
    const text = licencesText(parts);
    for (const part of parts) {
      expect(text.split('\n'), part.name).toContain(entryOf(part));
      expect(part.texts.join('').length, part.name).toBeGreaterThan(200);
    }
    // A text stands once, whoever it is of.
    expect(text.match(/^\s*TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION$/gm)?.length ?? 0).toBeLessThan(12);
  });

  it('is every dependency of the page, every crate of its modules and both typefaces', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> };
    const names = (kind: Part['kind']): string[] => parts.filter((part) => part.kind === kind).map(({ name }) => name);
    for (const name of Object.keys(dependencies)) expect([...names('npm package'), ...names('typeface')]).toContain(name);
    for (const name of ['wasm-bindgen', 'serde', 'safetensors', 'std']) expect(names('Rust crate')).toContain(name);
    expect(names('Rust crate').filter((name) => name.startsWith('gru-playground'))).toEqual([]);
    expect(names('typeface')).toEqual(['@fontsource-variable/atkinson-hyperlegible-mono', '@fontsource-variable/atkinson-hyperlegible-next']);
    expect(names('data set')).toEqual(['co2.csv', 'nile.csv']);
    // The service worker is bundled by itself.
    for (const name of ['workbox-precaching', 'workbox-routing', 'lit-html', 'd3-path']) expect(names('npm package')).toContain(name);
  });

  it('that has no licence, or no text of it, stops the build', () => {
    for (const lacking of [{ licence: '' }, { texts: [] }]) expect(() => licencesText([PART, { ...PART, ...lacking, name: 'other' }])).toThrow('npm package other has no licence');
  });

  it('and is not listed stops the build', () => {
    const ids = ['/a/www/src/main.ts', '/a/www/node_modules/lit/index.js', '/a/node_modules/x/node_modules/@scope/deep/a.js?commonjs', '\0vite/preload-helper.js', 'node_modules/.gru-fonts/next.woff2'];
    expect(ids.map(packageOf)).toEqual([undefined, 'lit', '@scope/deep', 'vite', undefined]);
    expect(unlisted(ids, [PART])).toEqual(['@scope/deep', 'vite']);
    expect(unlisted(ids, [PART, { ...PART, name: '@scope/deep' }, { ...PART, name: 'vite' }])).toEqual([]);
    // A crate of the same name is another thing.
    expect(unlisted(ids.slice(0, 2), [{ ...PART, kind: 'Rust crate' }])).toEqual(['lit']);
  });
});
