/**
 * Which build of what computes is loaded: plain SIMD, or relaxed SIMD, whose multiply-adds round once where the processor can.
 *
 * Relaxed is mostly faster, but not in every browser. So a later visit measures both, when the page is idle, and what was faster
 * is loaded from then on. A first visit loads one of them and measures nothing.
 */

export type Flavour = 'simd128' | 'relaxed';

/** Milliseconds of the same work in each build. */
export type Measured = Readonly<Record<Flavour, number>>;

/** What is loaded, and why. */
export type Choice =
  /** This browser cannot run the other one, or there is none. */
  | { readonly flavour: 'simd128'; readonly why: 'only' }
  /** Nothing has been measured here yet; `due` says whether this visit should. */
  | { readonly flavour: 'relaxed'; readonly why: 'unmeasured'; readonly due: boolean }
  | { readonly flavour: Flavour; readonly why: 'measured'; readonly measured: Measured };

/** The part of localStorage that is used. */
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'gru-playground.engine';

// A function of three splats and f32x4.relaxed_madd.
const RELAXED = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15,
  253, 133, 2, 11,
);

/** Whether this browser can run the relaxed build. */
export function hasRelaxed(): boolean {
  return WebAssembly.validate(RELAXED);
}

/** Chooses by what was measured of the builds of this `version`; one that was seen before, but not measured, is due. */
export function choose(relaxed: boolean, kept: Kept | undefined, version: string): Choice {
  if (!relaxed) return { flavour: 'simd128', why: 'only' };
  const seen = read(kept, version);
  if (!seen) return { flavour: 'relaxed', why: 'unmeasured', due: false };
  if (!seen.measured) return { flavour: 'relaxed', why: 'unmeasured', due: true };
  const { measured } = seen;
  return { flavour: measured.relaxed < measured.simd128 ? 'relaxed' : 'simd128', why: 'measured', measured };
}

/** Keeps that the builds of this version were here, and how fast they were if that is known. */
export function remember(kept: Kept | undefined, version: string, measured?: Measured): void {
  try {
    kept?.setItem(KEY, JSON.stringify({ version, measured }));
  } catch {
    // A full or forbidden storage: the next visit is another first one.
  }
}

interface Seen {
  readonly measured: Measured | undefined;
}

function read(kept: Kept | undefined, version: string): Seen | undefined {
  try {
    const entry = JSON.parse(kept?.getItem(KEY) ?? 'null') as { version?: unknown; measured?: Partial<Record<Flavour, unknown>> } | null;
    if (entry?.version !== version) return undefined;
    const { simd128, relaxed } = entry.measured ?? {};
    return { measured: typeof simd128 === 'number' && typeof relaxed === 'number' ? { simd128, relaxed } : undefined };
  } catch {
    return undefined;
  }
}

/** How often each build is asked, in turns: the better of them is what the build can do. */
const TURNS = 3;

/** Measures both builds in turns, so that what disturbs one disturbs the other. */
export async function measure(ask: (flavour: Flavour) => Promise<number>): Promise<Measured> {
  const best = { simd128: Infinity, relaxed: Infinity };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const flavour of ['simd128', 'relaxed'] as const) best[flavour] = Math.min(best[flavour], await ask(flavour));
  }
  return best;
}
