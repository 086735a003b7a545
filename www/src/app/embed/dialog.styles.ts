import { css } from 'lit';

export const dialogStyles = css`
  dialog {
    width: min(72rem, calc(100vw - 2rem));
    max-width: none;
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-m);
    background: var(--gru-panel);
    color: var(--gru-ink);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  .box {
    padding: var(--gru-space-4) var(--gru-space-5) var(--gru-space-5);
  }

  .top,
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gru-space-3);
  }

  .top {
    margin-bottom: var(--gru-space-4);
  }

  h2 {
    font-size: var(--gru-text-xl);
    font-weight: 700;
    line-height: var(--gru-leading-tight);
  }

  h3,
  legend {
    padding: 0;
    font-size: var(--gru-text-s);
    font-weight: 600;
    color: var(--gru-ink-2);
  }

  .columns {
    display: grid;
    grid-template-columns: 19rem minmax(0, 1fr);
    align-items: start;
    gap: var(--gru-space-5);
  }

  .choices,
  .result {
    display: grid;
    gap: var(--gru-space-4);
    min-width: 0;
  }

  .row {
    display: grid;
    grid-template-columns: 4rem minmax(0, 1fr);
    align-items: center;
    gap: var(--gru-space-3);
  }

  .row label {
    font-size: var(--gru-text-s);
    font-weight: 600;
    color: var(--gru-ink-2);
  }

  select {
    width: 100%;
    min-width: 0;
  }

  .forms {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--gru-space-4);
  }

  .parts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5rem), 1fr));
    gap: 0 var(--gru-space-3);
  }

  .forms label,
  .parts label {
    display: flex;
    align-items: center;
    gap: var(--gru-space-2);
    min-height: 2rem;
    font-size: var(--gru-text-s);
    line-height: 1.3;
    cursor: pointer;
  }

  input[type='radio'] {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    margin: 0;
    accent-color: var(--gru-fill);
  }

  .about {
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  .feedback {
    flex: 1;
    color: var(--gru-ink-2);
    font-size: var(--gru-text-xs);
    text-align: end;
  }

  pre {
    max-height: 12rem;
    margin-top: var(--gru-space-2);
    padding: var(--gru-space-3);
    overflow: auto;
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-s);
    background: var(--gru-sunken);
    font-size: var(--gru-text-xs);
    line-height: 1.5;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  iframe {
    display: block;
    width: 100%;
    height: 24rem;
    margin-top: var(--gru-space-2);
    border: 1px solid var(--gru-line);
    border-radius: var(--gru-radius-s);
  }

  @media (max-width: 55rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @media (pointer: coarse), (max-width: 40rem) {
    .forms label,
    .parts label {
      min-height: var(--gru-touch);
    }

    .box {
      padding: var(--gru-space-3) var(--gru-space-4) var(--gru-space-4);
    }
  }
`;
