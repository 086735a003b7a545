/** One step of a GRU layer as a picture: two products, three gates, one blend. */
import { svg, type SVGTemplateResult } from 'lit';

type Name = 'x' | 'h' | 'xr' | 'xz' | 'xn' | 'hr' | 'hz' | 'hn' | 'r' | 'z' | 'n' | 'out';

interface Node {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface GatesLayout {
  readonly width: number;
  readonly height: number;
  readonly across: boolean;
  /** Whether what is written is small, for there is little room. */
  readonly slim?: boolean;
  readonly nodes: Readonly<Record<Name, Node>>;
}

function node(x: number, y: number, w: number, h: number): Node {
  return { x, y, w, h };
}

const ACROSS: GatesLayout = {
  width: 648,
  height: 236,
  across: true,
  nodes: {
    x: node(2, 36, 58, 34),
    h: node(2, 166, 58, 34),
    xr: node(92, 14, 148, 26),
    xz: node(92, 40, 148, 26),
    xn: node(92, 66, 148, 26),
    hr: node(92, 144, 148, 26),
    hz: node(92, 170, 148, 26),
    hn: node(92, 196, 148, 26),
    r: node(292, 14, 100, 34),
    z: node(292, 101, 100, 34),
    n: node(292, 188, 100, 34),
    out: node(440, 97, 206, 42),
  },
};

const DOWN: GatesLayout = {
  width: 296,
  height: 330,
  across: false,
  nodes: {
    x: node(48, 4, 56, 34),
    h: node(192, 4, 56, 34),
    xr: node(4, 84, 46, 30),
    xz: node(50, 84, 46, 30),
    xn: node(96, 84, 46, 30),
    hr: node(154, 84, 46, 30),
    hz: node(200, 84, 46, 30),
    hn: node(246, 84, 46, 30),
    r: node(4, 178, 82, 34),
    z: node(101, 178, 82, 34),
    n: node(196, 178, 98, 34),
    out: node(45, 282, 206, 42),
  },
};

/** As DOWN, for the narrowest screens: as little around the words as there can be. */
const SLIM: GatesLayout = {
  width: 236,
  height: 330,
  across: false,
  slim: true,
  nodes: {
    x: node(32, 4, 42, 34),
    h: node(143, 4, 54, 34),
    xr: node(2, 84, 34, 30),
    xz: node(36, 84, 34, 30),
    xn: node(70, 84, 34, 30),
    hr: node(119, 84, 34, 30),
    hz: node(153, 84, 34, 30),
    hn: node(187, 84, 34, 30),
    r: node(2, 178, 63, 34),
    z: node(69, 178, 63, 34),
    n: node(136, 178, 86, 34),
    out: node(24, 282, 176, 42),
  },
};

/** The widest layout that stands whole in so many pixels. */
export function gatesLayout(width: number): GatesLayout {
  return [ACROSS, DOWN].find((plan) => width >= plan.width) ?? SLIM;
}

interface Link {
  readonly from: Name;
  readonly to: Name;
  /** Where along the target's side it arrives, from 0 to 1. */
  readonly at: number;
  readonly role: 'product' | 'gate' | 'reset' | 'state';
}

const LINKS: readonly Link[] = [
  { from: 'x', to: 'xz', at: 0.5, role: 'product' },
  { from: 'h', to: 'hz', at: 0.5, role: 'product' },
  { from: 'xr', to: 'r', at: 0.35, role: 'gate' },
  { from: 'hr', to: 'r', at: 0.65, role: 'gate' },
  { from: 'xz', to: 'z', at: 0.35, role: 'gate' },
  { from: 'hz', to: 'z', at: 0.65, role: 'gate' },
  { from: 'xn', to: 'n', at: 0.3, role: 'gate' },
  { from: 'hn', to: 'n', at: 0.7, role: 'gate' },
  { from: 'z', to: 'out', at: 0.5, role: 'gate' },
  { from: 'n', to: 'out', at: 0.8, role: 'gate' },
];

function curve({ from, to, at }: Link, { nodes, across }: GatesLayout): string {
  const [a, b] = [nodes[from], nodes[to]];
  if (across) {
    const [x1, y1, x2, y2] = [a.x + a.w, a.y + a.h / 2, b.x - 3, b.y + b.h * at];
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [a.x + a.w / 2, a.y + a.h, b.x + b.w * at, b.y - 3];
  const bend = (y2 - y1) / 2;
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

/** r reaches over to n; the old state goes around everything to the blend. */
function longWays({ nodes, across, width, height }: GatesLayout): { reset: string; state: string } {
  const { r, n, h, out } = nodes;
  if (across) {
    const right = r.x + r.w;
    return {
      reset: `M${right} ${r.y + r.h / 2}C${right + 46} ${r.y + r.h / 2} ${right + 46} ${n.y + 8} ${right + 3} ${n.y + 8}`,
      state: `M${h.x + h.w / 2} ${h.y + h.h}V${height - 8}q0 6 6 6H${out.x + out.w / 2 - 6}q6 0 6 -6V${out.y + out.h + 3}`,
    };
  }
  const bottom = r.y + r.h;
  return {
    reset: `M${r.x + r.w / 2} ${bottom}C${r.x + r.w / 2} ${bottom + 42} ${n.x + 10} ${bottom + 42} ${n.x + 10} ${bottom + 3}`,
    state: `M${h.x + h.w} ${h.y + h.h / 2}H${width - 8}q6 0 6 6V${out.y + out.h / 2 - 6}q0 6 -6 6H${out.x + out.w + 3}`,
  };
}

const FULL: Readonly<Record<Name, string>> = {
  x: 'x',
  h: 'h_prev',
  xr: 'W_ir x + b_ir',
  xz: 'W_iz x + b_iz',
  xn: 'W_in x + b_in',
  hr: 'W_hr h_prev + b_hr',
  hz: 'W_hz h_prev + b_hz',
  hn: 'W_hn h_prev + b_hn',
  r: 'r = \u03c3(+)',
  z: 'z = \u03c3(+)',
  n: 'n = tanh(+)',
  out: 'h = (1\u2212z)\u2217n + z\u2217h_prev',
};

function textOf(name: Name, across: boolean, bias: boolean): string {
  const text = FULL[name];
  const product = name.length === 2;
  if (!product) return text;
  if (!across) return `W_${name === 'xn' || name === 'hn' ? (name === 'xn' ? 'in' : 'hn') : (name.startsWith('x') ? 'i' : 'h') + name.slice(1)}`;
  return bias ? text : text.replace(/ \+ .*/, '');
}

const AXIS: Readonly<Record<Name, 'H_in' | 'H_out'>> = {
  x: 'H_in',
  h: 'H_out',
  xr: 'H_out',
  xz: 'H_out',
  xn: 'H_out',
  hr: 'H_out',
  hz: 'H_out',
  hn: 'H_out',
  r: 'H_out',
  z: 'H_out',
  n: 'H_out',
  out: 'H_out',
};

/** The picture; `first` tells whether x has the input's features or the hidden state's. */
export function gatesPicture(plan: GatesLayout, bias: boolean, first: boolean): SVGTemplateResult {
  const { nodes, across } = plan;
  const ways = longWays(plan);
  const names = Object.keys(nodes) as Name[];
  const { xr, xn, hr, hn } = nodes;
  const frame = (a: Node, b: Node) => ({ x: a.x, y: a.y, w: b.x + b.w - a.x, h: b.y + b.h - a.y });
  return svg`
    ${LINKS.map((link) => svg`<path class="link ${link.role}" d=${curve(link, plan)} />`)}
    <path class="link reset" d=${ways.reset} />
    <path class="link state" d=${ways.state} />
    ${names.map((name) => {
      const { x, y, w, h } = nodes[name];
      const product = name.length === 2;
      const axis = name === 'x' && !first ? 'H_out' : AXIS[name];
      return svg`<g data-axis=${axis} class=${product ? 'product' : 'unit'}>
        <rect x=${x} y=${y} width=${w} height=${h} rx=${product ? 0 : 8} />
        <text x=${x + w / 2} y=${y + h / 2 + 4.5} text-anchor="middle">${textOf(name, across, bias)}</text>
      </g>`;
    })}
    ${[frame(xr, xn), frame(hr, hn)].map(
      ({ x, y, w, h }) => svg`<rect class="frame" x=${x} y=${y} width=${w} height=${h} rx="4" />`,
    )}
    <text class="times" x=${across ? nodes.r.x + nodes.r.w + 34 : (nodes.r.x + nodes.r.w / 2 + nodes.n.x + 10) / 2 - 21} y=${across ? 82 : 246} text-anchor="middle">r \u2217</text>`;
}
