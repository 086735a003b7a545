import { describe, expect, it } from 'vitest';
import { colourCode } from './python-code.js';

const call = { config: {}, input: { shape: [] } };

/** The coloured parts as `text:axis`. */
function coloured(code: string, batch_first = false): string[] {
  return colourCode(code, { ...call, config: { batch_first } })
    .flatMap(({ segments }) => segments)
    .filter(({ axis }) => axis !== null)
    .map(({ text, axis }) => `${text}:${axis ?? ''}`);
}

describe('the code of a question', () => {
  it('is unchanged as text', () => {
    const code = "gru = nn.GRU(input_size=10)\nx = torch.randn(5, 3, 10)  # (seq_len, batch), it's 'odd'\n\nprint(f\"{x}\", 'a'\nüñí 'open";
    const text = colourCode(`${code}\n`, call).map(({ segments }) => segments.map((part) => part.text).join(''));
    expect(text.join('\n')).toBe(code);
  });

  it('has the colour of its axis on each size', () => {
    expect(coloured('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)')).toEqual(['10:H_in', '20:H_out', '2:D']);
    expect(coloured('x = torch.randn(5, 3, 10)  # (seq_len, batch, input_size)')).toEqual([
      '5:L', '3:N', '10:H_in', 'seq_len:L', 'batch:N', 'input_size:H_in',
    ]);
    expect(coloured('x = torch.randn(5, 3, 10)', true)).toEqual(['5:N', '3:L', '10:H_in']);
    expect(coloured('x = torch.randn(4, 10)  # Missing batch dimension')).toEqual(['4:L', '10:H_in', 'batch:N']);
  });

  it('has none on numbers that are no size', () => {
    expect(coloured('h_0 = x[0]; y = torch.randn(7); print(3)')).toEqual([]);
    expect(coloured('gru = nn.GRU(dropout=0.5)')).toEqual([]);
  });
});
