import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What real PyTorch did with code as the page shows it; `tests/golden/make_page.py` makes the records. */
export interface GoldenRecord {
  readonly id: string;
  readonly code: string;
  readonly exception: string | null;
  readonly message: string | null;
  readonly warnings: readonly string[];
  readonly printed: readonly string[];
  readonly out?: GoldenTensor;
  readonly h_n?: GoldenTensor;
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const { records } = JSON.parse(readFileSync(join(__dirname, '../golden/page.json'), 'utf8')) as { records: GoldenRecord[] };

export function golden(id: string): GoldenRecord {
  const record = records.find((candidate) => candidate.id === id);
  if (!record) throw new Error(`tests/golden/page.json has no record '${id}'`);
  return record;
}

/** The number at an index, as `tensor[i, j, k]` in Python. */
export function at({ shape, data }: GoldenTensor, ...index: number[]): number {
  const offset = index.reduce((sum, i, axis) => sum * (shape[axis] ?? NaN) + i, 0);
  const value = data[offset];
  if (value === undefined) throw new RangeError(`no element [${index.join(', ')}] in shape [${shape.join(', ')}]`);
  return value;
}
