// The report of a case as it leaves the station: what it says, who may, what is refused, and what the audit chain keeps.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createPdfPrinter } from '../../electron/host/print-pdf.ts';
import type { Shell } from '../../electron/shell.ts';
import { textOfPdf } from '../pdf-text.ts';
import { answerOf, colleague, enter, openStaffed, outcomeOf, referCase } from './case-fixtures.ts';
import {
  databaseOf,
  decide,
  draftOf,
  newId,
  NO_SHELL,
  openAgain,
  TODAY,
  temporaryFolder,
  type TestApp,
} from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const shellWith = (printPdf: Shell['printPdf']): Shell => ({
  ...NO_SHELL,
  can: { ...NO_SHELL.can, pdf: true },
  printPdf,
});

/** Keeps the pages instead of printing them. */
function paper(): { shell: Shell; pages: string[] } {
  const pages: string[] = [];
  const shell = shellWith((page) => {
    pages.push(page);
    return Promise.resolve(Buffer.from(`%PDF-${pages.length}`));
  });
  return { shell, pages };
}

async function concluded(app: TestApp): Promise<string> {
  const { id, documentId, imageId } = await referCase(app);
  await enter(app, id, { kind: 'taken' });
  const marks = [{ imageId, shape: 'point' as const, points: [{ x: 9, y: 9 }], note: 'a lifted edge' }];
  await enter(app, id, { ...answerOf(documentId, 'L1a', 'differs'), note: 'steps under the nail', marks });
  await enter(app, id, answerOf(documentId, 'F1', 'matched'));
  const reasons = [{ documentId, itemId: 'L1a' }];
  await enter(app, id, outcomeOf('L2.forged', { reasons, dispositions: ['expert_referral'] }));
  return id;
}

async function trailOf(folder: string, id: string): Promise<string[]> {
  const db = await databaseOf(folder);
  const actions = db
    .prepare<[string], string>('SELECT action FROM audit WHERE subject_id = ? ORDER BY seq')
    .pluck()
    .all(id);
  db.close();
  return actions;
}

describe('the report', () => {
  it('is a PDF of the whole case, in the words of the catalogue, with marks, proof and what was not checked', async () => {
    const app = await openStaffed({ shell: shellWith(createPdfPrinter(findBrowser() ?? '')) });
    const id = await concluded(app);
    const examiner = await colleague(app, EXAMINER);
    const { outcomeId } = await examiner.ask('case.open', { id });
    await examiner.ask('case.enter', {
      examinationId: id,
      entry: { id: newId(), kind: 'signed', entryId: outcomeId ?? '' },
    });
    const folder = temporaryFolder();
    const done = await app.ask('case.print', { examinationId: id, folder });
    expect(readdirSync(folder)).toEqual([done.path?.slice(folder.length + 1)]);
    const bytes = readFileSync(done.path ?? '');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.sha256);
    expect(statSync(done.path ?? '').mode & 0o777).toBe(0o600);
    const text = (await textOfPdf(bytes)).replaceAll(/\s+/gu, ' ');
    const view = await app.ask('case.open', { id });
    for (const part of [
      'Signs of alteration',
      'ERIKSSON, ANNA MARIA',
      'steps under the nail',
      'a lifted edge',
      `Not checked: ${view.notChecked.length}`,
      'E. Examiner',
      'White light',
      'Gave the outcome',
    ]) {
      expect(text, part).toContain(part);
    }
    // Every id has its words: none shows itself.
    expect(text.match(/\b(case-report|procedure|question|type|light|history)\.[a-z]/gu)).toBeNull();
    await app.close();
    expect((await trailOf(app.folder, id)).slice(-2)).toEqual(['case.print-begun', 'case.printed']);
  });

  it('is a page for the print dialogue where no folder is named, audited all the same', async () => {
    const { shell, pages } = paper();
    const app = await openStaffed({ shell });
    const id = await concluded(app);
    const { page, path } = await app.ask('case.print', { examinationId: id, folder: null });
    expect([path, pages]).toEqual([null, []]);
    expect(page).toContain('<h1>Case report</h1>');
    expect(page).toContain('data:image/jpeg;base64,');
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
    await app.close();
    expect((await trailOf(app.folder, id)).slice(-2)).toEqual(['case.print-begun', 'case.printed']);
  });

  it('tells of a picture that is gone, and goes on', async () => {
    const { shell, pages } = paper();
    const app = await openStaffed({ shell });
    const { id, imageId } = await referCase(app);
    rmSync(join(app.folder, 'images', `${imageId}.ccimg`));
    await app.close();
    const later = await openAgain(app.folder, { shell });
    const done = await later.ask('case.print', { examinationId: id, folder: temporaryFolder() });
    expect(done.missing).toBe(1);
    expect(pages[0]).toContain('This picture could not be read.');
  });

  it('shows no comparison of a colleague that whoever prints may not see yet', async () => {
    const { shell } = paper();
    const app = await openStaffed({ shell });
    const { id } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    await enter(app, id, { kind: 'bearer', componentId: 'FC01', answer: 'different', note: 'own words' });
    const examiner = await colleague(app, EXAMINER);
    const theirs = await examiner.ask('case.print', { examinationId: id, folder: null });
    expect(theirs.page).not.toContain('own words');
    const mine = await app.ask('case.print', { examinationId: id, folder: null });
    expect(mine.page).toContain('own words');
  });
});

