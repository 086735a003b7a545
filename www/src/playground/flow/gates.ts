/** One step of one layer: the tensors of its gates. */
import type { AxisMeaning, ShapeTrace, TracedTensor } from '../../engine/engine.js';

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

/** The shapes of a step of a layer; a layer that was left out of the trace is like the last one. */
export function stepShapes(trace: ShapeTrace, layer: number, reverse: boolean): StepShapes | undefined {
  const traced = trace.tensors.some((tensor) => tensor.layer === layer)
    ? layer
    : trace.tensors.reduce((last, tensor) => Math.max(last, tensor.layer ?? 0), 0);
  const find = (role: TracedTensor['role'], way?: boolean) =>
    trace.tensors.find(
      (tensor) => tensor.role === role && tensor.layer === traced && (way === undefined || tensor.reverse === way),
    );
  const x = find('step_input');
  const gate = find('gate', reverse);
  const inputProduct = find('input_product', reverse);
  const hiddenProduct = find('hidden_product', reverse);
  if (!x || !gate || !inputProduct || !hiddenProduct) return undefined;
  return { x, h: gate, inputProduct, hiddenProduct };
}
