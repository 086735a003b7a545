import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the code of a room of the lab printed in real PyTorch; `tests/golden/make_lab.py` makes the records. */
export interface RoomRecord {
  readonly room: string;
  readonly setup: Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly printed: readonly string[];
  readonly exception: string | null;
  readonly message: string | null;
}

const records = readFileSync(join(__dirname, '../golden/lab/rooms.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RoomRecord);

/** The record of a room with this in its setup. */
export function roomGolden(room: string, setup: Readonly<Record<string, unknown>>): RoomRecord {
  const matches = (record: RoomRecord): boolean =>
    Object.entries(setup).every(([key, value]) => JSON.stringify(record.setup[key]) === JSON.stringify(value));
  const record = records.find((candidate) => candidate.room === room && matches(candidate));
  if (!record) throw new Error(`tests/golden/lab/rooms.jsonl has no ${room} of ${JSON.stringify(setup)}`);
  return record;
}

/** A number as the page shows it. */
export function shownNumber(text: string): number {
  return Number(text.trim().replace('\u2212', '-'));
}
