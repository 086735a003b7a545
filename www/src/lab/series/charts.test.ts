import { expect, it } from 'vitest';
import type { SeriesForecast } from '../../engine/lab/series.js';
import { beyondChart, forecastChart, inUnit, lossTable, wholeChart, wholeTable, type Read } from './charts.js';

const read: Read = { values: Float64Array.from({ length: 100 }, (_, at) => 900 + at), labels: Array.from({ length: 100 }, (_, at) => String(1871 + at)), name: 'volume' };
const forecast: SeriesForecast = { from: 85, gru: [1, 2, 3], naive: [{ who: 'last', values: [984, 984, 984] }] };

it('a forecast begins where what was known ends, beside what came', () => {
  const { x, series } = forecastChart(read, forecast);
  expect([x.from, x.to, x.text?.(85)]).toEqual([65, 87, '1956']);
  const [came, gru, last] = series;
  expect(came?.points.at(-1)).toEqual({ x: 87, y: 987 });
  expect(gru?.points).toEqual([{ x: 85, y: 1 }, { x: 86, y: 2 }, { x: 87, y: 3 }]);
  expect(last?.points[0]).toEqual({ x: 85, y: 984 });
  // Nothing is drawn from before the beginning, and rows are counted where nothing names them.
  const early = forecastChart({ ...read, labels: [] }, { ...forecast, from: 4 });
  expect([early.x.from, early.x.text, early.x.title]).toEqual([0, undefined, 'row']);
});

it('the parts are marked where they begin, counted in the series itself', () => {
  const parts = { offset: 1, count: 99, train: 69, test: 84, windows: [59, 15, 15] as [number, number, number], mean: 0, std: 1 };
  expect(wholeChart(read, parts).marks?.map(({ x }) => x)).toEqual([70, 85]);
  expect(wholeChart(read, null).marks).toEqual([]);
});

it('a long series is drawn in a thousand points, shown in sixty rows and saved whole', () => {
  const long: Read = { values: new Float64Array(100_000), labels: [], name: 'v' };
  expect(wholeChart(long, null).series[0]?.points.length).toBe(1000);
  expect(wholeTable(long, false).rows.length).toBe(60);
  expect(wholeTable(long, true).rows.length).toBe(100_000);
});

it('a step of the table has the validation loss that the script prints beside it', () => {
  const losses = Array.from({ length: 12 }, (_, step) => 1 / (step + 1));
  const validation = [{ steps: 5, loss: 0.5, accuracy: null }, { steps: 10, loss: 0.25, accuracy: null }];
  expect(lossTable(losses, validation, false).rows).toEqual([['5', 0.2, 0.5], ['10', 0.1, 0.25]]);
  expect(lossTable(losses, validation, true).rows.length).toBe(12);
});

it('a number is written with the digits that count in its unit', () => {
  expect([0, 1120, 317.4567, 0.04567, -3.5, 1e9, NaN].map(inUnit)).toEqual(['0.0000', '1120.0', '317.46', '0.045670', '\u22123.5000', '1.000e+9', '–']);
});

it('beyond the data nothing has come, and what is read there counts from the last value', () => {
  const { x, series, marks } = beyondChart(read, { from: 100, gru: [1, 2], naive: [{ who: 'last', values: [999, 999] }] });
  expect([x.from, x.to, x.text?.(99), x.text?.(101)]).toEqual([80, 101, '1970', '+2']);
  expect(series[0]?.points.at(-1)).toEqual({ x: 99, y: 999 });
  expect(series[1]?.points).toEqual([{ x: 100, y: 1 }, { x: 101, y: 2 }]);
  expect(marks).toEqual([{ x: 100, text: 'untested from here', tone: 'H_out' }]);
});
