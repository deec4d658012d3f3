// A store with records made by the station's own ways in: for tests of the chain and of retention.
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { appendAudit, digestOf } from '../../electron/db/audit.ts';
import { insertCaseEntry } from '../../electron/db/cases.ts';
import { countCleared } from '../../electron/db/cleared.ts';
import { insertDecision, insertExamination } from '../../electron/db/examinations.ts';
import { applyMigrations, type Migration } from '../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import type { Db } from '../../electron/db/open.ts';
import {
  caseEntryDigest,
  decisionDigest,
  examinationDigest,
  recordDigest,
} from '../../electron/db/record-digests.ts';
import type { CaseKind, CaseOutcome } from '../../shared/contract/cases.ts';
import type { Outcome } from '../../shared/contract/records.ts';

export const STATION_ID = '0192b000-0000-7000-8000-000000000001';
export const OFFICER_ID = '0192b000-0000-7000-8000-000000000002';

/** An id like the station's own, the same for the same name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `0192b000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

/**
 * A store with those settings of `open.ts` that the tests lean on: in memory, or in a file that is not encrypted, so
 * that its bytes can be looked through.
 */
export function memoryStore(migrations: readonly Migration[] = STATION_MIGRATIONS, path = ':memory:'): Db {
  const db = new Database(path);
  if (path !== ':memory:') db.pragma('journal_mode = WAL');
  for (const pragma of ['foreign_keys = ON', 'secure_delete = ON', 'recursive_triggers = ON'])
    db.pragma(pragma);
  applyMigrations(db, migrations);
  db.prepare('INSERT INTO station (id, created_at) VALUES (?, ?)').run(
    STATION_ID,
    '2026-01-01T00:00:00.000Z',
  );
  db.prepare('INSERT INTO officer (id, station_id, name, role, created_at) VALUES (?, ?, ?, ?, ?)').run(
    OFFICER_ID,
    STATION_ID,
    'A. Officer',
    'supervisor',
    '2026-01-01T00:00:00.000Z',
  );
  return db;
}

const AUTHOR = { stationId: STATION_ID, officerId: OFFICER_ID, officerName: 'A. Officer' };

export interface NewRecord {
  /** Names the record; its ids follow from it. */
  name: string;
  at: string;
  outcome: Outcome;
  pictures?: number;
  /** Told by one entry, as is done now, or by two, as before version 5. */
  entries?: 1 | 2;
  person?: { number: string; name: string; note: string };
}

export const PERSON = { number: 'L898902C3', name: 'ERIKSSON ANNA MARIA', note: 'a note' };

/** Saves an examination of one document with its decision and what tells of them; answers its id. */
export function saveRecord(
  db: Db,
  { name, at, outcome, pictures = 1, entries = 2, person = PERSON }: NewRecord,
): string {
  const id = idOf(name);
  const documentId = idOf(`${name} document`);
  const line = `P<UTO${person.name.replaceAll(' ', '<')}`.padEnd(44, '<');
  db.transaction(() => {
    insertExamination(db, AUTHOR, {
      id,
      startedAt: at,
      savedAt: at,
      savedOn: at.slice(0, 10),
      stationCode: 'ZEN-01',
      place: 'Port of Zenda',
      submittedSha256: digestOf([name, person]),
      // Those that two entries tell of are older than the versions of procedures.
      procedure: entries === 1 ? { version: 'countercheck-1', sha256: digestOf('procedure') } : null,
      documents: [
        {
          id: documentId,
          images: Array.from({ length: pictures }, (_, index) => ({
            id: idOf(`${name} picture ${index}`),
            light: 'white',
            source: 'file',
            sha256: digestOf([name, index]),
            width: 96,
            height: 64,
          })),
          reading: {
            source: 'typed',
            lines: [line],
            rawLines: [line],
            corrections: [],
            lowConfidence: [],
            confidence: null,
            outline: null,
            imageId: null,
          },
          findings: [
            {
              id: 'number-check',
              class: 'check-digit',
              severity: 'look',
              fields: ['number'],
              places: [],
              fraud: [],
              text: { title: 'finding.number-check' },
              values: { number: person.number },
            },
          ],
          rulesVersion: '1',
          judgedOn: at.slice(0, 10),
          headline: {
            documentType: 'P',
            format: 'TD3',
            issuer: 'UTO',
            nationality: 'UTO',
            number: person.number,
            name: person.name,
          },
        },
      ],
    });
    const audited = (action: string, subjectId: string, digest: string | undefined): void =>
      appendAudit(db, { at, officerId: OFFICER_ID, action, subjectId, digest: digest ?? '' });
    if (entries === 2) audited('examination.saved', id, examinationDigest(db, id));
    const decision = idOf(`${name} decision`);
    insertDecision(db, AUTHOR, {
      id: decision,
      examinationId: id,
      replaces: null,
      at,
      outcome,
      reasons: outcome === 'clear' ? [] : ['at-second-line'],
      note: person.note,
    });
    if (entries === 2) audited('decision.saved', decision, decisionDigest(db, decision));
    else audited('examination.recorded', id, recordDigest(db, id));
  }).immediate();
  return id;
}

/** Replaces the decision of a record, as an officer at the second line does. */
export function changeRecord(
  db: Db,
  name: string,
  at: string,
  outcome: Outcome,
  replaces = 'decision',
): void {
  const id = idOf(`${name} decision of ${at}`);
  db.transaction(() => {
    insertDecision(db, AUTHOR, {
      id,
      examinationId: idOf(name),
      replaces: idOf(`${name} ${replaces}`),
      at,
      outcome,
      reasons: [],
      note: '',
    });
    const digest = decisionDigest(db, id) ?? '';
    appendAudit(db, { at, officerId: OFFICER_ID, action: 'decision.saved', subjectId: id, digest });
  }).immediate();
}

export interface NewEntry {
  kind: CaseKind;
  at: string;
  content?: object;
  outcome?: CaseOutcome;
  /** Of an outcome; it does where nothing is said. */
  needsSignature?: boolean;
  /** Name of the outcome that it signs. */
  signs?: string;
  picture?: { name: string; sha256: string };
}

/** Enters something in the case of a record; the entry's id follows from the names. */
export function enterInCase(db: Db, record: string, name: string, entry: NewEntry): string {
  const id = idOf(`${record} ${name}`);
  const { kind, at, content = {}, outcome = null, signs, picture } = entry;
  db.transaction(() => {
    insertCaseEntry(db, AUTHOR, {
      id,
      examinationId: idOf(record),
      at,
      kind,
      content,
      outcome,
      needsSignature: kind === 'outcome' ? (entry.needsSignature ?? true) : null,
      signs: signs === undefined ? null : idOf(`${record} ${signs}`),
      picture: picture === undefined ? null : { id: idOf(picture.name), sha256: picture.sha256 },
    });
    const digest = caseEntryDigest(db, id) ?? '';
    appendAudit(db, { at, officerId: OFFICER_ID, action: `case.${kind}`, subjectId: id, digest });
  }).immediate();
  return id;
}

/** Counts one cleared traveller. */
export function countOne(db: Db, name: string, at: string): void {
  const day = at.slice(0, 10);
  db.transaction(() => {
    countCleared(db, STATION_ID, day, idOf(name), at);
    appendAudit(db, {
      at,
      officerId: OFFICER_ID,
      action: 'cleared.counted',
      subjectId: STATION_ID,
      digest: digestOf(day),
    });
  }).immediate();
}

/** Days after the first of January 2026, as a time. */
export const onDay = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString();
