// Cases of a station for tests of the window: the station's own rules on entries in memory.
import { standingFrom } from '../../electron/db/case-standing.ts';
import { StationFailure } from '../../electron/failure.ts';
import { checklistsOf, differing, notChecked } from '../../electron/services/case-items.ts';
import { type CaseNow, checkContent, checkStanding, visibleTo } from '../../electron/services/case-rules.ts';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import type { CaseEntry, CaseRow, CaseView } from '../../shared/contract/cases.ts';
import type { Handlers } from '../../shared/contract/channels.ts';
import type { FakeStation } from './fake-station.ts';

const PROCEDURE = shippedProcedure();
const STAMP = { id: PROCEDURE.id, version: PROCEDURE.version, sha256: '0'.repeat(64) };

/** What is known of a picture that a test adds. */
const FACTS = { sha256: '0'.repeat(64), width: 1200, height: 840 };

interface FakeCase extends CaseNow {
  all: readonly CaseEntry[];
}

function caseNow(station: FakeStation, id: string): FakeCase {
  const record = station.records.get(id);
  if (!record) throw new Error('no such case');
  const entries = station.cases.get(id) ?? [];
  const rows = entries.map((entry) => ({
    ...entry,
    outcome: entry.kind === 'outcome' ? entry.outcome : null,
    needsSignature: entry.kind === 'outcome' ? entry.needsSignature : null,
    signs: entry.kind === 'signed' ? entry.entryId : null,
  }));
  const counting = rows.filter(({ kind }) => ['taken', 'outcome', 'signed', 'reopened'].includes(kind));
  const documents = record.documents.map(({ id: documentId, reading, judgedOn }) => ({
    id: documentId,
    lines: reading?.lines ?? [],
    judgedOn,
  }));
  return {
    record,
    all: entries,
    standing: standingFrom(counting),
    lists: checklistsOf(PROCEDURE, documents),
    procedure: PROCEDURE,
    answers: () => entries.filter((entry) => entry.kind === 'answer'),
    hasClosed: (officerId) =>
      entries.some((entry) => entry.kind === 'bearer-done' && entry.officerId === officerId),
    addedSize: (imageId) =>
      entries
        .flatMap((entry) => (entry.kind === 'image' ? [entry.image] : []))
        .find(({ id }) => id === imageId),
    renewedBy: () => undefined,
  };
}

const standing = ({ standing: { state, holder, outcomeId } }: CaseNow) => ({ state, holder, outcomeId });

function rowOf(station: FakeStation, id: string): CaseRow {
  const now = caseNow(station, id);
  const shown = station.rows.find((row) => row.id === id);
  return {
    ...standing(now),
    id,
    at: now.record.savedAt,
    changedAt: now.all.at(-1)?.at ?? null,
    outcome: now.standing.conclusion?.outcome ?? null,
    documentType: shown?.documentType ?? '',
    issuer: shown?.issuer ?? '',
    number: shown?.number ?? '',
    name: shown?.name ?? '',
    notChecked: notChecked(now.lists, now.answers()).length,
    differs: differing(now.answers()).length,
  };
}

/** A case as whoever is at the window sees it. */
export function caseViewOf(station: FakeStation, id: string): CaseView {
  const now = caseNow(station, id);
  const me = station.vault.session?.officerId ?? '';
  return {
    ...standing(now),
    record: now.record,
    entries: visibleTo(me, now.all, now),
    acts: now.all.map(({ id: entryId, seq, at, officerId, officerName, kind }) => ({
      id: entryId,
      seq,
      at,
      officerId,
      officerName,
      kind,
    })),
    documents: now.lists.map(({ documentId, typeId, items }) => ({
      documentId,
      typeId,
      itemIds: items.map((item) => item.id),
    })),
    notChecked: notChecked(now.lists, now.answers()),
  };
}

/** Answers by the rules of the real station; a refusal is thrown with its code. */
export function fakeCases(
  station: FakeStation,
): Pick<
  Handlers,
  | 'case.list'
  | 'case.open'
  | 'case.enter'
  | 'lane.seen'
  | 'procedure.get'
  | 'case.hand-over'
  | 'case.receive'
  | 'case.acknowledge'
  | 'case.take-back'
> {
  const noOther = (): never => {
    throw new StationFailure('hub-none');
  };
  return {
    'case.hand-over': noOther,
    'case.receive': noOther,
    'case.acknowledge': noOther,
    'case.take-back': noOther,
    'procedure.get': () => ({
      procedure: PROCEDURE,
      words: {},
      version: STAMP.version,
      sha256: STAMP.sha256,
      problems: [],
    }),
    'lane.seen': () => ({ seen: null }),
    'case.list': ({ show, limit, offset }) => {
      const referred = station.rows.filter(
        ({ id, outcome }) => outcome === 'referred' && station.records.has(id),
      );
      const fitting = referred
        .map(({ id }) => rowOf(station, id))
        .filter(({ state }) => show === 'all' || (state === 'done') === (show === 'done'));
      return { rows: fitting.slice(offset, offset + limit), more: fitting.length > offset + limit };
    },
    'case.open': ({ id }) => caseViewOf(station, id),
    'case.enter': ({ examinationId, entry }) => {
      const { officerId = '', name: officerName = '' } = station.vault.session ?? {};
      const before = caseNow(station, examinationId);
      const at = new Date().toISOString();
      const same = before.all.find(({ id }) => id === entry.id);
      if (same !== undefined) return { ...standing(before), at: same.at, seq: same.seq };
      checkStanding(before, entry, officerId, at);
      checkContent(before, entry);
      const seq = before.all.length + 1;
      const added = {
        ...entry,
        ...(entry.kind === 'image' ? { image: { ...entry.image, ...FACTS } } : {}),
        ...(entry.kind === 'outcome'
          ? {
              notChecked: notChecked(before.lists, before.answers()),
              procedure: STAMP,
              needsSignature: station.state.settings?.secondSignature !== 'off',
            }
          : {}),
        seq,
        at,
        officerId,
        officerName,
      } as CaseEntry;
      station.cases.set(examinationId, [...before.all, added]);
      return { ...standing(caseNow(station, examinationId)), at, seq };
    },
  };
}
