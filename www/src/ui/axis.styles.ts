import { css } from 'lit';

/**
 * Colours whatever carries `data-axis="L"`: inside it, `--axis` is the axis' colour and `--axis-lit` is 1 while that axis is
 * pointed at anywhere on the page, else 0. Text with the class `axis` takes the colour, and a tint while lit.
 */
export const axisStyles = css`
  [data-axis='L'] {
    --axis: var(--axis-L);
    --axis-lit: var(--lit-L, 0);
  }

  [data-axis='N'] {
    --axis: var(--axis-N);
    --axis-lit: var(--lit-N, 0);
  }

  [data-axis='H_in'] {
    --axis: var(--axis-H_in);
    --axis-lit: var(--lit-H_in, 0);
  }

  [data-axis='H_out'] {
    --axis: var(--axis-H_out);
    --axis-lit: var(--lit-H_out, 0);
  }

  [data-axis='D'] {
    --axis: var(--axis-D);
    --axis-lit: var(--lit-D, 0);
  }

  .axis {
    --tint: color-mix(in srgb, var(--axis) calc(var(--axis-lit) * 12%), transparent);

    color: var(--axis);
    border-radius: 0.2em;
    background-color: var(--tint);
    box-shadow:
      0 0 0 0.15em var(--tint),
      0 calc(0.15em + var(--axis-lit) * 2px) 0 0 color-mix(in srgb, var(--axis) calc(var(--axis-lit) * 100%), transparent);
    transition:
      background-color var(--gru-quick),
      box-shadow var(--gru-quick);
  }

  sub {
    font-size: max(0.72em, 0.75rem);
    line-height: 0;
    vertical-align: -0.22em;
  }

  .times {
    padding: 0 0.06em;
  }
`;
