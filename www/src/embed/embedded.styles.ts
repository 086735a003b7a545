import { css, unsafeCSS } from 'lit';
import tokens from '../ui/tokens.css?inline';

/**
 * What an embedded element wears: the tokens on itself, where a page can set them otherwise, and around its content a box that
 * takes nothing over from the page but its colour scheme.
 */
export const embeddedStyles = [
  unsafeCSS(tokens),
  css`
    :host {
      display: block;

      /* The reader's own size of text, whatever the page makes of a rem: see unit.ts. */
      --gru-unit: 1em;
      font-size: medium;
    }

    :host([hidden]) {
      display: none;
    }

    .root {
      all: initial;
      display: block;
      color-scheme: inherit;
      container: gru-embed / inline-size;
      isolation: isolate;
    }

    .ground {
      padding: var(--gru-embed-padding, 1rem);
      border-radius: var(--gru-embed-radius, var(--gru-radius-m));
      background: var(--gru-ground);
      color: var(--gru-ink);
      font: 400 1rem / var(--gru-leading) var(--gru-sans);
      overflow-wrap: break-word;
    }

    @media (max-width: 40rem) {
      .ground {
        padding: var(--gru-embed-padding, 0.5rem);
      }
    }

    .tried {
      margin-block-start: 1rem;
    }

    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1rem;
      margin-block-end: 0.75rem;
    }

    .bar h2 {
      margin: 0;
      font-size: var(--gru-text-l);
      line-height: var(--gru-leading-tight);
    }

    .kept {
      margin: 0.5rem 0 0;
      color: var(--gru-ink-2);
      font-size: var(--gru-text-s);
    }
  `,
];
