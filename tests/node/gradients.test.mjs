// Gradients of single cells, packed calls and the GRUs of others, against real `loss.backward()` in double.
import assert from 'node:assert/strict';
import test from 'node:test';
import { core, goldens, maxDifference, tensor } from './core.mjs';

const CELLS = { GRUCell: core.GruCell, RNNCell: core.RnnCell, RNNCell_RELU: core.RnnCell, LSTMCell: core.LstmCell };
const MODES = { RNN_TANH: core.Rnn, RNN_RELU: core.Rnn, LSTM: core.Lstm };
/** Single precision, held against double. */
const TOLERANCE = 2e-5;

const dictionary = (tensors) => Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, tensor(value)]));

/** The module of a record, with its parameters. */
function made({ cell, mode, variant, config, state_dict }) {
  const relu = [cell, mode].some((name) => name?.endsWith('_RELU'));
  const options = { ...config, ...(relu && { nonlinearity: 'relu' }) };
  const Class = CELLS[cell] ?? MODES[mode] ?? core.Gru;
  return Class.fromStateDict(options, dictionary(state_dict), ...(variant ? [{ variant }] : []));
}

/** The call of a record, kept. */
function recorded(record) {
  const { cell, mode, lengths } = record;
  const { input, h_0, c_0 } = dictionary(record.tensors);
  const states = cell === 'LSTMCell' || mode === 'LSTM' ? [h_0, c_0] : h_0;
  const module = made(record);
  if (!lengths) return module.record(input, states);
  // Only the order is asked of it: the data is the record's own.
  const padded = { shape: [Math.max(...lengths), lengths.length, 1], data: new Float32Array(Math.max(...lengths) * lengths.length) };
  const sequence = core.packPaddedSequence(padded, lengths, { enforce_sorted: false });
  return module.recordPacked({ ...sequence, data: input }, states);
}

function agrees(given, expected, what) {
  assert.deepEqual(given.shape, expected.shape, what);
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  assert.ok(maxDifference(given.data, expected.data) <= TOLERANCE * scale, what);
}

const records = goldens('gradients/modules.jsonl');

test('there are records of cells, packed calls and variants', () => {
  for (const kind of ['cell', 'lengths', 'variant']) assert.ok(records.some((record) => record[kind]), kind);
});

for (const record of records) {
  test(`${record.id}: what it gave and its gradients are PyTorch's`, () => {
    const call = recorded(record);
    const { out, h_n, c_n } = record.outputs;
    if (out) agrees(call.output, out, 'output');
    agrees(call.h_n, h_n, 'h_n');
    if (c_n) agrees(call.c_n, c_n, 'c_n');
    const { out: byOutput, h_n: byState, c_n: byCell } = dictionary(record.R);
    const gradients = call.backward({ output: byOutput ?? null, h_n: byState ?? null, c_n: byCell ?? null });
    const given = { input: gradients.input, h_0: gradients.h_0, c_0: gradients.c_0, ...gradients.parameters };
    for (const [name, expected] of Object.entries(record.grads)) agrees(given[name], expected, name);
    assert.throws(() => call.backward({}), { name: 'BackwardError' });
  });
}

test('a step that does not fit is refused in the words of PyTorch', () => {
  const cell = new core.GruCell({ input_size: 4, hidden_size: 3 });
  const input = { shape: [2, 5], data: new Float32Array(10) };
  assert.throws(() => cell.record(input), { name: 'ShapeError' });
});
