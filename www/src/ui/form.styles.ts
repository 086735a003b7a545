import { css } from 'lit';

/** Native form controls: text fields, selects, checkboxes. */
export const formStyles = css`
  input,
  select {
    font: inherit;
    color: inherit;
  }

  input[type='text'],
  select {
    min-height: 2.25rem;
    padding: 0 var(--gru-space-2);
    border: 1px solid var(--gru-line-strong);
    border-radius: var(--gru-radius-s);
    background: var(--gru-sunken);
    font-size: var(--gru-text-s);
    transition: border-color var(--gru-quick);
  }

  input[type='text'] {
    font-family: var(--gru-mono);
    font-variant-numeric: tabular-nums;
    font-variant-ligatures: none;
  }

  input[type='text']:hover,
  select:hover {
    border-color: var(--gru-ink-2);
  }

  :is(input, select):disabled {
    opacity: 0.5;
    cursor: default;
  }

  input[aria-invalid='true'] {
    border-color: var(--gru-error);
  }

  input[type='checkbox'] {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    margin: 0;
    accent-color: var(--gru-fill);
  }

  .problem {
    margin-top: var(--gru-space-1);
    color: var(--gru-error);
    font-size: var(--gru-text-xs);
    line-height: 1.4;
  }

  /* iOS zooms into fields below 16 px. */
  @media (pointer: coarse), (max-width: 40rem) {
    input[type='text'],
    select {
      min-height: var(--gru-touch);
      font-size: max(1rem, var(--gru-text-s));
    }
  }
`;
