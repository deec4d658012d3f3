// Retention and the audit chain as people meet them: a preview, a run, holds, anchors, and who may.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayIn } from '../../electron/services/context.ts';
import {
  ADMINISTRATOR,
  ALL,
  databaseOf,
  decide,
  draftOf,
  ERIKSSON,
  newId,
  OFFICER,
  openAgain,
  openReady,
  pagesInClear,
  reading,
  refer,
  SETTINGS,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A clock that the test moves on. */
function clock(): { now: () => Date; pass: (days: number) => void } {
  let days = 0;
  return {
    now: () => new Date(Date.now() + days * DAY_MS),
    pass: (more) => {
      days += more;
    },
  };
}

/** Saves one record with a picture; answers its id, its picture's and its decision's. */
async function record(app: TestApp, outcome: 'clear' | 'referred', note = '') {
  const { id: picture } = await app.image();
  const draft = draftOf(picture);
  const decision = outcome === 'clear' ? decide('clear', [], note) : refer(note);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision });
  return { id: draft.id, picture, decision: decision.id };
}

/** Days later; the window has locked itself, and the officer signs in. */
async function later(app: TestApp, time: ReturnType<typeof clock>, days: number): Promise<void> {
  time.pass(days);
  await app.signIn(OFFICER);
}

const pictures = (folder: string): string[] =>
  readdirSync(join(folder, 'images')).map((name) => name.replace('.ccimg', ''));

async function withRecords() {
  const time = clock();
  const app = await openReady({ now: time.now }, { clearedPolicy: 'record' });
  const cleared = await record(app, 'clear', 'went through gate four');
  const referred = await record(app, 'referred', 'to second line');
  return { app, time, cleared, referred };
}

