import { css } from 'lit';

/** Native buttons and links that look like them: `button` plain, `.primary` filled, `.quiet` without a border. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--gru-space-2);
    min-height: 2.25rem;
    padding: var(--gru-space-1) var(--gru-space-3);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-s);
    background: var(--gru-panel);
    color: var(--gru-ink);
    font: 500 var(--gru-text-s) / var(--gru-leading-tight) var(--gru-sans);
    text-align: start;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color var(--gru-quick),
      border-color var(--gru-quick);
  }

  .button:hover {
    background: color-mix(in srgb, var(--gru-ink) 6%, var(--gru-panel));
    border-color: var(--gru-line-strong);
  }

  .button:active {
    background: color-mix(in srgb, var(--gru-ink) 11%, var(--gru-panel));
  }

  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }

  .button.primary {
    border-color: var(--gru-fill);
    background: var(--gru-fill);
    color: var(--gru-on-fill);
  }

  .button.primary:hover {
    background: color-mix(in srgb, var(--gru-fill) 86%, var(--gru-ground));
  }

  .button.quiet {
    border-color: transparent;
    background: transparent;
  }

  .button.quiet:hover {
    background: color-mix(in srgb, var(--gru-ink) 7%, transparent);
  }

  @media (pointer: coarse), (max-width: 40rem) {
    .button {
      min-height: var(--gru-touch);
      min-width: var(--gru-touch);
    }
  }
`;
