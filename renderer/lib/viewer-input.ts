// Hands and keys on a picture: drag, wheel, two fingers, arrows; with a mark begun they set it.
import type { Point } from '../../shared/vision/types.ts';
import type { CanvasViewer } from './canvas-viewer.ts';

/** Of one notch of a wheel about a quarter more. */
const WHEEL = 0.0022;
const LINE_PIXELS = 18;
/** Steps of the arrows, in CSS pixels. */
const MOVE = 64;
const CROSS = 8;
/** A press that moved less chooses what lies there. */
const STILL = 4;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Listens on a canvas until the returned function is called. `unit` tells the canvas pixels of one CSS pixel. */
export function listenToHands(
  canvas: HTMLCanvasElement,
  viewer: CanvasViewer,
  unit: () => number,
): () => void {
  const control = new AbortController();
  const { signal } = control;
  const hands = new Map<number, Point>();
  let pressed: Point = { x: 0, y: 0 };
  const placeOf = (event: MouseEvent): Point => ({ x: event.offsetX * unit(), y: event.offsetY * unit() });

  function press(event: PointerEvent): void {
    if (event.button !== 0) return;
    viewer.focus();
    canvas.setPointerCapture(event.pointerId);
    pressed = placeOf(event);
    hands.set(event.pointerId, pressed);
    if (viewer.state().drawing === null || hands.size > 1) return;
    viewer.cross({ at: pressed });
    if (!viewer.state().isBegun && viewer.state().drawing !== 'point') viewer.set();
  }

  function hover(event: PointerEvent): void {
    const at = placeOf(event);
    viewer.point(at);
    const before = hands.get(event.pointerId);
    if (viewer.state().drawing !== null && hands.size < 2) {
      viewer.cross({ at });
      return;
    }
    if (before === undefined) return;
    const other = [...hands].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const [was, is] = [distance(before, other), distance(at, other)];
      if (was > 1) viewer.zoom(is / was, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
    }
    const share = other === undefined ? 1 : 0.5;
    viewer.move({ x: (at.x - before.x) * share, y: (at.y - before.y) * share });
    hands.set(event.pointerId, at);
  }

  function release(event: PointerEvent): void {
    if (!hands.delete(event.pointerId)) return;
    const at = placeOf(event);
    if (viewer.state().drawing === null) {
      if (distance(at, pressed) < STILL * unit()) viewer.choose(at);
      return;
    }
    viewer.cross({ at });
    viewer.set();
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PIXELS;
    viewer.zoom(Math.exp(-pixels * WHEEL), placeOf(event));
  }

  // The place around the canvas has the focus.
  canvas.parentElement?.addEventListener(
    'keydown',
    (event) => {
      if (keyOnPicture(viewer, event)) event.preventDefault();
    },
    { signal },
  );
  canvas.addEventListener('pointerdown', press, { signal });
  canvas.addEventListener('pointermove', hover, { signal });
  canvas.addEventListener('pointerup', release, { signal });
  canvas.addEventListener('pointercancel', (event) => hands.delete(event.pointerId), { signal });
  canvas.addEventListener('pointerleave', () => viewer.point(null), { signal });
  canvas.addEventListener('wheel', wheel, { signal, passive: false });
  canvas.addEventListener(
    'dblclick',
    (event) => viewer.state().drawing === null && viewer.nextStop(placeOf(event)),
    { signal },
  );
  return () => control.abort();
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** What a key does while the picture has the focus; false where it is left to others. */
export function keyOnPicture(
  viewer: CanvasViewer,
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const { drawing, isWhole } = viewer.state();
  const unit = globalThis.devicePixelRatio || 1;
  const way = ARROWS[event.key];
  if (drawing !== null) {
    if (way !== undefined) {
      const step = event.shiftKey ? unit : CROSS * unit;
      viewer.cross({ by: { x: way.x * step, y: way.y * step } });
    } else if (event.key === 'Enter' || event.key === ' ') viewer.set();
    else if (event.key === 'Escape') viewer.draw(null);
    else return false;
    return true;
  }
  if (way === undefined || isWhole) return false;
  const step = -(event.shiftKey ? 4 : 1) * MOVE * unit;
  viewer.move({ x: way.x * step, y: way.y * step });
  return true;
}
