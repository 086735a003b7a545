/** Where everything of a loss plot stands, in pixels. */
import { niceStep, type Position, type Tick } from '../ui/plot.js';

export interface Point extends Position {
  readonly epoch: number;
  readonly loss: number;
}

export interface CurvesLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly epochs: readonly Tick[];
  readonly losses: readonly Tick[];
  readonly training: readonly Point[];
  readonly validation: readonly Point[];
}

/** Room for the two names at the right ends of the curves. */
const LABELS = 76;

export function layoutCurves(training: readonly number[], validation: readonly number[], width: number): CurvesLayout {
  const height = Math.round(Math.min(320, Math.max(210, width * 0.5)));
  const [left, right, top, bottom] = [38, Math.max(width - LABELS, 60), 14, height - 40];
  const count = Math.max(training.length, validation.length);
  const highest = Math.max(...training, ...validation, 0);
  const step = niceStep(highest || 1, 5);
  const most = Math.ceil((highest || 1) / step - 1e-9) * step;
  const x = (epoch: number): number => left + ((right - left) * (epoch - 1)) / Math.max(count - 1, 1);
  const y = (loss: number): number => bottom - ((bottom - top) * loss) / most;
  const point = (loss: number, index: number): Point => ({ x: x(index + 1), y: y(loss), epoch: index + 1, loss });

  const losses = Array.from({ length: Math.round(most / step) + 1 }, (_, index) => {
    const loss = index * step;
    return { at: y(loss), text: loss.toFixed(step < 1 ? 1 : 0) };
  });
  const every = Math.max(1, niceStep(count, width < 420 ? 4 : 8));
  const epochs = Array.from({ length: count }, (_, index) => index + 1)
    .filter((epoch) => epoch === 1 || epoch % every === 0)
    // The first tick gives way to a second one that would touch it.
    .filter((epoch, index, all) => index > 0 || (all[1] ?? Infinity) - epoch > every / 2 || all.length === 1)
    .map((epoch) => ({ at: x(epoch), text: String(epoch) }));
  return {
    width, height, left, right, top, bottom, epochs, losses,
    training: training.map(point),
    validation: validation.map(point),
  };
}

/** The points that carry a marker: not each one where they would touch. */
export function marked(points: readonly Point[], gap: number): readonly Point[] {
  const [first, second] = points;
  if (!first || !second) return points;
  const every = Math.max(1, Math.ceil(gap / Math.max(second.x - first.x, 1e-6)));
  return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}

/** The lowest point, the first of several. */
export function lowest(points: readonly Point[]): Point | undefined {
  return points.reduce<Point | undefined>((best, point) => (best && best.loss <= point.loss ? best : point), undefined);
}
