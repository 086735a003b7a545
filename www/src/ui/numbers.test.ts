import { expect, it } from 'vitest';
import { added, addedProduct, bracketed, formatCount, formatHundredths, formatShare, formatValue, plural } from './numbers.js';

it('sets thin spaces between thousands, however long the number', () => {
  const spaced = (text: string) => text.replaceAll('\u202f', '_');
  expect([0, 999, 1000, 20160].map(formatCount).map(spaced)).toEqual(['0', '999', '1_000', '20_160']);
  expect(spaced(formatCount(2n ** 70n))).toBe('1_180_591_620_717_411_303_424');
});

it('counts nouns', () => {
  expect([plural(1, 'step'), plural(0, 'step'), plural(2, 'fix', 'fixes')]).toEqual(['1 step', '0 steps', '2 fixes']);
});

it('writes values with four decimals and a real minus', () => {
  expect([0.13124, -0.5, 0, 12.3].map(formatValue)).toEqual(['0.1312', '\u22120.5000', '0.0000', '12.3000']);
});

it('writes what four decimals cannot show with an exponent', () => {
  expect([0.00001234, -1.5e-8, 123456, 1e20].map(formatValue)).toEqual([
    '1.2340e-05',
    '\u22121.5000e-08',
    '1.2346e+05',
    '1.0000e+20',
  ]);
});

it('names what is not finite as PyTorch does', () => {
  expect([NaN, Infinity, -Infinity].map(formatValue)).toEqual(['nan', 'inf', '\u2212inf']);
});

it('puts negative values in brackets within a sum', () => {
  expect([0.5, -0.5].map(bracketed)).toEqual(['0.5000', '(\u22120.5000)']);
});

it('writes shares as hundredths', () => {
  expect([0.582, 0, 1, NaN].map(formatShare)).toEqual(['58\u202f%', '0\u202f%', '100\u202f%', 'nan']);
});

it('adds further parts of a sum with their sign, never a minus behind a plus', () => {
  expect([added(0.5), added(-0.25), added(NaN)]).toEqual([' + 0.5000', ' \u2212 0.2500', ' + nan']);
  expect([addedProduct(0.5, 0.25), addedProduct(0.5, -0.25)]).toEqual([' + 0.5000 \u2217 0.2500', ' + 0.5000 \u2217 (\u22120.2500)']);
});

it('writes two decimals within a sentence', () => {
  expect([-0.2515, 0.5].map(formatHundredths)).toEqual(['\u22120.25', '0.50']);
});
