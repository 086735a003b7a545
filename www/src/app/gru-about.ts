import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Choice, Engine } from '../engine/engine.js';
import { AXES, AXIS_ORDER } from '../ui/axes.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { saveFile } from '../ui/save-file.js';
import '../ui/gru-axis.js';
import { publishedSite, toldOf } from './published.js';
import styles from './gru-about.css?inline';

/** Saves the page in one file with this address in it, for what it is to say of the published page. */
async function saveSingle(event: Event): Promise<void> {
  const site = publishedSite();
  if (site === undefined) return;
  event.preventDefault();
  const link = event.currentTarget as HTMLAnchorElement;
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.statusText);
    saveFile(new Blob([toldOf(await response.text(), site)], { type: 'text/html' }), 'gru-playground.html');
  } catch {
    // As it lies there, then.
    location.assign(link.href);
  }
}

/** How to take the page along; the single file is what is taken. */
const OFFLINE =
  import.meta.env.MODE === 'single'
    ? nothing
    : html`<h2>Without a network</h2>
        <p>
          Your browser keeps the whole page on its first visit: from then on it opens without a network, the lab and the challenge too. Most
          browsers also offer to install it.
        </p>
        <p>
          Or save it as one file, which opens from a disk, a stick or an attachment, everything inside:
          <a href="gru-playground.html" download @click=${saveSingle}>gru-playground.html</a>
        </p>`;

/** What goes with the page of others: a file of the site, or a pack of the single file. */
const LICENCES =
  import.meta.env.MODE === 'single'
    ? html`<button type="button" class="button" @click=${saveLicences}>Save licences.txt</button>`
    : html`<a href="licences.txt">licences.txt</a>`;

function saveLicences(): void {
  saveFile(new Blob([globalThis.gruUnpack('licences')], { type: 'text/plain' }), 'licences.txt');
}

/** What this is, what is exact and what is not, the releases it knows, the licences. */
@customElement('gru-about')
export class GruAbout extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;

  protected override render() {
    return html`<h1>About</h1>
      <p>
        This page lets you meet PyTorch's <code>nn.GRU</code>, break it, repair it, and prove that you understand it. It says what PyTorch
        says: the same shapes, the same numbers, the same error, word for word. Then it says why, and offers the fix.
      </p>
      <p>
        Everything is computed in your browser, by a GRU written in Rust and compiled to WebAssembly. There is no server behind it, nothing
        is uploaded, nobody is counted. What you set in the playground and
        in the lab stands in the address, so a link holds it. Weights from a file and a challenge that you began are kept in this browser alone:
        <a href="#privacy">what this page keeps</a> says where, how long, and how to delete it.
      </p>

      <h2>The equations</h2>
      <p>At every step, each layer and direction computes, as PyTorch does:</p>
      <pre class="equations" tabindex="0" role="region" aria-label="The equations of a GRU">${equations(this.engine)}</pre>
      <p>
        The reset gate <code>r</code> acts after the product with <code>W_hn</code>. Other libraries may put it before, and then give other
        numbers from the same weights: <a href="#lab/variants">Other cells</a> shows how far they part.
      </p>

      <h2>The axes</h2>
      <ul class="axes">
        ${AXIS_ORDER.map(
          (axis) => html`<li><gru-axis axis=${axis}></gru-axis></li><li>${AXES[axis].sentence}</li>`,
        )}
      </ul>

      <h2>What is exact</h2>
      <ul class="bullets">
        <li>Shapes and errors: the exception, its message and the order of the checks, for PyTorch 1.7 to 2.15, tested against real runs.</li>
        <li>Counts: parameters, multiply-adds and bytes are whole numbers without rounding, however large.</li>
        <li>
          The random stream: weights and inputs are what <code>torch.manual_seed</code> draws on a processor with AVX2, to the last bit.
        </li>
      </ul>

      <h2>What may differ</h2>
      <ul class="bullets">
        <li>
          Output and gates agree with PyTorch to about six decimals. PyTorch's own builds differ from each other that much, because they add
          the same products in another order.
        </li>
        <li>On a processor without AVX2, PyTorch rounds some random normals differently in the last bits.</li>
        <li>Values are shown in float32. Half precision has shapes and errors here, but no values.</li>
        <li>Dropout in Play is that of eval mode: nothing is dropped.</li>
        <li>
          In the lab, gradients over many steps agree with PyTorch's to about one part in 10 000: each is a product over all steps, and rounding
          is multiplied with it.
        </li>
        <li>
          From 17 samples on, packing may let samples of equal length change places, in the order of PyTorch on Linux. On macOS and Windows
          its sort can put them in another; every sample's own numbers stay the same.
        </li>
      </ul>

      <h2>The engine</h2>
      <ul class="bullets">
        <li>Written in Rust, compiled to WebAssembly with SIMD. One thread, and no memory shared between threads.</li>
        <li>${build(this.engine.choice)}</li>
        <li>Shapes, errors and costs answer at once, whatever the sizes: nothing is allocated for them.</li>
        <li>
          Small calls are computed at once. Whatever takes longer is computed beside the page, in a worker, so that the page never stands
          still. You can cancel.
        </li>
        <li>What would need more than 512 MB is refused, with its size in words.</li>
      </ul>

      ${OFFLINE}

      <h2>Releases of PyTorch</h2>
      <p>Within each of these ranges, every call here is answered alike.</p>
      <dl class="releases">
        ${this.engine.releases().map(
          ({ label, changes }) =>
            html`<dt>${label}</dt><dd>${changes.join(' ')}</dd>`,
        )}
      </dl>

      <h2>Licence</h2>
      <p>
        MIT or Apache-2.0, as you like. The typefaces are Atkinson Hyperlegible Next and Mono, under the SIL Open Font License. PyTorch is a
        trademark of the Linux Foundation; this page is not made or endorsed by its authors.
      </p>
      <p>Libraries and typefaces of others that go with the page, each with its licence: ${LICENCES}</p>`;
  }
}

/** The equations of nn.GRU, a line each, from the core. */
function equations(engine: Engine): string {
  const call = { config: { input_size: 10, hidden_size: 20 }, input: { shape: [5, 3, 10] } };
  return engine.diagnose(call).trace?.equations.map(({ text }) => text).join('\n') ?? '';
}

/** Which build of the engine is at work, and why. */
function build(choice: Choice): string {
  switch (choice.why) {
    case 'only':
      return 'Here the build with plain SIMD computes: this browser has no relaxed SIMD, or this copy of the page was built without it.';
    case 'unmeasured':
      return `Here the build with relaxed SIMD computes. ${choice.due ? 'This' : 'The next'} visit measures, when the page is idle, whether the one with plain SIMD is faster in this browser.`;
    case 'measured': {
      const { flavour, measured } = choice;
      const [name, other] = flavour === 'relaxed' ? ['relaxed', 'plain'] : ['plain', 'relaxed'];
      const [taken, left] = flavour === 'relaxed' ? [measured.relaxed, measured.simd128] : [measured.simd128, measured.relaxed];
      return `Here the build with ${name} SIMD computes. It measured ${taken.toFixed(2)} ms where the one with ${other} SIMD took ${left.toFixed(2)} ms.`;
    }
  }
}
