// A case on its way that is cut off, or that a station which is known made up; and what never goes along.
import { createReadStream, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadIdentity } from '../../electron/db/hub-link.ts';
import type { HandedCase } from '../../shared/contract/handover-file.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { enter, referCase } from './case-fixtures.ts';
import { stick } from './carry-fixtures.ts';
import { databaseOf, draftOf, OFFICER, newId, refer, type TestApp, TODAY } from './fixtures.ts';
import { SECOND, type TwoStations, twoStations } from './handover-fixtures.ts';

const NOTE = 'answers for her before she can speak';

/** The database of a station by hand. */
const storeOf = ({ a }: TwoStations, app: TestApp) =>
  databaseOf(app.folder, app === a ? OFFICER : SECOND.officer);

async function identityAt(stations: TwoStations, app: TestApp) {
  const db = await storeOf(stations, app);
  const identity = loadIdentity(db);
  db.close();
  if (identity === null) throw new Error('no identity');
  return identity;
}

/** The frames of a file that is for a station, by its own key. */
async function framesFor(stations: TwoStations, path: string): Promise<Frame<ContentHead>[]> {
  const { hub, b, toB } = stations;
  const { boxPrivate } = await identityAt(stations, b);
  const frames: Frame[] = [];
  const reader = {
    self: { kind: 'station', id: toB } as const,
    boxPrivateKey: boxPrivate,
    signKeyOf: ({ id }: { id: string }) => hub.stations.find((each) => each.id === id)?.signKey ?? null,
    mostBytes: 1e8,
  };
  for await (const frame of readBundle(createReadStream(path), reader)) frames.push(frame);
  return frames.slice(1) as Frame<ContentHead>[];
}

