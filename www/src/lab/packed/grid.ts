/** Which cells of the padded batch go where in the packed data. */
import type { Packing } from '../../../pkg/gru_lab.js';

type Packed = NonNullable<Packing['packed']>;

/** One step of one sample in the padded batch. */
export interface PaddedCell {
  readonly sample: number;
  readonly step: number;
  /** Its row in the packed data; none for padding. */
  readonly row: number | undefined;
}

/** The padded batch, a row of cells for each sample. */
export function paddedCells(samples: number, steps: number, packed: Pick<Packed, 'rows'> | null): PaddedCell[][] {
  const rows = new Map(packed?.rows.map(({ sample, step }, row) => [`${sample} ${step}`, row]));
  return Array.from({ length: samples }, (_, sample) =>
    Array.from({ length: steps }, (_step, step) => ({ sample, step, row: rows.get(`${sample} ${step}`) })),
  );
}

/** A row of the packed data, and where the next step of all samples begins. */
export interface DataRow {
  readonly sample: number;
  readonly step: number;
  readonly row: number;
}

/** The packed data in the blocks that `batch_sizes` makes of it; what is promised beyond the data is left out. */
export function blocks({ rows, batch_sizes }: Pick<Packed, 'rows' | 'batch_sizes'>): DataRow[][] {
  const found: DataRow[][] = [];
  let start = 0;
  for (const size of batch_sizes) {
    found.push(rows.slice(start, start + size).map((row, index) => ({ ...row, row: start + index })));
    start += size;
  }
  return found;
}
