// One picture as evidence: never stretched, the zone outlined thinly, places to look at marked.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Place } from '../../../shared/mrz/formats.ts';
import type { Quad } from '../../../shared/vision/types.ts';
import { type Quarters, turnedPoint, turnedSize } from '../../lib/turn.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Picture } from '../../ui/Picture.tsx';
import { cellQuad, centreOf, placeQuad, svgPoints } from './geometry.ts';
import styles from './ImageStage.module.css';
import type { Judged } from './judged.ts';
import type { CellAt } from './marks.ts';
import { useExamine } from './store.ts';
import type { DocumentWork, ImageWork } from './work.ts';

interface ImageStageProps {
  document: DocumentWork;
  image: ImageWork;
  judged: Judged | null;
}

interface Size {
  width: number;
  height: number;
}

export function ImageStage({ document, image, judged }: ImageStageProps) {
  const text = useText();
  const zoomed = useExamine((state) => state.zoomed);
  const quarters = useExamine((state) => state.turns[image.id] ?? 0);
  const [shown, setShown] = useState<Size | null>(null);
  // Outlines are in pixels of the picture as it came in; the view may be smaller.
  const size = image.size ?? shown;
  // All pixels only for who looks at them; of a restored draft only the whole picture tells its own size.
  const isFitted = !zoomed && image.size !== null;
  const reading = document.reading?.imageId === image.id ? document.reading : null;
  return (
    <Zoomable size={size} quarters={quarters} zoomed={zoomed} target={reading?.outline ?? null}>
      <Picture
        key={image.id}
        id={image.id}
        variant={isFitted ? 'screen' : 'view'}
        className={styles.picture}
        alt={text('examine.picture.of', { light: text(`examine.light.${image.light}`) })}
        onShown={setShown}
        onFailed={() => useExamine.setState({ trouble: 'image-unreadable' })}
      />
      {size && reading?.outline && shown ? (
        <svg
          className={styles.overlay}
          viewBox={`0 0 ${size.width} ${size.height}`}
          preserveAspectRatio="xMidYMid meet"
          aria-hidden="true"
        >
          <polygon className={styles.zone} points={svgPoints(reading.outline)} />
          <Places document={document} judged={judged} />
        </svg>
      ) : null}
    </Zoomable>
  );
}

/** Places of the findings on show and the place of the caret. */
function Places({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const selected = useExamine((state) => state.finding);
  const cell = useExamine((state) => state.cell);
  const { reading } = document;
  if (reading === null || judged === null) return null;
  const chosen = selected === null ? undefined : judged.findings[selected];
  const looked = chosen === undefined ? judged.findings.filter((one) => one.severity === 'look') : [chosen];
  const quads = looked
    .flatMap((finding): Place[] => finding.places)
    .map((place) => placeQuad(reading, place))
    .filter((quad) => quad !== null);
  // A rule and an alert may point to the same place.
  const outlines = new Set(quads.map(svgPoints));
  const caret = cell === null ? null : caretQuad(document, cell);
  return (
    <>
      {[...outlines].map((points) => (
        <polygon key={points} className={styles.look} points={points} />
      ))}
      {caret === null ? null : <polygon className={styles.caret} points={svgPoints(caret)} />}
    </>
  );
}

function caretQuad({ reading }: DocumentWork, { row, column }: CellAt): Quad | null {
  const line = reading?.lines[row];
  return reading === null || line === undefined || column >= line.length
    ? null
    : cellQuad(reading, row, column);
}

interface ZoomableProps {
  size: Size | null;
  quarters: Quarters;
  zoomed: boolean;
  /** What to bring into the middle; else the middle of the picture. */
  target: Quad | null;
  children: ReactNode;
}

/** Whole, or large enough to see single characters and to be moved by arrows, wheel and drag of the bars. */
function Zoomable({ size: whole, quarters, zoomed, target, children }: ZoomableProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const cell = useExamine((state) => state.cell);
  const reading = useExamine(
    (state) => state.work.documents.find((one) => one.id === state.documentId)?.reading,
  );
  const at = reading && cell ? cellQuad(reading, cell.row, cell.column) : null;
  const [room, setRoom] = useState<Size | null>(null);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => setRoom({ width: box.offsetWidth, height: box.offsetHeight }));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const size = whole && turnedSize(whole, quarters);
  const scale = size && room ? zoomScale(size, room) : 1;
  const look = at ?? target;
  const middle = look && whole ? turnedPoint(centreOf(look), whole, quarters) : null;
  const [x, y] = [middle?.x ?? (size?.width ?? 0) / 2, middle?.y ?? (size?.height ?? 0) / 2];
  useEffect(() => {
    const box = scroller.current;
    if (!zoomed || box === null) return;
    // Arrow keys move the picture, unless they belong to something else already.
    if (document.activeElement === document.body) box.focus();
    box.scrollTo(x * scale - box.clientWidth / 2, y * scale - box.clientHeight / 2);
  }, [zoomed, x, y, scale]);
  const large = zoomed && size ? { width: size.width * scale, height: size.height * scale } : undefined;
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-zoomed={zoomed}
      // A region that scrolls must be reachable by key to be scrolled by key.
      {...(zoomed ? { tabIndex: 0, role: 'region', 'aria-label': text('examine.picture.large') } : {})}
    >
      <div className={styles.sheet} style={large} data-crisp={scale >= 2}>
        <div className={styles.turned} data-quarters={quarters}>
          {children}
        </div>
      </div>
    </div>
  );
}

/** At least pixel for pixel, and at least two and a half times the whole view. */
function zoomScale(size: Size, room: Size): number {
  const whole = Math.min(room.width / size.width, room.height / size.height);
  return Math.max(1, whole * 2.5);
}
