import { css } from 'lit';

/** Narrow: one column. Wide: the settings beside what they lead to. */
export const trainStyles = css`
  :host {
    display: block;
  }

  h1 {
    font-size: var(--gru-text-xl);
    font-weight: 700;
    line-height: var(--gru-leading-tight);
    letter-spacing: -0.01em;
  }

  .lead {
    max-width: 70ch;
    margin: var(--gru-space-1) 0 var(--gru-space-4);
    color: var(--gru-ink-2);
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gru-space-4);
    align-items: start;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-3);
    min-height: 2.75rem;
    font-size: var(--gru-text-s);
  }

  .ended {
    flex: 1 1 12rem;
    color: var(--gru-ink-2);
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

  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
    gap: var(--gru-space-2) var(--gru-space-4);
    margin: var(--gru-space-2) 0 var(--gru-space-3);
  }

  .figures dt {
    color: var(--gru-ink-2);
    font-size: var(--gru-text-xs);
  }

  .figures dd {
    font: 600 var(--gru-text-m) / 1.3 var(--gru-mono);
    font-variant-numeric: tabular-nums;
  }

  .log {
    display: flex;
    align-items: center;
    gap: var(--gru-space-2);
    min-height: 2.25rem;
    font-size: var(--gru-text-xs);
    cursor: pointer;
  }

  @media (pointer: coarse), (max-width: 40rem) {
    .log {
      min-height: var(--gru-touch);
    }
  }

  .code .lead {
    margin: var(--gru-space-2) 0;
    font-size: var(--gru-text-s);
  }

  .again {
    width: 100%;
    margin-top: var(--gru-space-3);
  }

  @media (min-width: 68.75rem) {
    .again {
      display: none;
    }

    .layout {
      grid-template-columns: 20rem minmax(0, 1fr);
      grid-template-rows: auto auto 1fr;
      gap: var(--gru-space-4) var(--gru-space-5);
    }

    .layout > * {
      grid-column: 2;
    }

    .layout > .settings {
      position: sticky;
      top: var(--gru-space-4);
      grid-column: 1;
      grid-row: 1 / -1;
      max-height: calc(100vh - 2 * var(--gru-space-4));
      overflow-y: auto;
      scrollbar-width: thin;
    }
  }
`;