describe('a run of the rules', () => {
  it('erases what its preview showed: pictures, text and search go, the proof stays', async () => {
    const { app, time, cleared, referred } = await withRecords();
    expect(await app.ask('retention.preview', {})).toMatchObject({ total: 0, ids: [] });
    await later(app, time, 31);
    const preview = await app.ask('retention.preview', {});
    expect(preview).toMatchObject({ total: 1, ids: [cleared.id] });
    expect(preview.rules.map(({ id, due, held }) => [id, due, held])).toEqual([
      ['cleared', 1, 0],
      ['not-completed', 0, 0],
      ['referred', 0, 0],
      ['draft', 0, 0],
    ]);
    const { at, digest } = preview;
    expect(await app.ask('retention.run', { at, digest })).toEqual({
      erased: 1,
      drafts: 0,
      pictures: 1,
      received: 0,
    });
    expect(pictures(app.folder)).toEqual([referred.picture]);
    const opened = await app.ask('history.open', { id: cleared.id });
    expect(opened.erasedAt).toBeDefined();
    expect(opened.documents).toMatchObject([{ images: [], reading: null, findings: [] }]);
    const found = await app.ask('history.search', { ...ALL, text: 'ERIKSSON' });
    expect(found.rows.map(({ id }) => id)).toEqual([referred.id]);
    const all = await app.ask('history.search', ALL);
    expect(all.rows.map((row) => [row.id, row.erasedAt !== undefined])).toEqual([
      [referred.id, false],
      [cleared.id, true],
    ]);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true, breaks: [] });
    // The same run again erases nothing more.
    expect(await app.codeOf('retention.run', { at, digest })).toBe('retention-changed');
    expect(
      await app.codeOf('decision.change', {
        ...refer(),
        examinationId: cleared.id,
        replaces: cleared.decision,
      }),
    ).toBe('erased');
    await app.close();
    const pages = await pagesInClear(app.folder);
    expect(pages.includes('went through gate four')).toBe(false);
    expect(pages.includes(cleared.picture)).toBe(false);
    expect(pages.includes('to second line')).toBe(true);
    expect(app.faults).toEqual([]);
  });

  it('takes no picture from an examination of weeks ago that is being recorded right now', async () => {
    const { app, time } = await withRecords();
    const images: string[] = [];
    for (let index = 0; index < 8; index += 1) images.push((await app.image(index)).id);
    const draft = draftOf(images[0]);
    for (const id of images.slice(1)) draft.documents[0]?.images.push({ id, light: 'white', source: 'file' });
    await app.ask('draft.save', draft);
    await later(app, time, 31);
    const { at, digest } = await app.ask('retention.preview', {});
    const judgedOn = dayIn(SETTINGS.timeZone, time.now());
    const saving = app.codeOf('examination.save', { ...draft, judgedOn, decision: refer() });
    const result = await app.ask('retention.run', { at, digest });
    expect([await saving, result.drafts]).toEqual(['ok', 0]);
    expect(pictures(app.folder)).toEqual(expect.arrayContaining(images));
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('drops whole what was never finished, and nothing that somebody took up again', async () => {
    const { app, time } = await withRecords();
    const kept = (await app.image()).id;
    const { id: picture } = await app.image();
    const own = draftOf(kept);
    const left = { ...draftOf(picture), id: newId() };
    left.documents.push({ id: newId(), images: [], reading: reading(ERIKSSON) });
    await app.ask('draft.save', left);
    await app.ask('draft.save', own);
    await later(app, time, 29);
    expect((await app.ask('retention.preview', {})).rules.at(-1)).toMatchObject({ id: 'draft', due: 0 });
    await app.ask('draft.save', own);
    await later(app, time, 2);
    const shown = await app.ask('retention.preview', {});
    // With the record of somebody cleared, which is as old.
    expect(shown).toMatchObject({ total: 2, ids: [expect.any(String), left.id] });
    await app.ask('draft.save', left);
    const code = await app.codeOf('retention.run', { at: shown.at, digest: shown.digest });
    expect(code).toBe('retention-changed');
    await later(app, time, 31);
    await app.ask('draft.save', own);
    const { at, digest, rules } = await app.ask('retention.preview', {});
    expect(rules.at(-1)).toMatchObject({ id: 'draft', due: 1, held: 0 });
    expect(await app.ask('retention.run', { at, digest })).toEqual({
      erased: 1,
      drafts: 1,
      pictures: 2,
      received: 0,
    });
    // A window in which it still stood does not bring it back.
    expect(await app.codeOf('draft.save', left)).toBe('already-saved');
    expect(await app.ask('draft.load', {})).toMatchObject({ draft: { id: own.id } });
    expect(pictures(app.folder)).toContain(kept);
    expect(pictures(app.folder)).not.toContain(picture);
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    await app.close();
    const db = await databaseOf(app.folder);
    const entry = db.prepare('SELECT officer_id, subject_id FROM audit WHERE action = ?').raw();
    expect(entry.all('retention.draft-dropped')).toEqual([[OFFICER.id, left.id]]);
    db.close();
    expect((await pagesInClear(app.folder)).includes(left.documents[1]?.id ?? '')).toBe(false);
  });

  it('erases nothing where more or less is due than was shown, or the preview is old', async () => {
    const { app, time, cleared } = await withRecords();
    await later(app, time, 31);
    const { at, digest } = await app.ask('retention.preview', {});
    await app.ask('hold.set', { id: newId(), examinationId: cleared.id, reason: 'court' });
    expect(await app.codeOf('retention.run', { at, digest })).toBe('retention-changed');
    const held = await app.ask('retention.preview', {});
    expect(held.total).toBe(0);
    expect(held.rules[0]).toMatchObject({ due: 0, held: 1 });
    const { holds } = await app.ask('hold.list', {});
    await app.ask('hold.release', { id: holds[0]?.id ?? '' });
    const again = await app.ask('retention.preview', {});
    expect(again.total).toBe(1);
    for (const wrong of [
      { at: again.at, digest: '0'.repeat(64) },
      { at: new Date(Date.parse(again.at) - 1).toISOString(), digest: again.digest },
      { at: new Date(Date.parse(again.at) + 400 * DAY_MS).toISOString(), digest: again.digest },
    ]) {
      expect(await app.codeOf('retention.run', wrong)).toBe('retention-changed');
    }
    await later(app, time, 1);
    expect(await app.codeOf('retention.run', { at: again.at, digest: again.digest })).toBe(
      'retention-changed',
    );
    expect((await app.ask('history.open', { id: cleared.id })).documents[0]?.reading?.lines).toEqual(
      ERIKSSON,
    );
  });

  it('ends with the station, and what it erased until then stays erased and audited', async () => {
    const { app, time } = await withRecords();
    await later(app, time, 31);
    const { at, digest } = await app.ask('retention.preview', {});
    const run = app.codeOf('retention.run', { at, digest });
    const verdict = app.codeOf('audit.verify', {});
    await app.close();
    expect(['ok', 'not-ready']).toContain(await run);
    expect(['ok', 'not-ready']).toContain(await verdict);
    const again = await openAgain(app.folder, { now: time.now });
    expect(await again.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect((await again.ask('retention.preview', {})).total).toBe((await run) === 'ok' ? 0 : 1);
  });

  it('goes by the rules of the agency, which only an administrator sets', async () => {
    const { app, time, referred, cleared } = await withRecords();
    const rules = [{ id: 'all', outcomes: ['clear' as const, 'referred' as const], days: 5 }];
    expect(await app.codeOf('retention.save-rules', { rules })).toBe('not-allowed');
    expect(await app.ask('retention.rules', {})).toMatchObject({ setAt: null, setBy: null });
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('retention.preview', {})).toBe('not-allowed');
    expect(await app.codeOf('hold.list', {})).toBe('not-allowed');
    expect(await app.ask('retention.save-rules', { rules })).toMatchObject({
      rules,
      setBy: ADMINISTRATOR.name,
    });
    expect(await app.codeOf('retention.save-rules', { rules: [...rules, ...rules] })).toBe('bad-request');
    await app.signIn(OFFICER);
    await later(app, time, 6);
    const { at, digest, ids } = await app.ask('retention.preview', {});
    expect(ids).toEqual([cleared.id, referred.id]);
    expect(await app.ask('retention.run', { at, digest })).toEqual({
      erased: 2,
      drafts: 0,
      pictures: 2,
      received: 0,
    });
    expect(pictures(app.folder)).toEqual([]);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect(existsSync(join(app.folder, 'erasures.jsonl'))).toBe(true);
    expect(readFileSync(join(app.folder, 'erasures.jsonl'), 'utf8')).not.toContain(cleared.id);
  });

  it('is not undone by a start, and what a cut left of pictures goes then', async () => {
    const { app, time, cleared, referred } = await withRecords();
    await later(app, time, 31);
    const kept = readFileSync(join(app.folder, 'images', `${cleared.picture}.ccimg`));
    const { at, digest } = await app.ask('retention.preview', {});
    await app.ask('retention.run', { at, digest });
    await app.close();
    // As if the power had gone between the transaction and the removal of the file.
    writeFileSync(join(app.folder, 'images', `${cleared.picture}.ccimg`), kept);
    const again = await openAgain(app.folder, { now: time.now });
    await expect.poll(() => pictures(app.folder)).toEqual([referred.picture]);
    expect(await again.ask('audit.verify', {})).toMatchObject({ ok: true });
  });
});

