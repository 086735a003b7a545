import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, STATE_ATTRIBUTES, type Kind } from './names.js';
import { attributeText, propertyName, reflect, takeUp } from './reflect.js';

/** As much of an element as attributes are. */
class Attributes {
  readonly map = new Map<string, string>();

  getAttribute(name: string): string | null {
    return this.map.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.map.set(name, value);
  }

  removeAttribute(name: string): void {
    this.map.delete(name);
  }
}

function element(kind: Kind) {
  const Element = class extends Attributes {};
  reflect(Element.prototype as unknown as HTMLElement, kind);
  return new Element() as Attributes & Record<string, unknown>;
}

describe.each(['playground', 'challenge', 'question', 'code'] as const)('gru-%s', (kind) => {
  it.each(['theme', 'loading', ...ATTRIBUTES[kind].filter((name) => name !== 'readonly')])('has %s as a property, which frameworks find and set', (name) => {
    const one = element(kind);
    const property = propertyName(name);
    expect(property in one).toBe(true);
    one[property] = name === 'loading' ? 'eager' : name === 'theme' ? 'dark' : '7';
    expect(one.map.size).toBe(1);
    expect(String(one[property])).toBe(one.map.get(name));
    one[property] = null;
    expect(one.map.size).toBe(0);
  });
});

describe('a property', () => {
  it('that is true or false says so, whatever words its attribute has', () => {
    const one = element('code');
    expect(one['readonly']).toBe(false);
    for (const [given, text, said] of [[true, 'True', true], [false, 'False', false], ['', '', true], ['0', '0', false], [1, '1', true]] as const) {
      one['readonly'] = given;
      expect([one.map.get('readonly'), one['readonly']]).toEqual([text, said]);
    }
  });

  it('is named as HTML names its own', () => {
    expect(['seq-len', 'h-0', 'give-h-0', 'h-0-dtype', 'mode'].map(propertyName)).toEqual(['seqLen', 'h0', 'giveH0', 'h0Dtype', 'mode']);
    expect(new Set(STATE_ATTRIBUTES.map(propertyName)).size).toBe(STATE_ATTRIBUTES.length);
  });

  it.each([
    ['seq-len', 7, '7'],
    ['bias', false, 'False'],
    ['bidirectional', true, 'True'],
    ['unbatched', true, '1'],
    ['give-h-0', false, '0'],
    ['hide', ['seed', 'dropout'], 'seed,dropout'],
    ['input', '(4, 10)', '(4, 10)'],
    ['seq-len', undefined, undefined],
    ['seq-len', null, undefined],
  ])('%s takes %j', (name, value, text) => {
    expect(attributeText(name, value)).toBe(text);
  });

  it('reads words that are not known as the usual one, as an image does', () => {
    const one = element('question');
    expect([one['loading'], one['theme'], one['number']]).toEqual(['lazy', 'auto', 1]);
    Object.assign(one, { loading: 'EAGER', theme: 'pink', number: '5' });
    expect([one['loading'], one['theme'], one['number']]).toEqual(['eager', 'auto', 5]);
  });

  it('that was set before the element was defined is taken up', () => {
    const one = element('playground');
    Object.defineProperty(one, 'seqLen', { value: 7, configurable: true, writable: true, enumerable: true });
    takeUp(one as unknown as HTMLElement, 'playground');
    expect(one.map.get('seq-len')).toBe('7');
    one['seqLen'] = 8;
    expect(one.map.get('seq-len')).toBe('8');
  });
});
