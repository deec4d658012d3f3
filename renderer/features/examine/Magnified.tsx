// A place of the rows as the picture shows it: cut out, upright and magnified.
import { useEffect, useRef } from 'react';
import type { Quad } from '../../../shared/vision/types.ts';
import { cutPart, holds, type PicturePart, type Rectangle } from '../../lib/picture-part.ts';
import { useText } from '../../text/TextProvider.tsx';
import { uprightView } from './geometry.ts';
import styles from './Magnified.module.css';
import type { ImageWork } from './work.ts';

/** Size of the cut-out in pixels of the screen; three places wide, so that neighbours help the eye. */
const WIDTH = 156;
const HEIGHT = 64;
/** Width of a further place, and of the widest cut-out. */
const PITCH = 34;
const MOST = 440;
/** Share of the height that the character's own cell takes. */
const CELL_SHARE = 0.8;
/** How many pixels of the picture more are cut out on every side: the next places need no new cut. */
const BESIDE = 300;

interface MagnifiedProps {
  image: ImageWork;
  /** Corners of the place in pixels of the image. */
  quad: Quad;
  /** How many characters it holds. */
  places?: number;
}

export function Magnified({ image, quad, places = 1 }: MagnifiedProps) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const kept = useRef<PicturePart | null>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const shown = shownOf(context.canvas, quad);
    if (kept.current?.id === image.id && holds(kept.current.from, shown)) {
      draw(context, kept.current, quad);
      return;
    }
    // Better nothing for a moment than another place.
    clear(context);
    const control = new AbortController();
    cutPart(image.id, widened(shown), control.signal).then(
      (part) => {
        kept.current?.bitmap.close();
        kept.current = part;
        draw(context, part, quad);
      },
      // The left pane tells of a picture that cannot be shown.
      () => undefined,
    );
    return () => control.abort();
  }, [image.id, quad, places]);
  useEffect(
    () => () => {
      kept.current?.bitmap.close();
      kept.current = null;
    },
    [],
  );
  const ratio = globalThis.devicePixelRatio || 1;
  const width = places === 1 ? WIDTH : Math.min(MOST, Math.round((places + 2) * PITCH));
  return (
    <div className={styles.frame} data-single={places === 1 || undefined}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ width, height: HEIGHT }}
        width={Math.round(width * ratio)}
        height={Math.round(HEIGHT * ratio)}
        role="img"
        aria-label={text('examine.place.magnified')}
      />
    </div>
  );
}

/** Pixels of the canvas for one of the picture. */
function scaleOf({ height }: HTMLCanvasElement, quad: Quad): number {
  return (height * CELL_SHARE) / Math.max(1, uprightView(quad).height);
}

/** What of the picture the canvas shows, however it is turned. */
function shownOf(canvas: HTMLCanvasElement, quad: Quad): Rectangle {
  const { x, y } = uprightView(quad).centre;
  const reach = Math.ceil(Math.hypot(canvas.width, canvas.height) / 2 / scaleOf(canvas, quad));
  return { x: Math.floor(x) - reach, y: Math.floor(y) - reach, width: 2 * reach + 1, height: 2 * reach + 1 };
}

function widened({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x - BESIDE, y: y - BESIDE, width: width + 2 * BESIDE, height: height + 2 * BESIDE };
}

function clear(context: CanvasRenderingContext2D): void {
  context.resetTransform();
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

function draw(context: CanvasRenderingContext2D, { from, bitmap }: PicturePart, quad: Quad): void {
  const { width, height } = context.canvas;
  const { centre, turn } = uprightView(quad);
  const scale = scaleOf(context.canvas, quad);
  clear(context);
  // Crisp pixels: what is shown is what was there.
  context.imageSmoothingEnabled = scale < 3;
  context.translate(width / 2, height / 2);
  context.rotate(-turn);
  context.scale(scale, scale);
  context.translate(-centre.x, -centre.y);
  context.drawImage(bitmap, from.x, from.y);
}
