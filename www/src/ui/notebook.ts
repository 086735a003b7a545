/**
 * Code as a Jupyter notebook of one cell: nbformat 4.5.
 *
 * No output is kept with it: what the code prints is for whoever runs it to see.
 */
export function notebook(code: string): string {
  const cell = { cell_type: 'code', execution_count: null, id: 'gru', metadata: {}, outputs: [], source: code.split(/(?<=\n)/) };
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  };
  return `${JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
