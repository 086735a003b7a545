import { describe as suite, expect, it } from 'vitest';
import type { CodeLine } from '../../engine/engine.js';
import { look } from '../../engine/in-tests.js';
import { codeText } from '../../ui/gru-listing.js';
import { configOf, describe, fits, withLoad, type UsedWeights } from './used.js';

/** Lines of two segments: the first word, and what follows it. */
const lines = (...texts: string[]): CodeLine[] =>
  texts.map((text) => {
    const word = /^\w*/.exec(text)?.[0] ?? '';
    const parts = [word, text.slice(word.length)].filter((part) => part !== '');
    return { segments: parts.map((part) => ({ text: part, kind: 'name', axis: null, place: null })) };
  });

const MODULE = { input_size: 3, hidden_size: 2, num_layers: 2, bias: true, batch_first: false, dropout: 0, bidirectional: true };
const WEIGHTS: UsedWeights = { name: 'gru.pt', config: configOf(MODULE), numbers: new Float32Array(), load: [] };

suite('weights in use', () => {
  it('fit a module of the same parameters, whatever else is set', () => {
    expect(fits(WEIGHTS, { ...MODULE, batch_first: true, dropout: 0.5 })).toBe(true);
    for (const change of [{ input_size: 4 }, { hidden_size: 3 }, { num_layers: 1 }, { bias: false }, { bidirectional: false }]) {
      expect(fits(WEIGHTS, { ...MODULE, ...change })).toBe(false);
    }
    expect(fits(WEIGHTS, null)).toBe(false);
  });

  it('are described by the options that are not the default', () => {
    expect(describe({ look }, WEIGHTS.config)).toBe('nn.GRU(input_size=3, hidden_size=2, num_layers=2, bidirectional=True)');
    expect(describe({ look }, { ...WEIGHTS.config, num_layers: 1, bidirectional: false, bias: false })).toBe(
      'nn.GRU(input_size=3, hidden_size=2, bias=False)',
    );
  });

  it('are loaded behind the imports and behind the module', () => {
    const code = lines('import torch', '', 'torch.manual_seed(0)', 'gru = nn.GRU(3, 2)', 'x = torch.randn(5, 3)');
    const load = lines('from safetensors.torch import load_file', '', 'state = load_file()', 'gru.load_state_dict(state)');
    expect(codeText(withLoad(code, load)).split('\n')).toEqual([
      'import torch',
      'from safetensors.torch import load_file',
      '',
      'torch.manual_seed(0)',
      'gru = nn.GRU(3, 2)',
      'state = load_file()',
      'gru.load_state_dict(state)',
      'x = torch.randn(5, 3)',
    ]);
  });
});
