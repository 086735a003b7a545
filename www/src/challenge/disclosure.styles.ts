import { css } from 'lit';

/** A `details` whose summary has a mark that turns. */
export const disclosureStyles = css`
  summary {
    display: flex;
    align-items: center;
    width: fit-content;
    min-height: 2.25rem;
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: '';
    width: 0.45em;
    height: 0.45em;
    margin-inline: 0.2em 0.65em;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    rotate: -45deg;
    transition: rotate var(--gru-quick);
  }

  details[open] > summary::before {
    rotate: 45deg;
  }

  @media (pointer: coarse), (max-width: 40rem) {
    summary {
      min-height: var(--gru-touch);
    }
  }
`;
