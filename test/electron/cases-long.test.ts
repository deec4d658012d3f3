// A case of thousands of entries: an entry takes no longer than in a short one, and one day it is full.
import { describe, expect, it } from 'vitest';
import { insertCaseEntry } from '../../electron/db/cases.ts';
import { CASE_ENTRIES_TO_CONCLUDE, MOST_CASE_ENTRIES } from '../../shared/contract/case-ids.ts';
import {
  answerOf,
  codeOf,
  enter,
  openStaffed,
  outcomeOf,
  referCase,
  type TestCase,
} from './case-fixtures.ts';
import { databaseOf, newId, OFFICER, openAgain, type TestApp } from './fixtures.ts';

/** As long as an answer may become: a note and forty marks with notes. */
function longAnswer({ documentId, imageId }: TestCase, itemId: string) {
  const mark = { imageId, shape: 'point' as const, points: [{ x: 1, y: 2 }], note: 'n'.repeat(80) };
  return {
    ...answerOf(documentId, itemId, 'matched'),
    note: 'w'.repeat(1500),
    marks: Array.from({ length: 20 }, () => mark),
  };
}

/** Closes the station, fills the case past it up to so many entries, and opens it again. */
async function filled(app: TestApp, made: TestCase, upTo: number): Promise<TestApp> {
  const { stationId } = await app.ask('station.state', {});
  await app.close();
  const db = await databaseOf(app.folder);
  const author = { stationId, officerId: OFFICER.id, officerName: OFFICER.name };
  const { kind, ...content } = longAnswer(made, 'A1');
  const rest = { kind, content, outcome: null, needsSignature: null, signs: null, picture: null };
  db.transaction(() => {
    let seq = 0;
    while (seq < upTo) {
      const at = new Date().toISOString();
      seq = insertCaseEntry(db, author, { id: newId(), examinationId: made.id, at, ...rest });
    }
  })();
  db.close();
  return openAgain(app.folder);
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

async function timesOf(app: TestApp, made: TestCase): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < 40; index += 1) {
    const began = performance.now();
    await enter(app, made.id, longAnswer(made, 'A2'));
    times.push(performance.now() - began);
  }
  return times;
}

describe('a long case', () => {
  it('takes an entry as fast as a short one', async () => {
    const app = await openStaffed();
    const made = await referCase(app);
    await enter(app, made.id, { kind: 'taken' });
    const short = median(await timesOf(app, made));
    const later = await filled(app, made, 2000);
    const long = median(await timesOf(later, made));
    expect(long).toBeLessThan(3 * short + 5);
    expect((await later.ask('case.open', { id: made.id })).entries).toHaveLength(2040);
  });

  it('is full one day, is told so, and comes to its end all the same', async () => {
    const app = await openStaffed();
    const made = await referCase(app);
    await enter(app, made.id, { kind: 'taken' });
    const later = await filled(app, made, MOST_CASE_ENTRIES - CASE_ENTRIES_TO_CONCLUDE - 1);
    const answer = answerOf(made.documentId, 'A2', 'matched');
    expect(await codeOf(later, made.id, answer)).toBe('ok');
    for (const entry of [
      answer,
      { kind: 'question', questionId: 'Q07', note: '' } as const,
      { kind: 'bearer', componentId: 'FC01', answer: 'similar', note: '' } as const,
    ])
      expect(await codeOf(later, made.id, entry), entry.kind).toBe('case-full');
    expect((await later.ask('case.open', { id: made.id })).entries).toHaveLength(
      MOST_CASE_ENTRIES - CASE_ENTRIES_TO_CONCLUDE,
    );
    for (const entry of [
      { kind: 'bearer-done', verdict: 'cannot-say', note: '' } as const,
      outcomeOf('L2.genuine_bearer'),
      { kind: 'reopened', reason: 'once more' } as const,
      { kind: 'taken' } as const,
    ])
      expect(await codeOf(later, made.id, entry), entry.kind).toBe('ok');
    expect(later.faults).toEqual([]);
  });

  it('is full at last for everything', async () => {
    const app = await openStaffed();
    const made = await referCase(app);
    await enter(app, made.id, { kind: 'taken' });
    const later = await filled(app, made, MOST_CASE_ENTRIES - 1);
    expect(await codeOf(later, made.id, { kind: 'taken' })).toBe('ok');
    expect(await codeOf(later, made.id, { kind: 'taken' })).toBe('case-full');
  });
});
