/** Plays tones by Web Audio: nothing sounds before it is asked for, and everything can be stopped. */
import { hertz, type Piece, type Voice } from './tones.js';

/** Waves with overtones are as loud as a sine at a part of its strength. */
const STRENGTH: Readonly<Partial<Record<OscillatorType, number>>> = { sine: 0.5, triangle: 0.45, square: 0.12, sawtooth: 0.14 };
/** A tone that begins or ends at once clicks. */
const FADE_SECONDS = 0.02;
/** A live tone that hears of nothing fades after so long. */
const SILENT_AFTER_SECONDS = 0.8;

/** A browser without sound. */
export class NoSound extends Error {
  override readonly name = 'NoSound';

  constructor() {
    super('This browser plays no sound here.');
  }
}

interface Output {
  readonly context: AudioContext;
  readonly volume: GainNode;
}

/** One source of sound at a time; its context is made with the first press, and closed with `close`. */
export class Player {
  #output: Output | undefined;
  #sources: OscillatorNode[] = [];
  #ended: ReturnType<typeof setTimeout> | undefined;
  #live: { readonly source: OscillatorNode; readonly strength: GainNode } | undefined;

  /** Plays a piece from its beginning; what sounded is stopped. `done` is called at its end, not where it is stopped. */
  async play(piece: Piece, volume: number, done: () => void): Promise<void> {
    this.stop();
    const { context } = await this.#open(volume);
    const start = context.currentTime + FADE_SECONDS;
    for (const voice of piece.voices) this.#voice(voice, start, piece.length);
    this.#ended = setTimeout(() => {
      this.stop();
      done();
    }, 1000 * (piece.length + 2 * FADE_SECONDS));
  }

  /** From now on one tone follows what `say` is told. */
  async listen(volume: number): Promise<void> {
    this.stop();
    const { context } = await this.#open(volume);
    const { source, strength } = this.#source('triangle', 0);
    strength.gain.setValueAtTime(0, context.currentTime);
    source.start();
    this.#live = { source, strength };
  }

  /** A number that has just become known; only a player that listens sounds it. */
  say(value: number, low: number, high: number): void {
    const { context } = this.#output ?? {};
    if (!context || !this.#live) return;
    const { source, strength } = this.#live;
    const now = context.currentTime;
    source.frequency.setTargetAtTime(hertz(value, low, high), now, 0.03);
    strength.gain.cancelScheduledValues(now);
    strength.gain.setTargetAtTime(STRENGTH.triangle ?? 0, now, FADE_SECONDS);
    strength.gain.setTargetAtTime(0, now + SILENT_AFTER_SECONDS, 0.1);
  }

  /** How loud, from 0 to 1. */
  set volume(volume: number) {
    const { context, volume: gain } = this.#output ?? {};
    if (context) gain?.gain.setTargetAtTime(volume, context.currentTime, FADE_SECONDS);
  }

  stop(): void {
    clearTimeout(this.#ended);
    for (const source of this.#sources) source.stop();
    this.#sources = [];
    this.#live = undefined;
  }

  close(): void {
    this.stop();
    void this.#output?.context.close();
    this.#output = undefined;
  }

  async #open(volume: number): Promise<Output> {
    if (!this.#output) {
      const { AudioContext: Context } = globalThis as { AudioContext?: typeof AudioContext };
      if (!Context) throw new NoSound();
      const context = new Context();
      const gain = context.createGain();
      gain.connect(context.destination);
      this.#output = { context, volume: gain };
    }
    const { context, volume: gain } = this.#output;
    gain.gain.value = volume;
    if (context.state === 'suspended') await context.resume();
    return this.#output;
  }

  #voice({ wave, pan, tones }: Voice, start: number, length: number): void {
    const { source, strength } = this.#source(wave, pan);
    for (const { at, hertz: pitch } of tones) source.frequency.setValueAtTime(pitch, start + at);
    const loud = STRENGTH[wave] ?? 0;
    strength.gain.setValueAtTime(0, start);
    strength.gain.linearRampToValueAtTime(loud, start + FADE_SECONDS);
    strength.gain.setValueAtTime(loud, start + Math.max(FADE_SECONDS, length - FADE_SECONDS));
    strength.gain.linearRampToValueAtTime(0, start + length + FADE_SECONDS);
    source.start(start);
    source.stop(start + length + FADE_SECONDS);
  }

  #source(wave: OscillatorType, pan: number): { source: OscillatorNode; strength: GainNode } {
    const { context, volume } = this.#output ?? {};
    if (!context || !volume) throw new NoSound();
    const source = context.createOscillator();
    const strength = context.createGain();
    const side = context.createStereoPanner();
    source.type = wave;
    side.pan.value = pan;
    source.connect(strength).connect(side).connect(volume);
    this.#sources.push(source);
    return { source, strength };
  }
}
