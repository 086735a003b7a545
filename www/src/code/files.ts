/** Files of code: Python as it is, notebooks as one program. */

/** What a file holds. */
export interface CodeFile {
  readonly code: string;
  /** What of a notebook was left out, by name, each once: `%matplotlib`, `!pip`. */
  readonly skipped: readonly string[];
}

export const ACCEPTED = '.py,.ipynb,.txt,text/x-python,application/x-ipynb+json';

/** A magic of these runs its cell as Python all the same. */
const TRANSPARENT = ['%%time', '%%timeit', '%%capture', '%%prun'];

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly input?: unknown;
}

/** What a file's text holds; throws where a notebook is none. */
export function codeOf(name: string, text: string): CodeFile {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return name.toLowerCase().endsWith('.ipynb') ? notebookCode(plain) : { code: plain, skipped: [] };
}

/** The code cells of a notebook one after another; outputs count for nothing. */
function notebookCode(text: string): CodeFile {
  let cells: readonly Cell[];
  try {
    cells = cellsOf(JSON.parse(text));
  } catch {
    throw new Error('This is no notebook: its text is no JSON with cells.');
  }
  const skipped = new Set<string>();
  const parts = cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source, input }) => withoutMagics(joined(source ?? input), skipped))
    .filter((part) => part.trim() !== '');
  return { code: parts.length === 0 ? '' : `${parts.join('\n\n')}\n`, skipped: [...skipped] };
}

function cellsOf(notebook: unknown): readonly Cell[] {
  const { cells, worksheets } = notebook as { readonly cells?: unknown; readonly worksheets?: unknown };
  // Before version 4 the cells stood in sheets.
  const found = Array.isArray(worksheets) ? worksheets.flatMap((sheet) => (sheet as { readonly cells?: unknown }).cells ?? []) : cells;
  if (!Array.isArray(found)) throw new Error('no cells');
  return found.filter((cell): cell is Cell => typeof cell === 'object' && cell !== null);
}

function joined(source: unknown): string {
  const lines: readonly unknown[] = Array.isArray(source) ? source : [source];
  return lines.filter((line) => typeof line === 'string').join('').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}

function withoutMagics(source: string, skipped: Set<string>): string {
  const [, whole] = /^\s*(%%\w+)/.exec(source) ?? [];
  if (whole !== undefined) {
    skipped.add(whole);
    if (!TRANSPARENT.includes(whole)) return '';
    return withoutMagics(source.replace(/^\s*%%.*\n?/, ''), skipped);
  }
  let open = '';
  return source
    .split('\n')
    .filter((line) => {
      // Within a string of several lines nothing is a magic.
      const inside = open !== '';
      for (const [mark] of line.matchAll(/"""|'''/g)) {
        if (open === '') open = mark;
        else if (open === mark) open = '';
      }
      if (inside) return true;
      const [, magic, help] = /^\s*([%!]{1,2}\s*[\w./-]+|\?{1,2}\w+)|^\s*[\w.]+(\?{1,2})\s*$/.exec(line) ?? [];
      const name = magic?.replace(/\s+/, '') ?? help;
      if (name === undefined) return true;
      skipped.add(name);
      return false;
    })
    .join('\n');
}
