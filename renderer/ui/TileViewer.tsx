// A picture as evidence, however large: moved, enlarged to its pixels, turned, lit otherwise, marked; never stretched.
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { Point } from '../../shared/vision/types.ts';
import { createCanvasViewer, type ViewerPicture } from '../lib/canvas-viewer.ts';
import { useHotkeys } from '../lib/hotkeys.ts';
import { type MarkShape, nextShape, type PictureMark } from '../lib/picture-marks.ts';
import type { ViewerLink } from '../lib/viewer-link.ts';
import { useText } from '../text/TextProvider.tsx';
import { areChanged, AS_IT_CAME, type Levels } from './levels.ts';
import { LevelsFilter, LevelsPanel } from './LevelsPanel.tsx';
import { Notice } from './Notice.tsx';
import styles from './TileViewer.module.css';
import { viewerHotkeys } from './viewer-keys.ts';
import { ViewerTools } from './ViewerTools.tsx';

export interface TileViewerProps {
  /**
   * The picture, with its pixels after orientation. Give no React key of the picture: the viewer remembers how each was
   * looked at (place, turn, light) while it stands on the page.
   */
  picture: ViewerPicture;
  /** What it shows, in words. */
  alt: string;
  /** What was read, in pixels of the picture: the first thing to be enlarged. */
  outline?: readonly Point[] | null;
  /** Marks on this picture, numbered from 1 as they stand here. Keep the array as long as it does not change. */
  marks?: readonly PictureMark[];
  /** What marks that are set belong to: one that was begun is given up when this changes. */
  marksOf?: string | undefined;
  /** Index of the mark that is looked at. */
  chosenMark?: number | null;
  /** Takes a new mark; without it none can be set. */
  onMark?: (mark: PictureMark) => void;
  /** Takes the index of a mark that was clicked. */
  onChooseMark?: (index: number) => void;
  /** Joins it with others, side by side in step. */
  link?: ViewerLink | null;
  /** Whether its letters act wherever the focus is on the screen. Of two side by side only one may. Default: yes. */
  hasKeys?: boolean;
  /** The officer turned to this one. */
  onFocus?: () => void;
}

const NONE: readonly PictureMark[] = [];

export function TileViewer(props: TileViewerProps) {
  const { picture, alt, outline = null, marks = NONE, chosenMark = null, onMark, onChooseMark } = props;
  const { link = null, hasKeys = true, onFocus, marksOf } = props;
  const text = useText();
  const filterId = `levels-${useId().replaceAll(/[^\w-]/gu, '')}`;
  const [viewer] = useState(createCanvasViewer);
  const state = useSyncExternalStore(viewer.subscribe, viewer.state);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [lights, setLights] = useState<Readonly<Record<string, Levels>>>({});
  const [hasPanel, setPanel] = useState(false);
  const levels = lights[picture.id] ?? AS_IT_CAME;
  const isLit = areChanged(levels);
  const { id, width, height } = picture;

  useEffect(() => {
    viewer.show({ id, width, height }, { outline, marks, chosen: chosenMark });
  }, [viewer, id, width, height, outline, marks, chosenMark]);
  useEffect(() => viewer.draw(null), [viewer, marksOf]);
  useEffect(() => (canvas.current === null ? undefined : viewer.attach(canvas.current)), [viewer]);
  useEffect(() => (link === null ? undefined : viewer.join(link)), [viewer, link]);
  useEffect(() => {
    viewer.hearMarks(
      (mark) => onMark?.(mark),
      (index) => onChooseMark?.(index),
    );
  }, [viewer, onMark, onChooseMark]);

  const draw = (shape: MarkShape | null) => {
    viewer.draw(shape);
    if (shape !== null) viewer.focus();
  };
  const acts = {
    stop: () => viewer.nextStop(),
    focus: () => viewer.focus(),
    zoom: (factor: number) => viewer.zoom(factor),
    turn: () => viewer.turn(),
    glass: () => viewer.toggleGlass(),
    light: () => setPanel((old) => !old),
    ...(onMark === undefined ? {} : { mark: () => draw(nextShape(viewer.state().drawing)) }),
  };
  useHotkeys({ titleId: 'viewer.keys', hotkeys: viewerHotkeys(acts) }, hasKeys);

  return (
    <div className={styles.viewer}>
      {state.failed === null ? null : (
        <Notice tone="trouble" title={text('viewer.failed')}>
          <p>{text('viewer.failed.help')}</p>
        </Notice>
      )}
      <div
        className={styles.place}
        role="application"
        aria-label={alt}
        // With the focus here the arrows move the picture.
        {...{ tabIndex: 0, onFocus }}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          width={1}
          height={1}
          role="img"
          aria-label={alt}
          data-drawing={state.drawing}
          data-whole={state.isWhole}
          style={isLit ? { filter: `url(#${filterId})` } : undefined}
        />
        {/* Over the picture: it must not move while a mark is set. */}
        <div className={styles.lines} role="status">
          {state.drawing === null ? null : (
            <p>{text(state.isBegun ? 'viewer.mark.second' : `viewer.mark.${state.drawing}`)}</p>
          )}
          {isLit ? <p>{text('viewer.light.changed')}</p> : null}
        </div>
      </div>
      {isLit ? <LevelsFilter id={filterId} levels={levels} /> : null}
      {hasPanel ? (
        <LevelsPanel levels={levels} onChange={(next) => setLights((old) => ({ ...old, [id]: next }))} />
      ) : null}
      <ViewerTools state={state} acts={acts} hasPanel={hasPanel} showsKeys={hasKeys} />
    </div>
  );
}
