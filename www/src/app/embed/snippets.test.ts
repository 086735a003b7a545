import { describe, expect, it } from 'vitest';
import { OPENING } from '../../state/playground-state.js';
import { RELEASES } from '../../state/samples.js';
import { elementSnippet, frameSnippet, linkSnippet, type Wish } from './snippets.js';

const SITE = 'https://site.example/gru/';
const OPENED: Wish = { kind: 'playground', number: 1, state: OPENING, theme: 'auto' };
const SET: Wish = { ...OPENED, state: { ...OPENING, seq_len: 7, bidirectional: true, input: "(4, 'a\"<", hide: ['seed', 'values'] }, theme: 'dark' };

describe('a snippet', () => {
  it('is a link', () => {
    expect(linkSnippet(SITE, OPENED)).toBe('<a href="https://site.example/gru/#play">Open the GRU Playground</a>');
    expect(linkSnippet(SITE, SET)).toBe(
      '<a href="https://site.example/gru/#play?seq_len=7&amp;bidirectional=True&amp;input=%284,+%27a%22%3C&amp;hide=seed,values">Open the GRU Playground</a>',
    );
    expect(linkSnippet(SITE, { ...OPENED, kind: 'question' })).toContain('#challenge"');
  });

  it('is a frame, and the script that gives it its height', () => {
    expect(frameSnippet(SITE, { ...OPENED, kind: 'question', number: 5 }, 640)).toBe(
      `<iframe src="https://site.example/gru/embed.html?view=question&amp;number=5" title="A question about GRUs" width="100%" height="640" loading="lazy"></iframe>
<script type="module" src="https://site.example/gru/embed/frame-height.js"></script>`,
    );
    expect(frameSnippet(SITE, SET, 640)).toContain('?view=playground&amp;seq_len=7&amp;bidirectional=True&amp;');
  });

  it('is an element, with the script that defines it and a way out', () => {
    expect(elementSnippet(SITE, { ...SET, state: { ...SET.state, input: null } }, RELEASES)).toBe(
      `<script type="module" src="https://site.example/gru/embed/gru-embed.js"></script>
<gru-playground seq-len="7" bidirectional="True" hide="seed,values" theme="dark">${linkSnippet(SITE, { ...SET, state: { ...SET.state, input: null } })}</gru-playground>`,
    );
    expect(elementSnippet(SITE, SET, RELEASES)).toContain(`input="(4, 'a&quot;&lt;"`);
    const code: Wish = { ...OPENED, kind: 'code', code: { text: 'x = "a" < b\nprint(x)', query: 'c=abc' } };
    expect(elementSnippet(SITE, code, RELEASES)).toContain(
      '<gru-code code="x = &quot;a&quot; &lt; b&#10;print(x)"><a href="https://site.example/gru/#code?c=abc">Open the GRU Playground</a></gru-code>',
    );
    expect(frameSnippet(SITE, code, 640)).toContain('embed.html?view=code&amp;code=x%20%3D%20%22a%22%20%3C%20b%0Aprint(x)" title="PyTorch code to run"');
    expect(elementSnippet(SITE, { ...OPENED, kind: 'challenge' }, RELEASES)).toContain('<gru-challenge><a href=');
  });
});
