// A large picture on a canvas: moved, enlarged and turned outside React, painted once per frame from its tiles.
import type { Point } from '../../shared/vision/types.ts';
import type { CallFailureCode } from './bridge.ts';
import { paintFrame, type Shown } from './paint-viewer.ts';
import {
  endedMark,
  markAt,
  type MarkDrawing,
  type MarkShape,
  type PictureMark,
  placeIn,
} from './picture-marks.ts';
import { createTileSource, type TileSource } from './tiles.ts';
import { type Quarters, turnedOn } from './turn.ts';
import * as views from './view.ts';
import type { Size, View } from './view.ts';
import { listenToHands } from './viewer-input.ts';
import type { Step, ViewerLink } from './viewer-link.ts';

export interface ViewerPicture extends Size {
  id: string;
}

export interface ViewerState {
  /** Pixels of the screen for one of the picture; rounded, to be read. */
  scale: number;
  isWhole: boolean;
  quarters: Quarters;
  hasGlass: boolean;
  failed: CallFailureCode | null;
  drawing: MarkShape | null;
  /** Of a mark of two places the first is set. */
  isBegun: boolean;
}

export interface CanvasViewer {
  state(): ViewerState;
  subscribe(hear: () => void): () => void;
  /** Shows on this canvas, and takes the keys of its place, until the returned function is called. */
  attach(canvas: HTMLCanvasElement): () => void;
  /** Another picture; how one was looked at is remembered for when it comes back. */
  show(picture: ViewerPicture, shown: Shown): void;
  /** Larger or smaller by this factor, around a place of the box or its middle. */
  zoom(factor: number, at?: Point): void;
  /** Whole, pixel for pixel, larger, and whole again; what was read comes into the middle first. */
  nextStop(at?: Point): void;
  turn(): void;
  toggleGlass(): void;
  /** Gives the picture the focus: arrow keys are its own then. */
  focus(): void;
  /** Moves the picture along with the hand, in pixels of the canvas. */
  move(by: Point): void;
  /** Begins to set a mark, or gives it up with null. */
  draw(shape: MarkShape | null): void;
  /** Moves the cross to a place of the box, or by so much. */
  cross(to: { at: Point } | { by: Point }): void;
  /** Sets a place of the mark at the cross; the last one ends it. */
  set(): void;
  /** Where the hand is, for the glass; null where it left. */
  point(at: Point | null): void;
  /** Moved along by another viewer. */
  follow(step: Step): void;
  /** Goes in step with others until the returned function is called. */
  join(link: ViewerLink): () => void;
  /** Chooses the mark at a place of the box, if there is one. */
  choose(at: Point): void;
  /** Who hears of a mark that was set, and of the one that was chosen, by its index. */
  hearMarks(onSet: (mark: PictureMark) => void, onChosen: (index: number) => void): void;
}

const NOTHING: Shown = { outline: null, marks: [], chosen: null };
const BEFORE: ViewerState = {
  scale: 1,
  isWhole: true,
  quarters: 0,
  hasGlass: false,
  failed: null,
  drawing: null,
  isBegun: false,
};

