/** Weights of a file that the playground uses instead of drawn ones. */
import type { CodeLine, Engine, GruConfig } from '../../engine/engine.js';
import { codeText } from '../../ui/gru-listing.js';
import type { Module } from '../module.js';

/** The options on which names and shapes of the parameters depend. */
export const OPTIONS = ['input_size', 'hidden_size', 'num_layers', 'bias', 'bidirectional'] as const;

export type WeightsConfig = Required<Pick<GruConfig, (typeof OPTIONS)[number]>>;

export interface UsedWeights {
  /** The file's name. */
  readonly name: string;
  /** The module that they fit. */
  readonly config: WeightsConfig;
  /** Every parameter in PyTorch's order, one after the other. */
  readonly numbers: Float32Array;
  /** The code that loads them: imports, an empty line, statements. */
  readonly load: readonly CodeLine[];
}

/** The options alone. */
export function configOf({ input_size, hidden_size, num_layers, bias, bidirectional }: Module): WeightsConfig {
  return { input_size, hidden_size, num_layers, bias, bidirectional };
}

/** Whether weights are those of a module. */
export function fits(weights: UsedWeights, module: Module | null | undefined): boolean {
  if (!module) return false;
  const config = configOf(module);
  return OPTIONS.every((name) => weights.config[name] === config[name]);
}

/** `nn.GRU(input_size=3, hidden_size=2, bidirectional=True)`, as the core writes it. */
export function describe(engine: Pick<Engine, 'look'> | undefined, { input_size, hidden_size, num_layers, bias, bidirectional }: WeightsConfig): string {
  const config = {
    input_size,
    hidden_size,
    ...(num_layers !== 1 && { num_layers }),
    ...(!bias && { bias }),
    ...(bidirectional && { bidirectional }),
  };
  const code = engine?.look({ config, input: { shape: [1, input_size] } }).code ?? [];
  return /^gru = (.*)$/m.exec(codeText(code))?.[1] ?? 'nn.GRU';
}

/** The code of a call with the lines that load weights: the imports behind its own, the rest behind the module. */
export function withLoad(code: readonly CodeLine[], load: readonly CodeLine[]): readonly CodeLine[] {
  const gap = (lines: readonly CodeLine[]): number => lines.findIndex(({ segments }) => segments.length === 0);
  const [ourGap, theirGap] = [gap(code), gap(load)];
  const module = code.findIndex(({ segments }) => segments[0]?.text === 'gru');
  if (ourGap < 0 || theirGap < 0 || module < ourGap) return code;
  return [
    ...code.slice(0, ourGap),
    ...load.slice(0, theirGap),
    ...code.slice(ourGap, module + 1),
    ...load.slice(theirGap + 1),
    ...code.slice(module + 1),
  ];
}
