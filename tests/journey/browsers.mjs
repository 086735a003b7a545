// A WebDriver session of each browser: its program and its driver are given, nothing is looked for or downloaded.
import { spawn } from 'node:child_process';
import { Builder, Capabilities } from 'selenium-webdriver';
import * as chrome from 'selenium-webdriver/chrome.js';
import * as firefox from 'selenium-webdriver/firefox.js';

const WEBKIT_PORT = 4577;
/** A display that GTK makes itself, where there is none. */
const GTK_DISPLAY = ':57';

const SESSIONS = {
  async chromium(program, driver) {
    const options = new chrome.Options().setChromeBinaryPath(program);
    options.addArguments('--headless=new', '--no-sandbox', '--disable-gpu', '--window-size=1280,800');
    const service = new chrome.ServiceBuilder(driver);
    return { driver: await new Builder().forBrowser('chrome').setChromeOptions(options).setChromeService(service).build(), end: () => undefined };
  },

  async firefox(program, driver) {
    const options = new firefox.Options().setBinary(program);
    options.addArguments('-headless', '--width=1280', '--height=800');
    const service = new firefox.ServiceBuilder(driver);
    return { driver: await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build(), end: () => undefined };
  },

  async webkit(program, driver, broadway) {
    const env = { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
    const started = [];
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
      started.push(spawn(broadway, [GTK_DISPLAY], { stdio: 'ignore' }));
      Object.assign(env, { GDK_BACKEND: 'broadway', BROADWAY_DISPLAY: GTK_DISPLAY });
    }
    started.push(spawn(driver, [`--port=${WEBKIT_PORT}`], { env, stdio: 'ignore' }));
    const end = () => started.forEach((child) => child.kill());
    try {
      await answers(`http://127.0.0.1:${WEBKIT_PORT}/status`);
      const capabilities = new Capabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: program, args: ['--automation'] },
      });
      return { driver: await new Builder().usingServer(`http://127.0.0.1:${WEBKIT_PORT}`).withCapabilities(capabilities).build(), end };
    } catch (error) {
      end();
      throw error;
    }
  },
};

/** Waits until a server is there. */
async function answers(address) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A session, and what ends whatever was started beside it. */
export function driverOf(browser, paths) {
  const session = SESSIONS[browser];
  if (!session) throw new Error(`no such browser: ${browser}`);
  return session(...paths);
}
