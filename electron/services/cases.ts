// Cases of the second line: listed, opened, and entered in, each entry durable and in the audit chain when it is answered.
import {
  type CaseEntry,
  type CaseRow,
  caseSubmission,
  type CaseSubmission,
  type CaseView,
} from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { Person } from '../../shared/contract/vault.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import type { Standing } from '../db/case-standing.ts';
import {
  addedPictureSize,
  caseDocuments,
  caseHeadline,
  caseTimes,
  findCaseEntry,
  hasClosedComparison,
  insertCaseEntry,
  isCase,
  isCaseEntry,
  listCases,
  loadCaseActs,
  loadCaseAnswers,
  loadCaseEntries,
  type NewCaseEntry,
  standingOf,
} from '../db/cases.ts';
import { imagesOf, loadDrafts } from '../db/drafts.ts';
import { isRecordedImage, loadExamination } from '../db/examinations.ts';
import { renewedBy } from '../db/people.ts';
import { caseEntryDigest } from '../db/record-digests.ts';
import { handoverOf, requireHere } from '../db/handover.ts';
import { isErased } from '../db/retention.ts';
import { StationFailure } from '../failure.ts';
import { checklistsOf, differing, notChecked } from './case-items.ts';
import { type CaseNow, checkContent, checkRoom, checkStanding, visibleTo } from './case-rules.ts';
import { onDuty, type OnDuty, type ServiceContext } from './context.ts';
import type { ProcedureService } from './procedures.ts';

type Entered = Output<'case.enter'>;

export interface CaseService {
  list(input: Request<'case.list'>): Output<'case.list'>;
  /** As whoever asks may see it; throws `not-found` where it is no case. */
  open(examinationId: string): CaseView;
  enter(input: Request<'case.enter'>): Promise<Entered>;
}

export interface CaseMeans {
  procedures: Pick<ProcedureService, 'current' | 'stamp'>;
  people: () => Person[];
}

const standing = ({
  state,
  holder,
  outcomeId,
}: Standing): Pick<CaseRow, 'state' | 'holder' | 'outcomeId'> => ({
  state,
  holder,
  outcomeId,
});

