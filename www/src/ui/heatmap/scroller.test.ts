import { describe, expect, it } from 'vitest';
import { moved } from './keyboard.js';
import { cellAt, cellSize, fit, LEAST_CELL, MOST_CELL, scrollTo, span } from './scroller.js';

const BOX = { width: 400, height: 144 };

describe('a matrix in its box', () => {
  it('needs no scroll bar where everything can be seen', () => {
    expect(fit(5, 20, BOX, 10, 1)).toEqual({ cell: 20, seen: { width: 400, height: 100 } });
  });

  it('gives a scroll bar down the side its room, and takes smaller cells for it', () => {
    expect(fit(30, 20, BOX, 10, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 390, height: 144 } });
    // 60 columns of 6 fill 360: what the bar takes was free.
    expect(fit(25, 60, BOX, 10, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 390, height: 144 } });
  });

  it('gives a scroll bar along the bottom its room', () => {
    expect(fit(4, 100, BOX, 10, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 400, height: 24 } });
  });

  it('sees that one scroll bar brings the other', () => {
    // 65 columns of 6 fill 390 of 400, until the bar down the side takes 11.
    expect(fit(30, 65, BOX, 11, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 389, height: 133 } });
    // 24 rows of 6 fill all 144, until the bar along the bottom takes some.
    expect(fit(24, 100, BOX, 11, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 389, height: 133 } });
  });

  it('loses no room to scroll bars that lie over it', () => {
    expect(fit(30, 100, BOX, 0, 1)).toEqual({ cell: LEAST_CELL, seen: { width: 400, height: 144 } });
  });
});

describe('the side of a cell', () => {
  it('lets everything be seen where it can', () => {
    expect(cellSize(5, 20, BOX, 1)).toBe(20);
    expect(cellSize(20, 20, BOX, 1)).toBe(7);
  });

  it('stays within its bounds', () => {
    expect(cellSize(1, 1, BOX, 1)).toBe(MOST_CELL);
    expect(cellSize(5000, 512, BOX, 1)).toBe(LEAST_CELL);
    for (const ratio of [1, 1.25, 1.5, 2, 3]) expect(cellSize(5000, 512, BOX, ratio)).toBeGreaterThanOrEqual(LEAST_CELL);
  });

  it('is a whole number of device pixels', () => {
    for (const ratio of [1, 1.25, 1.5, 2, 2.75, 3]) {
      for (const rows of [3, 7, 11, 19, 500]) {
        const device = cellSize(rows, 20, BOX, ratio) * ratio;
        expect(Math.abs(device - Math.round(device))).toBeLessThan(1e-9);
      }
    }
  });
});

describe('the cells seen', () => {
  it('are all of them where they fit', () => {
    expect(span(5, 20, 144, 0)).toEqual({ cells: 5, extent: 100, first: 0, count: 5, start: 0 });
  });

  it('are few of many, wherever the box is scrolled to', () => {
    for (const cells of [1000, 1e6, 1e9]) {
      const { extent } = span(cells, 6, 144, 0);
      const end = span(cells, 6, 144, extent - 144);
      expect(end.first + end.count).toBe(cells);
      for (const scrolled of [0, 1, 7, extent / 3, extent - 144]) {
        const { first, count, start } = span(cells, 6, 144, scrolled);
        expect(count).toBeLessThanOrEqual(26);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(0);
        expect(start + count * 6).toBeGreaterThanOrEqual(144 - 1e-3);
      }
    }
  });

  it('can be brought to any cell', () => {
    for (const cells of [30, 1000, 1e7]) {
      for (const index of [0, 1, 17, cells >> 1, cells - 1]) {
        const { first, count } = span(cells, 6, 144, scrollTo(index, cells, 6, 144, 0));
        expect(index).toBeGreaterThanOrEqual(first);
        expect(index).toBeLessThan(first + count);
      }
    }
  });

  it('do not move for a cell that is seen already', () => {
    expect(scrollTo(10, 1000, 6, 144, 30)).toBe(30);
  });

  it('are found below a point', () => {
    const rows = span(1000, 6, 144, 33);
    expect(cellAt(rows, 6, 0)).toBe(5);
    expect(cellAt(rows, 6, 3)).toBe(6);
    expect(cellAt(span(5, 20, 144, 0), 20, 120)).toBeUndefined();
  });
});

it('moves by keys and stays inside', () => {
  const at = { row: 2, column: 3 };
  const to = (key: string, control = false) => moved(key, control, at, 5, 20);
  expect(to('ArrowDown')).toEqual({ row: 3, column: 3 });
  expect(to('ArrowLeft')).toEqual({ row: 2, column: 2 });
  expect(to('Home')).toEqual({ row: 2, column: 0 });
  expect(to('End', true)).toEqual({ row: 4, column: 19 });
  expect(to('PageUp')).toEqual({ row: 0, column: 3 });
  expect(to('a')).toBeUndefined();
});
