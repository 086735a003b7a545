/**
 * The badge as a list of paths and lines of text.
 *
 * Its pattern is a run's `h_n`: a band for each layer and sample, which swells where a hidden unit is positive, with a dot for
 * each unit. It has its own colours, the same in both themes and in a file.
 */

export interface BadgePath {
  readonly kind: 'path';
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly opacity?: number;
}

export interface BadgeText {
  readonly kind: 'text';
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly fill: string;
}

export type BadgeItem = BadgePath | BadgeText;

export interface BadgeScene {
  readonly width: number;
  readonly height: number;
  readonly items: readonly BadgeItem[];
}

/** What is written on the badge. */
export interface BadgeFacts {
  readonly title: string;
  /** The day as `2026-11-22`. */
  readonly date: string;
  readonly mode: string;
  readonly total: string;
  readonly questions: number;
  readonly about: string;
}

/** A run's `h_n`, row-major, of shape (layers, batch, hidden) or (layers, hidden). */
export interface BadgePattern {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

export const BADGE_WIDTH = 640;
export const BADGE_HEIGHT = 800;

const GROUND = '#10202e';
const RIM = '#2b4256';
const INK = '#f4f7f9';
const INK_2 = '#b4c2ce';
const GOLD = '#e3c93f';
/** From the first layer's first sample to the last one's last. */
const BANDS = ['#1c4266', '#1f6087', '#238095', '#3fa08f', '#86bf74', '#e0cf57'];
/** How far a value of the largest size moves the edge of its band, in radii. */
const SWELL = 0.075;
const EMPTY_RINGS = 6;
/** The five axes' hues, one for each problem. */
const FIVE = ['#56b4e9', '#f2904b', '#2fc398', '#e391c4', '#e3c93f'];

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Where a turn from twelve o'clock ends, clockwise. */
function position(cx: number, cy: number, radius: number, turn: number): [number, number] {
  const angle = (turn - 0.25) * 2 * Math.PI;
  return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
}

function at(cx: number, cy: number, radius: number, turn: number): string {
  return position(cx, cy, radius, turn).map(round).join(' ');
}

export function circlePath(cx: number, cy: number, radius: number): string {
  const r = round(radius);
  return `M${at(cx, cy, radius, 0)}A${r} ${r} 0 1 1 ${at(cx, cy, radius, 0.5)}A${r} ${r} 0 1 1 ${at(cx, cy, radius, 0)}Z`;
}

/** A piece of a ring, from one turn to another. */
export function sectorPath(cx: number, cy: number, inner: number, outer: number, from: number, to: number): string {
  const large = to - from > 0.5 ? 1 : 0;
  const [o, i] = [round(outer), round(inner)];
  return (
    `M${at(cx, cy, outer, from)}A${o} ${o} 0 ${large} 1 ${at(cx, cy, outer, to)}` +
    `L${at(cx, cy, inner, to)}A${i} ${i} 0 ${large} 0 ${at(cx, cy, inner, from)}Z`
  );
}

/** A smooth closed curve through radii set evenly around a centre (Catmull-Rom as Béziers). */
export function closedCurve(cx: number, cy: number, radii: readonly number[]): string {
  const count = radii.length;
  const points = radii.map((radius, index) => position(cx, cy, radius, index / count));
  const point = (index: number): [number, number] => points[(index + count) % count] ?? [cx, cy];
  let d = `M${point(0).map(round).join(' ')}`;
  for (let index = 0; index < count; index++) {
    const [a, b, c, e] = [point(index - 1), point(index), point(index + 1), point(index + 2)];
    const control = [
      b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6,
      c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6,
      c[0], c[1],
    ];
    d += `C${control.map(round).join(' ')}`;
  }
  return `${d}Z`;
}

/** The rows of a pattern: one for each layer and sample. */
function rows({ values, shape }: BadgePattern): number[][] {
  const hidden = shape.at(-1) ?? 0;
  if (hidden === 0) return [];
  return Array.from({ length: Math.floor(values.length / hidden) }, (_, row) =>
    Array.from({ length: hidden }, (_unused, unit) => values[row * hidden + unit] ?? 0),
  );
}

/** The medal: rim, five marks, the bands and dots of the pattern, letters. Without a pattern, empty rings. */
export function medal(cx: number, cy: number, radius: number, pattern?: BadgePattern): BadgeItem[] {
  const items: BadgeItem[] = [
    { kind: 'path', d: circlePath(cx, cy, radius), fill: '#152b3d', stroke: pattern ? GOLD : RIM, width: radius * 0.014 },
    { kind: 'path', d: circlePath(cx, cy, radius * 0.955), stroke: RIM, width: radius * 0.006 },
  ];
  const all = pattern ? rows(pattern) : [];
  const most = all.flat().reduce((highest, value) => Math.max(highest, Math.abs(value)), 0) || 1;

  // Five marks on the rim, one for each problem.
  for (const [index, hue] of FIVE.entries()) {
    const middle = index / FIVE.length;
    const mark = sectorPath(cx, cy, radius * 0.895, radius * 0.92, middle - 0.085, middle + 0.085);
    items.push({ kind: 'path', d: mark, fill: pattern ? hue : RIM });
  }

  const [outer, inner] = [radius * 0.76, radius * 0.34];
  const count = all.length || EMPTY_RINGS;
  const bases = Array.from({ length: count }, (_, row) => outer + ((inner - outer) * row) / Math.max(count - 1, 1));
  const distance = (row: number, value: number): number => (bases[row] ?? outer) + (SWELL * radius * value) / most;

  if (all.length === 0) {
    for (const base of bases) items.push({ kind: 'path', d: circlePath(cx, cy, base), stroke: RIM, width: radius * 0.006 });
  }
  // The first layer's bands lie outermost.
  for (const [row, values] of all.entries()) {
    const d = closedCurve(cx, cy, values.map((value) => distance(row, value)));
    const band = Math.round((row / Math.max(count - 1, 1)) * (BANDS.length - 1));
    items.push({ kind: 'path', d, fill: BANDS[band] ?? GOLD }, { kind: 'path', d, stroke: GROUND, width: radius * 0.006, opacity: 0.55 });
  }
  // A dot for each unit is the larger the further it is from zero.
  for (const [row, values] of all.entries()) {
    for (const [unit, value] of values.entries()) {
      const [x, y] = position(cx, cy, distance(row, value), unit / values.length);
      items.push({ kind: 'path', d: circlePath(x, y, radius * (0.004 + (0.016 * Math.abs(value)) / most)), fill: INK });
    }
  }
  items.push({ kind: 'path', d: circlePath(cx, cy, radius * 0.235), fill: '#152b3d', stroke: pattern ? GOLD : RIM, width: radius * 0.008 });
  items.push({
    kind: 'text', text: 'GRU', x: cx, y: cy + radius * 0.055, size: radius * 0.155, weight: 700, fill: pattern ? INK : INK_2,
  });
  return items;
}

/** A text in lines of at most so many letters. */
export function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A day such as `2026-11-22` in words; as it is, if it is none. */
export function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}

