// Reports at the station: made of a case, previewed, submitted for good, approved by somebody else, corrected, taken back.
import { describe, expect, it } from 'vitest';
import type { Audience } from '../../shared/sharing/full.ts';
import { openPersonal } from '../../shared/wire/personal.ts';
import { reportSignText, sha256, verifyText } from '../../shared/wire/sign.ts';
import type { FullWireReport } from '../../shared/sharing/report.ts';
import { colleague } from './case-fixtures.ts';
import { ADMINISTRATOR, databaseOf, newId, OFFICER, openAgain, type TestApp } from './fixtures.ts';
import { CODE, filled, openReporting } from './report-fixtures.ts';
import { EXAMINER } from './set-up.ts';

const T2: Audience = { tier: 'T2' };
const T3: Audience = { tier: 'T3' };
const to = (...audiences: Audience[]) => audiences.map((audience) => ({ audience, replaces: null }));

async function textOf(app: TestApp, id: string): Promise<FullWireReport> {
  const { text, report } = await app.ask('report.open', { id });
  expect(sha256(text)).toBe(report.sha256);
  return JSON.parse(text) as FullWireReport;
}

describe('a draft', () => {
  it('is prefilled from the case, kept at every pause, and there after a restart', async () => {
    const { app, traveller, sync, hub, basisId } = await openReporting();
    const { id: examinationId } = traveller;
    const prepared = await app.ask('report.prepare', { examinationId });
    expect(prepared).toMatchObject({
      savedAt: null,
      reports: [],
      content: {
        document: { type: 'passport_ord', issuer: 'UTO', number: 'L898902C3', format: 'TD3' },
        fraud: { outcome: 'L1.doubt', types: [] },
      },
    });
    expect(prepared.audiences).toEqual([{ tier: 'T1', agencyId: hub.partner.agencyId, basisId }, T2, T3]);
    const content = await filled(app, examinationId);
    await app.ask('report.save-draft', { examinationId, content });
    const more = { ...content, caveat: 'Not confirmed by a laboratory.' };
    await app.ask('report.save-draft', { examinationId, content: more });
    await app.close();
    const later = await openAgain(app.folder, { sync });
    expect(await later.ask('report.prepare', { examinationId })).toMatchObject({ content: more });
    expect(await later.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('is of a case alone', async () => {
    const { app } = await openReporting();
    expect(await app.codeOf('report.prepare', { examinationId: newId() })).toBe('not-found');
  });
});

describe('what would leave', () => {
  it('says at the network and in statistics nothing of the holder, and to a partner all of it, closed', async () => {
    const { app, traveller, hub, basisId } = await openReporting({ reportApproval: 'off' });
    const { id: examinationId } = traveller;
    const content = await filled(app, examinationId);
    const T1: Audience = { tier: 'T1', agencyId: hub.partner.agencyId, basisId };
    for (const audience of [T1, T2, T3]) {
      const { body, problems } = await app.ask('report.preview', { examinationId, content, audience });
      expect(problems, audience.tier).toEqual([]);
      expect(JSON.stringify(body), audience.tier).not.toMatch(/ERIKSSON|ANNA|L898902C3|1974-08-12/u);
    }
    const { sealedPart } = await app.ask('report.preview', { examinationId, content, audience: T1 });
    expect(sealedPart).toMatchObject({ holder: { primary: 'ERIKSSON', birthDate: '1974-08-12' } });
    const { reports } = await app.ask('report.submit', {
      id: newId(),
      examinationId,
      content,
      audiences: to(T1, T2, T3),
    });
    expect(reports.map(({ tier, state, sending }) => [tier, state, sending])).toEqual([
      ['T1', 'approved', 'waiting'],
      ['T2', 'approved', 'waiting'],
      ['T3', 'approved', 'waiting'],
    ]);
    const report = await textOf(app, reports[0]?.id ?? '');
    expect(JSON.stringify(report)).not.toMatch(/ERIKSSON|ANNA|L898902C3|1974-08-12/u);
    const { stationId, boxPrivate } = hub.partner;
    const opened = openPersonal(report, { stationId, boxPrivateKey: boxPrivate });
    expect(opened).toMatchObject({ holder: { primary: 'ERIKSSON', secondary: 'ANNA MARIA' } });
  });

  it('is refused where a text names the holder, where something is missing, and without a basis in force', async () => {
    const { app, traveller, hub } = await openReporting();
    const { id: examinationId } = traveller;
    const content = await filled(app, examinationId);
    const tip = { ...content, fraud: { ...content.fraud, tip: 'Ask for Mrs Eriksson.' } };
    const untyped = { ...content, fraud: { ...content.fraud, types: [] } };
    const stranger: Audience = { tier: 'T1', agencyId: hub.partner.agencyId, basisId: newId() };
    const cases = [
      [tip, T2, 'fraud.tip'],
      [untyped, T2, 'fraud.types'],
      [content, stranger, 'basis'],
    ] as const;
    for (const [given, audience, path] of cases) {
      const { problems } = await app.ask('report.preview', { examinationId, content: given, audience });
      expect(problems.map((problem) => problem.path)).toContain(path);
      const submitted = { id: newId(), examinationId, content: given, audiences: to(audience) };
      expect(await app.call('report.submit', submitted)).toMatchObject({
        ok: false,
        error: { code: 'report-problem', fields: ['audiences.0', path] },
      });
    }
    expect((await app.ask('report.list', { show: 'all', limit: 10, offset: 0 })).rows).toEqual([]);
  });

  it('names officers of the station as little as the holder', async () => {
    const { app, traveller } = await openReporting();
    const content = await filled(app, traveller.id);
    const caveat = { ...content, caveat: `Ask ${EXAMINER.name} about it.` };
    const { problems } = await app.ask('report.preview', {
      examinationId: traveller.id,
      content: caveat,
      audience: T2,
    });
    expect(problems[0]).toMatchObject({ path: 'caveat', code: 'name' });
  });
});

describe('approval', () => {
  it('is by another supervisor where it is required, never by whoever submitted', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    const { id: examinationId } = traveller;
    const examiner = await colleague(app, EXAMINER);
    const content = await filled(app, examinationId);
    const own = { id: newId(), examinationId, content, audiences: to(T2) };
    const { reports: mine } = await app.ask('report.submit', own);
    const theirs = await examiner.ask('report.submit', { ...own, id: newId() });
    const [first, second] = [mine[0]?.id ?? '', theirs.reports[0]?.id ?? ''];
    expect(await app.codeOf('report.approve', { id: first })).toBe('report-own');
    expect(await examiner.codeOf('report.approve', { id: first })).toBe('not-allowed');
    expect(await app.ask('outbox.state', {})).toMatchObject({ waiting: 0 });
    const { report } = await app.ask('report.approve', { id: second });
    expect(report).toMatchObject({ state: 'approved', decidedBy: OFFICER.name, sending: 'waiting' });
    // A repeated request is answered the same, and lays nothing twice in the outbox.
    expect(await app.ask('report.approve', { id: second })).toEqual({ report });
    expect(await app.ask('outbox.state', {})).toMatchObject({ waiting: 1 });
    expect(await app.codeOf('report.send-back', { id: second, note: 'too late' })).toBe('already-saved');
  });

  it('signs exactly the bytes that were submitted', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'off' });
    const content = await filled(app, traveller.id);
    const submission = { id: newId(), examinationId: traveller.id, content, audiences: to(T2) };
    const { reports } = await app.ask('report.submit', submission);
    const id = reports[0]?.id ?? '';
    await app.close();
    const db = await databaseOf(app.folder);
    const key = db.prepare<[], Buffer>('SELECT sign_key FROM station_identity').pluck().get();
    const row = db
      .prepare<[], { body: Buffer; signature: string }>(
        'SELECT body, signature FROM report JOIN report_decision ON report_id = id',
      )
      .get();
    db.close();
    const text = reportSignText(id, sha256(row?.body ?? ''));
    expect(verifyText(key?.toString('base64url') ?? '', text, row?.signature ?? '')).toBe(true);
  });

  it('is asked of somebody as soon as another supervisor works here, and of nobody at a one-officer post', async () => {
    const { app, traveller } = await openReporting();
    const { id: examinationId } = traveller;
    expect(await app.ask('report.prepare', { examinationId })).toMatchObject({ needsApproval: false });
    const examiner = await colleague(app, EXAMINER);
    expect(await examiner.ask('report.prepare', { examinationId })).toMatchObject({ needsApproval: true });
  });

  it('sent back leaves the draft to go on with; nothing of it leaves', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    const { id: examinationId } = traveller;
    const examiner = await colleague(app, EXAMINER);
    const content = await filled(app, examinationId);
    const submission = { id: newId(), examinationId, content, audiences: to(T2) };
    const { reports } = await examiner.ask('report.submit', submission);
    const back = { id: reports[0]?.id ?? '', note: 'Say which light.' };
    const { report } = await app.ask('report.send-back', back);
    expect(report).toMatchObject({ state: 'sent-back', decisionNote: 'Say which light.', sending: null });
    expect(await app.ask('report.send-back', back)).toEqual({ report });
    expect(await app.codeOf('report.send-back', { ...back, note: 'other' })).toBe('already-saved');
    expect(await app.codeOf('report.approve', { id: back.id })).toBe('already-saved');
    expect(await examiner.ask('report.prepare', { examinationId })).toMatchObject({ content });
    expect(await app.ask('outbox.state', {})).toMatchObject({ waiting: 0, sent: 0 });
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });
});

