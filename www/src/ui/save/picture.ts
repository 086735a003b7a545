/**
 * A picture of the page as a file of its own. The security policy lets no image be loaded from memory, so a PNG of an SVG is
 * drawn element by element.
 */

export type Picture = SVGSVGElement | HTMLCanvasElement;

const NAMESPACE = 'http://www.w3.org/2000/svg';
/** A PNG has so many pixels for each unit of an SVG. */
const SCALE = 2;

/** What an element looks like: style rules stay behind with the page. */
const LOOKS = [
  'fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity',
  'clip-path', 'font-family', 'font-size', 'font-weight', 'letter-spacing', 'text-anchor',
] as const;

/** An SVG that stands alone: its looks in attributes, its words as title and description; an empty ground is none. */
export function svgFile(picture: Picture, title: string, description: string, ground = groundOf(picture)): string {
  const { width, height } = sizeOf(picture);
  const file = picture instanceof HTMLCanvasElement ? imageOf(picture) : standingAlone(picture);
  const first = file.firstChild;
  if (ground) file.insertBefore(made('rect', { width, height, ...paints('fill', ground) }), first);
  for (const [name, text] of [['desc', description], ['title', title]] as const) file.prepend(made(name, {}, text));
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' })) file.setAttribute(name, String(value));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}

export async function pngFile(picture: Picture, ground = groundOf(picture)): Promise<Blob> {
  const canvas = picture instanceof HTMLCanvasElement ? picture : drawn(picture, ground);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('this browser makes no PNG'));
    }, 'image/png');
  });
}

function sizeOf(picture: Picture): { width: number; height: number } {
  if (picture instanceof HTMLCanvasElement) return picture;
  const { baseVal } = picture.viewBox;
  return picture.hasAttribute('viewBox') ? baseVal : picture.getBoundingClientRect();
}

function made(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  // In a document of its own no image is loaded: the policy would forbid that.
  const element = new Document().createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

function imageOf(canvas: HTMLCanvasElement): SVGElement {
  const file = made('svg', {});
  file.append(made('image', { width: canvas.width, height: canvas.height, href: canvas.toDataURL() }));
  return file;
}

/** A copy whose elements carry their looks, without what only the page needs. */
function standingAlone(svg: SVGSVGElement): SVGElement {
  const file = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg, file].map((root) => [root, ...root.querySelectorAll<SVGElement>('*')]) as [SVGElement[], SVGElement[]];
  originals.forEach((original, index) => {
    const copy = copies[index];
    if (!copy) return;
    const style = getComputedStyle(original);
    if (isHidden(style)) {
      copy.remove();
      return;
    }
    for (const { name } of [...copy.attributes]) if (/^(class|style|tabindex|role|part|aria-.*|data-.*)$/.test(name)) copy.removeAttribute(name);
    for (const property of original instanceof SVGGraphicsElement ? LOOKS : []) {
      const value = style.getPropertyValue(property);
      const parent = original === svg ? '' : getComputedStyle(original.parentElement ?? original).getPropertyValue(property);
      // Opacity and clips are not handed down; of the rest only what changes is written.
      if (property === 'opacity' ? value === '1' : property === 'clip-path' ? value === 'none' : value === parent) continue;
      const paint = property === 'fill' || property === 'stroke' ? paints(property, value) : { [property]: value.replace(/px\b/g, '') };
      for (const [key, text] of Object.entries(paint)) copy.setAttribute(key, text);
    }
  });
  const comments = document.createTreeWalker(file, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) (comment as Comment).remove();
  return file;
}

function isHidden(style: CSSStyleDeclaration): boolean {
  return style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0';
}

