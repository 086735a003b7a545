/** Light, dark or the system's choice; kept in localStorage where there is one. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'gru-playground.theme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const changed = new EventTarget();

let theme: Theme = 'system';

function isTheme(text: string | null): text is Theme {
  return THEMES.some((known) => known === text);
}

function apply(): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  changed.dispatchEvent(new Event('change'));
}

/** Takes up the kept choice; called once, by the page. */
export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (isTheme(kept)) theme = kept;
  } catch {
    // Without storage the system's choice holds.
  }
  darkSystem.addEventListener('change', apply);
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

export function isDark(): boolean {
  return theme === 'system' ? darkSystem.matches : theme === 'dark';
}

/** Updates its host when light turns dark or back, for whoever paints by itself. */
export class DarkController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get dark(): boolean {
    return isDark();
  }

  hostConnected(): void {
    changed.addEventListener('change', this.#update);
  }

  hostDisconnected(): void {
    changed.removeEventListener('change', this.#update);
  }

  readonly #update = (): void => {
    this.#host.requestUpdate();
  };
}
