/**
 * The badge as a PNG, drawn item by item: the security policy lets no image be loaded from memory, so the SVG cannot be
 * drawn as one.
 */
import { BADGE_FONT, type BadgeItem, type BadgeScene } from './badge-scene.js';

function draw(context: CanvasRenderingContext2D, item: BadgeItem): void {
  if (item.kind === 'text') {
    context.font = `${item.weight} ${item.size}px ${BADGE_FONT}`;
    context.textAlign = 'center';
    context.fillStyle = item.fill;
    context.fillText(item.text, item.x, item.y);
    return;
  }
  const path = new Path2D(item.d);
  context.globalAlpha = item.opacity ?? 1;
  if (item.fill !== undefined) {
    context.fillStyle = item.fill;
    context.fill(path);
  }
  if (item.stroke !== undefined) {
    context.strokeStyle = item.stroke;
    context.lineWidth = item.width ?? 1;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

/** The scene at a scale, as a PNG. */
export async function badgePng(scene: BadgeScene, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * scale;
  canvas.height = scene.height * scale;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws on no canvas');
  context.scale(scale, scale);
  for (const item of scene.items) draw(context, item);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('this browser makes no PNG'));
    }, 'image/png');
  });
}
