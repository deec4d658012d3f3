// A picture as evidence: never stretched, on neutral grey, zoomed down to its pixels, the MRZ outlined thinly.
import { Maximize, RotateCw, ZoomIn } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type Quarters, turnedOn, turnedPoint, turnedSize, turnOfSvg } from '../lib/turn.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './PictureViewer.module.css';

interface Point {
  x: number;
  y: number;
}

interface PictureViewerProps {
  src: string;
  /** What the picture shows, in words. */
  alt: string;
  /** Pixels of the picture after orientation; `outline` counts in them. */
  width: number;
  height: number;
  outline?: readonly Point[] | null;
  /** 0 fits the picture into its place, 1 shows one pixel of it on one of the screen, 2 four times that area. */
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  /** Key that the caller binds to the next zoom. */
  keyName?: string;
  /** Quarter turns clockwise, for the eye alone; everything drawn over the picture turns along. */
  quarters: Quarters;
  onTurn: (quarters: Quarters) => void;
  /** Key that the caller binds to the next quarter. */
  turnKeyName?: string;
}

export type Zoom = 0 | 1 | 2;

/** The zoom after this one; from the last back to fitting. */
export function nextZoom(zoom: Zoom): Zoom {
  return zoom === 0 ? 1 : zoom === 1 ? 2 : 0;
}

export function PictureViewer(props: PictureViewerProps) {
  const { src, alt, width, height, outline, zoom, onZoom, keyName, quarters, onTurn, turnKeyName } = props;
  const { width: turnedWidth, height: turnedHeight } = turnedSize({ width, height }, quarters);
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  // Zooming in looks at the MRZ first: that is what was read.
  useEffect(() => {
    const place = box.current;
    if (!place || zoom === 0) return;
    const middle = outline ? middleOf(outline) : { x: width / 2, y: height / 2 };
    const look = turnedPoint(middle, { width, height }, quarters);
    place.scrollLeft = (look.x / turnedWidth) * place.scrollWidth - place.clientWidth / 2;
    place.scrollTop = (look.y / turnedHeight) * place.scrollHeight - place.clientHeight / 2;
  }, [zoom, outline, width, height, quarters, turnedWidth, turnedHeight]);
  const scale = zoom / (globalThis.devicePixelRatio || 1);
  const size = zoom === 0 ? {} : { width: turnedWidth * scale, height: turnedHeight * scale };
  return (
    <div className={styles.viewer}>
      <section
        ref={box}
        className={zoom === 0 ? styles.fit : styles.pixels}
        aria-label={alt}
        // With the focus here the arrows move the enlarged picture.
        {...(zoom === 0 ? {} : { tabIndex: 0 })}
      >
        <svg
          className={styles.picture}
          viewBox={`0 0 ${turnedWidth} ${turnedHeight}`}
          role="img"
          aria-label={alt}
          preserveAspectRatio="xMidYMid meet"
          {...size}
        >
          <g transform={turnOfSvg({ width, height }, quarters)}>
            <image href={src} width={width} height={height} className={zoom === 2 ? styles.crisp : ''} />
            {outline ? (
              <polygon
                className={styles.outline}
                points={outline.map((point) => `${point.x},${point.y}`).join(' ')}
              />
            ) : null}
          </g>
        </svg>
      </section>
      <div className={styles.tools}>
        <Button
          keyName={turnKeyName}
          icon={<RotateCw size={20} />}
          onPress={() => onTurn(turnedOn(quarters))}
        >
          {text('picture.turn')}
        </Button>
        <Button
          keyName={keyName}
          icon={zoom === 2 ? <Maximize size={20} /> : <ZoomIn size={20} />}
          onPress={() => onZoom(nextZoom(zoom))}
        >
          {text(`picture.zoom.${nextZoom(zoom)}`)}
        </Button>
      </div>
    </div>
  );
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, one) => ({ x: all.x + one.x, y: all.y + one.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
