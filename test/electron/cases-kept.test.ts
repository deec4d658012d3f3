// What happens to a case beside the work at it: a restart, a run of the rules, an export, a backup, a document seen again.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../shared/contract/cases.ts';
import {
  answerOf,
  codeOf,
  colleague,
  enter,
  openStaffed,
  outcomeOf,
  referCase,
  type TestCase,
} from './case-fixtures.ts';
import {
  ALL,
  decide,
  draftOf,
  ERIKSSON,
  OFFICER,
  openAgain,
  openReady,
  pagesInClear,
  refer,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOTE = 'pages four and five are of another booklet';

const files = (app: TestApp): string[] =>
  readdirSync(join(app.folder, 'images')).map((name) => name.replace('.ccimg', ''));

/** A case in hand with a picture added and an answer. */
async function worked(app: TestApp): Promise<TestCase & { added: string }> {
  const made = await referCase(app);
  const { id: added } = await app.image(60);
  const image = { id: added, light: 'transmitted', source: 'file' } as const;
  await enter(app, made.id, { kind: 'taken' });
  await enter(app, made.id, { kind: 'image', documentId: made.documentId, image });
  const marks = [{ imageId: added, shape: 'point' as const, points: [{ x: 4, y: 5 }], note: NOTE }];
  await enter(app, made.id, { ...answerOf(made.documentId, 'A1', 'differs'), note: NOTE, marks });
  return { ...made, added };
}

describe('after a restart', () => {
  it('a case is as it was, in the same hands, with its pictures; one that nobody entered is swept away', async () => {
    const app = await openReady();
    const made = await worked(app);
    const view = await app.ask('case.open', { id: made.id });
    const { id: loose } = await app.image(90);
    expect(files(app)).toContain(loose);
    await app.close();
    const again = await openAgain(app.folder);
    expect(await again.ask('case.open', { id: made.id })).toEqual(view);
    expect(await again.getImage(made.added, 'original')).toMatchObject({ ok: true });
    await expect.poll(() => files(again)).not.toContain(loose);
    expect(files(again)).toContain(made.added);
    expect(again.verifyAudit()).toMatchObject({ ok: true });
    await enter(again, made.id, outcomeOf('L2.inconclusive'));
  });

  it('a picture of a case is not dropped with a draft that names it too', async () => {
    const app = await openReady();
    const made = await worked(app);
    const draft = draftOf(made.added);
    await app.ask('draft.save', draft);
    await app.ask('draft.discard', { id: draft.id });
    expect(files(app)).toContain(made.added);
    // Nor can another record have it.
    const code = await app.codeOf('examination.save', {
      ...draftOf(made.added),
      judgedOn: TODAY,
      decision: refer(),
    });
    expect(code).toBe('already-saved');
  });

  it('takes no picture of a traveller who is at the counter, whose record could not be saved then', async () => {
    const app = await openReady();
    const made = await worked(app);
    const { id: theirs } = await app.image(30);
    const draft = draftOf(theirs);
    await app.ask('draft.save', draft);
    const image = { id: theirs, light: 'white', source: 'file' } as const;
    expect(await codeOf(app, made.id, { kind: 'image', documentId: made.documentId, image })).toBe(
      'already-saved',
    );
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  });
});

describe('a run of the rules', () => {
  it('takes what was said and seen out of a case, and leaves who did what and the outcome', async () => {
    let days = 0;
    const now = (): Date => new Date(Date.now() + days * DAY_MS);
    const app = await openReady({ now });
    const made = await worked(app);
    days = 40;
    await app.signIn(OFFICER);
    await enter(app, made.id, outcomeOf('L2.forged', { note: NOTE }));
    const before = await app.ask('case.open', { id: made.id });
    days = 40 + 1090;
    await app.signIn(OFFICER);
    const early = await app.ask('retention.preview', {});
    // The decision is old enough, the last entry is not.
    expect(early.total).toBe(0);
    days = 40 + 1100;
    await app.signIn(OFFICER);
    const { at, digest, total } = await app.ask('retention.preview', {});
    expect(total).toBe(1);
    expect(await app.ask('retention.run', { at, digest })).toEqual({
      erased: 1,
      drafts: 0,
      pictures: 2,
      received: 0,
    });
    expect(files(app)).toEqual([]);
    const after = await app.ask('case.open', { id: made.id });
    expect(after).toMatchObject({ entries: [], documents: [], notChecked: [], state: 'done' });
    expect(after.acts).toEqual(before.acts);
    expect(after.record.secondLine).toEqual(before.record.secondLine);
    expect((await app.ask('case.list', { show: 'all', limit: 9, offset: 0 })).rows).toEqual([]);
    expect(await codeOf(app, made.id, { kind: 'taken' })).toBe('erased');
    const repeated = { id: before.acts[0]?.id ?? '', kind: 'taken' } as const;
    expect(await app.codeOf('case.enter', { examinationId: made.id, entry: repeated })).toBe('erased');
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    await app.close();
    expect((await pagesInClear(app.folder)).includes(NOTE)).toBe(false);
  });
});

describe('an export', () => {
  it('holds the case as whoever exports may see it, and its pictures; of a comparison made blind only that it was', async () => {
    const app = await openStaffed();
    const made = await worked(app);
    const other = await colleague(app, EXAMINER);
    const compare = { kind: 'bearer', componentId: 'FC10', answer: 'similar', note: 'own words' } as const;
    await enter({ ...app, ...other }, made.id, compare);
    const folder = temporaryFolder();
    const done = await app.ask('case.export', { examinationId: made.id, folder });
    const read = (name: string): unknown => JSON.parse(readFileSync(join(done.path, name), 'utf8'));
    const exported = read('case.json') as Omit<CaseView, 'record'>;
    expect(exported.entries.map(({ kind }) => kind)).toEqual(['taken', 'image', 'answer']);
    expect(JSON.stringify(exported)).not.toContain('own words');
    expect(exported.acts.map(({ kind }) => kind)).toEqual(['taken', 'image', 'answer', 'bearer']);
    expect(Object.keys(exported)).not.toContain('record');
    const original = await app.getImage(made.added, 'original');
    expect(original.ok && Buffer.from(original.bytes)).toEqual(
      readFileSync(join(done.path, 'pictures/document-1-entry-2-transmitted.png')),
    );
    expect(done.missing).toBe(0);
    const { version, sha256 } = await app.ask('procedure.get', {});
    expect(read('manifest.json')).toMatchObject({ procedure: { version, sha256 } });
    const { entries } = read('trail.json') as { entries: { action: string }[] };
    expect(entries.map(({ action }) => action)).toEqual([
      'examination.recorded',
      'case.taken',
      'case.image',
      'case.answer',
      'case.bearer',
      'case.export-begun',
    ]);
    await enter(app, made.id, outcomeOf('L2.inconclusive'));
    const whole = await app.ask('case.export', { examinationId: made.id, folder });
    expect(readFileSync(join(whole.path, 'case.json'), 'utf8')).toContain('own words');
  });

  it('of a record that is no case has none', async () => {
    const app = await openReady({}, { clearedPolicy: 'record' });
    const draft = draftOf();
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: decide('clear') });
    const done = await app.ask('case.export', { examinationId: draft.id, folder: temporaryFolder() });
    expect(existsSync(join(done.path, 'case.json'))).toBe(false);
  });
});

