/** From one scene to the next: what stays moves, what is new slides in, what is gone fades. */
import type { Geometry, Part, Scene } from './layout.js';

/** How far a new part comes from. */
const SLIDE = 28;

function mix(from: Geometry, to: Geometry, t: number): Geometry {
  const between = (a: number, b: number) => a + (b - a) * t;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    w: between(from.w, to.w),
    h: between(from.h, to.h),
    sheets: between(from.sheets, to.sheets),
    opacity: between(from.opacity, to.opacity),
  };
}

/** Slow at both ends. */
export function ease(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
}

/**
 * The scene at `t` in [0, 1] between two; at 1 it is the target itself.
 *
 * Scenes of different orientation do not turn into one another: the target stands at once.
 */
export function between(from: Scene, to: Scene, t: number): Scene {
  if (t >= 1 || from.orientation !== to.orientation) return to;
  const eased = ease(t);
  const before = new Map(from.parts.map((part) => [part.key, part]));
  const across = to.orientation === 'across';
  const parts: Part[] = to.parts.map((part) => {
    const old = before.get(part.key);
    // A tensor unfolds from its first sheet, everything else slides along the flow.
    const start = old?.at ?? {
      ...part.at,
      x: part.at.x - (across ? SLIDE : 0),
      y: part.at.y - (across ? 0 : SLIDE),
      sheets: 1,
      opacity: 0,
    };
    return { ...part, at: mix(start, part.at, eased) };
  });
  const kept = new Set(to.parts.map(({ key }) => key));
  for (const part of from.parts) {
    if (!kept.has(part.key)) parts.push({ ...part, at: { ...part.at, opacity: part.at.opacity * (1 - eased) } });
  }
  return { ...to, height: from.height + (to.height - from.height) * eased, parts };
}

/** Whether two scenes look alike, so that nothing needs to move. */
export function alike(one: Scene, other: Scene): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    one.parts.length === other.parts.length &&
    one.parts.every((part, index) => {
      const twin = other.parts[index];
      return twin?.key === part.key && JSON.stringify(twin.at) === JSON.stringify(part.at);
    })
  );
}
