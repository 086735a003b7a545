import { describe, expect, it } from 'vitest';
import type { ProgramRun } from '../engine/engine.js';
import { FIRST_BOUNDS, more } from './patience.js';
import { canGoOn, endingOf, kindWords, lineWords, runSentence } from './words.js';

const RAN: ProgramRun = { stdout: '', printed: [], raised: null, refused: null, stopped: null, warnings: [], lines: [], names: [], explanation: null };
const said = (run: Partial<ProgramRun>): string => runSentence({ ...RAN, ...run }, 5, FIRST_BOUNDS);

describe('a run in one sentence', () => {
  it('says what was printed', () => {
    expect(said({})).toBe('The code ran. Nothing was printed.');
    expect(said({ stdout: 'a\n\nb\n' })).toBe('The code ran. 3 lines printed.');
    expect(said({ stdout: 'a', warnings: [{ category: 'UserWarning', message: 'x', line: 1 }] })).toBe('The code ran. 1 line printed. 1 warning.');
  });

  it('says what was raised and where, with its fixes', () => {
    const raised = { kind: 'RuntimeError', message: 'shapes do not fit', text: '', line: 3 };
    expect(said({ raised })).toBe('In line 3: RuntimeError: shapes do not fit.');
    const fix = { title: 'x', keeps_data: true, edits: [] };
    const explanation = { code: '', cause: '', vain: '', notes: [], labels: [], fixes: [fix, fix] };
    expect(said({ raised, explanation })).toBe('In line 3: RuntimeError: shapes do not fit. 2 fixes below the code.');
    expect(said({ raised: { kind: 'KeyboardInterrupt', message: '', text: '', line: 6 } })).toBe('In the checks: KeyboardInterrupt.');
    expect(said({ raised: { ...raised, line: 0 } })).toContain('In the set-up:');
  });

  it('says what stopped it, and whether it can go on', () => {
    const stopped = { why: 'watch', what: 'more than 256 MB', line: 2, steps: 100 } as const;
    expect(said({ stopped })).toBe('Stopped in line 2 after 2 seconds. Run on is a button there.');
    expect(said({ stopped: { ...stopped, why: 'steps' } })).toBe('Stopped in line 2 after 50 million steps. Run on is a button there.');
    expect(said({ stopped: { ...stopped, why: 'memory' } })).toBe('Stopped in line 2 at a limit: more than 256 MB.');
    expect(canGoOn({ stopped: { ...stopped, why: 'output' } })).toBe(false);
    expect(more(more(FIRST_BOUNDS)).steps).toBeLessThan(2 ** 32);
  });

  it('says what is not done here by its name', () => {
    expect(said({ refused: { what: 'open()', line: 1 } })).toBe('Not run to its end: open() in line 1 is not done here.');
  });
});

it('tells how a program ended', () => {
  expect(endingOf(RAN)).toBe('ran');
  expect(endingOf({ ...RAN, raised: { kind: '', message: '', text: '', line: 1 }, refused: { what: '', line: 1 } })).toBe('refused');
  expect([lineWords(0, 3), lineWords(3, 3), lineWords(4, 3)]).toEqual(['the set-up', 'line 3', 'the checks']);
});

it('says what a value is', () => {
  expect(kindWords({ type: 'Tensor', shape: [5, 3], dtype: 'torch.float32' })).toBe('Tensor (5, 3) float32');
  expect(kindWords({ type: 'int', shape: null, dtype: null })).toBe('int');
});
