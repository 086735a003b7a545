import { css } from 'lit';

/** The table twins of pictures: a quiet disclosure, and a table that scrolls within itself. */
export const tableStyles = css`
  summary {
    width: fit-content;
    padding: var(--gru-space-1) 0;
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
    cursor: pointer;
  }

  summary:hover {
    color: var(--gru-ink);
  }

  .scroll {
    overflow: auto;
    max-height: 24rem;
    margin-top: var(--gru-space-2);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-s);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--gru-text-xs);
    line-height: 1.5;
  }

  th,
  td {
    padding: var(--gru-space-1) var(--gru-space-3);
    border-block-start: 1px solid var(--gru-line);
    text-align: start;
    font-weight: 400;
    vertical-align: top;
  }

  thead th {
    position: sticky;
    inset-block-start: 0;
    border: 0;
    background: var(--gru-sunken);
    color: var(--gru-ink-2);
    font-weight: 600;
    white-space: nowrap;
  }

  td.number,
  th.number {
    font-family: var(--gru-mono);
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }

  @media (pointer: coarse), (max-width: 40rem) {
    summary {
      padding: var(--gru-space-3) 0;
    }
  }
`;
