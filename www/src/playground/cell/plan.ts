/** Where everything stands in the picture of a GRU's step: from left to right where there is room, else from top to bottom. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A way that numbers take; `stage` is when they take it. */
export interface Way {
  readonly d: string;
  readonly stage: number;
  readonly kind: 'input' | 'state' | 'gate';
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  /** Where the names of the gates stand above them: lines arrive beside them. */
  readonly titles: 'middle' | 'start';
  /** What is drawn, by its name. */
  readonly boxes: Readonly<Record<string, Box>>;
  readonly ways: readonly Way[];
  /** Where it is written what is done on a way. */
  readonly notes: readonly (readonly [text: string, x: number, y: number])[];
}

export function box(x: number, y: number, w: number, h: number): Box {
  return { x, y, w, h };
}

/** How long an arrow's tip is. */
export const TIP = 5;

function across(): Plan {
  const [w, h] = [100, 52];
  const x = box(0, 32, w, h);
  const before = box(0, 170, w, h);
  const r = box(160, 32, w, h);
  const z = box(160, 170, w, h);
  const n = box(320, 32, w, h);
  const mix = box(320, 144, w, 78);
  const out = box(480, 157, w, h);
  const right = w;
  const to = (left: number) => left - TIP;
  return {
    width: 584,
    height: 256,
    titles: 'middle',
    boxes: { x, h_prev: before, r, z, n, mix, h: out },
    notes: [['r \u2217', 290, 50]],
    ways: [
      { d: `M${right} 58H${to(160)}`, stage: 1, kind: 'input' },
      { d: `M${right} 68C134 68 122 184 ${to(160)} 184`, stage: 1, kind: 'input' },
      { d: `M${right} 186C134 186 122 70 ${to(160)} 70`, stage: 1, kind: 'state' },
      { d: `M${right} 196H${to(160)}`, stage: 1, kind: 'state' },
      { d: `M88 32V14q0 -8 8 -8H324q8 0 8 8V${32 - TIP}`, stage: 2, kind: 'input' },
      { d: `M${right} 178C150 124 262 134 ${to(320)} 74`, stage: 2, kind: 'state' },
      { d: `M260 58H${to(320)}`, stage: 2, kind: 'gate' },
      { d: `M260 190H${to(320)}`, stage: 3, kind: 'gate' },
      { d: `M409 84V${144 - TIP}`, stage: 3, kind: 'gate' },
      { d: `M12 222V242q0 8 8 8H322q8 0 8 -8V${222 + TIP}`, stage: 3, kind: 'state' },
      { d: `M420 183H${to(480)}`, stage: 4, kind: 'state' },
    ],
  };
}

/** For narrow screens; what stands at the sides goes with the width. */
function down(width: number): Plan {
  const gap = 14;
  const w = Math.floor((width - 10 - 2 * gap) / 3);
  const h = 44;
  const [first, second, third] = [22, 122, 234];
  const column = (index: number) => index * (w + gap);
  const x = box(column(0), first, w, h);
  const before = box(column(2), first, w, h);
  const r = box(column(0), second, w, h);
  const z = box(column(1), second, w, h);
  const n = box(column(2), second, w, h);
  const mix = box(column(1), third, w, 70);
  const out = box(column(0), third + 12, w, h);
  const middle = (of: Box) => of.x + of.w / 2;
  // A line of text stands below each box.
  const told = second + h + 20;
  const top = second - TIP;
  const curve = (from: number, to: number) => `M${from} 86C${from} 108 ${to} 100 ${to} ${top}`;
  // Beside the names of the gates.
  const [left, right] = [w - 13, w - 4];
  return {
    width,
    height: 322,
    titles: 'start',
    boxes: { x, h_prev: before, r, z, n, mix, h: out },
    notes: [['r \u2217', middle(z) - 14, told + 23]],
    ways: [
      { d: curve(middle(x) - 12, r.x + left), stage: 1, kind: 'input' },
      { d: curve(middle(x), z.x + left), stage: 1, kind: 'input' },
      { d: curve(middle(before) - 12, r.x + right), stage: 1, kind: 'state' },
      { d: curve(middle(before), z.x + right), stage: 1, kind: 'state' },
      { d: curve(middle(x) + 12, n.x + left), stage: 2, kind: 'input' },
      { d: curve(middle(before) + 12, n.x + right), stage: 2, kind: 'state' },
      { d: `M${middle(r)} ${told}C${middle(r)} ${told + 28} ${n.x + 10} ${told + 28} ${n.x + 10} ${second + h + TIP}`, stage: 2, kind: 'gate' },
      { d: `M${z.x + right} ${told - 6}V${third - TIP}`, stage: 3, kind: 'gate' },
      { d: `M${middle(n)} ${told}V${third + 18}q0 6 -6 6H${mix.x + w + TIP}`, stage: 3, kind: 'gate' },
      { d: `M${before.x + w} 44H${width - 8}q6 0 6 6V${third + 42}q0 6 -6 6H${mix.x + w + TIP}`, stage: 3, kind: 'state' },
      { d: `M${mix.x} ${third + 34}H${w + TIP}`, stage: 4, kind: 'state' },
    ],
  };
}

const ACROSS = across();

/** The plan of a GRU's step for a width in pixels. */
export function gruPlan(width: number): Plan {
  return width >= ACROSS.width ? ACROSS : down(Math.max(228, Math.min(380, width)));
}
