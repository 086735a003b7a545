/**
 * The first view: header and opening stand in the page as they look before anything is pressed, drawn by the page's own elements and
 * the core (`opening-rendered.mjs`). A first visit reads them while the code is on its way, which then takes their place.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PLACE = '<!-- first -->';

interface Rendered {
  readonly styles: string;
  readonly header: string;
  readonly opening: string;
}

/** What the page says of itself is drawn once a build. */
function rendered(): Rendered {
  return JSON.parse(execFileSync(process.execPath, [at('opening-rendered.mjs')], { encoding: 'utf8', maxBuffer: 2 ** 24 })) as Rendered;
}

/** Markup in a shadow root of its own, which the parser attaches: its styles are the elements' own and reach nothing else. */
function shadowed(name: string, markup: string, styles: string): string {
  return `<div class="first-view ${name}"><template shadowrootmode="open"><link rel="stylesheet" href="./${styles}">${markup}</template></div>`;
}

export function first(): Plugin {
  let drawn: Rendered;
  let styles = '';
  let script = '';
  return {
    name: 'gru-first',
    apply: 'build',
    buildStart() {
      drawn = rendered();
    },
    generateBundle: {
      // Before the page is written, which names them.
      order: 'pre',
      handler() {
        styles = this.getFileName(this.emitFile({ type: 'asset', name: 'first.css', source: drawn.styles }));
        script = this.getFileName(this.emitFile({ type: 'asset', name: 'first.js', source: readFileSync(at('first-state.js'), 'utf8') }));
      },
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        if (!html.includes(PLACE)) throw new Error(`index.html has no place for its first view: ${PLACE}`);
        if (styles === '') throw new Error('the page is written before its first view is there');
        const tags: HtmlTagDescriptor[] = [{ tag: 'link', attrs: { rel: 'preload', as: 'style', href: `./${styles}` }, injectTo: 'head' }];
        const views = shadowed('first-header', drawn.header, styles) + shadowed('first-opening', drawn.opening, styles);
        // It runs before the first frame, and under the policy, which stands above.
        const begun = html.replace('<script type="module"', (module) => `<script src="./${script}"></script>\n    ${module}`);
        return { html: begun.replace(PLACE, () => views), tags };
      },
    },
  };
}
