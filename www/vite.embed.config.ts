import { defineConfig } from 'vite';
import { embeddedStyles } from './build/embedded-styles.js';
import { fonts } from './build/fonts.js';
import { licences } from './build/licences.js';
import { contentSecurityPolicy } from './build/policy.js';
import { STYLED_BROWSERS } from './build/styles.js';
import { trustedTypes } from './build/trusted.js';

/**
 * What pages of others load: the elements, the page of a frame, the anywidget module. Built into the same site, after the page,
 * with styles of their own kind; `--mode package` builds the npm package's instead, without a site around.
 */
export default defineConfig(({ mode }) => {
  const isPackage = mode === 'package';
  const scripts = { 'gru-embed': 'src/embed/embed.ts', widget: 'src/embed/widget.ts' };
  return {
    base: './',
    plugins: [trustedTypes(), licences(), embeddedStyles(), ...(isPackage ? [] : [fonts(), contentSecurityPolicy()])],
    publicDir: false,
    worker: { format: 'es', plugins: () => [licences({ writes: false })] },
    build: {
      outDir: isPackage ? '../target/package' : '../dist',
      emptyOutDir: isPackage,
      target: 'es2022',
      cssTarget: STYLED_BROWSERS,
      // What the page has too, by the same name: engines, workers, fonts.
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      // Nothing is hung into the head of a page that is not ours.
      modulePreload: false,
      rolldownOptions: {
        input: isPackage ? scripts : { ...scripts, 'frame-height': 'src/embed/frame-height.ts', frame: 'embed.html' },
        preserveEntrySignatures: 'allow-extension',
        // Pages of others name what lies in `embed/`, which never changes its name; all else is named by its content.
        // So do the names by which a newer version's files import from a script that is cached still.
        output: { entryFileNames: 'embed/[name].js', chunkFileNames: `${isPackage ? 'embed' : 'assets'}/[name]-[hash].js`, minifyInternalExports: false },
      },
    },
  };
});
