import { describe, expect, it } from 'vitest';
import { heardByFrame, heardFromResizer, originAround } from './frame-messages.js';
import { reportedHeight } from './reported-height.js';

describe('a message to a frame', () => {
  it('sets the playground or asks for the height', () => {
    expect(heardByFrame({ type: 'gru-set', query: 'seq_len=7', more: 1 })).toEqual({ type: 'gru-set', query: 'seq_len=7' });
    expect(heardByFrame({ type: 'gru-ask-height' })).toEqual({ type: 'gru-ask-height' });
  });

  it.each([null, undefined, 'gru-set', 7, [], {}, { type: 'gru-set' }, { type: 'gru-set', query: 7 }, { type: 'gru-set', query: 'a'.repeat(4001) }, { type: 'other', query: '' }])(
    'is none: %j',
    (data) => {
      expect(heardByFrame(data)).toBeUndefined();
    },
  );

  it.each([
    [{ context: 'h5p', action: 'hello' }, 'hello'],
    [{ context: 'h5p', action: 'resizePrepared' }, 'resizePrepared'],
    [{ context: 'h5p', action: 'prepareResize' }, undefined],
    [{ action: 'hello' }, undefined],
    ['h5p', undefined],
    [null, undefined],
  ])('of the resizer: %j', (data, heard) => {
    expect(heardFromResizer(data)).toBe(heard);
  });
});

describe('a height that a frame reports', () => {
  it('is a number above 0', () => {
    expect(reportedHeight({ type: 'gru-height', height: 640 })).toBe(640);
    for (const height of [0, -1, Number.NaN, Infinity, '640', null]) expect(reportedHeight({ type: 'gru-height', height })).toBeUndefined();
    expect(reportedHeight({ height: 640 })).toBeUndefined();
    expect(reportedHeight(null)).toBeUndefined();
  });
});

describe('the origin of the page around', () => {
  it.each([
    ['', 'https://course.example/week/3?x=1', 'https://course.example'],
    ['origin=https://lms.example', 'https://course.example/', 'https://lms.example'],
    ['origin=nonsense', 'https://course.example/', 'https://course.example'],
    ['origin=data:x', '', undefined],
    ['', '', undefined],
  ])('%s from %s is %s', (query, referrer, origin) => {
    expect(originAround(new URLSearchParams(query), referrer)).toBe(origin);
  });
});