describe('a legal hold', () => {
  it('is set once, told with the record, and refused where nothing can be kept', async () => {
    const { app, time, cleared, referred } = await withRecords();
    const hold = { id: newId(), examinationId: referred.id, reason: 'court of Strelsau' };
    expect((await app.ask('hold.set', hold)).holds).toMatchObject([{ ...hold, officerName: OFFICER.name }]);
    expect((await app.ask('hold.set', hold)).holds).toHaveLength(1);
    expect(await app.codeOf('hold.set', { ...hold, reason: 'other' })).toBe('already-saved');
    expect(await app.codeOf('hold.set', { ...hold, id: newId() })).toBe('already-saved');
    expect(await app.codeOf('hold.set', { ...hold, id: newId(), examinationId: newId() })).toBe('not-found');
    expect(await app.codeOf('hold.release', { id: newId() })).toBe('not-found');
    expect((await app.ask('history.open', { id: referred.id })).holdId).toBe(hold.id);
    expect((await app.ask('history.open', { id: cleared.id })).holdId).toBeUndefined();
    await later(app, time, 40);
    const { at, digest } = await app.ask('retention.preview', {});
    await app.ask('retention.run', { at, digest });
    expect(await app.codeOf('hold.set', { ...hold, id: newId(), examinationId: cleared.id })).toBe('erased');
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });
});

