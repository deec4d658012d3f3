// Scans and several zones in the lane, against a fake station and without a browser: when they open, and where they go.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { canDecide, nextTraveller } from '../../renderer/features/examine/decisions.ts';
import { takeBurst } from '../../renderer/features/examine/intake.ts';
import { listenToScans, takeScan } from '../../renderer/features/examine/scans.ts';
import { freshWork, shownDocument, UNTOUCHED, useExamine } from '../../renderer/features/examine/store.ts';
import {
  type DocumentWork,
  fromDraft,
  readingOfImage,
  toDraft,
} from '../../renderer/features/examine/work.ts';
import { addZone, offeredCount } from '../../renderer/features/examine/zones.ts';
import { newId } from '../../renderer/lib/id.ts';
import { showScreen } from '../../renderer/lib/store-screen.ts';
import { askScans } from '../../renderer/lib/store-scans.ts';
import { draft as draftSchema } from '../../shared/contract/records.ts';
import type { Quad, ReadZone } from '../../shared/vision/types.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';
import { until } from '../until.ts';
import { stubBridge } from './bridge-stub.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';

let station: FakeStation = createFakeStation();
let hear: (event: string, body: string) => void;
let posted = 0;
/** The scan given last. */
let given = '';

beforeAll(() => {
  hear = stubBridge(() => station);
  vi.stubGlobal('fetch', async (_address: string, options?: { method?: string }) => {
    if (options?.method !== 'POST') return new Response(new Blob(['picture']));
    posted += 1;
    const value = { id: newId(), sha256: '0'.repeat(64), width: 10, height: 10 };
    return new Response(JSON.stringify({ ok: true, value }));
  });
  listenToScans();
});
beforeEach(async () => {
  station = createFakeStation();
  station.handlers['scans.take'] = () => {
    if (station.scans.waiting === 0) return { scan: null };
    station.scans = { ...station.scans, waiting: station.scans.waiting - 1 };
    const image = { id: newId(), sha256: '0'.repeat(64), width: 1, height: 1 };
    given = newId();
    return { scan: { kind: 'picture', id: given, image } };
  };
  showScreen('examine');
  await askScans();
  useExamine.setState({ ...freshWork(), ...UNTOUCHED, loaded: true, saved: null });
});
afterAll(() => vi.unstubAllGlobals());

const lane = () => useExamine.getState();
const taken = () => station.inputsOf('scans.take').length;

async function arrive(waiting: number): Promise<void> {
  const before = station.inputsOf('scans.state').length;
  const came = station.scans.came + Math.max(0, waiting - station.scans.waiting);
  station.scans = { ...station.scans, waiting, came };
  hear('scans.changed', '{}');
  await until(() => expect(station.inputsOf('scans.state').length).toBeGreaterThan(before));
  await new Promise((resolve) => setTimeout(resolve, 10));
}

const pictures = () => lane().work.documents.flatMap(({ images }) => images);

describe('a scan that arrives', () => {
  it('opens by itself where the lane is free', async () => {
    await arrive(1);
    await until(() => expect(pictures()).toHaveLength(1));
    expect(pictures()[0]).toMatchObject({ source: 'file', light: 'white' });
  });

  const busy: [string, () => void][] = [
    [
      'a document is in the lane',
      () => takeBurst({ lines: TD3, rawLines: TD3, isWhole: true, layout: 'as-sent' }),
    ],
    ['a question is open', () => useExamine.setState({ picker: 'skip' })],
    ['rows are being typed', () => useExamine.setState({ cell: { row: 0, column: 0 } })],
    ['a picture is on its way', () => useExamine.setState({ queued: 1 })],
    ['a decision is being saved', () => useExamine.setState({ saving: true })],
    ['another screen is shown', () => showScreen('history')],
  ];
  it.each(busy)('waits while %s', async (_what, begin) => {
    begin();
    await Promise.resolve();
    const { work } = lane();
    await arrive(2);
    expect(taken()).toBe(0);
    expect(lane().work.id).toBe(work.id);
    expect(pictures()).toEqual([]);
  });

  it('opens with N once the lane is empty, and not before', async () => {
    takeBurst({ lines: TD3, rawLines: TD3, isWhole: true, layout: 'as-sent' });
    await arrive(1);
    nextTraveller();
    expect(taken()).toBe(0);
    useExamine.setState({ ...freshWork(), ...UNTOUCHED });
    nextTraveller();
    await until(() => expect(pictures()).toHaveLength(1));
  });

  it('goes into the examination in hand by S, once for two presses', async () => {
    takeBurst({ lines: TD3, rawLines: TD3, isWhole: true, layout: 'as-sent' });
    await arrive(2);
    await Promise.all([takeScan(), takeScan()]);
    await until(() => expect(pictures()).toHaveLength(1));
    expect(taken()).toBe(1);
    expect(lane().work.documents).toHaveLength(2);
  });
});

