import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

type Rgb = [number, number, number];

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
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
  const [r, g, b] = color.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, index) => value * share + (b[index] ?? 0) * (1 - share)) as Rgb;
}

const AXES = ['axis-L', 'axis-N', 'axis-H_in', 'axis-H_out', 'axis-D'];
const SURFACES = ['gru-ground', 'gru-panel', 'gru-sunken'];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(SURFACES)('lets every text be read on --%s', (surface) => {
    for (const text of [...AXES, 'gru-ink', 'gru-ink-2', 'gru-link', 'gru-error', 'gru-warning', 'gru-good']) {
      expect(contrast(colour(text, theme), colour(surface, theme)), text).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(SURFACES)('lets a lit axis be read on --%s', (surface) => {
    for (const axis of AXES) {
      const lit = mix(colour(axis, theme), colour(surface, theme), 0.12);
      expect(contrast(colour(axis, theme), lit), axis).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(SURFACES)('shows borders of controls and the focus on --%s', (surface) => {
    for (const border of ['gru-line-strong', 'gru-focus']) {
      expect(contrast(colour(border, theme), colour(surface, theme)), border).toBeGreaterThanOrEqual(3);
    }
  });

  it('lets a filled button be read', () => {
    expect(contrast(colour('gru-on-fill', theme), colour('gru-fill', theme))).toBeGreaterThanOrEqual(4.5);
  });
});