describe('the audit chain', () => {
  it('is anchored and verified against the anchor, also one that is typed', async () => {
    const { app } = await withRecords();
    const anchor = await app.ask('audit.anchor', {});
    expect(anchor.code).toMatch(/^([0-9A-Z]{5}-){9}[0-9A-Z]{5}$/);
    expect(readFileSync(join(app.folder, 'anchors.jsonl'), 'utf8')).toBe(`${anchor.line}\n`);
    await record(app, 'referred');
    expect(await app.ask('audit.verify', { anchors: [anchor.code, anchor.line] })).toMatchObject({
      ok: true,
      anchors: 3,
    });
    expect(await app.codeOf('audit.verify', { anchors: [anchor.code.slice(1)] })).toBe('anchor-unreadable');
    writeFileSync(
      join(app.folder, 'anchors.jsonl'),
      `${anchor.line.replace('"seq":', '"seq":1')}\nnothing\n`,
    );
    const verdict = await app.ask('audit.verify', {});
    expect(verdict.breaks.map(({ kind }) => kind)).toEqual(['anchor-damaged', 'anchor-damaged']);
  });

  it('is anchored by the printed log of a day, which names nobody who was examined', async () => {
    const { app } = await withRecords();
    const first = await app.ask('audit.day-log', {});
    expect(first).toMatchObject({
      day: TODAY,
      outcomes: { clear: 1, referred: 1, skip: 0 },
      clearedCounted: 0,
      officers: [OFFICER.name],
      firstEntry: 1,
    });
    expect(JSON.stringify(first)).not.toContain('ERIKSSON');
    await record(app, 'referred');
    const next = await app.ask('audit.day-log', { day: TODAY });
    expect(next.firstEntry).toBe(first.anchor.seq + 1);
    expect(next.anchor.seq).toBe(first.anchor.seq + 1);
    expect(await app.ask('audit.day-log', { day: '2020-01-01' })).toMatchObject({
      outcomes: { clear: 0, referred: 0, skip: 0 },
      officers: [],
    });
    expect(await app.ask('audit.verify', { anchors: [first.anchor.code, next.anchor.code] })).toMatchObject({
      ok: true,
    });
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('audit.day-log', {})).toBe('ok');
  });

  it('is anchored by itself where that was not done for a day', async () => {
    const { app } = await withRecords();
    await app.close();
    const file = join(app.folder, 'anchors.jsonl');
    const now = (): Date => new Date(Date.now() + DAY_MS);
    const next = await openAgain(app.folder, { now });
    await next.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
    const again = await openAgain(app.folder, { now });
    expect(await again.ask('audit.verify', {})).toMatchObject({ ok: true, anchors: 1 });
    await again.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  });

  it('is verified while others are examined', async () => {
    const { app } = await withRecords();
    const verdict = app.ask('audit.verify', {});
    await record(app, 'referred');
    expect(await verdict).toMatchObject({ ok: true });
  });
});
