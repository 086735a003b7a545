/** A shape whose sizes have their axes' colours, where the axis is known. */
import { html, type TemplateResult } from 'lit';
import type { NamedValue } from '../engine/engine.js';
import { AXES } from '../ui/axes.js';

/** For what wears the axes' styles. */
export function shapeOf({ shape, axes }: Pick<NamedValue, 'shape' | 'axes'>): TemplateResult {
  if (!shape) return html``;
  const end = shape.length === 1 ? ',)' : ')';
  return html`<code
    >(${shape.map((size, index) => {
      const axis = axes?.[index] ?? undefined;
      const comma = index === 0 ? '' : ', ';
      if (!axis) return html`${comma}${size}`;
      return html`${comma}<span class="axis" data-axis=${axis} data-tip=${AXES[axis].sentence}>${size}</span><span class="visually-hidden"> ${AXES[axis].words}</span>`;
    })}${end}</code
  >`;
}
