/** States and engine answers for tests. */
import type { ReleaseRange, Value } from '../engine/engine.js';
import type { Generator } from './fuzz.js';
import { DTYPES, FLOATING_DTYPES, HIDEABLE, HOLDERS, type PlaygroundState } from './playground-state.js';

export const RELEASES: readonly ReleaseRange[] = [
  { from: '2.11.0', to: '2.15.0', label: '2.11 to 2.15', changes: [] },
  { from: '1.11.0', to: '2.10.0', label: '1.11 to 2.10', changes: [] },
  { from: '1.7.0', to: '1.10.0', label: '1.7 to 1.10', changes: [] },
];

const VALUES: readonly Value[] = [
  1, 2, 10, 20, 0, -3, 2 ** 53 - 1, true, false, 0.5, -1.25e-7, { float: 16 }, { float: 1e20 }, { int64: 16 }, '10', "it's", 'a"b', '\\', '',
  { tuple: [] }, { tuple: [5] }, { tuple: [5, { tuple: [8] }] }, [], [1, [true]],
];

const TEXTS: readonly (string | null)[] = [
  null, '(4, 10)', '(5,)', '4,10', '(4, x', '', ' ', '()', '(1, 2, 3, 4)', '(-1, 3, 10)', '[5, 3]', 'Größe & #?=%+~', '\u{1F600}', '=(',
  '(007, 1)', '(1e3)', '(-0, 1)',
];

/** Any state at all. */
export function anyState(random: Generator): PlaygroundState {
  const { pick, flip, below } = random;
  const whole = () => pick([0, 1, 3, 5, -1, 40, 9007199254740991, below(1000)]);
  const count = () => Math.abs(whole());
  const value = () => pick([...VALUES, null]);
  return {
    seq_len: whole(),
    batch: whole(),
    unbatched: flip(),
    input_size: value(),
    hidden_size: value(),
    num_layers: value(),
    bias: value(),
    batch_first: value(),
    dropout: value(),
    bidirectional: value(),
    other: pick([[], [['proj_size', value()]], [['num_layer', value()], ['num_layer', value()]], [['__proto__', value()], ['constructor', value()]]]),
    dtype: pick(FLOATING_DTYPES),
    input: pick(TEXTS.slice(1).concat(null)),
    input_dtype: pick(DTYPES),
    input_on: pick(HOLDERS),
    give_h_0: flip(),
    h_0: pick(TEXTS.slice(1).concat(null)),
    h_0_dtype: pick(DTYPES),
    h_0_on: pick(HOLDERS),
    seed: whole(),
    release: pick(['1.10.0', '2.10.0', '']) || null,
    keep: pick([null, null, '', 'hidden_size=8&num_layers=3', 'input=4,10&other.proj_size=3']),
    edit: pick([null, { tensor: 'input', index: below(100), value: 0.5 }, { tensor: 'weight_hh_l0', index: below(100), value: -2e-5 }]),
    hide: HIDEABLE.filter(() => below(20) === 0),
    sample: count(),
    layer: count(),
    reverse: flip(),
    step: count(),
  };
}
