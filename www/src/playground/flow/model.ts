/** What the shape flow shows, read from a diagnosis; no geometry. */
import type { Argument, Axis, AxisMeaning, Call, Config, Diagnosis, Diagnostic, Place, ShapeTrace, Tensor, TracedTensor, Value } from '../../engine/engine.js';
import { formatPython, formatShape } from '../../state/python.js';
import { moduleOf, sketchOf } from '../module.js';

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

/** The place where the call does not fit together, and the two things that should be equal there. */
export interface Joint {
  readonly at: 'option' | 'input' | 'h_0';
  readonly given: string;
  readonly expected: string;
  /** The axis that both are sizes of, where they are sizes. */
  readonly axis: Axis | undefined;
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

const WORDS: ReadonlyMap<string, string> = new Map([
  ['L', 'sequence length'],
  ['N', 'batch size'],
  ['H_in', 'input size'],
  ['H_out', 'hidden size'],
  ['D*H_out', 'directions times hidden size'],
  ['D*num_layers', 'directions times layers'],
]);

/** The meaning of letters such as `D*H_out`; the last letter but `num_layers` is the axis that colours them. */
function meaning(letters: string): AxisMeaning {
  const axis: Axis = letters === 'D*num_layers' ? 'D' : letters.endsWith('H_out') ? 'H_out' : (letters as Axis);
  return { axis, letters, words: WORDS.get(letters) ?? letters };
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

function dtypeOf(argument: Argument | undefined): string {
  return argument && 'shape' in argument ? (argument.dtype ?? 'float32') : '';
}

/** The type of what is no tensor. */
function otherName(argument: Exclude<Argument, Tensor>): string {
  return 'array' in argument ? 'NumPy array' : typeName(argument.value);
}

/** The type of a value as Python names it. */
function typeName(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (Array.isArray(value)) return 'list';
  if ('int64' in value) return 'int64';
  return 'float' in value ? 'float' : 'tuple';
}

/** A shape by its rank alone. */
function axes({ length }: readonly number[]): string {
  return length === 1 ? '1 axis' : `${length} axes`;
}

/** How a tensor was given by the learner: with its axes where its rank has a meaning. */
function givenTensor(
  key: 'input' | 'h_0',
  argument: Argument | undefined,
  letters: readonly string[] | undefined,
  wrong: readonly number[],
  directions: 1 | 2,
): FlowTensor {
  const shape = shapeOf(argument);
  const axes = shape && letters?.length === shape.length ? letters.map(meaning) : [];
  const form =
    shape && axes.length > 0
      ? formOf(shape, axes, directions)
      : {
          rows: shape?.at(-2) ?? 1,
          columns: shape?.at(-1) ?? 1,
          sheets: shape?.at(-3) ?? 1,
          rowAxis: undefined,
          columnAxis: undefined,
          sheetAxis: undefined,
          split: false,
        };
  return { key, role: key, name: key, shape, axes, form, given: argument !== undefined, wrong };
}

/** Where an error stands, and what does not fit there. */
function jointOf(diagnosis: Diagnosis, call: Call): Joint | undefined {
  const error = diagnosis.diagnostics.find(({ severity }) => severity === 'error');
  if (!error) return undefined;
  const module = moduleOf(diagnosis);
  const about = (part: Place['part']) => error.labels.some(({ place }) => place.part === part);
  // Some options pass the constructor and stop the call.
  if (!module || !(about('input') || about('h_0'))) return optionJoint(error, call);
  const [place, other] = error.labels;
  if (error.code === 'device-differs' && place && other) {
    return { at: about('h_0') ? 'h_0' : 'input', given: place.text, expected: other.text.replace(/^parameters /, ''), axis: undefined };
  }
  const weights = call.config.dtype ?? 'float32';
  if (call.h_0 && about('h_0')) return stateJoint(call, call.h_0, diagnosis.h_0_shape);
  const at = 'input' as const;
  const { input } = call;
  if (!('shape' in input)) return { at, given: otherName(input), expected: 'tensor', axis: undefined };
  const { shape } = input;
  const [axis] = wrongAxes(diagnosis, 'input');
  const features = shape.length - 1;
  if (axis !== undefined && axis === features && (shape[axis] ?? 0) >= 0) {
    return { at, given: String(shape[axis]), expected: String(module.input_size), axis: 'H_in' };
  }
  if (axis !== undefined) {
    const letter = sequenceLetters('H_in', shape.length !== 2, module.batch_first)[axis] as Axis | undefined;
    return { at, given: String(shape[axis]), expected: shape[axis] === 0 ? '1 or more' : '0 or more', axis: letter };
  }
  if (dtypeOf(input) !== weights && shape.length >= 2 && shape.length <= 3) {
    return { at, given: dtypeOf(input), expected: weights, axis: undefined };
  }
  const reshaped = error.help.flatMap(({ edits }) => edits).find(({ edit }) => edit === 'set_input_shape');
  const wanted = reshaped && 'shape' in reshaped && reshaped.shape ? axes(reshaped.shape) : '3 axes';
  return { at, given: axes(shape), expected: wanted, axis: undefined };
}

/** An option that stops the module from being built, or from being called. */
function optionJoint(error: Diagnostic, call: Call): Joint {
  const at = 'option' as const;
  const label = error.labels.find(({ place }) => place.part === 'option');
  if (label?.place.part !== 'option') return { at, given: error.exception ?? 'error', expected: '', axis: undefined };
  const { name } = label.place;
  const written = writtenOption(call.config, name);
  const given = written === undefined ? `${name}: ${label.text}` : `${name}=${formatPython(written)}`;
  return { at, given, expected: '', axis: undefined };
}

/** An option as it is written, whatever a learner calls it: `constructor` and `other` are names like any other. */
function writtenOption({ other = [], ...known }: Config, name: string): Value | undefined {
  const values = new Map<string, Value | undefined>([...[...other].reverse(), ...Object.entries(known)]);
  return values.get(name);
}

/** An h_0 that is not what module and input ask for. */
function stateJoint(call: Call, h_0: Argument, expected: readonly number[] | null): Joint {
  const at = 'h_0' as const;
  if (!('shape' in h_0)) return { at, given: otherName(h_0), expected: 'tensor', axis: undefined };
  const { shape } = h_0;
  // An x of neither two axes nor three is read as unbatched, and h_0 is refused for its rank alone.
  if (!expected) return { at, given: axes(shape), expected: '2 axes', axis: undefined };
  if (shape.length !== expected.length) return { at, given: axes(shape), expected: axes(expected), axis: undefined };
  const differ = [...shape.keys()].filter((index) => shape[index] !== expected[index]);
  const [only] = differ;
  if (only === undefined) return { at, given: dtypeOf(h_0), expected: call.config.dtype ?? 'float32', axis: undefined };
  if (differ.length > 1) return { at, given: formatShape(shape), expected: formatShape(expected), axis: undefined };
  const axis = only === shape.length - 1 ? 'H_out' : only === 0 ? 'D' : 'N';
  return { at, given: String(shape[only]), expected: String(expected[only]), axis };
}

/** The axes of a place within `input` or `h_0` that an error names. */
function wrongAxes(diagnosis: Diagnosis, part: 'input' | 'h_0'): number[] {
  const error = diagnosis.diagnostics.find(({ severity }) => severity === 'error');
  return (error?.labels ?? []).flatMap(({ place }) =>
    place.part === part && typeof place.axis === 'number' ? [place.axis] : [],
  );
}

/** The axes of a sequence in letters. */
function sequenceLetters(features: string, batched: boolean, batchFirst: boolean): string[] {
  if (!batched) return ['L', features];
  return batchFirst ? ['N', 'L', features] : ['L', 'N', features];
}

/** How many layers of an illegal call are shown one by one; more are folded anyway. */
const NOMINAL_LAYERS = 8;

function brokenFlow(diagnosis: Diagnosis, call: Call): FlowModel {
  const { hidden_size: hidden, num_layers, bidirectional, batch_first: batchFirst } = sketchOf(diagnosis, call.config);
  const directions = bidirectional ? 2 : 1;
  const given = shapeOf(call.input);
  const batched = given?.length !== 2;
  const sequence = (features: string) => sequenceLetters(features, batched, batchFirst);
  const state = batched ? ['D*num_layers', 'N', 'H_out'] : ['D*num_layers', 'H_out'];
  const input = givenTensor('input', call.input, sequence('H_in'), wrongAxes(diagnosis, 'input'), directions);
  const { rows, sheets } = input.axes.length > 0 ? input.form : { rows: 4, sheets: 2 };
  const unknown = (key: string, role: TensorRole, name: string, letters: readonly string[]): FlowTensor => {
    const axes = letters.map(meaning);
    const sizes = new Map([
      ['L', rows],
      ['N', sheets],
      ['H_out', hidden],
      ['D*H_out', directions * hidden],
      ['D*num_layers', directions * num_layers],
    ]);
    const form = formOf(letters.map((letter) => sizes.get(letter) ?? 1), axes, directions);
    return { key, role, name, shape: undefined, axes, form, given: role !== 'h_0', wrong: [] };
  };
  const features = 'D*H_out';
  const shown = [...Array(Math.min(num_layers, NOMINAL_LAYERS)).keys()];
  if (num_layers > NOMINAL_LAYERS) shown[NOMINAL_LAYERS - 1] = num_layers - 1;
  return {
    input,
    h_0: call.h_0
      ? givenTensor('h_0', call.h_0, state, wrongAxes(diagnosis, 'h_0'), directions)
      : unknown('h_0', 'h_0', 'h_0', state),
    output: unknown('output', 'output', 'output', sequence(features)),
    h_n: unknown('h_n', 'h_n', 'h_n', state),
    layers: shown.map((index) => ({
      key: layerKey(index),
      index,
      gives: unknown(`gives-${index}`, 'between', `output of layer ${index}`, sequence(features)),
    })),
    num_layers,
    directions,
    seq_len: input.axes.length > 0 ? input.form.rows : undefined,
    joint: jointOf(diagnosis, call),
  };
}

/** The flow of a call, legal or not. */
export function flowOf(diagnosis: Diagnosis, call: Call): FlowModel {
  const { trace } = diagnosis;
  const module = moduleOf(diagnosis);
  const legal =
    trace && module ? legalFlow(trace, module.bidirectional ? 2 : 1, module.num_layers, call.h_0 !== undefined) : undefined;
  return legal ?? brokenFlow(diagnosis, call);
}
