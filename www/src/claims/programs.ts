/** The programs that put claims to the test, by the claim's name. */
import deeper from './programs/deeper.py?raw';
import exporter from './programs/exporter.py?raw';
import hNBatchFirst from './programs/h_n_batch_first.py?raw';
import lastOutput from './programs/last_output.py?raw';
import layout from './programs/layout.py?raw';
import padding from './programs/padding.py?raw';
import parametersLstm from './programs/parameters_lstm.py?raw';
import parametersRnn from './programs/parameters_rnn.py?raw';
import remembers from './programs/remembers.py?raw';
import twoBiases from './programs/two_biases.py?raw';
import updateGate from './programs/update_gate.py?raw';
import vanishing from './programs/vanishing.py?raw';
import type { ClaimName } from './list.js';

export const CLAIM_PROGRAMS: Readonly<Record<ClaimName, string>> = {
  parameters_rnn: parametersRnn,
  parameters_lstm: parametersLstm,
  h_n_batch_first: hNBatchFirst,
  last_output: lastOutput,
  layout,
  padding,
  remembers,
  update_gate: updateGate,
  two_biases: twoBiases,
  vanishing,
  deeper,
  exporter,
};
