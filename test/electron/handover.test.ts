// A case between two real stations: given, opened, worked on, given back; by one owner at a time, whatever is read when.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../shared/contract/channels.ts';
import { answerOf, codeOf, enter, kindsOf, outcomeOf } from './case-fixtures.ts';
import { idAtHub, reportOnce, stick } from './carry-fixtures.ts';
import { newId, type TestApp, TODAY } from './fixtures.ts';
import { SECOND, twoStations } from './handover-fixtures.ts';
import { ADMINISTRATOR, OFFICER } from './set-up.ts';

const view = (app: TestApp, id: string): Promise<Output<'case.open'>> => app.ask('case.open', { id });
const give = (app: TestApp, examinationId: string, stationId: string) =>
  app.ask('case.hand-over', { examinationId, stationId, folder: stick() });
const receive = (app: TestApp, path: string) => app.ask('case.receive', { path });
const whole = (app: TestApp) => app.ask('audit.verify', {});
const acknowledge = (app: TestApp, examinationId: string) =>
  app.ask('case.acknowledge', { examinationId, folder: stick() });

/** What of a case is the same wherever it is. */
const content = ({ record, entries }: Output<'case.open'>) => {
  const { id, startedAt, savedAt, officerName, stationCode, place, documents, decisions, procedure } = record;
  return {
    record: { id, startedAt, savedAt, officerName, stationCode, place, documents, decisions, procedure },
    entries: entries.map(({ elsewhere: _elsewhere, ...entry }) => entry),
  };
};

