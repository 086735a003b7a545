/** The page in one file: its styles come with its script. */
import css from './ui/page.css?inline';
import './app/gru-app.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
