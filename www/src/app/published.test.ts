import { describe, expect, it } from 'vitest';
import single from '../../build/single.html?raw';
import { toldOf } from './published.js';

describe('the page in one file', () => {
  it('is told once where it was saved from, in its head', () => {
    const told = toldOf(single, 'https://site.example/gru/');
    expect(told).toContain('<meta name="gru-published" content="https://site.example/gru/" />');
    expect(told.indexOf('gru-published')).toBeLessThan(told.indexOf('</head>'));
    const again = toldOf(told, 'https://other.example/$&/?a="<b>&c');
    expect(again.match(/gru-published/g)).toHaveLength(1);
    expect(again).toContain('content="https://other.example/$&amp;/?a=&quot;&lt;b>&amp;c" />');
    expect(again.replace(/\n.*gru-published.*/, '')).toBe(single.replace('%PUBLISHED%', ''));
  });
});
