// The report of one case: a PDF in a folder that an officer names, or a page for the print dialogue. Audited as an export.
import { createHash, randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { caseReport } from '../../shared/report/case-report.ts';
import type { ReportPicture, ReportProof } from '../../shared/report/case-data.ts';
import { allItems } from '../../shared/procedures/procedure.ts';
import { folderFailure, freePath, requireForeign } from '../backup/folder.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { isErased } from '../db/retention.ts';
import { trailOf } from '../db/trail.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { OWNER_ONLY, syncFile, syncFolder } from '../files.ts';
import { onDuty, type ServiceContext } from './context.ts';
import { reportWords } from './report-words.ts';

export interface CaseReportService {
  /**
   * Throws what opening a case throws, `erased`, `pdf-unavailable`, `pdf-failed`, `folder-gone`, `folder-read-only`,
   * `folder-own`, `disk-full`; then no file is left behind.
   */
  print(input: Request<'case.print'>): Promise<Output<'case.print'>>;
}

export interface CaseReportMeans {
  /** The case as whoever asks may see it. */
  open(examinationId: string): CaseView;
  procedure(): Output<'procedure.get'>;
}

/** The entry that tells of a record; the second of versions before 5. */
const RECORDED: ReadonlySet<string> = new Set([
  'examination.recorded',
  'examination.saved',
  'examination.received',
]);

/**
 * A browser takes no message of more than 100 MB over its pipe. Pictures beyond this much text of a page are small ones:
 * a case of a hundred pictures has them all, the first at full size.
 */
const LARGE_CHARACTERS = 56 * 1024 * 1024;

/** Of the number that tells one copy from every other. */
const COPY_BYTES = 16;

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export function createCaseReportService(context: ServiceContext, means: CaseReportMeans): CaseReportService {
  const { db, images, shell, now, dataFolder, version } = context;

  /** Pictures as they fill a page; those that cannot be read any more are told on it. */
  async function picturesOf({ record, entries }: CaseView): Promise<Map<string, ReportPicture>> {
    const added = entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image] : []));
    const pictures = new Map<string, ReportPicture>();
    let characters = 0;
    for (const { id, width, height } of [
      ...record.documents.flatMap((document) => document.images),
      ...added,
    ]) {
      const url = await addressOf(id, characters < LARGE_CHARACTERS ? 'screen' : 'thumb');
      characters += url?.length ?? 0;
      pictures.set(id, { url, width, height });
    }
    return pictures;
  }

  async function addressOf(id: string, variant: 'screen' | 'thumb'): Promise<string | null> {
    try {
      const { mime, bytes } = await images.view(id, variant);
      return `data:${mime};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
    } catch (error) {
      const { code } = failureOf(error);
      if (code === 'image-unknown' || code === 'image-damaged') return null;
      throw error;
    }
  }

  function proofOf({ record, entries }: CaseView): ReportProof {
    const trail = trailOf(db, record.id);
    const last = trail.at(-1);
    return {
      recordSha256: trail.find(({ action }) => RECORDED.has(action))?.digest ?? '',
      auditSeq: last?.seq ?? 0,
      auditHash: last?.hash ?? '',
      contentSha256: sha256(JSON.stringify([record, entries])),
      copy: randomBytes(COPY_BYTES).toString('hex'),
    };
  }

  /** Pictures and pages take their time, and the rules of retention run meanwhile. */
  function refuseErased(examinationId: string): void {
    if (isErased(db, examinationId)) throw new StationFailure('erased');
  }

  function audit(action: string, examinationId: string, digest: string): void {
    const { officer } = onDuty(context);
    const at = now().toISOString();
    db.transaction(() =>
      appendAudit(db, { at, officerId: officer.id, action, subjectId: examinationId, digest }),
    ).immediate();
  }

  async function makePdf(page: string): Promise<Uint8Array> {
    try {
      return await shell.printPdf(page);
    } catch {
      throw new StationFailure('pdf-failed');
    }
  }

  /** Under its name only once it is whole. */
  function write(folder: string, name: string, bytes: Uint8Array): string {
    const path = freePath(folder, name, '.pdf');
    const unfinished = `${path}.part`;
    try {
      writeFileSync(unfinished, bytes, { mode: OWNER_ONLY, flag: 'wx' });
      syncFile(unfinished);
      renameSync(unfinished, path);
      syncFolder(folder);
      return path;
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw folderFailure(error);
    }
  }

  return {
    async print({ examinationId, folder }) {
      const { settings, officer } = onDuty(context);
      const view = means.open(examinationId);
      if (view.record.erasedAt !== undefined) throw new StationFailure('erased');
      if (folder !== null) {
        if (!shell.can.pdf) throw new StationFailure('pdf-unavailable');
        await requireForeign(folder, dataFolder);
      }
      const at = now().toISOString();
      const { procedure, words } = means.procedure();
      const steps = new Map(allItems(procedure).map(({ id, step }) => [id, step]));
      const pictures = await picturesOf(view);
      const page = caseReport(
        {
          ...view,
          stepOf: (itemId) => steps.get(itemId) ?? null,
          pictures,
          proof: proofOf(view),
          printedAt: at,
          printedBy: officer.name,
          program: version,
        },
        reportWords(settings.language, settings.timeZone, words[settings.language] ?? words['en'] ?? {}),
      );
      refuseErased(examinationId);
      // Before the first byte is in clear: whatever cuts in afterwards, the chain says who took what.
      audit('case.print-begun', examinationId, digestOf(examinationId));
      const missing = [...pictures.values()].filter(({ url }) => url === null).length;
      if (folder === null) {
        const digest = sha256(page);
        audit('case.printed', examinationId, digestOf(digest));
        return { path: null, bytes: Buffer.byteLength(page), sha256: digest, page, missing };
      }
      const bytes = await makePdf(page);
      refuseErased(examinationId);
      const digest = sha256(bytes);
      const name = `case-${examinationId.slice(-12)}-${at.replaceAll(/[-:]|\.\d+/gu, '')}`;
      const path = write(folder, name, bytes);
      audit('case.printed', examinationId, digestOf(digest));
      return { path, bytes: bytes.length, sha256: digest, page: null, missing };
    },
  };
}