describe('what stays in the chain of a report', () => {
  it('is the digest of one copy, which nobody can make again from what they guess', async () => {
    const at = new Date();
    const { shell, pages } = paper();
    const app = await openStaffed({ shell, now: () => at });
    const { id: examinationId } = await referCase(app);
    await app.ask('case.print', { examinationId, folder: temporaryFolder() });
    await app.ask('case.print', { examinationId, folder: temporaryFolder() });
    const copies = pages.map((page) => />This copy<\/dt><dd>([0-9a-f]{32})</u.exec(page)?.[1]);
    expect(copies).not.toContain(undefined);
    expect(copies[0]).not.toBe(copies[1]);
  });
});

describe('several at once', () => {
  it('are made one after the other, so that one page lies in memory and not all of them', async () => {
    let printing = 0;
    let most = 0;
    const shell = shellWith(async () => {
      printing += 1;
      most = Math.max(most, printing);
      await new Promise((resolve) => setTimeout(resolve, 20));
      printing -= 1;
      return Buffer.from('%PDF-1');
    });
    const app = await openStaffed({ shell });
    const { id: examinationId } = await referCase(app);
    const folder = temporaryFolder();
    const codes = [1, 2, 3].map(() => app.codeOf('case.print', { examinationId, folder }));
    codes.push(app.codeOf('case.print', { examinationId: newId(), folder }));
    expect(await Promise.all(codes)).toEqual(['ok', 'ok', 'ok', 'not-found']);
    expect(most).toBe(1);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});

describe('two within a second', () => {
  it('are two files, of the report and of the export', async () => {
    const { shell } = paper();
    const at = new Date();
    const app = await openStaffed({ shell, now: () => at });
    const { id: examinationId } = await referCase(app);
    const folder = temporaryFolder();
    const first = await app.ask('case.print', { examinationId, folder });
    const second = await app.ask('case.print', { examinationId, folder });
    expect(readFileSync(first.path ?? '', 'utf8')).toBe('%PDF-1');
    expect(readFileSync(second.path ?? '', 'utf8')).toBe('%PDF-2');
    await app.ask('case.export', { examinationId, folder });
    await app.ask('case.export', { examinationId, folder });
    expect(readdirSync(folder)).toHaveLength(4);
  });
});

describe('is refused', () => {
  it('where there is no case, no such folder, no browser, and a browser that fails leaves nothing behind', async () => {
    const without = await openStaffed();
    const id = await concluded(without);
    const folder = temporaryFolder();
    expect(await without.codeOf('case.print', { examinationId: id, folder })).toBe('pdf-unavailable');
    expect(await without.ask('vault.state', {})).not.toHaveProperty('shell.pdf');
    await without.close();

    const app = await openAgain(without.folder, {
      shell: shellWith(() => Promise.reject(new Error('ERIKSSON'))),
    });
    expect(await app.ask('vault.state', {})).toHaveProperty('shell.pdf', true);
    const code = (examinationId: string, where: string | null) =>
      app.codeOf('case.print', { examinationId, folder: where });
    const cleared = draftOf();
    await app.ask('examination.save', { ...cleared, judgedOn: TODAY, decision: decide('skip', ['no-time']) });
    expect(await code(cleared.id, folder)).toBe('not-found');
    expect(await code(newId(), folder)).toBe('not-found');
    expect(await code(id, join(folder, 'nowhere'))).toBe('folder-gone');
    expect(await code(id, app.folder)).toBe('folder-own');
    // By another name.
    const link = join(temporaryFolder(), 'stick');
    symlinkSync(join(app.folder, 'images'), link);
    expect(await code(id, link)).toBe('folder-own');
    expect(await app.codeOf('case.export', { examinationId: id, folder: link })).toBe('folder-own');
    expect(await code(id, folder)).toBe('pdf-failed');
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    expect(app.faults.join()).not.toContain('ERIKSSON');
  });

  it('for a record of which only the proof is left', async () => {
    const first = await openStaffed();
    const id = await concluded(first);
    await first.close();
    const { shell, pages } = paper();
    const later = await openAgain(first.folder, {
      shell,
      now: () => new Date(Date.now() + 1200 * 24 * 60 * 60_000),
    });
    const { at, digest } = await later.ask('retention.preview', {});
    expect(await later.ask('retention.run', { at, digest })).toMatchObject({ erased: 1 });
    for (const folder of [temporaryFolder(), null]) {
      expect(await later.codeOf('case.print', { examinationId: id, folder })).toBe('erased');
    }
    expect(pages).toEqual([]);
  });

  it('where the rules of retention took the record while it was printed', async () => {
    const first = await openStaffed();
    const id = await concluded(first);
    await first.close();
    const printing = Promise.withResolvers<void>();
    const paperComes = Promise.withResolvers<void>();
    const app = await openAgain(first.folder, {
      now: () => new Date(Date.now() + 1200 * 24 * 60 * 60_000),
      shell: shellWith(async () => {
        printing.resolve();
        await paperComes.promise;
        return Buffer.from('%PDF-1');
      }),
    });
    const folder = temporaryFolder();
    const code = app.codeOf('case.print', { examinationId: id, folder });
    await printing.promise;
    const { at, digest } = await app.ask('retention.preview', {});
    expect(await app.ask('retention.run', { at, digest })).toMatchObject({ erased: 1 });
    paperComes.resolve();
    expect(await code).toBe('erased');
    expect(readdirSync(folder)).toEqual([]);
  });
});
