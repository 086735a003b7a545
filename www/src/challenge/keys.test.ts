import { describe, expect, it } from 'vitest';
import { quizKey, type KeyPlace } from './keys.js';

const here: KeyPlace = { here: true, on: 'other' };

function press(key: string, { place = here, letters = true, ...held }: { place?: KeyPlace; letters?: boolean } & Partial<KeyboardEvent> = {}) {
  const event = { key, altKey: false, ctrlKey: false, metaKey: false, repeat: false, isComposing: false, defaultPrevented: false, ...held };
  return quizKey(event, place, 4, letters);
}

describe('keys of an open question', () => {
  it('choose, answer, tell the time and pause', () => {
    expect(press('1')).toEqual({ does: 'choose', number: 1 });
    expect(press('4')).toEqual({ does: 'choose', number: 4 });
    expect(press('Enter')).toEqual({ does: 'answer' });
    expect(press('t')).toEqual({ does: 'tell' });
    expect(press('T')).toEqual({ does: 'tell' });
    expect(press('p')).toEqual({ does: 'pause' });
  });

  it.each(['0', '5', '9', 'x', ' ', 'Tab', 'Escape', 'F1', 'ArrowDown', '１'])('%s does nothing', (key) => {
    expect(press(key)).toBeUndefined();
  });

  it.each(['altKey', 'ctrlKey', 'metaKey', 'repeat', 'isComposing', 'defaultPrevented'] as const)('do nothing with %s', (held) => {
    for (const key of ['1', 'Enter', 't', 'p']) expect(press(key, { [held]: true })).toBeUndefined();
  });

  it('do nothing while something is typed, or elsewhere on the page', () => {
    for (const key of ['1', 'Enter', 't', 'p']) {
      expect(press(key, { place: { here: true, on: 'text' } })).toBeUndefined();
      expect(press(key, { place: { here: false, on: 'other' } })).toBeUndefined();
    }
  });

  it('Enter presses a button that has the focus, and answers nothing', () => {
    expect(press('Enter', { place: { here: true, on: 'control' } })).toBeUndefined();
    expect(press('2', { place: { here: true, on: 'control' } })).toEqual({ does: 'choose', number: 2 });
  });

  it('letters and digits can be switched off, Enter stays', () => {
    expect(press('1', { letters: false })).toBeUndefined();
    expect(press('t', { letters: false })).toBeUndefined();
    expect(press('Enter', { letters: false })).toEqual({ does: 'answer' });
  });
});