export function createCanvasViewer(): CanvasViewer {
  const hearers = new Set<() => void>();
  const looks = new Map<string, View | Quarters>();
  let state = BEFORE;
  let canvas: HTMLCanvasElement | null = null;
  let colour = '';
  let picture: ViewerPicture | null = null;
  let shown = NOTHING;
  let source: TileSource | null = null;
  let view: View | null = null;
  let drawing: MarkDrawing | null = null;
  let hand: Point | null = null;
  let frame = 0;

  const unit = (): number => globalThis.devicePixelRatio || 1;
  const box = (): Size => ({ width: canvas?.width ?? 0, height: canvas?.height ?? 0 });
  const middle = (): Point => ({ x: box().width / 2, y: box().height / 2 });

  function tell(change: Partial<ViewerState> = {}): void {
    const next = { ...state, ...change, drawing: drawing?.shape ?? null };
    next.isBegun = drawing !== null && drawing.first !== null;
    if (view !== null && picture !== null) {
      next.scale = Number(view.scale.toPrecision(2));
      next.isWhole = views.isWhole(view, picture, box());
      next.quarters = view.quarters;
    }
    const names = Object.keys(next) as (keyof ViewerState)[];
    if (names.every((name) => next[name] === state[name])) return;
    state = next;
    for (const hear of hearers) hear();
  }

  function paintSoon(): void {
    if (frame === 0 && canvas !== null) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    frame = 0;
    const context = canvas?.getContext('2d');
    if (!context || picture === null || view === null || source === null) return;
    const glassAt = state.hasGlass ? (hand ?? middle()) : null;
    const where = { context, source, picture, view, box: box() };
    paintFrame({ ...shown, ...where, drawing, glassAt, unit: unit(), colour });
    // Told on the canvas itself: it changes with every tile, and nothing else of the page does.
    canvas?.setAttribute('data-sharp', String(source.isSharp()));
    tell();
  }

  function change(to: View, isFollowing = false): void {
    if (view === null || picture === null) return;
    const from = view;
    view = views.held(to, picture, box());
    if (!isFollowing)
      link?.tell(viewer, { from, to: view, picture, isWhole: views.isWhole(view, picture, box()) });
    tell();
    paintSoon();
  }

  /** Fits the canvas to its place; a whole picture stays whole. */
  function resize(): void {
    if (canvas === null || picture === null) return;
    const width = Math.round(canvas.clientWidth * unit());
    const height = Math.round(canvas.clientHeight * unit());
    if (width === 0 || height === 0) return;
    const wasWhole = view === null || views.isWhole(view, picture, box());
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const known = view ?? looks.get(picture.id) ?? 0;
    const isKept = typeof known === 'object' && !wasWhole;
    const quarters = typeof known === 'object' ? known.quarters : known;
    const kept = typeof known === 'object' && (isKept || view === null) ? known : null;
    view = kept ? views.held(kept, picture, box()) : views.wholeView(picture, box(), quarters);
    paint();
  }

  function remember(): void {
    if (picture === null || view === null) return;
    looks.set(picture.id, views.isWhole(view, picture, box()) ? view.quarters : view);
  }

  function open(): void {
    if (canvas === null || picture === null) return;
    source = createTileSource(picture.id, picture, {
      onTile: paintSoon,
      onFailed: (code) => tell({ failed: code }),
    });
    resize();
  }

  function shut(): void {
    remember();
    source?.close();
    [source, view, drawing, hand] = [null, null, null, null];
  }

  let link: ViewerLink | null = null;
  let onMark: (mark: PictureMark) => void = () => undefined;
  let onChosen: (index: number) => void = () => undefined;
  const viewer: CanvasViewer = {
    state: () => state,
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    attach(given) {
      canvas = given;
      colour = getComputedStyle(given).getPropertyValue('--outline-mrz');
      const watch = new ResizeObserver(resize);
      watch.observe(given);
      const unlisten = listenToHands(given, viewer, unit);
      open();
      return () => {
        watch.disconnect();
        unlisten();
        cancelAnimationFrame(frame);
        frame = 0;
        shut();
        // A canvas that left the page would keep its pixels until it is collected.
        Object.assign(given, { width: 1, height: 1 });
        canvas = null;
      };
    },
    show(next, beside) {
      shown = beside;
      if (canvas !== null) colour = getComputedStyle(canvas).getPropertyValue('--outline-mrz');
      if (picture?.id === next.id) return paintSoon();
      shut();
      picture = next;
      open();
      tell({ failed: null });
      return undefined;
    },
    zoom(factor, at = middle()) {
      if (view !== null) change(views.scaled(view, box(), view.scale * factor, at));
    },
    nextStop(at) {
      if (view === null || picture === null) return;
      const scale = views.nextStop(view, picture, box());
      const wasWhole = views.isWhole(view, picture, box());
      if (at === undefined && wasWhole && shown.outline !== null)
        change(views.held({ ...view, scale, middle: centreOf(shown.outline) }, picture, box(), true));
      else change(views.scaled(view, box(), scale, at ?? middle()));
    },
    turn() {
      if (view === null || picture === null) return;
      const quarters = turnedOn(view.quarters);
      const wasWhole = views.isWhole(view, picture, box());
      change(wasWhole ? views.wholeView(picture, box(), quarters) : { ...view, quarters });
    },
    toggleGlass() {
      tell({ hasGlass: !state.hasGlass });
      paintSoon();
    },
    focus: () => canvas?.parentElement?.focus(),
    move(by) {
      if (view !== null) change(views.moved(view, by));
    },
    draw(shape) {
      const at = drawing?.cross ?? (view && picture ? placeIn(picture, view.middle) : null);
      drawing = shape === null || at === null ? null : { shape, cross: at, first: null };
      tell();
      paintSoon();
    },
    cross(to) {
      if (drawing === null || view === null || picture === null) return;
      const now = views.toBox(view, box(), drawing.cross);
      const at = 'at' in to ? to.at : { x: now.x + to.by.x, y: now.y + to.by.y };
      drawing = { ...drawing, cross: placeIn(picture, views.toPicture(view, box(), at)) };
      if ('by' in to) change(following(view, box(), at));
      paintSoon();
    },
    set() {
      if (drawing === null || view === null) return;
      const ended = endedMark(drawing, view.scale);
      if (ended !== null) {
        drawing = null;
        onMark(ended);
      } else if (drawing.first === null) drawing = { ...drawing, first: drawing.cross };
      tell();
      paintSoon();
    },
    point(at) {
      hand = at;
      if (state.hasGlass) paintSoon();
    },
    follow({ from, to, picture: other, isWhole }) {
      if (view === null || picture === null) return;
      const along = views.alongside(view, picture, { from, to, picture: other });
      change(isWhole ? views.wholeView(picture, box(), along.quarters) : along, true);
    },
    join(next) {
      link = next;
      const leave = next.add(viewer);
      return () => {
        leave();
        if (link === next) link = null;
      };
    },
    choose(at) {
      const index = view === null ? null : markAt(shown.marks, view, box(), at);
      if (index !== null) onChosen(index);
    },
    hearMarks(set, chosen) {
      [onMark, onChosen] = [set, chosen];
    },
  };
  return viewer;
}

/** Moved so far that the cross, which the keys moved, stays in sight. */
function following(view: View, { width, height }: Size, at: Point): View {
  const out = (value: number, side: number): number => (value < 0 ? -value : value > side ? side - value : 0);
  return views.moved(view, { x: out(at.x, width), y: out(at.y, height) });
}

function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, one) => ({ x: all.x + one.x, y: all.y + one.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
