/**
 * `licences.txt`: what of others goes with the page, with its licence's own text. The same file stands in the site, in the npm
 * package and in the page in one file, for each has the same parts.
 *
 * A package that a build takes in and that has no entry stops the build.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const WWW = fileURLToPath(new URL('..', import.meta.url));
const TOP = join(WWW, '..');

/** Something of others. */
export interface Part {
  readonly kind: 'typeface' | 'npm package' | 'Rust crate' | 'data set';
  readonly name: string;
  readonly version: string;
  /** As its manifest says, an SPDX expression. */
  readonly licence: string;
  /** Each file of its licence. */
  readonly texts: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What builds put in beside the page's own dependencies: the helpers of the bundler, the service worker, the unpacker. */
const BUILT_IN = ['vite', 'rolldown', 'workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies', 'workbox-window', 'lzma1'];

/** What dependencies ask for and no browser is given: types, and what stands in for a document where there is none. */
const NOT_TAKEN = /^(?:@types\/|@lit-labs\/ssr-dom-shim$)/;

const LICENCE_FILE = /^(?:licen[cs]e|copying|unlicense|notice)(?:[-._].*)?$/i;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The licence's files as its package has them. */
function textsIn(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name));
  // Vite's has those of all that it bundles for itself behind it.
  return files.map(({ name }) => readFileSync(join(folder, name), 'utf8').split(/^# Licenses of bundled dependencies/m)[0]?.trim() ?? '').filter((text) => text !== '');
}

/** For a crate that names its licence and brings no text: that licence's words, and who it is of. */
function standardText(licence: string, authors: readonly string[]): string {
  const apache = /\bApache-2\.0\b/.test(licence);
  if (!apache && !/\bMIT\b/.test(licence)) throw new Error(`no text is known of the licence ${licence}`);
  const words = readFileSync(join(TOP, apache ? 'LICENSE-APACHE' : 'LICENSE-MIT'), 'utf8').trim();
  return `Copyright (c) ${authors.length === 0 ? 'its authors' : authors.join(', ')}\n\n${apache ? words : words.replace(/^Copyright.*\n+/m, '')}`;
}

function npmParts(): Part[] {
  const taken = new Set<string>();
  const take = (name: string): void => {
    if (taken.has(name) || NOT_TAKEN.test(name)) return;
    taken.add(name);
    const { dependencies = {} } = readJson(join(WWW, 'node_modules', name, 'package.json')) as Manifest;
    // A tool's own dependencies stay at home.
    if (!BUILT_IN.includes(name)) Object.keys(dependencies).forEach(take);
  };
  Object.keys((readJson(join(WWW, 'package.json')) as Manifest).dependencies ?? {}).forEach(take);
  BUILT_IN.forEach(take);
  return [...taken].map((name) => {
    const folder = join(WWW, 'node_modules', name);
    const { version, license = '' } = readJson(join(folder, 'package.json')) as Manifest;
    return { kind: name.startsWith('@fontsource') ? 'typeface' : 'npm package', name, version, licence: license, texts: textsIn(folder) };
  });
}

interface Crate extends Manifest {
  readonly license?: string;
  readonly authors: readonly string[];
  readonly manifest_path: string;
  readonly source: string | null;
}

function cargo(...words: readonly string[]): string {
  return execFileSync('cargo', words, { cwd: TOP, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Every crate that is compiled into the modules, whichever of them. */
function crateParts(): Part[] {
  const tree = cargo('tree', '--locked', '--package', 'gru-playground-wasm', '--all-features', '--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}');
  const compiled = new Set(tree.split('\n').map((line) => line.replace(/^(\S+) v(\S+).*$/, '$1 $2')));
  const { packages } = JSON.parse(cargo('metadata', '--locked', '--format-version', '1')) as { readonly packages: readonly Crate[] };
  return packages
    // What has no source is the project's own.
    .filter(({ name, version, source }) => source !== null && compiled.has(`${name} ${version}`))
    .map(({ name, version, license = '', authors, manifest_path }) => {
      const texts = textsIn(dirname(manifest_path));
      return { kind: 'Rust crate', name, version, licence: license, texts: texts.length > 0 ? texts : [standardText(license, authors)] };
    });
}

/** Rust's own library, which is compiled into every module. */
function standardLibrary(): Part {
  const version = /^rustc (\S+)/.exec(execFileSync('rustc', ['--version'], { cwd: TOP, encoding: 'utf8' }))?.[1] ?? '';
  const licence = 'MIT OR Apache-2.0';
  return { kind: 'Rust crate', name: 'std', version, licence, texts: [standardText(licence, ['The Rust Project Developers'])] };
}

/** The series that the lab has: each file's head says whose it is. */
function dataSets(): Part[] {
  const folder = join(WWW, 'src/lab/series/data');
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return files.map((name) => {
    const head = readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line.startsWith('# ')).map((line) => line.slice(2));
    return { kind: 'data set', name, version: 'as statsmodels 0.15.0 has it', licence: 'public domain', texts: [head.join('\n')] };
  });
}

let parts: readonly Part[] | undefined;

/** Everything of others that goes with the page, in whatever form. */
export function partsOfOthers(): readonly Part[] {
  parts ??= [...npmParts(), ...crateParts(), standardLibrary(), ...dataSets()].sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  return parts;
}

/** How a part is named in the list. */
export function entryOf({ kind, name, version, licence }: Part): string {
  return `${kind} ${name} ${version}: ${licence}`;
}

/** The file: a list of all, then each licence's text, once, with whom it is of. */
export function licencesText(all: readonly Part[]): string {
  const texts = new Map<string, { readonly text: string; readonly of: Part[] }>();
  for (const part of all) {
    if (part.texts.length === 0 || part.licence === '') throw new Error(`${part.kind} ${part.name} has no licence`);
    for (const text of part.texts) {
      const words = text.replaceAll(/\W+/g, ' ').toLowerCase();
      const same = texts.get(words) ?? { text: text.replaceAll('\r', '').replaceAll(/[ \t]+$/gm, ''), of: [] };
      same.of.push(part);
      texts.set(words, same);
    }
  }
  const line = '='.repeat(80);
  const own = 'GRU Playground is under MIT OR Apache-2.0. With it go these works of others, each under its own licence; the texts follow below.';
  return [
    `${own}\n\n${all.map(entryOf).join('\n')}`,
    ...[...texts.values()].map(({ text, of }) => `${of.map(({ name, version }) => `${name} ${version}`).join(', ')}\n\n${text}`),
  ].join(`\n\n${line}\n`) + '\n';
}

/** The package that a module of a bundle is of; none for our own. */
export function packageOf(id: string): string | undefined {
  const path = id.replaceAll('\\', '/');
  const helper = /^\0(vite|rolldown)\//.exec(path)?.[1];
  return helper ?? /.*\/node_modules\/((?:@[^/]+\/)?[^/?]+)/.exec(path)?.[1];
}

/** Names of packages that a bundle has and the list has not. */
export function unlisted(ids: readonly string[], all: readonly Part[]): string[] {
  const known = new Set(all.filter(({ kind }) => kind !== 'Rust crate').map(({ name }) => name));
  // The made typefaces lie there too.
  const own = (name: string): boolean => name.startsWith('.gru-');
  return [...new Set(ids.flatMap((id) => packageOf(id) ?? []))].filter((name) => !known.has(name) && !own(name));
}

/** Writes the file beside the page, and stops a build that takes in what it does not list. */
export function licences({ writes = true } = {}): Plugin {
  return {
    name: 'gru-licences',
    apply: 'build',
    generateBundle(_, bundle) {
      const all = partsOfOthers();
      const ids = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? Object.keys(output.modules) : output.originalFileNames));
      const missing = unlisted(ids, all);
      if (missing.length > 0) throw new Error(`licences.txt has no entry of ${missing.join(', ')}: see build/licences.ts`);
      if (writes) this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText(all) });
    },
  };
}
