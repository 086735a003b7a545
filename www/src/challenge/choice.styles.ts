import { css } from 'lit';

/** Radio buttons as rows that are easy to hit: `label.choice` around an input and its text. */
export const choiceStyles = css`
  legend {
    padding: 0;
    margin-block-end: var(--gru-space-2);
    font-weight: 600;
  }

  .choice {
    display: flex;
    align-items: center;
    gap: var(--gru-space-3);
    min-height: var(--gru-touch);
    padding: var(--gru-space-3) var(--gru-space-4);
    border: 1px solid var(--gru-line-strong);
    border-radius: var(--gru-radius-s);
    background: var(--gru-panel);
    line-height: 1.4;
    cursor: pointer;
    transition:
      background-color var(--gru-quick),
      border-color var(--gru-quick);
  }

  .choice:hover {
    background: color-mix(in srgb, var(--gru-ink) 4%, var(--gru-panel));
  }

  .choice:has(:checked) {
    border-color: var(--gru-fill);
    box-shadow: inset 0 0 0 1px var(--gru-fill);
    background: color-mix(in srgb, var(--gru-fill) 6%, var(--gru-panel));
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--gru-focus);
    outline-offset: 2px;
  }

  .choice input {
    flex: none;
    width: 1.15rem;
    height: 1.15rem;
    margin: 0;
    accent-color: var(--gru-fill);
  }

  .choice input:focus-visible {
    outline: none;
  }

  .choice:has(:disabled) {
    border-color: var(--gru-line);
    border-style: dashed;
    background: transparent;
    color: var(--gru-ink-2);
    cursor: default;
  }
`;
