// Files of detection logs: bound into the audit chain and told when they were changed, where they may be, and for whom.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../electron/db/audit.ts';
import { listedDigest, type Manifest } from '../../electron/logs/manifest.ts';
import { verifyLog } from '../../electron/logs/verify.ts';
import type { Shell } from '../../electron/shell.ts';
import { ADMINISTRATOR, NO_SHELL, temporaryFolder } from './fixtures.ts';
import { openClocked, worked, wanted, plan, jsonOf } from './log-fixtures.ts';

describe('a file', () => {
  it('is vouched for by its manifest, and told when it was changed', async () => {
    const app = await openClocked();
    await worked(app);
    const folder = temporaryFolder();
    const done = await app.ask('log.export', wanted(folder));
    expect(await verifyLog(done.manifest)).toMatchObject({
      ok: true,
      files: [{ verdict: 'whole' }, { verdict: 'whole' }, { verdict: 'whole' }],
    });
    const csv = done.files[0]?.path ?? '';
    expect(await verifyLog(csv)).toMatchObject({ ok: true, files: [{ name: basename(csv) }] });
    // The chain holds what vouches for it.
    expect(await app.ask('audit.verify', { anchors: [done.anchor] })).toMatchObject({ ok: true });

    const text = readFileSync(csv, 'utf8');
    writeFileSync(csv, text.replace('referred', 'clear'));
    expect(await verifyLog(csv)).toMatchObject({ ok: false, files: [{ verdict: 'changed' }] });
    rmSync(csv);
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: false });
    writeFileSync(csv, text);

    const manifest = jsonOf(done.manifest);
    for (const [place, value] of [
      ['contentSha256', '0'.repeat(64)],
      ['madeAt', '2026-11-20T00:00:00.000Z'],
      ['program', '9'],
      ['log', { ...manifest.log, totals: { ...manifest.log.totals, records: 4 } }],
      ['entry', { ...manifest.entry, at: '2026-11-20T00:00:00.000Z' }],
      ['entry', { ...manifest.entry, seq: manifest.entry.seq + 1 }],
      ['anchor', manifest.anchor.replace(/"seq":\d+/u, '"seq":1')],
    ] as const) {
      writeFileSync(done.manifest, JSON.stringify({ ...manifest, [place]: value }));
      expect(await verifyLog(csv), place).toMatchObject({ ok: false, anchor: null });
    }
    writeFileSync(done.manifest, 'nothing');
    expect(await verifyLog(csv)).toEqual({ ok: false, manifest: null, anchor: null, files: [] });
  });

  it('is not vouched for by an anchor that nobody signed', async () => {
    const app = await openClocked();
    await worked(app);
    const done = await app.ask('log.export', wanted(temporaryFolder()));
    const { entry, anchor, ...listed }: Manifest = jsonOf(done.manifest);
    const more = { ...listed.log, totals: { ...listed.log.totals, records: 4 } };
    const changed = { ...listed, log: more };
    // Whoever changes it can reckon every hash anew; the station's signature they cannot make.
    const row = {
      seq: entry.seq,
      at: entry.at,
      officer_id: entry.officerId,
      action: entry.action,
      subject_id: entry.subjectId,
      digest: listedDigest(changed),
      previous_hash: entry.previousHash,
    };
    const signature = Buffer.from(entry.previousSignature ?? '', 'hex');
    const hash = hashOf(row, { hash: entry.previousHash, signature }, true);
    const fitting = JSON.stringify({ ...JSON.parse(anchor), hash });
    writeFileSync(done.manifest, JSON.stringify({ ...changed, entry, anchor: fitting }));
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: false, anchor: null });
    writeFileSync(done.manifest, JSON.stringify({ ...listed, entry, anchor }));
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: true });
  });

  it('takes no place that is taken, and none of the station', async () => {
    const app = await openClocked();
    const folder = temporaryFolder();
    const file = join(folder, 'log.csv');
    writeFileSync(file, 'mine');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['csv'], place: { file } }))).toBe(
      'file-there',
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const own = join(app.folder, 'log.csv');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['csv'], place: { file: own } }))).toBe(
      'folder-own',
    );
    expect(await app.codeOf('log.export', wanted('/no/such/folder'))).toBe('folder-gone');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['pdf'] }))).toBe('pdf-unavailable');
    expect(readdirSync(folder)).toEqual(['log.csv']);
    const first = await app.ask('log.export', wanted(folder));
    const second = await app.ask('log.export', wanted(folder));
    expect(second.manifest).not.toBe(first.manifest);
  });

  it('is for whoever answers for the desk alone', async () => {
    const app = await openClocked();
    await app.signIn(ADMINISTRATOR);
    for (const [channel, input] of [
      ['desk.day', { day: null }],
      ['log.state', {}],
      ['log.plan', plan(null)],
      ['log.export', wanted(temporaryFolder())],
      ['log.cancel', {}],
    ] as const)
      expect(await app.codeOf(channel, input), channel).toBe('not-allowed');
  });

  it('of a PDF holds the rows in words', async () => {
    const pages: string[] = [];
    const shell: Shell = {
      ...NO_SHELL,
      can: { ...NO_SHELL.can, pdf: true },
      printPdf: (page) => {
        pages.push(page);
        return Promise.resolve(Buffer.from('%PDF'));
      },
    };
    const app = await openClocked({ shell });
    await worked(app);
    const done = await app.ask('log.export', wanted(temporaryFolder(), { formats: ['pdf'] }));
    expect(readFileSync(done.files[0]?.path ?? '', 'utf8')).toBe('%PDF');
    const [page = ''] = pages;
    for (const part of [
      'Detection log of 2026-11-21',
      '<td>Cleared</td>',
      '<td>No time for a full check</td>',
      '&#39;=cmd|',
      'All travellers examined</dt><dd>3<',
    ])
      expect(page, part).toContain(part);
    expect(page).not.toContain('ERIKSSON');
    expect(page).not.toMatch(/<script|https?:/u);
  });
});
