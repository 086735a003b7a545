/** Light, dark or the system's choice; kept in localStorage where there is one. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PrintController } from './printing.js';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'gru-playground.theme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');
const changed = new EventTarget();

let theme: Theme = 'system';

function isTheme(text: string | null): text is Theme {
  return THEMES.some((known) => known === text);
}

function apply(): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  schemeChanged();
}

/** Takes up the kept choice; called once, by the page. */
export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (isTheme(kept)) theme = kept;
  } catch {
    // Without storage the system's choice holds.
  }
  apply();
}

export function currentTheme(): Theme {
  return theme;
}

export function setTheme(chosen: Theme): void {
  theme = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  apply();
}

/** To be called where a colour scheme may have changed: whoever paints by itself looks again. */
export function schemeChanged(): void {
  changed.dispatchEvent(new Event('change'));
}

/** Whether an element is dark: by the colour scheme that it inherits, whoever set it. */
export function isDark(element: Element): boolean {
  // Then colours are the reader's, and no theme's.
  if (forced.matches) return darkSystem.matches;
  const { colorScheme } = getComputedStyle(element);
  const dark = colorScheme.includes('dark');
  return dark && colorScheme.includes('light') ? darkSystem.matches : dark;
}

/** Updates its host when light turns dark or back, for whoever paints by itself. */
export class DarkController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #paper: PrintController;
  /** Read when it is first asked for: to read it while the page is being built would lay out what is not yet complete. */
  #dark: boolean | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#paper = new PrintController(host);
    host.addController(this);
  }

  get dark(): boolean {
    // Paper is light, whatever the theme.
    if (this.#paper.printing) return false;
    this.#dark ??= isDark(this.#host);
    return this.#dark;
  }

  hostConnected(): void {
    // Another place may have another scheme.
    if (this.#dark !== undefined) this.#look();
    changed.addEventListener('change', this.#look);
    darkSystem.addEventListener('change', this.#look);
  }

  hostDisconnected(): void {
    changed.removeEventListener('change', this.#look);
    darkSystem.removeEventListener('change', this.#look);
  }

  readonly #look = (): void => {
    const before = this.#dark;
    this.#dark = isDark(this.#host);
    if (before !== undefined && before !== this.#dark) this.#host.requestUpdate();
  };
}
