// A place of the rows as the picture shows it: cut out, upright and magnified.
import { useEffect, useRef, useState } from 'react';
import type { Quad } from '../../../shared/vision/types.ts';
import { viewUrl } from '../../lib/images.ts';
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
  const picture = usePicture(image.id);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || picture === null) return;
    draw(
      context,
      picture,
      image.size ?? { width: picture.naturalWidth, height: picture.naturalHeight },
      quad,
    );
  }, [picture, image.size, quad, places]);
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

function draw(
  context: CanvasRenderingContext2D,
  picture: HTMLImageElement,
  size: { width: number; height: number },
  quad: Quad,
): void {
  const { width, height } = context.canvas;
  const { centre, turn, height: cellHeight } = uprightView(quad);
  const scale = (height * CELL_SHARE) / Math.max(1, cellHeight);
  context.resetTransform();
  context.clearRect(0, 0, width, height);
  // Crisp pixels: what is shown is what was there.
  context.imageSmoothingEnabled = scale < 3;
  context.translate(width / 2, height / 2);
  context.rotate(-turn);
  context.scale(scale, scale);
  context.translate(-centre.x, -centre.y);
  context.drawImage(picture, 0, 0, size.width, size.height);
}

/** The view of an image, loaded; the same picture that the left pane shows. */
function usePicture(id: string): HTMLImageElement | null {
  const [loaded, setLoaded] = useState<{ id: string; picture: HTMLImageElement } | null>(null);
  useEffect(() => {
    const picture = new Image();
    picture.onload = () => setLoaded({ id, picture });
    picture.src = viewUrl(id);
    return () => {
      picture.onload = null;
    };
  }, [id]);
  return loaded?.id === id ? loaded.picture : null;
}
