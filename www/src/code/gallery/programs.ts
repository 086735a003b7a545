/** The programs of the gallery, by name; loaded when one is first opened. */
import attention from './attention.py?raw';
import batchFirst from './batch_first.py?raw';
import bidirectional from './bidirectional.py?raw';
import classifier from './classifier.py?raw';
import clipping from './clipping.py?raw';
import detach from './detach.py?raw';
import lastState from './last_state.py?raw';
import packing from './packing.py?raw';
import seq2seq from './seq2seq.py?raw';
import shapes from './shapes.py?raw';
import stateDict from './state_dict.py?raw';
import training from './training.py?raw';
import type { ProgramName } from './list.js';

export const PROGRAMS: Readonly<Record<ProgramName, string>> = {
  shapes,
  last_state: lastState,
  batch_first: batchFirst,
  bidirectional,
  packing,
  training,
  classifier,
  detach,
  clipping,
  seq2seq,
  attention,
  state_dict: stateDict,
};
