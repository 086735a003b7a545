import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAMEABLE_POLICY, POLICY } from './policy.js';
import { previewHost, type Served } from './preview-host.js';

const folder = mkdtempSync(join(tmpdir(), 'gru-preview-'));
const servers: PreviewServer[] = [];

async function serve(served: Served): Promise<number> {
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'silent',
    plugins: [previewHost(served)],
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0, cors: { origin: '*' } },
  });
  servers.push(server);
  return (server.httpServer.address() as AddressInfo).port;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: number;
}

function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }));
    });
    asked.on('error', reject).end();
  });
}

beforeAll(() => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html>'.repeat(100));
  writeFileSync(join(folder, 'gru-playground.html'), '<!doctype html>');
  writeFileSync(join(folder, 'embed.html'), '<!doctype html>');
  writeFileSync(join(folder, 'core.wasm'), Buffer.alloc(4096));
  writeFileSync(join(folder, 'page.js'), 'export {};'.repeat(200));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true });
});

describe('a site that is served as hosts serve it', () => {
  it.each(['', '/a/b'])('has its types, its policy and its size below "%s"', async (below) => {
    const port = await serve({ headers: true, compressed: true, paths: { '/a/b': '' } });
    const page = await get(port, `${below}/`);
    expect(page).toMatchObject({
      status: 200,
      bytes: 1500,
      headers: {
        'content-type': expect.stringMatching(/^text\/html/) as string,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'access-control-allow-origin': '*',
        'cache-control': 'no-cache',
      },
    });
    for (const [name, type] of [['core.wasm', 'application/wasm'], ['page.js', 'text/javascript']] as const) {
      const { headers, bytes } = await get(port, `${below}/${name}`, { 'accept-encoding': 'gzip' });
      expect(headers['content-type']).toContain(type);
      expect(headers['content-encoding']).toBe('gzip');
      expect(bytes).toBeLessThan(1000);
    }
    for (const absent of ['absent.js', 'absent', '../package.json', '%2e%2e/package.json']) {
      expect(await get(port, `${below}/${absent}`)).toMatchObject({ status: 404 });
    }
  });

  it('lets nobody else frame the page, and everybody the page that is made for it', async () => {
    const port = await serve({ headers: true });
    expect(POLICY).toBe(`${FRAMEABLE_POLICY}; frame-ancestors 'self'`);
    for (const directive of ["default-src 'self'", "base-uri 'none'", "form-action 'none'"]) expect(FRAMEABLE_POLICY.split('; ')).toContain(directive);
    expect((await get(port, '/embed.html?view=question')).headers['content-security-policy']).toBe(FRAMEABLE_POLICY);
    expect((await get(port, '/index.html')).headers['content-security-policy']).toBe(POLICY);
  });

  it('leaves the page in one file to its own policy', async () => {
    const { headers } = await get(await serve({ headers: true }), '/gru-playground.html');
    expect(headers).not.toHaveProperty('content-security-policy');
    expect(headers).toHaveProperty('x-content-type-options', 'nosniff');
  });

  it('answers no foreign name: a page elsewhere could point its own name here', async () => {
    expect(await get(await serve({ headers: true }), '/', { host: 'attacker.example' })).toMatchObject({ status: 403 });
  });

  it('says of an unchanged file just that', async () => {
    const port = await serve({ headers: true });
    const { headers } = await get(port, '/page.js');
    expect(await get(port, '/page.js', { 'if-none-match': String(headers['etag']) })).toMatchObject({ status: 304, bytes: 0 });
  });
});

describe('a page of others', () => {
  it('has no header and no compression of ours', async () => {
    const { headers, bytes } = await get(await serve({}), '/', { 'accept-encoding': 'gzip, br' });
    expect(headers).not.toHaveProperty('content-security-policy');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(bytes).toBe(1500);
  });
});
