/** The installable page: its manifest, and a service worker that stores everything the page may ever ask for. */
import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export function offline(): PluginOption {
  return VitePWA({
    // The learner says when a newer version is taken.
    registerType: 'prompt',
    injectRegister: null,
    manifest: {
      id: './',
      name: 'GRU Playground',
      short_name: 'GRU',
      description: 'Meet the GRU, break it and repair it: exact PyTorch shapes, numbers and errors.',
      lang: 'en',
      display: 'standalone',
      background_color: '#f3f5f7',
      theme_color: '#12324a',
      categories: ['education'],
      icons: [
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    // The plugin would list the icons a second time.
    includeManifestIcons: false,
    workbox: {
      globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,png,txt}'],
      // The lab's modules are above the 2 MiB that are usual, and are needed without a network too.
      maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
      // What is saved to be opened elsewhere needs no second copy here.
      globIgnores: ['gru-playground.html'],
      // Every page is itself, whatever stands behind its question mark; none stands in for another.
      navigateFallback: null,
      ignoreURLParametersMatching: [/./],
      cleanupOutdatedCaches: true,
      // From its first visit on, a page is answered from what was stored with it.
      clientsClaim: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  });
}