describe('a submission', () => {
  it('is answered the same when it is repeated, and refused with another content under its id', async () => {
    const { app, traveller, sync } = await openReporting();
    const { id: examinationId } = traveller;
    const content = await filled(app, examinationId);
    const submission = { id: newId(), examinationId, content, audiences: to(T2, T3) };
    const first = await app.ask('report.submit', submission);
    expect(await app.ask('report.submit', submission)).toEqual(first);
    const other = { ...submission, content: { ...content, caveat: 'Another one.' } };
    expect(await app.codeOf('report.submit', other)).toBe('already-saved');
    await app.close();
    const later = await openAgain(app.folder, { sync });
    const again = await later.ask('report.submit', submission);
    expect(again.reports.map(({ id }) => id)).toEqual(first.reports.map(({ id }) => id));
    expect(await later.ask('outbox.state', {})).toMatchObject({ waiting: 2 });
  });

  it('goes to each audience once, and needs a hub', async () => {
    const { app, traveller } = await openReporting();
    const content = await filled(app, traveller.id);
    const submission = { id: newId(), examinationId: traveller.id, content, audiences: to(T2, T2) };
    expect(await app.codeOf('report.submit', submission)).toBe('bad-request');
    await app.signIn(ADMINISTRATOR);
    await app.ask('hub.leave', {});
    await app.signIn(OFFICER);
    expect(await app.codeOf('report.submit', { ...submission, audiences: to(T2) })).toBe('hub-none');
  });

  it('names pieces of the case’s own pictures as they are cut here, and no other bytes', async () => {
    const { app, traveller } = await openReporting();
    const { id: examinationId, imageId } = traveller;
    const at = { x: 2, y: 3, width: 20, height: 10 };
    const {
      sha256: digest,
      bytes,
      mime,
      base64,
    } = await app.ask('report.crop', { examinationId, imageId, at });
    expect(sha256(Buffer.from(base64, 'base64'))).toBe(digest);
    const content = await filled(app, examinationId);
    const crop = {
      sha256: digest,
      bytes,
      mime,
      light: 'white' as const,
      imageId,
      width: 96,
      height: 64,
      at,
      portrait: 'none' as const,
      zone: 'none' as const,
      showsNobody: true,
    };
    const submission = { id: newId(), examinationId, audiences: to(T2) };
    const changed = { ...content, images: [{ ...crop, sha256: 'a'.repeat(64) }] };
    expect(await app.call('report.submit', { ...submission, content: changed })).toMatchObject({
      error: { code: 'report-problem', fields: ['content.images.0'] },
    });
    const elsewhere = { ...content, images: [{ ...crop, imageId: (await app.image()).id }] };
    expect(await app.codeOf('report.submit', { ...submission, content: elsewhere })).toBe('report-problem');
    const sent = await app.ask('report.submit', { ...submission, content: { ...content, images: [crop] } });
    const report = await textOf(app, sent.reports[0]?.id ?? '');
    expect(report.images).toMatchObject([{ sha256: digest, bytes }]);
    const kept = await app.ask('report.image', { sha256: digest });
    expect(kept).toEqual({ mime: 'image/jpeg', base64 });
    const { rows } = await app.ask('outbox.state', {});
    expect(rows.map(({ kind, total }) => [kind, total])).toEqual([
      ['report', sent.reports[0]?.bytes],
      ['image', bytes],
    ]);
  });
});

