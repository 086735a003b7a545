/** Diagnoses as the engine gives them, small enough to read; for tests. */
import type { AxisMeaning, BrokenFlow, BrokenTensor, Call, Diagnosis, Joint, TracedTensor } from '../../engine/engine.js';
import type { Module } from '../module.js';

function axis(letters: string): AxisMeaning {
  const name = letters === 'D*num_layers' ? 'D' : letters.endsWith('H_out') ? 'H_out' : letters;
  return { axis: name as AxisMeaning['axis'], letters, words: letters };
}

function tensor(name: string, role: TracedTensor['role'], layer: number | undefined, sizes: Readonly<Record<string, number>>): TracedTensor {
  return { name, role, layer: layer ?? null, reverse: false, shape: Object.values(sizes), axes: Object.keys(sizes).map(axis) };
}

export interface Example {
  readonly input_size?: number;
  readonly hidden_size?: number;
  readonly num_layers?: number;
  readonly bidirectional?: boolean;
  readonly L?: number;
  readonly N?: number;
}

function exampleModule({ input_size = 10, hidden_size = 20, num_layers = 2, bidirectional = false }: Example): Module {
  return { input_size, hidden_size, num_layers, bias: true, batch_first: false, dropout: 0, bidirectional };
}

/** A legal call and its diagnosis. */
export function legal(example: Example = {}): { call: Call; diagnosis: Diagnosis } {
  const { L = 5, N = 3 } = example;
  const module = exampleModule(example);
  const { input_size, hidden_size, num_layers, bidirectional } = module;
  const D = bidirectional ? 2 : 1;
  const gives = { L, N, 'D*H_out': D * hidden_size };
  const state = { 'D*num_layers': D * num_layers, N, H_out: hidden_size };
  const traced = [...Array(Math.min(num_layers, 32)).keys()];
  if (num_layers > 32) traced[31] = num_layers - 1;
  const tensors = [
    tensor('input', 'input', undefined, { L, N, H_in: input_size }),
    tensor('h_0 (zeros)', 'h_0', undefined, state),
    ...traced.flatMap((layer) => [
      tensor(`input_l${layer}`, 'layer_input', layer, layer === 0 ? { L, N, H_in: input_size } : gives),
      tensor('x', 'step_input', layer, layer === 0 ? { N, H_in: input_size } : { N, 'D*H_out': D * hidden_size }),
      tensor('input product', 'input_product', layer, { L, N, '3*H_out': 3 * hidden_size }),
      tensor('hidden product', 'hidden_product', layer, { N, '3*H_out': 3 * hidden_size }),
      tensor('r', 'gate', layer, { N, H_out: hidden_size }),
      tensor(`output_l${layer}`, 'layer_output', layer, gives),
    ]),
    tensor('output', 'output', undefined, gives),
    tensor('h_n', 'h_n', undefined, state),
  ];
  return {
    call: { config: { input_size, hidden_size, num_layers, bidirectional }, input: { shape: [L, N, input_size] } },
    diagnosis: {
      module,
      h_0_shape: Object.values(state),
      trace: { batched: true, seq_len: L, batch: N, tensors, equations: [], elided_layers: num_layers - traced.length },
      broken: null,
      diagnostics: [],
    },
  };
}

/** A call that PyTorch refuses: an input of some axes, and what the core knows of the rest. */
export function refused(joint: Partial<Joint>, options: Example & { input?: Readonly<Record<string, number>>; wrong?: number[] } = {}): { call: Call; diagnosis: Diagnosis } {
  const module = exampleModule({ input_size: 8, hidden_size: 16, ...options });
  const { hidden_size, num_layers, bidirectional } = module;
  const { L = 4, N = 3, wrong = [], input = { L, N, H_in: 10 } } = options;
  const D = bidirectional ? 2 : 1;
  const gives = { L, N, 'D*H_out': D * hidden_size };
  const state = { 'D*num_layers': D * num_layers, N, H_out: hidden_size };
  const listed = [...Array(Math.min(num_layers, 8)).keys()];
  if (num_layers > 8) listed[7] = num_layers - 1;
  const broken = (role: BrokenTensor['role'], sizes: Readonly<Record<string, number>>, layer: number | null = null): BrokenTensor => ({
    role, layer, axes: Object.keys(sizes).map(axis), sizes: Object.values(sizes), wrong: [],
  });
  const flow: BrokenFlow = {
    tensors: [
      { ...broken('input', input), wrong },
      broken('h_0', state),
      ...listed.map((layer) => broken('layer_output', gives, layer)),
      broken('output', gives),
      broken('h_n', state),
    ],
    num_layers,
    directions: D,
    seq_len: L,
    joint: { at: 'input', given: '10', expected: '8', axis: 'H_in', ...joint },
  };
  return {
    call: { config: { input_size: module.input_size, hidden_size, num_layers, bidirectional }, input: { shape: Object.values(input) } },
    diagnosis: { module, h_0_shape: Object.values(state), trace: null, broken: flow, diagnostics: [] },
  };
}
