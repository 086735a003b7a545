// The core and the lab as webpack builds them, into webpacked/, which webpack.html loads.
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

webpack(
  { mode: 'production', context: at('.'), entry: './src/core.js', output: { path: at('webpacked'), filename: 'core.js', publicPath: 'auto' } },
  (error, stats) => {
    const faults = error ?? (stats.hasErrors() || stats.hasWarnings() ? stats.toString('errors-warnings') : undefined);
    if (faults === undefined) return;
    console.error(faults);
    process.exitCode = 1;
  },
);
