// Rectangles on a picture of the case, drawn with the mouse or moved by keys, in pixels of the upright picture.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Box } from '../../../../shared/sharing/full.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Picture } from '../../../ui/Picture.tsx';
import { activeBox, type Work } from './picture-work.ts';
import styles from './BoxStage.module.css';

interface BoxStageProps {
  work: Work;
  /** A drawing begins. */
  onBegin: () => void;
  onDraw: (box: Box) => void;
}

/** Of the longer side: one press of an arrow. */
const STEP = 0.01;
/** A mere press draws nothing, in pixels. */
const LEAST = 3;

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
const middle = ({ width, height }: { width: number; height: number }): Box => ({
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

export function BoxStage({ work, onBegin, onDraw }: BoxStageProps) {
  const text = useText();
  const from = useRef<{ x: number; y: number; isDrawing: boolean } | null>(null);
  const { id, width, height } = work.source;

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
    if (!begin.isDrawing) onBegin();
    begin.isDrawing = true;
    onDraw(fitted(box, work.source));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const step = Math.max(width, height) * STEP;
    const [dx, dy] = [move[0] * step, move[1] * step];
    const box = activeBox(work) ?? middle(work.source);
    const next = event.shiftKey
      ? { ...box, width: box.width + dx, height: box.height + dy }
      : {
          ...box,
          x: Math.min(Math.max(0, box.x + dx), width - box.width),
          y: Math.min(Math.max(0, box.y + dy), height - box.height),
        };
    onDraw(fitted(next, work.source));
  };
  return (
    <div
      className={styles.stage}
      style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(56vh * ${width / height})` }}
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
        aria-label={text('study-picture.label', { what: text(`study-picture.tool.${work.tool}`) })}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = null;
        }}
      >
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <Shapes work={work} />
        </svg>
      </div>
    </div>
  );
}

function Shapes({ work }: { work: Work }) {
  const { at, hidden, portrait, zone, marks, tool, chosen, source } = work;
  const rect = (key: string, box: Box, name: string, isActive: boolean) => (
    <rect
      key={key}
      {...box}
      className={`${styles[name]} ${isActive ? styles.active : ''}`}
      vectorEffect="non-scaling-stroke"
    />
  );
  const { width, height } = source;
  const beside = `M0 0H${width}V${height}H0ZM${at.x} ${at.y}V${at.y + at.height}H${at.x + at.width}V${at.y}Z`;
  return (
    <>
      {hidden.map((box, index) => rect(`box ${index}`, box, 'hidden', tool === 'box' && index === chosen))}
      {portrait === null || portrait === 'none'
        ? null
        : rect('portrait', portrait, 'telling', tool === 'portrait')}
      {zone === null || zone === 'none' ? null : rect('zone', zone, 'telling', tool === 'zone')}
      <path className={styles.beside} d={beside} fillRule="evenodd" />
      {rect('piece', at, 'piece', tool === 'piece')}
      {marks.map((mark, index) =>
        rect(`mark ${index}`, mark.at, 'mark', tool === 'mark' && index === chosen),
      )}
    </>
  );
}
