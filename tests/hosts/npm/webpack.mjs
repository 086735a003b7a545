// The core as webpack builds it, into webpacked/, which webpack.html loads.
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

webpack(
  {
    mode: 'production',
    context: at('.'),
    entry: './src/core.js',
    output: { path: at('webpacked'), filename: 'core.js', publicPath: 'auto' },
    // The core is what it is.
    performance: { hints: false },
  },
  (error, stats) => {
    const faults = error ?? (stats.hasErrors() || stats.hasWarnings() ? stats.toString('errors-warnings') : undefined);
    if (faults === undefined) return;
    console.error(faults);
    process.exitCode = 1;
  },
);
