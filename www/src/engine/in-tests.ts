/** The page's module of the core, loaded: for unit tests alone. */
import { initSync } from '../../pkg/gru_page.js';
import module from '../../pkg/gru_page_bg.wasm?inline';

initSync({ module: Uint8Array.from(atob(module.slice(module.indexOf(',') + 1)), (character) => character.charCodeAt(0)) });

export { code, look } from '../../pkg/gru_page.js';
