import { css } from 'lit';

/** What every shadow root needs again: box model, focus ring, text for screen readers only. */
export const baseStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  ol,
  pre,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    font: inherit;
  }

  ul,
  ol {
    list-style: none;
  }

  a {
    color: var(--gru-link);
    text-underline-offset: 0.15em;
  }

  :focus-visible {
    outline: 2px solid var(--gru-focus);
    outline-offset: 2px;
    border-radius: var(--gru-radius-s);
  }

  code,
  .mono {
    font-family: var(--gru-mono);
    font-variant-numeric: tabular-nums;
    font-variant-ligatures: none;
    letter-spacing: -0.02em;
  }

  /* Beside the sans it would look larger than it is. */
  p code,
  li code,
  dd code {
    font-size: 0.94em;
  }

  .tabular {
    font-variant-numeric: tabular-nums;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
