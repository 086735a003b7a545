/** One step of one layer: the tensors of its gates and the equations that join them. */
import type { AxisMeaning, ShapeTrace, TracedTensor } from '../../engine/engine.js';
import type { Module } from '../module.js';

export interface Sized {
  readonly shape: readonly number[];
  readonly axes: readonly AxisMeaning[];
}

export interface StepShapes {
  /** What the layer takes at one step. */
  readonly x: Sized;
  /** The hidden state before and after the step, and each gate. */
  readonly h: Sized;
  /** `W_ih x + b_ih` of all steps: r, z and n stacked. */
  readonly inputProduct: Sized;
  /** `W_hh h + b_hh` of one step: r, z and n stacked. */
  readonly hiddenProduct: Sized;
}

function withoutSteps({ shape, axes }: Sized): Sized {
  const keep = axes.map(({ axis }) => axis !== 'L');
  return { shape: shape.filter((_, index) => keep[index]), axes: axes.filter((_, index) => keep[index]) };
}

/** The shapes of a step of a layer; a layer that was left out of the trace is like the last one. */
export function stepShapes(trace: ShapeTrace, layer: number, reverse: boolean): StepShapes | undefined {
  const traced = trace.tensors.some((tensor) => tensor.layer === layer)
    ? layer
    : trace.tensors.reduce((last, tensor) => Math.max(last, tensor.layer ?? 0), 0);
  const find = (role: TracedTensor['role'], way?: boolean) =>
    trace.tensors.find(
      (tensor) => tensor.role === role && tensor.layer === traced && (way === undefined || tensor.reverse === way),
    );
  const x = find('layer_input');
  const gate = find('gate', reverse);
  const inputProduct = find('input_product', reverse);
  const hiddenProduct = find('hidden_product', reverse);
  if (!x || !gate || !inputProduct || !hiddenProduct) return undefined;
  return { x: withoutSteps(x), h: gate, inputProduct, hiddenProduct };
}

export interface Equation {
  readonly name: 'r' | 'z' | 'n' | "h'";
  readonly text: string;
  readonly words: string;
}

/** The equations of `nn.GRU`, with biases where the module has them. */
export function equations({ bias }: Pick<Module, 'bias'>): Equation[] {
  const term = (weight: string, of: string, biasName: string) => (bias ? `${weight} ${of} + ${biasName}` : `${weight} ${of}`);
  return [
    {
      name: 'r',
      text: `r = \u03c3(${term('W_ir', 'x', 'b_ir')} + ${term('W_hr', 'h', 'b_hr')})`,
      words: 'reset: how much of the old state the new one may look at',
    },
    {
      name: 'z',
      text: `z = \u03c3(${term('W_iz', 'x', 'b_iz')} + ${term('W_hz', 'h', 'b_hz')})`,
      words: 'update: how much of the old state stays',
    },
    {
      name: 'n',
      text: `n = tanh(${term('W_in', 'x', 'b_in')} + r \u2217 (${term('W_hn', 'h', 'b_hn')}))`,
      words: 'new: what the state could become',
    },
    { name: "h'", text: "h' = (1 \u2212 z) \u2217 n + z \u2217 h", words: 'the state after the step: a blend of new and old' },
  ];
}