/** The whole badge. */
export function badgeScene(facts: BadgeFacts, pattern?: BadgePattern): BadgeScene {
  const middle = BADGE_WIDTH / 2;
  const line = (text: string, y: number, size: number, weight: number, fill: string): BadgeText => ({
    kind: 'text', text, x: middle, y, size, weight, fill,
  });
  const corner = 28;
  const [w, h] = [BADGE_WIDTH, BADGE_HEIGHT];
  const card = `M${corner} 0H${w - corner}A${corner} ${corner} 0 0 1 ${w} ${corner}V${h - corner}A${corner} ${corner} 0 0 1 ${w - corner} ${h}H${corner}A${corner} ${corner} 0 0 1 0 ${h - corner}V${corner}A${corner} ${corner} 0 0 1 ${corner} 0Z`;
  return {
    width: w,
    height: h,
    items: [
      { kind: 'path', d: card, fill: GROUND },
      ...medal(middle, 290, 240, pattern),
      line(facts.title, 602, 46, 700, INK),
      line(`${facts.questions} of ${facts.questions} right in ${facts.total}`, 648, 24, 500, INK),
      line(`${dayWords(facts.date)} · ${facts.mode}`, 684, 21, 400, INK_2),
      ...wrap(facts.about, 56).map((text, index) => line(text, 736 + index * 24, 17, 400, INK_2)),
    ],
  };
}
