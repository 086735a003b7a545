/** How far apart colours are to eyes that lack one kind of cone, as the tokens' unit test and the browser tests measure it. */

/** Red, green and blue as bytes. */
export type Rgb = readonly [number, number, number];
type Row = readonly [number, number, number];

/**
 * What linear RGB becomes at full severity: Machado, Oliveira and Fernandes, 'A Physiologically-based Model for Simulation of
 * Color Vision Deficiency', IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, supplementary tables.
 */
export const VISION = {
  'normal vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly [Row, Row, Row]>;

export type Vision = keyof typeof VISION;
export const VISIONS = Object.keys(VISION) as readonly Vision[];

/** Any two axis colours are at least this far apart, in every vision. */
export const APART = 12;

/** sRGB to linear RGB, each from 0 to 1. */
export function linear(colour: Rgb): Rgb {
  return colour.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

function times(matrix: readonly [Row, Row, Row], [r, g, b]: Rgb): Rgb {
  return matrix.map((row) => row[0] * r + row[1] * g + row[2] * b) as unknown as Rgb;
}

/** sRGB's primaries to CIE XYZ, each row over the white point D65. */
const TO_XYZ: readonly [Row, Row, Row] = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

/** CIE Lab of a colour as such eyes see it. */
function lab(colour: Rgb, vision: Vision): Rgb {
  const seen = times(VISION[vision], linear(colour)).map((value) => Math.min(1, Math.max(0, value))) as unknown as Rgb;
  const [x, y, z] = times(TO_XYZ, seen).map((value) =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116,
  ) as unknown as Rgb;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Delta E of 1976 between two colours as such eyes see them. */
export function deltaE(a: Rgb, b: Rgb, vision: Vision): number {
  const [from, to] = [lab(a, vision), lab(b, vision)];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

/** Every pair of named colours that some eyes do not tell apart. */
export function confused(colours: ReadonlyMap<string, Rgb>): string[] {
  const all = [...colours];
  return VISIONS.flatMap((vision) =>
    all.flatMap(([name, colour], index) =>
      all
        .slice(index + 1)
        .map(([other, its]) => ({ other, far: deltaE(colour, its, vision) }))
        .filter(({ far }) => far < APART)
        .map(({ other, far }) => `${name} and ${other} in ${vision}: ${far.toFixed(1)}`),
    ),
  );
}