describe('a backup', () => {
  it('has the pictures of cases', async () => {
    const app = await openReady();
    const made = await worked(app);
    const folder = temporaryFolder();
    const { content } = await app.ask('backup.create', { folder });
    expect(content).toMatchObject({ examinations: 1, pictures: 2, missing: 0, auditWhole: true });
    expect(files(app)).toContain(made.added);
  });
});

describe('a document that was decided on a moment ago', () => {
  const at = new Date('2026-11-22T09:00:00.000Z');

  async function lane(settings: Parameters<typeof openReady>[1] = {}) {
    const time = { now: at.getTime() };
    const app = await openReady({ now: () => new Date(time.now) }, settings);
    const decideOn = async (lines: string[], outcome: 'clear' | 'skip' | 'referred'): Promise<string> => {
      const draft = draftOf(null, lines);
      const decision =
        outcome === 'clear'
          ? decide('clear')
          : decide(outcome, [outcome === 'skip' ? 'no-time' : 'at-second-line']);
      await app.ask('examination.save', { ...draft, judgedOn: '2026-11-22', decision });
      return draft.id;
    };
    const seen = async (lines: string[] = ERIKSSON) => (await app.ask('lane.seen', { lines })).seen;
    return { app, time, decideOn, seen };
  }

  it.each(['counter', 'record'] as const)(
    'is known again, cleared with policy %s, for a quarter of an hour',
    async (clearedPolicy) => {
      const { app, time, decideOn, seen } = await lane({ clearedPolicy });
      expect(await seen()).toBeNull();
      await decideOn(ERIKSSON, 'clear');
      expect(await seen()).toEqual({ at: at.toISOString(), outcome: 'clear' });
      // A slip of the reader elsewhere than in the number.
      const [first = '', second = ''] = ERIKSSON;
      expect(await seen([first.replace('ANNA', 'ANMA'), second])).toMatchObject({ outcome: 'clear' });
      expect(await seen([first, second.replace('L898902C3', 'L898902C4')])).toBeNull();
      time.now += 14 * 60_000;
      await app.signIn(OFFICER);
      expect(await seen()).not.toBeNull();
      time.now += 2 * 60_000;
      expect(await seen()).toBeNull();
    },
  );

  it('is told by its latest outcome, and not once the clear was taken back', async () => {
    const { app, decideOn, seen } = await lane();
    const id = await decideOn(ERIKSSON, 'clear');
    await app.ask('examination.undo', { id });
    expect(await seen()).toBeNull();
    await decideOn(ERIKSSON, 'skip');
    const referred = await decideOn(ERIKSSON, 'referred');
    expect(await seen()).toMatchObject({ outcome: 'referred' });
    const { decisions } = await app.ask('history.open', { id: referred });
    const change = { ...decide('clear'), examinationId: referred, replaces: decisions[0]?.id ?? '' };
    await app.ask('decision.change', change);
    expect(await seen()).toMatchObject({ outcome: 'clear' });
  });

  it('is known by its rows where no number can be read, and nothing of it is known after a restart', async () => {
    const { app, decideOn, seen } = await lane();
    const unreadable = ['P<UTO???', '????????'];
    await decideOn(unreadable, 'skip');
    expect(await seen(unreadable)).toMatchObject({ outcome: 'skip' });
    expect(await seen(['P<UTO???', '???????'])).toBeNull();
    await app.close();
    const again = await openAgain(app.folder, { now: () => at });
    expect((await again.ask('lane.seen', { lines: unreadable })).seen).toBeNull();
    expect(await again.ask('history.search', ALL)).toMatchObject({ total: 1 });
  });

  it('is nothing that keeps a window unlocked', async () => {
    const time = { now: at.getTime() };
    const app = await openReady({ now: () => new Date(time.now) });
    for (let minute = 0; minute < 6; minute += 1) {
      time.now += 60_000;
      await app.codeOf('lane.seen', { lines: ERIKSSON });
      await app.codeOf('case.list', { show: 'open', limit: 1, offset: 0 });
    }
    expect(await app.codeOf('lane.seen', { lines: ERIKSSON })).toBe('signed-out');
  });
});
