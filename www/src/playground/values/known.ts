/** Which numbers there are while a step is walked through: those that were computed before. */
import type { Gate, Layout } from './matrix.js';

/** The stages within one step, in the order in which they are computed. */
export const STAGES = ['in', 'gates', 'candidate', 'mix', 'out'] as const;
/** The last of them: the step is over. */
export const DONE = STAGES.length - 1;

/** How far a walk through the steps of one layer and direction has come. */
export interface Walk {
  readonly layer: number;
  readonly reverse: boolean;
  readonly step: number;
  /** The place in `STAGES`. */
  readonly stage: number;
}

/** Whether a cell's number has been computed. */
export type Known = (row: number, column: number) => boolean;

const AT: Readonly<Record<Gate, number>> = { r: 1, z: 1, n_input: 2, n_hidden: 2, n: 2, h: 3 };

function reached({ reverse, step, stage }: Walk, row: number, least: number): boolean {
  return row === step ? stage >= least : reverse ? row > step : row < step;
}

/** Of a gate of the layer and direction that is walked through. */
export function knownGate(walk: Walk, gate: Gate): Known {
  return (row) => reached(walk, row, AT[gate]);
}

/** Of the output: it is the last layer's, which reads when all layers before are over; the reverse direction after the other. */
export function knownOutput(walk: Walk, { layers, hidden }: Layout): Known {
  if (walk.layer < layers - 1) return () => false;
  return (row, column) => (column >= hidden === walk.reverse ? reached(walk, row, DONE) : walk.reverse);
}

/** Of h_n: a row for each layer and direction, there once its last step is over. */
export function knownFinal(walk: Walk, { steps, directions }: Layout): Known {
  const at = walk.layer * directions + Number(walk.reverse);
  const isOver = walk.step === (walk.reverse ? 0 : steps - 1) && walk.stage >= DONE;
  return (row) => row < at || (row === at && isOver);
}