/** The same frames changed and signed by the first station, which lies. */
async function lied(stations: TwoStations, frames: Frame<ContentHead>[]): Promise<string> {
  const { hub, a, toA, toB } = stations;
  const { signPrivate } = await identityAt(stations, a);
  const sender = {
    bundleId: newId(),
    at: '2026-11-23T02:00:00.000Z',
    from: { kind: 'station', id: toA } as const,
    signPrivateKey: signPrivate,
    to: { kind: 'station', id: toB } as const,
    toBoxKey: hub.stations.find(({ id }) => id === toB)?.boxKey ?? '',
  };
  const pieces: Buffer[] = [];
  for await (const piece of writeBundle(frames, sender)) pieces.push(piece);
  const path = join(stick(), 'lied.ccb');
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

const contentOf = (frames: Frame<ContentHead>[]): HandedCase =>
  JSON.parse(Buffer.from(frames[0]?.bytes ?? []).toString('utf8'));

/** With this content in the place of the one that was there; `headChange` of its first frame. */
function withContent(
  [first, ...rest]: Frame<ContentHead>[],
  content: unknown,
  headChange: object = {},
): Frame<ContentHead>[] {
  const bytes = Buffer.from(JSON.stringify(content), 'utf8');
  const head = { ...first?.head, total: bytes.length, ...headChange } as ContentHead;
  return [{ head, bytes }, ...rest];
}

/** Has every transaction fail that writes a row here, as a cut at its end would; answers how to let it through. */
async function cutAt(stations: TwoStations, app: TestApp, table: string): Promise<() => Promise<void>> {
  const at = async (sql: string): Promise<void> => {
    const db = await storeOf(stations, app);
    db.exec(sql);
    db.close();
  };
  await at(`CREATE TRIGGER cut BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'cut'); END`);
  return () => at('DROP TRIGGER cut');
}

describe('cut off', () => {
  it('while it is given: neither file nor hand-over; with the file lost: the same once more', async () => {
    const stations = await twoStations();
    const { a, b, toB, traveller } = stations;
    const folder = stick();
    const request = { examinationId: traveller.id, stationId: toB, folder };
    const letThrough = await cutAt(stations, a, 'handover');
    expect(await a.codeOf('case.hand-over', request)).not.toBe('ok');
    await letThrough();
    expect(readdirSync(folder)).toEqual([]);
    expect((await a.ask('case.open', { id: traveller.id })).handover).toBeUndefined();
    const given = await a.ask('case.hand-over', request);
    rmSync(given.path);
    const again = await a.ask('case.hand-over', request);
    expect(again.handoverId).toBe(given.handoverId);
    expect(await b.ask('case.receive', { path: again.path })).toMatchObject({ kind: 'opened', known: false });
    expect(await a.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('while it is opened: nothing of it is there, and the next reading brings all of it', async () => {
    const stations = await twoStations();
    const { a, b, toB, traveller } = stations;
    const { id } = traveller;
    const given = await a.ask('case.hand-over', { examinationId: id, stationId: toB, folder: stick() });
    for (const table of ['handover', 'case_entry', 'case_elsewhere', 'decision', 'image']) {
      const letThrough = await cutAt(stations, b, table);
      expect(await b.codeOf('case.receive', { path: given.path }), table).not.toBe('ok');
      await letThrough();
      expect(await b.codeOf('history.open', { id }), table).toBe('not-found');
      expect(await b.ask('audit.verify', {}), table).toMatchObject({ ok: true });
    }
    expect(await b.ask('case.receive', { path: given.path })).toMatchObject({ known: false, entries: 3 });
    expect(await b.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('while somebody enters: what was not read does not leave, and the case stays', async () => {
    const { a, toB, traveller } = await twoStations();
    const folder = stick();
    const giving = a.codeOf('case.hand-over', { examinationId: traveller.id, stationId: toB, folder });
    const entered = enter(a, traveller.id, {
      kind: 'answer',
      documentId: traveller.documentId,
      itemId: 'F3',
      answer: 'matched',
      note: '',
      marks: [],
    });
    const [code] = await Promise.all([giving, entered.catch(() => null)]);
    const { handover, entries } = await a.ask('case.open', { id: traveller.id });
    // Either the entry came first and nothing left, or the case left and the entry was refused.
    expect(code === 'superseded' ? [handover, entries.length] : [handover?.state, entries.length]).toEqual(
      code === 'superseded' ? [undefined, 4] : ['handed', 3],
    );
    expect(readdirSync(folder)).toHaveLength(code === 'superseded' ? 0 : 1);
  });
});

describe('made up by a station that is known', () => {
  it('is refused, and nothing of it is there', async () => {
    const stations = await twoStations();
    const { a, b, toB, traveller } = stations;
    const { id } = traveller;
    const given = await a.ask('case.hand-over', { examinationId: id, stationId: toB, folder: stick() });
    const frames = await framesFor(stations, given.path);
    const content = contentOf(frames);
    const own = await referCase(b);
    const [entry, ...later] = content.entries;
    const [document] = content.record.documents;
    const inName = { ...entry, officerId: SECOND.officer.id };
    const picture = { ...content.pictures[0], id: own.imageId };
    const renamed = {
      ...content.record,
      documents: [{ ...document, images: [{ ...document?.images[0], id: own.imageId }] }],
    };
    const cases: [string, string, Frame<ContentHead>[]][] = [
      [
        'in the name of an officer here',
        'bundle-damaged',
        withContent(frames, { ...content, entries: [inName, ...later] }),
      ],
      [
        'decided by one',
        'bundle-damaged',
        withContent(frames, {
          ...content,
          record: { ...content.record, officer: { id: SECOND.officer.id, name: 'B' } },
        }),
      ],
      ['with a gap', 'bundle-damaged', withContent(frames, { ...content, entries: later })],
      [
        'an entry twice',
        'bundle-damaged',
        withContent(frames, { ...content, entries: [entry, { ...entry, seq: 2 }] }),
      ],
      [
        'a document that is here',
        'bundle-damaged',
        withContent(frames, {
          ...content,
          record: { ...content.record, documents: [{ ...document, id: own.documentId }] },
        }),
      ],
      [
        'a picture that is here',
        'bundle-damaged',
        withContent(frames, { ...content, record: renamed, pictures: [picture] }),
      ],
      [
        'a picture that nobody names',
        'bundle-damaged',
        withContent(frames, {
          ...content,
          pictures: [...content.pictures, { ...content.pictures[0], id: newId() }],
        }),
      ],
      ['without its pictures', 'bundle-damaged', frames.slice(0, 1)],
      [
        'with other bytes of a picture',
        'bundle-damaged',
        frames.map((frame, at) =>
          at === 1 ? { ...frame, bytes: Buffer.alloc(frame.bytes.length, 7) } : frame,
        ),
      ],
      [
        'of another shape',
        'bundle-damaged',
        withContent(frames, { ...content, entries: [{ ...entry, kind: 'promoted' }] }),
      ],
      [
        'of a huge length',
        'bundle-damaged',
        withContent(frames, content, { total: Number.MAX_SAFE_INTEGER }),
      ],
      ['out of order', 'bundle-damaged', [...frames].reverse()],
      ['after one that never was', 'handover-over', withContent(frames, { ...content, after: newId() })],
      [
        'of a case of this station',
        'handover-over',
        withContent(frames, { ...content, record: { ...content.record, id: own.id } }),
      ],
    ];
    const before = await b.ask('case.open', { id: own.id });
    for (const [name, code, made] of cases) {
      expect(await b.codeOf('case.receive', { path: await lied(stations, made) }), name).toBe(code);
      expect(await b.codeOf('history.open', { id }), name).toBe('not-found');
    }
    expect(await b.ask('case.open', { id: own.id })).toEqual(before);
    expect((await b.getImage(own.imageId, 'original')).ok).toBe(true);
    expect(await b.ask('case.receive', { path: given.path })).toMatchObject({ known: false });
    expect(await b.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect(b.faults).toEqual([]);
  });

  it('as a word: only of whom it was given to, for exactly what was given', async () => {
    const { a, b, toB, traveller } = await twoStations();
    const { id } = traveller;
    const given = await a.ask('case.hand-over', { examinationId: id, stationId: toB, folder: stick() });
    await b.ask('case.receive', { path: given.path });
    expect(await a.codeOf('case.acknowledge', { examinationId: id, folder: stick() })).toBe('not-found');
    const word = await b.ask('case.acknowledge', { examinationId: id, folder: stick() });
    expect(await b.codeOf('case.receive', { path: word.path })).toBe('bundle-not-ours');
    expect(await a.ask('case.receive', { path: word.path })).toMatchObject({ kind: 'acknowledged' });
  });
});

describe('protection', () => {
  it('never goes along, and nothing tells that there is any', async () => {
    const stations = await twoStations();
    const { a, b, toB } = stations;
    const draft = draftOf((await a.image()).id);
    await a.ask('draft.save', draft);
    await a.ask('protection.record', { id: newId(), examinationId: draft.id, signs: ['VT.01'], note: NOTE });
    await a.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    const given = await a.ask('case.hand-over', { examinationId: draft.id, stationId: toB, folder: stick() });
    const frames = await framesFor(stations, given.path);
    const all = Buffer.concat(
      frames.map(({ head, bytes }) => Buffer.concat([Buffer.from(JSON.stringify(head)), bytes])),
    );
    for (const trace of [NOTE, 'VT.01', 'protection', 'vulnerab'])
      expect(all.includes(trace), trace).toBe(false);
    // The same fields as of a traveller of whom nothing is known.
    const plain = await referCase(a);
    const other = await a.ask('case.hand-over', { examinationId: plain.id, stationId: toB, folder: stick() });
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]))
          : typeof value;
    expect(shape(contentOf(frames))).toEqual(shape(contentOf(await framesFor(stations, other.path))));
    await b.ask('case.receive', { path: given.path });
    const db = await storeOf(stations, b);
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all();
    const rows = JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM "${table}"`).all()));
    db.close();
    expect(rows).toContain('ERIKSSON');
    expect(rows).not.toContain(NOTE);
  });
});
