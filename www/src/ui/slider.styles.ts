import { css } from 'lit';

/** A slider: filled in `--axis` up to `--filled`, a percentage. */
export const sliderStyles = css`
  input[type='range'] {
    --track: 0.25rem;

    display: block;
    width: 100%;
    height: 1.75rem;
    margin: 0;
    background: none;
    appearance: none;
    cursor: pointer;
  }

  input[type='range']::-webkit-slider-runnable-track {
    height: var(--track);
    border-radius: var(--track);
    background: linear-gradient(to right, var(--axis) var(--filled), var(--gru-line) var(--filled));
  }

  input[type='range']::-moz-range-track {
    height: var(--track);
    border-radius: var(--track);
    background: linear-gradient(to right, var(--axis) var(--filled), var(--gru-line) var(--filled));
  }

  input[type='range']::-webkit-slider-thumb {
    width: 1.125rem;
    height: 1.125rem;
    margin-top: -0.4375rem;
    border: 2px solid var(--gru-panel);
    border-radius: 50%;
    background: var(--axis);
    box-shadow: 0 0 0 calc(1px + var(--axis-lit, 0) * 1.5px) var(--axis);
    appearance: none;
    transition: box-shadow var(--gru-quick);
  }

  input[type='range']::-moz-range-thumb {
    box-sizing: border-box;
    width: 1.125rem;
    height: 1.125rem;
    border: 2px solid var(--gru-panel);
    border-radius: 50%;
    background: var(--axis);
    box-shadow: 0 0 0 calc(1px + var(--axis-lit, 0) * 1.5px) var(--axis);
  }

  /* Without the colour of an axis: paler, two axes would look alike. */
  input[type='range']:disabled {
    --axis: var(--gru-line-strong);

    cursor: default;
  }

  @media (forced-colors: active) {
    input[type='range'] {
      appearance: auto;
    }
  }

  @media (pointer: coarse), (max-width: 40rem) {
    input[type='range'] {
      height: var(--gru-touch);
    }
  }
`;
