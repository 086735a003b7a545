/** What the shape flow shows, read from a diagnosis; no geometry. */
import type { Argument, Axis, AxisMeaning, BrokenFlow, BrokenTensor, Call, Diagnosis, Joint, ShapeTrace, TracedTensor } from '../../engine/engine.js';
import { moduleOf } from '../module.js';

/** How a tensor is drawn: sheets of rows and columns, each with the axis that it stands for. */
export interface Form {
  readonly rows: number;
  readonly columns: number;
  readonly sheets: number;
  readonly rowAxis: Axis | undefined;
  readonly columnAxis: Axis | undefined;
  /** Absent where there is no batch axis. */
  readonly sheetAxis: Axis | undefined;
  /** Whether two directions stand side by side in the columns. */
  readonly split: boolean;
}

export type TensorRole = 'input' | 'h_0' | 'between' | 'output' | 'h_n';

export interface FlowTensor {
  readonly key: string;
  readonly role: TensorRole;
  readonly name: string;
  /** None where an error stops the call before it. */
  readonly shape: readonly number[] | undefined;
  readonly axes: readonly AxisMeaning[];
  readonly form: Form;
  /** False for an h_0 that is left out, so that zeros stand in for it. */
  readonly given: boolean;
  /** Axes that an error names. */
  readonly wrong: readonly number[];
}

export interface FlowLayer {
  readonly key: string;
  readonly index: number;
  /** What it gives to the next layer; the last layer gives the output. */
  readonly gives: FlowTensor;
}

/** A step of a layer and direction. */
export interface FlowStep {
  readonly layer: number;
  readonly reverse: boolean;
  readonly step: number;
}

export interface FlowModel {
  readonly input: FlowTensor;
  readonly h_0: FlowTensor;
  readonly output: FlowTensor;
  readonly h_n: FlowTensor;
  /** Every layer that the engine traced; the last is the module's last. */
  readonly layers: readonly FlowLayer[];
  readonly num_layers: number;
  readonly directions: 1 | 2;
  /** Steps, where known. */
  readonly seq_len: number | undefined;
  readonly joint: Joint | undefined;
}

/** The form of a tensor whose axes are known. */
export function formOf(shape: readonly number[], axes: readonly AxisMeaning[], directions: 1 | 2): Form {
  const row = axes.findIndex(({ axis }) => axis === 'L' || axis === 'D');
  const sheet = axes.findIndex(({ axis }) => axis === 'N');
  // The features of a step or of a state always come last.
  const column = axes.length - 1;
  return {
    rows: shape[row] ?? 1,
    columns: shape[column] ?? 1,
    sheets: shape[sheet] ?? 1,
    rowAxis: axes[row]?.axis,
    columnAxis: axes[column]?.axis,
    sheetAxis: axes[sheet]?.axis,
    split: directions === 2 && axes[column]?.letters === 'D*H_out',
  };
}

function traced(key: string, name: string, role: TensorRole, tensor: TracedTensor, directions: 1 | 2, given = true): FlowTensor {
  const { shape, axes } = tensor;
  return { key, role, name, shape, axes, form: formOf(shape, axes, directions), given, wrong: [] };
}

function legalFlow(trace: ShapeTrace, directions: 1 | 2, num_layers: number, givenState: boolean): FlowModel | undefined {
  const find = (role: TracedTensor['role']) => trace.tensors.find((tensor) => tensor.role === role);
  const [input, h_0, output, h_n] = [find('input'), find('h_0'), find('output'), find('h_n')];
  if (!input || !h_0 || !output || !h_n) return undefined;
  const layers = trace.tensors
    .filter(({ role }) => role === 'layer_output')
    .map((tensor, index): FlowLayer => {
      const layer = tensor.layer ?? index;
      return { key: layerKey(layer), index: layer, gives: traced(`gives-${layer}`, `output of layer ${layer}`, 'between', tensor, directions) };
    });
  return {
    input: traced('input', 'input', 'input', input, directions),
    h_0: traced('h_0', 'h_0', 'h_0', h_0, directions, givenState),
    output: traced('output', 'output', 'output', output, directions),
    h_n: traced('h_n', 'h_n', 'h_n', h_n, directions),
    layers,
    num_layers,
    directions,
    seq_len: trace.seq_len,
    joint: undefined,
  };
}

export function layerKey(index: number): string {
  return `layer-${index}`;
}

function shapeOf(argument: Argument | undefined): readonly number[] | undefined {
  return argument && 'shape' in argument ? argument.shape : undefined;
}

/** What a learner wrote: with axes where its rank has a meaning, else drawn by its last three sizes. */
function written(key: 'input' | 'h_0', argument: Argument, { axes, sizes, wrong }: BrokenTensor, directions: 1 | 2): FlowTensor {
  const shape = shapeOf(argument);
  const form =
    axes.length > 0
      ? formOf(sizes, axes, directions)
      : {
          rows: shape?.at(-2) ?? 1,
          columns: shape?.at(-1) ?? 1,
          sheets: shape?.at(-3) ?? 1,
          rowAxis: undefined,
          columnAxis: undefined,
          sheetAxis: undefined,
          split: false,
        };
  return { key, role: key, name: key, shape, axes, form, given: true, wrong };
}

/** What the call does not come to. */
function unreached(key: string, role: TensorRole, name: string, { axes, sizes }: BrokenTensor, directions: 1 | 2): FlowTensor {
  return { key, role, name, shape: undefined, axes, form: formOf(sizes, axes, directions), given: role !== 'h_0', wrong: [] };
}

function brokenFlow({ tensors, num_layers, directions: ways, seq_len, joint }: BrokenFlow, call: Call): FlowModel {
  const directions = ways === 2 ? 2 : 1;
  const of = (role: BrokenTensor['role']): BrokenTensor =>
    tensors.find((tensor) => tensor.role === role) ?? { role, layer: null, axes: [], sizes: [], wrong: [] };
  return {
    input: written('input', call.input, of('input'), directions),
    h_0: call.h_0 ? written('h_0', call.h_0, of('h_0'), directions) : unreached('h_0', 'h_0', 'h_0', of('h_0'), directions),
    output: unreached('output', 'output', 'output', of('output'), directions),
    h_n: unreached('h_n', 'h_n', 'h_n', of('h_n'), directions),
    layers: tensors
      .filter(({ role }) => role === 'layer_output')
      .map((tensor, position): FlowLayer => {
        const index = tensor.layer ?? position;
        return { key: layerKey(index), index, gives: unreached(`gives-${index}`, 'between', `output of layer ${index}`, tensor, directions) };
      }),
    num_layers,
    directions,
    seq_len: seq_len ?? undefined,
    joint,
  };
}

/** The flow of a call, legal or not. */
export function flowOf(diagnosis: Diagnosis, call: Call): FlowModel {
  if (diagnosis.broken) return brokenFlow(diagnosis.broken, call);
  const { trace } = diagnosis;
  const module = moduleOf(diagnosis);
  const legal =
    trace && module ? legalFlow(trace, module.bidirectional ? 2 : 1, module.num_layers, call.h_0 !== undefined) : undefined;
  if (!legal) throw new Error('a diagnosis without a flow');
  return legal;
}