export function createCaseService(context: ServiceContext, { procedures, people }: CaseMeans): CaseService {
  const { db, images, now, emit } = context;

  function needsSignature({ settings }: OnDuty): boolean {
    if (settings.secondSignature !== 'by-staff') return settings.secondSignature === 'required';
    const able = people().filter(
      ({ role, canSignIn, leftAt }) => canSignIn && leftAt === null && can(role, 'case.enter'),
    );
    return able.length > 1;
  }

  /** Throws `not-found` where there is no such record, or it is no case. */
  function caseNow(examinationId: string): CaseNow {
    const record = isCase(db, examinationId) ? loadExamination(db, examinationId) : null;
    if (record === null) throw new StationFailure('not-found');
    const own = procedures.current();
    return {
      record,
      standing: standingOf(db, examinationId),
      lists: record.erasedAt === undefined ? checklistsOf(own, caseDocuments(db, examinationId)) : [],
      procedure: own,
      answers: () => loadCaseAnswers(db, examinationId),
      hasClosed: (officerId) => hasClosedComparison(db, examinationId, officerId),
      addedSize: (imageId) => addedPictureSize(db, examinationId, imageId),
      renewedBy: (officerId, until) => renewedBy(db, officerId, record.savedAt, until),
    };
  }

  function viewOf(now: CaseNow, entries: CaseEntry[]): CaseView {
    const { record, standing: stands, lists, answers } = now;
    return {
      ...standing(stands),
      record,
      entries,
      acts: loadCaseActs(db, record.id),
      documents: lists.map(({ documentId, typeId, items }) => ({
        documentId,
        typeId,
        itemIds: items.map(({ id }) => id),
      })),
      notChecked: notChecked(lists, answers()),
      ...handoverOf(db, record.id),
    };
  }

  function rowOf(id: string): CaseRow {
    const stands = standingOf(db, id);
    const answers = loadCaseAnswers(db, id);
    const lists = checklistsOf(procedures.current(), caseDocuments(db, id));
    return {
      ...standing(stands),
      id,
      ...caseTimes(db, id),
      outcome: stands.conclusion?.outcome ?? null,
      ...caseHeadline(db, id),
      notChecked: notChecked(lists, answers).length,
      differs: differing(answers).length,
      ...handoverOf(db, id),
    };
  }

  /** The answer to a request that came before; undefined for a new one; refuses another content under the same id. */
  function repeated({ examinationId, entry }: Request<'case.enter'>, officerId: string): Entered | undefined {
    const before = findCaseEntry(db, entry.id);
    if (before === undefined) {
      if (isCaseEntry(db, entry.id)) throw new StationFailure('erased');
      return undefined;
    }
    const same =
      before.examinationId === examinationId &&
      before.entry.officerId === officerId &&
      // What the station added to it falls away.
      digestOf(caseSubmission.parse(before.entry)) === digestOf(entry);
    if (!same) throw new StationFailure('already-saved');
    const { at, seq } = before.entry;
    return { ...standing(standingOf(db, examinationId)), at, seq };
  }

  async function addedPicture(image: Extract<CaseSubmission, { kind: 'image' }>['image']) {
    // Of another record, or of a traveller who stands at the counter: theirs could not be saved any more.
    const isTaken = isRecordedImage(db, image.id) || loadDrafts(db).flatMap(imagesOf).includes(image.id);
    if (isTaken) throw new StationFailure('already-saved', ['entry.image.id']);
    const { sha256, width, height } = await images.facts(image.id);
    return { ...image, sha256, width, height };
  }

  /** What is written of a submission that was found right. */
  async function prepared(
    current: CaseNow,
    submission: CaseSubmission,
    duty: OnDuty,
  ): Promise<Pick<NewCaseEntry, 'content' | 'outcome' | 'needsSignature' | 'signs' | 'picture'>> {
    const { id: _id, kind: _kind, ...content } = submission;
    const plain = { content, outcome: null, needsSignature: null, signs: null, picture: null };
    if (submission.kind === 'image') {
      const image = await addedPicture(submission.image);
      return { ...plain, content: { ...content, image }, picture: { id: image.id, sha256: image.sha256 } };
    }
    if (submission.kind === 'signed') return { ...plain, signs: submission.entryId };
    if (submission.kind !== 'outcome') return plain;
    const needs = needsSignature(duty);
    const facts = {
      notChecked: notChecked(current.lists, current.answers()),
      procedure: procedures.stamp(),
      needsSignature: needs,
    };
    return {
      ...plain,
      content: { ...content, ...facts },
      outcome: submission.outcome,
      needsSignature: needs,
    };
  }

  return {
    list(input) {
      const ids = listCases(db, { ...input, limit: input.limit + 1 });
      return { rows: ids.slice(0, input.limit).map(rowOf), more: ids.length > input.limit };
    },
    open(examinationId) {
      const { officer } = onDuty(context);
      const current = caseNow(examinationId);
      const entries = loadCaseEntries(db, examinationId);
      return viewOf(current, visibleTo(officer.id, entries, current));
    },
    async enter(input) {
      const duty = onDuty(context);
      const { examinationId, entry } = input;
      const before = repeated(input, duty.officer.id);
      if (before !== undefined) return before;
      const current = caseNow(examinationId);
      if (current.record.erasedAt !== undefined) throw new StationFailure('erased');
      checkStanding(current, entry, duty.officer.id, now().toISOString());
      checkContent(current, entry);
      const { id, kind } = entry;
      const rest = await prepared(current, entry, duty);
      const at = now().toISOString();
      const seq = db
        .transaction(() => {
          // While a picture was looked at, the rules of retention may have run.
          if (isErased(db, examinationId)) throw new StationFailure('erased');
          requireHere(db, examinationId);
          const place = insertCaseEntry(db, duty.author, { id, examinationId, at, kind, ...rest });
          checkRoom(kind, place);
          const digest = caseEntryDigest(db, id) ?? '';
          const { officerId } = duty.author;
          appendAudit(db, { at, officerId, action: `case.${kind}`, subjectId: id, digest });
          return place;
        })
        .immediate();
      if (rest.picture !== null) images.settle([rest.picture.id]);
      emit('cases.changed', {});
      return { ...standing(standingOf(db, examinationId)), at, seq };
    },
  };
}
