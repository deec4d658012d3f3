// A stored picture as an image of the page, drawn by ourselves so that its memory ends with it.
import { useEffect, useRef } from 'react';
import type { ImageVariant } from '../../shared/contract/images.ts';
import { drawPicture, emptyCanvas, type PictureListener } from '../lib/drawn-picture.ts';

interface PictureProps extends PictureListener {
  id: string;
  variant: ImageVariant;
  /** What it shows, in words. */
  alt: string;
  className?: string | undefined;
}

/** Another picture needs another key; another variant replaces the one on show when it is there. */
export function Picture({ id, variant, alt, className, ...told }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const listener = useRef<PictureListener>(told);
  useEffect(() => {
    listener.current = told;
  });
  useEffect(() => {
    if (canvas.current === null) return;
    return drawPicture(
      canvas.current,
      { id, variant },
      {
        onShown: (size) => listener.current.onShown(size),
        onFailed: () => listener.current.onFailed(),
      },
    );
  }, [id, variant]);
  useEffect(() => {
    const drawn = canvas.current;
    return () => {
      if (drawn !== null) emptyCanvas(drawn);
    };
  }, []);
  return <canvas ref={canvas} className={className} width={1} height={1} role="img" aria-label={alt} />;
}
