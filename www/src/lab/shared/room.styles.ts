import { css } from 'lit';

/** A room: controls beside the stage where there is room, else above it. */
export const roomStyles = css`
  :host {
    display: block;
  }

  h1 {
    margin-bottom: var(--gru-space-1);
    font-size: var(--gru-text-xl);
    font-weight: 700;
    line-height: var(--gru-leading-tight);
    letter-spacing: -0.01em;
  }

  .intro {
    max-width: 46rem;
    margin-bottom: var(--gru-space-4);
    color: var(--gru-ink-2);
  }

  /* Narrow, what comes of it stays in sight while it is set. */
  .strip {
    position: sticky;
    top: var(--gru-space-2);
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--gru-space-3);
    margin-bottom: var(--gru-space-4);
    padding: var(--gru-space-2) var(--gru-space-4);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-m);
    background: var(--gru-panel);
    box-shadow: 0 0.25rem 1rem color-mix(in srgb, var(--gru-ground) 70%, transparent);
    font-size: var(--gru-text-xs);
    overflow-wrap: anywhere;
  }

  .strip.wrong {
    border-color: var(--gru-error);
  }

  .strip.wrong span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .strip b {
    font-weight: 600;
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gru-space-4);
    align-items: start;
  }

  .settings {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    align-items: start;
    gap: var(--gru-space-3) var(--gru-space-5);
  }

  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gru-space-4);
    min-width: 0;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-4);
    font-size: var(--gru-text-s);
  }

  .row.apart {
    justify-content: space-between;
  }

  .check {
    display: flex;
    align-items: center;
    gap: var(--gru-space-2);
    min-height: 2.25rem;
    font-size: var(--gru-text-xs);
    cursor: pointer;
  }

  .said {
    margin-block: var(--gru-space-2);
    font-size: var(--gru-text-s);
  }

  details > .settings {
    margin-top: var(--gru-space-2);
  }

  .quiet {
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  h3 {
    margin-top: var(--gru-space-4);
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
    font-weight: 600;
  }

  .waiting {
    display: flex;
    align-items: center;
    gap: var(--gru-space-3);
    min-height: 2.25rem;
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
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
  }

  progress::-webkit-progress-value {
    background: var(--gru-ink-2);
  }

  progress::-moz-progress-bar {
    background: var(--gru-ink-2);
  }

  @media (pointer: coarse), (max-width: 40rem) {
    .check {
      min-height: var(--gru-touch);
    }

    h1 {
      font-size: var(--gru-text-l);
    }
  }

  @media (min-width: 68.75rem) {
    .strip {
      display: none;
    }

    .layout {
      grid-template-columns: 20rem minmax(0, 1fr);
      gap: var(--gru-space-4) var(--gru-space-5);
    }

    .controls {
      position: sticky;
      top: var(--gru-space-4);
      max-height: calc(100vh - 2 * var(--gru-space-4));
      overflow-y: auto;
      scrollbar-width: thin;
    }
  }
`;
