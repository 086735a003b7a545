import { css } from 'lit';

export const weightsStyles = css`
  :host {
    display: block;
    min-width: 0;
  }

  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gru-space-4);
  }

  p {
    max-width: 68ch;
    font-size: var(--gru-text-s);
    overflow-wrap: anywhere;
  }

  .quiet {
    color: var(--gru-ink-2);
  }

  .drop {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-3) var(--gru-space-4);
    padding: var(--gru-space-4);
    border: 1.5px dashed var(--gru-line-strong);
    border-radius: var(--gru-radius-m);
    background: var(--gru-sunken);
    transition: border-color var(--gru-quick), background-color var(--gru-quick);
  }

  .drop.over {
    border-style: solid;
    border-color: var(--gru-focus);
    background: color-mix(in srgb, var(--gru-focus) 8%, var(--gru-sunken));
  }

  .drop p,
  .in-use p {
    flex: 1 1 16rem;
    max-width: none;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-3);
    font-size: var(--gru-text-s);
  }

  h3 {
    font-size: var(--gru-text-s);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  h3:focus,
  .in-use:focus {
    outline: none;
  }

  .in-use {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gru-space-2) var(--gru-space-4);
  }

  .said {
    display: grid;
    gap: var(--gru-space-2);
    padding-inline-start: var(--gru-space-3);
    border-inline-start: 3px solid var(--gru-line-strong);
  }

  .said.error {
    border-color: var(--gru-error);
  }

  .said pre {
    margin: 0;
    overflow-x: auto;
    font: 400 var(--gru-text-xs) / 1.5 var(--gru-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .fix {
    display: grid;
    justify-items: start;
    gap: 0.125rem;
    width: fit-content;
    max-width: 100%;
    min-height: var(--gru-touch);
    padding: var(--gru-space-2) var(--gru-space-3);
  }

  .fix code {
    max-width: 100%;
    color: var(--gru-ink-2);
    font-size: var(--gru-text-xs);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .good {
    color: var(--gru-good);
  }

  .bad {
    color: var(--gru-error);
  }

  .state,
  .shape {
    white-space: nowrap;
  }

  .shape,
  td code,
  th code {
    font-family: var(--gru-mono);
  }

  progress {
    flex: 1 1 6rem;
    max-width: 16rem;
    height: 3px;
    accent-color: var(--gru-ink-2);
  }
`;
