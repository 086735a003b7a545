/** Numbers over time as tones: the higher a number, the higher its tone. Pure; what plays them is beside it. */

/** A row of numbers that is heard as one voice. */
export interface Track {
  readonly name: string;
  readonly values: readonly number[];
  /** What sounds lowest and highest; what lies beyond is held there. */
  readonly low: number;
  readonly high: number;
  /** What tells the voice from the others. */
  readonly wave: OscillatorType;
  /** From -1, the left ear, to 1, the right. */
  readonly pan: number;
}

/** A voice: its pitch from each of its moments on. */
export interface Voice {
  readonly name: string;
  readonly wave: OscillatorType;
  readonly pan: number;
  readonly tones: readonly { readonly at: number; readonly hertz: number }[];
}

export interface Piece {
  readonly voices: readonly Voice[];
  /** In seconds. */
  readonly length: number;
}

/** Two octaves that small loudspeakers have. */
const LOWEST_HZ = 220;
const HIGHEST_HZ = 880;
/** A tone lasts so long, in seconds, where there are few. */
const LONGEST = 0.35;
/** All of them last no longer than this. */
export const MOST_SECONDS = 8;

/** The pitch of a number: equal steps of it are equal intervals. What is no number sounds lowest. */
export function hertz(value: number, low: number, high: number): number {
  const share = (value - low) / (high - low);
  const held = Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
  return LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** held;
}

/** All tracks at once, a number after the other: never longer than eight seconds. */
export function pieceOf(tracks: readonly Track[]): Piece {
  const count = Math.max(0, ...tracks.map(({ values }) => values.length));
  const each = count === 0 ? 0 : Math.min(LONGEST, MOST_SECONDS / count);
  const voices = tracks.map(({ name, values, low, high, wave, pan }) => ({
    name,
    wave,
    pan,
    tones: values.map((value, index) => ({ at: index * each, hertz: hertz(value, low, high) })),
  }));
  return { voices, length: count * each };
}
