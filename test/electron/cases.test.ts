// The second-line case as officers meet it: entries of every kind, who holds it, what is refused, what is hidden.
import { describe, expect, it } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import { CASE_DISPOSITIONS, CASE_OUTCOMES, DOUBTING_OUTCOMES } from '../../shared/contract/case-ids.ts';
import type { CaseSubmission } from '../../shared/contract/cases.ts';
import {
  answerOf,
  codeOf,
  colleague,
  enter,
  kindsOf,
  openStaffed,
  outcomeOf,
  referCase,
  withId,
} from './case-fixtures.ts';
import { decide, draftOf, newId, OFFICER, openReady, TODAY } from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const SHOWN = { show: 'open', limit: 50, offset: 0 } as const;
const IN_HAND = { officerId: OFFICER.id, name: OFFICER.name };

describe('every referred examination', () => {
  it('is a case that nobody works at, told in the list and opened with all that was taken along', async () => {
    const app = await openStaffed({}, { clearedPolicy: 'record' });
    const cleared = draftOf();
    await app.ask('examination.save', { ...cleared, judgedOn: TODAY, decision: decide('clear') });
    const first = await referCase(app);
    const second = await referCase(app);
    expect(app.events).toContain('cases.changed');
    const { rows, more } = await app.ask('case.list', SHOWN);
    expect(rows.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(more).toBe(false);
    expect(rows[0]).toMatchObject({
      state: 'open',
      holder: null,
      outcomeId: null,
      outcome: null,
      changedAt: null,
      issuer: 'UTO',
      number: 'L898902C3',
      differs: 0,
    });
    const view = await app.ask('case.open', { id: first.id });
    expect(view).toMatchObject({ state: 'open', entries: [], acts: [] });
    expect(view.record).toEqual(await app.ask('history.open', { id: first.id }));
    const [document] = view.documents;
    expect(document).toMatchObject({ documentId: first.documentId });
    expect(document?.itemIds).toContain('F1');
    expect(document?.itemIds.length).toBeGreaterThan(20);
    expect(view.notChecked.length).toBe(rows[1]?.notChecked);
    expect(await app.codeOf('case.open', { id: cleared.id })).toBe('not-found');
    expect(await app.codeOf('case.open', { id: newId() })).toBe('not-found');
    expect(await codeOf(app, cleared.id, { kind: 'taken' })).toBe('not-found');
  });

  it('is listed by pages, and apart from those that are done', async () => {
    const app = await openReady();
    const made = [await referCase(app), await referCase(app), await referCase(app)];
    const newest = made.toReversed().map(({ id }) => id);
    const [page, rest] = [
      await app.ask('case.list', { show: 'open', limit: 2, offset: 0 }),
      await app.ask('case.list', { show: 'open', limit: 2, offset: 2 }),
    ];
    expect([page.rows.map(({ id }) => id), page.more]).toEqual([newest.slice(0, 2), true]);
    expect([rest.rows.map(({ id }) => id), rest.more]).toEqual([newest.slice(2), false]);
    await enter(app, made[1]?.id ?? '', { kind: 'taken' });
    await enter(app, made[1]?.id ?? '', outcomeOf('L2.genuine_bearer'));
    const ids = async (show: 'open' | 'done' | 'all') =>
      (await app.ask('case.list', { show, limit: 50, offset: 0 })).rows.map(({ id }) => id);
    expect(await ids('done')).toEqual([made[1]?.id]);
    expect(await ids('open')).toEqual([made[2]?.id, made[0]?.id]);
    expect(await ids('all')).toEqual(newest);
    await enter(app, made[1]?.id ?? '', { kind: 'reopened', reason: 'another look' });
    expect(await ids('done')).toEqual([]);
  });

  it('is none any more once its decision is another, unless somebody entered in it', async () => {
    const app = await openReady();
    const [touched, untouched] = [await referCase(app), await referCase(app)];
    await enter(app, touched.id, { kind: 'taken' });
    for (const { id } of [touched, untouched]) {
      const record = await app.ask('history.open', { id });
      const replaces = record.decisions.at(-1)?.id ?? '';
      await app.ask('decision.change', { ...decide('clear'), examinationId: id, replaces });
    }
    const { rows } = await app.ask('case.list', { ...SHOWN, show: 'all' });
    expect(rows.map(({ id }) => id)).toEqual([touched.id]);
    expect(await app.codeOf('case.open', { id: untouched.id })).toBe('not-found');
    expect(await app.ask('case.open', { id: touched.id })).toMatchObject({ state: 'held' });
  });
});

describe('a case', () => {
  it('takes every kind of entry, each with its place, who and when, until it is signed', async () => {
    const app = await openStaffed();
    const { id, documentId, imageId } = await referCase(app);
    const { id: macro } = await app.image(30);
    expect(await enter(app, id, { kind: 'taken' })).toMatchObject({ seq: 1, state: 'held', holder: IN_HAND });
    const image = { id: macro, light: 'macro', source: 'camera' } as const;
    await enter(app, id, { kind: 'image', documentId, image });
    const marks = [
      {
        imageId,
        shape: 'box' as const,
        points: [
          { x: 1, y: 2 },
          { x: 96, y: 64 },
        ],
        note: 'here',
      },
      { imageId: macro, shape: 'point' as const, points: [{ x: 0, y: 0 }], note: '' },
    ];
    await enter(app, id, { ...answerOf(documentId, 'A1', 'differs'), note: 'the year', marks });
    await enter(app, id, { kind: 'question', questionId: 'Q03', note: 'said it at once' });
    await enter(app, id, { kind: 'bearer', componentId: 'FC10', answer: 'similar', note: '' });
    await enter(app, id, { kind: 'bearer-done', verdict: 'supported', note: '' });
    const outcome = withId(
      outcomeOf('L2.forged', {
        dispositions: ['refused_entry', 'document_seized'],
        reasons: [{ documentId, itemId: 'A1' }],
        note: 'seen under the loupe',
      }),
    );
    const given = await app.ask('case.enter', { examinationId: id, entry: outcome });
    expect(given).toMatchObject({ seq: 7, state: 'to-sign', holder: null, outcomeId: outcome.id });
    const other = await colleague(app, EXAMINER);
    const signed = await enter({ ...app, ...other }, id, { kind: 'signed', entryId: outcome.id });
    expect(signed).toMatchObject({ seq: 8, state: 'done' });
    const view = await app.ask('case.open', { id });
    expect(kindsOf(view)).toEqual([
      'taken',
      'image',
      'answer',
      'question',
      'bearer',
      'bearer-done',
      'outcome',
      'signed',
    ]);
    expect(view.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(view.acts.map(({ officerName }) => officerName)).toEqual([
      ...Array.from({ length: 7 }, () => OFFICER.name),
      EXAMINER.name,
    ]);
    expect(view.entries[1]).toMatchObject({ image: { ...image, width: 96, height: 64 } });
    expect(view.entries[2]).toMatchObject({ marks, note: 'the year' });
    const { version, sha256 } = await app.ask('procedure.get', {});
    expect(view.entries[6]).toMatchObject({ needsSignature: true, procedure: { version, sha256 } });
    expect(view.record.secondLine).toMatchObject({
      outcome: 'L2.forged',
      officerName: OFFICER.name,
      signedBy: EXAMINER.name,
    });
    expect(app.verifyAudit()).toMatchObject({ ok: true, breaks: [] });
    expect(app.faults).toEqual([]);
  });

  it('says at its outcome what was not checked, by the procedure and not by the window', async () => {
    const app = await openReady();
    const { id, documentId } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    const all = (await app.ask('case.open', { id })).notChecked.map(({ itemId }) => itemId);
    const [one = '', two = '', three = '', four = ''] = all;
    await enter(app, id, answerOf(documentId, one, 'matched'));
    await enter(app, id, answerOf(documentId, two, 'not-checked'));
    await enter(app, id, answerOf(documentId, three, 'matched'));
    await enter(app, id, answerOf(documentId, three, null));
    await enter(app, id, answerOf(documentId, four, 'not-checked'));
    await enter(app, id, answerOf(documentId, four, 'differs'));
    await enter(app, id, outcomeOf('L2.inconclusive'));
    const { entries, notChecked } = await app.ask('case.open', { id });
    const left = all.filter((item) => item !== one && item !== four);
    expect(notChecked.map(({ itemId }) => itemId)).toEqual(left);
    expect(entries.at(-1)).toMatchObject({ notChecked });
    const { rows } = await app.ask('case.list', { ...SHOWN, show: 'done' });
    expect(rows[0]).toMatchObject({ notChecked: left.length, differs: 1 });
  });

  it('is taken over by somebody else, and only whoever holds it enters in it', async () => {
    const app = await openStaffed();
    const { id, documentId } = await referCase(app);
    const other = await colleague(app, EXAMINER);
    const answer = answerOf(documentId, 'A1', 'matched');
    expect(await codeOf(app, id, answer)).toBe('case-held');
    await enter(app, id, { kind: 'taken' });
    await enter(app, id, answer);
    expect(await codeOf({ ...app, ...other }, id, answer)).toBe('case-held');
    const taken = await enter({ ...app, ...other }, id, { kind: 'taken' });
    expect(taken.holder).toEqual({ officerId: EXAMINER.id, name: EXAMINER.name });
    expect(await codeOf(app, id, answer)).toBe('case-held');
    await enter({ ...app, ...other }, id, answerOf(documentId, 'A1', 'differs'));
    const { acts } = await app.ask('case.open', { id });
    expect(acts.map(({ kind, officerName }) => `${officerName} ${kind}`)).toEqual([
      'A. Officer taken',
      'A. Officer answer',
      'E. Examiner taken',
      'E. Examiner answer',
    ]);
  });

  it('is open to whoever works at second line, and to nobody at the counter', async () => {
    const app = await openStaffed();
    const { id } = await referCase(app);
    const counter = { ...EXAMINER, id: newId(), role: 'officer', signInName: 'counter' };
    await app.signIn({ id: '0192b000-0000-7000-8000-0000000000a1', secret: '815294' });
    await app.ask('people.save', { ...counter, role: 'officer', secret: 'for the first time' });
    await app.signIn({ id: counter.id, secret: 'for the first time' });
    await app.ask('vault.change-secret', { secret: 'for the first time', newSecret: counter.secret });
    expect(await app.codeOf('case.open', { id })).toBe('not-allowed');
    expect(await app.codeOf('case.list', SHOWN)).toBe('not-allowed');
    expect(await codeOf(app, id, { kind: 'taken' })).toBe('not-allowed');
  });
});

describe('an entry that was sent twice', () => {
  it('is there once, and answered the same', async () => {
    const app = await openReady();
    const { id, documentId } = await referCase(app);
    const { id: added } = await app.image(50);
    const image = { id: added, light: 'uv-a', source: 'file' } as const;
    const sent: CaseSubmission[] = [
      withId({ kind: 'taken' }),
      withId(answerOf(documentId, 'A1', 'matched')),
      withId({ kind: 'image', documentId, image }),
      withId(outcomeOf('L2.genuine_bearer', { note: 'nothing found' })),
    ];
    for (const entry of sent) {
      const first = await app.ask('case.enter', { examinationId: id, entry });
      expect(await app.ask('case.enter', { examinationId: id, entry })).toEqual(first);
    }
    expect(kindsOf(await app.ask('case.open', { id }))).toEqual(['taken', 'answer', 'image', 'outcome']);
  });

  it('is refused with another content, in another case, or from another officer', async () => {
    const app = await openStaffed();
    const { id, documentId } = await referCase(app);
    const { id: elsewhere } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    const entry = withId(answerOf(documentId, 'A1', 'matched'));
    await app.ask('case.enter', { examinationId: id, entry });
    const again = { ...entry, answer: 'differs' } as CaseSubmission;
    expect(await app.codeOf('case.enter', { examinationId: id, entry: again })).toBe('already-saved');
    expect(await app.codeOf('case.enter', { examinationId: elsewhere, entry })).toBe('already-saved');
    const other = await colleague(app, EXAMINER);
    expect(await other.codeOf('case.enter', { examinationId: id, entry })).toBe('already-saved');
  });
});

describe('comparing the bearer', () => {
  it('is blind until the own comparison is closed, also for whoever does not hold the case', async () => {
    const app = await openStaffed();
    const { id } = await referCase(app);
    const other = await colleague(app, EXAMINER);
    const theirs = { ...app, ...other };
    const compare = { kind: 'bearer', componentId: 'FC10', answer: 'different', note: 'lobe' } as const;
    const close = { kind: 'bearer-done', verdict: 'not-supported', note: '' } as const;
    await enter(app, id, compare);
    await enter(app, id, close);
    await enter(theirs, id, { ...compare, answer: 'similar' });
    expect(kindsOf(await app.ask('case.open', { id }))).toEqual(['bearer', 'bearer-done', 'bearer']);
    const before = await other.ask('case.open', { id });
    expect(kindsOf(before)).toEqual(['bearer']);
    expect(before.acts.map(({ kind }) => kind)).toEqual(['bearer', 'bearer-done', 'bearer']);
    await enter(theirs, id, { ...close, verdict: 'supported' });
    expect(kindsOf(await other.ask('case.open', { id }))).toHaveLength(4);
    expect(await codeOf(theirs, id, compare)).toBe('bearer-closed');
    expect(await codeOf(app, id, close)).toBe('bearer-closed');
  });

  it('is seen by everybody once the case is concluded, and goes on for nobody then', async () => {
    const app = await openStaffed();
    const { id } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    await enter(app, id, { kind: 'bearer', componentId: 'FC10', answer: 'similar', note: '' });
    const other = await colleague(app, EXAMINER);
    expect(kindsOf(await other.ask('case.open', { id }))).toEqual(['taken']);
    await enter(app, id, outcomeOf('L2.genuine_bearer'));
    expect(kindsOf(await other.ask('case.open', { id }))).toEqual(['taken', 'bearer', 'outcome']);
    const compare = { kind: 'bearer', componentId: 'FC10', answer: 'different', note: '' } as const;
    expect(await codeOf({ ...app, ...other }, id, compare)).toBe('case-closed');
  });
});

describe('a concluded case', () => {
  it('takes nothing more before it is reopened; a new outcome is to be signed anew', async () => {
    const app = await openStaffed();
    const { id, documentId } = await referCase(app);
    const other = await colleague(app, EXAMINER);
    const theirs = { ...app, ...other };
    expect(await codeOf(app, id, { kind: 'reopened', reason: 'too early' })).toBe('case-not-closed');
    expect(await codeOf(theirs, id, { kind: 'signed', entryId: newId() })).toBe('case-not-closed');
    await enter(app, id, { kind: 'taken' });
    const first = await enter(app, id, outcomeOf('L2.genuine_bearer'));
    const firstId = first.outcomeId ?? '';
    for (const entry of [
      { kind: 'taken' } as const,
      answerOf(documentId, 'A1', 'matched'),
      outcomeOf('L2.inconclusive'),
    ])
      expect(await codeOf(app, id, entry), entry.kind).toBe('case-closed');
    expect(await codeOf(app, id, { kind: 'signed', entryId: firstId })).toBe('sign-own');
    expect(await enter(theirs, id, { kind: 'signed', entryId: firstId })).toMatchObject({ state: 'done' });
    expect(await codeOf(theirs, id, { kind: 'signed', entryId: firstId })).toBe('case-closed');
    const again = await enter(theirs, id, { kind: 'reopened', reason: 'the chip says another name' });
    expect(again).toMatchObject({ state: 'held', outcomeId: null, holder: { officerId: EXAMINER.id } });
    expect((await app.ask('history.open', { id })).secondLine).toBeUndefined();
    const second = await enter(theirs, id, outcomeOf('L2.fog', { note: 'two identities' }));
    expect(second.state).toBe('to-sign');
    expect(await codeOf(app, id, { kind: 'signed', entryId: firstId })).toBe('superseded');
    expect(await codeOf(theirs, id, { kind: 'signed', entryId: second.outcomeId ?? '' })).toBe('sign-own');
    expect(await enter(app, id, { kind: 'signed', entryId: second.outcomeId ?? '' })).toMatchObject({
      state: 'done',
    });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });

  it.each([
    ['by-staff', true, 'to-sign'],
    ['by-staff', false, 'done'],
    ['required', false, 'to-sign'],
    ['off', true, 'done'],
  ] as const)('%s, with a second officer: %s, is %s', async (secondSignature, staffed, state) => {
    const app = await (staffed ? openStaffed : openReady)({}, { secondSignature });
    const { id } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    expect(await enter(app, id, outcomeOf('L2.genuine_bearer'))).toMatchObject({ state });
  });

  it('may be signed where nobody asks for it, and stays as it was when the policy changes', async () => {
    const app = await openStaffed({}, { secondSignature: 'off' });
    const { id } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    const { outcomeId } = await enter(app, id, outcomeOf('L2.genuine_bearer'));
    const other = await colleague(app, EXAMINER);
    await enter({ ...app, ...other }, id, { kind: 'signed', entryId: outcomeId ?? '' });
    const { record, state } = await app.ask('case.open', { id });
    expect([state, record.secondLine?.signedBy]).toEqual(['done', EXAMINER.name]);
  });
});

describe('what a case can conclude', () => {
  it('is what the procedure has for the second line, without what stands in the protection file', () => {
    const { outcomes, dispositions } = shippedProcedure();
    const second = outcomes.filter(({ level }) => level === 'L2').map(({ id }) => id);
    expect(new Set(CASE_OUTCOMES)).toEqual(new Set(second));
    const ordinary = dispositions.filter(({ protection }) => !protection).map(({ id }) => id);
    expect(new Set(CASE_DISPOSITIONS)).toEqual(new Set(ordinary));
    for (const id of DOUBTING_OUTCOMES) expect(second).toContain(id);
  });
});

describe('an entry that does not fit', () => {
  it('is refused with the field at fault, and nothing is written', async () => {
    const app = await openReady();
    const { id, documentId, imageId } = await referCase(app);
    const { imageId: foreign } = await referCase(app);
    await enter(app, id, { kind: 'taken' });
    await enter(app, id, answerOf(documentId, 'A1', 'differs'));
    const point = (x: number, y: number, of = imageId) => ({
      imageId: of,
      shape: 'point' as const,
      points: [{ x, y }],
      note: '',
    });
    const marked = (...marks: ReturnType<typeof point>[]) => ({
      ...answerOf(documentId, 'A1', 'differs'),
      marks,
    });
    const picture = { id: imageId, light: 'white', source: 'file' } as const;
    const reason = (itemId: string, of = documentId) =>
      outcomeOf('L2.forged', { reasons: [{ documentId: of, itemId }] });
    const refused = [
      ['documentId', answerOf(newId(), 'A1', 'matched')],
      ['itemId', answerOf(documentId, 'V01', 'matched')],
      ['itemId', answerOf(documentId, 'FC10', 'matched')],
      ['itemId', answerOf(documentId, 'nothing', 'matched')],
      ['answer', answerOf(documentId, 'F1', 'not-present')],
      ['marks', marked(point(97, 1))],
      ['marks', marked(point(1, 65))],
      ['marks', marked(point(1, 1, foreign))],
      ['marks', marked({ ...point(1, 1), shape: 'box' as 'point' })],
      ['documentId', { kind: 'image', documentId: newId(), image: picture }],
      ['questionId', { kind: 'question', questionId: 'Q99', note: '' }],
      // These serve protection alone, and stand in its file.
      ...['Q18', 'Q19', 'Q20', 'Q21', 'Q22', 'Q23'].map(
        (questionId) => ['questionId', { kind: 'question' as const, questionId, note: '' }] as const,
      ),
      ['componentId', { kind: 'bearer', componentId: 'B01', answer: 'similar', note: '' }],
      ['reasons', reason('A3')],
      ['reasons', reason('A1', newId())],
      ['reasons', outcomeOf('L2.forged')],
      ['reasons', outcomeOf('L2.genuine_notbearer')],
      ['dispositions', outcomeOf('L2.inconclusive', { dispositions: ['police', 'police'] })],
    ] as const;
    for (const [field, entry] of refused) {
      const reply = await app.call('case.enter', { examinationId: id, entry: withId(entry) });
      expect(reply, JSON.stringify(entry)).toEqual({
        ok: false,
        error: { code: 'bad-request', fields: [field] },
      });
    }
    // What a person asks for or needs is no line of a case: it stands in the protection file, or nowhere.
    expect(await codeOf(app, id, { kind: 'question', questionId: 'Q02', note: 'insulin' })).toBe(
      'bad-request',
    );
    for (const disposition of ['asylum', 'protection_referral', 'child_procedure', 'medical'])
      expect(
        await codeOf(app, id, outcomeOf('L2.inconclusive', { dispositions: [disposition as 'police'] })),
      ).toBe('bad-request');
    const unknown = { ...picture, id: newId() };
    expect(await codeOf(app, id, { kind: 'image', documentId, image: unknown })).toBe('image-unknown');
    expect(await codeOf(app, id, { kind: 'image', documentId, image: picture })).toBe('already-saved');
    expect((await app.ask('case.open', { id })).acts).toHaveLength(2);
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });

  it('says "not present" only of what the type of the document must have', async () => {
    const app = await openReady();
    const { id, documentId } = await referCase(app);
    const unknown = await referCase(app, [
      'P<XOMERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36XOM7408122F1204159ZE184226B<<<<<10',
    ]);
    for (const each of [id, unknown.id]) await enter(app, each, { kind: 'taken' });
    const { procedure } = await app.ask('procedure.get', {});
    const [document] = (await app.ask('case.open', { id })).documents;
    const type = procedure.types.find((each) => each.id === document?.typeId);
    expect(type?.general).toBe(false);
    const item = procedure.items.find(
      (each) =>
        document?.itemIds.includes(each.id) === true &&
        each.features.some((feature) => type?.features.includes(feature)),
    );
    const itemId = item?.id ?? '';
    expect(await codeOf(app, id, answerOf(documentId, itemId, 'not-present'))).toBe('ok');
    expect(await codeOf(app, unknown.id, answerOf(unknown.documentId, itemId, 'not-present'))).toBe(
      'bad-request',
    );
    const reasons = [{ documentId, itemId }];
    expect(await codeOf(app, id, outcomeOf('L2.counterfeit', { reasons }))).toBe('ok');
  });
});
