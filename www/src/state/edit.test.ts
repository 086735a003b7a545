import { describe, expect, it } from 'vitest';
import { numberEdit } from './edit.js';
import { OPENING } from './playground-state.js';
import { RELEASES } from './samples.js';
import { fromQuery, toQuery } from './url.js';

describe('a number that is another', () => {
  it.each([
    { tensor: 'input', index: 7, value: 2.5 },
    { tensor: 'h_0', index: 0, value: -0.125 },
    { tensor: 'weight_hh_l1_reverse', index: 1299, value: 1e-7 },
    { tensor: 'bias_ih_l0', index: 25, value: -3e20 },
  ])('%j is said in the address and read back', (edit) => {
    const query = toQuery({ ...OPENING, edit });
    expect(query).toMatch(/^edit=/);
    expect(fromQuery(query, RELEASES)).toEqual({ state: { ...OPENING, edit }, notices: [] });
  });

  it.each([
    ['weight_hh_l0', 'is no number of a call, such as weight_hh_l0,13,0.5'],
    ['weight_hh_l0,-1,2', 'is no number of a call, such as weight_hh_l0,13,0.5'],
    ['weight_hh_l0,1.5,2', 'is no number of a call, such as weight_hh_l0,13,0.5'],
    ['weight_hr_l0,1,2', 'is no number of a call, such as weight_hh_l0,13,0.5'],
    ['input,1,two', 'is no number of a call, such as weight_hh_l0,13,0.5'],
    ['input,1,--2', 'is no number that float32 holds'],
    ['input,1,1e39', 'is no number that float32 holds'],
    [`input,1,${'1'.repeat(100)}`, 'is longer than 80 characters'],
  ])('%s is told and not obeyed', (text, problem) => {
    const { state, notices } = fromQuery(`edit=${text}`, RELEASES);
    expect(state).toEqual(OPENING);
    expect(notices.map((notice) => notice.problem)).toEqual([problem]);
  });

  it('is said by silence where there is none', () => {
    expect(numberEdit.write(null)).toBeUndefined();
  });
});
