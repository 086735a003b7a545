/** What a page's author wrote into `<gru-code>`: code, what runs before it, and what runs after it. */

export interface Written {
  readonly code: string;
  readonly setup: string;
  readonly checks: string;
}

/**
 * Each part is an attribute, or else the text of a child with `data-part`: a `<pre>`, which also stands there until the element
 * is loaded and is left by what cleans pages, or a `<template>` or a `<script type="text/x-python">`, which are never seen.
 * A `<pre>` or such a script without `data-part` is the code.
 */
export function writtenIn(host: HTMLElement): Written {
  const part = (name: keyof Written, otherwise = ''): string => {
    const attribute = host.getAttribute(name);
    return outdented(attribute ?? textOf(host.querySelector(`[data-part="${name}"]${otherwise}`)));
  };
  return { code: part('code', ', pre:not([data-part]), script[type="text/x-python"]:not([data-part])'), setup: part('setup'), checks: part('checks') };
}

function textOf(element: Element | null): string {
  return (element instanceof HTMLTemplateElement ? element.content : element)?.textContent ?? '';
}

/** Code as it stands at the margin, without the empty lines around it: in a page it is indented as the page is. */
export function outdented(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd().split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths);
  return depths.length === 0 ? '' : lines.map((line) => line.slice(depth)).join('\n');
}
