/** Text of the quiz: plain, but what stands `between backticks` is code, and an axis' name in it has the axis' colour. */
import { html, unsafeCSS, type TemplateResult } from 'lit';
import { AXES } from '../ui/axes.js';
import { axisOfName } from './python-code.js';
import styles from './prose.css?inline';

export function prose(text: string): TemplateResult {
  // Split at backticks, every second part is code.
  return html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : codeSpan(part)))}`;
}

function codeSpan(text: string): TemplateResult {
  const axis = axisOfName(text);
  if (!axis) return html`<code>${text}</code>`;
  return html`<code class="axis" data-axis=${axis} data-tip=${AXES[axis].sentence}>${text}</code>`;
}

export const proseStyles = unsafeCSS(styles);
