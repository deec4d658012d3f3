// The portrait of a document, cut out of its picture: upright, the right way round, as large as its place.
import { useEffect, useRef } from 'react';
import { boundsOf, type UprightPart } from '../../../shared/vision/portrait-place.ts';
import { cutPart, cutShown, type PicturePart } from '../../lib/picture-part.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './FacePanel.module.css';
import type { ImageWork } from './work.ts';

/** Pixels of the canvas to a millimetre of the document: 600 across for a passport, more than the place has. */
const PER_MM = 14;

export function Portrait({ image, part }: { image: ImageWork; part: UprightPart }) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { id, size } = image;
  const { corners, widthMm, heightMm } = part;
  useEffect(() => {
    const control = new AbortController();
    const { signal } = control;
    const from = boundsOf(corners);
    // Of a restored draft only the whole picture tells in which pixels the outline stands.
    const cut = size === null ? cutPart(id, from, signal) : cutShown(id, from, size, signal);
    cut.then(
      (found) => {
        const context = canvas.current?.getContext('2d');
        if (context && !signal.aborted) draw(context, found, corners);
        found.bitmap.close();
      },
      // The left pane tells of a picture that cannot be shown.
      () => undefined,
    );
    return () => control.abort();
  }, [id, size, corners]);
  return (
    <canvas
      ref={canvas}
      className={styles.portrait}
      width={Math.round(widthMm * PER_MM)}
      height={Math.round(heightMm * PER_MM)}
      role="img"
      aria-label={text('lane.face.portrait')}
    />
  );
}

/** Lays the part so that its corners are those of the canvas. */
function draw(
  context: CanvasRenderingContext2D,
  { from, bitmap }: PicturePart,
  corners: UprightPart['corners'],
) {
  const { width, height } = context.canvas;
  const [a, b, , d] = corners;
  const [ux, uy] = [(b.x - a.x) / width, (b.y - a.y) / width];
  const [vx, vy] = [(d.x - a.x) / height, (d.y - a.y) / height];
  const onto = new DOMMatrix([ux, uy, vx, vy, a.x, a.y]).inverse();
  context.resetTransform();
  context.clearRect(0, 0, width, height);
  context.setTransform(onto);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, from.x, from.y, from.width, from.height);
}
