import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from './harness';

/** The address of the built site, which is another origin than the course page's. */
export const SITE = process.env['GRU_SITE'] ?? '';

export interface Answer {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A course's own server, on another port than the site's: its pages are set by each test. */
export class Course {
  readonly #pages = new Map<string, Answer>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://course.test');
      const answer = this.#pages.get(pathname);
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
      response.writeHead(answer ? 200 : 404, { 'content-type': type, ...answer?.headers });
      response.end(answer?.body ?? 'not found');
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets a page and returns its address. */
  page(path: string, body: string, headers: Readonly<Record<string, string>> = {}): string {
    this.#pages.set(path, { body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Week 3</title><link rel="icon" href="data:,">${body}</html>`, headers });
    return `${this.origin}${path}`;
  }

  /** Sets any other file. */
  file(path: string, answer: Answer): string {
    this.#pages.set(path, answer);
    return `${this.origin}${path}`;
  }
}

/** The two lines that a teacher pastes, with whatever elements. */
export function elements(html: string, script = 'embed/gru-embed.js'): string {
  return `<script type="module" crossorigin src="${SITE}${script}"></script>${html}`;
}

export const test = base.extend<{ course: Course }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from a pattern.
  course: async ({}, use) => {
    const course = new Course();
    await course.listen();
    await use(course);
    await course.close();
  },
});

export { expect };
