import { expect, it } from 'vitest';
import { fromQuery, toQuery } from '../../state/codec.js';
import { OPENING, SCHEMA, movedTo, type MemorySettings } from './settings.js';

const read = (query: string) => fromQuery(SCHEMA, OPENING, query, { of: 'this room' });

it('an order of the cells is kept in the address, and one that is none is told', () => {
  const settings: MemorySettings = { ...OPENING, seq_len: 30, ranking: ['lstm', 'gru_open', 'gru', 'min_gru', 'rnn'], when: 'after' };
  const query = toQuery(SCHEMA, OPENING, settings);
  expect(query).toBe('seq_len=30&ranking=lstm,gru_open,gru,min_gru,rnn&when=after');
  expect(read(query)).toMatchObject({ settings, notices: [] });
  for (const order of ['lstm', 'rnn,rnn,gru,gru_open,lstm', 'rnn,gru,gru_open,lstm,min_gru,rnn', 'rnn,gru,gru_open,lstm,transformer']) {
    const { settings: { ranking }, notices } = read(`ranking=${order}`);
    expect(ranking).toEqual(OPENING.ranking);
    expect(notices.map(({ problem }) => problem)).toEqual(['is no order of the five cells']);
  }
});

it('a cell is moved by one place, and not beyond the ends', () => {
  const order = OPENING.ranking;
  expect(movedTo(order, 2, 1)).toEqual(['rnn', 'gru_open', 'gru', 'lstm', 'min_gru']);
  expect(movedTo(order, 0, 4)).toEqual(['gru', 'gru_open', 'lstm', 'min_gru', 'rnn']);
  expect(movedTo(order, 0, -1)).toBe(order);
  expect(movedTo(order, 4, 5)).toBe(order);
});
