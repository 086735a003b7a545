/** Where everything stands in the picture of an LSTM's step, and of an RNN's. */
import { box, TIP, type Box, type Plan } from './plan.js';

function lstmAcross(): Plan {
  const [w, h] = [96, 52];
  const [x, h_prev, c_prev] = [box(0, 32, w, h), box(0, 126, w, h), box(0, 220, w, h)];
  const [i, g, f] = [box(164, 32, w, h), box(164, 126, w, h), box(164, 220, w, h)];
  const [o, c] = [box(326, 32, w, h), box(326, 173, w, h)];
  const out = box(484, 103, w, h);
  return {
    width: 584,
    height: 312,
    titles: 'middle',
    boxes: { x, h_prev, c_prev, i, g, f, o, c, h: out },
    notes: [],
    ways: [
      { d: `M${w} 54H${164 - TIP}`, stage: 1, kind: 'input' },
      { d: `M${w} 60C130 60 128 144 ${164 - TIP} 144`, stage: 1, kind: 'input' },
      { d: `M${w} 66C126 66 118 236 ${164 - TIP} 236`, stage: 1, kind: 'input' },
      { d: `M84 32V14q0 -8 8 -8H328q8 0 8 8V${32 - TIP}`, stage: 1, kind: 'input' },
      { d: `M${w} 146C130 146 128 66 ${164 - TIP} 66`, stage: 1, kind: 'state' },
      { d: `M${w} 156H${164 - TIP}`, stage: 1, kind: 'state' },
      { d: `M${w} 164C130 164 128 244 ${164 - TIP} 244`, stage: 1, kind: 'state' },
      { d: `M${w} 140C116 106 138 105 166 105H270C296 105 296 62 ${326 - TIP} 62`, stage: 1, kind: 'state' },
      { d: `M260 54C296 54 290 184 ${326 - TIP} 184`, stage: 2, kind: 'gate' },
      { d: `M260 152C292 152 290 196 ${326 - TIP} 196`, stage: 2, kind: 'gate' },
      { d: `M260 246C296 246 290 212 ${326 - TIP} 212`, stage: 2, kind: 'gate' },
      { d: `M12 272V294q0 8 8 8H328q8 0 8 -8V${225 + TIP}`, stage: 2, kind: 'state' },
      { d: `M422 62C458 62 450 122 ${484 - TIP} 122`, stage: 3, kind: 'gate' },
      { d: `M422 199C458 199 450 138 ${484 - TIP} 138`, stage: 3, kind: 'state' },
    ],
  };
}

/** For narrow screens; what stands at the sides goes with the width. */
function lstmDown(width: number): Plan {
  const [gap, left] = [14, 12];
  const w = Math.floor((width - left - 10 - 2 * gap) / 3);
  const h = 44;
  const rows = [22, 122, 222, 322] as const;
  const column = (index: number) => left + index * (w + gap);
  const at = (place: number, row: 0 | 1 | 2 | 3) => box(column(place), rows[row], w, h);
  const [x, h_prev, c_prev] = [at(0, 0), at(1, 0), at(2, 0)];
  const [i, g, f] = [at(0, 1), at(1, 1), at(2, 1)];
  const [o, c, out] = [at(0, 2), at(2, 2), at(1, 3)];
  const middle = (of: Box) => of.x + of.w / 2;
  const right = left + 3 * w + 2 * gap;
  // A line of text stands below each box, a title above.
  const told = (row: 0 | 1 | 2) => rows[row] + h + 20;
  const top = (row: 1 | 2 | 3) => rows[row] - TIP;
  const drop = (from: number, to: number, row: 0 | 1 | 2) => {
    const [start, end] = [told(row), top((row + 1) as 1 | 2 | 3)];
    return `M${from} ${start}C${from} ${start + 14} ${to} ${end - 14} ${to} ${end}`;
  };
  const [first, second] = [w - 13, w - 4];
  return {
    width,
    height: 392,
    titles: 'start',
    boxes: { x, h_prev, c_prev, i, g, f, o, c, h: out },
    notes: [],
    ways: [
      { d: drop(middle(x), i.x + first, 0), stage: 1, kind: 'input' },
      { d: drop(middle(x) + 6, g.x + first, 0), stage: 1, kind: 'input' },
      { d: drop(middle(x) + 12, f.x + first, 0), stage: 1, kind: 'input' },
      { d: `M${x.x} 44H${left - 2}q-8 0 -8 8V${rows[2] + 14}q0 8 8 8H${o.x - TIP}`, stage: 1, kind: 'input' },
      { d: drop(middle(h_prev) - 6, i.x + second, 0), stage: 1, kind: 'state' },
      { d: drop(middle(h_prev), g.x + second, 0), stage: 1, kind: 'state' },
      { d: drop(middle(h_prev) + 6, f.x + second, 0), stage: 1, kind: 'state' },
      { d: `M${h_prev.x} 50H${h_prev.x - gap / 2 + 4}q-4 0 -4 4V${rows[2] + 28}q0 4 -4 4H${o.x + w + TIP}`, stage: 1, kind: 'state' },
      { d: drop(middle(i), c.x + w - 22, 1), stage: 2, kind: 'gate' },
      { d: drop(middle(g), c.x + first, 1), stage: 2, kind: 'gate' },
      { d: drop(middle(f), c.x + second, 1), stage: 2, kind: 'gate' },
      { d: `M${c_prev.x + w} 44H${right + 2}q6 0 6 6V${rows[2] + 16}q0 6 -6 6H${c.x + w + TIP}`, stage: 2, kind: 'state' },
      { d: drop(middle(o), out.x + first, 2), stage: 3, kind: 'gate' },
      { d: drop(middle(c), out.x + second, 2), stage: 3, kind: 'state' },
    ],
  };
}

const LSTM_ACROSS = lstmAcross();

/** The plan of an LSTM's step for a width in pixels. */
export function lstmPlan(width: number): Plan {
  return width >= LSTM_ACROSS.width ? LSTM_ACROSS : lstmDown(Math.max(228, Math.min(380, width)));
}

/** The plan of an RNN's step for a width in pixels. */
export function rnnPlan(width: number): Plan {
  const whole = Math.max(228, Math.min(380, width));
  const w = Math.min(110, Math.floor((whole - 60) / 2));
  const out = whole - w;
  return {
    width: whole,
    height: 200,
    titles: 'middle',
    boxes: { x: box(0, 24, w, 52), h_prev: box(0, 124, w, 52), h: box(out, 74, w, 52) },
    notes: [],
    ways: [
      { d: `M${w} 50C${w + 40} 50 ${out - 40} 92 ${out - TIP} 92`, stage: 1, kind: 'input' },
      { d: `M${w} 150C${w + 40} 150 ${out - 40} 108 ${out - TIP} 108`, stage: 1, kind: 'state' },
    ],
  };
}
