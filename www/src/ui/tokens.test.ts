import { describe, expect, it } from 'vitest';
import { confused, linear, type Rgb } from '../../../tests/browser/colour-vision.js';
import css from './tokens.css?raw';

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** The two values of every colour token, read from the very file that the page uses. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: rgb(light ?? ''), dark: rgb(dark ?? '') },
  ]),
);

function colour(name: string, theme: 'light' | 'dark'): Rgb {
  const found = colours.get(name);
  if (!found) throw new Error(`no colour token --${name}`);
  return found[theme];
}

function luminance(color: Rgb): number {
  const [r, g, b] = linear(color);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, index) => value * share + (b[index] ?? 0) * (1 - share)) as unknown as Rgb;
}

const AXES = ['axis-L', 'axis-N', 'axis-H_in', 'axis-H_out', 'axis-D'];
const SURFACES = ['gru-ground', 'gru-panel', 'gru-sunken'];
/** What WCAG asks of text at its strictest level. */
const READABLE = 7;
/** The largest share of a colour that lies behind text in it: a lit axis, a verdict, a mark. */
const TINT = 0.12;

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(SURFACES)('lets every text be read on --%s', (surface) => {
    for (const text of [...AXES, 'gru-ink', 'gru-ink-2', 'gru-link', 'gru-error', 'gru-warning', 'gru-good']) {
      expect(contrast(colour(text, theme), colour(surface, theme)), text).toBeGreaterThanOrEqual(READABLE);
    }
  });

  it.each(SURFACES)('lets a text be read on its own tint of --%s', (surface) => {
    for (const text of [...AXES, 'gru-error', 'gru-warning', 'gru-good']) {
      const tint = mix(colour(text, theme), colour(surface, theme), TINT);
      expect(contrast(colour(text, theme), tint), text).toBeGreaterThanOrEqual(READABLE);
    }
  });

  it.each(['gru-ink', 'gru-ink-2'])('lets --%s be read on a button that is pointed at', (text) => {
    const hovered = mix(colour('gru-ink', theme), colour('gru-panel', theme), 0.06);
    expect(contrast(colour(text, theme), hovered)).toBeGreaterThanOrEqual(READABLE);
  });

  it.each(SURFACES)('shows borders of controls and the focus on --%s', (surface) => {
    for (const border of ['gru-line-strong', 'gru-focus']) {
      expect(contrast(colour(border, theme), colour(surface, theme)), border).toBeGreaterThanOrEqual(3);
    }
  });

  it('lets a filled button be read', () => {
    expect(contrast(colour('gru-on-fill', theme), colour('gru-fill', theme))).toBeGreaterThanOrEqual(READABLE);
  });

  it('has axis colours that every pair of eyes tells apart', () => {
    expect(confused(new Map(AXES.map((axis) => [axis, colour(axis, theme)])))).toEqual([]);
  });
});

it('would notice the colours that a protanope took for one', () => {
  expect(confused(new Map([['N', rgb('#a64300')], ['D', rgb('#6d5600')]])).filter((pair) => pair.includes('protanopia'))).toEqual([
    'N and D in protanopia: 0.7',
  ]);
});
