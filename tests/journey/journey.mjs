// One way through the page in Chromium, Firefox and WebKit, over WebDriver: change, break, fix, answer, reload; then whatever is bad.
//
// `node journey.mjs ADDRESS BROWSER=PROGRAM,DRIVER...` drives each browser named, and prints TAP's counts.
import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { battery } from './battery.mjs';
import { driverOf } from './browsers.mjs';

/** How long the slowest machine may take to show something. */
const PATIENCE_MS = 60_000;

/** Runs in the page: the elements that a selector finds, in shadow trees too, whose name or text is as wanted. */
const FIND = `
  const [path, text] = arguments;
  // "host >> element" is an element in the shadow tree of a host.
  const [selector, host] = path.split(' >> ').reverse();
  const found = [];
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      const wanted = element.matches(selector) && (!host || root.host?.matches(host));
      if (wanted && element.getClientRects().length > 0) found.push(element);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  const shown = (node) => node instanceof Text ? node.data
    : node.matches?.('[aria-hidden="true"], .visually-hidden, style') ? ''
    : Array.from((node.shadowRoot ?? node).childNodes, shown).join('');
  const plain = (element) => shown(element).replaceAll(/\\s+/g, ' ').trim();
  const named = (element) => [element.getAttribute('aria-label'), ...Array.from(element.labels ?? [], plain), plain(element)];
  look(document);
  return text === null ? found : found.filter((element) => named(element).some((name) => name?.startsWith(text)));
`;

class Visitor {
  constructor(driver) {
    this.driver = driver;
  }

  /** The first element that is there, once it is. */
  async find(selector, text = null) {
    return this.driver.wait(
      async () => (await this.driver.executeScript(FIND, selector, text))[0] ?? null,
      PATIENCE_MS,
      `${selector} ${text ?? ''}`,
    );
  }

  /** Presses what is focused, as the keyboard does: WebKit's driver does not find the place of what stands in a shadow tree. */
  async press(key, selector, text = null) {
    const element = await this.find(selector, text);
    await this.driver.executeScript('arguments[0].focus()', element);
    await element.sendKeys(key);
  }

  /** Types into a field as a person would, in the place of what is there. */
  async type(text, selector, name = null) {
    const field = await this.find(selector, name);
    const length = await this.driver.executeScript('arguments[0].focus(); return arguments[0].value.length', field);
    await field.sendKeys(Key.END, ...Array.from({ length }, () => Key.BACK_SPACE), text);
  }

  /** Waits until the code's result, or its exception, is as wanted. */
  async sees(selector, ...texts) {
    for (const text of texts) await this.find(selector, text);
  }
}

async function journey(driver, address) {
  const visitor = new Visitor(driver);
  await driver.get(`${address}#play`);
  await visitor.sees('gru-result >> dd', 'torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await visitor.find('gru-heatmap >> canvas');

  // Change.
  await visitor.type('4', 'gru-number >> input[type=text]', 'batch');
  await visitor.sees('gru-result >> dd', 'torch.Size([5, 4, 20])', 'torch.Size([2, 4, 20])');
  assert.match(await driver.getCurrentUrl(), /#play\?batch=4$/);

  // Break.
  await visitor.type('(5, 4, 9)', 'gru-shape-field >> input');
  await visitor.sees('.exception', 'RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 9');

  // Fix.
  await visitor.press(Key.ENTER, 'button.fix');
  await visitor.sees('gru-result >> dd', 'torch.Size([5, 4, 20])');

  // What takes time is done in the worker.
  await driver.get(`${address}#play?hidden_size=300`);
  await visitor.sees('gru-result >> dd', 'torch.Size([5, 3, 300])');
  await visitor.find('gru-heatmap >> [role=grid]', 'out ');

  // Answer.
  await driver.get(`${address}#challenge`);
  await visitor.press(Key.ENTER, 'button', 'Start');
  await visitor.press(Key.SPACE, 'input[type=radio]', '(5, 3, 20)');
  await visitor.press(Key.ENTER, 'button', 'Answer');
  await visitor.sees('h2', 'Right');

  // Reload.
  await driver.navigate().refresh();
  await visitor.sees('h2', 'Right');
  await driver.get(`${address}#play?batch=4`);
  await driver.navigate().refresh();
  await visitor.sees('gru-result >> dd', 'torch.Size([5, 4, 20])');
}

const [address, ...browsers] = process.argv.slice(2);

/** Whether the journey in a browser came to its end; `given` names the browser, its program and its driver. */
async function succeeds(given) {
  const [browser, paths = ''] = given.split('=');
  const { driver, end } = await driverOf(browser, paths.split(','));
  try {
    const capabilities = await driver.getCapabilities();
    console.log(`${browser}: ${capabilities.getBrowserName()} ${capabilities.getBrowserVersion()}`);
    await journey(driver, address);
    await battery(driver, address, new Visitor(driver));
    return true;
  } catch (error) {
    console.log(`${browser}: ${error.stack}`);
    return false;
  } finally {
    await driver.quit().catch(() => undefined);
    end();
  }
}

// All at once: a browser waits for most of the time.
const ended = await Promise.all(browsers.map(succeeds));
const passed = ended.filter(Boolean).length;
console.log(`# pass ${passed}\n# fail ${ended.length - passed}`);
process.exitCode = passed < ended.length ? 1 : 0;
