/** What the Embed dialogue writes: a link, a frame or an element, for what is on the screen. */
import { toAttributes } from '../../embed/attributes.js';
import type { Kind } from '../../embed/names.js';
import type { ReleaseRange } from '../../engine/engine.js';
import type { PlaygroundState } from '../../state/playground-state.js';
import { toQuery } from '../../state/url.js';

/**
 * The scripts that a snippet names, at addresses which every version of the site has: what was pasted once goes on working.
 *
 * They are asked for anew each time, and name all else by the hash of its content.
 */
export const SCRIPTS = { elements: 'embed/gru-embed.js', height: 'embed/frame-height.js' } as const;

/** What is to be embedded. */
export interface Wish {
  readonly kind: Kind;
  /** The question's number. */
  readonly number: number;
  readonly state: PlaygroundState;
  readonly theme: 'auto' | 'light' | 'dark';
  /** The code in the editor, where there is one. */
  readonly code?: EditedCode | undefined;
}

export interface EditedCode {
  readonly text: string;
  /** What a link of the page has of it after `#code?`; empty where it is too long for one. */
  readonly query: string;
}

const NAMES: Readonly<Record<Kind, string>> = { playground: 'GRU Playground', challenge: 'GRU challenge', question: 'A question about GRUs', code: 'PyTorch code to run' };

function escape(text: string): string {
  // A line break as such would end a line of Markdown too.
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '&#10;');
}

/** The full page, as it shows this. */
export function linkAddress(site: string, { kind, state, code }: Wish): string {
  if (kind === 'code') return code?.query ? `${site}#code?${code.query}` : `${site}#code`;
  const query = toQuery(state);
  if (kind !== 'playground') return `${site}#challenge`;
  return query === '' ? `${site}#play` : `${site}#play?${query}`;
}

export function frameAddress(site: string, { kind, number, state, theme, code }: Wish): string {
  const settings = [`view=${kind}`];
  if (kind === 'question') settings.push(`number=${number}`);
  if (kind === 'playground' && toQuery(state) !== '') settings.push(toQuery(state));
  if (kind === 'code') settings.push(`code=${encodeURIComponent(code?.text ?? '')}`);
  if (theme !== 'auto') settings.push(`theme=${theme}`);
  return `${site}embed.html?${settings.join('&')}`;
}

function script(site: string, path: string): string {
  return `<script type="module" src="${escape(site + path)}"></script>`;
}

export function linkSnippet(site: string, wish: Wish): string {
  return `<a href="${escape(linkAddress(site, wish))}">Open the GRU Playground</a>`;
}

/** A frame of this height, which the script beside it sets right. */
export function frameSnippet(site: string, wish: Wish, height: number): string {
  const { kind } = wish;
  return [
    `<iframe src="${escape(frameAddress(site, wish))}" title="${NAMES[kind]}" width="100%" height="${height}" loading="lazy"></iframe>`,
    script(site, SCRIPTS.height),
  ].join('\n');
}

export function elementSnippet(site: string, wish: Wish, releases: readonly ReleaseRange[]): string {
  const { kind, number, state, theme, code } = wish;
  const attributes = new Map<string, string>();
  if (kind === 'question') attributes.set('number', String(number));
  if (kind === 'code') attributes.set('code', code?.text ?? '');
  if (kind === 'playground') {
    const holder = {
      getAttribute: (name: string) => attributes.get(name) ?? null,
      setAttribute: (name: string, value: string) => attributes.set(name, value),
      removeAttribute: (name: string) => attributes.delete(name),
    };
    toAttributes(holder, state, releases);
  }
  if (theme !== 'auto') attributes.set('theme', theme);
  const written = [...attributes].map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
  return [script(site, SCRIPTS.elements), `<gru-${kind}${written}>${linkSnippet(site, wish)}</gru-${kind}>`].join('\n');
}
