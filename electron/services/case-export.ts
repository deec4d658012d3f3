// One examination in clear, for a court: record, case, pictures and trail in a new folder, with a manifest of digests. Audited.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import words from '../../assets/text/en/backup.json' with { type: 'json' };
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { ExaminationRecord } from '../../shared/contract/records.ts';
import { folderFailure, freePath, requireForeign } from '../backup/folder.ts';
import { anchorLine, makeAnchor, writeAnchorFile } from '../db/anchors.ts';
import { digestOf, enterAudit } from '../db/audit.ts';
import { isCase } from '../db/cases.ts';
import { loadExamination } from '../db/examinations.ts';
import { auditKey, trailOf } from '../db/trail.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { OWNER_ONLY, stampOf, syncFile, syncFolder } from '../files.ts';
import type { CaseService } from './cases.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface CaseExportService {
  /** Throws `not-found`, `folder-gone`, `folder-read-only`, `folder-own`, `disk-full`; then nothing is left behind. */
  export(input: Request<'case.export'>): Promise<Output<'case.export'>>;
}

const ENDINGS = { jpeg: 'jpg', png: 'png', webp: 'webp', tiff: 'tif' } as const;
const FORMAT = 1;
const COPY_BYTES = 16;

interface FileRow {
  path: string;
  bytes: number;
  sha256: string;
}

/** Writes files below one folder, and knows what each one was. */
function createWriter(folder: string) {
  const files: FileRow[] = [];
  function write(path: string, content: Uint8Array): FileRow {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true, mode: 0o700 });
    writeFileSync(whole, content, { mode: OWNER_ONLY, flag: 'wx' });
    syncFile(whole);
    return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }
  return {
    files,
    add: (path: string, content: Uint8Array): void => void files.push(write(path, content)),
    /** Not listed: it holds the list. */
    last: (path: string, content: Uint8Array): FileRow => write(path, content),
  };
}

type Writer = ReturnType<typeof createWriter>;

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');

interface NamedPicture {
  id: string;
  /** By document, place and light. */
  name: string;
}

function recordedPictures({ documents }: ExaminationRecord): NamedPicture[] {
  return documents.flatMap(({ images }, document) =>
    images.map(({ id, light }, place) => ({
      id,
      name: `document-${document + 1}-picture-${place + 1}-${light}`,
    })),
  );
}

/** Those added at second line, by their place in the case. */
function addedPictures({ entries, record }: CaseView): NamedPicture[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'image') return [];
    const document = record.documents.findIndex(({ id }) => id === entry.documentId) + 1;
    const { id, light } = entry.image;
    return [{ id, name: `document-${document}-entry-${entry.seq}-${light}` }];
  });
}

export function createCaseExportService(
  context: ServiceContext,
  cases: Pick<CaseService, 'open'>,
): CaseExportService {
  const { db, images, now, dataFolder, version } = context;

  /** Pictures as they came in, each under its name; answers how many could not be read. */
  async function addPictures(writer: Writer, pictures: readonly NamedPicture[]): Promise<number> {
    let missing = 0;
    for (const { id, name } of pictures) {
      const picture = await images.read(id).catch((error: unknown) => {
        const { code } = failureOf(error);
        if (code === 'image-unknown' || code === 'image-damaged') return null;
        throw error;
      });
      if (picture === null) missing += 1;
      else writer.add(`pictures/${name}.${ENDINGS[picture.facts.format]}`, picture.bytes);
    }
    return missing;
  }

  /** Before the first byte is in clear: whatever cuts in afterwards, the chain says who took what. */
  function begin(examinationId: string, at: string): void {
    const { officer } = onDuty(context);
    enterAudit(db, {
      at,
      officerId: officer.id,
      action: 'case.export-begun',
      subjectId: examinationId,
      digest: digestOf(examinationId),
    });
  }

  /** Says in the chain that these files left the station, and anchors it. */
  function note(examinationId: string, files: readonly FileRow[], at: string): Record<string, unknown> {
    const { stationId, officer } = onDuty(context);
    const filesDigest = digestOf(files);
    enterAudit(db, {
      at,
      officerId: officer.id,
      action: 'case.exported',
      subjectId: examinationId,
      digest: filesDigest,
    });
    const anchor = makeAnchor(db, stationId, at);
    writeAnchorFile(db, dataFolder);
    return { filesDigest, publicKey: auditKey(db), anchor: anchor === null ? null : anchorLine(anchor) };
  }

  return {
    async export({ examinationId, folder }) {
      const { stationId, officer } = onDuty(context);
      const record = loadExamination(db, examinationId);
      if (record === null) throw new StationFailure('not-found');
      const secondLine = isCase(db, examinationId) ? cases.open(examinationId) : null;
      await requireForeign(folder, dataFolder);
      const at = now().toISOString();
      const name = `case-${examinationId.slice(-12)}-${stampOf(at)}`;
      const path = freePath(folder, name);
      const unfinished = `${path}.part`;
      try {
        mkdirSync(unfinished, { mode: 0o700 });
        begin(examinationId, at);
        const writer = createWriter(unfinished);
        writer.add('examination.json', json(record));
        if (secondLine !== null) {
          const { record: _record, ...rest } = secondLine;
          writer.add('case.json', json(rest));
        }
        writer.add('trail.json', json({ publicKey: auditKey(db), entries: trailOf(db, examinationId) }));
        // With it the digest of the files, which stays in the chain, fits no guess at what they said of somebody.
        writer.add('copy.txt', Buffer.from(`${randomBytes(COPY_BYTES).toString('hex')}\n`, 'utf8'));
        writer.add('READ-ME.txt', Buffer.from(`${words['exported-case.read-me']}\n`, 'utf8'));
        const missing = await addPictures(writer, [
          ...recordedPictures(record),
          ...(secondLine === null ? [] : addedPictures(secondLine)),
        ]);
        const audit = note(examinationId, writer.files, at);
        const manifest = writer.last(
          'manifest.json',
          json({
            format: FORMAT,
            program: version,
            stationId,
            examinationId,
            exportedAt: at,
            exportedBy: officer.id,
            // Null in records of versions that kept none.
            procedure: record.procedure ?? null,
            missingPictures: missing,
            files: writer.files,
            audit,
          }),
        );
        syncFolder(unfinished);
        renameSync(unfinished, path);
        syncFolder(folder);
        const bytes = writer.files.reduce((sum, file) => sum + file.bytes, manifest.bytes);
        return { path, files: writer.files.length + 1, bytes, manifestSha256: manifest.sha256, missing };
      } catch (error) {
        rmSync(unfinished, { recursive: true, force: true });
        throw folderFailure(error);
      }
    },
  };
}
