import { describe, expect, it } from 'vitest';
import type { Call, Engine, ProgramCall, SourceEdit } from '../engine/engine.js';
import type { ShownCall } from '../ui/editing.js';
import { edited, merged, saysSame, TwoWays, type Standing } from './two-ways.js';

function shown(config: Call['config'], shape: number[], seed = 0): ShownCall {
  return { call: { config: { input_size: 10, ...config }, input: { shape } }, seed };
}

const BASE = shown({ hidden_size: 20 }, [5, 3, 10]);

describe('what two calls say', () => {
  it('is the same where one leaves out what the other writes as its default', () => {
    const other: ShownCall = { call: { config: { input_size: 10, hidden_size: 20, num_layers: 1, dropout: { float: 0 }, other: [], dtype: 'float32' }, input: { shape: [5, 3, 10], dtype: 'float32' }, release: '2.15.0' }, seed: 0 };
    expect(saysSame(BASE, other)).toBe(true);
    expect(saysSame(BASE, { ...other, seed: 1 })).toBe(false);
    expect(saysSame(BASE, shown({ hidden_size: 20 }, [5, 4, 10]))).toBe(false);
    expect(saysSame(BASE, { ...BASE, call: { ...BASE.call, h_0: { shape: [1, 3, 20] } } })).toBe(false);
  });

  it('is put together from the changes of both, and of one number the last change counts', () => {
    const code = shown({ hidden_size: 32, num_layers: 3 }, [5, 8, 10]);
    const controls = shown({ hidden_size: 24, bidirectional: true }, [7, 3, 10], 4);
    expect(merged(BASE, code, controls)).toEqual(shown({ hidden_size: 24, num_layers: 3, bidirectional: true }, [7, 8, 10], 4));
    expect(merged(BASE, controls, code)).toEqual(shown({ hidden_size: 32, num_layers: 3, bidirectional: true }, [7, 8, 10], 4));
    // An option that is taken away is a change too, and so is another number of axes.
    expect(merged(code, code, BASE).call.config).toEqual(BASE.call.config);
    expect(merged(BASE, code, shown({ hidden_size: 20 }, [5, 10])).call.input).toEqual({ shape: [5, 10] });
    const state = { ...BASE, call: { ...BASE.call, h_0: { shape: [1, 3, 20] } } };
    expect(merged(BASE, code, state).call.h_0).toEqual({ shape: [1, 3, 20] });
    expect(merged(state, { ...code, call: { ...code.call, h_0: { shape: [1, 3, 32] } } }, BASE).call.h_0).toBeUndefined();
  });
});

/** A program in whose place a text of `hidden seq_len` stands, and the controls beside it. */
class Bench {
  code: string;
  shown: ShownCall;
  standing: Standing | undefined;
  readonly calls: string[] = [];
  readonly ways: TwoWays;
  /** Whether the controls can show other sizes of the hidden state. */
  canShow = true;

  constructor(hidden: number, length: number) {
    this.code = `${hidden} ${length}`;
    this.shown = shown({ hidden_size: hidden }, [length, 3, 10]);
    const ask = (task: string, request: unknown) => Promise.resolve(task === 'read' ? this.read(request as string) : this.write(request as { source: string; call: Call }));
    const engine = { code: { ask } } as unknown as Pick<Engine, 'code'>;
    this.ways = new TwoWays(
      {
        now: () => ({ code: this.code, shown: this.shown }),
        rewrite: (edits) => {
          this.calls.push('rewrite');
          this.code = edited(this.code, edits);
        },
        show: (call) => {
          this.calls.push('show');
          if (this.canShow) this.shown = call;
          else this.shown = { ...this.shown };
          this.ways.controlsMoved();
        },
        stands: (standing) => (this.standing = standing),
      },
      Promise.resolve(engine),
      this.shown,
    );
  }

  read(source: string): ProgramCall | null {
    const [, hidden, length] = /^(\d+) (\d+)/.exec(source) ?? [];
    if (hidden === undefined || length === undefined) return null;
    return { ...shown({ hidden_size: Number(hidden) }, [Number(length), 3, 10]), seed: null, places: [], beyond: /[a-z]+/.exec(source)?.[0] ?? null };
  }

  write({ source, call }: { source: string; call: Call }): SourceEdit[] | null {
    const numbers = /^\d+ \d+/.exec(source)?.[0];
    if (numbers === undefined || call.config.bidirectional) return null;
    return [{ from: 0, to: numbers.length, insert: `${JSON.stringify(call.config.hidden_size)} ${String('shape' in call.input && call.input.shape[0])}` }];
  }

  async edit(code: string): Promise<void> {
    this.code = code;
    this.ways.codeEdited();
    await this.rest();
  }

  async move(config: Call['config'], length: number): Promise<void> {
    this.shown = shown(config, [length, 3, 10]);
    this.ways.controlsMoved();
    await this.rest();
  }

  async rest(): Promise<void> {
    // One after the other: what is set meanwhile comes before the next.
    for (let task = 0; task < 5; task += 1) await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('code and controls', () => {
  it('follow each other, each once', async () => {
    const bench = new Bench(20, 5);
    await bench.edit('32 5 more');
    expect(bench.shown).toEqual(shown({ hidden_size: 32 }, [5, 3, 10]));
    expect(bench.standing).toEqual({ kind: 'shown', beyond: 'more' });
    await bench.move({ hidden_size: 32 }, 9);
    expect(bench.code).toBe('32 9 more');
    expect(bench.calls).toEqual(['show', 'rewrite']);
  });

  it('keep the changes of both: one that is not yet read outlasts a move of another control', async () => {
    const bench = new Bench(20, 5);
    bench.code = '32 5';
    await bench.move({ hidden_size: 20 }, 9);
    expect(bench.code).toBe('32 9');
    expect(bench.shown).toEqual(shown({ hidden_size: 32 }, [9, 3, 10]));
  });

  it('leave each other alone while the code cannot be read, and then come together', async () => {
    const bench = new Bench(20, 5);
    await bench.edit('2( 5');
    expect(bench.standing).toEqual({ kind: 'none' });
    await bench.move({ hidden_size: 20 }, 9);
    expect(bench.code).toBe('2( 5');
    await bench.edit('24 5');
    expect([bench.code, bench.shown]).toEqual(['24 9', shown({ hidden_size: 24 }, [9, 3, 10])]);
  });

  it('stay apart where one cannot say what the other says, and an edit of the code still counts', async () => {
    const bench = new Bench(20, 5);
    await bench.move({ hidden_size: 20, bidirectional: true }, 5);
    expect([bench.standing, bench.code]).toEqual([{ kind: 'unwritten' }, '20 5']);
    await bench.edit('28 5');
    expect(bench.shown).toEqual(shown({ hidden_size: 28 }, [5, 3, 10]));
    bench.canShow = false;
    await bench.edit('30 5');
    expect([bench.standing, bench.code]).toEqual([{ kind: 'unshown' }, '30 5']);
    await bench.move({ hidden_size: 28 }, 6);
    expect(bench.code).toBe('30 6');
  });

  it('take every move of a control that is dragged while its last one is written', async () => {
    const bench = new Bench(20, 5);
    await bench.edit('20 5 x');
    for (const length of [6, 7, 8, 9]) void bench.move({ hidden_size: 20 }, length);
    await bench.rest();
    expect(bench.code).toBe('20 9 x');
    expect(bench.calls).not.toContain('show');
  });
});
