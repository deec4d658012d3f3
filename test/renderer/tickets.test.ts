// What begins for one traveller never ends with the next: camera frames, scans, PDFs, pictures that take their time.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { guard, joinCamera } from '../../renderer/features/examine/camera-session.ts';
import { chooseReason, pressClear, pressOpen } from '../../renderer/features/examine/decisions.ts';
import { takeBurst, takeStored } from '../../renderer/features/examine/intake.ts';
import { pressDrop } from '../../renderer/features/examine/lane-actions.ts';
import { lookFor } from '../../renderer/features/examine/live-reading.ts';
import { listenToScans, takeScan } from '../../renderer/features/examine/scans.ts';
import { freshWork, UNTOUCHED, useExamine } from '../../renderer/features/examine/store.ts';
import { takeTicket } from '../../renderer/features/examine/ticket.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { Frames } from '../../renderer/lib/live/frames.ts';
import type { Look } from '../../renderer/lib/live/live.ts';
import type { Sighting } from '../../renderer/lib/live/sighting.ts';
import { showScreen } from '../../renderer/lib/store-screen.ts';
import { askScans } from '../../renderer/lib/store-scans.ts';
import type { Input, Output } from '../../shared/contract/channels.ts';
import type { DocumentReading } from '../../shared/vision/types.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';
import { CLEAR, OUTLINE } from '../live/zones.ts';
import { until } from '../until.ts';
import { stubBridge } from './bridge-stub.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';

let station: FakeStation = createFakeStation();
let hear: (event: string, body: string) => void;
let isDiskFull = false;

