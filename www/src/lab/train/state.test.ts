import { describe, expect, it } from 'vitest';
import { OPENING, fromQuery, namesOf, settingsOf, toQuery, withOptimizer, type TrainState } from './state.js';

const CHANGED: TrainState = {
  task: 'sine', seq_len: 21, batch: 7, fresh: false, train_size: 70, cell: 'LSTM', gate_bias: 1.5, hidden_size: 5, num_layers: 3, dropout: 0.25, optimizer: 'RMSprop', lr: 1e-5,
  momentum: 0.9, nesterov: true, beta_1: 0.5, beta_2: 0.75, alpha: 0, lr_decay: 2, weight_decay: 0.125, clip_grad_norm: 1, patience: 4, steps: 30,
  seed: -1, log: false,
};

describe('the address of a training run', () => {
  it('is empty for the opening, and says every setting of another', () => {
    expect(toQuery(OPENING)).toBe('');
    const query = toQuery(CHANGED);
    expect([...new URLSearchParams(query).keys()]).toEqual(Object.keys(OPENING));
    expect(fromQuery(query)).toEqual({ state: CHANGED, drafts: {}, notices: [] });
  });

  it('keeps what was typed and cannot be read, and tells it', () => {
    const query = toQuery({ ...OPENING, steps: 40 }, { lr: 'fast & high' });
    const { state, drafts, notices } = fromQuery(query);
    expect([state, drafts]).toEqual([{ ...OPENING, steps: 40 }, { lr: 'fast & high' }]);
    expect(notices).toEqual([{ given: 'lr=fast & high', problem: 'is not a number', instead: 'lr=0.02' }]);
    expect(toQuery(state, drafts)).toBe(query);
  });

  it.each([
    ['task=chess', 'is none of adding, recall, order, sine', 'task=adding'],
    ['seq_len=-4', 'is below 0', 'seq_len=10'],
    ['lr=True', 'is not a number', 'lr=0.02'],
    ['clip_grad_norm=much', 'is not a number', undefined],
    ['speed=9', 'is no setting of a training run', undefined],
    ['fresh=maybe', 'is neither 1 nor 0', 'fresh=1'],
  ])('%s is not obeyed', (query, problem, instead) => {
    const { state, notices } = fromQuery(query);
    expect(state).toEqual(OPENING);
    expect(notices).toEqual([{ given: query, problem, instead }]);
  });

  it('obeys the first of two that say the same, and tells it', () => {
    const { state, notices } = fromQuery('lr=0.5&lr=0.1');
    expect(state.lr).toBe(0.5);
    expect(notices).toEqual([{ given: 'lr=0.1', problem: 'is there twice', instead: undefined }]);
  });
});

it('another optimiser brings its usual rate and decay, but keeps those that were chosen', () => {
  expect(withOptimizer(OPENING, 'AdamW')).toEqual({ ...OPENING, optimizer: 'AdamW', weight_decay: 0.01 });
  expect(withOptimizer({ ...OPENING, lr: 5 }, 'SGD')).toEqual({ ...OPENING, optimizer: 'SGD', lr: 5 });
  expect(withOptimizer(OPENING, 'SGD').lr).toBe(0.1);
});

it('runs are named by optimiser, rate, and the settings in which they differ', () => {
  expect(settingsOf({ ...OPENING, momentum: 3 }).size).toBe(0);
  expect(namesOf([OPENING, { ...OPENING, lr: 0.2, steps: 7, momentum: 3 }])).toEqual(['Adam, lr=0.02', 'Adam, lr=0.2']);
  expect(namesOf([OPENING, { ...OPENING, fresh: false }])).toEqual(['Adam, lr=0.02', 'Adam, lr=0.02, a fixed training set']);
  expect(namesOf([OPENING, { ...OPENING, gate_bias: 3 }])).toEqual(['Adam, lr=0.02', 'Adam, lr=0.02, gate_bias=3']);
  expect(namesOf([OPENING, { ...OPENING, cell: 'RNN', gate_bias: 3 }])).toEqual(['Adam, lr=0.02', 'Adam, lr=0.02, cell=RNN']);
  expect(namesOf([{ ...OPENING, seed: 4 }])).toEqual(['Adam, lr=0.02']);
  expect(namesOf([OPENING, { ...withOptimizer(OPENING, 'SGD'), momentum: 0.9, clip_grad_norm: 1 }])).toEqual([
    'Adam, lr=0.02',
    'SGD, lr=0.1, momentum=0.9, clip_grad_norm=1',
  ]);
});
