// The loop of the live camera over frames and readings of a table: the latest frame wins, and what is taken when.
import { expect, test, vi } from 'vitest';
import { createGuard } from '../../renderer/lib/live/agreement.ts';
import type { Frames } from '../../renderer/lib/live/frames.ts';
import { type Look, startLive } from '../../renderer/lib/live/live.ts';
import type { SeenZone, Sighting } from '../../renderer/lib/live/sighting.ts';
import type { DocumentReading, GreyImage } from '../../shared/vision/types.ts';
import { until } from '../until.ts';
import { CLEAR, OUTLINE } from './zones.ts';

const A = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const B = ['P<UTODOE<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'X123456786UTO7001017M3001019<<<<<<<<<<<<<<04'];
const GOOD: SeenZone = { outline: OUTLINE, likeness: 0.9, quality: CLEAR };
const HIDDEN: SeenZone = { ...GOOD, quality: { ...CLEAR, hidden: 0.1 } };
const BLURRED: SeenZone = { ...GOOD, quality: { ...CLEAR, blur: 0.3 } };

const moved = (x: number): SeenZone['outline'] =>
  OUTLINE.map((corner) => ({ ...corner, x: corner.x + x })) as SeenZone['outline'];

/** What stands before the camera: how it is seen and how it is read. `pause`: nothing is looked at. */
type Shown = { zone: SeenZone | null; lines: string[] | null } | 'pause';

const good = (lines: string[]): Shown => ({ zone: GOOD, lines });
const EMPTY: Shown = { zone: null, lines: null };

function readingOf(lines: string[] | null): DocumentReading {
  const timing = { totalMs: 0, locateMs: 0, recogniseMs: 0 };
  if (lines === null) return { status: 'not-found', outOfTime: false, timing };
  const rest = { characters: [], confidence: 0.9, lowConfidence: [], corrections: [] };
  return { status: 'read', format: 'TD3', lines, rawLines: lines, outline: OUTLINE, timing, ...rest };
}

/** Plays frames, `everyMs` apart by the loop's clock; a reading is there `readMs` after it was asked for. */
async function play(frames: readonly Shown[], { everyMs = 200, readMs = 0 } = {}) {
  const looks: (Look | null)[] = [];
  const taken: { lines: string[]; frame: number }[] = [];
  const readFrames: number[] = [];
  const guard = createGuard();
  let clock = 0;
  let at = -1;
  let newest = -1;
  let kept = -1;
  const due: { at: number; give: () => void }[] = [];
  const shown = (index: number) => {
    const one = frames[index];
    return one === undefined || one === 'pause' ? { zone: null, lines: null } : one;
  };
  const worker: Frames = {
    look: async (): Promise<Sighting> => {
      newest = at;
      return { zone: shown(at).zone, level: 120, blur: null, width: 1280, height: 720 };
    },
    keep: async () => {
      kept = newest;
      return { width: 1, height: 1, data: new Uint8Array(1) };
    },
    file: async () => new Blob([String(kept)]),
    close: () => undefined,
  };
  const isOver = vi.fn();
  const pictures: Promise<void>[] = [];
  const stop = startLive({
    frames: worker,
    guard,
    now: () => clock,
    nextFrame: async () => {
      // Everything that was under way between two frames comes to its end first.
      await new Promise((resolve) => setTimeout(resolve));
      at += 1;
      clock += everyMs;
      for (const one of due.splice(0)) {
        if (one.at <= clock) one.give();
        else due.push(one);
      }
      await new Promise((resolve) => setTimeout(resolve));
      if (at >= frames.length) {
        isOver();
        return new Promise<never>(() => undefined);
      }
      return frames[at] === 'pause' ? null : ({ close: () => undefined } as ImageBitmap);
    },
    read: (_image: GreyImage) => {
      const frame = kept;
      readFrames.push(frame);
      return new Promise((resolve) => {
        due.push({ at: clock + readMs, give: () => resolve(readingOf(shown(frame).lines)) });
      });
    },
    onLook: (look) => looks.push(look),
    ticket: () => ({ isValid: () => true }),
    onAgreed: async ({ lines }, picture) => {
      pictures.push(
        picture.then(async (file) => void taken.push({ lines, frame: Number(await file.text()) })),
      );
      return true;
    },
  });
  await until(() => expect(isOver).toHaveBeenCalled());
  stop();
  await Promise.all(pictures);
  return { looks, taken, readFrames };
}

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

test('two good frames are read and the second is taken with its picture', async () => {
  const { taken, readFrames } = await play(times(6, good(A)));
  expect(taken).toEqual([{ lines: A, frame: readFrames[1] }]);
});

test('an empty table and a covered zone are never read', async () => {
  const { taken, readFrames } = await play([...times(10, EMPTY), ...times(20, { zone: HIDDEN, lines: A })]);
  expect([taken, readFrames]).toEqual([[], []]);
});

test('a flawed frame is read once a second all the same', async () => {
  const { taken, readFrames } = await play(times(16, { zone: BLURRED, lines: A }));
  expect(taken.map(({ lines }) => lines)).toEqual([A]);
  const [first = 0, second = 0] = readFrames;
  expect((second - first) * 200).toBeGreaterThanOrEqual(1_000);
});

test('a document that is still on its way is not read before it lies', async () => {
  const coming = [300, 200, 100, 50].map((x): Shown => ({ zone: { ...GOOD, outline: moved(x) }, lines: B }));
  const { taken, readFrames } = await play([...coming, ...times(6, good(A))]);
  expect(readFrames[0]).toBeGreaterThanOrEqual(coming.length);
  expect(taken.map(({ lines }) => lines)).toEqual([A]);
});

test('while a frame is being read others are looked at and none waits: the newest is read next', async () => {
  const { looks, readFrames } = await play(times(12, good(A)), { readMs: 900 });
  expect(looks).toHaveLength(12);
  expect(readFrames[1]! - readFrames[0]!).toBeGreaterThanOrEqual(4);
  expect(readFrames.length).toBeLessThanOrEqual(4);
});

test('frames that are read differently are never taken, and that is told', async () => {
  const numbered = (i: number): Shown =>
    good([A[0] ?? '', (A[1] ?? '').replace('L898902C3', `L89890${100 + i}`)]);
  const { taken, looks } = await play(
    Array.from({ length: 30 }, (_, i) => numbered(i)),
    { readMs: 200 },
  );
  expect(taken).toEqual([]);
  expect(looks.at(-1)?.advice).toBe('differs');
});

test('a zone that is seen well and not read is told', async () => {
  const { looks } = await play(times(20, { zone: GOOD, lines: null }));
  expect(looks.at(-1)?.advice).toBe('unread');
});

test('the same document is not taken again until it was away; another one is at once', async () => {
  const same = await play([...times(6, good(A)), ...times(30, good(A))]);
  expect(same.taken).toHaveLength(1);
  expect(same.looks.at(-1)?.advice).toBe('same');
  const away = await play([...times(8, good(A)), ...times(9, EMPTY), ...times(8, good(A))]);
  expect(away.taken.map(({ lines }) => lines)).toEqual([A, A]);
  const elsewhere: Shown = { zone: { ...GOOD, outline: moved(80) }, lines: B };
  const other = await play([...times(12, good(A)), ...times(8, elsewhere)]);
  expect(other.taken.map(({ lines }) => lines)).toEqual([A, B]);
  // Laid exactly where the one before it lay, in no time: seen a little later.
  const hidden = await play([...times(12, good(A)), ...times(30, good(B))]);
  expect(hidden.taken.map(({ lines }) => lines)).toEqual([A, B]);
});

test('what was read before a pause says nothing after it, and nothing is shown in it', async () => {
  // Two frames between pauses: the second is read, and no other in the same stretch.
  const frames = Array.from({ length: 12 }, (_, i): Shown => (i % 3 === 2 ? 'pause' : good(A)));
  const { taken, looks, readFrames } = await play(frames);
  expect(readFrames).toEqual([1, 4, 7, 10]);
  expect(taken).toEqual([]);
  expect(looks.filter((look) => look === null)).toHaveLength(4);
  const unbroken = await play(times(4, good(A)));
  expect(unbroken.taken).toHaveLength(1);
});