beforeAll(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 5 });
  vi.stubGlobal('document', { hidden: false });
  hear = stubBridge(() => station);
  vi.stubGlobal('fetch', async () => {
    const value = { id: newId(), sha256: '0'.repeat(64), width: 10, height: 10 };
    const full = { ok: false, error: { code: 'disk-full' } };
    return new Response(JSON.stringify(isDiskFull ? full : { ok: true, value }));
  });
  listenToScans();
});
beforeEach(async () => {
  // Beyond the time in which a second press of a decision key is a slip.
  vi.advanceTimersByTime(5_000);
  useExamine.setState({ ...freshWork(), ...UNTOUCHED, loaded: true, saved: null });
  // Whatever the test before still had to tell its station.
  await vi.advanceTimersByTimeAsync(20);
  station = createFakeStation();
  isDiskFull = false;
  showScreen('examine');
  await askScans();
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lane = () => useExamine.getState();
const linesInLane = () => lane().work.documents.map(({ reading }) => reading?.lines ?? null);
const pictures = () => lane().work.documents.flatMap(({ images }) => images);
const saves = () => station.inputsOf('examination.save') as Input<'examination.save'>[];
const burst = (lines: string[]) => takeBurst({ lines, rawLines: lines, isWhole: true, layout: 'as-sent' });

/** Resolves once the traveller who is in the lane now has left it. */
async function untilNext(): Promise<void> {
  const { id } = lane().work;
  await until(() => expect(lane().work.id).not.toBe(id));
}

const timing = { totalMs: 0, locateMs: 0, recogniseMs: 0 };
const SEEN: Sighting = {
  zone: { outline: OUTLINE, likeness: 0.9, quality: CLEAR },
  level: 120,
  blur: null,
  width: 1280,
  height: 720,
};

function readingOf(lines: string[]): DocumentReading {
  const rest = { characters: [], confidence: 0.9, lowConfidence: [], corrections: [], outline: OUTLINE };
  return { status: 'read', format: 'TD1', lines, rawLines: lines, timing, ...rest };
}

/** A camera over a document that lies still; `reads` are the readings under way, to be ended by the test. */
function camera(lines: string[]) {
  const reads: (() => void)[] = [];
  const looks: (Look | null)[] = [];
  const frames: Frames = {
    look: async () => SEEN,
    keep: async () => ({ width: 1, height: 1, data: new Uint8Array(1) }),
    file: async () => new Blob(['frame']),
    close: () => undefined,
  };
  const stop = lookFor(
    {
      frames,
      nextFrame: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { close: () => undefined } as ImageBitmap;
      },
      onLook: (look) => looks.push(look),
    },
    () => new Promise((resolve) => reads.push(() => resolve(readingOf(lines)))),
  );
  const begun = (count: number) => until(() => expect(reads).toHaveLength(count));
  /** Ends the reading that was asked for as the `count`th. */
  const end = async (count: number) => {
    await begun(count);
    reads[count - 1]?.();
  };
  return { end, begun, looks, reads, stop };
}

describe('a frame of the live camera', () => {
  const decisions: [string, () => void][] = [
    ['clear', pressClear],
    [
      'skip',
      () => {
        pressOpen('skip');
        chooseReason('skip', 'no-time', '');
      },
    ],
    [
      'drop',
      () => {
        pressDrop();
        pressDrop();
      },
    ],
  ];
  it.each(decisions)(
    'whose reading ends after %s is nobody’s, nor is the first of the two',
    async (_, decide) => {
      burst(TD3);
      const { end, begun, stop } = camera(TD1);
      await end(1);
      await begun(2);
      const next = untilNext();
      decide();
      await next;
      await end(2);
      // A third agrees with the second only; it must not be enough.
      await end(3);
      await begun(4);
      expect(linesInLane()).toEqual([null]);
      // Two that were both begun for the traveller now in the lane are taken.
      await end(4);
      await until(() => expect(linesInLane()).toEqual([TD1]));
      stop();
      guard.lost(TD1);
    },
  );

  it('that ends while the decision is being saved is nobody’s', async () => {
    const saved = Promise.withResolvers<Output<'examination.save'>>();
    station.handlers['examination.save'] = () => saved.promise;
    burst(TD3);
    const { end, begun, stop } = camera(TD1);
    await end(1);
    await begun(2);
    const next = untilNext();
    pressClear();
    await until(() => expect(saves()).toHaveLength(1));
    await end(2);
    await vi.advanceTimersByTimeAsync(100);
    saved.resolve({ savedAt: new Date().toISOString(), recorded: true, undoUntil: null });
    await next;
    await begun(3);
    expect(linesInLane()).toEqual([null]);
    expect(saves()[0]?.documents).toHaveLength(1);
    stop();
  });

  it('whose picture could not be kept is taken as soon as it can be', async () => {
    isDiskFull = true;
    const { end, begun, looks, stop } = camera(TD1);
    await end(1);
    await end(2);
    await until(() => expect(lane().trouble).toBe('disk-full'));
    isDiskFull = false;
    await end(3);
    await begun(4);
    expect(looks.at(-1)?.advice).not.toBe('same');
    await end(4);
    await until(() => expect(linesInLane()).toEqual([TD1]));
    stop();
    guard.lost(TD1);
  });
});

describe('a document that something else has read', () => {
  it('is not read to the next traveller while it still lies under the camera', async () => {
    // A camera that is still being opened is on already.
    const devices = { getUserMedia: () => new Promise(() => undefined) };
    vi.stubGlobal('navigator', { mediaDevices: devices });
    useExamine.setState({ cameraOn: true });
    joinCamera(null).catch(() => undefined);
    burst(TD3);
    // While its traveller is there a frame of it is one more picture of the same document.
    expect(guard.holds(TD3)).toBe(false);
    const next = untilNext();
    pressClear();
    await next;
    expect(guard.holds(TD3)).toBe(true);
    useExamine.setState({ cameraOn: false });
    guard.lost(TD3);
  });
});

describe('a scan', () => {
  const scanId = newId();
  const image = { id: newId(), sha256: '0'.repeat(64), width: 1, height: 1 };
  let answer: () => void = () => undefined;

  beforeEach(() => {
    const asked = Promise.withResolvers<void>();
    answer = asked.resolve;
    station.handlers['scans.take'] = async () => {
      await asked.promise;
      station.scans = { ...station.scans, waiting: 0 };
      hear('scans.changed', '{}');
      return { scan: { kind: 'picture', id: scanId, image } };
    };
    station.handlers['scans.release'] = () => {
      station.scans = { ...station.scans, waiting: 1 };
      hear('scans.changed', '{}');
      return {};
    };
  });

  const taken = () => station.inputsOf('scans.take').length;
  async function arrive(): Promise<void> {
    const before = station.inputsOf('scans.state').length;
    station.scans = { ...station.scans, waiting: 1, came: station.scans.came + 1 };
    hear('scans.changed', '{}');
    await until(() => expect(station.inputsOf('scans.state').length).toBeGreaterThan(before));
    await vi.advanceTimersByTimeAsync(20);
  }
  async function waitsAgain(): Promise<void> {
    await until(() => expect(station.inputsOf('scans.release')).toEqual([{ id: scanId }]));
    await vi.advanceTimersByTimeAsync(100);
    expect(station.inputsOf('scans.settle')).toEqual([]);
  }

  it('asked for by S for one traveller is not the next one’s: it waits, and opens by a key only', async () => {
    burst(TD3);
    await arrive();
    const scan = takeScan();
    const next = untilNext();
    pressClear();
    await next;
    answer();
    await scan;
    await waitsAgain();
    expect(saves()[0]?.documents.flatMap(({ images }) => images)).toEqual([]);
    expect([pictures(), taken()]).toEqual([[], 1]);
    await takeScan();
    await until(() => expect(pictures().map(({ id }) => id)).toEqual([image.id]));
  });

  it('that opened by itself when a question was opened waits again, unlost', async () => {
    await arrive();
    await until(() => expect(taken()).toBe(1));
    pressOpen('skip');
    answer();
    await waitsAgain();
    expect([pictures(), lane().trouble]).toEqual([[], null]);
    const next = untilNext();
    chooseReason('skip', 'no-time', '');
    await next;
    await waitsAgain();
    expect(taken()).toBe(1);
  });

  it('that stood in a document is settled with its traveller, not given back', async () => {
    await arrive();
    answer();
    await until(() => expect(pictures()).toHaveLength(1));
    pressDrop();
    pressDrop();
    const settled = { id: scanId, imageId: null, whole: false };
    await until(() => expect(station.inputsOf('scans.settle')).toEqual([settled]));
    expect(station.inputsOf('scans.release')).toEqual([]);
  });
});

describe('a ticket', () => {
  it('stands for the traveller in whose time it was taken, and for nobody after', async () => {
    burst(TD3);
    const ticket = takeTicket();
    expect([ticket.standing(), ticket.isInLane()]).toEqual(['here', true]);
    const next = untilNext();
    pressClear();
    expect([ticket.standing(), ticket.isInLane()]).toEqual(['gone', true]);
    await next;
    await ticket.over();
    expect([ticket.standing(), ticket.isInLane()]).toEqual(['gone', false]);
  });

  it('that is taken during a save is the next traveller’s, and nobody’s where the save fails', async () => {
    burst(TD3);
    pressClear();
    const ticket = takeTicket();
    expect(ticket.standing()).toBe('waiting');
    await ticket.known;
    expect([ticket.standing(), linesInLane()]).toEqual(['here', [null]]);

    vi.advanceTimersByTime(2_000);
    burst(TD3);
    expect(ticket.standing()).toBe('here');
    station.failures.set('examination.save', 'disk-full');
    pressClear();
    const other = takeTicket();
    await other.known;
    expect([other.standing(), ticket.standing()]).toEqual(['undecided', 'here']);
  });

  it('of before refuses what comes with it at any time later', async () => {
    burst(TD3);
    const ticket = takeTicket();
    const next = untilNext();
    pressClear();
    const stored = vi.fn(() => Promise.resolve(null));
    expect(await takeStored(stored, 'file', ticket)).toBe(false);
    await next;
    expect(await takeStored(stored, 'file', ticket)).toBe(false);
    expect(stored).not.toHaveBeenCalled();
  });
});
