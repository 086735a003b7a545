/** Why h_n has its shape; loaded when that is asked for. */
import type { FlowModel } from './model.js';

/** What h_n holds, and why batch_first leaves it alone. */
export function finalText({ directions, h_n, num_layers }: FlowModel): string {
  const count = h_n.shape?.[0];
  const made = count === undefined ? '' : `, D\u00b7num_layers = ${directions}\u00b7${num_layers} = ${count} of them`;
  const batch = h_n.shape?.length === 3 ? ' batch_first swaps the first two axes of x and out; h_n has no steps, so its batch stays in the middle.' : '';
  return `h_n holds the last state of each layer${directions === 2 ? ' and direction' : ''}${made}, each with a number for every unit.${batch}`;
}
