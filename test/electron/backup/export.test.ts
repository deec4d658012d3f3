// What leaves the station in clear: one case for a court, which is all of it and nothing else; diagnostics, which name nobody.
import { createHash } from 'node:crypto';
import type * as Files from 'node:fs';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { digestOf } from '../../../electron/db/audit.ts';
import {
  ADMINISTRATOR,
  draftOf,
  newId,
  OFFICER,
  openReady,
  refer,
  temporaryFolder,
  type TestApp,
  TODAY,
} from '../fixtures.ts';

const written = vi.hoisted((): { refused: string | null } => ({ refused: null }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof Files>();
  const writeFileSync: typeof real.writeFileSync = (path, ...rest) => {
    if (written.refused !== null && String(path).endsWith(written.refused))
      throw Object.assign(new Error('torn out'), { code: 'EIO' });
    real.writeFileSync(path, ...rest);
  };
  return { ...real, writeFileSync };
});

const manifestShape = z.object({
  exportedBy: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
  audit: z.object({ filesDigest: z.string(), publicKey: z.string(), anchor: z.string() }),
});

const trailShape = z.object({ entries: z.array(z.object({ action: z.string(), signature: z.string() })) });

async function examine(app: TestApp, note = ''): Promise<{ id: string; image: string }> {
  const image = await app.image();
  const draft = draftOf(image.id);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer(note) });
  return { id: draft.id, image: image.id };
}

const read = <S extends z.ZodType>(schema: S, ...path: string[]): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(join(...path), 'utf8')));

describe('the export of a case', () => {
  it('holds record, pictures and trail, each file by its digest, and is audited', async () => {
    const app = await openReady();
    const { id, image } = await examine(app, 'seam reopened');
    const folder = temporaryFolder();
    const done = await app.ask('case.export', { examinationId: id, folder });
    expect(readdirSync(folder)).toHaveLength(1);
    const manifestText = readFileSync(join(done.path, 'manifest.json'));
    expect(createHash('sha256').update(manifestText).digest('hex')).toBe(done.manifestSha256);
    const { files, audit, exportedBy } = read(manifestShape, done.path, 'manifest.json');
    expect(exportedBy).toBe(OFFICER.id);
    expect(files.map(({ path }) => path).sort()).toEqual([
      'READ-ME.txt',
      'case.json',
      'copy.txt',
      'examination.json',
      'pictures/document-1-picture-1-white.png',
      'trail.json',
    ]);
    for (const { path, bytes, sha256 } of files) {
      const content = readFileSync(join(done.path, path));
      expect([content.length, createHash('sha256').update(content).digest('hex')], path).toEqual([
        bytes,
        sha256,
      ]);
    }
    expect(audit.filesDigest).toBe(digestOf(files));
    // What stays in the chain fits no guess at what the files say.
    expect(readFileSync(join(done.path, 'copy.txt'), 'utf8')).toMatch(/^[0-9a-f]{32}\n$/u);
    const original = await app.getImage(image, 'original');
    expect(original.ok && Buffer.from(original.bytes)).toEqual(
      readFileSync(join(done.path, 'pictures/document-1-picture-1-white.png')),
    );
    expect(read(z.unknown(), done.path, 'examination.json')).toEqual(await app.ask('history.open', { id }));
    const { entries } = read(trailShape, done.path, 'trail.json');
    expect(entries.map(({ action }) => action)).toEqual(['examination.recorded', 'case.export-begun']);
    // The anchor that went along still fits the chain, and the export stands in it.
    expect(await app.ask('audit.verify', { anchors: [audit.anchor] })).toMatchObject({ ok: true });
    const again = await app.ask('case.export', { examinationId: id, folder: temporaryFolder() });
    expect(readFileSync(join(again.path, 'copy.txt'), 'utf8')).not.toBe(
      readFileSync(join(done.path, 'copy.txt'), 'utf8'),
    );
    expect(read(trailShape, again.path, 'trail.json').entries.map(({ action }) => action)).toEqual([
      'examination.recorded',
      'case.export-begun',
      'case.exported',
      'case.export-begun',
    ]);
  });

  it('stands in the chain before anything lies in clear, so that no cut hides it', async () => {
    const app = await openReady();
    const { id } = await examine(app);
    const folder = temporaryFolder();
    const before = (await app.ask('audit.verify', {})).entries;
    // What a full stick, one torn out or a kill leaves: the export ends at its first file.
    written.refused = 'examination.json';
    expect(await app.codeOf('case.export', { examinationId: id, folder })).toBe('folder-gone');
    written.refused = null;
    expect((await app.ask('audit.verify', {})).entries).toBe(before + 1);
    const again = await app.ask('case.export', { examinationId: id, folder });
    expect(read(trailShape, again.path, 'trail.json').entries.map(({ action }) => action)).toEqual([
      'examination.recorded',
      'case.export-begun',
      'case.export-begun',
    ]);
  });

  it('of another case is nowhere in it, and nothing is left where it cannot be', async () => {
    const app = await openReady();
    const { id, image } = await examine(app);
    const other = await examine(app, 'another traveller');
    const folder = temporaryFolder();
    rmSync(join(app.folder, 'images', `${image}.ccimg`));
    const done = await app.ask('case.export', { examinationId: id, folder });
    expect(done).toMatchObject({ missing: 1, files: 6 });
    for (const name of readdirSync(done.path))
      expect(readFileSync(join(done.path, name), 'utf8')).not.toMatch(
        new RegExp(`${other.id}|another traveller`, 'u'),
      );
    const empty = temporaryFolder();
    expect(await app.codeOf('case.export', { examinationId: newId(), folder: empty })).toBe('not-found');
    expect(await app.codeOf('case.export', { examinationId: id, folder: join(empty, 'x') })).toBe(
      'folder-gone',
    );
    expect(await app.codeOf('case.export', { examinationId: id, folder: app.folder })).toBe('folder-own');
    expect(readdirSync(empty)).toEqual([]);
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('case.export', { examinationId: id, folder: empty })).toBe('not-allowed');
  });
});

describe('diagnostics', () => {
  it('say how the station stands and name nobody, no place and no traveller', async () => {
    const app = await openReady({}, { place: 'Marker Harbour', stationCode: 'MARK-77' });
    await examine(app, 'marker note');
    await app.ask('protection.record', {
      id: newId(),
      examinationId: newId(),
      signs: ['A1'],
      note: 'marker',
    });
    const { path } = await app.ask('diagnostics.save', { folder: temporaryFolder() });
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      counts: { examination: 1, document: 1, image: 1, decision: 1, people: 2 },
      pictures: { files: 1, unfinished: 0 },
      backup: { planned: false, trouble: null },
      clockSetBack: false,
    });
    const names = [OFFICER, ADMINISTRATOR].flatMap(({ name, signInName, secret, id }) => [
      name,
      signInName,
      secret,
      id,
    ]);
    const own = ['ERIKSSON', 'L898902C3', 'marker', 'Marker', 'MARK-77', app.folder, 'UTO', 'protection'];
    for (const word of [...names, ...own]) expect(text, word).not.toContain(word);
    expect(await app.codeOf('diagnostics.save', { folder: '/nowhere/at/all' })).toBe('folder-gone');
    expect(existsSync(path)).toBe(true);
  });
});
