/** What the playground is going to ask for is asked for at once, not one after the other. */
import type { HtmlTagDescriptor, Plugin } from 'vite';

export function preload(): Plugin {
  return {
    name: 'gru-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {}, chunk }) => {
        const files = Object.values(bundle);
        const view = files.find((file) => file.type === 'chunk' && file.name === 'gru-play-view');
        const named = (pattern: RegExp): string | undefined => files.find(({ fileName }) => pattern.test(fileName))?.fileName;
        const [wasm, font] = [named(/gru_page_bg.*\.wasm$/), named(/next-.*\.woff2$/)];
        if (view?.type !== 'chunk' || wasm === undefined || font === undefined) throw new Error('the playground has no parts to preload');
        // Whatever the page's first script needs stands in the page already.
        const there = new Set([chunk?.fileName, ...(chunk?.imports ?? [])]);
        const link = (attrs: Record<string, string | true>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' });
        return [
          link({ rel: 'preload', as: 'fetch', crossorigin: true, href: `./${wasm}` }),
          ...[view.fileName, ...view.imports].filter((name) => !there.has(name)).map((name) => link({ rel: 'modulepreload', crossorigin: true, href: `./${name}` })),
          link({ rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${font}` }),
        ];
      },
    },
  };
}