/** A colour as every reader of SVG knows it, its transparency apart. */
function paints(property: 'fill' | 'stroke', value: string): Record<string, string> {
  const [kind, ...numbers] = value.match(/^rgba?\b|^color\(srgb|-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? [];
  if (kind === undefined || numbers.length < 3) return { [property]: value };
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers.map(Number);
  const bytes = [r, g, b].map((part) => Math.round(kind.startsWith('rgb') ? part : 255 * part));
  const hex = `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return alpha === 1 ? { [property]: hex } : { [property]: hex, [`${property}-opacity`]: String(alpha) };
}

/** What the picture stands on: the next colour behind it. */
function groundOf(picture: Picture): string {
  for (let at: Node | null = picture; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (!(at instanceof Element)) continue;
    const colour = getComputedStyle(at).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent') return colour;
  }
  return '';
}

function drawn(svg: SVGSVGElement, ground: string): HTMLCanvasElement {
  const { width, height } = sizeOf(svg);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws on no canvas');
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.scale(SCALE, SCALE);
  for (const child of svg.children) draw(context, child, 1);
  return canvas;
}

function draw(context: CanvasRenderingContext2D, element: Element, opacity: number): void {
  if (!(element instanceof SVGGraphicsElement) || element instanceof SVGDefsElement) return;
  const style = getComputedStyle(element);
  if (isHidden(style)) return;
  const alpha = opacity * Number(style.opacity);
  context.save();
  for (const { matrix } of element.transform.baseVal) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  const clip = /^url\("?#([^")]+)/.exec(style.clipPath)?.[1];
  const area = clip && (element.getRootNode() as ShadowRoot).getElementById(clip)?.firstElementChild;
  const within = area && outlineOf(area);
  if (within) context.clip(within);
  const outline = outlineOf(element);
  if (outline) fillAndStroke(context, style, alpha, outline);
  else if (element instanceof SVGTextElement) write(context, element, alpha);
  else for (const child of element.children) draw(context, child, alpha);
  context.restore();
}

/** The path of a shape; none of what is no shape. */
function outlineOf(element: Element): Path2D | undefined {
  const [x, y, width, height, rx, cx, cy, r, x1, y1, x2, y2] = ['x', 'y', 'width', 'height', 'rx', 'cx', 'cy', 'r', 'x1', 'y1', 'x2', 'y2'].map(
    (name) => Number(element.getAttribute(name) ?? 0),
  ) as [number, number, number, number, number, number, number, number, number, number, number, number];
  const path = new Path2D();
  switch (element.tagName) {
    case 'path':
      return new Path2D(element.getAttribute('d') ?? '');
    case 'rect':
      path.roundRect(x, y, width, height, rx);
      return path;
    case 'circle':
      path.arc(cx, cy, r, 0, 2 * Math.PI);
      return path;
    case 'line':
      path.moveTo(x1, y1);
      path.lineTo(x2, y2);
      return path;
    default:
      return undefined;
  }
}

function fillAndStroke(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, alpha: number, path: Path2D): void {
  if (style.fill !== 'none') {
    context.fillStyle = style.fill;
    context.globalAlpha = alpha * Number(style.fillOpacity);
    context.fill(path);
  }
  if (style.stroke === 'none') return;
  context.strokeStyle = style.stroke;
  context.globalAlpha = alpha * Number(style.strokeOpacity);
  context.lineWidth = parseFloat(style.strokeWidth);
  context.lineCap = style.strokeLinecap as CanvasLineCap;
  context.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  context.stroke(path);
}

/** Each piece of a text where its first character stands on the page. */
function write(context: CanvasRenderingContext2D, text: SVGTextElement, opacity: number): void {
  const pieces = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (pieces.nextNode()) {
    const piece = (pieces.currentNode.nodeValue ?? '').replace(/\s+/g, ' ');
    const parent = pieces.currentNode.parentElement;
    if (!parent || piece === '' || at + piece.length > text.getNumberOfChars()) continue;
    const style = getComputedStyle(parent);
    const { x, y } = text.getStartPositionOfChar(at);
    at += piece.length;
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
    context.fillStyle = style.fill;
    context.globalAlpha = opacity * Number(style.fillOpacity);
    context.fillText(piece, x, y);
  }
}
