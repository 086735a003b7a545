import { css } from 'lit';

/** The card that every step of the challenge is drawn on. */
export const cardStyles = css`
  :host {
    display: block;
  }

  .card {
    padding: var(--gru-space-5) var(--gru-space-6) var(--gru-space-6);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-m);
    background: var(--gru-panel);
  }

  .card > * + * {
    margin-block-start: var(--gru-space-4);
  }

  h2 {
    font-size: var(--gru-text-xl);
    font-weight: 650;
    line-height: var(--gru-leading-tight);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  h3 {
    font-size: var(--gru-text-m);
    font-weight: 650;
    line-height: var(--gru-leading-tight);
  }

  h2:focus,
  h3:focus,
  [tabindex='-1']:focus {
    outline: none;
  }

  h4 {
    margin: 0;
    font-size: var(--gru-text-m);
    font-weight: 600;
    line-height: var(--gru-leading-tight);
  }

  p {
    max-width: 42rem;
    text-wrap: pretty;
  }

  .quiet-text {
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-3);
  }

  .button.large {
    min-height: var(--gru-touch);
    padding-inline: var(--gru-space-5);
    font-size: var(--gru-text-m);
  }

  .sunken {
    padding: var(--gru-space-3) var(--gru-space-4);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-s);
    background: var(--gru-sunken);
  }

  .note {
    max-width: none;
    padding: var(--gru-space-3) var(--gru-space-4);
    border-inline-start: 4px solid var(--gru-line-strong);
    border-radius: var(--gru-radius-s);
    background: var(--gru-sunken);
  }

  .note.warning {
    border-color: var(--gru-warning);
  }

  .note.error {
    border-color: var(--gru-error);
  }

  .note.good {
    border-color: var(--gru-good);
  }

  @media (max-width: 40rem) {
    .card {
      padding: var(--gru-space-4) var(--gru-space-4) var(--gru-space-5);
    }

    h2 {
      font-size: 1.3rem;
    }
  }
`;
