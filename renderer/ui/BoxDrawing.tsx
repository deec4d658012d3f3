// A picture to draw rectangles on, with the mouse or by keys, in pixels of the upright picture.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useText } from '../text/TextProvider.tsx';
import { Picture } from './Picture.tsx';
import styles from './BoxDrawing.module.css';

/** In pixels of the upright picture. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Drawn {
  id: string;
  width: number;
  height: number;
}

interface BoxDrawingProps {
  picture: Drawn;
  /** The rectangle that keys move; null where there is none yet. */
  active: Box | null;
  /** What it is, spoken. */
  label: string;
  /** How wide and how high it may be, as CSS says it. */
  most: { width: string; height: string };
  /** A drawing begins. */
  onBegin?: () => void;
  onDraw: (box: Box) => void;
  /** What is drawn, in an SVG of the size of the picture. */
  children: ReactNode;
}

/** A mere press draws nothing, in pixels. */
const LEAST = 3;
/** Of the longer side: one press of an arrow. */
const STEP = 0.01;

const between = (least: number, value: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

/** Within the picture, and of one pixel at least. */
function fitted({ x, y, width, height }: Box, size: { width: number; height: number }): Box {
  const left = between(0, x, size.width - 1);
  const top = between(0, y, size.height - 1);
  return {
    x: left,
    y: top,
    width: between(1, width, size.width - left),
    height: between(1, height, size.height - top),
  };
}

/** A rectangle in the middle, for keys to move. */
export const middle = ({ width, height }: Omit<Drawn, 'id'>): Box => ({
  x: Math.round(width * 0.4),
  y: Math.round(height * 0.4),
  width: Math.max(1, Math.round(width * 0.2)),
  height: Math.max(1, Math.round(height * 0.2)),
});

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Works by arrows as by the mouse; with Shift they change the size. */
export function BoxDrawing({ picture, active, label, most, onBegin, onDraw, children }: BoxDrawingProps) {
  const text = useText();
  const from = useRef<{ x: number; y: number; isDrawing: boolean } | null>(null);
  const { id, width, height } = picture;

  const at = (event: PointerEvent<HTMLDivElement>) => {
    const place = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - place.left) / place.width) * width,
      y: ((event.clientY - place.top) / place.height) * height,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { ...at(event), isDrawing: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const begin = from.current;
    if (begin === null) return;
    const end = at(event);
    const x = Math.max(0, Math.min(begin.x, end.x));
    const y = Math.max(0, Math.min(begin.y, end.y));
    const box = { x, y, width: Math.max(begin.x, end.x) - x, height: Math.max(begin.y, end.y) - y };
    if (box.width <= LEAST || box.height <= LEAST) return;
    if (!begin.isDrawing) onBegin?.();
    begin.isDrawing = true;
    onDraw(fitted(box, picture));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const step = Math.max(width, height) * STEP;
    const [dx, dy] = [move[0] * step, move[1] * step];
    const box = active ?? middle(picture);
    const next = event.shiftKey
      ? { ...box, width: box.width + dx, height: box.height + dy }
      : {
          ...box,
          x: Math.min(Math.max(0, box.x + dx), width - box.width),
          y: Math.min(Math.max(0, box.y + dy), height - box.height),
        };
    onDraw(fitted(next, picture));
  };
  return (
    <div
      className={styles.stage}
      style={{
        aspectRatio: `${width} / ${height}`,
        width: most.width,
        maxWidth: `calc(${most.height} * ${width / height})`,
      }}
    >
      <Picture
        key={id}
        id={id}
        variant="screen"
        alt={text('cutter.picture-of')}
        className={styles.picture}
        onShown={() => undefined}
        onFailed={() => undefined}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its role takes keys */}
      <div
        className={styles.drawing}
        role="application"
        // With the focus here the arrows move the rectangle.
        {...{ tabIndex: 0 }}
        aria-label={label}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = null;
        }}
      >
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {children}
        </svg>
      </div>
    </div>
  );
}