describe('a case that is handed over', () => {
  it('is read only where it left, whole where it arrives, and comes back with what was entered there', async () => {
    const { a, b, toA, toB, traveller } = await twoStations();
    const { id, documentId, imageId } = traveller;
    const before = await view(a, id);
    const given = await give(a, id, toB);
    expect(given.path).toMatch(/countercheck-case-ZEN-01-to-STR-02-\d{8}T\d{6}Z\.ccb$/u);
    expect(readFileSync(given.path).includes('ERIKSSON')).toBe(false);
    expect((await view(a, id)).handover).toMatchObject({
      direction: 'out',
      state: 'handed',
      stationCode: 'STR-02',
    });
    const [row] = (await a.ask('case.list', { show: 'all', limit: 5, offset: 0 })).rows;
    expect(row?.handover).toMatchObject({ direction: 'out', givenBy: OFFICER.name });
    expect(await codeOf(a, id, answerOf(documentId, 'F3', 'matched'))).toBe('case-handed');
    const decision = before.record.decisions[0];
    const change = { id: newId(), outcome: 'clear', note: '', examinationId: id } as const;
    const changed = { ...change, reasons: [], replaces: decision?.id ?? '' };
    expect(await a.codeOf('decision.change', changed)).toBe('case-handed');

    expect(await receive(b, given.path)).toMatchObject({
      kind: 'opened',
      examinationId: id,
      stationCode: 'ZEN-01',
      known: false,
      entries: 3,
    });
    const there = await view(b, id);
    expect(content(there)).toEqual(content(before));
    expect(there.entries.map(({ elsewhere }) => elsewhere)).toEqual(['ZEN-01', 'ZEN-01', 'ZEN-01']);
    expect(there.handover).toMatchObject({ direction: 'in', state: 'opened', givenBy: OFFICER.name });
    expect(there.handover?.originId).toBe(toA);
    expect((await view(a, id)).handover?.originId).toBeNull();
    expect(there.handover?.sha256).toBe((await view(a, id)).handover?.sha256);
    const picture = await b.getImage(imageId, 'original');
    expect(picture.ok).toBe(true);
    // Whoever wrote there is nobody here.
    const { people } = await b.ask('people.list', {});
    expect(people.map(({ name }) => name)).toEqual([SECOND.officer.name, SECOND.administrator.name]);
    expect(await b.ask('audit.day-log', { day: TODAY })).toMatchObject({ outcomes: { referred: 0 } });

    const word = await acknowledge(b, id);
    expect(await receive(a, word.path)).toMatchObject({ kind: 'acknowledged', known: false });
    expect(await receive(a, word.path)).toMatchObject({ kind: 'acknowledged', known: true });
    expect((await view(a, id)).handover).toMatchObject({ state: 'acknowledged' });
    expect(await a.codeOf('case.take-back', { examinationId: id })).toBe('handover-over');

    expect(await codeOf(b, id, answerOf(documentId, 'F3', 'matched'))).toBe('case-held');
    await enter(b, id, { kind: 'taken' });
    await enter(b, id, answerOf(documentId, 'F4', 'differs'));
    const image = { id: (await b.image(60)).id, light: 'infrared', source: 'file' } as const;
    await enter(b, id, { kind: 'image', documentId, image });
    await enter(b, id, { ...outcomeOf('L2.forged'), reasons: [{ documentId, itemId: 'F4' }] });
    const back = await give(b, id, toA);
    expect(await codeOf(b, id, { kind: 'reopened', reason: 'again' })).toBe('case-handed');
    expect(await receive(a, back.path)).toMatchObject({ kind: 'returned', known: false, entries: 4 });
    const returned = await view(a, id);
    expect(kindsOf(returned)).toEqual(['taken', 'answer', 'image', 'taken', 'answer', 'image', 'outcome']);
    expect(returned.entries.slice(3).map(({ officerName, elsewhere }) => [officerName, elsewhere])).toEqual(
      Array.from({ length: 4 }, () => [SECOND.officer.name, 'STR-02']),
    );
    expect((await a.getImage(image.id, 'original')).ok).toBe(true);
    expect(returned.handover).toMatchObject({ direction: 'in', state: 'opened', stationCode: 'STR-02' });
    // It is this station's again, and may go there a second time.
    await enter(a, id, { kind: 'reopened', reason: 'One more look.' });
    const again = await give(a, id, toB);
    expect(await receive(b, again.path)).toMatchObject({ kind: 'returned', entries: 1 });
    // Old files do nothing any more.
    expect(await receive(b, given.path)).toMatchObject({ known: true, entries: 0 });
    expect(await receive(a, back.path)).toMatchObject({ known: true, entries: 0 });
    expect(kindsOf(await view(b, id))).toHaveLength(8);
    for (const app of [a, b]) {
      expect(await whole(app)).toMatchObject({ ok: true, breaks: [] });
      expect(app.faults).toEqual([]);
    }
  });

  it('is written once more as it was, taken back while nobody has said that it arrived, and then never comes back', async () => {
    const { a, b, toA, toB, traveller } = await twoStations();
    const { id } = traveller;
    const given = await give(a, id, toB);
    const copy = await give(a, id, toB);
    expect(copy.handoverId).toBe(given.handoverId);
    await a.ask('case.take-back', { examinationId: id });
    expect((await view(a, id)).handover).toBeUndefined();
    await enter(a, id, answerOf(traveller.documentId, 'F3', 'matched'));
    expect(await receive(b, copy.path)).toMatchObject({ kind: 'opened' });
    expect(await receive(b, given.path)).toMatchObject({ kind: 'opened', known: true });
    // The danger that was told: the other one opened it all the same.
    expect(await a.codeOf('case.receive', { path: (await acknowledge(b, id)).path })).toBe('handover-over');
    const back = await give(b, id, toA);
    expect(await a.codeOf('case.receive', { path: back.path })).toBe('handover-over');
    expect(kindsOf(await view(a, id))).toEqual(['taken', 'answer', 'image', 'answer']);
    const other = await give(a, id, toB);
    expect(await b.codeOf('case.receive', { path: other.path })).toBe('handover-over');
    for (const app of [a, b]) expect(await whole(app)).toMatchObject({ ok: true });
  });

  it('goes to a station that is known, to another agency by a legal basis alone, and back where it came from', async () => {
    const { hub, a, b, toB, traveller } = await twoStations(1);
    const { id: examinationId } = traveller;
    const codeAt = (app: TestApp, stationId: string, of = examinationId) =>
      app.codeOf('case.hand-over', { examinationId: of, stationId, folder: stick() });
    expect(await codeAt(a, newId().replace(/^(.{14})7/u, '$14'))).toBe('not-found');
    expect(await codeAt(a, await idAtHub(a))).toBe('not-found');
    expect(await codeAt(a, toB)).toBe('handover-basis');
    const mayGo = async () => (await a.ask('bundle.recipients', {})).stations.map(({ hasBasis }) => hasBasis);
    expect(await mayGo()).toEqual([false]);
    expect((await view(a, examinationId)).handover).toBeUndefined();
    await a.signIn(ADMINISTRATOR);
    const basis = { kind: 'law', reference: 'Act 3', from: '2026-01-01', until: null } as const;
    const agencyId = hub.agencies[1]?.id ?? '';
    await a.ask('basis.save', { bases: [{ id: newId(), agencyId, ...basis }] });
    expect(await codeAt(a, toB)).toBe('not-allowed');
    await a.signIn(OFFICER);
    expect(await mayGo()).toEqual([true]);
    expect(await codeAt(a, toB, newId())).toBe('not-found');
    const given = await give(a, examinationId, toB);
    expect(await a.codeOf('case.receive', { path: given.path })).toBe('bundle-not-ours');
    expect(await b.codeOf('bundle.read', { path: given.path })).toBe('bundle-case');
    await receive(b, given.path);
  });

  it('is refused damaged, and as a report; nothing is there then', async () => {
    const { a, b, toB, traveller } = await twoStations();
    const given = await give(a, traveller.id, toB);
    const bytes = readFileSync(given.path);
    const spoiled = (change: (copy: Buffer) => Buffer): string => {
      const path = join(stick(), 'spoiled.ccb');
      writeFileSync(path, change(Buffer.from(bytes)));
      return path;
    };
    for (const path of [
      spoiled((copy) => copy.subarray(0, -1)),
      spoiled((copy) => copy.fill(0, copy.length - 40, copy.length - 30)),
      spoiled((copy) => Buffer.concat([copy, Buffer.alloc(7)])),
    ]) {
      expect(await b.codeOf('case.receive', { path })).toBe('bundle-damaged');
    }
    expect(await b.codeOf('case.open', { id: traveller.id })).toBe('not-found');
    await reportOnce(a);
    const to = { kind: 'station', stationId: toB } as const;
    const reports = await a.ask('bundle.write', { folder: stick(), to });
    expect(await b.codeOf('case.receive', { path: reports.path })).toBe('bundle-case');
    expect(await b.ask('history.search', HISTORY)).toMatchObject({ rows: [] });
    expect(await whole(b)).toMatchObject({ ok: true });
  });
});

const HISTORY = { text: '', state: '', from: null, to: null, outcome: null, limit: 10, offset: 0 };
