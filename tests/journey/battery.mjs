// Bad links, attributes, messages and files, in each browser: each is told or left out, and the page goes on without an error.
import assert from 'node:assert/strict';

const LONG = 'x'.repeat(300_000);
/** What one of them does is done by then, faults included. */
const PAUSE_MS = 150;

/** Parts of an address; `#play` behind each must still open. */
const LINKS = [
  '#', '#%', '#play?%E0%A4', '#play?seq_len=abc&batch=1e9&hidden_size=None', '#play?input=(((((((((((((&h_0=)', '#play?num_layers=1.5', '#play?hidden_size=-1',
  '#play?other.constructor=2&other.__proto__=1&other.toString=3', '#play?__proto__=1&constructor=2&hasOwnProperty=3', '#play?hide=constructor', '#play?seq_len=9007199254740993',
  '#play?hidden_size=9007199254740991&seq_len=9007199254740991', '#play?input=(0,0,0)', '#play?input=%28-1%2C3%2C10%29', '#play?dtype=toString', '#play?release=9.9', '#play?v=99',
  '#play?seq_len=%E2%80%AE5', `#play?seq_len=${LONG}`, `#play?${LONG}=1`, `#play?${Array.from({ length: 20_000 }, (_, index) => `k${index}=1`).join('&')}`,
  `#play?${Array.from({ length: 5_000 }, (_, index) => `other.k${index}=(`).join('&')}`, `#${LONG}`, '#lab/nowhere?x=1', '#lab/train?lr=abc&steps=-1&task=toString&optimizer=__proto__',
  '#lab/packed?lengths=1,2,x&seq_len=', '#lab/gradients?seq_len=1e99', '#lab/variants?hidden_size=NaN', '#challenge?x=1', '#about?%00', '#constructor', '#play?bidirectional=<img src=x onerror=alert(1)>',
];

const ATTRIBUTES = [
  { 'seq-len': 'abc', batch: LONG, 'hidden-size': '-1' }, { other: 'constructor=2, __proto__=1' }, { other: LONG }, { 'num-layers': '1.5', bidirectional: 'maybe' },
  { input: '(((', 'h-0': ')', 'give-h-0': 'x' }, { hide: 'constructor,toString', theme: 'constructor', loading: '__proto__' }, { dtype: 'toString', release: '0' }, { sample: '-1', layer: '99', step: '1e9' },
  { 'seq-len': '\u202E5', input: '<img src=x onerror=alert(1)>' },
];

const MESSAGES = `[
  null, undefined, 1, 'gru-set', [], { type: 'gru-set' }, { type: 'gru-set', query: 7 }, { type: 'gru-set', query: 'x'.repeat(10000) }, { type: 'constructor' },
  { context: 'h5p', action: '__proto__' }, { type: 'gru-ask-height', query: new Date() }, new Map([['type', 'gru-set']]), { type: 'gru-set', query: 'seq_len=abc&%E0%A4&__proto__=1' },
]`;

/** Files by their names, each as bytes. */
const FILES = {
  'empty.pt': [], 'text.safetensors': [...Buffer.from('not weights')], 'header.safetensors': [255, 255, 255, 255, 255, 255, 255, 127], 'short.npy': [...Buffer.from('\x93NUMPY\x01\x00v\x00')],
  'zip.npz': [...Buffer.from('PK\x03\x04')], 'pickle.pt': [...Buffer.from('\x80\x02cos\nsystem\nX\x02\x00\x00\x00lsR.', 'latin1')], 'model.onnx': [8, 1, 58, 255, 255, 255, 15],
  '\u202Egnp.pt': [128, 2, 125, 46],
};

/** Has the page count what goes wrong in it from now on. */
const LISTEN = `
  window.faults = [];
  window.addEventListener('error', (event) => window.faults.push(String(event.message)));
  window.addEventListener('unhandledrejection', (event) => window.faults.push(String(event.reason)));
`;

export async function battery(driver, address, visitor) {
  const sound = async (what) => assert.deepEqual(await driver.executeScript('return window.faults'), [], what.slice(0, 200));

  await driver.get(`${address}#play`);
  await visitor.find('gru-result >> dd', 'torch.Size([5, 3, 20])');
  await driver.executeScript(LISTEN);
  await driver.manage().setTimeouts({ script: 300_000 });
  assert.deepEqual(await driver.executeAsyncScript(`
    const [links, pause, done] = arguments;
    (async () => {
      const told = [];
      for (const link of links) {
        location.hash = link;
        await new Promise((resolve) => setTimeout(resolve, pause));
        told.push(...window.faults.splice(0).map((fault) => link.slice(0, 100) + ': ' + fault));
      }
      done(told);
    })();
  `, LINKS, PAUSE_MS), []);
  // The page answers still.
  await driver.executeScript(`location.hash = '#play?seq_len=8'`);
  await visitor.find('gru-result >> dd', 'torch.Size([8, 3, 20])');
  for (const [name, bytes] of Object.entries(FILES)) {
    await visitor.find('gru-weights >> button', 'Choose a file');
    await driver.executeScript(`
      const [name, bytes] = arguments;
      const find = (root) => { for (const element of root.querySelectorAll('*')) { if (element.localName === 'gru-weights') return element; const found = element.shadowRoot && find(element.shadowRoot); if (found) return found; } };
      const input = find(document).shadowRoot.querySelector('input[type=file]');
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(bytes)], name));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    `, name, bytes);
    await visitor.find('gru-weights >> h3', name.replace('\u202E', '\\u202e'));
    await visitor.press('\uE007', 'gru-weights >> button', 'Close');
    await sound(name);
  }

  await driver.get(`${address}embed.html?view=playground&hide=values`);
  await visitor.find('gru-result >> dd', 'torch.Size([5, 3, 20])');
  await driver.executeScript(LISTEN);
  assert.deepEqual(await driver.executeAsyncScript(`
    const [all, pause, done] = arguments;
    (async () => {
      const told = [];
      const element = document.querySelector('gru-playground');
      for (const attributes of all) {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (element.shadowRoot.querySelector('[part=failure]')) window.faults.push('it has stopped');
        told.push(...window.faults.splice(0).map((fault) => JSON.stringify(attributes).slice(0, 100) + ': ' + fault));
        for (const { name } of [...element.attributes]) element.removeAttribute(name);
      }
      element.setAttribute('hide', 'values');
      element.setAttribute('seq-len', '9');
      done(told);
    })();
  `, ATTRIBUTES, PAUSE_MS), []);
  await visitor.find('gru-result >> dd', 'torch.Size([9, 3, 20])');

  await driver.get(`${address}#about`);
  await visitor.find('gru-about >> h1', 'About');
  await driver.executeScript(`${LISTEN}
    window.heights = 0;
    const frame = document.createElement('iframe');
    // The site tells no referrer.
    frame.src = 'embed.html?view=playground&hide=values&origin=' + encodeURIComponent(location.origin);
    document.body.append(frame);
    addEventListener('message', ({ data }) => {
      if (data?.type !== 'gru-height') return;
      window.heights += 1;
      if (window.heights > 1) return;
      for (const message of ${MESSAGES}) frame.contentWindow.postMessage(message, '*');
      setTimeout(() => { window.heights = 1; window.asked = true; frame.contentWindow.postMessage({ type: 'gru-ask-height' }, '*'); }, 300);
    });
  `);
  await driver.wait(() => driver.executeScript('return window.asked === true && window.heights > 1'), 60_000, 'the frame answers still');
  await sound('messages');
}
