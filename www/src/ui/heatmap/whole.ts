/** All of a heatmap as files: the page paints only what is in sight, so a picture is painted anew. */
import type { Engine } from '../../engine/engine.js';
import { formatCount } from '../numbers.js';
import type { Numbers } from '../save/csv.js';
import { valueAt, type Matrix } from './matrix.js';
import { Painter } from './painter.js';
import { MOST_CELL, span } from './scroller.js';

/** Every browser has canvases of such a side and of so many pixels. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 16_777_216;
/** Each takes eight bytes of the core's memory and eight of the page's while it is painted. */
const MOST_CELLS = 4_000_000;
/** A file of so many numbers has some 300 MB. */
const MOST_NUMBERS = 16_000_000;
/** Room for a line of words above the cells and one for the scale below them. */
const LINE = 32;
/** The scale, which has a colour for each pixel. */
const SCALE = 96;

function refuse({ rows, columns }: Matrix, fault: string): never {
  throw new Error(`it has ${formatCount(rows)} × ${formatCount(columns)} cells, ${fault}`);
}

/** The side of a cell in pixels, as large as lets all be painted; throws where a picture cannot hold them. */
export function cellOf(matrix: Matrix): number {
  const { rows, columns } = matrix;
  // The largest of which columns * side * (rows * side + 2 * LINE) is no more than MOST_PIXELS.
  const byArea = (Math.sqrt(LINE ** 2 + (MOST_PIXELS * rows) / columns) - LINE) / rows;
  const side = Math.floor(Math.min(MOST_CELL, (MOST_SIDE - 2 * LINE) / Math.max(rows, columns), byArea));
  if (rows * columns > MOST_CELLS || side < 1) refuse(matrix, 'too many for a picture. CSV has all of them.');
  return side;
}

/** A canvas with all cells, what they are above them, and the scale of their colours below. */
export function wholePicture(matrix: Matrix, words: string, ends: readonly [string, string], engine: Pick<Engine, 'heatmap' | 'colorScale'>, dark: boolean, box: HTMLElement): HTMLCanvasElement {
  const { rows, columns, map } = matrix;
  const cell = cellOf(matrix);
  const filled = { width: columns * cell, height: rows * cell };
  const cells = document.createElement('canvas');
  const sight = { rows: span(rows, cell, filled.height, 0), columns: span(columns, cell, filled.width, 0), cell, filled };
  new Painter(box, cells).paint(matrix, engine, dark, sight, undefined, 1);

  const picture = document.createElement('canvas');
  const context = picture.getContext('2d');
  if (!context) throw new Error('this browser draws on no canvas');
  const { color, backgroundColor, fontFamily } = getComputedStyle(box);
  const font = `14px ${fontFamily}`;
  context.font = font;
  const [low, high] = ends;
  const before = context.measureText(low).width + LINE / 4;
  const legend = before + SCALE + LINE / 4 + context.measureText(high).width;
  picture.width = Math.ceil(Math.max(filled.width, context.measureText(words).width, legend));
  picture.height = filled.height + 2 * LINE;
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(cells, 0, LINE);
  const below = LINE + filled.height;
  context.putImageData(bandOf(engine.colorScale(map, dark, SCALE)), Math.ceil(before), below + LINE / 4);
  // A canvas forgets its type with every new size.
  context.font = font;
  context.fillStyle = color;
  context.textBaseline = 'middle';
  context.fillText(words, 0, LINE / 2);
  context.fillText(low, 0, below + LINE / 2);
  context.fillText(high, Math.ceil(before) + SCALE + LINE / 4, below + LINE / 2);
  return picture;
}

function bandOf(colours: Uint8Array): ImageData {
  const height = LINE / 2;
  const band = new Uint8ClampedArray(colours.length * height);
  for (let row = 0; row < height; row += 1) band.set(colours, row * colours.length);
  return new ImageData(band, SCALE, height);
}

/** All numbers, a row for each of the matrix's, which begins with its index. */
export function wholeTable(matrix: Matrix, rowNoun: string): Numbers {
  const { rows, columns } = matrix;
  if (rows * columns > MOST_NUMBERS) refuse(matrix, 'too many for one file.');
  return {
    columns: [{ name: rowNoun }, ...Array.from({ length: columns }, (_, column) => ({ name: String(column) }))],
    rows: (function* () {
      for (let row = 0; row < rows; row += 1) yield [row, ...Array.from({ length: columns }, (_, column) => valueAt(matrix, row, column))];
    })(),
  };
}