it('a scan is settled when its traveller is dropped, be the draft kept or not', async () => {
  await arrive(1);
  await until(() => expect(pictures()).toHaveLength(1));
  const settled = { id: given, imageId: null, whole: false };
  expect(station.inputsOf('scans.settle')).not.toContainEqual(settled);
  useExamine.setState({ ...freshWork(), ...UNTOUCHED });
  await until(() => expect(station.inputsOf('scans.settle')).toContainEqual(settled));
});

describe('the folder', () => {
  it('tells its trouble when it begins, and takes the words back when it is over', async () => {
    station.scans = { ...station.scans, trouble: 'scan-folder-gone' };
    await arrive(0);
    await until(() => expect(lane().trouble).toBe('scan-folder-gone'));
    // Read and closed: it is not told again while it lasts.
    useExamine.setState({ trouble: null });
    await arrive(0);
    expect(lane().trouble).toBe(null);
    useExamine.setState({ trouble: 'scan-folder-gone' });
    station.scans = { ...station.scans, trouble: null };
    await arrive(0);
    await until(() => expect(lane().trouble).toBe(null));
  });

  it('tells of a file that was left', async () => {
    station.scans = { ...station.scans, left: 'scan-not-picture' };
    await arrive(0);
    await until(() => expect(lane().trouble).toBe('scan-not-picture'));
  });
});

const QUAD: Quad = [
  { x: 0, y: 0 },
  { x: 9, y: 0 },
  { x: 9, y: 2 },
  { x: 0, y: 2 },
];

function zone(lines: string[], change: Partial<ReadZone> = {}): ReadZone {
  return {
    status: 'read',
    format: lines.length === 3 ? 'TD1' : 'TD3',
    lines,
    characters: [],
    confidence: 0.9,
    lowConfidence: [],
    corrections: [],
    outline: QUAD,
    rawLines: lines,
    timing: { totalMs: 1, locateMs: 1, recogniseMs: 0 },
    ...change,
  };
}

describe('a picture with two documents', () => {
  function showTwo(): DocumentWork {
    const image = { id: newId(), light: 'white' as const, source: 'camera' as const, size: null };
    const document = { id: newId(), images: [image], reading: readingOfImage(zone(TD3), image) };
    useExamine.setState({
      work: { ...lane().work, documents: [document] },
      documentId: document.id,
      imageId: image.id,
      others: { [image.id]: [zone(TD1)] },
    });
    return document;
  }

  it('offers the other, which becomes a document with its own copy of the picture', async () => {
    const first = showTwo();
    expect(offeredCount(lane())).toBe(1);
    const before = posted;
    addZone();
    expect(canDecide('clear')).toBe(false);
    await until(() => expect(lane().work.documents).toHaveLength(2));
    await until(() => expect(shownDocument(lane()).reading?.lines).toEqual(TD1));
    expect(posted).toBe(before + 1);
    const second = shownDocument(lane());
    expect(second.images).toHaveLength(1);
    expect(second.images[0]?.source).toBe('camera');
    expect(second.images[0]?.id).not.toBe(first.images[0]?.id);
    expect(second.reading?.imageId).toBe(second.images[0]?.id);
    expect(lane().work.documents[0]).toEqual(first);
    // It stands in the examination now: the first picture has nothing more to offer.
    useExamine.setState({ documentId: first.id, imageId: null });
    expect(offeredCount(lane())).toBe(0);
  });

  it('offers nothing while a question is open', () => {
    showTwo();
    useExamine.setState({ picker: 'doubt' });
    addZone();
    expect(lane().queued).toBe(0);
    expect(lane().work.documents).toHaveLength(1);
  });
});

it('a mirrored picture is said in the draft and comes back with it', () => {
  const image = { id: newId(), light: 'white' as const, source: 'file' as const, size: null };
  const mirrored = readingOfImage(zone(TD3, { mirrored: true }), image);
  const work = { ...freshWork().work, documents: [{ id: newId(), images: [image], reading: mirrored }] };
  const kept = draftSchema.parse(toDraft(work));
  expect(fromDraft(kept).documents[0]?.reading?.mirrored).toBe(true);
  expect(readingOfImage(zone(TD3), image)).not.toHaveProperty('mirrored');
});
