/** What the picture of a step shows of each module: its parts, when each is there, and what is said of it. */
import type { StepTrace, UnitNumbers } from './numbers.js';
import { gruPlan, type Plan } from './plan.js';
import { lstmPlan, rnnPlan } from './plan-others.js';
import { gruTold, type Told, type Where } from './words.js';
import { lstmTold, rnnTold } from './words-others.js';

/** A part that is drawn. */
export interface Shown {
  /** Its name, and that of the number that it shows of each unit. */
  readonly name: string;
  /** The stage at which it is there. */
  readonly stage: number;
  /** What stands above it; where it is a state, its step is added. */
  readonly title: string;
  readonly map: 'sequential' | 'diverging';
  readonly draws: 'input' | 'bars' | 'mix';
}

export interface Kind {
  /** How many stages a step has. */
  readonly stages: number;
  readonly parts: readonly Shown[];
  /** The numbers of the table, by their names. */
  readonly columns: readonly string[];
  /** The picture in words. */
  readonly described: string;
  readonly plan: (width: number) => Plan;
  readonly told: (stage: number, at: UnitNumbers, where: Where, equations: readonly string[]) => Told;
}

function part(name: string, stage: number, title = name, map: Shown['map'] = 'diverging', draws: Shown['draws'] = 'bars'): Shown {
  return { name, stage, title, map, draws };
}

const INPUT = part('x', 0, 'x', 'diverging', 'input');

const GRU: Kind = {
  stages: 5,
  parts: [
    INPUT,
    part('h_prev', 0),
    part('r', 1, 'r  reset', 'sequential'),
    part('z', 1, 'z  update', 'sequential'),
    part('n', 2, 'n  candidate'),
    part('mix', 3, 'mix by z', 'diverging', 'mix'),
    part('h', 4),
  ],
  columns: ['h_prev', 'r', 'z', 'n', 'h'],
  described:
    'One step of a GRU. x and h_prev, the state before, go into the reset gate r and the update gate z. x, and as much of h_prev as r ' +
    'lets through, make the candidate n. z mixes h_prev and n: the nearer z is to 1, the more of h_prev is kept. That is h, which leaves.',
  plan: gruPlan,
  told: gruTold,
};

const LSTM: Kind = {
  stages: 5,
  parts: [
    INPUT,
    part('h_prev', 0),
    part('c_prev', 0),
    part('i', 1, 'i  input', 'sequential'),
    part('g', 1, 'g  candidate'),
    part('f', 1, 'f  forget', 'sequential'),
    part('o', 1, 'o  output', 'sequential'),
    part('c', 2),
    part('h', 3),
  ],
  columns: ['h_prev', 'c_prev', 'i', 'f', 'g', 'o', 'c', 'h'],
  described:
    'One step of an LSTM. x and h_prev, the state before, go into the gates i, f and o and make the candidate g. f says how much of ' +
    'c_prev, the cell state before, is kept, i how much of g is added: that is c. o says how much of tanh(c) is shown: that is h. Both leave.',
  plan: lstmPlan,
  told: lstmTold,
};

const RNN: Kind = {
  stages: 3,
  parts: [INPUT, part('h_prev', 0), part('h', 1)],
  columns: ['h_prev', 'pre', 'h'],
  described: 'One step of an RNN. x and h_prev, the state before, are multiplied by weights, added up and squeezed: that is h, which leaves. No gate keeps anything.',
  plan: rnnPlan,
  told: rnnTold,
};

/** The module whose gates were kept. */
export function kindOf(trace: StepTrace): Kind {
  if ('z' in trace) return GRU;
  return 'f' in trace ? LSTM : RNN;
}
