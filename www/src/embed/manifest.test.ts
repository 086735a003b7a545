import { describe, expect, it } from 'vitest';
import view from '../playground/gru-play-view.ts?raw';
import viewStyles from '../playground/playground.css?raw';
import tokens from '../ui/tokens.css?raw';
import manifest from './custom-elements.json';
import embeddedStyles from './embedded.css?raw';
import failure from './failure.ts?raw';
import mount from './mount.ts?raw';
import { ATTRIBUTES, type Kind } from './names.js';
import part from './part.ts?raw';
import { propertyName } from './reflect.js';
import walls from './walls.ts?raw';

const declarations = manifest.modules.flatMap((module) => module.declarations);
const declared = (kind: Kind) => {
  const found = declarations.find(({ tagName }) => tagName === `gru-${kind}`);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe.each(['playground', 'challenge', 'question', 'code'] as const)('the manifest of gru-%s', (kind) => {
  it('has the attributes that the element watches', () => {
    expect(names(declared(kind).attributes).sort()).toEqual([...ATTRIBUTES[kind], 'theme', 'loading'].sort());
  });

  it('has a property for each attribute', () => {
    const { attributes, members } = declared(kind);
    expect(members.map(({ name, attribute }) => ({ name, attribute }))).toEqual(
      attributes.map(({ name, fieldName }) => ({ name: fieldName, attribute: name })),
    );
    for (const { name, attribute } of members) expect(name).toBe(propertyName(attribute));
  });

  it('has the events that leave the element', () => {
    const [, list = ''] = /const EVENTS[^=]*= \[(.*?)\]/.exec(walls) ?? [];
    const leave = [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
    expect(leave).toHaveLength(5);
    for (const { name } of declared(kind).events) expect(leave).toContain(name);
    const theirs = { playground: ['gru-state'], challenge: ['gru-answer', 'gru-complete'], question: ['gru-answer', 'gru-complete'], code: ['gru-run'] }[kind];
    expect(names(declared(kind).events)).toEqual([...theirs, 'gru-error']);
  });

  it('has parts that are there', () => {
    const sources = [mount, failure, view].join();
    for (const name of names(declared(kind).cssParts)) expect(sources).toMatch(new RegExp(`part(?:=|', )["']${name}["']`));
    const [, panels = ''] = /PANELS = '(.*?)'/.exec(part) ?? [];
    if (kind === 'playground') expect(names(declared(kind).cssParts)).toEqual(['root', 'failure', ...panels.split(', ')]);
  });

  it('has custom properties that something obeys', () => {
    const sources = [tokens, embeddedStyles, viewStyles].join();
    for (const name of names(declared(kind).cssProperties)) expect(sources).toMatch(new RegExp(`${name}[,):]`));
  });
});

it('the manifest defines each element once, in the module that the package has', () => {
  const [module] = manifest.modules;
  expect(module?.exports.map(({ name }) => name)).toEqual(['gru-playground', 'gru-challenge', 'gru-question', 'gru-code']);
  expect(module?.path).toBe('embed/gru-embed.js');
});
