// A case on its way that is cut off, or that a station which is known made up; and what never goes along.
import { readdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { enter, referCase } from './case-fixtures.ts';
import { stick } from './carry-fixtures.ts';
import { draftOf, newId, refer, TODAY } from './fixtures.ts';
import { SECOND, twoStations } from './handover-fixtures.ts';
import { contentOf, cutAt, framesFor, lied, storeOf, withContent } from './handover-lies.ts';

const NOTE = 'answers for her before she can speak';

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
    // Of a traveller who stands at the counter there.
    const counter = draftOf((await b.image(77)).id);
    await b.ask('draft.save', counter);
    const drafted = counter.documents[0]?.images[0]?.id ?? '';
    const counterPicture = await b.getImage(drafted, 'original');
    const [entry, ...later] = content.entries;
    const [document] = content.record.documents;
    const inName = { ...entry, officerId: SECOND.officer.id };
    const taking = (id: string) => ({
      ...content,
      record: {
        ...content.record,
        documents: [{ ...document, images: [{ ...document?.images[0], id }] }],
      },
      pictures: content.pictures.map((each, at) => (at === 0 ? { ...each, id } : each)),
    });
    const headOf = (made: Frame<ContentHead>[], id: string) =>
      made.map((frame, at) => (at === 1 ? { ...frame, head: { ...frame.head, id } as ContentHead } : frame));
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
        headOf(withContent(frames, taking(own.imageId)), own.imageId),
      ],
      ['one of the counter', 'bundle-damaged', headOf(withContent(frames, taking(drafted)), drafted)],
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
    expect(await b.getImage(drafted, 'original')).toEqual(counterPicture);
    expect(await b.ask('case.receive', { path: given.path })).toMatchObject({ known: false });
    expect(await b.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect(b.faults).toEqual([]);
  });

  it('on the way back: what the first station recorded stays as it was', async () => {
    const stations = await twoStations();
    const { a, b, toA, toB, traveller } = stations;
    const { id } = traveller;
    const given = await a.ask('case.hand-over', { examinationId: id, stationId: toB, folder: stick() });
    await b.ask('case.receive', { path: given.path });
    await enter(b, id, { kind: 'taken' });
    const back = await b.ask('case.hand-over', { examinationId: id, stationId: toA, folder: stick() });
    const frames = await framesFor(stations, back.path, a);
    const content = contentOf(frames);
    const { record, entries } = content;
    const turned = entries.map((entry) =>
      entry.kind === 'answer' ? { ...entry, answer: 'matched' } : entry,
    );
    const [decision] = record.decisions;
    for (const changed of [
      { ...content, entries: turned },
      { ...content, entries: entries.slice(0, 2) },
      { ...content, record: { ...record, decisions: [{ ...decision, note: 'Nothing.' }] } },
      {
        ...content,
        record: { ...record, documents: record.documents.map((each) => ({ ...each, findings: [] })) },
      },
    ]) {
      const path = await lied(stations, withContent(frames, changed), b);
      expect(await a.codeOf('case.receive', { path })).toBe('handover-over');
    }
    expect((await a.ask('case.open', { id })).handover).toMatchObject({ direction: 'out' });
    expect(await a.ask('case.receive', { path: back.path })).toMatchObject({ kind: 'returned', entries: 1 });
    expect(await a.ask('audit.verify', {})).toMatchObject({ ok: true });
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
