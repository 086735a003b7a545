import { css } from 'lit';

/** Narrow: one column, the result stays on top. Wide: controls beside the stage. */
export const playgroundStyles = css`
  :host {
    display: block;
  }

  .intro {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gru-space-2) var(--gru-space-4);
    margin-bottom: var(--gru-space-4);
  }

  h1 {
    font-size: var(--gru-text-xl);
    font-weight: 700;
    line-height: var(--gru-leading-tight);
    letter-spacing: -0.01em;
  }

  h1:focus {
    outline: none;
  }

  .hidden-by {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-3);
    margin-bottom: var(--gru-space-4);
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  @media (max-width: 40rem) {
    .intro {
      flex-wrap: nowrap;
    }

    h1 {
      font-size: var(--gru-text-l);
      text-wrap: balance;
    }

    .intro .button {
      flex: none;
    }
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gru-space-4);
    align-items: start;
  }

  gru-result {
    position: sticky;
    top: var(--gru-sticky-top, var(--gru-space-2));
    z-index: 2;
  }

  .waiting {
    display: flex;
    align-items: center;
    gap: var(--gru-space-3);
    min-height: 2.25rem;
    margin-bottom: var(--gru-space-2);
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  .waiting p {
    flex: 1;
  }

  progress {
    flex: 1;
    min-width: 4rem;
    height: 3px;
    border: 0;
    border-radius: 2px;
    background: var(--gru-line);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--gru-line);
    border-radius: 2px;
  }

  progress::-webkit-progress-value {
    background: var(--gru-ink-2);
    border-radius: 2px;
  }

  progress::-moz-progress-bar {
    background: var(--gru-ink-2);
  }

  .stale {
    filter: grayscale(1);
  }

  @media (min-width: 68.75rem) {
    .layout {
      grid-template-columns: 20rem minmax(0, 1fr);
      grid-template-rows: auto auto auto auto auto auto 1fr;
      gap: var(--gru-space-4) var(--gru-space-5);
    }

    .controls {
      position: sticky;
      top: var(--gru-sticky-top, var(--gru-space-4));
      grid-column: 1;
      grid-row: 1 / -1;
      max-height: calc(100vh - 2 * var(--gru-space-4));
      overflow-y: auto;
      scrollbar-width: thin;
    }

    .layout > :not(.controls) {
      grid-column: 2;
    }

    /* Code and what it prints are one cell, as in a notebook. */
    gru-code-panel {
      --gru-panel-radius: var(--gru-radius-m) var(--gru-radius-m) 0 0;

      grid-row: 1;
    }

    gru-result {
      --gru-panel-radius: 0 0 var(--gru-radius-m) var(--gru-radius-m);

      position: static;
      margin-top: calc(-1 * var(--gru-space-4) - 1px);
    }
  }

  /* Wider still, the advice stands beside the code, so that a fix is seen in the flow while it is pointed at. */
  @media (min-width: 80rem) {
    .layout {
      grid-template-columns: 20rem minmax(0, 1fr) 19rem;
      grid-template-rows: auto 1fr auto auto auto auto;
    }

    .layout > gru-panel:not(.controls) {
      grid-column: 2 / -1;
    }

    gru-result {
      grid-row: 2;
    }

    .layout > gru-advice:not(.controls) {
      grid-column: 3;
      grid-row: 1 / span 2;

      /* As high as code and result, whatever it says: an error moves nothing. */
      height: 0;
      min-height: 100%;
      overflow-y: auto;

      /* Room for the focus ring, which would be cut off at the edge of what scrolls. */
      margin-inline: calc(-1 * var(--gru-space-1));
      padding-inline: var(--gru-space-1);
      scrollbar-width: thin;
    }
  }

  /* Without controls, what is left takes their room. */
  .layout.alone {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: none;
  }

  .layout.alone > :not(.controls) {
    grid-column: 1;
    grid-row: auto;
    height: auto;
    min-height: 0;
  }

  /* Without the code, the result is a panel like the others. */
  .layout.codeless > gru-result {
    --gru-panel-radius: var(--gru-radius-m);

    margin-top: 0;
  }
`;