describe('what was approved', () => {
  it('is corrected by a new report that names it, and taken back by one more', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'off' });
    const { id: examinationId } = traveller;
    const content = await filled(app, examinationId);
    const submit = async (replaces: string | null) =>
      app.ask('report.submit', {
        id: newId(),
        examinationId,
        content,
        audiences: [{ audience: T2, replaces }],
      });
    const first = (await submit(null)).reports[0]?.id ?? '';
    const second = (await submit(first)).reports[0]?.id ?? '';
    expect(await textOf(app, second)).toMatchObject({ kind: 'correction', replaces: first });
    const again = { id: newId(), examinationId, content, audiences: [{ audience: T2, replaces: first }] };
    expect(await app.codeOf('report.submit', again)).toBe('superseded');
    const elsewhere = { ...again, audiences: [{ audience: T3, replaces: second }] };
    expect(await app.codeOf('report.submit', elsewhere)).toBe('bad-request');
    const withdrawal = { id: newId(), reportId: second, reason: 'entered-in-error' } as const;
    const taken = await app.ask('report.withdraw', withdrawal);
    expect(await app.ask('report.withdraw', withdrawal)).toEqual(taken);
    expect(await textOf(app, taken.reports[0]?.id ?? '')).toMatchObject({
      kind: 'withdrawal',
      replaces: second,
      reason: 'entered-in-error',
    });
    const { reports } = await app.ask('report.prepare', { examinationId });
    expect(reports.map(({ kind, standing }) => [kind, standing])).toEqual([
      ['report', 'replaced'],
      ['correction', 'withdrawn'],
      ['withdrawal', 'in-force'],
    ]);
    expect(await app.ask('outbox.state', {})).toMatchObject({ waiting: 3 });
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('was changed past the station: the audit says which', async () => {
    const { app, traveller, sync } = await openReporting({ reportApproval: 'off' });
    const content = await filled(app, traveller.id);
    const submission = { id: newId(), examinationId: traveller.id, content, audiences: to(T2) };
    const { reports } = await app.ask('report.submit', submission);
    const id = reports[0]?.id ?? '';
    const { stationId } = await app.ask('station.state', {});
    await app.close();
    const changes: [string, string][] = [
      [`UPDATE report SET body = x'7b7d'`, id],
      [`UPDATE report SET tier = 'T3'`, id],
      [`UPDATE report_decision SET officer_name = 'Somebody'`, id],
      [`UPDATE report_decision SET note = 'another'`, id],
      [`UPDATE hub_link SET sign_key = 'another'`, stationId],
      [`UPDATE legal_basis SET bases = '[]'`, stationId],
    ];
    for (const [sql, subjectId] of changes) {
      const db = await databaseOf(app.folder);
      for (const table of ['report', 'report_decision']) db.exec(`DROP TRIGGER IF EXISTS ${table}_no_update`);
      const table = /UPDATE (\w+)/u.exec(sql)?.[1] ?? '';
      const before = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).get() ?? {};
      db.exec(sql);
      db.close();
      const later = await openAgain(app.folder, { sync });
      const { ok, breaks } = await later.ask('audit.verify', {});
      expect([ok, breaks.map((each) => each.subjectId)], sql).toEqual([false, [subjectId]]);
      await later.close();
      const mended = await databaseOf(app.folder);
      const columns = Object.keys(before);
      mended
        .prepare(`UPDATE ${table} SET ${columns.map((name) => `${name} = @${name}`).join(', ')}`)
        .run(before);
      mended.close();
    }
  });
});

