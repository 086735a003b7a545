/** Where everything of the picture of the gap stands: the learner's order at the left, what came at the right. */
import type { RankingGap } from './settings.js';

export interface Slope {
  readonly cell: RankingGap['moves'][number]['cell'];
  readonly name: string;
  readonly predicted: number;
  readonly place: number;
  /** Heights of its two ends. */
  readonly from: number;
  readonly to: number;
  /** Whether others share the place. */
  readonly shared: boolean;
}

export const ROW = 34;

/** Those that share a place stand below one another in the learner's order, so that their lines do not cross. */
export function slopesOf({ moves }: RankingGap): Slope[] {
  const height = (place: number): number => ROW * (place + 0.5);
  const came = [...moves].sort((one, other) => one.place - other.place || one.predicted - other.predicted);
  return moves.map((move) => ({
    cell: move.cell,
    name: move.name,
    predicted: move.predicted,
    place: move.place,
    from: height(move.predicted - 1),
    to: height(came.indexOf(move)),
    shared: moves.filter(({ place }) => place === move.place).length > 1,
  }));
}
