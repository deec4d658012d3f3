// Case studies at the station: prefilled, kept, redacted, refused where they leak, approved like reports, read by everybody.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { eraseRecords } from '../../electron/db/retention.ts';
import { loadStudyDraft, saveStudyDraft } from '../../electron/db/studies.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { encodeJpeg } from '../../electron/images/decode.ts';
import { caseStudy } from '../../shared/sharing/case-study.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { addPerson, colleague, enter } from './case-fixtures.ts';
import { ADMINISTRATOR, databaseOf, newId, OFFICER, openAgain, pagesInClear, TODAY } from './fixtures.ts';
import { filled } from './report-fixtures.ts';
import { EXAMINER } from './set-up.ts';
import { openStudying, published, reported, written } from './study-fixtures.ts';

const LIBRARY = {
  query: '',
  from: null,
  issuer: null,
  type: null,
  fraud: null,
  limit: 50,
  offset: 0,
} as const;
const LINE = {
  id: newId(),
  name: 'P. Counter',
  signInName: 'counter',
  role: 'officer',
  secret: 'seven green lanterns',
};

describe('the draft of a case study', () => {
  it('is prefilled from its report, and knows where portrait and zone are', async () => {
    const { app, reportId, traveller, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    expect(prepared).toMatchObject({
      examinationId: traveller.id,
      savedAt: null,
      document: { type: 'passport_ord', issuer: 'UTO' },
      fraud: ['FG.photo_sub'],
      needsApproval: false,
      studies: [],
      content: {
        happened: 'Shown on arrival; the laminate was lifted.',
        gaveAway: 'A second edge beside the portrait.',
        twelveSeconds: 'Tilt the page and look left of the portrait.',
      },
    });
    const portrait = specimen.regions.find(({ name }) => name === 'portrait')?.quad;
    const [from, , to] = portrait ?? [];
    const found = prepared.pictures[0]?.portrait;
    expect(found?.x).toBeLessThanOrEqual(from?.x ?? 0);
    expect((found?.x ?? 0) + (found?.width ?? 0)).toBeGreaterThanOrEqual(to?.x ?? 0);
    expect(prepared.pictures[0]?.zone?.width).toBeGreaterThan(1000);
  });

  it('is kept at every pause, there after a restart, and nowhere in the clear', async () => {
    const { app, reportId, sync, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    const { examinationId } = prepared;
    const content = { ...written(prepared, specimen), title: 'Quokkas at the ninth counter' };
    await app.ask('study.save-draft', { examinationId, reportId, content });
    expect((await app.ask('study.drafts', {})).drafts).toMatchObject([
      { examinationId, reportId, title: content.title, officerName: OFFICER.name },
    ]);
    await app.close();
    // On the disk it is there, and closed.
    expect((await pagesInClear(app.folder)).includes('Quokkas')).toBe(true);
    expect(readFileSync(join(app.folder, 'station.db')).includes('Quokkas')).toBe(false);
    const later = await openAgain(app.folder, { sync });
    expect(await later.ask('study.prepare', { reportId })).toMatchObject({ content });
    expect(await later.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('is of a report of the network that was approved and is in force, and of its own case', async () => {
    const { app, reportId, traveller } = await openStudying({ reportApproval: 'required' });
    // Waits for approval.
    expect(await app.codeOf('study.prepare', { reportId })).toBe('study-report');
    expect(await app.codeOf('study.prepare', { reportId: newId() })).toBe('not-found');
    const examiner = await colleague(app, EXAMINER);
    const other = await reported(examiner, await filled(app, traveller.id), traveller.id);
    await app.ask('report.approve', { id: other });
    const { content } = await app.ask('study.prepare', { reportId: other });
    const elsewhere = { examinationId: newId(), reportId: other, content };
    expect(await app.codeOf('study.save-draft', elsewhere)).toBe('not-found');
    await examiner.ask('report.withdraw', { id: newId(), reportId: other, reason: 'entered-in-error' });
    const [withdrawal] = (await app.ask('report.list', { ...REPORTS, show: 'to-approve' })).rows;
    await app.ask('report.approve', { id: withdrawal?.id ?? '' });
    expect(await app.codeOf('study.prepare', { reportId: other })).toBe('study-report');
  });

  it('goes with its case', async () => {
    const { app, reportId, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    const { examinationId } = prepared;
    const content = written(prepared, specimen);
    await app.ask('study.save-draft', { examinationId, reportId, content });
    await app.close();
    const db = await databaseOf(app.folder);
    const at = new Date().toISOString();
    const run = { id: newId(), erasedAt: at, at, officerId: OFFICER.id };
    eraseRecords(db, [{ id: examinationId, rule: 'others' }], run);
    expect(loadStudyDraft(db, examinationId)).toBeUndefined();
    // Nothing of it is begun again.
    const draft = { examinationId, reportId, officerId: OFFICER.id, savedAt: at, content };
    expect(() => saveStudyDraft(db, draft)).toThrow('erased');
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    db.close();
  });
});

const REPORTS = { limit: 10, offset: 0 } as const;

describe('a picture that leaves', () => {
  it('is made by the station, black under its boxes, and never with a zone or a portrait to be seen', async () => {
    const { app, reportId, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    const { examinationId } = prepared;
    const content = written(prepared, specimen);
    const [picture] = content.images;
    if (picture === undefined) throw new Error('no picture');
    const problemsOf = async (change: Partial<typeof picture>) => {
      const changed = { ...content, images: [{ ...picture, ...change }] };
      const { problems, body } = await app.ask('study.preview', {
        examinationId,
        reportId,
        content: changed,
      });
      expect(body === null).toBe(problems.length > 0);
      return problems.map(({ path, code }) => `${path} ${code}`);
    };
    expect(await problemsOf({})).toEqual([]);
    expect(await problemsOf({ hidden: [] })).toEqual([
      'images.0 study-portrait-open',
      'images.0 study-zone-open',
    ]);
    // What the author says does not count against what the station read.
    expect(await problemsOf({ hidden: [], portrait: 'none', zone: 'none' })).toEqual([
      'images.0 study-portrait-open',
      'images.0 study-zone-open',
    ]);
    expect(await problemsOf({ portrait: null })).toContain('images.0 crop-unmarked');
    expect(await problemsOf({ width: picture.width - 1, at: { ...picture.at, width: 100 } })).toEqual([
      'images.0 study-picture-gone',
    ]);
    const { imageId, at, hidden } = picture;
    const open = await app.ask('study.cut', { examinationId, imageId, at, hidden: [] });
    const cut = await app.ask('study.cut', { examinationId, imageId, at, hidden });
    expect([open.zones.length, cut.zones.length]).toEqual([1, 0]);
    const seen = await sharp(Buffer.from(cut.base64, 'base64'))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [{ x, y }] = specimen.regions.find(({ name }) => name === 'surname')?.quad ?? [{ x: 0, y: 0 }];
    const scale = seen.info.width / picture.width;
    const dark = seen.data[Math.round((y + 10) * scale) * seen.info.width + Math.round((x + 40) * scale)];
    expect(dark).toBeLessThan(12);
    expect(await app.codeOf('study.cut', { examinationId, imageId: newId(), at, hidden })).toBe(
      'image-unknown',
    );
  });

  it('is refused where the reader reads a zone that nobody spoke of', async () => {
    const { app, reportId, specimen, traveller } = await openStudying();
    // The same page once more, as a picture added at second line: nobody has read it.
    const added = JSON.parse(await app.putImage(await encodeJpeg(specimen.page))).value;
    const { documentId } = traveller;
    await enter(app, traveller.id, { kind: 'taken' });
    const image = { id: added.id, light: 'oblique', source: 'file' } as const;
    await enter(app, traveller.id, { kind: 'image', documentId, image });
    const prepared = await app.ask('study.prepare', { reportId });
    const content = written(prepared, specimen);
    const [own] = content.images;
    if (own === undefined) throw new Error('no picture');
    const picture: typeof own = { ...own, imageId: added.id, hidden: [], portrait: 'none', zone: 'none' };
    const { problems } = await app.ask('study.preview', {
      examinationId: traveller.id,
      reportId,
      content: { ...content, images: [picture] },
    });
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual(['images.0 study-zone-found']);
  });
});

describe('a case study', () => {
  it('leaves only once its author has confirmed every part as it is', async () => {
    const { app, reportId, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    const { examinationId } = prepared;
    const content = written(prepared, specimen);
    const input = { examinationId, reportId, content };
    const { confirm } = await app.ask('study.preview', input);
    if (confirm === null) throw new Error('cannot leave');
    const submit = (confirmed: string[], changed = content) =>
      app.codeOf('study.submit', { ...input, id: newId(), content: changed, confirmed });
    expect(await submit([])).toBe('study-unseen');
    expect(await submit([confirm.words])).toBe('study-unseen');
    expect(await submit(confirm.images)).toBe('study-unseen');
    const all = [confirm.words, ...confirm.images];
    expect(await submit(all, { ...content, title: 'Another title' })).toBe('study-unseen');
    const [picture] = content.images;
    const moved = { ...content, images: [{ ...picture!, marks: [] }] };
    expect(await submit(all, moved)).toBe('study-unseen');
    const leaky = { ...content, happened: `${specimen.fields.surname} came at noon.` };
    expect(await submit(all, leaky)).toBe('report-problem');
    expect(await submit(all)).toBe('ok');
  });

  it('is a message like a report: the same bytes, signed, in the outbox with its pictures, answered again the same', async () => {
    const { app, reportId, specimen, sync } = await openStudying();
    const before = await app.ask('outbox.state', {});
    const prepared = await app.ask('study.prepare', { reportId });
    const content = written(prepared, specimen);
    const row = await published(app, prepared, content);
    expect(row).toMatchObject({ kind: 'case-study', tier: 'T2', state: 'approved', sending: 'waiting' });
    const { text, images } = await app.ask('report.open', { id: row.id });
    expect(sha256(text)).toBe(row.sha256);
    const study = caseStudy.parse(JSON.parse(text));
    expect(study).toMatchObject({ about: reportId, title: content.title, fraud: ['FG.photo_sub'] });
    expect(images.map((each) => each.sha256)).toEqual(study.images.map((each) => each.sha256));
    for (const line of specimen.lines) expect(text).not.toContain(line);
    expect(text).not.toContain(specimen.fields.surname);
    expect((await app.ask('outbox.state', {})).waiting).toBe(before.waiting + 2);
    expect((await app.ask('study.drafts', {})).drafts).toEqual([]);
    // Made anew it takes the place of the one before.
    const again = await published(app, prepared, { ...content, title: 'A lifted laminate, told better' });
    expect(again.replaces).toBe(row.id);
    const { rows } = await app.ask('study.library', { ...LIBRARY, from: 'here' });
    expect(rows.map(({ id }) => id)).toEqual([again.id]);
    await app.close();
    const later = await openAgain(app.folder, { sync });
    expect(await later.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect((await later.ask('study.open', { id: again.id })).study.title).toBe(
      'A lifted laminate, told better',
    );
  });

  it('waits for somebody else where reports do; sent back it can be gone on with', async () => {
    const { app, traveller, specimen } = await openStudying({ reportApproval: 'required' });
    await addPerson(app, LINE);
    const examiner = await colleague(app, EXAMINER);
    const reportId = await reported(examiner, await filled(app, traveller.id), traveller.id);
    await app.ask('report.approve', { id: reportId });
    const prepared = await examiner.ask('study.prepare', { reportId });
    expect(prepared.needsApproval).toBe(true);
    const content = written(prepared, specimen);
    const row = await published(examiner, prepared, content);
    expect(row).toMatchObject({ state: 'to-approve', needsApproval: true });
    const line = await colleague(app, LINE);
    expect((await line.ask('study.library', { ...LIBRARY, from: 'here' })).rows).toEqual([]);
    expect(await line.codeOf('study.open', { id: row.id })).toBe('not-found');
    expect((await examiner.ask('study.library', { ...LIBRARY, from: 'here' })).rows).toMatchObject([
      { id: row.id, state: 'to-approve' },
    ]);
    expect(
      (await app.ask('report.list', { ...REPORTS, show: 'to-approve' })).rows.map(({ id }) => id),
    ).toContain(row.id);
    await app.ask('report.send-back', { id: row.id, note: 'Hide the issuing office, too.' });
    expect((await examiner.ask('study.drafts', {})).drafts).toMatchObject([
      { reportId, title: content.title },
    ]);
    const better = await published(examiner, prepared, { ...content, title: 'A laminate, lifted' });
    await app.ask('report.approve', { id: better.id });
    const { rows } = await line.ask('study.library', { ...LIBRARY, from: 'here' });
    expect(rows).toMatchObject([{ id: better.id, state: 'approved', title: 'A laminate, lifted' }]);
    // Whoever works at the counter reads it with its pictures, and no other piece.
    const { study } = await line.ask('study.open', { id: better.id });
    const [image] = study.images;
    const picture = await line.ask('study.picture', { id: better.id, sha256: image?.sha256 ?? '' });
    expect(sha256(Buffer.from(picture.base64, 'base64'))).toBe(image?.sha256);
    expect(await line.codeOf('study.picture', { id: better.id, sha256: 'a'.repeat(64) })).toBe(
      'image-unknown',
    );
    expect(await line.codeOf('study.prepare', { reportId })).toBe('not-allowed');
    // Taken back it is gone.
    await examiner.ask('report.withdraw', { id: newId(), reportId: better.id, reason: 'entered-in-error' });
    const waiting = (await app.ask('report.list', { ...REPORTS, show: 'to-approve' })).rows;
    for (const each of waiting.filter(({ replaces }) => replaces === better.id))
      await app.ask('report.approve', { id: each.id });
    expect((await line.ask('study.library', { ...LIBRARY, from: 'here' })).rows).toEqual([]);
  });

  it('needs a hub', async () => {
    const { app, reportId, specimen } = await openStudying();
    const prepared = await app.ask('study.prepare', { reportId });
    await app.signIn(ADMINISTRATOR);
    await app.ask('hub.leave', {});
    await app.signIn(OFFICER);
    const { examinationId } = prepared;
    const content = written(prepared, specimen);
    expect(await app.codeOf('study.preview', { examinationId, reportId, content })).toBe('hub-none');
  });
});

describe('the library', () => {
  it('teaches on day one: three studies of Utopia, each with its pictures, the same on every day', async () => {
    const { app } = await openStudying();
    const { rows, issuers } = await app.ask('study.library', { ...LIBRARY, from: 'utopia' });
    expect(rows).toHaveLength(3);
    expect(issuers).toContain('ZZA');
    for (const { id, title } of rows) {
      const { study } = await app.ask('study.open', { id });
      expect(study.title).toBe(title);
      expect(study.images.length, id).toBeGreaterThan(1);
      expect(study.question.answers.length, id).toBeGreaterThan(study.question.right);
      const texts = JSON.stringify(study);
      expect(texts, id).not.toContain('utopia-study.');
      for (const { sha256: digest, bytes, marks } of study.images) {
        const { base64 } = await app.ask('study.picture', { id, sha256: digest });
        expect(sha256(Buffer.from(base64, 'base64'))).toBe(digest);
        expect(Buffer.from(base64, 'base64').length).toBe(bytes);
        for (const mark of marks) {
          expect(mark.width * mark.height, `${id} ${mark.label}`).toBeGreaterThan(0);
          expect(mark.x + mark.width, `${id} ${mark.label}`).toBeLessThanOrEqual(1.001);
        }
      }
    }
    expect(await app.codeOf('study.open', { id: 'utopia-nothing' })).toBe('not-found');
  });

  it('is searched by words in any order, by state, document and fraud', async () => {
    const { app } = await openStudying();
    const find = async (change: object) =>
      (await app.ask('study.library', { ...LIBRARY, ...change })).rows.map(({ id }) => id);
    expect(await find({ query: 'digit birth' })).toEqual(['utopia-birth-date']);
    expect(await find({ query: 'BÌRTH' })).toEqual(['utopia-birth-date']);
    expect(await find({ query: 'atlantis' })).toEqual(['utopia-no-such-state']);
    expect(await find({ query: 'nothing of the kind' })).toEqual([]);
    expect(await find({ issuer: 'ZZA' })).toEqual(['utopia-no-such-state']);
    expect(await find({ type: 'visa_label' })).toEqual(['utopia-visa-until']);
    expect(await find({ fraud: 'FG.data_erase' })).toEqual(['utopia-birth-date']);
    expect(await find({ from: 'others' })).toEqual([]);
    const paged = await app.ask('study.library', { ...LIBRARY, limit: 1, offset: 1 });
    expect([paged.rows.length, paged.total]).toEqual([1, 3]);
  });
});

it('shows a day of today nowhere: what the case knows of days is looked for, too', async () => {
  const { app, reportId, specimen } = await openStudying();
  const prepared = await app.ask('study.prepare', { reportId });
  const { examinationId } = prepared;
  const content = { ...written(prepared, specimen), gaveAway: `Seen on ${TODAY}.` };
  const { problems } = await app.ask('study.preview', { examinationId, reportId, content });
  expect(problems).toMatchObject([{ path: 'gaveAway', code: 'date' }]);
});
