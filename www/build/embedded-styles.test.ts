import { describe, expect, it } from 'vitest';
import { embeddedCss } from './embedded-styles.js';

describe('styles in a page of others', () => {
  it('measure in their own unit', () => {
    expect(embeddedCss('a { margin: 0.5rem -2rem; width: min(100%, .75rem) }')).toBe(
      'a { margin: calc(0.5 * var(--gru-unit)) calc(-2 * var(--gru-unit)); width: min(100%, calc(.75 * var(--gru-unit))) }',
    );
  });

  it('ask for the width of the element', () => {
    expect(embeddedCss('a { b: c } @media (min-width: 68.75rem) { a { b: 1rem } } d { e: f }')).toBe(
      'a { b: c } @container gru-embed (min-width: 1100px) { a { b: calc(1 * var(--gru-unit)) } } d { e: f }',
    );
  });

  it('take any of several widths', () => {
    expect(embeddedCss('@media (max-width: 40rem), (min-width: 80rem) {x}')).toBe('@container gru-embed (max-width: 640px) or (min-width: 1280px) {x}');
  });

  it('say a rule twice where the width or something else is enough', () => {
    expect(embeddedCss('@media (pointer: coarse), (max-width: 40rem) { a { b: c } }')).toBe(
      '@container gru-embed (max-width: 640px) { a { b: c } }\n@media (pointer: coarse) { a { b: c } }',
    );
  });

  it('go on asking for the width of a box of their own', () => {
    expect(embeddedCss('@container (max-width: 48rem) { a { b: 1rem } }')).toBe('@container (max-width: 768px) { a { b: calc(1 * var(--gru-unit)) } }');
  });

  it('leave other conditions as they are', () => {
    const rule = '@media (hover: none) and (pointer: coarse) { a { b: c } }';
    expect(embeddedCss(rule)).toBe(rule);
  });

  it('are refused where a condition cannot be asked of an element', () => {
    expect(() => embeddedCss('@media (min-width: 600px) { a { b: c } }')).toThrow('(min-width: 600px)');
    expect(() => embeddedCss('@media (max-height: 40rem) { a { b: c } }')).toThrow('(max-height: 40rem)');
    expect(() => embeddedCss('@media (max-width: 40rem) { a {')).toThrow('not closed');
  });
});