describe('the hub', () => {
  it('is joined once with a code that is checked here, left with everything parked, and told in the chain', async () => {
    const { app, traveller, hub } = await openReporting({ reportApproval: 'off' });
    const content = await filled(app, traveller.id);
    await app.ask('report.submit', { id: newId(), examinationId: traveller.id, content, audiences: to(T2) });
    await app.signIn(ADMINISTRATOR);
    expect(await app.ask('hub.state', {})).toMatchObject({
      hub: { address: 'https://hub.example', ...hub.own },
      partners: [{ id: hub.partner.agencyId, stations: 1 }],
    });
    const enrol = { address: 'https://hub.example', code: CODE };
    expect(await app.codeOf('hub.enrol', enrol)).toBe('hub-there');
    await app.ask('hub.leave', {});
    expect(await app.ask('outbox.state', {})).toMatchObject({
      hold: 'none',
      parked: 1,
      rows: [{ state: 'parked', reason: 'hub-left' }],
    });
    const asked = hub.requests.length;
    expect(await app.codeOf('hub.enrol', { ...enrol, address: 'http://hub.example' })).toBe('hub-address');
    expect(await app.codeOf('hub.enrol', { ...enrol, code: CODE.replace('0', '1') })).toBe('hub-code');
    expect(hub.requests).toHaveLength(asked);
    await app.ask('hub.enrol', { ...enrol, code: ` ${CODE.toLowerCase().replaceAll('-', ' ')} ` });
    await app.ask('outbox.retry', { seq: 1 });
    expect(await app.ask('outbox.state', {})).toMatchObject({ parked: 0, waiting: 1 });
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect(app.faults).toEqual([]);
  });

  it('that does not answer an enrolment holds up nobody who closes the station', async () => {
    const { app, hub } = await openReporting();
    await app.signIn(ADMINISTRATOR);
    await app.ask('hub.leave', {});
    hub.isSilent = true;
    const enrolling = app.codeOf('hub.enrol', { address: 'https://hub.example', code: CODE });
    await expect.poll(() => hub.requests.at(-1)?.path).toBe('/v1/enrolments');
    const begun = performance.now();
    await app.close();
    expect(await enrolling).toBe('hub-unreachable');
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('hears nothing while the station is sealed or sending is paused', async () => {
    const { app, traveller, hub } = await openReporting({ reportApproval: 'off' });
    await app.ask('outbox.pause', {});
    const content = await filled(app, traveller.id);
    await app.ask('report.submit', { id: newId(), examinationId: traveller.id, content, audiences: to(T2) });
    const asked = hub.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(hub.requests).toHaveLength(asked);
    expect(await app.ask('outbox.state', {})).toMatchObject({ hold: 'paused', waiting: 1 });
    await app.ask('outbox.resume', {});
    await expect.poll(() => hub.requests.length).toBeGreaterThan(asked);
    await app.close();
    const after = hub.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(hub.requests).toHaveLength(after);
  });
});
