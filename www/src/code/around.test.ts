import { describe, expect, it } from 'vitest';
import type { NamedValue, ProgramRun } from '../engine/engine.js';
import { isUnreadable, outcomeOf, ownRun, wholeOf } from './around.js';
import { runSentence } from './words.js';
import { FIRST_BOUNDS } from './patience.js';

const AROUND = { setup: 'import torch\nx = torch.ones(2)', checks: 'secret = 7\nassert y == secret, "y is 7"' };
const CODE = 'y = 1\nz = x';

const value = (name: string): NamedValue => ({ name, type: 'int', text: '1', shape: null, axes: null, dtype: null, grad_fn: null, requires_grad: false, values: null });

function run(part: Partial<ProgramRun>): ProgramRun {
  return { stdout: '', printed: [], raised: null, refused: null, stopped: null, warnings: [], lines: [], names: [], explanation: null, ...part };
}

function raised(line: number, kind = 'AssertionError', message = 'y is 7'): Pick<ProgramRun, 'raised' | 'explanation'> {
  const explanation = { code: 'x', cause: 'because', vain: '', notes: [], labels: [{ from: 29, to: 30, text: 'there' }, { from: 41, to: 50, text: 'hidden' }], fixes: [] };
  return { raised: { kind, message, text: '', line }, explanation };
}

describe('code with what stands around it', () => {
  it('is one program, in which the lines of the code follow those of the set-up', () => {
    expect(wholeOf(CODE, AROUND)).toBe('import torch\nx = torch.ones(2)\ny = 1\nz = x\nsecret = 7\nassert y == secret, "y is 7"');
    expect(wholeOf(CODE, { setup: '', checks: '' })).toBe(CODE);
  });

  it('has its own lines and places, and nothing of what is around', () => {
    const start = AROUND.setup.length + 1;
    const fix = (from: number) => ({ title: 'a fix', keeps_data: true, edits: [{ from, to: from + 1, insert: '2' }] });
    const own = ownRun(
      run({
        ...raised(3, 'NameError'),
        explanation: { code: 'x', cause: 'because', vain: '', notes: [], labels: [{ from: start, to: start + 5, text: 'there' }, { from: 0, to: 6, text: 'hidden' }], fixes: [fix(start + 4), fix(2), fix(start + CODE.length + 1)] },
        lines: [{ line: 2, runs: 1, values: [value('x')] }, { line: 3, runs: 1, values: [value('y')] }, { line: 5, runs: 1, values: [value('secret')] }],
        names: [value('x'), value('y'), value('secret')],
        warnings: [{ category: 'UserWarning', message: 'w', line: 4 }],
      }),
      CODE,
      AROUND,
    );
    expect(own.raised?.line).toBe(1);
    expect(own.explanation?.labels).toEqual([{ from: 0, to: 5, text: 'there' }]);
    expect(own.explanation?.fixes.map(({ edits }) => edits)).toEqual([[{ from: 4, to: 5, insert: '2' }]]);
    expect(own.lines.map(({ line }) => line)).toEqual([0, 1]);
    expect(own.names.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(own.warnings[0]?.line).toBe(2);
  });

  it('does not tell of the checks but by name, though the code names what is in them', () => {
    const own = ownRun(run({ ...raised(6, 'KeyError'), names: [value('secret')], lines: [{ line: 5, runs: 1, values: [value('secret')] }] }), 'y = 1\nz = secret', AROUND);
    expect(own.names).toEqual([]);
    const inChecks = ownRun(run(raised(5, 'KeyError')), CODE, AROUND);
    expect(inChecks.explanation).toBeNull();
    expect(runSentence(inChecks, 2, FIRST_BOUNDS, true)).toBe('In the checks: KeyError: y is 7.');
    expect(runSentence(ownRun(run(raised(1, 'KeyError')), CODE, AROUND), 2, FIRST_BOUNDS, true)).toBe('In the set-up: KeyError: y is 7.');
  });

  it('failed where an assertion of the checks does not hold, and raised whatever else', () => {
    const end = (part: Partial<ProgramRun>, isChecked = true) => outcomeOf(ownRun(run(part), CODE, AROUND), 2, isChecked);
    expect(end({})).toBe('passed');
    expect(end(raised(6))).toBe('failed');
    expect(end(raised(6), false)).toBe('raised');
    expect(end(raised(4))).toBe('raised');
    expect(end(raised(2))).toBe('raised');
    expect(end(raised(6, 'KeyError'))).toBe('raised');
    expect(end({ refused: { what: 'async', line: 3 } })).toBe('refused');
    expect(end({ stopped: { why: 'steps', what: '', line: 3, steps: 1 } })).toBe('stopped');
    expect(runSentence(ownRun(run(raised(6)), CODE, AROUND), 2, FIRST_BOUNDS, true)).toBe('Not yet: y is 7.');
    expect(runSentence(run({}), 2, FIRST_BOUNDS, true)).toBe('The checks passed. Nothing was printed.');
  });

  it('cannot be read for a mistake of its own', () => {
    expect(isUnreadable('IndentationError')).toBe(true);
    expect(isUnreadable('NameError')).toBe(false);
    expect(isUnreadable(undefined)).toBe(false);
  });
});
