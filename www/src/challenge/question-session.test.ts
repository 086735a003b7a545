import { beforeEach, describe, expect, it } from 'vitest';
import type { QuizEvent, QuizMachine, QuizMachines, QuizState, QuizView } from '../engine/engine.js';
import { MemoryStorage, type MemoryTab } from './memory-storage.js';
import { NoSuchQuestion, QuestionSession, questionKey } from './question-session.js';

/** Three questions of three options, of which `a` is right and two attempts are free: just enough rules to be passed through. */
class FakeMachine implements QuizMachine {
  phase = 'intro';
  number = 0;
  tried: string[] = [];
  mode = '';
  static panics = 0;

  constructor(state?: object) {
    if (state) Object.assign(this, state);
  }

  dispatch(event: QuizEvent): void {
    if (FakeMachine.panics-- > 0) throw new WebAssembly.RuntimeError('unreachable');
    if (event.type === 'start') {
      Object.assign(this, { phase: 'open', number: 1, mode: event.mode });
    } else if (event.type === 'answer' && this.phase === 'open') {
      this.tried.push(event.option);
      if (event.option === 'a' || this.tried.length === 2) this.phase = 'closed';
    } else if (event.type === 'next' && this.phase === 'closed') {
      Object.assign(this, this.number === 3 ? { phase: 'finished' } : { phase: 'open', number: this.number + 1, tried: [] });
    }
  }

  view(): QuizView {
    const { phase, number, tried } = this;
    const options = ['c', 'b', 'a'].map((id) => ({ id, state: tried.includes(id) ? 'tried' : 'free' }));
    return { phase, question: { number }, options, marks: [1, 2, 3] } as unknown as QuizView;
  }

  state(): QuizState {
    const { phase, number, tried, mode } = this;
    return { phase, number, tried, mode } as unknown as QuizState;
  }

  free(): void {
    this.phase = 'freed';
  }
}

const machines: QuizMachines = {
  fresh: () => new FakeMachine(),
  restore: (state) => new FakeMachine(state),
};

let storage: MemoryTab;

beforeEach(() => {
  FakeMachine.panics = 0;
  storage = new MemoryStorage().tab();
});

const ask = (number: number, keeps = true) =>
  new QuestionSession({ machines, number, storage: keeps ? storage : undefined, now: () => 0, seed: () => 7 });

describe('a question asked alone', () => {
  it.each([1, 2, 3])('is number %d, open and without a clock', (number) => {
    const session = ask(number);
    expect(session.view).toMatchObject({ phase: 'open', question: { number } });
    expect(storage.getItem(questionKey(number))).toContain('"mode":"no_limit"');
  });

  it.each([0, 4, 1.5, Number.NaN])('is none of number %d', (number) => {
    expect(() => ask(number)).toThrow(NoSuchQuestion);
    expect(() => ask(number)).toThrow('numbered from 1 to 3');
  });

  it('stands after a reload where it was left, each number by itself', () => {
    ask(2).send({ type: 'answer', option: 'a' });
    expect(ask(2).view.phase).toBe('closed');
    expect(ask(3).view.phase).toBe('open');
  });

  it('is asked again', () => {
    const session = ask(2);
    session.send({ type: 'answer', option: 'a' });
    session.send({ type: 'again' });
    expect(session.view).toMatchObject({ phase: 'open', question: { number: 2 } });
  });

  it('is asked anew where what was kept is of something else', () => {
    storage.setItem(questionKey(2), '{"phase":"finished"}');
    expect(ask(2).view.phase).toBe('open');
    storage.setItem(questionKey(2), 'not JSON');
    expect(ask(2).view.phase).toBe('open');
  });

  it('goes on after a panic, and gives up after three', () => {
    const session = ask(1);
    FakeMachine.panics = 1;
    session.send({ type: 'answer', option: 'b' });
    expect(session.view.phase).toBe('open');
    session.send({ type: 'answer', option: 'a' });
    expect(session.view.phase).toBe('closed');
    FakeMachine.panics = 3;
    session.send({ type: 'hint' });
    session.send({ type: 'hint' });
    expect(() => { session.send({ type: 'hint' }); }).toThrow('unreachable');
  });

  it('says that it keeps nothing', () => {
    expect(ask(1).keeps).toBe(true);
    expect(ask(1, false).keeps).toBe(false);
  });
});
