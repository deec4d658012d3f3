// Looks whether a picture that is to leave still shows a machine-readable zone, by the reader that the lane reads with.
import { readFile } from 'node:fs/promises';
import { release } from '../release.ts';
import { createRowRecogniser } from '../../shared/vision/network/recognise.ts';
import { type Level, locate } from '../../shared/vision/locate.ts';
import { readDocument } from '../../shared/vision/read.ts';
import { pointOnRow } from '../../shared/vision/rows.ts';
import type { GreyImage, Point, Recognise } from '../../shared/vision/types.ts';
import type { Zone } from '../../shared/vision/zones.ts';
import { decodeImage } from './decode.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Places of zones, and of single rows of one, in pixels of the picture; none where it shows none. Rejects where the picture cannot be read. */
export type ZoneCheck = (jpeg: Uint8Array) => Promise<Rectangle[]>;

/** As source under Node the model lies among the assets, packed it lies with the window. */
const modelFile = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('../../assets/ocr/mrz.traineddata', import.meta.url)
    : new URL('../window/ocr/mrz.traineddata', import.meta.url);

/** A picture without a zone is searched to its end in about a second; nobody waits longer than this. */
const DEADLINE_MS = 8000;

/**
 * A row of a zone that stands alone is no zone to the reader, and can be read by everybody. The finder gives a whole row
 * half of the quality of a zone, and less to whatever else of a page looks like one.
 */
const LONE_ROW: Level = { side: 1600, mostGrowth: 4, light: false, smooth: 0, worthReading: 0.47 };

const boundsOf = (points: readonly Point[]): Rectangle => {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

/** A zone as the finder sees it, at its own scale: its rows with half a letter around them. */
function placeOf({ rows }: Zone, scale: number): Rectangle {
  const ends = rows.flatMap((row) =>
    [row.from, row.to].flatMap((u) => {
      const { x, y } = pointOnRow(row, u);
      return [
        { x: (x - row.height) / scale, y: (y - row.height) / scale },
        { x: (x + row.height) / scale, y: (y + row.height) / scale },
      ];
    }),
  );
  return boundsOf(ends);
}

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Places where rows of a zone stand, whether or not they can be read; each told once. */
function rowsOn(grey: GreyImage): Rectangle[] {
  const { zones, scale } = locate(grey, LONE_ROW, () => undefined);
  return zones.reduce<Rectangle[]>((found, zone) => {
    const place = placeOf(zone, scale);
    return found.some((other) => meet(other, place)) ? found : [...found, place];
  }, []);
}

/** The model is loaded with the first question and kept; a load that failed is tried again with the next. */
export function createZoneCheck(): ZoneCheck {
  let loading: Promise<Recognise> | null = null;
  const loaded = (): Promise<Recognise> => {
    loading ??= readFile(modelFile()).then(createRowRecogniser, (error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  return async (jpeg) => {
    const recognise = await loaded();
    const decoded = await decodeImage(jpeg);
    if (!decoded.ok) throw new RangeError(decoded.code);
    const { grey } = decoded;
    try {
      const reading = await readDocument(grey, recognise, {
        now: () => performance.now(),
        deadlineMs: DEADLINE_MS,
      });
      if (reading.status === 'not-found') return rowsOn(grey);
      return [reading, ...(reading.others ?? [])].map(({ outline }) => boundsOf(outline));
    } finally {
      release(grey.data);
    }
  };
}
