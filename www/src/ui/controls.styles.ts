import { css } from 'lit';

export const controlsStyles = css`
  :host {
    display: block;
  }

  .front,
  .more {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    align-items: start;
    gap: var(--gru-space-3) var(--gru-space-5);
  }

  .more {
    row-gap: var(--gru-space-4);
    padding: var(--gru-space-3) 0 var(--gru-space-2);
  }

  details {
    border-top: 1px solid var(--gru-line);
    padding-top: var(--gru-space-2);
  }

  summary {
    display: flex;
    align-items: center;
    gap: var(--gru-space-2);
    min-height: var(--gru-touch);
    border-radius: var(--gru-radius-s);
    font-size: var(--gru-text-s);
    font-weight: 500;
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: '';
    flex: none;
    width: 0.45rem;
    height: 0.45rem;
    margin: 0 0.2rem;
    border: solid currentcolor;
    border-width: 0 1.5px 1.5px 0;
    rotate: -45deg;
    transition: rotate var(--gru-quick);
  }

  details[open] > summary::before {
    rotate: 45deg;
  }

  .differs {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    color: var(--gru-ink-2);
    font-family: var(--gru-mono);
    font-size: var(--gru-text-xs);
    font-weight: 400;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .flags {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr));
    gap: 0 var(--gru-space-3);
  }

  .check {
    display: flex;
    align-items: center;
    gap: var(--gru-space-2);
    min-height: 2.25rem;
    font-size: var(--gru-text-xs);
    cursor: pointer;
  }

  /* A value other than True and False makes a label longer than its column. */
  .check .mono {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gru-space-3);
    font-size: var(--gru-text-s);
  }

  select {
    max-width: 60%;
  }

  .reset {
    justify-self: start;
  }

  @media (pointer: coarse), (max-width: 40rem) {
    .check {
      min-height: var(--gru-touch);
    }
  }
`;
