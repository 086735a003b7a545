import { css } from 'lit';

/** The looks of the shape flow's SVG; positions are attributes. */
export const flowStyles = css`
  :host {
    display: block;
    min-width: 0;
  }

  .stage {
    position: relative;
    min-height: 22.125rem;
  }

  .picture {
    position: relative;
    width: fit-content;
    margin-inline: auto;
  }

  /* The parts as a list that is read and has the focus; the pointer goes to what is drawn below it. */
  .walk :is(span, button) {
    position: absolute;
    margin: -4px;
    padding: 0;
    box-sizing: content-box;
    border: 4px solid transparent;
    background: none;
    pointer-events: none;
  }

  .walk :focus-visible {
    pointer-events: auto;
    outline-offset: 0;
  }

  svg.flow {
    display: block;
    overflow: visible;
    max-width: none;
    font-family: var(--gru-mono);
    font-variant-numeric: tabular-nums;
    fill: var(--gru-ink);
  }

  svg.flow text {
    user-select: none;
  }

  .part,
  .wire {
    transition: opacity var(--gru-motion);
  }

  /* Lines fade; what is written loses its colour alone, for it is still to be read. */
  .dimmed :is(path, rect) {
    opacity: 0.38;
  }

  .dimmed text,
  .dimmed .token[data-axis] {
    fill: var(--gru-ink-2);
  }

  /* Tensors: sheets of samples, rows of steps. */
  .sheet {
    fill: var(--gru-panel);
    stroke: var(--gru-line-strong);
    stroke-width: 1;
  }

  .sheet.hollow {
    stroke-dasharray: 3 3;
  }

  .part.told .sheet {
    fill: var(--gru-sunken);
  }

  .row,
  .split {
    stroke: var(--gru-line);
    fill: none;
  }

  .split {
    stroke: var(--gru-line-strong);
    stroke-dasharray: 2 2;
  }

  .edge {
    fill: none;
    stroke: var(--axis);
    stroke-width: calc(2.5px + var(--axis-lit) * 2.5px);
    stroke-linecap: round;
    transition: stroke-width var(--gru-quick);
  }

  .name,
  .title {
    font: 600 var(--gru-text-xs) var(--gru-sans);
  }

  .mark {
    fill: var(--gru-ink-2);
  }

  .token {
    fill: var(--gru-ink);
  }

  .token[data-axis] {
    fill: var(--axis);
  }

  .size {
    font-weight: 600;
  }

  .letters {
    font-weight: 500;
  }

  .token[data-axis] .size {
    paint-order: stroke;
    stroke: color-mix(in srgb, var(--axis) calc(var(--axis-lit, 0) * 12%), transparent);
    stroke-width: 7px;
    stroke-linejoin: round;
    transition: stroke var(--gru-quick);
  }

  .wave {
    fill: none;
    stroke: var(--gru-error);
    stroke-width: 1.5;
  }

  /* Lines: data from layer to layer, states from h_0 into and out of every layer. */
  .line,
  .head {
    fill: none;
    stroke: var(--gru-ink-2);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .state .line,
  .state .head {
    stroke: var(--axis-D);
    stroke-width: 1.25;
  }

  .port {
    fill: var(--gru-ink-2);
    font-size: 12px;
    paint-order: stroke;
    stroke: var(--gru-panel);
    stroke-width: 4px;
  }

  .pulse {
    fill: none;
    stroke: var(--gru-ink);
    stroke-width: 3.5;
    stroke-linecap: round;
    stroke-dasharray: 14 100;
    stroke-dashoffset: 14;
    opacity: 0;
  }

  @media (prefers-reduced-motion: no-preference) {
    .pulse {
      animation: pulse 240ms var(--gru-ease) 1;
    }

    .turn-1 {
      animation-delay: 80ms;
    }

    .turn-2 {
      animation-delay: 160ms;
    }

    .turn-3 {
      animation-delay: 240ms;
    }

    .turn-4 {
      animation-delay: 320ms;
    }

    .turn-5 {
      animation-delay: 400ms;
    }
  }

  @keyframes pulse {
    from {
      stroke-dashoffset: 14;
      opacity: 1;
    }

    to {
      stroke-dashoffset: -100;
      opacity: 1;
    }
  }

  /* Layers: a box with a lane for each direction. */
  .part.layer {
    cursor: pointer;
  }

  .box {
    fill: var(--gru-sunken);
    stroke: var(--gru-line-strong);
    transition: stroke var(--gru-quick);
  }

  .layer:hover .box,
  .layer.open .box {
    stroke: var(--gru-ink);
  }

  .more {
    fill: none;
    stroke: var(--gru-ink-2);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .direction {
    fill: var(--gru-ink-2);
    font: 500 12px var(--gru-sans);
  }

  .carry {
    fill: none;
    stroke: var(--axis-H_out);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .feed {
    fill: none;
    stroke: var(--gru-line-strong);
    stroke-width: 1.25;
  }

  .cell rect {
    fill: color-mix(in srgb, var(--axis) calc(4% + var(--axis-lit) * 8%), var(--gru-panel));
    stroke: var(--axis);
    stroke-width: 1.25;
  }

  .cell text {
    fill: var(--axis);
    font-size: 12px;
    font-weight: 600;
  }

  .unbuilt .box,
  .unbuilt .cell rect {
    fill: none;
    stroke-dasharray: 4 4;
  }

  .card {
    fill: var(--gru-sunken);
    stroke: var(--gru-line-strong);
  }

  .folded {
    font: 500 var(--gru-text-xs) var(--gru-sans);
    fill: var(--gru-ink-2);
  }

  /* Where it does not fit. */
  .pill rect {
    fill: color-mix(in srgb, var(--gru-error) 7%, var(--gru-panel));
    stroke: var(--gru-error);
    stroke-width: 1.5;
  }

  .pill[data-axis] text {
    fill: var(--axis);
  }

  .unequal {
    fill: none;
    stroke: var(--gru-error);
    stroke-width: 2;
    stroke-linecap: round;
  }

  /* A fix that is only pointed at. */
  .preview .box,
  .preview .sheet,
  .preview .card {
    stroke: var(--gru-good);
  }

  .previewed {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    padding: 0 var(--gru-space-2);
    border: 1px solid var(--gru-good);
    border-radius: var(--gru-radius-s);
    background: var(--gru-panel);
    color: var(--gru-good);
    font: 500 var(--gru-text-xs) / 1.6 var(--gru-sans);
  }

  .caption {
    min-height: 3em;
    margin-top: var(--gru-space-2);
    color: var(--gru-ink-2);
    font-size: var(--gru-text-s);
  }

  .caption.error {
    color: var(--gru-error);
  }
`;
