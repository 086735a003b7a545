// What every kind of record shares.
import { tensor } from '../core.mjs';

export { tensor };

/** A tensor that may be null. */
export const optional = (value) => (value ? tensor(value) : null);

/** A record's parameters as the package takes them. */
export const stateDict = (dict) =>
  Object.fromEntries(Object.entries(dict).map(([name, value]) => [name, tensor(value)]));

/** A tensor as an answer. */
export const answered = (name, { shape, data }) => [name, shape, Array.from(data, Number)];

/** A list of numbers as an answer; an absent one is empty. */
export const answeredList = (name, list) => [name, [(list ?? []).length], list ?? []];

/** Parameters as answers, each named after a field. */
export const answeredDict = (field, dict) =>
  Object.entries(dict).map(([name, value]) => answered(`${field} ${name}`, value));

/** The fields of an object that have these names. */
export const pick = (object, names) =>
  Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));

/** The options that every recurrent module has. */
const BASE = ['input_size', 'hidden_size', 'num_layers', 'bias', 'batch_first', 'dropout', 'bidirectional'];

/** Those of each class. */
export const OPTIONS = {
  GRU: BASE,
  RNN: [...BASE, 'nonlinearity'],
  LSTM: [...BASE, 'proj_size'],
  GRUCell: ['input_size', 'hidden_size', 'bias'],
  RNNCell: ['input_size', 'hidden_size', 'bias', 'nonlinearity'],
  LSTMCell: ['input_size', 'hidden_size', 'bias'],
};
