import { css } from 'lit';

/** The colour of a run, by its letter; the letter always stands beside it. */
export const runColours = css`
  [data-run='A'] {
    --run: var(--axis-L);
  }

  [data-run='B'] {
    --run: var(--axis-N);
  }

  [data-run='C'] {
    --run: var(--axis-H_in);
  }

  [data-run='D'] {
    --run: var(--axis-H_out);
  }
`;
