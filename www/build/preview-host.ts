/** Makes Vite's preview server send what hosts send: the headers of a careful one, compressed files, and other paths to them. */
import type { IncomingMessage } from 'node:http';
import compression from 'compression';
import type { Connect, Plugin } from 'vite';
import { FRAMEABLE_POLICY, POLICY } from './policy.js';

/** How a folder is served. */
export interface Served {
  /** Under the site's own policy and headers; a page of others goes without. */
  readonly headers?: boolean;
  /** As most hosts do; a cold start that is timed is not to be that of a compressor. */
  readonly compressed?: boolean;
  /** Where addresses that begin in this way lead; the first that fits counts. */
  readonly paths?: Readonly<Record<string, string>>;
}

/** The page in one file has a policy of its own, which names its scripts by their hashes: ours would block them. */
const SINGLE_FILE = '/gru-playground.html';

/** The page of a frame may stand in any page. */
const FRAMED = '/embed.html';

/** The headers of a careful host. */
function headersOf(path: string): Record<string, string> {
  return {
    ...(path.startsWith(SINGLE_FILE) ? {} : { 'Content-Security-Policy': path.startsWith(FRAMED) ? FRAMEABLE_POLICY : POLICY }),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Access-Control-Allow-Origin': '*',
    // Rebuilt sites are seen at once; unchanged files still answer 304.
    'Cache-Control': 'no-cache',
  };
}

function redirect(request: IncomingMessage, paths: Readonly<Record<string, string>>): void {
  const url = request.url ?? '/';
  const [from, to] = Object.entries(paths).find(([from]) => url.startsWith(`${from}/`)) ?? [];
  if (from !== undefined && to !== undefined) request.url = to + url.slice(from.length);
}

export function previewHost({ headers = false, compressed = false, paths = {} }: Served): Plugin {
  return {
    name: 'gru-preview-host',
    configurePreviewServer({ middlewares }) {
      // Vite compresses text alone, and hosts compress wasm too.
      // Its types are Express's, whose requests it does not need.
      if (compressed) middlewares.use(compression() as unknown as Connect.NextHandleFunction);
      middlewares.use((request, response, next) => {
        if (!compressed) delete request.headers['accept-encoding'];
        redirect(request, paths);
        if (headers) for (const [name, value] of Object.entries(headersOf(request.url ?? '/'))) response.setHeader(name, value);
        next();
      });
    },
  };
}
