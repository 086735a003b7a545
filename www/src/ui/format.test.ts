import { expect, it } from 'vitest';
import { bracketed, formatShare, formatValue } from './format.js';

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
