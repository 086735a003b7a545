import type { CurvesView } from '../engine/engine.js';
import type { Chart, Point } from '../ui/chart/scene.js';
import '../ui/chart/gru-line-chart.js';

/** Training and validation loss by epoch; explained, with the place where validation loss is lowest: part of the answer. */
export function lossChart({ training, validation, description }: CurvesView, explained: boolean): Chart {
  const [trained, validated] = [training, validation].map((losses) => losses.map((y, index): Point => ({ x: index + 1, y }))) as [Point[], Point[]];
  const turn = explained ? lowest(validated) : undefined;
  return {
    title: 'Loss',
    description,
    x: { title: 'epoch', noun: 'epoch', from: 1, to: Math.max(training.length, validation.length, 1) },
    y: { title: 'loss', format: (loss) => loss.toFixed(2) },
    series: [
      { name: 'training', tone: 'L', marker: 'circle', points: trained },
      { name: 'validation', tone: 'N', marker: 'square', dash: '7 5', points: validated },
    ],
    marks: turn ? [{ x: turn.x, text: `lowest after epoch ${turn.x}`, tone: 'N' }] : [],
  };
}

/** The lowest point, the first of several. */
export function lowest(points: readonly Point[]): Point | undefined {
  return points.reduce<Point | undefined>((best, point) => (best && best.y <= point.y ? best : point), undefined);
}
