/** The shape flow in words: names for screen readers, the line below the picture, the table. */
import type { Axis, AxisMeaning, Joint } from '../../engine/engine.js';
import { formatShape } from '../../state/python.js';
import type { Table } from '../../ui/table/table.js';
import type { FlowLayer, FlowModel, FlowTensor } from './model.js';

/** `sequence length 5, batch size 3, input size 10`. */
export function axesText(shape: readonly number[] | undefined, axes: readonly AxisMeaning[]): string {
  return axes.map(({ words }, index) => (shape ? `${words} ${shape[index] ?? ''}` : words)).join(', ');
}

export function tensorText({ name, shape, axes, given }: FlowTensor): string {
  if (!shape) {
    const letters = axes.length > 0 ? `, would be ${axesText(undefined, axes)}` : '';
    return given ? `${name}: not computed${letters}` : `${name}: left out, zeros stand in for it`;
  }
  const meaning = axesText(shape, axes);
  return `${name} ${formatShape(shape)}${meaning ? `: ${meaning}` : ''}${given ? '' : '; left out, so zeros'}`;
}

/** What a layer takes: the input, or what the layer before it gives. */
export function layerText(model: FlowModel, { index, gives }: FlowLayer): string {
  const before = model.layers.find((layer) => layer.index === index - 1);
  // A layer whose neighbour was left out of the trace takes what that gives, which is what it gives itself.
  const taken = index === 0 ? model.input.shape : (before ?? { gives }).gives.shape;
  const ways = model.directions === 2 ? ', forward and reverse' : '';
  if (!taken || !gives.shape) return `layer ${index}${ways}: not reached`;
  return `layer ${index}${ways}: takes ${formatShape(taken)}, gives ${formatShape(gives.shape)}`;
}

export function foldText(hidden: number): string {
  return hidden === 1 ? '1 more layer' : `${hidden} more layers`;
}

const AXIS_WORDS: Readonly<Record<Axis, string>> = {
  L: 'sequence length',
  N: 'batch size',
  H_in: 'input size',
  H_out: 'hidden size',
  D: 'directions times layers',
};

export function jointText({ at, given, expected, axis }: Joint): string {
  if (at === 'option') return `It stops at an option: ${given}`;
  const what = at === 'input' ? 'the input' : 'h_0';
  if (axis) return `The call stops here: ${what} has ${AXIS_WORDS[axis]} ${given} where ${expected} is needed`;
  if (/ax[ie]s$/.test(given)) return `The call stops here: ${what} has ${given} where ${expected} are needed`;
  return `The call stops here: ${what} is ${given} where ${expected} is needed`;
}

/** A tensor's name, its shape and what its axes mean. */
type FlowRow = readonly [name: string, shape: string, axes: string];

/** The whole flow as a table, in the order in which the tensors arise. */
export function flowTable(model: FlowModel): Omit<Table, 'rows'> & { readonly rows: readonly FlowRow[] } {
  const row = ({ name, shape, axes, given }: FlowTensor, called = given ? name : `${name} (left out, zeros)`): FlowRow => [
    called,
    shape ? formatShape(shape) : 'not computed',
    axesText(shape, axes),
  ];
  const { input, h_0, layers, num_layers, output, h_n } = model;
  const rows = [row(input), row(h_0)];
  layers.forEach(({ index, gives }, position) => {
    const left = index - (layers[position - 1]?.index ?? -1) - 1;
    if (left > 0) rows.push([foldText(left), gives.shape ? `each ${formatShape(gives.shape)}` : '', '']);
    rows.push(row(gives, `output of layer ${index}`));
  });
  const last = layers.at(-1)?.index ?? -1;
  if (last < num_layers - 1) rows.push([foldText(num_layers - 1 - last), '', '']);
  return {
    label: 'Shape flow as a table',
    caption: 'Every tensor from the input to the results, with its shape and what its axes mean',
    columns: [{ name: 'Tensor' }, { name: 'Shape', kind: 'mono' }, { name: 'Axes' }],
    rows: [...rows, row(output), row(h_n)],
  };
}
